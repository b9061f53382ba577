"""Things of ours painted into any picture, and things in it found, moved, made larger, replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.light import LIGHTS
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.raster import Floats, Pixels, grid, smoothstep
from limner.engines.sketch.rework import masks
from limner.engines.sketch.rework.background import hour_of, palette_of
from limner.engines.sketch.rework.cutout import SURE, Box, Cut, cut
from limner.engines.sketch.rework.lab import lab_of
from limner.engines.sketch.rework.paste import laid, moved, solid
from limner.engines.sketch.rework.retouch import erased
from limner.engines.sketch.scene.places.ground import Ground, Surface
from limner.engines.sketch.scene.staging import add_cast
from limner.engines.sketch.words.patch import PEOPLE
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec
from limner.engines.sketch.words.steps import Step

_LEAST_SURE = 0.25
_TYPICAL = {
    "orange": ("fox", "tiger", "pumpkin", "orange", "carrot", "lion", "basketball"),
    "green": (
        "tree",
        "pine",
        "bush",
        "palm tree",
        "bamboo",
        "cactus",
        "frog",
        "dinosaur",
        "crocodile",
        "turtle",
    ),
    "yellow": ("sunflower", "banana", "lemon", "duck", "chick", "star"),
    "red": ("apple", "strawberry", "rose", "tomato", "ladybug", "crab", "heart"),
    "pink": ("pig", "flamingo"),
    "white": ("swan", "sheep", "snowman", "rabbit"),
    "gray": ("elephant", "mouse", "koala", "wolf", "shark"),
}
"""The colours by which a thing that is named may be found."""
_TREES = ("tree", "pine", "palm tree")
_HEAVENLY_NOUNS = ("sun", "moon")
_PART_ROWS = {"hair": (0.0, 0.28), "clothes": (0.18, 1.0), "roof": (0.0, 0.45), "wall": (0.40, 1.0)}
_SIDE_X = {"left": 0.24, "right": 0.76, "center": 0.5}


def found(image: Pixels, step: Step) -> tuple[Floats, bool]:
    """The mask of what a step is about, and whether it is to be believed."""
    if step.region in masks.REGIONS:
        mask = masks.REGIONS[step.region](image)
        return mask, float(mask.mean()) > 0.004
    target = step.targets[0] if step.targets else None
    if target and target.color and not step.boxes:
        side = _SIDE_X.get(target.side or "", 0.5)
        mask = masks.largest(masks.colored(image, target.color), 0.3, (side, 0.55))
        if 0.002 < float(mask.mean()) < 0.6:
            return mask, True
    wears = step.region in ("clothes", "hair") and not step.boxes
    subject = (_person(image, target.side if target else None) if wears else None) or subject_of(image, step)
    mask = solid(subject)
    if step.region in _PART_ROWS:
        mask = _part(image, mask, step.region)
    return mask, subject.confidence >= _LEAST_SURE


def _subject(image: Pixels, target: SubjectSpec | None) -> Cut:
    if target and target.noun in _HEAVENLY_NOUNS:
        disc = masks.sun(image, masks.sky(image))
        if disc:
            x, y = grid(image.shape[1], image.shape[0])
            away = np.hypot(x - disc[0], y - disc[1])
            return Cut(np.asarray(smoothstep(disc[2] * 1.25, disc[2] * 1.05, away), np.float32), 1.0)
        return Cut(np.zeros(image.shape[:2], np.float32), 0.0)
    side = target.side if target else None
    if target and target.noun in PEOPLE and (person := _person(image, side)):
        return person
    if target and target.noun in _TREES and (tree := _tree(image, side)):
        return tree
    color = next((c for c, nouns in _TYPICAL.items() if target and target.noun in nouns), None)
    if color:
        center = (_SIDE_X[side], 0.55) if side else None
        liking = masks.largest(masks.colored(image, color, pale=0.36), 0.15, center)
        if 0.003 < float(liking.mean()) < 0.4:
            return _liked(image, liking, side)
    return cut(image, side)


def face_box(image: Pixels, side: str | None = None) -> Box | None:
    """Where the largest patch of skin is; None when there is hardly any, or too much."""
    faces = masks.largest(masks.skin(image), 0.6, (_SIDE_X[side], 0.4) if side else None)
    return Cut(faces, 1.0).box if 0.001 < float(faces.mean()) < 0.2 else None


def _person(image: Pixels, side: str | None) -> Cut | None:
    """Who has the largest face, or what looks like one; None when nothing does."""
    box = face_box(image, side)
    if box is None:
        return None
    x0, y0, x1, y1 = box
    wide, tall = x1 - x0, y1 - y0
    about = (x0 - wide * 1.3, y0 - tall * 0.8, x1 + wide * 1.3, min(1.0, y1 + tall * 4.5))
    person = within(image, [about])
    return person if person.confidence >= _LEAST_SURE else None


def _tree(image: Pixels, side: str | None) -> Cut | None:
    """The largest crown that stands above the meadows, with its trunk; None when there is none."""
    height, width = image.shape[:2]
    x, y = grid(width, height)
    crowns = masks.greenery(image) * smoothstep(0.60, 0.50, y / height)
    crown = masks.largest(crowns, 0.5, (_SIDE_X[side], 0.35) if side else None)
    if not 0.01 < float(crown.mean()) < 0.35:
        return None
    x0, y0, x1, y1 = Cut(crown, 1.0).box
    middle, half = (x0 + x1) / 2 * width, (x1 - x0) * 0.16 * width
    below = smoothstep(half, half * 0.6, np.abs(x - middle)) * smoothstep(y0 * height, y1 * height, y)
    trunk = below * smoothstep(y1 + (y1 - y0) * 0.75, y1 + (y1 - y0) * 0.6, y / height)
    tree = cut(image, liking=np.maximum(crown, trunk * np.float32(0.5)))
    return tree if tree.confidence >= _LEAST_SURE else None


def _liked(image: Pixels, liking: Floats, side: str | None) -> Cut:
    """The main subject if the colours that are looked for are its own, else what has them."""
    whole = cut(image, side)
    shared = float((whole.alpha * liking).sum() / liking.sum())
    if shared > 0.7 and float(whole.alpha.mean()) < 3 * float(liking.mean()):
        return whole
    return cut(image, liking=np.maximum(liking, masks.hull(liking) * np.float32(0.5)))


def within(image: Pixels, boxes: Sequence[Box]) -> Cut:
    """What stands in the boxes."""
    height, width = image.shape[:2]
    liking = np.zeros((height, width), np.float32)
    x, y = grid(width, height)
    for x0, y0, x1, y1 in boxes:
        aside = (x / width - (x0 + x1) / 2) / max(0.01, (x1 - x0) / 2)
        high = (y / height - (y0 + y1) / 2) / max(0.01, (y1 - y0) / 2)
        liking = np.maximum(liking, smoothstep(1.15, 0.75, np.maximum(np.abs(aside), np.abs(high))))
    return cut(image, liking=liking)


def subject_of(image: Pixels, step: Step) -> Cut:
    """What a step is about, else the main subject."""
    if step.boxes:
        return within(image, step.boxes)
    return _subject(image, step.targets[0] if step.targets else None)


def named(image: Pixels, subjects: Sequence[SubjectSpec]) -> Cut:
    """The first of the named subjects that can be known by its colour or face, else the main subject."""
    known = [s for s in subjects if s.noun in PEOPLE or any(s.noun in n for n in _TYPICAL.values())]
    cuts = (_subject(image, subject) for subject in known[:2])
    return next((found_cut for found_cut in cuts if found_cut.confidence >= SURE), None) or cut(image)


def _part(image: Pixels, mask: Floats, region: str) -> Floats:
    """The rows of a subject where a part of it usually is, without skin."""
    rows = np.flatnonzero((mask > 0.5).any(1))
    if not len(rows):
        return mask
    tall = rows[-1] - rows[0] + 1
    low, high = _PART_ROWS[region]
    y = (np.arange(mask.shape[0], dtype=np.float32)[:, None] - rows[0]) / tall
    part = mask * smoothstep(low - 0.03, low + 0.03, y) * smoothstep(high + 0.04, high - 0.02, y)
    if region in ("clothes", "hair"):
        part = part * (1 - masks.skin(image))
    return np.asarray(part, np.float32)


def removed(image: Pixels, step: Step) -> Pixels:
    """Each target taken out; one that is not found for certain stays."""
    for target in step.targets or (None,):
        mask, sure = found(image, replace(step, targets=(target,) if target else ()))
        if sure and float(mask.mean()) < 0.45:
            image = erased(image, _all_of(mask))
    return image


def _all_of(mask: Floats) -> Floats:
    """The mask with what it encloses, such as wheels and legs, and the shadow that touches it."""
    outline = masks.hull(mask)
    whole = np.maximum(mask, outline) if float(outline.mean()) < 1.7 * float(mask.mean()) else mask
    reach = max(1, round(min(mask.shape) * 0.012))
    return np.asarray(np.maximum(whole, np.roll(whole, reach, 0)), np.float32)


def added(image: Pixels, things: tuple[SubjectSpec, ...], seed: int) -> Pixels:
    """Painted bodies standing in the picture where there is room, in its light."""
    height, width = image.shape[:2]
    canvas = Canvas(width, height, Streams(seed))
    canvas.pixels = image.copy()
    above = masks.sky(image)
    rows = np.flatnonzero(above.mean(1) > 0.3)
    horizon = float(np.clip(rows[-1] + 1 if len(rows) else height * 0.4, height * 0.25, height * 0.62))
    stand = (max(horizon + height * 0.06, height * 0.62), height * 0.94)
    light = LIGHTS[hour_of(image)]
    ground = Ground(_surface(image), horizon, stand, light, shadow=0.8)
    spec = SceneSpec(seed=seed, layout_seed=seed, subjects=_with_room(image, things))
    add_cast(canvas, ground, palette_of(image), spec)
    return canvas.pixels


def _with_room(image: Pixels, things: tuple[SubjectSpec, ...]) -> tuple[SubjectSpec, ...]:
    """A lone thing that may stand anywhere goes to the side where the picture shows less."""
    if len(things) != 1 or things[0].side or things[0].at or things[0].count > 1:
        return things
    subject = cut(image)
    x0, _, x1, _ = subject.box
    side = "left" if (x0 + x1) / 2 > 0.5 else "right"
    return (
        (replace(things[0], side="left" if side == "left" else "right"),)
        if subject.confidence > 0.3
        else things
    )


def _surface(image: Pixels) -> Surface:
    lower = lab_of(np.ascontiguousarray(image[image.shape[0] * 3 // 4 :: 4, ::4])).reshape(-1, 3).mean(0)
    if lower[1] < -8 and lower[2] > 6:
        return "grass"
    if lower[0] > 84 and abs(lower[1]) < 6 and lower[2] < 8:
        return "snow"
    return "none"


def replaced(image: Pixels, step: Step, seed: int) -> Pixels:
    """A thing of ours where another was."""
    mask, sure = found(image, step)
    if not sure or not step.things:
        return added(image, step.things, seed)
    x0, y0, x1, y1 = Cut(mask, 1.0).box
    thing = replace(step.things[0], count=1, side=None, at=(((x0 + x1) / 2, y1, (y1 - y0) * 0.98),))
    return added(erased(image, _all_of(mask)), (thing,), seed)


def shifted(image: Pixels, step: Step) -> Pixels:
    """The target at another side, or larger or smaller where it is."""
    mask, sure = found(image, step)
    if not sure or float(mask.mean()) > 0.45:
        return image
    height, width = image.shape[:2]
    x0, y0, x1, y1 = Cut(mask, 1.0).box
    x, y, tall = (x0 + x1) / 2, y1, y1 - y0
    if step.kind == "move":
        x = _SIDE_X.get(step.value or "", x)
        y = {"top": y0 + tall * 0.6, "bottom": min(0.96, y1 + 0.12)}.get(step.value or "", y)
    else:
        tall *= step.amount
    layer, alpha = moved(image, mask, (x * width, y * height, tall * height), (width, height))
    return laid(erased(image, _all_of(mask)), layer, alpha, match=False)
