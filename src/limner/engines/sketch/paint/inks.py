"""The inks of printed things: curated sets of colours for posters, cards, banners, patterns and icons."""

from __future__ import annotations

from dataclasses import dataclass, replace

from limner.engines.sketch.paint.light import LIGHTS, Light
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, mix, shift, to_lab
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
}
_USUAL = ("retro", "coral", "aqua", "forest", "berry", "atomic", "lilac", "lemon", "meadow", "harvest")
_FOR: dict[str, tuple[str, ...]] = {
    "night": ("midnight",),
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


def inks_for(palette: Palette, mood: str | None, background: Rgb | None, rng: Rng) -> Inks:
    """A set that suits mood, hour and season; a colour that was asked for is its ground."""
    wished = _FOR.get(mood or "") or _FOR.get(palette.time) or _FOR.get(palette.season) or _USUAL
    chosen = INKS[wished[int(rng.integers(len(wished)))]]
    if background is None:
        return chosen
    lighter = float(to_lab(background)[0]) < 0.55
    return replace(chosen, ground=background, second=shift(background, 0.08 if lighter else -0.06, 0.9))


def light_on(inks: Inks) -> Light:
    """Plain daylight whose haze is the printed ground."""
    haze = mix(inks.ground, inks.paper, 0.3)
    return replace(LIGHTS["day"], haze=(haze[0] / 255, haze[1] / 255, haze[2] / 255)).from_side(-1)
