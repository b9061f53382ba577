"""The embedded illustrator: draws what prompts say, procedurally, without weights, GPU or network."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limner.engines.base import Engine, EngineContext


def make(context: EngineContext) -> Engine:
    """A SketchEngine on the context's workers: the entry point `sketch` of limner.engines."""
    from limner.engines.sketch.engine import SketchEngine

    return SketchEngine(context)
