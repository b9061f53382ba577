"""A mountain lake: three ranges in haze, a wooded shore, and all of it in the water."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint import terrain
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.flora import pine_row, tree_row
from limner.engines.sketch.paint.land import hills, meadow_ground
from limner.engines.sketch.paint.palette import WHITE, Palette, mix
from limner.engines.sketch.paint.sky import sky
from limner.engines.sketch.paint.water import glints, reflect
from limner.engines.sketch.scene.places.ground import (
    Ground,
    Setting,
    Surface,
    light_of,
    sun_at,
    sun_side,
    vary,
)

_HAZE = {
    "dawn": (0.64, 0.42, 0.18),
    "day": (0.62, 0.34, 0.10),
    "dusk": (0.62, 0.36, 0.12),
    "night": (0.40, 0.26, 0.10),
}
_SNOW_LINE = {"spring": 0.60, "summer": 0.72, "autumn": 0.68, "winter": 0.30}


def ranges(canvas: Canvas, palette: Palette, base: int, count: int = 3, tall: float = 1.0) -> None:
    """Far, middle and near mountain ranges standing on row base."""
    rng = canvas.stream("ranges")
    focus = 0.36 if rng.random() < 0.5 else 0.64
    u = np.arange(canvas.width, dtype=np.float32) / canvas.width
    for k in range(count):
        stream = canvas.stream(f"range{k}")
        relief = terrain.mountains(
            stream, palette, sun_side(canvas), min(0.9, _SNOW_LINE[palette.season] + 0.08 * k)
        )
        relief = terrain.hazed(relief, mix(palette.haze, palette.middle, 0.25), _HAZE[palette.time][k])
        peak = (focus, 1 - focus, 0.5)[k]
        hump = np.exp(-(np.abs((u - peak) * canvas.width / canvas.short / (0.36, 0.30, 0.3)[k]) ** 1.4))
        envelope = (0.30 + 0.85 * hump, 0.26 + 0.55 * hump, 0.16 + 0.54 * np.abs(u - focus))[k]
        near = (6.0, 4.2, 2.8)[k]
        height = near * (0.38, 0.38, 0.26)[k] * tall * min(1.15, max(1.0, canvas.height / canvas.width))
        terrain.draw(canvas, relief, base, height, near, envelope.astype(np.float32), stream)
        band = canvas.short * (0.10, 0.07, 0.05)[k]
        canvas.mist(
            base - band * 0.4, band, mix(palette.haze, palette.sun, 0.25), (0.75, 0.6, 0.5)[k], f"valley{k}"
        )


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """Ranges, a wooded shore, their mirror image, and a bank to stand on."""
    palette = setting.palette
    short, height = canvas.short, canvas.height
    shore = int(height * vary(canvas, 0.54, 0.62))
    sun = sun_at(canvas, palette, shore * 0.8)
    sky(canvas, palette, shore + 2, sun, vary(canvas, 0.35, 0.7, "cloudiness"))
    ranges(canvas, palette, shore)
    for k in range(2):
        pine_row(
            canvas, palette, shore + 2, 0.02 + 0.01 * k, 0.045 + 0.02 * k, 0.40 - 0.22 * k, f"shore{k}", 0.32
        )
    if palette.season in ("spring", "autumn"):
        tree_row(canvas, palette, shore + 2, 0.04, 0.08, 0.18, "shore-trees", 10)
    near = int(height * 0.86)
    tint = mix(mix(palette.zenith, palette.local(0.4, 0.07, 200, 0.5), 0.4), palette.dark, 0.25)
    reflect(canvas, shore + 2, height, tint, 0.14, 0.55)
    fade = np.exp(-np.linspace(0, 6, 24, dtype=np.float32))[:, None] * np.full((1, 2), 0.35, np.float32)
    canvas.veil(fade, mix(palette.haze, palette.sun, 0.3), shore + 2, shore + int(short * 0.05))
    if palette.time != "day":
        glints(canvas, sun[0], shore + 4, near, mix(palette.sun, WHITE, 0.3), 110, 0.035)
    _bank(canvas, palette, near)
    stand = (near + (height - near) * 0.40, height * 0.96)
    water = (shore + (near - shore) * 0.25, shore + (near - shore) * 0.8)
    surface: Surface = "snow" if palette.snowy else "grass"
    return Ground(surface, shore, stand, light_of(canvas, palette), water)


def _bank(canvas: Canvas, palette: Palette, y: int) -> None:
    shade = mix(palette.leaf(0.0, 0.3), palette.dark, 0.35)
    hills(canvas, y + canvas.short * 0.012, canvas.short * 0.035, 1.6, shade, shade, "ground")
    meadow_ground(canvas, palette, y)


LAYOUTS = (paint,)
