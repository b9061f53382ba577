"""Series: one prompt as several scenes that belong together."""

from __future__ import annotations

from dataclasses import replace

from limner.engines.sketch.words.parse import parse, read
from limner.engines.sketch.words.spec import SceneSpec

_HOURS = ("dawn", "day", "dusk", "night")
_HOURS_OF_THREE = ("dawn", "day", "night")
_SEASONS = ("spring", "summer", "autumn", "winter")


def series_of(prompt: str, seed: int, count: int) -> tuple[SceneSpec, ...]:
    """count scenes, each with its own season or hour, else its own layout; palette and cast are shared."""
    spec, kind = parse(prompt, seed), read(prompt).scene.get("series")
    return tuple(_in_series(spec, kind, index, count) for index in range(count))


def _in_series(spec: SceneSpec, kind: str | None, index: int, count: int) -> SceneSpec:
    if kind == "seasons":
        return replace(spec, season=_SEASONS[index % 4], place=spec.place or "lake", weather=None)
    if kind == "hours":
        hours = _HOURS_OF_THREE if count == 3 else _HOURS
        return replace(spec, time=hours[index % len(hours)])
    return replace(spec, layout_seed=spec.layout_seed + index)
