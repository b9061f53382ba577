"""Our own pictures as references: the scene in their metadata is patched and drawn again.

What a file says is a stranger's word: a scene is used only if it can be drawn and gives that very picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import get_args

import numpy as np

from limner.engines.sketch.paint.palette import NAMED, TIMES
from limner.engines.sketch.paint.raster import AREA, Pixels, floats, resize
from limner.engines.sketch.paint.styles import STYLES
from limner.engines.sketch.picture import enlarged, lettered, styled, work_size
from limner.engines.sketch.rework.edit import OPERATIONS
from limner.engines.sketch.scene.cast import role_of
from limner.engines.sketch.scene.compose import Composition, compose, palette_of, place_of
from limner.engines.sketch.scene.laid import laid
from limner.engines.sketch.scene.places import FLAT_PLACES, PLACES
from limner.engines.sketch.scene.sizes import MAX_COUNT
from limner.engines.sketch.scene.staging import Figure
from limner.engines.sketch.words.instruction import Instruction
from limner.engines.sketch.words.patch import patched
from limner.engines.sketch.words.spec import Action, RelationKind, SceneSpec, SubjectSpec, TextRole, TextSpec
from limner.engines.sketch.words.steps import Step, step_of
from limner.media.metadata import read_facts
from limner.types import SEED_LIMIT

_SMALL_PX, _SAME = 160, 20.0
_MAX_SUBJECTS, _MAX_TEXTS, _MAX_CHARS, _MAX_FINISH = 16, 8, 200, 8
_SEASONS = ("spring", "summer", "autumn", "winter")
_CLINGING = ("on", "in", "riding", "holding", "wearing", "with", "under")
_COLUMNS = tuple(k / 40 for k in range(5, 36))
_REACHES = {"left": (0.1, 0.4), "right": (0.6, 0.9), "center": (0.4, 0.6), None: (0.0, 1.0)}


def scene_in(data: bytes, pixels: Pixels) -> SceneSpec | None:
    """The scene that a file's metadata holds, if it is one of ours and what the pixels show."""
    facts = read_facts(data)
    note = facts.notes.get("scene") if facts else None
    if not note or len(note) > 20_000:
        return None
    try:
        spec = SceneSpec.from_json(note)
    except ValueError:
        return None
    if not is_sound(spec):
        return None
    spec = _settled(spec)
    return spec if _shows(spec, pixels) else None


def is_sound(spec: SceneSpec) -> bool:
    """Whether every part of a scene of unknown origin can be drawn."""
    seeds = all(type(seed) is int and 0 <= seed < 2 * SEED_LIMIT for seed in (spec.seed, spec.layout_seed))
    known = (
        (spec.place, PLACES),
        (spec.time, TIMES),
        (spec.season, _SEASONS),
        (spec.style, (*STYLES, "gouache")),
        (spec.background, NAMED),
    )
    named = all(value is None or (isinstance(value, str) and value in there) for value, there in known)
    free = (spec.mood, spec.camera, spec.weather)
    worded = all(value is None or isinstance(value, str) for value in free)
    guided = spec.guidance is None or (
        isinstance(spec.guidance, int | float) and math.isfinite(spec.guidance)
    )
    few = len(spec.subjects) <= _MAX_SUBJECTS and len(spec.texts) <= _MAX_TEXTS
    few = few and len(spec.finish) <= _MAX_FINISH
    texts = all(_is_sound_text(text) for text in spec.texts)
    bodies = all(_is_sound_subject(s, len(spec.subjects)) for s in spec.subjects)
    return bool(seeds and named and worded and guided and few and texts and bodies)


def _is_sound_text(text: TextSpec) -> bool:
    short = isinstance(text.text, str) and len(text.text) <= _MAX_CHARS
    return short and text.role in get_args(TextRole) and (text.target is None or type(text.target) is int)


def _is_sound_subject(subject: SubjectSpec, count: int) -> bool:
    numbers = [v for at in subject.at for v in at]
    bond = subject.relation
    whole = type(subject.count) is int and 0 <= subject.count <= MAX_COUNT
    sized = isinstance(subject.scale, int | float) and 0.1 <= subject.scale <= 4
    near = len(subject.at) <= MAX_COUNT and all(math.isfinite(v) and -1 <= v <= 2 for v in numbers)
    colored = subject.color is None or (isinstance(subject.color, str) and subject.color in NAMED)
    first = subject.origin or (0, 0)
    known = len(first) == 2 and all(0 <= number < 2 * SEED_LIMIT for number in first)
    bound = bond is None or (
        bond.kind in get_args(RelationKind) and type(bond.target) is int and 0 <= bond.target < count
    )
    worded = subject.side in (None, "left", "right", "center") and subject.action in (None, *get_args(Action))
    known = known and worded and type(subject.above) is bool
    if not (whole and sized and near and colored and bound and known and isinstance(subject.noun, str)):
        return False
    try:
        return bool(role_of(subject.noun))
    except KeyError:
        return False


def _shows(spec: SceneSpec, pixels: Pixels) -> bool:
    """Whether the scene, drawn small in the picture's shape, is about that picture."""
    height, width = pixels.shape[:2]
    size = _small(width, height)
    small = _finished(_composed_small(spec, *size), spec, *size)
    here, there = (floats(resize(p, 24, 24, AREA)) for p in (pixels, small))
    return float(np.abs(here - there).mean()) < _SAME


