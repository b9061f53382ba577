"""A snowfield: low hills, snowy pines; northern lights at night."""

from __future__ import annotations

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.flora import pine_row
from limner.engines.sketch.paint.land import hills, snow_ground
from limner.engines.sketch.paint.palette import mix
from limner.engines.sketch.paint.sky import aurora, sky
from limner.engines.sketch.scene.places.ground import Ground, Setting, light_of, sun_at, vary


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """palette is that of winter."""
    palette = setting.palette
    short = canvas.short
    horizon = canvas.height * vary(canvas, 0.58, 0.66)
    sun = None if palette.night else sun_at(canvas, palette, horizon)
    sky(canvas, palette, int(horizon) + 4, sun, 0.0 if palette.night else 0.45)
    if palette.night:
        aurora(canvas, int(horizon) + 4)
    for k in range(2):
        color = mix(palette.leaf(0.4, 0.6), palette.haze, 0.55 - 0.2 * k)
        y = horizon + short * 0.012 * k
        hills(
            canvas,
            y,
            short * (0.16 - 0.06 * k),
            2 + k,
            color,
            mix(color, palette.haze, 0.4),
            f"hill{k}",
            horizon + short * 0.06,
        )
    pine_row(canvas, palette, horizon + short * 0.014, 0.05, 0.11, 0.45, "far-pines", 0.5)
    snow_ground(canvas, palette, horizon)
    pine_row(canvas, palette, horizon + short * 0.06, 0.09, 0.18, 0.15, "near-pines", 1.6)
    stand = (horizon + (canvas.height - horizon) * 0.35, canvas.height * 0.93)
    return Ground("snow", horizon, stand, light_of(canvas, palette))


LAYOUTS = (paint,)
