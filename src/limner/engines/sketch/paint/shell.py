"""The shell of a room in one-point perspective: walls, ceiling and floor."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.noise import fbm
from limner.engines.sketch.paint.palette import mix, shift
from limner.engines.sketch.paint.parts import Tones
from limner.engines.sketch.paint.raster import Rgb, floats, resize

Wallpaper: TypeAlias = Literal["plain", "stripes", "panels", "bricks", "tiles", "dots"]
Flooring: TypeAlias = Literal["boards", "tiles", "carpet"]
_FLOOR = 0.70
"""Where the floor line lies, a share of the height."""
_NEAR = 4.0
_SPAN = 1.75


@dataclass(frozen=True, slots=True)
class Shell:
    """x0, x1, y0, y1: the back wall; (vx, vy): the vanishing point; size: px in a unit of furniture."""

    x0: float
    x1: float
    y0: float
    y1: float
    vx: float
    vy: float
    size: float
    width: int
    height: int

    def out(self, x: float, y: float, share: float) -> tuple[float, float]:
        """A point of the back wall drawn towards the viewer; 1 leaves it there."""
        return self.vx + (x - self.vx) * share, self.vy + (y - self.vy) * share

    def at(self, t: float) -> float:
        """A column for furniture, 0..1 from left to right; in wide rooms it keeps to the middle."""
        span = min(self.x1 - self.x0, _SPAN * self.size)
        return (self.x0 + self.x1) / 2 + (t - 0.5) * span

    def up(self, v: float) -> float:
        """The row that is v units of furniture above the floor line."""
        return self.y1 - v * min(self.size, (self.y1 - self.y0) / 0.58)

    def down(self, t: float) -> float:
        """A row of the floor, 0 at the wall, 1 at the lower edge of the picture."""
        return self.y1 + (self.height - self.y1) * t

    @property
    def bays(self) -> tuple[float, ...]:
        """Columns of the wall outside the furnished middle, one for each stretch of a very wide room."""
        reach, step = _SPAN * self.size / 2, self.size * 0.55
        middle = (self.x0 + self.x1) / 2
        count = int(max(0.0, (self.x1 - middle - reach) / step + 0.2))
        sides = [middle + sign * (reach + step * (k + 0.5)) for k in range(count) for sign in (-1, 1)]
        return tuple(sides)


def shell_of(canvas: Canvas) -> Shell:
    """A shell for this picture."""
    width, height = canvas.width, canvas.height
    rng = canvas.stream("shell")
    vx = width * (0.5 + rng.uniform(-0.07, 0.07))
    tall = height > width * 1.2
    share = 0.86 if tall or width > height * 1.3 else 0.80
    wide = width * share
    x0 = vx - wide * vx / width
    top, bottom = height * (0.10 if tall else 0.115), height * _FLOOR
    return Shell(
        x0, x0 + wide, top, bottom, vx, top + (bottom - top) * 0.52, float(canvas.short), width, height
    )


def paint_shell(canvas: Canvas, shell: Shell, tones: Tones, wallpaper: Wallpaper, flooring: Flooring) -> None:
    """Walls, ceiling, floor and skirting."""
    wall, floor = tones["wall"], tones["floor"]
    a, b, c, d = (shell.x0, shell.y0), (shell.x1, shell.y0), (shell.x1, shell.y1), (shell.x0, shell.y1)
    far = [shell.out(*corner, _NEAR) for corner in (a, b, c, d)]
    canvas.fill(
        [far[0], far[1], b, a],
        mix(wall, tones["trim"], 0.6),
        shift(mix(wall, tones["trim"], 0.35), -0.05),
        90,
        span=(0, shell.y0),
    )
    canvas.fill([far[0], a, d, far[3]], shift(wall, -0.09), shift(wall, -0.035), 0, span=(0, shell.x0))
    canvas.fill(
        [b, far[1], far[2], c], shift(wall, -0.02), shift(wall, -0.08), 0, span=(shell.x1, shell.width)
    )
    canvas.fill([a, b, c, d], shift(wall, 0.025), shift(wall, -0.03), 60)
    _paper(canvas, shell, wall, tones, wallpaper)
    canvas.fill(
        [d, c, far[2], far[3]], shift(floor, 0.03), shift(floor, -0.09), span=(shell.y1, shell.height)
    )
    _FLOORINGS[flooring](canvas, shell, floor)
    _skirting(canvas, shell, tones)
    shade = box(shell.x0, shell.y0, shell.x1, shell.y0 + shell.size * 0.035)
    canvas.fill(shade, shift(wall, -0.10), alpha=0.45, blur=shell.size * 0.012)
    mottle(canvas, "mottle", 0.05)


def mottle(canvas: Canvas, name: str, strength: float, top: float = 0, bottom: float | None = None) -> None:
    """Vary lightness softly and along broad horizontal strokes, as gouache dries."""
    y0, y1 = max(0, int(top)), canvas.height if bottom is None else min(canvas.height, int(bottom))
    if y1 - y0 < 4:
        return
    width, height, short = canvas.width, y1 - y0, canvas.short
    rng = canvas.stream(name)
    columns, rows = max(8, width // 3), max(8, height // 3)
    patches = fbm(columns, rows, 5 * width / short, 5 * height / short, rng, 3)
    strokes = fbm(columns, rows, 9 * width / short, 70 * height / short, rng, 2)
    uneven = 1 + ((patches - 0.5) * 1.3 + (strokes - 0.5) * 0.45) * strength
    part = canvas.pixels[y0:y1]
    factor = resize(floats(uneven), width, height)
    part[:] = np.clip(part * factor[..., None] + 0.5, 0, 255)


def _skirting(canvas: Canvas, shell: Shell, tones: Tones) -> None:
    trim, high = tones["trim"], shell.size * 0.022
    y0, y1 = shell.y1 - high, shell.y1
    left = [(shell.x0, y0), (shell.x0, y1), shell.out(shell.x0, y1, _NEAR), shell.out(shell.x0, y0, _NEAR)]
    right = [(shell.x1, y0), (shell.x1, y1), shell.out(shell.x1, y1, _NEAR), shell.out(shell.x1, y0, _NEAR)]
    canvas.polygon(left, shift(trim, -0.10))
    canvas.polygon(right, shift(trim, -0.08))
    canvas.fill(box(shell.x0, y0, shell.x1, y1), trim, shift(trim, -0.05))
    canvas.fill(box(shell.x0, y1, shell.x1, y1 + high * 0.7), tones["shadow"], alpha=0.30, blur=high * 0.4)


def _paper(canvas: Canvas, shell: Shell, wall: Rgb, tones: Tones, kind: Wallpaper) -> None:
    if kind == "stripes":
        for x in np.arange(shell.x0, shell.x1, shell.size * 0.052):
            stripe = box(x, shell.y0, min(x + shell.size * 0.022, shell.x1), shell.y1)
            canvas.fill(stripe, shift(wall, 0.03), shift(wall, 0.0))
    elif kind == "dots":
        step = shell.size * 0.058
        for row, y in enumerate(np.arange(shell.y0 + step * 0.6, shell.y1 - step * 0.3, step)):
            for x in np.arange(shell.x0 + step * (0.5 + 0.5 * (row % 2)), shell.x1, step):
                canvas.dot(float(x), float(y), step * 0.10, shift(wall, 0.045))
    elif kind == "panels":
        _panels(canvas, shell, wall, tones)
    elif kind == "bricks":
        masonry(canvas, (shell.x0, shell.y0, shell.x1, shell.y1), tones["brick"], shell.size * 0.042)
    elif kind == "tiles":
        tiles(canvas, (shell.x0, shell.up(0.52), shell.x1, shell.up(0.24)), tones["white"], shell.size * 0.05)


def _panels(canvas: Canvas, shell: Shell, wall: Rgb, tones: Tones) -> None:
    """A wainscot below, plain wall above."""
    top, trim = shell.up(0.20), mix(wall, tones["trim"], 0.72)
    canvas.fill(box(shell.x0, top, shell.x1, shell.y1), trim, shift(trim, -0.04))
    canvas.polygon(box(shell.x0, top - shell.size * 0.012, shell.x1, top), shift(trim, 0.03))
    canvas.polygon(box(shell.x0, top, shell.x1, top + shell.size * 0.004), shift(trim, -0.10))
    for x in np.arange(shell.x0 + shell.size * 0.012, shell.x1, shell.size * 0.035):
        canvas.line([(x, top + shell.size * 0.006), (x, shell.y1)], shift(trim, -0.06), 1.6 * canvas.unit)


def masonry(canvas: Canvas, area: tuple[float, float, float, float], color: Rgb, high: float) -> None:
    """Bricks over an area (x0, y0, x1, y1)."""
    x0, y0, x1, y1 = area
    rng = canvas.stream("bricks")
    canvas.polygon(box(x0, y0, x1, y1), shift(color, 0.10, 0.5))
    gap = max(1.0, high * 0.09)
    for row, y in enumerate(np.arange(y0, y1, high)):
        for x in np.arange(x0 - (row % 2) * high * 1.15, x1, high * 2.3):
            tone = shift(color, float(rng.normal(0, 0.025)), float(rng.uniform(0.8, 1.1)))
            left, right = max(float(x), x0), min(float(x) + high * 2.3 - gap, x1)
            if right > left:
                canvas.polygon(box(left, y, right, min(y + high - gap, y1)), tone)


def tiles(canvas: Canvas, area: tuple[float, float, float, float], color: Rgb, step: float) -> None:
    """Glazed wall tiles over an area (x0, y0, x1, y1)."""
    x0, y0, x1, y1 = area
    rng = canvas.stream("tiles")
    canvas.polygon(box(x0, y0, x1, y1), shift(color, -0.10))
    gap = max(1.0, step * 0.05)
    for row, y in enumerate(np.arange(y0, y1 - step * 0.3, step * 0.6)):
        for x in np.arange(x0 - (row % 2) * step * 0.5, x1, step):
            left, right = max(float(x), x0), min(float(x) + step - gap, x1)
            if right > left:
                tone = shift(color, float(rng.normal(-0.01, 0.012)))
                canvas.polygon(box(left, y, right, min(y + step * 0.6 - gap, y1)), tone)


def _boards(canvas: Canvas, shell: Shell, floor: Rgb) -> None:
    """Boards that run to the vanishing point, each in a wood of its own."""
    rng = canvas.stream("boards")
    step, fade = shell.size * 0.062, np.linspace(0, 0.30, 32, dtype=np.float32)[:, None].repeat(2, 1)
    first = shell.vx - np.ceil((shell.vx + shell.width) / step) * step
    line = shift(floor, -0.11)
    for x in np.arange(first, shell.width * 2 - shell.vx + step, step):
        near_x, foot = shell.out(x, shell.y1, _NEAR)
        far_x, _ = shell.out(x + step, shell.y1, _NEAR)
        if (max(x, near_x) + step < 0 and far_x < 0) or min(x, near_x) > shell.width:
            continue
        tone = shift(floor, float(rng.normal(0, 0.018)))
        quad = [(x, shell.y1), (x + step, shell.y1), (far_x, foot), (near_x, foot)]
        canvas.polygon(quad, tone)
        canvas.line([(x, shell.y1), (near_x, foot)], line, 1.3 * canvas.unit)
        share = float(rng.uniform(1.05, 2.0))
        canvas.line(
            [shell.out(x, shell.y1, share), shell.out(x + step, shell.y1, share)], line, 1.2 * canvas.unit
        )
    canvas.veil(fade, shift(floor, -0.22), int(shell.y1))


def _tiled(canvas: Canvas, shell: Shell, floor: Rgb) -> None:
    """Square tiles in two tones."""
    step = shell.size * 0.13
    columns = np.arange(shell.vx - np.ceil(shell.width / step) * step, shell.vx + shell.width + step, step)
    depths = [1.0]
    while depths[-1] < _NEAR and len(depths) < 14:
        depths.append(depths[-1] * 1.19)
    for row, (near, next_) in enumerate(pairwise(depths)):
        for column, x in enumerate(columns):
            quad = [shell.out(x, shell.y1, near), shell.out(x + step, shell.y1, near)]
            quad += [shell.out(x + step, shell.y1, next_), shell.out(x, shell.y1, next_)]
            if quad[2][0] < 0 or quad[3][0] > shell.width or quad[0][1] > shell.height:
                continue
            dark = (row + column) % 2
            depth = 0.03 * (row / len(depths))
            canvas.polygon(quad, shift(floor, (-0.05 if dark else 0.06) - depth, 0.6))


def _carpet(canvas: Canvas, shell: Shell, floor: Rgb) -> None:
    mottle(canvas, "pile", 0.10, shell.y1)


_FLOORINGS = {"boards": _boards, "tiles": _tiled, "carpet": _carpet}
