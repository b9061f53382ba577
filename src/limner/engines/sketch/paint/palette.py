"""Colours in OKLCH, and the palette of a scene: all is mixed from five anchors, so a scene is in harmony.

OKLab: Björn Ottosson, "A perceptual color space for image processing" (2020).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from limner.engines.sketch.paint.raster import Floats, Rgb

Lch = tuple[float, float, float]
"""OKLCH lightness 0..1, chroma 0..about 0.3, hue in degrees."""
Doubles = NDArray[np.float64]

_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_CONES, _FROM_LAB = np.linalg.inv(_TO_CONES), np.linalg.inv(_TO_LAB)

WHITE: Rgb = (255.0, 255.0, 255.0)

NAMED: dict[str, Rgb] = {
    "red": (214, 48, 44),
    "orange": (242, 132, 38),
    "yellow": (250, 210, 60),
    "green": (62, 158, 84),
    "blue": (48, 106, 212),
    "purple": (132, 74, 190),
    "pink": (244, 134, 176),
    "brown": (128, 80, 48),
    "black": (34, 34, 40),
    "white": (248, 248, 246),
    "gray": (134, 138, 144),
    "teal": (26, 150, 150),
    "gold": (214, 166, 54),
    "silver": (190, 196, 204),
    "navy": (32, 48, 104),
    "turquoise": (56, 190, 186),
    "beige": (222, 200, 164),
    "cream": (248, 236, 208),
    "maroon": (128, 30, 46),
    "olive": (126, 128, 50),
    "lavender": (184, 164, 222),
    "mint": (158, 220, 188),
    "coral": (246, 124, 100),
    "magenta": (206, 46, 146),
    "indigo": (68, 60, 148),
    "peach": (250, 190, 152),
    "light blue": (140, 196, 238),
    "light green": (160, 214, 128),
    "light pink": (250, 196, 210),
    "light gray": (200, 204, 208),
    "light yellow": (252, 236, 158),
    "light brown": (186, 140, 98),
    "dark green": (28, 92, 56),
    "dark blue": (28, 62, 148),
    "dark gray": (78, 82, 90),
    "dark brown": (80, 50, 32),
    "dark purple": (78, 42, 120),
}
"""What the colour words of the lexicon mean."""


def linear(rgb: ArrayLike) -> Doubles:
    """sRGB 0..255 to linear light 0..1."""
    c = np.asarray(rgb, np.float64) / 255
    return np.where(c <= 0.04045, c / 12.92, ((np.maximum(c, 0) + 0.055) / 1.055) ** 2.4)


def gamma(light: ArrayLike) -> Doubles:
    """Linear light to sRGB 0..255, clipped."""
    c = np.clip(np.asarray(light, np.float64), 0, 1)
    return 255 * np.where(c <= 0.0031308, c * 12.92, 1.055 * c ** (1 / 2.4) - 0.055)


def to_lab(rgb: ArrayLike) -> Doubles:
    """sRGB 0..255 to OKLab."""
    return np.asarray(np.cbrt(linear(rgb) @ _TO_CONES.T) @ _TO_LAB.T, np.float64)


def from_lab(lab: ArrayLike) -> Doubles:
    """OKLab to sRGB 0..255, clipped."""
    return gamma(((np.asarray(lab) @ _FROM_LAB.T) ** 3) @ _FROM_CONES.T)


def _rgb(values: Doubles) -> Rgb:
    r, g, b = (float(v) for v in values)
    return r, g, b


@lru_cache(8192)
def lch(lightness: float, chroma: float, hue: float) -> Rgb:
    """OKLCH to sRGB; chroma is reduced until the colour exists."""
    for _ in range(12):
        angle = math.radians(hue)
        lab = np.array([lightness, chroma * math.cos(angle), chroma * math.sin(angle)])
        light = ((lab @ _FROM_LAB.T) ** 3) @ _FROM_CONES.T
        if light.min() > -0.004 and light.max() < 1.004:
            break
        chroma *= 0.9
    return _rgb(gamma(light))


def mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    """The OKLab mixture with share 0..1 of b."""
    return _mix(a, b, round(min(max(float(share), 0.0), 1.0), 3))


@lru_cache(8192)
def _mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    return _rgb(from_lab(to_lab(a) * (1 - share) + to_lab(b) * share))


def shift(color: Rgb, lightness: float = 0, chroma: float = 1, hue: float = 0) -> Rgb:
    """color with lightness added, chroma multiplied and hue turned by degrees."""
    level, a, b = to_lab(color)
    level = min(max(float(level) + lightness, 0.0), 1.0)
    return lch(level, math.hypot(a, b) * chroma, math.degrees(math.atan2(b, a)) + hue)


def ramp(stops: list[tuple[float, Rgb]], count: int) -> Floats:
    """(count, 3) colours between stops (position 0..1, colour), interpolated in OKLab."""
    positions = [p for p, _ in stops]
    labs = np.array([to_lab(c) for _, c in stops])
    t = np.linspace(0, 1, count)
    return from_lab(np.stack([np.interp(t, positions, labs[:, i]) for i in range(3)], 1)).astype(np.float32)


TIMES = ("dawn", "day", "dusk", "night")

_ANCHORS: dict[str, tuple[tuple[Lch, Lch, Lch, Lch, float], ...]] = {
    "dawn": (
        ((0.68, 0.080, 255), (0.83, 0.060, 320), (0.93, 0.070, 70), (0.98, 0.060, 85), 20),
        ((0.64, 0.085, 272), (0.81, 0.075, 5), (0.93, 0.075, 80), (0.97, 0.070, 80), 340),
        ((0.74, 0.075, 245), (0.87, 0.050, 300), (0.95, 0.060, 85), (0.98, 0.060, 90), 30),
        ((0.60, 0.080, 285), (0.79, 0.080, 345), (0.91, 0.085, 50), (0.96, 0.070, 65), 15),
    ),
    "day": (
        ((0.62, 0.140, 252), (0.77, 0.098, 243), (0.93, 0.035, 225), (0.98, 0.030, 95), 35),
        ((0.71, 0.110, 249), (0.83, 0.070, 240), (0.95, 0.032, 95), (0.98, 0.045, 100), 350),
        ((0.57, 0.138, 256), (0.74, 0.105, 247), (0.92, 0.042, 232), (0.97, 0.045, 90), 55),
        ((0.66, 0.120, 258), (0.81, 0.075, 252), (0.94, 0.048, 80), (0.97, 0.060, 85), 25),
    ),
    "dusk": (
        ((0.38, 0.115, 285), (0.64, 0.165, 15), (0.86, 0.140, 68), (0.92, 0.120, 80), 20),
        ((0.51, 0.105, 282), (0.74, 0.110, 340), (0.89, 0.085, 50), (0.94, 0.075, 65), 330),
        ((0.49, 0.090, 268), (0.74, 0.110, 40), (0.89, 0.120, 75), (0.94, 0.105, 85), 45),
        ((0.33, 0.115, 278), (0.54, 0.155, 318), (0.81, 0.130, 35), (0.90, 0.110, 60), 300),
    ),
    "night": (
        ((0.21, 0.080, 272), (0.33, 0.095, 266), (0.51, 0.085, 252), (0.88, 0.040, 240), 70),
        ((0.20, 0.070, 262), (0.33, 0.085, 256), (0.52, 0.080, 244), (0.89, 0.035, 220), 80),
        ((0.21, 0.080, 292), (0.34, 0.105, 292), (0.53, 0.100, 305), (0.90, 0.050, 60), 55),
        ((0.19, 0.055, 266), (0.31, 0.070, 260), (0.49, 0.070, 245), (0.89, 0.025, 235), 75),
    ),
}
"""Zenith, middle of the sky, horizon, sun or moon, hue of the accent."""
PALETTES_PER_TIME = 4

_DARK = {"dawn": 0.30, "day": 0.30, "dusk": 0.22, "night": 0.14}
_KEY: dict[str, tuple[Lch, float]] = {
    "dawn": ((0.95, 0.055, 75), 1.04),
    "day": ((0.99, 0.025, 90), 1.08),
    "dusk": ((0.90, 0.085, 62), 1.05),
    "night": ((0.62, 0.05, 262), 1.0),
}
_AMBIENT = {"dawn": (0.68, 0.05), "day": (0.74, 0.05), "dusk": (0.56, 0.06), "night": (0.42, 0.055)}

_FOLIAGE: dict[str, tuple[Lch, Lch]] = {
    "spring": ((0.52, 0.120, 134), (0.80, 0.150, 120)),
    "summer": ((0.42, 0.100, 146), (0.68, 0.140, 130)),
    "autumn": ((0.47, 0.115, 50), (0.76, 0.150, 70)),
    "winter": ((0.66, 0.050, 252), (0.90, 0.022, 240)),
}
"""Shade and light of leaves by season; in winter that is snow."""
_GRASS: dict[str, tuple[Lch, Lch]] = {
    **_FOLIAGE,
    "spring": ((0.55, 0.125, 136), (0.82, 0.140, 122)),
    "autumn": ((0.48, 0.085, 84), (0.78, 0.125, 88)),
}


@dataclass(frozen=True, slots=True)
class _Air:
    """What season, weather or mood does to the light: each sky colour is lifted, then drawn to tint.

    horizon: share of tint at the horizon; key and ambient: strengths of sunlight and skylight.
    """

    lift: float = 0.0
    chroma: float = 1.0
    tint: Lch = (0.9, 0.0, 0)
    share: float = 0.0
    horizon: float = 0.0
    key: float = 1.0
    ambient: float = 1.0


_SEASON_AIR = {
    "spring": _Air(0.045, 0.80, (0.95, 0.045, 10), 0.06, 0.40),
    "summer": _Air(0.0, 1.06),
    "autumn": _Air(0.0, 0.84, (0.92, 0.085, 75), 0.08, 0.50),
    "winter": _Air(0.045, 0.72, (0.95, 0.020, 290), 0.08, 0.35),
}
_WEATHER_AIR = {
    "cloudy": _Air(0.0, 0.42, (0.84, 0.018, 250), 0.45, 0.55, 0.86, 1.04),
    "rain": _Air(-0.05, 0.42, (0.66, 0.028, 250), 0.55, 0.50, 0.74, 1.0),
    "storm": _Air(-0.16, 0.50, (0.42, 0.035, 268), 0.60, 0.30, 0.58, 0.92),
    "snow": _Air(0.0, 0.40, (0.84, 0.022, 260), 0.50, 0.55, 0.88, 1.04),
    "fog": _Air(0.03, 0.45, (0.88, 0.015, 240), 0.60, 0.60, 0.84, 1.06),
}
_MOOD_AIR = {
    "gloomy": _Air(-0.07, 0.60, (0.50, 0.02, 255), 0.25, 0.25, 0.82, 0.95),
    "sad": _Air(-0.05, 0.65, (0.60, 0.03, 255), 0.22, 0.2, 0.86, 0.96),
    "spooky": _Air(-0.09, 0.75, (0.42, 0.06, 165), 0.28, 0.25, 0.78, 0.9),
    "mysterious": _Air(-0.06, 0.85, (0.50, 0.06, 215), 0.25, 0.2, 0.86, 0.96),
    "dramatic": _Air(-0.06, 1.18),
    "epic": _Air(-0.04, 1.15),
    "dreamy": _Air(0.02, 0.92, (0.86, 0.075, 330), 0.26, 0.35, 1.0, 1.04),
    "magical": _Air(0.0, 1.05, (0.74, 0.10, 315), 0.24, 0.25),
    "romantic": _Air(0.01, 1.0, (0.86, 0.085, 10), 0.24, 0.35),
    "cozy": _Air(0.0, 1.0, (0.88, 0.075, 70), 0.16, 0.3),
    "warm": _Air(0.0, 1.0, (0.88, 0.085, 70), 0.18, 0.3),
    "cheerful": _Air(0.02, 1.12),
    "happy": _Air(0.02, 1.12),
    "peaceful": _Air(0.02, 0.88),
    "calm": _Air(0.02, 0.88),
    "serene": _Air(0.02, 0.88),
}
OVERCAST = frozenset(_WEATHER_AIR)
"""Weathers in which neither sun nor moon is seen."""


class Palette:
    """The colours of one hour and season; variant picks one of PALETTES_PER_TIME moods.

    disc: whether a place draws its own sun or moon. weather and mood shift the air; unknown ones do not.
    """

    def __init__(
        self,
        time: str,
        season: str = "summer",
        variant: int = 0,
        disc: bool = True,
        weather: str | None = None,
        mood: str | None = None,
    ) -> None:
        zenith, middle, horizon, sun, accent = _ANCHORS[time][variant % PALETTES_PER_TIME]
        airs = (
            _SEASON_AIR[season],
            _WEATHER_AIR.get(weather or "", _Air()),
            _MOOD_AIR.get(mood or "", _Air()),
        )
        self.time, self.season, self.disc = time, season, disc and weather not in OVERCAST
        self.overcast = weather in OVERCAST
        colors = [lch(*zenith), lch(*middle), lch(*horizon)]
        for air in airs:
            colors = [_aired(c, air, time, row) for row, c in enumerate(colors)]
        self.zenith, self.middle, self.horizon = colors
        self.sun = lch(*sun)
        self.haze = mix(self.horizon, self.middle, 0.4)
        self.dark = lch(_DARK[time], 0.05, (zenith[2] + 10) % 360)
        self.accent = lch(0.68, 0.17, accent)
        key, strength = _KEY[time]
        hue = zenith[2] if time in ("dusk", "night") else middle[2]
        self._key = linear(lch(*key)) * strength * float(np.prod([a.key for a in airs]))
        self._ambient = linear(lch(*_AMBIENT[time], hue)) * float(np.prod([a.ambient for a in airs]))

    @property
    def night(self) -> bool:
        return self.time == "night"

    @property
    def snowy(self) -> bool:
        return self.season == "winter"

    def local(self, lightness: float, chroma: float, hue: float, lit: float = 0.7) -> Rgb:
        """The colour that an OKLCH surface has in this light; lit 0 = in shade, 1 = in the sun."""
        return self.lit(lch(lightness, chroma, hue), lit)

    def lit(self, color: Rgb, lit: float = 0.7) -> Rgb:
        """The colour that a surface of this colour has in this light."""
        return _rgb(gamma(linear(color) * (self._key * lit + self._ambient * (1 - 0.5 * lit))))

    def leaf(self, share: float, lit: float = 0.7) -> Rgb:
        """Leaves of the season, from shade (share 0) to light (1)."""
        shade, light = _FOLIAGE[self.season]
        return self.lit(mix(lch(*shade), lch(*light), share), lit)

    def grass(self, share: float, lit: float = 0.7) -> Rgb:
        """Grass of the season, from shade (share 0) to light (1); snow in winter."""
        shade, light = _GRASS[self.season]
        return self.lit(mix(lch(*shade), lch(*light), share), lit)

    def sky(self, count: int, low: float = 1.0) -> Floats:
        """(count, 3) colours from zenith to horizon; low < 1 presses the warm band to the horizon."""
        stops = [(0.0, self.zenith), (0.55 + 0.1 * (1 - low), self.middle), (1.0, self.horizon)]
        return ramp(stops, count)


def _aired(color: Rgb, air: _Air, time: str, row: int) -> Rgb:
    """A colour of the sky in this air; row 0 is the zenith, 2 the horizon."""
    level = float(to_lab(color)[0])
    soft = 0.5 if time == "night" else 0.8 if time == "dusk" else 1.0
    moved = shift(color, air.lift * soft, 1 + (air.chroma - 1) * soft)
    lightness, chroma, hue = air.tint
    own = lightness if time in ("day", "dawn") else level + (lightness - 0.85) * 0.35
    return mix(moved, lch(min(0.98, own), chroma, hue), soft * (air.share, air.share, air.horizon)[row])
