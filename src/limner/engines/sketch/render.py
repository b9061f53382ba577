"""One picture from one task: the function that workers run. The server never imports this module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import cv2

from limner.engines.sketch.memory import keep_freed_memory
from limner.engines.sketch.picture import draw
from limner.engines.sketch.rework.references import reworked
from limner.engines.sketch.scene.compose import palette_of, place_of
from limner.engines.sketch.task import Rendered, RenderTask
from limner.engines.sketch.words.parse import parse
from limner.engines.sketch.words.series import series_of
from limner.engines.sketch.words.spec import SceneSpec
from limner.types import SEED_LIMIT

ILLUSTRATOR = "Limner sketch, a procedural illustrator"


def render(task: RenderTask) -> Rendered:
    """The picture of a task; the same task gives the same bytes. Raises InvalidImage."""
    cv2.setNumThreads(1)
    keep_freed_memory()
    spec = replace(_spec(task), guidance=task.guidance)
    if task.references:
        pixels, kept = reworked(task, spec)
        count = len(task.references)
        described = "an edited picture" if count == 1 else f"{count} pictures in one"
        return Rendered(pixels, described, _notes(kept))
    return Rendered(draw(spec, task.width, task.height), _description(spec), _notes(spec))


def _spec(task: RenderTask) -> SceneSpec:
    if task.series:
        return series_of(task.prompt, task.seed, task.count)[task.index]
    own = (task.seed + task.index) % SEED_LIMIT
    return parse(task.prompt, own)


def _description(spec: SceneSpec) -> str:
    """What was drawn, in words."""
    cast = [f"{s.count} {s.color + ' ' if s.color else ''}{s.noun}" for s in spec.subjects]
    home = place_of(spec)
    palette = palette_of(spec, home)
    where = f"{home}, {palette.season} {palette.time}"
    style = f", {spec.style}" if spec.style else ""
    return f"{', '.join(cast)}: {where}{style}" if cast else f"{where}{style}"


def _notes(spec: SceneSpec | None) -> Mapping[str, str]:
    notes = {"illustrator": ILLUSTRATOR}
    return notes if spec is None else {**notes, "scene": spec.to_json()}
