"""Dunes: banks of sand, the grass along them, a boardwalk between them."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import stroke
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.strand import dune_grass


def dune(
    canvas: Canvas,
    at: tuple[float, int],
    y: float,
    rise: float,
    tones: tuple[tuple[float, float, float], tuple[float, float, float]],
    name: str,
) -> None:
    """A bank of sand that rises from the path at column at[0] to the side at[1]."""
    vanish, side = at
    end = canvas.width + 9 if side > 0 else -9
    t = np.linspace(0, 1, 40)
    x = vanish + (end - vanish) * t
    bump = np.sin(np.pi * np.clip(t * 1.25 + 0.05, 0, 1) * 0.75) + 0.14 * np.sin(
        t * 9 + canvas.stream(name).random() * 6
    )
    crest = y + rise * 0.25 - rise * 1.5 * bump
    shape = np.concatenate(
        [np.column_stack([x, crest]), [(end, canvas.height + 9), (vanish, canvas.height + 9)]]
    )
    top = float(crest.min())
    canvas.fill(shape, tones[0], tones[1], span=(top, top + rise * 3.2), blur=1.2 * canvas.unit)


def fringe(canvas: Canvas, palette: Palette, vanish: float, side: int, y: float, rise: float, k: int) -> None:
    """Grass along the crest of a dune."""
    rng = canvas.stream(f"fringe{k}{side}")
    end = canvas.width if side > 0 else 0.0
    for i in range(7):
        t = 0.16 + 0.13 * i + float(rng.uniform(-0.04, 0.04))
        x = vanish + (end - vanish) * t
        foot = (
            y
            + rise * canvas.short * (0.25 - 1.5 * float(np.sin(np.pi * min(1.0, t * 1.25 + 0.05) * 0.75)))
            + 8 * canvas.unit
        )
        dune_grass(canvas, palette, x, foot, canvas.short * (0.05 + 0.035 * k), f"fringe{k}{side}{i}", 26)


def boardwalk(canvas: Canvas, palette: Palette, vanish: float, far: float) -> None:
    """Planks in perspective from the lower edge to row far."""
    width, height, short = canvas.width, canvas.height, canvas.short
    wood, dark = (
        palette.local(0.68, 0.045, 70, 0.9),
        mix(palette.local(0.42, 0.05, 60, 0.3), palette.dark, 0.3),
    )
    t = np.linspace(0, 1, 30) ** 2.1
    y = far + (height + 4 - far) * t
    middle = vanish + (width * 0.5 - vanish) * t + short * 0.05 * np.sin(t * np.pi) * (1 - t)
    half = short * (0.012 + 0.30 * t)
    left, right = np.column_stack([middle - half, y]), np.column_stack([middle + half, y])
    canvas.fill(np.concatenate([left, right[::-1]]), mix(wood, palette.haze, 0.25), wood)
    for k in range(1, 29):
        tone = mix(wood, dark, float(canvas.stream(f"plank{k}").uniform(0.0, 0.28)))
        canvas.polygon(
            [
                left[k],
                right[k],
                right[k + 1] - (0, 0.12 * (y[k + 1] - y[k])),
                left[k + 1] - (0, 0.12 * (y[k + 1] - y[k])),
            ],
            tone,
        )
    for k in range(2, 30):
        canvas.line([left[k], right[k]], dark, (0.6 + 2.2 * t[k]) * canvas.unit)
    for k in range(3, 30, 4):
        for line, s in ((left, -1), (right, 1)):
            tall = short * (0.02 + 0.20 * t[k])
            canvas.polygon(
                stroke(
                    [(line[k][0], line[k][1]), (line[k][0] + s * 2, line[k][1] - tall)],
                    tall * 0.12,
                    tall * 0.12,
                ),
                mix(dark, wood, 0.35),
            )
