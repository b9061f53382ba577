"""A scene after an edit: the seed and everything that is not spoken of stay, so a picture can be redrawn.

What cannot be said in a scene, such as a blur, is noted in its finish.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from limner.engines.sketch.words.instruction import Instruction, instruction_of
from limner.engines.sketch.words.spec import SceneSpec, Side, SubjectSpec, TextSpec
from limner.engines.sketch.words.steps import Step, note_of

Change: TypeAlias = Callable[[SceneSpec, Step], "SceneSpec | None"]
"""The scene after one step; None when a scene cannot tell it."""

_MAX_SUBJECTS, _MAX_TEXTS, _MAX_FINISH = 12, 4, 8
_SCALES = (0.3, 2.6)
_SIDES: dict[str, tuple[Side, float]] = {
    "left": ("left", 0.24),
    "right": ("right", 0.76),
    "center": ("center", 0.5),
}
_ASPECTS = ("time", "season", "weather", "style", "mood", "camera", "background")
PEOPLE = {
    *("child", "boy", "woman", "man", "grandmother", "grandfather", "baby", "princess", "prince", "queen"),
    *("knight", "wizard", "witch", "pirate", "chef", "doctor", "farmer", "teacher", "dancer", "astronaut"),
    *("fairy", "mermaid", "clown", "superhero", "ninja", "police officer", "firefighter", "king"),
}


def patch(spec: SceneSpec, prompt: str) -> SceneSpec:
    """The scene as the prompt of an edit changes it; any prompt gives one."""
    return patched(spec, instruction_of(prompt, spec.seed))


def patched(spec: SceneSpec, instruction: Instruction) -> SceneSpec:
    """The scene after all steps of an instruction, then what it says of the whole."""
    for step in instruction.steps:
        changed = _CHANGES[step.kind](spec, step) if step.kind in _CHANGES else None
        spec = changed or _finished(spec, step)
    return _retold(spec, instruction)


def places_of(spec: SceneSpec, target: SubjectSpec) -> list[int]:
    """The subjects that a target means: by noun, and by colour and side where these tell them apart."""
    there = [i for i, s in enumerate(spec.subjects) if s.count]
    found = [i for i in there if spec.subjects[i].noun == target.noun]
    if not found and target.noun in PEOPLE:
        found = [i for i in there if spec.subjects[i].noun in PEOPLE]
        found = found if len(found) == 1 else []
    for aspect in ("color", "side"):
        said = getattr(target, aspect)
        exact = [i for i in found if said and getattr(spec.subjects[i], aspect) == said]
        found = exact or found
    return found


def _meant(spec: SceneSpec, step: Step) -> list[int]:
    """The subjects that a step is about; the first one when it names none."""
    if step.targets:
        return sorted({i for target in step.targets for i in places_of(spec, target)})
    return [i for i, s in enumerate(spec.subjects) if s.count][:1]


def _with(spec: SceneSpec, index: int, subject: SubjectSpec) -> SceneSpec:
    subjects = (*spec.subjects[:index], subject, *spec.subjects[index + 1 :])
    return replace(spec, subjects=subjects)


def _finished(spec: SceneSpec, step: Step) -> SceneSpec:
    note = note_of(step)
    return replace(spec, finish=(*spec.finish, note)[-_MAX_FINISH:]) if note else spec


def _recolored(spec: SceneSpec, step: Step) -> SceneSpec | None:
    found = [] if step.region else _meant(spec, step)
    if not found:
        return None
    for index in found:
        spec = _with(spec, index, replace(spec.subjects[index], color=step.value))
    return spec


def _removed(spec: SceneSpec, step: Step) -> SceneSpec | None:
    for index in [] if step.region else _meant(spec, step):
        spec = _with(spec, index, replace(spec.subjects[index], count=0))
        for k, other in enumerate(spec.subjects):
            if other.relation and other.relation.target == index:
                spec = _with(spec, k, replace(other, relation=None))
        kept = tuple(t for t in spec.texts if t.target != index)
        spec = replace(spec, texts=kept)
    return spec


def _replaced(spec: SceneSpec, step: Step) -> SceneSpec | None:
    found = _meant(spec, step) if step.targets or len(step.things) == 1 else []
    if not found or step.region:
        return _added(spec, step)
    thing, old = step.things[0], spec.subjects[found[0]]
    if thing.noun == old.noun:
        return _altered(spec, step)
    at = tuple((x, y, 0.0) for x, y, _ in old.at) if thing.count <= len(old.at) else ()
    new = replace(
        thing,
        scale=old.scale if thing.scale == 1 else thing.scale,
        side=thing.side or old.side,
        above=old.above or thing.above,
        action=thing.action or old.action,
        relation=old.relation,
        at=at,
    )
    return _added(_with(spec, found[0], new), replace(step, things=step.things[1:]))


def _altered(spec: SceneSpec, step: Step) -> SceneSpec | None:
    """Count, colour, size, action and traits, each where it is said."""
    said = step.things[0]
    for index in _meant(spec, step):
        spec = _with(spec, index, _merged(spec.subjects[index], said))
    return spec


def _merged(old: SubjectSpec, said: SubjectSpec) -> SubjectSpec:
    count = said.count if said.count != 1 or old.count > 1 else old.count
    same_body = count == old.count and (said.action or old.action) == old.action
    at = old.at if same_body else tuple((x, y, 0.0) for x, y, _ in old.at) if count == old.count else ()
    return replace(
        old,
        count=count,
        color=said.color or old.color,
        scale=old.scale if said.scale == 1 else said.scale,
        action=said.action or old.action,
        traits=tuple(dict.fromkeys((*old.traits, *said.traits))),
        at=at,
    )


def _added(spec: SceneSpec, step: Step) -> SceneSpec | None:
    """Things join the scene; one that only serves to say where another is ("on the house") is found there."""
    moved: dict[int, int] = {}
    targets = {thing.relation.target for thing in step.things if thing.relation}
    subjects = list(spec.subjects)
    for k, thing in enumerate(step.things):
        there = places_of(spec, thing) if k in targets else []
        if there:
            moved[k] = there[0]
        elif sum(s.count > 0 for s in subjects) < _MAX_SUBJECTS:
            moved[k] = len(subjects)
            subjects.append(thing)
    for k, place in moved.items():
        bond = step.things[k].relation
        if bond and place >= len(spec.subjects):
            target = moved.get(bond.target)
            own = replace(bond, target=target) if target is not None else None
            subjects[place] = replace(subjects[place], relation=own)
    texts = tuple(
        replace(t, target=moved.get(t.target) if t.target is not None else None) for t in step.texts
    )
    return replace(spec, subjects=tuple(subjects), texts=(*spec.texts, *texts)[-_MAX_TEXTS:])


def _moved(spec: SceneSpec, step: Step) -> SceneSpec | None:
    for index in _meant(spec, step):
        subject = spec.subjects[index]
        side, x = _SIDES.get(step.value or "", (subject.side, None))
        at = tuple((x + (px - subject.at[0][0]) * 0.6, y, tall) for px, y, tall in subject.at) if x else ()
        above = True if step.value == "top" else False if step.value == "bottom" else subject.above
        spec = _with(spec, index, replace(subject, side=side, at=at, above=above))
    return spec


def _resized(spec: SceneSpec, step: Step) -> SceneSpec | None:
    for index in _meant(spec, step):
        subject = spec.subjects[index]
        scale = min(_SCALES[1], max(_SCALES[0], subject.scale * step.amount))
        at = tuple((x, y, tall * step.amount) for x, y, tall in subject.at)
        spec = _with(spec, index, replace(subject, scale=scale, at=at))
    return spec


def _set_in(spec: SceneSpec, step: Step) -> SceneSpec | None:
    """Another place about the same subjects; they find their places anew there."""
    scene = step.scene or SceneSpec()
    elsewhere = scene.place not in (None, spec.place)
    return replace(
        spec,
        place=scene.place or spec.place,
        time=scene.time or spec.time,
        season=scene.season or (None if elsewhere else spec.season),
        weather=scene.weather or (None if elsewhere else spec.weather),
        background=scene.background or (None if elsewhere else spec.background),
        subjects=tuple(replace(s, at=()) for s in spec.subjects) if elsewhere else spec.subjects,
    )


def _cut_out(spec: SceneSpec, step: Step) -> SceneSpec | None:
    return replace(spec, place="plain", background=step.value, weather=None)


def _lettered(spec: SceneSpec, step: Step) -> SceneSpec | None:
    if step.value != "instead":
        return _added(spec, replace(step, kind="add"))
    old = step.texts[0].text if len(step.texts) > 1 else None
    at = next((k for k, t in enumerate(spec.texts) if t.text == old), 0)
    texts = list(spec.texts) or [TextSpec("")]
    texts[at] = replace(texts[at], text=step.texts[-1].text)
    return replace(spec, texts=tuple(texts))


def _unlettered(spec: SceneSpec, step: Step) -> SceneSpec | None:
    said = {t.text.casefold() for t in step.texts}
    return replace(spec, texts=tuple(t for t in spec.texts if said and t.text.casefold() not in said))


def _lifted(spec: SceneSpec, step: Step) -> SceneSpec | None:
    """Snow goes from the air and the ground alike."""
    snowy = spec.weather == "snow" and spec.season == "winter"
    weather = None if step.value == "weather" or snowy else spec.weather
    season = None if step.value == "season" or (snowy and step.value == "weather") else spec.season
    style = None if step.value == "style" else spec.style
    return replace(spec, weather=weather, season=season, style=style)


_CHANGES: dict[str, Change] = {
    "recolor": _recolored,
    "remove": _removed,
    "replace": _replaced,
    "alter": _altered,
    "add": _added,
    "move": _moved,
    "resize": _resized,
    "background": _set_in,
    "cut_out": _cut_out,
    "letter": _lettered,
    "unletter": _unlettered,
    "lift": _lifted,
}


def _retold(spec: SceneSpec, instruction: Instruction) -> SceneSpec:
    """What is said of the whole: hour, season and the like, a place, texts, subjects without a verb."""
    scene = instruction.scene
    said = {name: getattr(scene, name) for name in _ASPECTS if getattr(scene, name)}
    if said.get("season") not in (None, "winter") and spec.weather == "snow":
        said.setdefault("weather", None)
    if said.get("camera") not in (None, spec.camera):
        spec = replace(spec, subjects=tuple(replace(s, at=()) for s in spec.subjects))
    spec = replace(spec, **said, texts=(*spec.texts, *scene.texts)[-_MAX_TEXTS:])
    if scene.place and scene.place != spec.place:
        spec = _set_in(spec, Step("background", scene=scene)) or spec
    return _mentioned(spec, instruction)


def _mentioned(spec: SceneSpec, instruction: Instruction) -> SceneSpec:
    """Subjects that are there take up what is new; others join only where the prompt is a description."""
    fresh = []
    for thing in instruction.scene.subjects:
        there = places_of(spec, replace(thing, color=None, side=None))
        if there:
            spec = _with(spec, there[0], _merged(spec.subjects[there[0]], thing))
        else:
            fresh.append(replace(thing, relation=None))
    if fresh and not instruction.steps:
        spec = _added(spec, Step("add", things=tuple(fresh))) or spec
    return spec
