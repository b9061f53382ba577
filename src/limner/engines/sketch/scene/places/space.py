"""Space: nebulae, stars, a ringed planet, and the surface of a moon to stand on."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.land import brushwork
from limner.engines.sketch.paint.light import LIGHTS
from limner.engines.sketch.paint.noise import fbm, profile
from limner.engines.sketch.paint.palette import WHITE, lch, mix
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.scene.places.ground import Ground, Setting, sun_side, vary

_LIFT = {"dawn": 0.05, "day": 0.07, "dusk": 0.03, "night": 0.0}


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """Nebulae and planets over the ground of a moon."""
    palette = setting.palette
    short, width, height = canvas.short, canvas.width, canvas.height
    rng = canvas.stream("nebula")
    hue = float(rng.uniform(200, 330))
    lift = _LIFT[palette.time]
    canvas.soft(
        np.array(
            [
                [lch(0.16 + lift, 0.06, hue)],
                [lch(0.22 + lift, 0.08, hue + 25)],
                [lch(0.28 + lift, 0.09, hue + 40)],
            ],
            np.float32,
        ).repeat(2, 1)
    )
    for k, (light, chroma, turn) in enumerate(((0.52, 0.17, 0), (0.62, 0.15, 60), (0.70, 0.12, -70))):
        cloud = fbm(width // 4, height // 4, 3, 3, canvas.stream(f"nebula{k}"), 5, 0.55)
        canvas.veil(
            np.clip((cloud - 0.48) * 2.2, 0, 1) * (0.75 - 0.15 * k),
            lch(light, chroma, hue + turn),
            screen=True,
        )
    brushwork(canvas, 0, height, "space-brush", 0.07, 25, 900)
    _stars(canvas)
    side = sun_side(canvas)
    _planet(canvas, width * (0.5 - side * 0.22), height * vary(canvas, 0.24, 0.32), short * 0.17, hue + 180)
    _planet(canvas, width * (0.5 + side * 0.33), height * 0.44, short * 0.045, hue + 90, ringed=False)
    floor = height * vary(canvas, 0.76, 0.82, "floor")
    _surface(canvas, floor, hue)
    stand = (floor + (height - floor) * 0.35, height * 0.94)
    return Ground(
        "none", floor, stand, LIGHTS["night"].from_side(side), (height * 0.2, floor * 0.9), shadow=0.9
    )


def _stars(canvas: Canvas) -> None:
    rng = canvas.stream("stars")
    for size in rng.random(int(420 * max(canvas.width, canvas.height) / canvas.short)) ** 6:
        x, y = float(rng.random() * canvas.width), float(rng.random() * canvas.height)
        canvas.dot(
            x,
            y,
            (0.6 + 2.0 * size) * canvas.unit + 0.2,
            mix(lch(0.85, 0.06, float(rng.uniform(40, 280))), WHITE, 0.5),
        )
        if size > 0.6:
            canvas.glow(x, y, 22 * canvas.unit, (215, 225, 255), 0.7, 3)


def _planet(canvas: Canvas, x: float, y: float, radius: float, hue: float, ringed: bool = True) -> None:
    light, dark = lch(0.80, 0.12, hue), lch(0.28, 0.09, hue + 30)
    canvas.glow(x, y, radius * 1.7, light, 0.3)
    lit = 20 if sun_side(canvas) < 0 else 160
    if ringed:
        _ring(canvas, x, y, radius, mix(light, WHITE, 0.3), behind=True)
    canvas.fill(ellipse(x, y, radius, radius, 0, 96), light, dark, lit)
    rng = canvas.stream(f"bands{x:.0f}")
    for v in np.linspace(-0.75, 0.75, 7):
        half = radius * float(np.sqrt(1 - v * v)) * 0.97
        band = ellipse(x, y + v * radius * 0.96, half, radius * float(rng.uniform(0.03, 0.08)), -6, 40)
        canvas.fill(
            band,
            mix(light, lch(0.6, 0.13, hue + 40), float(rng.random())),
            mix(dark, light, 0.15),
            lit,
            alpha=0.55,
            blur=radius * 0.02,
        )
    if ringed:
        _ring(canvas, x, y, radius, mix(light, WHITE, 0.3), behind=False)


def _ring(canvas: Canvas, x: float, y: float, radius: float, color: Rgb, behind: bool) -> None:
    t = np.linspace(np.pi, 2 * np.pi, 60) if behind else np.linspace(0, np.pi, 60)
    for size in (1.45, 1.58, 1.72, 1.83):
        u, v = radius * size * np.cos(t), radius * size * 0.24 * np.sin(t)
        turned = np.column_stack([x + u * 0.97 - v * 0.24, y + u * -0.24 + v * 0.97])
        canvas.line(turned, mix(color, lch(0.5, 0.1, 300), 0.25 * (size - 1.45) / 0.4), radius * 0.055)


def _surface(canvas: Canvas, floor: float, hue: float) -> None:
    """Grey ground with craters."""
    width, height, short = canvas.width, canvas.height, canvas.short
    x = np.linspace(0, width, 200)
    crest = (
        floor
        - short * 0.04 * np.sin(x / width * np.pi)
        - short * 0.03 * profile(200, 5, canvas.stream("crest"), 5)
    )
    light, dark = lch(0.66, 0.035, hue), lch(0.34, 0.05, hue + 20)
    canvas.fill(np.concatenate([np.column_stack([x, crest]), [(width, height), (0, height)]]), light, dark)
    rng = canvas.stream("craters")
    for t in np.sort(rng.random(16)):
        cy = floor + (height - floor) * (0.1 + 0.9 * float(t))
        cx, radius = float(rng.random()) * width, short * float(rng.uniform(0.02, 0.07)) * (0.4 + float(t))
        canvas.fill(ellipse(cx, cy, radius, radius * 0.32), mix(dark, light, 0.15), mix(dark, light, 0.6))
        rim = ellipse(cx, cy, radius, radius * 0.32)[:21]
        canvas.line(rim, mix(light, WHITE, 0.25), 2 * canvas.unit)
    brushwork(canvas, floor + short * 0.01, height, "moon-brush", 0.05, 2, 700)


LAYOUTS = (paint,)
