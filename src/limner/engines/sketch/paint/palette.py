"""Colours in OKLCH, and the palette of a scene: all is mixed from five anchors, so a scene is in harmony.

OKLab: Björn Ottosson, "A perceptual color space for image processing" (2020).
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from limner.engines.sketch.paint.air import (
    AMBIENT,
    ANCHORS,
    DARK,
    FOLIAGE,
    GRASS,
    KEY,
    MOOD_AIR,
    OVERCAST,
    PALETTES_PER_TIME,
    SEASON_AIR,
    TIMES,
    WEATHER_AIR,
    Air,
    Lch,
)
from limner.engines.sketch.paint.raster import Floats, Rgb

__all__ = [
    "NAMED",
    "PALETTES_PER_TIME",
    "TIMES",
    "WHITE",
    "Doubles",
    "Lch",
    "Palette",
    "from_lab",
    "gamma",
    "lch",
    "linear",
    "mix",
    "ramp",
    "shift",
    "to_lab",
]

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


@lru_cache(4096)
def _linear(color: Rgb) -> Doubles:
    return linear(color)


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
    """(count, 3) colours between stops (position 0..1, colour), interpolated in OKLab; read-only."""
    return _ramp(tuple(stops), count)


@lru_cache(1024)
def _ramp(stops: tuple[tuple[float, Rgb], ...], count: int) -> Floats:
    positions = [p for p, _ in stops]
    labs = np.array([to_lab(c) for _, c in stops])
    t = np.linspace(0, 1, count)
    colors = from_lab(np.stack([np.interp(t, positions, labs[:, i]) for i in range(3)], 1)).astype(np.float32)
    colors.setflags(write=False)
    return colors


_DRIFT_CHROMA = 0.0011


class Palette:
    """The colours of one hour and season; variant picks one of PALETTES_PER_TIME moods.

    disc: whether a place draws its own sun or moon. weather and mood shift the air; unknown ones do not.
    drift: degrees by which the hues of sky and light turn.
    """

    def __init__(
        self,
        time: str,
        season: str = "summer",
        variant: int = 0,
        disc: bool = True,
        weather: str | None = None,
        mood: str | None = None,
        drift: float = 0.0,
    ) -> None:
        zenith, middle, horizon, sun, accent = ANCHORS[time][variant % PALETTES_PER_TIME]
        airs = (
            SEASON_AIR[season],
            WEATHER_AIR.get(weather or "", Air()),
            MOOD_AIR.get(mood or "", Air()),
        )
        self.time, self.season, self.disc = time, season, disc and weather not in OVERCAST
        self.overcast = weather in OVERCAST
        colors = [lch(*zenith), lch(*middle), lch(*horizon)]
        for air in airs:
            colors = [_aired(c, air, time, row) for row, c in enumerate(colors)]
        self.zenith, self.middle, self.horizon = (shift(c, 0, 1, drift) if drift else c for c in colors)
        self.sun = lch(*sun)
        self.haze = mix(self.horizon, self.middle, 0.4)
        self.dark = lch(DARK[time], 0.05, (zenith[2] + 10) % 360)
        self.accent = lch(0.68, 0.17, accent)
        (lightness, chroma, turn), strength = KEY[time]
        hue = zenith[2] if time in ("dusk", "night") else middle[2]
        key = lch(lightness, chroma + abs(drift) * _DRIFT_CHROMA, turn + drift)
        self._key = linear(key) * strength * float(np.prod([a.key for a in airs]))
        self._lit: dict[tuple[Rgb, float], Rgb] = {}
        self._ambient = linear(lch(*AMBIENT[time], hue)) * float(np.prod([a.ambient for a in airs]))

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
        found = self._lit.get((color, lit))
        if found is None:
            light = self._key * lit + self._ambient * (1 - 0.5 * lit)
            found = self._lit[color, lit] = _rgb(gamma(_linear(color) * light))
        return found

    def leaf(self, share: float, lit: float = 0.7) -> Rgb:
        """Leaves of the season, from shade (share 0) to light (1)."""
        shade, light = FOLIAGE[self.season]
        return self.lit(mix(lch(*shade), lch(*light), share), lit)

    def grass(self, share: float, lit: float = 0.7) -> Rgb:
        """Grass of the season, from shade (share 0) to light (1); snow in winter."""
        shade, light = GRASS[self.season]
        return self.lit(mix(lch(*shade), lch(*light), share), lit)

    def sky(self, count: int, low: float = 1.0) -> Floats:
        """(count, 3) colours from zenith to horizon; low < 1 presses the warm band to the horizon."""
        stops = [(0.0, self.zenith), (0.55 + 0.1 * (1 - low), self.middle), (1.0, self.horizon)]
        return ramp(stops, count)


def _aired(color: Rgb, air: Air, time: str, row: int) -> Rgb:
    """A colour of the sky in this air; row 0 is the zenith, 2 the horizon."""
    level = float(to_lab(color)[0])
    soft = 0.5 if time == "night" else 0.8 if time == "dusk" else 1.0
    moved = shift(color, air.lift * soft, 1 + (air.chroma - 1) * soft)
    lightness, chroma, hue = air.tint
    own = lightness if time in ("day", "dawn") else level + (lightness - 0.85) * 0.35
    return mix(moved, lch(min(0.98, own), chroma, hue), soft * (air.share, air.share, air.horizon)[row])
