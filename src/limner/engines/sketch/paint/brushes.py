"""Brush and ink on paper: strokes, rocks, pines, splashed trees, bamboo, small boats and birds.

Strokes are drawn on a layer of ink, (h, w) 0..255, that is laid over the picture as with a dry brush.
"""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import smooth
from limner.engines.sketch.paint.noise import fbm
from limner.engines.sketch.paint.raster import (
    CUBIC,
    Pixels,
    Rgb,
    blur,
    draw_dabs,
    draw_line,
    draw_lines,
    draw_polygon,
    floats,
    resize,
)
from limner.engines.sketch.paint.washland import INK, PAPER


class InkLayer:
    """Strokes in one sitting; lay() puts them on the picture."""

    def __init__(self, canvas: Canvas, name: str) -> None:
        self.canvas = canvas
        self.mask: Pixels = np.zeros((canvas.height, canvas.width), np.uint8)
        self.rng = canvas.stream(name)

    def stroke(self, points: list[tuple[float, float]], start: float, end: float, tone: float) -> None:
        """A smooth stroke whose width goes from start to end px; tone: 0 pale to 1 black."""
        line = floats(smooth(points, steps=6))
        width = np.linspace(start, end, len(line)) * self.rng.uniform(0.8, 1.2, len(line))
        pairs = np.stack([line[:-1], line[1:]], 1)
        draw_lines(self.mask, pairs, np.full((len(pairs), 1), 255 * tone), width[:-1])

    def rock(self, x: float, foot: float, wide: float, tall: float, tone: float = 0.8) -> None:
        """A boulder: a dark side, a pale top, a few dry strokes."""
        rng = self.rng
        t = np.linspace(0, math.pi, 12)
        r = rng.uniform(0.86, 1.12, 12)
        shape = np.column_stack([x - np.cos(t) * wide / 2 * r, foot - np.sin(t) ** 0.8 * tall * r])
        self.canvas.polygon(shape, PAPER)
        draw_polygon(self.mask, shape, (int(255 * tone * 0.24),))
        shade = shape.copy()
        shade[:, 0] = x + (shade[:, 0] - x) * 0.72 + wide * 0.13
        shade[:, 1] = foot - (foot - shade[:, 1]) * 0.62
        draw_polygon(self.mask, shade, (int(255 * tone * 0.62),))
        self.stroke([(float(px), float(py)) for px, py in shape], wide * 0.006, wide * 0.022, tone * 0.9)
        for _ in range(9):
            px, py = x + wide * rng.uniform(-0.34, 0.38), foot - tall * rng.uniform(0.2, 0.75)
            fall = tall * rng.uniform(0.14, 0.34)
            self.stroke([(px, py), (px + fall * 0.3, py + fall)], wide * 0.020, 1.0, tone * 0.9)
        for _ in range(10):
            px = x + wide * rng.uniform(-0.4, 0.4)
            py = foot - tall * (1 - abs(px - x) / wide * 1.6) * rng.uniform(0.85, 1.02)
            self.dots(px, py, wide * 0.04, 4, 1.0)

    def dots(self, x: float, y: float, spread: float, count: int, tone: float) -> None:
        """Small round touches of the brush's point."""
        at = np.column_stack([self.rng.normal(x, spread, count), self.rng.normal(y, spread * 0.6, count)])
        size = spread * self.rng.uniform(0.10, 0.34, count)
        along = np.column_stack([size * 1.4, self.rng.normal(0, 0.2, count) * size])
        colors = 255 * tone * self.rng.uniform(0.55, 1.0, (count, 1))
        draw_dabs(self.mask, at, along, size, colors)

    def pine(self, x: float, foot: float, tall: float, lean: float = 0.0) -> None:
        """A crooked pine with tiers of needles."""
        rng = self.rng
        bend = float(rng.choice([-1, 1])) * 0.05
        spots = [(0.0, 0.0), (bend, 0.30), (-bend * 0.6 + lean * 0.4, 0.62), (lean, 1.0)]
        trunk = [(x + u * tall, foot - v * tall) for u, v in spots]
        self.stroke(trunk, tall * 0.055, tall * 0.016, 0.92)
        line = floats(smooth(trunk, steps=8))
        for level in (0.46, 0.58, 0.70, 0.82, 0.92, 1.0):
            px, py = (float(v) for v in line[int(level * (len(line) - 1))])
            reach = tall * (0.40 - 0.26 * (level - 0.46) / 0.54) * float(rng.uniform(0.7, 1.2))
            for side in (-1, 1):
                if rng.random() < 0.16 and level < 0.9:
                    continue
                tip = (px + side * reach, py - tall * float(rng.uniform(-0.04, 0.06)))
                self.stroke([(px, py), ((px + tip[0]) / 2, py - tall * 0.03), tip], tall * 0.016, 1.0, 0.85)
                for share in (0.35, 0.72, 1.0):
                    at = (px + (tip[0] - px) * share, py + (tip[1] - py) * share)
                    self._needles(*at, tall * 0.085 * float(rng.uniform(0.8, 1.25)))

    def _needles(self, x: float, y: float, reach: float) -> None:
        count = 22
        turn = self.rng.uniform(math.pi * 1.02, math.pi * 1.98, count)
        start = np.column_stack([x + self.rng.normal(0, reach * 0.45, count), np.full(count, y)])
        tip = start + np.column_stack([np.cos(turn) * 1.2, np.sin(turn) * 0.7]) * reach
        tones = 255 * self.rng.uniform(0.55, 1.0, (count, 1))
        draw_lines(self.mask, np.stack([start, tip], 1), tones, np.full(count, max(1.0, reach * 0.07)))

    def splashed(self, x: float, foot: float, tall: float, tone: float = 0.8, bare: float = 0.0) -> None:
        """A broad-leaved tree: forked branches under splashes of ink; bare: share without leaves."""
        rng = self.rng
        top = (x + tall * float(rng.normal(0, 0.06)), foot - tall * 0.55)
        self.stroke([(x, foot), (x + tall * 0.03, foot - tall * 0.3), top], tall * 0.06, tall * 0.03, 0.9)
        for _ in range(6):
            turn = rng.uniform(-1.25, 1.25)
            reach = tall * rng.uniform(0.28, 0.46)
            tip = (top[0] + math.sin(turn) * reach, top[1] - math.cos(turn) * reach * 0.85)
            middle = ((top[0] + tip[0]) / 2 + reach * 0.08, (top[1] + tip[1]) / 2)
            self.stroke([(top[0], top[1] + tall * 0.1), middle, tip], tall * 0.024, 1.0, 0.9)
            if rng.random() < bare:
                continue
            self.dots(*middle, tall * 0.10, 26, tone * 0.55)
            self.dots(*tip, tall * 0.11, 64, tone)

    def bamboo(self, x: float, foot: float, top: float, wide: float, lean: float, tone: float) -> None:
        """A stalk in sections, with sprays of leaves at its knots."""
        rng = self.rng
        count = max(3, round((foot - top) / (wide * 7.5)))
        ys = np.linspace(foot, top, count + 1)
        for k in range(count):
            y0, y1 = float(ys[k]), float(ys[k + 1]) + wide * 0.34
            x0, x1 = (x + lean * ((foot - y) / (foot - top)) ** 1.4 for y in (y0, y1))
            body = [(x0 - wide / 2, y0), (x1 - wide / 2, y1), (x1 + wide / 2, y1), (x0 + wide / 2, y0)]
            draw_polygon(self.mask, body, (int(255 * tone * rng.uniform(0.50, 0.66)),))
            edge = x0 - wide * 0.36, x1 - wide * 0.36
            draw_line(self.mask, [(edge[0], y0), (edge[1], y1)], (int(255 * tone * 0.9),), wide * 0.22)
            draw_line(
                self.mask, [(x1 - wide * 0.6, y1), (x1 + wide * 0.6, y1)], (int(255 * tone),), wide * 0.2
            )
            if k > count * 0.35 and rng.random() < 0.75:
                side = float(rng.choice([-1, 1]))
                tip = (x1 + side * wide * float(rng.uniform(4, 8)), y1 - wide * float(rng.uniform(1, 5)))
                self.stroke(
                    [(x1, y1), ((x1 + tip[0]) / 2, y1 - wide * 0.8), tip], wide * 0.2, 1.0, tone * 0.8
                )
                self.leaves(*tip, wide * 5.2, int(rng.integers(5, 9)), tone)

    def leaves(self, x: float, y: float, long: float, count: int, tone: float) -> None:
        """A spray of bamboo leaves, pointed, hanging."""
        rng = self.rng
        for turn in rng.normal(math.pi / 2, 0.75, count):
            size = long * float(rng.uniform(0.55, 1.1))
            dx, dy = math.cos(turn), math.sin(turn)
            tip = (x + dx * size, y + dy * size)
            half = size * 0.075
            side = (-dy * half, dx * half)
            middle = (x + dx * size * 0.42, y + dy * size * 0.42)
            leaf = [
                (x, y),
                (middle[0] + side[0], middle[1] + side[1]),
                tip,
                (middle[0] - side[0], middle[1] - side[1]),
            ]
            draw_polygon(
                self.mask, smooth(leaf, steps=4, closed=True), (int(255 * tone * rng.uniform(0.6, 1)),)
            )

    def boat(self, x: float, y: float, size: float, side: int) -> None:
        """A fisherman in his boat, with a line in the water."""
        hull = [(-0.5, -0.10), (-0.2, 0.03), (0.25, 0.03), (0.55, -0.13), (0.28, -0.04), (-0.25, -0.03)]
        draw_polygon(self.mask, [(x + side * u * size, y + v * size) for u, v in hull], (235,))
        shapes = (
            ([(-0.06, -0.02), (-0.07, -0.20), (0.0, -0.27), (0.07, -0.19), (0.07, -0.02)], 170),
            ([(-0.13, -0.25), (0.0, -0.36), (0.13, -0.25)], 245),
        )
        for points, tone in shapes:
            draw_polygon(self.mask, [(x + side * u * size, y + v * size) for u, v in points], (tone,))
        rod = [(x + side * size * u, y + size * v) for u, v in ((0.05, -0.16), (0.35, -0.36), (0.72, -0.46))]
        self.stroke(rod, 1.0, 1.0, 0.9)
        draw_line(self.mask, [rod[-1], (rod[-1][0], y + size * 0.08)], (120,))
        self.ripples(x, y + size * 0.10, size * 1.2, 4)

    def ripples(self, x: float, y: float, wide: float, count: int) -> None:
        """Pale level lines: all there is of water."""
        for k in range(count):
            half = wide / 2 * float(self.rng.uniform(0.35, 1.0))
            at = x + wide * float(self.rng.normal(0, 0.16))
            row = y + k * wide * 0.05
            spots = [(at - half, row), (at, row + wide * 0.008), (at + half, row)]
            self.stroke(spots, max(1.0, wide * 0.008), 1.0, 0.32)

    def birds(self, x: float, y: float, size: float, count: int) -> None:
        """A skein of far birds."""
        for k in range(count):
            px = x + size * 2.2 * k + float(self.rng.normal(0, size * 0.4))
            py = y - size * 0.7 * k + float(self.rng.normal(0, size * 0.5))
            wing = size * float(self.rng.uniform(0.7, 1.1))
            spots = [(px - wing, py - wing * 0.35), (px, py), (px + wing, py - wing * 0.45)]
            self.stroke(spots, 1.0, 1.0, 0.75)

    def pavilion(self, x: float, foot: float, size: float) -> None:
        """A small open pavilion with a sweeping roof."""
        for u in (-0.36, -0.12, 0.12, 0.36):
            draw_line(
                self.mask, [(x + u * size, foot), (x + u * size, foot - size * 0.5)], (205,), size * 0.035
            )
        draw_line(self.mask, [(x - size * 0.48, foot), (x + size * 0.48, foot)], (225,), size * 0.05)
        roof = [(-0.66, -0.50), (-0.34, -0.62), (0, -0.98), (0.34, -0.62), (0.66, -0.50), (0, -0.47)]
        draw_polygon(self.mask, [(x + u * size, foot + v * size) for u, v in roof], (240,))

    def lay(self, color: Rgb = INK, wet: float = 0.0) -> None:
        """Put the strokes on the picture; wet: px over which they run."""
        rows = np.flatnonzero(self.mask.any(1))
        if not len(rows):
            return
        spare = int(4 * wet) + 2
        top, end = max(0, int(rows[0]) - spare), min(self.canvas.height, int(rows[-1]) + spare)
        part = self.mask[top:end]
        mask = part.astype(np.float32) / np.float32(255)
        if wet:
            mask = np.maximum(mask * np.float32(0.82), blur(mask, wet) * np.float32(0.9))
        columns, height = max(2, self.canvas.width // 2), max(2, (end - top) // 2)
        wide, tall = columns / self.canvas.short * 2, height / self.canvas.short * 2
        dry = resize(
            fbm(columns, height, 60 * wide, 90 * tall, self.rng, 2), self.canvas.width, end - top, CUBIC
        )
        self.canvas.veil(floats(mask * (np.float32(1.12) - dry * np.float32(0.42))), color, top, end)
