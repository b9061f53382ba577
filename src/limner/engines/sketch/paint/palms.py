"""A palm near the eye, and its feathered leaves."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import smooth, stroke
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, mix


def leaning_palm(
    canvas: Canvas, palette: Palette, x: float, y: float, tall: float, lean: float, rng: Rng
) -> None:
    """A palm near the eye: a ringed trunk and feathered leaves."""
    if palette.snowy:
        return
    bark, shade = (
        mix(palette.local(0.52, 0.06, 65, 0.7), palette.dark, 0.1),
        palette.local(0.34, 0.05, 55, 0.2),
    )
    spine = smooth(
        [
            (x, y),
            (x + lean * tall * 0.10, y - tall * 0.35),
            (x + lean * tall * 0.5, y - tall * 0.72),
            (x + lean * tall, y - tall * 0.94),
        ],
        steps=9,
    )
    canvas.polygon(stroke(spine, tall * 0.062, tall * 0.036), shade)
    canvas.polygon(
        stroke(spine - (tall * 0.006 * (1 if lean > 0 else -1), 0), tall * 0.042, tall * 0.022), bark
    )
    for p in spine[1:-1]:
        canvas.line(
            [(p[0] - tall * 0.022, p[1]), (p[0] + tall * 0.022, p[1] + tall * 0.008)], shade, 2 * canvas.unit
        )
    top = spine[-1]
    for angle in np.concatenate([np.linspace(0.15, np.pi - 0.15, 6), np.linspace(-0.55, np.pi + 0.55, 7)]):
        _frond(
            canvas,
            palette,
            top,
            float(angle + rng.normal(0, 0.09)),
            tall * float(rng.uniform(0.36, 0.46)),
            rng,
        )
    for dx, dy in ((-0.03, 0.02), (0.025, 0.03), (0.0, 0.045)):
        canvas.dot(top[0] + dx * tall, top[1] + dy * tall, tall * 0.024, palette.local(0.42, 0.07, 60, 0.6))


def _frond(
    canvas: Canvas, palette: Palette, top: tuple[float, float], angle: float, size: float, rng: Rng
) -> None:
    """One leaf: a bent rib with leaflets that hang from it."""
    c, s = float(np.cos(angle)), float(np.sin(angle))
    rib = smooth(
        [
            (top[0], top[1]),
            (top[0] + c * size * 0.5, top[1] - s * size * 0.42 - size * 0.06),
            (top[0] + c * size, top[1] - s * size * 0.48 + size * 0.26),
        ],
        steps=9,
    )
    tone = float(rng.random())
    dark, light = palette.local(0.38, 0.09, 145, 0.3), palette.local(0.64, 0.13, 128, 1.0)
    for side, share in ((1, 0.1 + 0.3 * tone), (-1, 0.45 + 0.5 * tone)):
        tips = []
        for i, p in enumerate(rib):
            reach = size * 0.17 * np.sin(np.pi * (0.12 + 0.86 * i / len(rib)))
            notch = 1.0 if i % 2 else 0.62
            tips.append(
                (
                    p[0] + side * s * reach * notch * 0.5 + c * reach * 0.3,
                    p[1] + (0.75 if side > 0 else -0.10) * reach * notch,
                )
            )
        canvas.polygon(np.concatenate([rib, np.asarray(tips)[::-1]]), mix(dark, light, share))
    canvas.line(rib, mix(light, dark, 0.2), 2 * canvas.unit)
