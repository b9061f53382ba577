"""Who stands where: columns, rows and sizes for the cast of a scene, so that nobody hides another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.scene.crowd import Band, crowd, is_crowd
from limner.engines.sketch.scene.places.ground import Ground
from limner.engines.sketch.scene.placing import Spot
from limner.engines.sketch.scene.stands import MARGIN, Actor, Stand, columns, fitted, in_sky

_MAX_HIDDEN = 0.06
_TINY, _FLUTTERING = 0.14, 0.62
"""Such small ones fly low: down to that share of the picture's height."""
_MAX_SQUEEZE, _SWARM = 1.5, 4
"""How many times wider than the picture a row may be before it becomes two; how many fly without order."""
_MAX_ROW = 4
"""More than these are spread over a bare ground, so that each is seen whole."""


def arrange(actors: list[Actor], ground: Ground, width: int, height: int, rng: Rng) -> list[Stand]:
    """A stand for every actor, far ones first."""
    bands: dict[str, list[Actor]] = {"far": [], "back": [], "front": [], "air": [], "water": []}
    left, right = ground.span or (0, width)
    room = max(8, int(right - left))
    crowded = _is_open(ground) and (len(actors) > _MAX_ROW or _is_crowded(actors, width))
    for actor in actors:
        bands["air" if crowded else _band(actor, ground)].append(actor)
    shared = bool(bands["back"] and bands["front"])
    wide, start = (room, left) if _is_open(ground) else (width, 0)
    aloft = _in_air(bands["air"], ground, wide, height, rng)
    stands = [replace(s, spot=replace(s.spot, x=s.spot.x + start)) for s in aloft]
    horizon = replace(ground, stand=(ground.horizon, ground.horizon + height * 0.02))
    low = _on_ground(bands["far"], horizon, room, height, rng, 0.0, 1.0, back=True)
    low += _on_ground(bands["back"], ground, room, height, rng, 0.0, 0.12, back=shared)
    low += _apart(_on_water(bands["water"], ground, room, height, rng), low, room)
    front = _on_ground(bands["front"], ground, room, height, rng, 0.45 if shared else 0.40, 0.95)
    low += _apart(front, low, room)
    low = [replace(s, spot=replace(s.spot, x=s.spot.x + left)) for s in low]
    stands = [_clear_of(s, low, width, height) for s in stands] + low
    return sorted(stands, key=lambda s: (not in_sky(s), s.spot.y))


def _apart(stands: list[Stand], others: list[Stand], width: int) -> list[Stand]:
    """A lone figure moves to where the others leave most room; one that has a side stays."""
    below = [s for s in others if not in_sky(s)]
    if len(stands) != 1 or not below or stands[0].actor.spec.side:
        return stands
    stand = stands[0]
    half = stand.height * stand.actor.aspect / 2
    edge = max(half + width * MARGIN, width * 0.2)
    places = np.linspace(min(edge, width / 2), max(width - edge, width / 2), 9)
    free = [min(abs(x - s.spot.x) - s.height * s.actor.aspect / 2 for s in below) for x in places]
    best = float(places[int(np.argmax(np.minimum(free, half * 1.3)))])
    return [replace(stand, spot=replace(stand.spot, x=best))]


def _clear_of(stand: Stand, others: list[Stand], width: int, height: int) -> Stand:
    """The stand in the air, moved or made smaller until it hides little of what stands below."""
    if not others or _hidden(stand, others) < _MAX_HIDDEN:
        return stand
    best = stand
    for share in (1.0, 0.8, 0.62, 0.5):
        tall = stand.height * share
        half = tall * stand.actor.aspect / 2
        for x in _near(stand.spot.x, half + width * MARGIN, width - half - width * MARGIN):
            for y in (stand.spot.y, tall + height * 0.04):
                tried = replace(stand, spot=replace(stand.spot, x=x, y=y), height=tall)
                if _hidden(tried, others) < _MAX_HIDDEN:
                    return tried
                best = min(best, tried, key=lambda s: _hidden(s, others))
    return best


def _near(x: float, low: float, high: float) -> list[float]:
    """Places between low and high, the nearest to x first; the middle where there is no room."""
    if high <= low:
        return [(low + high) / 2]
    return sorted(np.linspace(low, high, 7).tolist(), key=lambda place: abs(place - x))


def _hidden(stand: Stand, others: list[Stand]) -> float:
    """The share of a stand's box that lies over others."""
    half = stand.height * stand.actor.aspect / 2
    covered = 0.0
    for other in others:
        reach = other.height * other.actor.aspect / 2
        wide = min(stand.spot.x + half, other.spot.x + reach) - max(stand.spot.x - half, other.spot.x - reach)
        top = max(stand.spot.y - stand.height, other.spot.y - other.height)
        covered += max(0.0, wide) * max(0.0, min(stand.spot.y, other.spot.y) - top)
    return covered / max(1.0, 2 * half * stand.height)


def _band(actor: Actor, ground: Ground) -> str:
    if actor.zone in ("sky", "high") or actor.spec.above:
        return "air"
    if actor.zone in ("water", "swim") and ground.water is not None:
        return "water"
    if actor.zone == "far":
        return "far" if ground.surface != "none" else "back"
    behind = actor.spec.noun in ground.behind if ground.behind else actor.zone == "back"
    return "back" if behind else "front"


