"""A meadow: hills, round trees far off, grass and flowers to the front; snow in winter."""

from __future__ import annotations

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.flora import tree_row
from limner.engines.sketch.paint.land import hills, meadow_ground
from limner.engines.sketch.paint.palette import mix
from limner.engines.sketch.paint.sky import sky
from limner.engines.sketch.scene.places.ground import Ground, Setting, Surface, light_of, sun_at, vary


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """Hills and grass under a wide sky."""
    palette = setting.palette
    short = canvas.short
    horizon = canvas.height * vary(canvas, 0.48, 0.58)
    sky(
        canvas,
        palette,
        int(horizon) + 4,
        sun_at(canvas, palette, horizon),
        vary(canvas, 0.3, 0.7, "cloudiness"),
    )
    for k, (tall, haze) in enumerate(((0.15, 0.72), (0.10, 0.48), (0.06, 0.26))):
        y = horizon + short * (0.010 + 0.012 * k)
        color = mix(palette.leaf(0.35 + 0.2 * k, 0.75), palette.haze, haze)
        foot = mix(color, palette.haze, 0.35)
        hills(canvas, y, short * tall, 2.2 + k, color, foot, f"hill{k}", horizon + short * 0.05, short * 0.14)
    tree_row(canvas, palette, horizon + short * 0.012, 0.035, 0.075, 0.42, "far-trees", 9)
    meadow_ground(canvas, palette, horizon)
    surface: Surface = "snow" if palette.snowy else "grass"
    stand = (horizon + (canvas.height - horizon) * 0.22, canvas.height * 0.93)
    return Ground(surface, horizon, stand, light_of(canvas, palette))


LAYOUTS = (paint,)
