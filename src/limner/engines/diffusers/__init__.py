"""Open-weight diffusion models on the user's own devices, behind the same contract as every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limner.engines.base import Engine, EngineContext


def make(context: EngineContext) -> Engine:
    """A DiffusersEngine of the context's settings: the entry point `diffusers` of limner.engines.

    Raises ConfigError where the settings, the extra or the weights are not in order.
    """
    from limner.engines.diffusers.engine import DiffusersEngine

    return DiffusersEngine(context)
