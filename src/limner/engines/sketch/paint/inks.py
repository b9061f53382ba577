"""The inks of printed things: curated sets of colours for posters, cards, banners, patterns and icons."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from limner.engines.sketch.paint.light import LIGHTS, Light
from limner.engines.sketch.paint.palette import Palette, lch, mix, shift, to_lab
from limner.engines.sketch.paint.raster import Rgb


@dataclass(frozen=True, slots=True)
class Inks:
    """ground and second: the large areas; accent and cool: shapes; deep: the darkest; paper: the lightest."""

    ground: Rgb
    second: Rgb
    accent: Rgb
    cool: Rgb
    deep: Rgb
    paper: Rgb

    @property
    def dark(self) -> bool:
        """Whether the ground is dark."""
        return float(to_lab(self.ground)[0]) < 0.55

    @property
    def line(self) -> Rgb:
        """What can be read on the ground."""
        return self.paper if self.dark else self.deep

    @property
    def bright(self) -> tuple[Rgb, ...]:
        """Colours for scattered shapes."""
        return self.accent, self.cool, self.second, self.paper


def _inks(colors: str) -> Inks:
    sets = [(int(c[0:2], 16), int(c[2:4], 16), int(c[4:6], 16)) for c in colors.split()]
    return Inks(*((float(r), float(g), float(b)) for r, g, b in sets))


INKS: dict[str, Inks] = {
    "retro": _inks("ffcc5c ff9654 f45c50 188c96 20305a fff6e2"),
    "coral": _inks("ffb8aa ffdeb2 fa6066 3a68b0 34225a fff6ea"),
    "aqua": _inks("86d8d4 e8f4ce ffa63c 0e7096 0e3854 fffaea"),
    "forest": _inks("b4cc92 ebe5b8 ee8a3a 4f7f58 233d33 fbf7e8"),
    "berry": _inks("f7c6d9 fde3ec d8315b 7a5cc9 3c1642 fff8f5"),
    "harvest": _inks("f2c078 fae3b4 c8553d 4e8a8a 3a2520 fff7e6"),
    "frost": _inks("c6e0f0 e6f2f9 d7263d 4a8fb8 1b2a41 ffffff"),
    "holly": _inks("1f5a46 2e7458 d62839 d9b45a 0f2a22 fff4df"),
    "midnight": _inks("232a60 40368a ffc857 e9588b 0d1030 fff3d6"),
    "atomic": _inks("ead9b0 f3e9ce e07a2f 2e8c85 2f2a25 fffaee"),
    "lilac": _inks("cdb9f0 ece2fb ff7f6b 6c63d9 2b2150 fffbf5"),
    "lemon": _inks("ffe57a fff4bd ff5d73 2ab7a4 24305e fffef4"),
    "meadow": _inks("bfe3c0 f4f2cf f28482 5fa777 2f4858 fffdf5"),
    "lantern": _inks("b3202c c9343a f6c445 e8963a 4a0e14 fff1d6"),
    "vermilion": _inks("f6d9a8 fbeccb c8202c b8862e 5a1018 fff7e4"),
    "peony": _inks("c22a34 d84a44 ffd86a f3a0a0 5c1220 fff0d8"),
    "spooky": _inks("f08a2c f7b04e 3a2450 6a4a96 1e1230 fff2d8"),
    "witching": _inks("3c2a5e 54407c ff9a3c 8ac24a 180e2c fff0dc"),
    "tempest": _inks("3e5468 567084 f2c14e 8fb0c0 16202c f4f6f2"),
    "gilt": _inks("26242a 3a363c d8b25c a8843c 141216 fbf3e0"),
    "champagne": _inks("efe2c8 f7efdf b48a44 8c7a64 3a3026 fffaf0"),
    "emerald": _inks("164a40 22604f d8b45c 6fa68e 0a2620 f8f1dc"),
}
_USUAL = ("retro", "coral", "aqua", "forest", "berry", "atomic", "lilac", "lemon", "meadow", "harvest")
_FOR: dict[str, tuple[str, ...]] = {
    "lunar": ("lantern", "vermilion", "peony"),
    "halloween": ("spooky", "witching"),
    "storm": ("tempest", "midnight"),
    "luxury": ("gilt", "champagne", "emerald"),
    "night": ("midnight", "tempest"),
    "dusk": ("coral", "retro", "lilac"),
    "dawn": ("coral", "lilac", "meadow"),
    "winter": ("frost", "holly"),
    "autumn": ("harvest", "atomic", "forest"),
    "spring": ("meadow", "berry", "lemon"),
    "happy": ("lemon", "retro", "aqua", "coral"),
    "cute": ("berry", "lemon", "meadow", "lilac"),
    "calm": ("aqua", "meadow", "lilac", "frost"),
    "peaceful": ("aqua", "meadow", "lilac", "frost"),
    "romantic": ("berry", "coral"),
    "festive": ("lantern", "holly", "midnight"),
    "dark": ("midnight",),
    "mysterious": ("midnight",),
    "spooky": ("midnight",),
    "elegant": ("atomic", "lilac", "midnight"),
    "warm": ("harvest", "retro", "coral"),
    "cozy": ("harvest", "atomic"),
}


def suitable(palette: Palette, mood: str | None, themes: Sequence[str] = ()) -> tuple[Inks, ...]:
    """The sets that suit the themes, else the mood, hour or season; the usual ones where nothing tells."""
    telling = (*themes, mood or "", palette.time, palette.season)
    names = next((_FOR[word] for word in telling if word in _FOR), _USUAL)
    return tuple(INKS[name] for name in names)


def colored(inks: Inks, background: Rgb | None, colors: Sequence[Rgb]) -> Inks:
    """The set with the asked background for its ground; asked colours take the place of all its inks."""
    if colors:
        return _of_colors(*((background,) if background else ()), *colors)
    if background is None:
        return inks
    return replace(inks, ground=background, second=_near(background))


def _of_colors(first: Rgb, *others: Rgb) -> Inks:
    """Inks of a few colours and what lies between them, with a dark and a light of the first one's hue."""
    lightness, a, b = (float(value) for value in to_lab(first))
    dark, hue = lightness < 0.55, math.degrees(math.atan2(b, a))
    chroma = min(1.0, math.hypot(a, b) / 0.05)
    away = shift(first, 0.20 if dark else -0.16)
    accent = others[0] if others else shift(first, 0.34 if dark else -0.28, 0.8)
    return Inks(
        ground=first,
        second=_near(first),
        accent=accent,
        cool=others[1] if len(others) > 1 else mix(away, accent, 0.25),
        deep=lch(0.25, 0.06 * chroma, hue),
        paper=lch(0.965, 0.012 * chroma, hue),
    )


def _near(color: Rgb) -> Rgb:
    """A neighbour of a ground, for its gradient."""
    return shift(color, 0.08 if float(to_lab(color)[0]) < 0.55 else -0.06, 0.9)


def light_on(inks: Inks) -> Light:
    """Plain daylight whose haze is the printed ground."""
    haze = mix(inks.ground, inks.paper, 0.3)
    return replace(LIGHTS["day"], haze=(haze[0] / 255, haze[1] / 255, haze[2] / 255)).from_side(-1)
