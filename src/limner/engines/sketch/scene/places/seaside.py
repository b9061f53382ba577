"""What every place by the sea has: air down to the horizon, tones of waves, cliffs, mirror images."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import crag, ridge_line, stone, turf
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.paint.sky import sky
from limner.engines.sketch.paint.storm import lightning, storm_palette, storm_sky
from limner.engines.sketch.paint.waves import deep_color, mirrored
from limner.engines.sketch.scene.places.ground import Setting, sun_at, sun_side, vary


def air(canvas: Canvas, setting: Setting, horizon: int, sun: tuple[float, float], clouds: float) -> Palette:
    """Paint the sky of the hour, or of a storm with its bolt; returns the palette of what lies below."""
    if setting.weather != "storm":
        sky(canvas, setting.palette, horizon, sun, clouds)
        return setting.palette
    palette = storm_palette(setting.palette)
    bolt_x = canvas.width * (0.5 + sun_side(canvas) * vary(canvas, 0.12, 0.28, "bolt-place"))
    storm_sky(canvas, palette, horizon, bolt_x)
    lightning(canvas, palette, bolt_x, horizon)
    return palette


def sea_air(
    canvas: Canvas,
    setting: Setting,
    share: tuple[float, float],
    clouds: tuple[float, float],
    rise: float = 1.0,
) -> tuple[int, tuple[float, float], Palette]:
    """Paint the air down to a horizon between two shares of the height.

    rise: as in open_sky. Returns the horizon's row, where the sun is, and the palette of what lies below.
    """
    horizon = int(canvas.height * vary(canvas, *share))
    sun = sun_at(canvas, setting.palette, horizon * rise)
    return horizon, sun, air(canvas, setting, horizon + 2, sun, vary(canvas, *clouds, "cloudiness"))


def wave_tones(palette: Palette, hue: float = 215.0) -> tuple[Rgb, Rgb, Rgb]:
    """Crest, body and foam of waves."""
    body = mix(deep_color(palette, hue, 0.3), palette.dark, 0.18)
    crest = mix(mix(palette.lit(lch(0.66, 0.10, 195), 0.8), palette.horizon, 0.25), body, 0.2)
    return crest, body, mix(mix(palette.horizon, WHITE, 0.75), palette.dark, 0.25 if palette.night else 0)


def from_side(canvas: Canvas, side: float, x: float) -> float:
    """The column that lies x, a share of the width, from the left for side -1, from the right for 1."""
    return canvas.width * (x if side < 0 else 1 - x)


def cliff(
    canvas: Canvas,
    palette: Palette,
    side: float,
    points: Sequence[tuple[float, float]],
    kind: int,
    haze: float,
    name: str,
    rough: float,
    turf_px: float,
) -> None:
    """A wall of rock with turf on it; points: shares of the width from its side, and rows.

    rough: how far its outline strays, a share of the short side.
    """
    outline = ridge_line(
        [(from_side(canvas, side, x), y) for x, y in points], canvas.short * rough, canvas.stream(name)
    )
    cap = mix(turf(palette), palette.haze, haze)
    crag(canvas, outline, stone(palette, kind, haze), sun_side(canvas), name + "-rock", cap, turf_px)


def mirrored_box(canvas: Canvas, top: int, bottom: int, share: float, x: float, half: float) -> None:
    """Mirror what stands on row top into the water below it, within half px of column x."""
    before = canvas.pixels[top:bottom].copy()
    mirrored(canvas, top, bottom, share)
    rows = canvas.pixels[top:bottom].shape[0]
    columns = np.arange(canvas.width, dtype=np.float32)
    mask = np.clip((half - np.abs(columns - x)) / (half * 0.3), 0, 1)[None, :, None]
    fade = np.linspace(1, 0, rows, dtype=np.float32)[:, None, None] if rows else np.zeros((0, 1, 1))
    after = canvas.pixels[top:bottom].astype(np.float32)
    canvas.pixels[top:bottom] = np.clip(before + (after - before) * mask * fade + 0.5, 0, 255)
