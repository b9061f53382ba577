"""Prompts to scenes: quoted text is cut out, then words of the lexicon are read from left to right.

Counts, colours and sizes attach to the next noun; sides to the noun they follow. The rest is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from limner.engines.sketch.words.lexicon import Token, lexicon
from limner.engines.sketch.words.spec import SceneSpec, Side, SubjectSpec, TextSpec

_QUOTED = re.compile(
    r"“([^”]{1,200})”|\"([^\"]{1,200})\"|「([^」]{1,200})」|『([^』]{1,200})』|‘([^’]{1,200})’"
    r"|(?<![a-zA-Z])'([^']{1,200})'(?![a-zA-Z])"
)
_MAX_READ_CHARS = 4000
_MAX_TEXTS = 4
_MAX_SUBJECTS = 12
_SEVERAL = 3
_SCALES = {"large": 1.5, "small": 0.65}
_SCENE_KINDS = ("place", "time", "season", "weather", "style")
_OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left"}


@dataclass(slots=True)
class Reading:
    """What has been read so far; the pending words wait for their noun."""

    scene: dict[str, str] = field(default_factory=dict)
    subjects: list[SubjectSpec] = field(default_factory=list)
    filters: list[str] = field(default_factory=list)
    background: str | None = None
    adds: bool = False
    count: int | None = None
    color: str | None = None
    scale: float = 1.0
    side: Side | None = None
    above: bool = False
    clause_start: int = 0
    at_index: int | None = None


def parse(prompt: str, seed: int) -> SceneSpec:
    """The scene that a prompt in English or Chinese asks for; any text gives one."""
    return _scene(read(prompt), prompt, seed)


def read(prompt: str) -> Reading:
    """The words of a prompt, taken in one after another."""
    reading = Reading()
    for token in lexicon().tokens(_QUOTED.sub(" ", prompt)[:_MAX_READ_CHARS]):
        _read(reading, token)
    _end_clause(reading)
    return reading


def _scene(reading: Reading, prompt: str, seed: int) -> SceneSpec:
    texts = tuple(_clean(next(filter(None, groups))) for groups in _QUOTED.findall(prompt))
    scene = dict(reading.scene)
    return SceneSpec(
        seed=seed,
        layout_seed=seed,
        place=scene.get("place"),
        time=scene.get("time"),
        season=scene.get("season"),
        weather=scene.get("weather"),
        style=scene.get("style"),
        background=reading.background,
        subjects=_merged(reading.subjects),
        texts=tuple(TextSpec(t) for t in texts if t)[:_MAX_TEXTS],
    )


def _clean(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _read(reading: Reading, token: Token) -> None:
    """Take one word in; a word may mean several things at once, e.g. snow a season and a weather."""
    for kind, meaning in token.meanings.items():
        if kind in _SCENE_KINDS or kind == "series":
            _scene_word(reading, kind, meaning)
        elif kind == "noun":
            _read_noun(reading, meaning, _SEVERAL if token.plural else 1)
        elif kind in _READERS:
            _READERS[kind](reading, meaning)


def _scene_word(reading: Reading, kind: str, meaning: str) -> None:
    reading.scene.setdefault(kind, meaning)
    if kind == "place":
        reading.count, reading.color, reading.scale = None, None, 1.0


def _read_noun(reading: Reading, noun: str, usual_count: int) -> None:
    count = usual_count if reading.count is None else reading.count
    subject = SubjectSpec(noun, count, reading.color, reading.scale, reading.side, reading.above)
    reading.subjects.append(subject)
    reading.count, reading.color, reading.scale, reading.side, reading.above = None, None, 1.0, None, False


def _read_number(reading: Reading, meaning: str) -> None:
    reading.count = int(meaning)


def _read_color(reading: Reading, meaning: str) -> None:
    reading.color = meaning


def _read_scale(reading: Reading, meaning: str) -> None:
    reading.scale = _SCALES[meaning]


def _read_side(reading: Reading, meaning: str) -> None:
    """A side belongs to the noun before it in its clause, or to A in "A 在 B 左边"; else to the next noun."""
    side: Side = "left" if meaning == "left" else "right"
    placed = len(reading.subjects)
    if placed == reading.clause_start:
        reading.side = side
        return
    index = placed - 1
    if reading.at_index is not None and reading.clause_start <= reading.at_index < index:
        reading.subjects[index] = replace(reading.subjects[index], side=_OTHER_SIDE[side])
        index = reading.at_index
    reading.subjects[index] = replace(reading.subjects[index], side=side)


def _read_above(reading: Reading, _meaning: str) -> None:
    if len(reading.subjects) > reading.clause_start:
        reading.subjects[-1] = replace(reading.subjects[-1], above=True)
    else:
        reading.above = True


def _read_at(reading: Reading, _meaning: str) -> None:
    reading.at_index = len(reading.subjects) - 1 if reading.subjects else None


def _read_background(reading: Reading, _meaning: str) -> None:
    """A colour right before "background" is the ground's; a coloured ground is a plain one."""
    if reading.color:
        reading.background, reading.color = reading.color, None
        reading.scene.setdefault("place", "plain")


def _read_break(reading: Reading, _meaning: str) -> None:
    _end_clause(reading)


def _end_clause(reading: Reading) -> None:
    """A colour that found no noun belongs to the one before it: "the house is blue"."""
    if reading.color and len(reading.subjects) > reading.clause_start:
        last = reading.subjects[-1]
        if last.color is None:
            reading.subjects[-1] = replace(last, color=reading.color)
            reading.color = None
    reading.clause_start, reading.at_index = len(reading.subjects), None


def _read_filter(reading: Reading, meaning: str) -> None:
    reading.filters.append(meaning)


def _read_add(reading: Reading, _meaning: str) -> None:
    reading.adds = True


_READERS = {
    "number": _read_number,
    "color": _read_color,
    "scale": _read_scale,
    "side": _read_side,
    "above": _read_above,
    "at": _read_at,
    "background": _read_background,
    "break": _read_break,
    "filter": _read_filter,
    "add": _read_add,
}


def _merged(subjects: list[SubjectSpec]) -> tuple[SubjectSpec, ...]:
    """Each subject once: a noun said again without anything new is the same one."""
    kept: list[SubjectSpec] = []
    for subject in subjects:
        again = any(k.noun == subject.noun for k in kept)
        bare = subject == SubjectSpec(subject.noun)
        if not (again and bare) and subject not in kept:
            kept.append(subject)
    return tuple(kept[:_MAX_SUBJECTS])
