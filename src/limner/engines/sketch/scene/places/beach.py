"""A beach: sea to the horizon, surf, wet sand, dry sand; a palm where it is warm."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.flora import palm
from limner.engines.sketch.paint.land import brushwork, hills
from limner.engines.sketch.paint.noise import fbm, profile
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
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


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """Sea, surf and sand; boats float, bodies stand on the sand."""
    palette = setting.palette
    short, height = canvas.short, canvas.height
    horizon = int(height * vary(canvas, 0.42, 0.50))
    surf = height * vary(canvas, 0.66, 0.72, "surf")
    sun = sun_at(canvas, palette, horizon)
    sky(canvas, palette, horizon + 2, sun, vary(canvas, 0.35, 0.7, "cloudiness"))
    _headland(canvas, palette, horizon)
    deep = mix(palette.lit(lch(0.55, 0.10, 225), 0.7), palette.zenith, 0.35)
    reflect(canvas, horizon, min(int(surf + short * 0.06), height), deep, 0.42, 0.8)
    _swell(canvas, palette, horizon, int(surf + short * 0.05))
    glints(
        canvas, sun[0], horizon + 3, surf, mix(palette.sun, WHITE, 0.3), 90 if palette.time == "day" else 150
    )
    _sand(canvas, palette, surf)
    if not palette.snowy:
        rng = canvas.stream("palm")
        x = 0.5 - sun_side(canvas) * rng.uniform(0.43, 0.48)
        palm(
            canvas,
            palette,
            canvas.width * x,
            surf + (height - surf) * 0.35,
            short * rng.uniform(0.42, 0.55),
            rng,
        )
    stand = (surf + (height - surf) * 0.30, height * 0.94)
    water = (horizon + (surf - horizon) * 0.25, horizon + (surf - horizon) * 0.75)
    surface: Surface = "snow" if palette.snowy else "sand"
    return Ground(surface, horizon, stand, light_of(canvas, palette), water)


def _headland(canvas: Canvas, palette: Palette, horizon: int) -> None:
    side = sun_side(canvas)
    x = np.linspace(0, 1, 160)
    near = np.clip((x if side < 0 else 1 - x) * 2.2 - 1.1, 0, 1) ** 0.7
    outline = horizon - canvas.short * 0.12 * near * (
        0.5 + 0.8 * profile(160, 4, canvas.stream("headland"), 5)
    )
    shape = np.concatenate(
        [np.column_stack([x * canvas.width, outline]), [(canvas.width, horizon + 2), (0, horizon + 2)]]
    )
    color = mix(palette.leaf(0.25, 0.6), palette.haze, 0.55)
    canvas.fill(shape, color, mix(color, palette.haze, 0.5))


def _swell(canvas: Canvas, palette: Palette, top: int, bottom: int) -> None:
    """Darker and lighter bands of waves."""
    rows, columns = max((bottom - top) // 2, 4), max(canvas.width // 3, 4)
    waves = fbm(columns, rows, 4, 34, canvas.stream("swell"), 3, 0.6)
    fade = np.linspace(0.15, 0.5, rows, dtype=np.float32)[:, None]
    canvas.veil(np.clip(0.5 - waves, 0, 1) * 2 * fade, mix(palette.zenith, palette.dark, 0.3), top, bottom)
    canvas.veil(np.clip(waves - 0.62, 0, 1) * 2.4 * fade, mix(palette.horizon, WHITE, 0.4), top, bottom)


def _sand(canvas: Canvas, palette: Palette, surf: float) -> None:
    short, width, height = canvas.short, canvas.width, canvas.height
    x = np.linspace(0, width, 200)
    edge = (
        surf
        + short * 0.05 * (profile(200, 3, canvas.stream("shore"), 4) - 0.5)
        + short * 0.012 * np.sin(x / width * 9)
    )
    dry = palette.lit(lch(0.96, 0.01, 240) if palette.snowy else lch(0.86, 0.065, 80), 0.95)
    wet = mix(palette.lit(lch(0.66, 0.06, 70), 0.7), palette.horizon, 0.25)
    below = [(width, height), (0, height)]
    canvas.fill(np.concatenate([np.column_stack([x, edge]), below]), wet, wet)
    rise = edge + short * (0.035 + 0.03 * profile(200, 4, canvas.stream("wet"), 3))
    shade = mix(dry, palette.dark, 0.22)
    canvas.fill(np.concatenate([np.column_stack([x, rise]), below]), dry, shade, blur=short * 0.008)
    brushwork(canvas, surf + short * 0.03, height, "sand-brush", 0.05, 2, 1200)
    foam = mix(WHITE, palette.horizon, 0.2 if palette.time == "day" else 0.45)
    for k, lift in enumerate((0.0, -0.022, -0.05)):
        wobble = short * 0.006 * (profile(200, 40, canvas.stream(f"foam{k}"), 3) - 0.5)
        canvas.line(np.column_stack([x, edge + lift * short + wobble]), foam, short * (0.011 - 0.004 * k))
    hills(canvas, height * 1.02, short * 0.10, 1.2, mix(dry, WHITE, 0.08), shade, "dune", reach=short * 0.16)


LAYOUTS = (paint,)
