"""SceneSpec: what a prompt asks to see, without its words and before any pixel. It can be kept as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

Side: TypeAlias = Literal["left", "right", "center"]
RelationKind: TypeAlias = Literal[
    "on",
    "under",
    "above",
    "beside",
    "left_of",
    "right_of",
    "front_of",
    "behind",
    "riding",
    "holding",
    "wearing",
    "with",
    "in",
]
Action: TypeAlias = Literal[
    "sit",
    "stand",
    "walk",
    "run",
    "sleep",
    "fly",
    "swim",
    "jump",
    "dance",
    "wave",
    "read",
    "eat",
    "hold",
    "ride",
]
TextRole: TypeAlias = Literal["title", "sign", "label", "bubble"]
_GUIDANCE_USUAL = 5.0


@dataclass(frozen=True, slots=True)
class Relation:
    """Of the subject that has it to another: "a fox on a box" is on, with target the box's index."""

    kind: RelationKind
    target: int


@dataclass(frozen=True, slots=True)
class SubjectSpec:
    """count things called noun; color, side and action are None when left open; scale 1 is usual.

    noun: a name of the cast, or the English label of an emoji. traits: e.g. old, young, hat, striped.
    above: in the air of the scene. count 0: it was taken away, and its place is kept free. at: where its
    bodies stand, x and y of the feet and height in shares of the picture; height 0 is open. origin: the seed
    of another scene and the number it had there, whose looks it keeps.
    """

    noun: str
    count: int = 1
    color: str | None = None
    scale: float = 1.0
    side: Side | None = None
    above: bool = False
    action: Action | None = None
    relation: Relation | None = None
    traits: tuple[str, ...] = ()
    at: tuple[tuple[float, float, float], ...] = ()
    origin: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class TextSpec:
    """Quoted text and where it is set; target: index of the subject that bears it or says it."""

    text: str
    role: TextRole = "title"
    target: int | None = None


@dataclass(frozen=True, slots=True)
class SceneSpec:
    """One picture. seed decides palette and cast, layout_seed where things stand.

    camera: wide, close, low, above or None. background: a colour's name. guidance: as in the request.
    features: what is said of the inside of the place, e.g. cliff. colors: those of nothing in particular.
    finish: what edits did to the finished picture, as notes of steps.
    """

    seed: int = 0
    layout_seed: int = 0
    place: str | None = None
    time: str | None = None
    season: str | None = None
    weather: str | None = None
    style: str | None = None
    mood: str | None = None
    camera: str | None = None
    background: str | None = None
    subjects: tuple[SubjectSpec, ...] = ()
    texts: tuple[TextSpec, ...] = ()
    guidance: float | None = None
    features: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    finish: tuple[str, ...] = ()

    @property
    def freedom(self) -> float:
        """How loosely the words are taken: 0 to the letter (guidance 10), 0.9 usual, 1.6 freest."""
        usual = _GUIDANCE_USUAL if self.guidance is None else self.guidance
        return min(1.6, max(0.0, (10 - usual) / 5 * 0.9))

    def to_json(self) -> str:
        """The spec as one line of JSON, without what is open."""
        return json.dumps(_said(asdict(self)), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> SceneSpec:
        """The spec that to_json wrote; raises ValueError for anything else."""
        try:
            values = dict(json.loads(text))
            values["subjects"] = tuple(_subject(s) for s in values.get("subjects", ()))
            values["texts"] = tuple(TextSpec(**t) for t in values.get("texts", ()))
            for key in ("features", "colors", "finish"):
                values[key] = tuple(str(word) for word in values.get(key, ()))
            return cls(**values)
        except (TypeError, KeyError, AttributeError) as exc:
            raise ValueError("not a scene") from exc


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """The values without what is open, at every depth."""
    kept = {k: v for k, v in values.items() if v not in (None, ()) and v is not False}
    for key in ("subjects", "texts"):
        if key in kept:
            kept[key] = [_said(item) for item in kept[key]]
    return kept


def _subject(values: dict[str, Any]) -> SubjectSpec:
    relation = values.get("relation")
    traits = tuple(str(trait) for trait in values.get("traits", ()))
    at = tuple((float(x), float(y), float(tall)) for x, y, tall in values.get("at", ()))
    bond = Relation(**relation) if relation else None
    origin = tuple(int(number) for number in values.get("origin") or ()) or None
    return SubjectSpec(**{**values, "relation": bond, "traits": traits, "at": at, "origin": origin})
