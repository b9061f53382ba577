"""A wooden table before a softly lit wall: the ground of a still life."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.land import brushwork
from limner.engines.sketch.paint.light import LIGHTS
from limner.engines.sketch.paint.noise import fbm
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.scene.places.ground import Ground, Setting, sun_side, vary

_WALL_HUES = (85.0, 40.0, 160.0, 230.0, 300.0)


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """A table top before a wall."""
    palette = setting.palette
    short, width, height = canvas.short, canvas.width, canvas.height
    edge = height * vary(canvas, 0.56, 0.62)
    rng = canvas.stream("wall")
    wall = palette.lit(lch(0.82, 0.055, _WALL_HUES[int(rng.integers(len(_WALL_HUES)))]), 0.75)
    canvas.soft(
        np.array([mix(wall, palette.dark, 0.3), wall, mix(wall, WHITE, 0.15)], np.float32)[:, None].repeat(
            2, 1
        ),
        0,
        int(edge) + 4,
    )
    brushwork(canvas, 0, edge, "wall-brush", 0.10, 60, 1400)
    _window_light(canvas, palette, edge)
    wood = palette.lit(lch(0.60, 0.085, 58), 0.75)
    canvas.fill(
        [(0, edge), (width, edge), (width, height), (0, height)],
        mix(wood, WHITE, 0.12),
        mix(wood, palette.dark, 0.25),
    )
    rows = max(int(height - edge) // 2, 8)
    grain = fbm(max(width // 2, 8), rows, 4, 60, canvas.stream("grain"), 4, 0.6)
    canvas.veil(np.clip(grain - 0.45, 0, 1) * 0.9, mix(wood, palette.dark, 0.5), int(edge))
    for t in (0.16, 0.42, 0.78):
        y = edge + (height - edge) * t
        canvas.line([(0, y), (width, y)], mix(wood, palette.dark, 0.5), short * 0.003)
    canvas.line([(0, edge), (width, edge)], mix(wood, WHITE, 0.35), short * 0.006)
    brushwork(canvas, edge + short * 0.01, height, "table-brush", 0.09, 1, 1100)
    light = LIGHTS[palette.time].from_side(sun_side(canvas))
    stand = (edge + (height - edge) * 0.35, height * 0.90)
    return Ground("floor", edge, stand, light, size=1.15, shadow=0.9)


def _window_light(canvas: Canvas, palette: Palette, edge: float) -> None:
    """Slanting panes of light on the wall; a lamp's glow at night."""
    side = sun_side(canvas)
    width, short = canvas.width, canvas.short
    if palette.night:
        canvas.glow(width * (0.5 + side * 0.35), edge * 0.35, short * 0.75, lch(0.82, 0.11, 70), 0.6, 1.8)
        return
    x0 = width * (0.5 - side * 0.18)
    for k in range(2):
        for row in range(2):
            x, y = x0 + k * short * 0.15, edge * 0.18 + row * edge * 0.34
            lean = -side * short * 0.06
            pane = [
                (x, y),
                (x + short * 0.13, y),
                (x + short * 0.13 + lean, y + edge * 0.30),
                (x + lean, y + edge * 0.30),
            ]
            canvas.fill(pane, mix(palette.sun, WHITE, 0.3), alpha=0.38, blur=6 * canvas.unit)


LAYOUTS = (paint,)
