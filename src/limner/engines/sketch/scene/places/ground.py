"""What a painted place tells those who stand in it, and where its sun goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.light import LIGHTS, Light
from limner.engines.sketch.paint.palette import Palette
from limner.engines.sketch.paint.raster import Rgb

Surface: TypeAlias = Literal["grass", "snow", "sand", "floor", "water", "none"]


@dataclass(frozen=True, slots=True)
class Ground:
    """stand: rows, far and near, of feet. water: rows, far and near, of boats, None where there is none.

    horizon: row. size: multiplier of everything that stands here. shadow: strength of cast shadows.
    span: columns, left and right, between which feet and boats stay; None for the whole width.
    behind: nouns of those that stand behind all others here; none: whoever stands far back elsewhere.
    """

    surface: Surface
    horizon: float
    stand: tuple[float, float]
    light: Light
    water: tuple[float, float] | None = None
    size: float = 1.0
    shadow: float = 1.0
    span: tuple[float, float] | None = None
    behind: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a place may know of the picture: its palette, and what is to come into it.

    background: the colour asked for. camera: wide, close, low, above or None. figures: how many bodies will
    stand here. nouns: of whom. titled: whether a title is to be set. freedom: 0 to the letter, 0.9 usual.
    features: what is said of the place. colors: those asked for and said of nothing in particular.
    """

    palette: Palette
    background: Rgb | None = None
    camera: str | None = None
    mood: str | None = None
    weather: str | None = None
    figures: int = 0
    nouns: frozenset[str] = frozenset()
    titled: bool = False
    freedom: float = 0.9
    features: tuple[str, ...] = ()
    colors: tuple[Rgb, ...] = ()


Layout: TypeAlias = Callable[[Canvas, Setting], Ground]
"""One composition of a place; a place has several."""

_SUN_RISE = {"dawn": 0.62, "day": 0.30, "dusk": 0.70, "night": 0.30}


def sun_side(canvas: Canvas) -> float:
    """-1 when the light comes from the left in this picture, 1 from the right."""
    return -1.0 if canvas.stream("sun").random() < 0.5 else 1.0


def sun_at(canvas: Canvas, palette: Palette, horizon: float) -> tuple[float, float]:
    """Where sun or moon stands above this horizon."""
    rng = canvas.stream("sun-place")
    x = 0.5 + sun_side(canvas) * rng.uniform(0.22, 0.36)
    return canvas.width * x, horizon * (_SUN_RISE[palette.time] + rng.uniform(-0.06, 0.06))


def light_of(canvas: Canvas, palette: Palette) -> Light:
    """The light of the hour, from the side of the sun."""
    return LIGHTS[palette.time].from_side(sun_side(canvas))


def underfoot(palette: Palette, surface: Surface) -> Surface:
    """The surface of the ground, in winter snow."""
    return "snow" if palette.snowy else surface


def vary(canvas: Canvas, low: float, high: float, name: str = "layout") -> float:
    """A measure of this picture's own, e.g. where its horizon lies."""
    return float(canvas.stream(name).uniform(low, high))