def _is_crowded(actors: list[Actor], width: int) -> bool:
    """Whether one row would make them tiny."""
    return sum(a.width * 1.08 for a in actors) > width * _MAX_SQUEEZE


def _on_ground(
    actors: list[Actor],
    ground: Ground,
    width: int,
    height: int,
    rng: Rng,
    far: float,
    near: float,
    back: bool = False,
) -> list[Stand]:
    if not actors:
        return []
    top, bottom = ground.stand
    if is_crowd(actors, width) and not back:
        band = Band(top + (bottom - top) * far * 0.3, top + (bottom - top) * near, ground.horizon)
        return crowd(actors, band, width, height, rng)
    level = top + (bottom - top) * (far + near) / 2
    members = fitted(actors, width * (1 - 2 * MARGIN))
    spread = (bottom - top) * (near - far) * 0.10
    stands = []
    for actor, x in zip(members, columns(members, width, rng), strict=True):
        y = level + float(rng.uniform(-spread, spread))
        stands.append(Stand(actor, Spot(x, y), min(actor.height, y - height * 0.03)))
    return stands


def _on_water(actors: list[Actor], ground: Ground, width: int, height: int, rng: Rng) -> list[Stand]:
    if not actors or ground.water is None:
        return []
    top, bottom = ground.water
    afloat = [a for a in actors if a.zone != "swim"]
    stands = []
    if is_crowd(afloat, width):
        band = Band(top + (bottom - top) * 0.3, top + (bottom - top) * 0.9, ground.horizon)
        stands = [
            replace(s, spot=replace(s.spot, on_water=True)) for s in crowd(afloat, band, width, height, rng)
        ]
    else:
        fleet = fitted(afloat, width * (1 - 2 * MARGIN))
        for actor, x in zip(fleet, columns(fleet, width, rng), strict=True):
            y = top + (bottom - top) * float(rng.uniform(0.45, 0.85))
            stands.append(Stand(actor, Spot(x, y, True), min(actor.height, y - height * 0.02)))
    return stands + _swimming([a for a in actors if a.zone == "swim"], ground.water, width, height, rng)


def _swimming(
    actors: list[Actor], water: tuple[float, float], width: int, height: int, rng: Rng
) -> list[Stand]:
    """A shoal: rows with a little disorder."""
    top, bottom = water
    stands = []
    rows = _rows_of(actors)
    tallest = 1.15 * (bottom - top) / rows if rows > 1 else height
    for row in range(rows):
        sized = [replace(a, height=min(a.height, tallest)) for a in actors[row::rows]]
        part = fitted(sized, width * (1 - 2 * MARGIN))
        for actor, x in zip(part, columns(part, width, rng), strict=True):
            y = top + (bottom - top) * float((row + rng.uniform(0.35, 0.65)) / rows) + actor.height / 2
            if rows > 1:
                x += (row % 2 - 0.5) * actor.width * 0.5 + float(rng.uniform(-0.2, 0.2)) * actor.width
                x = min(max(x, actor.width * 0.55), width - actor.width * 0.55)
            stands.append(Stand(actor, Spot(x, y), min(actor.height, y - height * 0.02)))
    return stands


def _is_open(ground: Ground) -> bool:
    """A bare ground, on which a crowd may fill the whole picture."""
    return ground.surface == "none" and ground.water is None


def _rows_of(actors: list[Actor]) -> int:
    return 1 if len(actors) <= 2 else 2 if len(actors) <= 6 else 3


def _in_air(actors: list[Actor], ground: Ground, width: int, height: int, rng: Rng) -> list[Stand]:
    """A grid over the sky, or over the whole picture where there is no ground."""
    if not actors:
        return []
    open_air = _is_open(ground)
    low = height * (0.95 if open_air else 0.80) if ground.surface == "none" else ground.horizon * 0.86
    if all(a.height < _TINY * height for a in actors) and ground.surface != "none":
        low = height * _FLUTTERING
    top, bottom = height * (0.05 if open_air else 0.04), max(low, height * 0.25)
    sway = (0.5, 0.5) if open_air else (0.05, 0.9) if ground.surface == "none" else (0.2, 0.6)
    loose = 0.0 if open_air or len(actors) < _SWARM else 1.0
    rows = max(_grid_rows(len(actors), width, bottom - top), 1 + int(loose))
    stands = []
    for row in range(rows):
        members = actors[row::rows]
        tallest = (bottom - top) / rows * (0.92 + 0.3 * loose)
        members = [replace(a, height=min(a.height, tallest)) for a in members]
        members = fitted(members, width * (1 - 2 * MARGIN))
        for actor, x in zip(members, columns(members, width, rng), strict=True):
            spare = max(0.0, (bottom - top) / rows - actor.height)
            y = top + (bottom - top) * row / rows + actor.height + spare * float(rng.uniform(*sway))
            if loose:
                y += float(rng.uniform(-0.2, 0.2)) * actor.height
                x += float(rng.uniform(-0.25, 0.25)) * actor.width + (row % 2 - 0.5) * actor.width * 0.4
                x = min(max(x, actor.width / 2), width - actor.width / 2)
            stands.append(Stand(actor, Spot(x, max(y, actor.height + height * 0.01)), actor.height))
    return stands


def _grid_rows(count: int, width: float, height: float) -> int:
    """The number of rows that makes cells about square."""
    return max(1, min(count, round((count * height / width) ** 0.5))) if count > 1 else 1
