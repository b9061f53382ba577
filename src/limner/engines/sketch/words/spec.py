"""SceneSpec: what a prompt asks to see, without its words and before any pixel. It can be kept as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True, slots=True)
class SubjectSpec:
    """count things called noun; color and side are None when left open; scale 1 is usual."""

    noun: str
    count: int = 1
    color: str | None = None
    scale: float = 1.0
    side: str | None = None
    above: bool = False


@dataclass(frozen=True, slots=True)
class SceneSpec:
    """One picture. seed decides palette and cast, layout_seed where things stand.

    filters and adds speak of an edit: adjustments by name, and whether the subjects are to be added.
    """

    seed: int = 0
    layout_seed: int = 0
    place: str | None = None
    time: str | None = None
    season: str | None = None
    weather: str | None = None
    style: str | None = None
    background: str | None = None
    subjects: tuple[SubjectSpec, ...] = ()
    texts: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    series: str | None = None
    adds: bool = False

    def to_json(self) -> str:
        """The spec as one line of JSON, without what is open."""
        return json.dumps(
            {k: v for k, v in asdict(self).items() if v not in (None, (), False)}, ensure_ascii=False
        )

    @classmethod
    def from_json(cls, text: str) -> SceneSpec:
        """The spec that to_json wrote."""
        values = json.loads(text)
        values["subjects"] = tuple(SubjectSpec(**s) for s in values.get("subjects", ()))
        for key in ("texts", "filters"):
            values[key] = tuple(values.get(key, ()))
        return cls(**values)


_HOURS = ("dawn", "day", "dusk", "night")
_HOURS_OF_THREE = ("dawn", "day", "night")
_SEASONS = ("spring", "summer", "autumn", "winter")


def in_series(spec: SceneSpec, index: int, count: int) -> SceneSpec:
    """Picture index of count that belong together: its own season or hour, else its own layout.

    Palette and cast are those of the spec in every picture.
    """
    if spec.series == "seasons":
        return replace(spec, season=_SEASONS[index % 4], place=spec.place or "lake", weather=None)
    if spec.series == "hours":
        hours = _HOURS_OF_THREE if count == 3 else _HOURS
        return replace(spec, time=hours[index % len(hours)])
    return replace(spec, layout_seed=spec.layout_seed + index)
