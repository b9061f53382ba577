"""What every barren ground has: its crest, its rocks, where one stands on it."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import boulder
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.light import Light
from limner.engines.sketch.paint.noise import profile
from limner.engines.sketch.paint.palette import mix
from limner.engines.sketch.paint.raster import Floats, Rgb, floats
from limner.engines.sketch.scene.places.ground import Ground, sun_side


def crest(canvas: Canvas, floor: float, rough: float) -> Floats:
    x = np.linspace(-6, canvas.width + 6, 160)
    bend = canvas.short * 0.030 * np.cos((x / canvas.width - 0.5) * 2.2)
    return floats(
        np.column_stack([x, floor - bend - canvas.short * rough * profile(160, 5, canvas.stream("crest"), 5)])
    )


def rocks(canvas: Canvas, floor: float, tones: tuple[Rgb, Rgb, Rgb]) -> None:
    rng, short, height = canvas.stream("rocks"), canvas.short, canvas.height
    side = sun_side(canvas)
    for t in np.sort(rng.random(15)).tolist():
        x = canvas.width * float(rng.random())
        y = floor + (height - floor) * (0.10 + 0.88 * t)
        size = short * (0.008 + 0.05 * t**2) * float(rng.uniform(0.5, 1.1))
        canvas.fill(
            ellipse(x - side * size * 0.55, y + size * 0.05, size * 0.75, size * 0.14),
            mix(tones[0], (8, 6, 20), 0.5),
            alpha=0.6,
            blur=size * 0.06,
        )
        boulder(canvas, x, y, size, (mix(tones[1], tones[2], 0.6), mix(tones[0], (8, 6, 20), 0.2)), side, rng)


def barren(canvas: Canvas, floor: float, light: Light) -> Ground:
    deep = canvas.height - floor
    return Ground("none", floor, (floor + deep * 0.28, floor + deep * 0.86), light, shadow=0.95)