def _small(width: int, height: int) -> tuple[int, int]:
    share = _SMALL_PX / min(width, height)
    return min(640, max(16, round(width * share))), min(640, max(16, round(height * share)))


def drawn(spec: SceneSpec, width: int, height: int) -> Pixels:
    """The scene with everything that edits did to its finished picture."""
    return _finished(compose(spec, *work_size(width, height)), spec, width, height)


@lru_cache(maxsize=2)
def _composed_small(spec: SceneSpec, width: int, height: int) -> Composition:
    """Kept, since a reference is first compared with its scene and then searched for who stands where."""
    return compose(spec, width, height)


def _finished(composition: Composition, spec: SceneSpec, width: int, height: int) -> Pixels:
    pixels = styled(composition.pixels, spec, composition.figures)
    for note in spec.finish:
        step = step_of(note)
        if step:
            pixels = OPERATIONS[step.kind](pixels, _aimed(step, composition.figures), spec.seed)
    pixels = enlarged(pixels, spec, width, height, grain=place_of(spec) not in FLAT_PLACES)
    return lettered(pixels, spec, composition.figures)


def _aimed(step: Step, figures: Sequence[Figure]) -> Step:
    """The step with the boxes of its targets, or of everybody where it is about the background."""
    nouns = {target.noun for target in step.targets}
    meant = [f.box for f in figures if f.noun in nouns or (not nouns and step.where == "background")]
    return replace(step, boxes=tuple(meant))


def redrawn(spec: SceneSpec, instruction: Instruction, width: int, height: int) -> tuple[Pixels, SceneSpec]:
    """The picture after the instruction, and its scene; who is not spoken of stays where they were."""
    before = _settled(spec)
    if instruction.is_empty and not instruction.scene.subjects and not instruction.scene.place:
        return drawn(spec, width, height), spec
    pins = bool(instruction.steps or instruction.scene.subjects)
    if pins:
        before = _pinned(before, _composed_small(before, *_small(width, height)))
    after = _known(patched(before, instruction))
    moving = [
        i for i, (a, b) in enumerate(zip(before.subjects, after.subjects, strict=False)) if a.side != b.side
    ]
    fresh = [*moving, *range(len(before.subjects), len(after.subjects))]
    if fresh and after.place == before.place:
        after = _with_room(after, fresh, compose(after, *_small(width, height)))
    return drawn(after, width, height), after


def _settled(spec: SceneSpec) -> SceneSpec:
    """What the subjects decided is said, so that it stays when they go."""
    home = place_of(spec)
    time = spec.time if home in FLAT_PLACES else palette_of(spec, home).time
    return replace(laid(spec, home), place=home, time=time)


def _known(spec: SceneSpec) -> SceneSpec:
    """Without a style that has no painter."""
    return replace(spec, style=spec.style if spec.style in STYLES else None)


def _pinned(spec: SceneSpec, composition: Composition) -> SceneSpec:
    """Every subject knows where its bodies stand, but for those that cling to others."""
    subjects = []
    for index, subject in enumerate(spec.subjects):
        clings = subject.relation is not None and subject.relation.kind in _CLINGING
        bodies = [f for f in composition.figures if f.subject == index]
        placed = len(bodies) == subject.count and not clings and not subject.at
        at = tuple((*f.foot, f.box[3] - f.box[1]) for f in bodies) if placed else subject.at
        subjects.append(replace(subject, at=at))
    return replace(spec, subjects=tuple(subjects))


def _with_room(spec: SceneSpec, fresh: Sequence[int], composition: Composition) -> SceneSpec:
    """Subjects that are new, or new to their side, step aside for those that are there."""
    subjects = list(spec.subjects)
    others = [f for f in composition.figures if f.subject not in fresh]
    for index in fresh:
        subject = subjects[index]
        own = [f for f in composition.figures if f.subject == index]
        if len(own) != 1 or subject.relation:
            continue
        figure = own[0]
        x = _freest(figure, others, _REACHES[subject.side])
        subjects[index] = replace(subject, at=((x, figure.foot[1], figure.box[3] - figure.box[1]),))
        others.append(_stepped(figure, x))
    return replace(spec, subjects=tuple(subjects))


def _stepped(figure: Figure, x: float) -> Figure:
    x0, y0, x1, y1 = figure.box
    move = x - figure.foot[0]
    return replace(figure, box=(x0 + move, y0, x1 + move, y1), foot=(x, figure.foot[1]))


def _freest(figure: Figure, others: list[Figure], reach: tuple[float, float]) -> float:
    """The column in reach where a figure hides the others least; its own when nobody is near it."""

    def hidden(x: float) -> float:
        x0, y0, x1, y1 = _stepped(figure, x).box
        overlaps = [
            max(0.0, min(x1, f.box[2]) - max(x0, f.box[0])) * max(0.0, min(y1, f.box[3]) - max(y0, f.box[1]))
            for f in others
        ]
        outside = max(0.0, -x0) + max(0.0, x1 - 1)
        return sum(overlaps) * 20 + outside * 10 + abs(x - figure.foot[0]) * 0.05

    return min((figure.foot[0], *(x for x in _COLUMNS if reach[0] <= x <= reach[1])), key=hidden)
