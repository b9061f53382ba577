"""A plain ground: one soft colour, for things shown by themselves."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.light import LIGHTS
from limner.engines.sketch.paint.palette import lch, shift
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.scene.places.ground import Ground, Setting

_PAPERS: dict[str, Rgb] = {
    "dawn": lch(0.93, 0.020, 70),
    "day": lch(0.945, 0.012, 90),
    "dusk": lch(0.86, 0.045, 60),
    "night": lch(0.30, 0.045, 265),
}


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """The colour asked for, else paper in the hour's light."""
    base = setting.background or _PAPERS[setting.palette.time]
    rows = np.array([shift(base, 0.004), base, shift(base, -0.006)], np.float32)
    canvas.soft(rows[:, None].repeat(3, 1))
    stand = (canvas.height * 0.5, canvas.height * 0.80)
    return Ground("none", canvas.height * 0.35, stand, LIGHTS["day"].from_side(-1), size=1.25, shadow=0.35)


LAYOUTS = (paint,)
