"""The inks of a printed place, by its words and its seed."""

from __future__ import annotations

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.inks import Inks, colored, suitable
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.scene.places.ground import Setting

_WEATHERS = ("storm",)
"""Weathers that inks show."""


def inks_of(canvas: Canvas, setting: Setting, background: Rgb | None = None) -> Inks:
    """The inks that the words ask for, else a set of the seed's; background: a colour that was asked for."""
    weather = setting.weather if setting.weather in _WEATHERS else None
    themes = (*setting.features, *((weather,) if weather else ()))
    sets = suitable(setting.palette, setting.mood, themes)
    return colored(sets[canvas.turn("inks", len(sets))], background, setting.colors)
