"""A pattern that could go on for ever: tiles, blossoms, terrazzo, scattered forms, scales, a lattice.

Among bodies it keeps to tones of the ground, so that they are the pattern.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import numpy as np

from limner.engines.sketch.paint import ornament, printwork
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse, smooth
from limner.engines.sketch.paint.inks import Inks, light_on
from limner.engines.sketch.paint.palette import mix, shift
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.printed import inks_of


def blossoms(canvas: Canvas, setting: Setting) -> Ground:
    """Flowers and sprigs, or what the season has, on a lattice."""
    inks = _inks(canvas, setting)
    printwork.flat(canvas, inks.ground)
    rng, step = canvas.stream("motifs"), canvas.short * 0.165
    motifs = ornament.SEASONAL[setting.palette.season]
    for k, (x, y) in enumerate(printwork.scattered(canvas, rng, step)):
        motifs[k % len(motifs)](canvas, x, y, step * float(rng.uniform(0.55, 0.8)), inks, rng)
    for x, y in printwork.scattered(canvas, rng, step * 0.9):
        canvas.dot(x + step * 0.45, y + step * 0.2, canvas.short * 0.006, mix(inks.accent, inks.ground, 0.35))
    return _finished(canvas, inks)


def terrazzo(canvas: Canvas, setting: Setting) -> Ground:
    """Chips of stone in several colours."""
    inks = _inks(canvas, setting)
    printwork.flat(canvas, mix(inks.paper, inks.ground, 0.25))
    rng, short = canvas.stream("chips"), canvas.short
    for reach, spacing in ((0.062, 0.135), (0.030, 0.085), (0.012, 0.05)):
        for x, y in printwork.scattered(canvas, rng, short * spacing):
            corners = int(rng.integers(4, 7))
            t = np.sort(rng.uniform(0, 2 * math.pi, corners))
            r = short * reach * rng.uniform(0.55, 1.0, corners)
            u, v = (
                x + float(rng.normal(0, short * spacing * 0.22)),
                y + float(rng.normal(0, short * spacing * 0.22)),
            )
            tone = (inks.accent, inks.cool, inks.deep, inks.ground, inks.second)[int(rng.integers(5))]
            canvas.polygon(np.column_stack([u + r * np.cos(t), v + r * np.sin(t)]), tone)
    return _finished(canvas, inks)


def memphis(canvas: Canvas, setting: Setting) -> Ground:
    """Squiggles, rings, triangles and grids of dots."""
    inks = _inks(canvas, setting)
    printwork.flat(canvas, mix(inks.second, inks.paper, 0.45) if not inks.dark else inks.ground)
    rng, step = canvas.stream("forms"), canvas.short * 0.175
    tones = (inks.accent, inks.cool, inks.deep, inks.ground)
    for k, (x, y) in enumerate(printwork.scattered(canvas, rng, step)):
        tone = tones[int(rng.integers(4))]
        _FORMS[(k * 3 + int(rng.integers(2))) % len(_FORMS)](
            canvas, x, y, step * 0.44, tone, float(rng.uniform(0, 180))
        )
    return _finished(canvas, inks)


def scales(canvas: Canvas, setting: Setting) -> Ground:
    """Overlapping rounds, ring in ring, like waves on a kimono."""
    inks = _inks(canvas, setting)
    printwork.flat(canvas, inks.cool)
    radius = canvas.short * 0.085
    tones = (
        (1.0, inks.paper),
        (0.92, inks.cool),
        (0.72, inks.paper),
        (0.64, mix(inks.cool, inks.paper, 0.30)),
        (0.42, inks.paper),
        (0.34, inks.accent),
    )
    for row, y in enumerate(np.arange(-radius, canvas.height + radius * 2, radius * 0.5)):
        for x in np.arange(-radius + (row % 2) * radius, canvas.width + radius * 2, radius * 2):
            for share, tone in tones:
                canvas.dot(float(x), float(y), radius * share, tone)
    return _finished(canvas, inks)


def quarters(canvas: Canvas, setting: Setting) -> Ground:
    """Tiles of quarter circles, leaves and dots, each turned its own way."""
    inks = _inks(canvas, setting)
    printwork.flat(canvas, inks.ground)
    count = max(4, round(canvas.width / canvas.short * 6))
    cell, rng = canvas.width / count, canvas.stream("tiles")
    tones = (inks.accent, inks.cool, inks.deep, inks.paper, inks.second)
    for j in range(math.ceil(canvas.height / cell)):
        for i in range(count):
            first, second, third = (tones[int(n)] for n in rng.permutation(5)[:3])
            canvas.polygon(box(i * cell, j * cell, (i + 1) * cell + 1, (j + 1) * cell + 1), first)
            _tile(canvas, i * cell, j * cell, cell, second, third, int(rng.integers(4)), int(rng.integers(5)))
    return _finished(canvas, inks)


def lattice(canvas: Canvas, setting: Setting) -> Ground:
    """A quiet lattice of dots, crosses or sprigs, tone on tone."""
    inks = _inks(canvas, setting)
    printwork.flat(canvas, inks.ground)
    _quiet(canvas, inks)
    return _finished(canvas, inks)


def _quiet(canvas: Canvas, inks: Inks) -> None:
    rng, step = canvas.stream("quiet"), canvas.short * 0.10
    tone = mix(inks.ground, inks.paper, 0.55) if not inks.dark else shift(inks.ground, 0.08)
    kind = int(rng.integers(4))
    calm = replace(inks, accent=tone, paper=tone, cool=tone, second=tone)
    for row, y in enumerate(np.arange(step * 0.5, canvas.height + step, step)):
        for column, x in enumerate(
            np.arange(step * 0.5 + (row % 2) * step / 2 - step, canvas.width + step, step)
        ):
            u, v = float(x), float(y)
            if kind == 0:
                canvas.dot(u, v, step * 0.13, tone)
            elif kind == 1:
                ornament.little_heart(canvas, u, v, step * 0.42, calm, rng)
            elif kind == 2:
                ornament.leaf(
                    canvas, u - step * 0.2, v, step * 0.42, 45.0 if (row + column) % 2 else -45.0, tone
                )
            else:
                ornament.sparkle(canvas, u, v, step * 0.55, calm, rng)


def _tile(canvas: Canvas, x: float, y: float, cell: float, b: Rgb, c: Rgb, corner: int, kind: int) -> None:
    """One tile: quarter rings, a leaf, a disc, half discs or stripes, from one of its corners."""
    ox, oy = ((0, 0), (1, 0), (1, 1), (0, 1))[corner]
    px, py, sx, sy = x + ox * cell, y + oy * cell, 1 - 2 * ox, 1 - 2 * oy

    def quarter(share: float) -> np.ndarray:
        t = np.linspace(0, math.pi / 2, 20)
        arc = np.column_stack([px + sx * cell * share * np.cos(t), py + sy * cell * share * np.sin(t)])
        return np.concatenate([[(px, py)], arc])

    if kind == 0:
        for share, tone in ((1.0, b), (0.66, c), (0.33, b)):
            canvas.polygon(quarter(share), tone)
    elif kind == 1:
        canvas.polygon(ellipse(x + cell / 2, y + cell / 2, cell * 0.36, cell * 0.36), b)
        canvas.polygon(ellipse(x + cell / 2, y + cell / 2, cell * 0.15, cell * 0.15), c)
    elif kind == 2:
        t = np.linspace(0, math.pi / 2, 20)
        one = np.column_stack([px + sx * cell * np.cos(t), py + sy * cell * np.sin(t)])
        other = np.column_stack([px + sx * cell * (1 - np.cos(t)), py + sy * cell * (1 - np.sin(t))])
        canvas.polygon(np.concatenate([one, other]), b)
    elif kind == 3:
        canvas.polygon(quarter(1.0), b)
        canvas.dot(px + sx * cell * 0.36, py + sy * cell * 0.36, cell * 0.13, c)
    else:
        for k in (0, 2, 4):
            canvas.polygon(box(x, y + cell * k / 6, x + cell + 1, y + cell * (k + 1) / 6), b)


def _squiggle(canvas: Canvas, x: float, y: float, size: float, tone: Rgb, degrees: float) -> None:
    points = [(-1.0, 0.0), (-0.6, -0.35), (-0.2, 0.35), (0.2, -0.35), (0.6, 0.35), (1.0, 0.0)]
    a = math.radians(degrees)
    turned = [
        (x + size * (u * math.cos(a) - v * math.sin(a)), y + size * (u * math.sin(a) + v * math.cos(a)))
        for u, v in points
    ]
    canvas.line(smooth(turned, steps=8), tone, max(1.0, size * 0.20))


def _hoop(canvas: Canvas, x: float, y: float, size: float, tone: Rgb, _degrees: float) -> None:
    printwork.ring(canvas, x, y, size * 0.62, size * 0.20, tone)


def _wedge(canvas: Canvas, x: float, y: float, size: float, tone: Rgb, degrees: float) -> None:
    a = [math.radians(degrees + 120 * k) for k in range(3)]
    canvas.polygon([(x + size * 0.8 * math.cos(t), y + size * 0.8 * math.sin(t)) for t in a], tone)


def _dotted(canvas: Canvas, x: float, y: float, size: float, tone: Rgb, _degrees: float) -> None:
    for u in (-1, 0, 1):
        for v in (-1, 0, 1):
            canvas.dot(x + u * size * 0.42, y + v * size * 0.42, size * 0.12, tone)


def _half(canvas: Canvas, x: float, y: float, size: float, tone: Rgb, degrees: float) -> None:
    t = np.radians(np.linspace(degrees, degrees + 180, 30))
    canvas.polygon(np.column_stack([x + size * 0.75 * np.cos(t), y + size * 0.75 * np.sin(t)]), tone)


def _bars(canvas: Canvas, x: float, y: float, size: float, tone: Rgb, _degrees: float) -> None:
    for k in (-1, 0, 1):
        row = y + k * size * 0.40
        canvas.polygon(
            box(x - size * 0.65, row - size * 0.09, x + size * 0.65, row + size * 0.09, size * 0.09), tone
        )


_FORMS = (_squiggle, _hoop, _wedge, _dotted, _half, _bars)


def _inks(canvas: Canvas, setting: Setting) -> Inks:
    return inks_of(canvas, setting, setting.background)


def _finished(canvas: Canvas, inks: Inks) -> Ground:
    height = canvas.height
    light = light_on(inks)
    return Ground("none", height * 0.4, (height * 0.55, height * 0.72), light, size=0.85, shadow=0.0)


_BARE = (blossoms, quarters, memphis, scales, terrazzo, lattice)


def _among(index: int, canvas: Canvas, setting: Setting) -> Ground:
    """The pattern of that number; with bodies the quiet lattice, which differs by its own numbers."""
    return lattice(canvas, setting) if setting.figures else _BARE[index](canvas, setting)


LAYOUTS = tuple(partial(_among, index) for index in range(len(_BARE)))
