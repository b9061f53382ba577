"""Editing a picture of which nothing is known: every step of an instruction is an operation on pixels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.raster import Pixels
from limner.engines.sketch.rework import background, figures, frame, masks
from limner.engines.sketch.rework.filters import FILTERS, enhanced
from limner.engines.sketch.rework.hours import HOURS
from limner.engines.sketch.rework.lab import mixed
from limner.engines.sketch.rework.paste import solid
from limner.engines.sketch.rework.recolor import recolored
from limner.engines.sketch.rework.seasons import SEASONS, weathered
from limner.engines.sketch.words.instruction import Instruction
from limner.engines.sketch.words.steps import Step

Operation: TypeAlias = Callable[[Pixels, Step, int], Pixels]
"""Pixels, what is asked, the seed."""

_MOODS: dict[str, tuple[tuple[str, float], ...]] = {
    "dramatic": (("contrast", 1.0), ("vignette", 0.8)),
    "epic": (("contrast", 0.8), ("warm", 0.5)),
    "dreamy": (("glow", 0.9), ("muted", 0.4)),
    "romantic": (("glow", 0.6), ("warm", 0.8)),
    "cozy": (("warm", 1.0),),
    "gloomy": (("muted", 1.0), ("darken", 0.6)),
    "mysterious": (("cool", 0.8), ("darken", 0.7)),
    "happy": (("brighten", 0.5), ("vivid", 0.6)),
    "playful": (("vivid", 0.8),),
    "calm": (("muted", 0.4), ("cool", 0.3)),
}


def edited(image: Pixels, instruction: Instruction, seed: int) -> Pixels:
    """The picture, already at its size, after the instruction; style and text come later."""
    out = image
    for step in instruction.steps:
        if step.kind in OPERATIONS:
            out = OPERATIONS[step.kind](out, step, seed)
    scene, streams = instruction.scene, Streams(seed)
    if scene.season in SEASONS:
        out = SEASONS[scene.season](out, streams)
    if scene.time in HOURS:
        out = HOURS[scene.time](out, streams)
    if scene.weather and not (scene.weather == "snow" and scene.season == "winter"):
        out = weathered(out, scene.weather, streams, scene.time or "day", scene.season or "summer")
    for name, amount in _MOODS.get(scene.mood or "", ()):
        out = FILTERS[name](out, amount)
    return enhanced(out) if instruction.is_empty else out


def _recolored(image: Pixels, step: Step, seed: int) -> Pixels:
    mask, sure = figures.found(image, step)
    all_of_it = step.region in masks.REGIONS or bool(step.targets and step.targets[0].color)
    return recolored(image, mask, step.value or "blue", all_of_it) if sure else image


def _removed(image: Pixels, step: Step, seed: int) -> Pixels:
    return figures.removed(image, step)


def _added(image: Pixels, step: Step, seed: int) -> Pixels:
    return figures.added(image, step.things, seed) if step.things else image


def _shifted(image: Pixels, step: Step, seed: int) -> Pixels:
    return figures.shifted(image, step)


def _altered(image: Pixels, step: Step, seed: int) -> Pixels:
    """Of what is new about a subject only its colour can be shown here."""
    color = step.things[0].color if step.things else None
    return _recolored(image, Step("recolor", step.targets, value=color), seed) if color else image


def _swapped(image: Pixels, step: Step, seed: int) -> Pixels:
    return background.swapped(image, step.scene, seed) if step.scene else image


def _cut_out(image: Pixels, step: Step, seed: int) -> Pixels:
    return background.cut_out(image, step.value or "white")


def _lifted(image: Pixels, step: Step, seed: int) -> Pixels:
    return weathered(image, "clear", Streams(seed)) if step.value == "weather" else image


def _filtered(image: Pixels, step: Step, seed: int) -> Pixels:
    """A filter on all of it, on the background, or on what is named."""
    apply = FILTERS.get(step.value or "")
    if apply is None:
        return image
    if step.where == "background":
        subject = figures.subject_of(image, step)
        if step.value == "blur":
            return background.defocused(image, subject, step.amount)
        return mixed(apply(image, step.amount), image, solid(subject))
    if step.targets or step.region:
        mask, sure = figures.found(image, step)
        return mixed(image, apply(image, step.amount), mask) if sure else image
    return apply(image, step.amount)


def _zoomed(image: Pixels, step: Step, seed: int) -> Pixels:
    x0, y0, x1, y1 = figures.subject_of(image, step).box if step.targets else (0.5, 0.5, 0.5, 0.5)
    return frame.zoomed(image, step.amount, ((x0 + x1) / 2, (y0 + y1) / 2))


def _cropped(image: Pixels, step: Step, seed: int) -> Pixels:
    if step.targets:
        subject = figures.subject_of(image, step)
        if subject.confidence > 0.3:
            return frame.boxed(image, subject.box, image.shape[1], image.shape[0], margin=0.06)
    return frame.cropped(image, step.value)


def _extended(image: Pixels, step: Step, seed: int) -> Pixels:
    return frame.widened(image, step.value)


def _turned(image: Pixels, step: Step, seed: int) -> Pixels:
    return frame.turned(image, step.amount)


OPERATIONS: dict[str, Operation] = {
    "recolor": _recolored,
    "remove": _removed,
    "replace": figures.replaced,
    "add": _added,
    "move": _shifted,
    "resize": _shifted,
    "alter": _altered,
    "background": _swapped,
    "cut_out": _cut_out,
    "lift": _lifted,
    "filter": _filtered,
    "zoom": _zoomed,
    "crop": _cropped,
    "extend": _extended,
    "turn": _turned,
}
"""By the kind of step; texts are set at the end, by whoever finishes the picture."""
