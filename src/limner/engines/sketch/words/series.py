"""Series: one prompt as several scenes that belong together: one cast, one palette, one hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from limner.engines.sketch.words.draft import ANIMATE
from limner.engines.sketch.words.lexicon import lexicon
from limner.engines.sketch.words.listing import listing_of, named_in_order
from limner.engines.sketch.words.parse import parse, read
from limner.engines.sketch.words.spec import Action, SceneSpec, SubjectSpec
from limner.listings import Listing

_HOURS = ("dawn", "day", "dusk", "night")
_HOURS_OF_THREE = ("dawn", "day", "night")
_SEASONS = ("spring", "summer", "autumn", "winter")
_CAMERAS = (None, "wide", "close", None, "low", "wide", None, "above")
_POSES: dict[str, tuple[Action | None, ...]] = {
    "person": (None, "walk", "sit", "wave", "run", "dance", "jump", "read"),
    "animal": (None, "walk", "sit", "run", "sleep", "jump"),
    "flier": (None, "fly", None, "stand"),
}
_SCENE_FIELDS = ("place", "time", "season", "weather", "style", "mood", "camera", "background")
_PRONOUN = re.compile(r"\b(?:she|he|it|they)\b|[她他它]们?", re.IGNORECASE)
_DEFAULT_PLACE = "lake"


def series_of(prompt: str, seed: int, count: int) -> tuple[SceneSpec, ...]:
    """count scenes: those that the prompt lists, else seasons, hours or views of one scene."""
    listing = listing_of(prompt, count)
    if listing is not None:
        return _listed(listing, seed, count)
    spec, kind = parse(prompt, seed), read(prompt).scene.get("series")
    seasons, hours = named_in_order(prompt, "season"), named_in_order(prompt, "time")
    if kind == "seasons" or len(seasons) > 1:
        return _through(spec, "season", seasons if len(seasons) > 1 else _SEASONS, count)
    if kind == "hours" or len(hours) > 1:
        usual = _HOURS_OF_THREE if count == len(_HOURS_OF_THREE) else _HOURS
        return _through(spec, "time", hours if len(hours) > 1 else usual, count)
    return tuple(_view(spec, index) for index in range(count))


def _through(spec: SceneSpec, kind: str, meanings: Sequence[str], count: int) -> tuple[SceneSpec, ...]:
    """The same scene in each season or at each hour; another layout when they start again."""
    if kind == "season":
        place = spec.place or (None if spec.subjects else _DEFAULT_PLACE)
        spec = replace(spec, weather=None, place=place)
    return tuple(
        replace(
            spec,
            layout_seed=spec.layout_seed + index // len(meanings),
            season=meanings[index % len(meanings)] if kind == "season" else spec.season,
            time=meanings[index % len(meanings)] if kind == "time" else spec.time,
        )
        for index in range(count)
    )


def _view(spec: SceneSpec, index: int) -> SceneSpec:
    """Another layout, camera and pose of the same scene; the first view is the scene itself."""
    return replace(
        spec,
        layout_seed=spec.layout_seed + index,
        camera=spec.camera or _CAMERAS[index % len(_CAMERAS)],
        subjects=tuple(_posed(subject, index) for subject in spec.subjects),
    )


def _posed(subject: SubjectSpec, index: int) -> SubjectSpec:
    """The subject doing something else, unless it is told what to do."""
    poses = _POSES.get(lexicon().classes.get(subject.noun, ""), (None,))
    if subject.action or subject.relation:
        return subject
    return replace(subject, action=poses[index % len(poses)])


def _listed(listing: Listing, seed: int, count: int) -> tuple[SceneSpec, ...]:
    """A scene for each one listed; who appears again looks as before, and "she" is who came first."""
    common = parse(listing.common, seed)
    scenes: list[SceneSpec] = []
    cast: dict[str, SubjectSpec] = {s.noun: s for s in common.subjects}
    for index in range(count):
        told = listing.items[index % len(listing.items)]
        scene = _scene(common, listing.common, told, seed, cast)
        place = scene.place or (scenes[-1].place if scenes else None)
        scenes.append(replace(scene, place=place, layout_seed=scene.layout_seed + index))
        cast.update({s.noun: s for s in scene.subjects if s.noun not in cast})
    return tuple(scenes)


def _scene(common: SceneSpec, before: str, told: str, seed: int, cast: dict[str, SubjectSpec]) -> SceneSpec:
    own = parse(told, seed)
    told = _with_hero(told, own, cast)
    whole = parse(f"{before}, {told}" if common.subjects else told, seed)
    fields = {name: getattr(own, name) or getattr(common, name) for name in _SCENE_FIELDS}
    subjects = tuple(_as_before(subject, cast) for subject in whole.subjects)
    return replace(whole, subjects=subjects, texts=whole.texts or common.texts, **fields)


def _with_hero(told: str, own: SceneSpec, cast: dict[str, SubjectSpec]) -> str:
    """Whom the story is about, by name, where a scene says "she" or names nobody."""
    hero = next((s.noun for s in cast.values() if _lives(s)), None)
    if hero is None:
        return told
    pronoun = _PRONOUN.search(told)
    if pronoun:
        return f"{told[: pronoun.start()]} the {hero} {told[pronoun.end() :]}"
    return told if own.subjects else f"{hero} {told}"


def _as_before(subject: SubjectSpec, cast: dict[str, SubjectSpec]) -> SubjectSpec:
    known = cast.get(subject.noun)
    if known is None or (subject.color and subject.color != known.color):
        return subject
    traits = (*known.traits, *(t for t in subject.traits if t not in known.traits))
    count = known.count if subject.count == 1 else subject.count
    return replace(subject, color=known.color, traits=traits, scale=known.scale, count=count)


def _lives(subject: SubjectSpec) -> bool:
    return lexicon().classes.get(subject.noun, "") in ANIMATE
