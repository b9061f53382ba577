"""A forest clearing: layers of pines in mist, large ones as a frame."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.flora import pine, pine_row, tree
from limner.engines.sketch.paint.land import hills, meadow_ground
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.sky import sky
from limner.engines.sketch.scene.places.ground import Ground, Setting, Surface, light_of, sun_at, vary


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """Pines in mist about a clearing."""
    palette = setting.palette
    short = canvas.short
    horizon = canvas.height * vary(canvas, 0.54, 0.62)
    sky(canvas, palette, int(horizon) + 4, sun_at(canvas, palette, horizon * 0.8), 0.35)
    hills(
        canvas,
        horizon,
        short * 0.16,
        2,
        mix(palette.haze, palette.middle, 0.4),
        palette.haze,
        "far",
        horizon + 4,
    )
    for k, haze in enumerate((0.74, 0.52, 0.30)):
        y = horizon + short * (0.004 + 0.020 * k)
        pine_row(canvas, palette, y, 0.15 + 0.05 * k, 0.30 + 0.09 * k, haze, f"pines{k}", 0.30 + 0.08 * k)
        canvas.mist(
            y - short * 0.01, short * 0.11, mix(palette.haze, palette.sun, 0.3), 0.75 - 0.15 * k, f"mist{k}"
        )
    meadow_ground(canvas, palette, horizon + short * 0.02)
    _shafts(canvas, palette, horizon)
    _frame(canvas, palette)
    surface: Surface = "snow" if palette.snowy else "grass"
    stand = (horizon + (canvas.height - horizon) * 0.30, canvas.height * 0.93)
    return Ground(surface, horizon, stand, light_of(canvas, palette))


def _shafts(canvas: Canvas, palette: Palette, horizon: float) -> None:
    """Slanting light between the trees, by day."""
    if palette.night:
        return
    rng = canvas.stream("shafts")
    x, y = sun_at(canvas, palette, horizon * 0.8)
    rows, columns = np.mgrid[0:96, 0:96].astype(np.float32)
    angle = np.arctan2(columns / 96 * canvas.width - x, rows / 96 * canvas.height - y + canvas.short * 0.4)
    beams = np.interp(angle, np.linspace(-1.6, 1.6, 40), rng.random(40))
    canvas.veil(
        np.clip(beams - 0.55, 0, 1).astype(np.float32) * 0.5 * (1 - rows / 110), palette.sun, screen=True
    )


def _frame(canvas: Canvas, palette: Palette) -> None:
    """Large trees at both edges."""
    rng = canvas.stream("frame")
    snow = mix(palette.lit((240, 244, 252), 0.8), palette.dark, 0.15) if palette.snowy else None
    for x, tall, foot in ((-0.02, 0.98, 0.86), (0.10, 0.70, 0.76), (0.93, 0.84, 0.80), (1.03, 1.05, 0.90)):
        dark = mix(palette.local(0.30, 0.06, 155, 0.35), palette.dark, 0.3)
        at = (canvas.width * (x + rng.normal(0, 0.012)), canvas.height * foot)
        height = min(canvas.short * 1.1, canvas.height) * tall * 0.72
        if palette.season == "autumn" and rng.random() < 0.5:
            tree(canvas, palette, *at, height * 0.9, rng)
        else:
            pine(canvas, *at, height, dark, rng, mix(dark, palette.local(0.46, 0.08, 140, 0.9), 0.45), snow)


LAYOUTS = (paint,)
