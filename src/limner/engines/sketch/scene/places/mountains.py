"""An alpine valley: high ranges over meadows and pines."""

from __future__ import annotations

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.flora import pine_row
from limner.engines.sketch.paint.land import hills, meadow_ground
from limner.engines.sketch.paint.palette import mix
from limner.engines.sketch.paint.sky import sky
from limner.engines.sketch.scene.places.ground import Ground, Setting, Surface, light_of, sun_at, vary
from limner.engines.sketch.scene.places.lake import ranges


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """Ranges over foothills and a meadow."""
    palette = setting.palette
    short = canvas.short
    horizon = canvas.height * vary(canvas, 0.56, 0.64)
    sky(
        canvas,
        palette,
        int(horizon) + 4,
        sun_at(canvas, palette, horizon * 0.6),
        vary(canvas, 0.3, 0.75, "cloudiness"),
    )
    ranges(canvas, palette, int(horizon), tall=1.35)
    for k in range(2):
        y = horizon + short * (0.012 + 0.03 * k)
        color = mix(palette.leaf(0.25 + 0.2 * k, 0.7), palette.haze, 0.38 - 0.22 * k)
        hills(
            canvas,
            y,
            short * 0.07,
            2.4,
            color,
            mix(color, palette.haze, 0.3),
            f"foothill{k}",
            y + short * 0.06,
        )
        pine_row(
            canvas,
            palette,
            y + short * 0.012,
            0.03 + 0.015 * k,
            0.07 + 0.03 * k,
            0.36 - 0.2 * k,
            f"wood{k}",
            0.5,
        )
    meadow_ground(canvas, palette, horizon + short * 0.045)
    surface: Surface = "snow" if palette.snowy else "grass"
    stand = (horizon + (canvas.height - horizon) * 0.30, canvas.height * 0.94)
    return Ground(surface, horizon, stand, light_of(canvas, palette))


LAYOUTS = (paint,)
