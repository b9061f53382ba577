"""One instruction as a value: what is done, to what, with what. It can be kept as text and read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec, TextSpec

StepKind: TypeAlias = Literal[
    "recolor",
    "remove",
    "replace",
    "add",
    "move",
    "resize",
    "alter",
    "background",
    "cut_out",
    "letter",
    "unletter",
    "lift",
    "filter",
    "turn",
    "zoom",
    "crop",
    "extend",
]
Where: TypeAlias = Literal["all", "background", "subject"]


@dataclass(frozen=True, slots=True)
class Step:
    """targets: what it is done to, the main subject when empty. things: what comes in.

    region: a part that is no subject, e.g. sky. value: a colour, side, filter or scene aspect. amount: 1 is
    usual; degrees for turn, times for zoom. scene: of a background. texts: to be set or taken away.
    boxes: where the targets are, x0, y0, x1, y1 in shares of the picture, when that is known.
    """

    kind: StepKind
    targets: tuple[SubjectSpec, ...] = ()
    things: tuple[SubjectSpec, ...] = ()
    region: str | None = None
    value: str | None = None
    amount: float = 1.0
    where: Where = "all"
    scene: SceneSpec | None = None
    texts: tuple[TextSpec, ...] = ()
    boxes: tuple[tuple[float, float, float, float], ...] = ()


_FINISHING: dict[str, StepKind] = {
    "filter": "filter",
    "turn": "turn",
    "zoom": "zoom",
    "crop": "crop",
    "extend": "extend",
    "recolor": "recolor",
}


def note_of(step: Step) -> str | None:
    """A step that is done to the finished picture as a short text; None for what changes the scene itself."""
    if step.kind not in _FINISHING:
        return None
    noun = step.targets[0].noun if step.targets else ""
    parts = (step.kind, step.region or "", step.value or "", f"{step.amount:g}", step.where, noun)
    return ":".join(part.replace(":", " ") for part in parts)


def step_of(note: str) -> Step | None:
    """The step that note_of wrote; None for any other text."""
    parts = note.split(":")
    if len(parts) != 6 or parts[0] not in _FINISHING:
        return None
    try:
        amount = min(360.0, max(-360.0, float(parts[3])))
    except ValueError:
        return None
    where: Where = "background" if parts[4] == "background" else "subject" if parts[4] == "subject" else "all"
    targets = (SubjectSpec(parts[5]),) if parts[5] else ()
    kind = _FINISHING[parts[0]]
    return Step(kind, targets, region=parts[1] or None, value=parts[2] or None, amount=amount, where=where)
