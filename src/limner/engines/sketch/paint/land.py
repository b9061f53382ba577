"""Ground: hills, grass, snow and sand, painted with visible strokes so that bodies sit in the same paint."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from limner.engines.sketch.paint.blooms import wildflowers
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import Points
from limner.engines.sketch.paint.noise import Rng, fbm, profile
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.raster import Floats, Rgb, draw_lines, draw_polygons, floats


def hills(
    canvas: Canvas,
    y: float,
    height: float,
    cells: float,
    color: Rgb,
    to: Rgb,
    name: str,
    bottom: float | None = None,
    reach: float | None = None,
) -> Floats:
    """A ridge down to bottom, colour fading over reach px; returns its (width,) outline."""
    spread = max(canvas.width / canvas.height, 1.0) ** 0.5
    outline = y - height * profile(canvas.width // 2 + 1, cells * spread, canvas.stream(name), 5, 0.42)
    x = np.linspace(0, canvas.width, len(outline))
    base = canvas.height if bottom is None else bottom
    shape = np.concatenate([np.column_stack([x, outline]), [(canvas.width, base), (0, base)]])
    top = float(outline.min())
    canvas.fill(shape, color, to, span=(top, top + reach) if reach else None)
    return floats(np.interp(np.arange(canvas.width), x, outline))


def brushwork(
    canvas: Canvas, top: float, bottom: float, name: str, length: float, angle: float = 4, count: int = 1700
) -> None:
    """Repaint rows top..bottom with strokes of their own colours; length is a share of the short side."""
    y0, y1 = max(int(top), 0), min(int(bottom), canvas.height)
    if y1 - y0 < 4:
        return
    rng = canvas.stream(name)
    count = int(min(count * 2, count * canvas.width / canvas.short * max(0.2, (y1 - y0) / canvas.short)))
    x, y = rng.random(count) * canvas.width, y0 + np.sort(rng.random(count)) * (y1 - y0)
    color = canvas.pixels[y.astype(int), x.astype(int)] * (1 + rng.normal(0, 0.022, (count, 1)))
    size = canvas.short * length * rng.uniform(0.25, 0.8, count)
    turn = np.radians(rng.normal(angle, 9, count))
    step = np.column_stack([np.cos(turn) * size, np.sin(turn) * size])
    start = np.column_stack([x, y]) - step / 2
    middle = start + step * 0.55 + np.column_stack([-step[:, 1], step[:, 0]]) * 0.12
    part = canvas.pixels[y0:y1]
    curves = np.stack([start, middle, start + step], 1) - np.array([0, y0])
    draw_lines(part, curves, np.clip(color, 0, 255), size * 0.11 + 1)


def blades(
    canvas: Canvas, x: Floats, y: Floats, tall: Floats, lean: Floats, color: Floats, half: Floats
) -> None:
    """Tapered blades of grass standing at (x, y)."""
    foot, step = np.column_stack([x, y]), np.column_stack([lean * tall, -tall])
    side = np.column_stack([-step[:, 1], step[:, 0]])
    side /= np.linalg.norm(side, axis=1, keepdims=True) + 1e-6
    side *= half[:, None]
    middle = foot + step * 0.5 + side * np.sign(step[:, :1]) * 0.9
    outline: Points = np.stack(
        [foot - side, middle - side * 0.8, foot + step, middle + side * 0.8, foot + side], 1
    )
    draw_polygons(canvas.pixels, outline, np.clip(color, 0, 255))


def grass(canvas: Canvas, horizon: float, name: str = "grass", count: int = 2600) -> None:
    """Blades of grass from the horizon to the lower edge."""
    rng = canvas.stream(name)
    count = int(min(count * 2, count * canvas.width / canvas.short))
    t = np.sort(rng.random(count) ** 0.8).astype(np.float32)
    x, y = (rng.random(count) * canvas.width).astype(np.float32), horizon + t * (canvas.height - horizon)
    rows, columns = np.clip(y, 0, canvas.height - 1).astype(int), np.clip(x, 0, canvas.width - 1).astype(int)
    color = canvas.pixels[rows, columns] * rng.uniform(0.80, 1.22, (count, 1)) + rng.normal(0, 4, (count, 3))
    deep = min(canvas.height - horizon, canvas.short) * 2
    tall = deep * (0.004 + 0.030 * t) * rng.uniform(0.5, 1.2, count)
    lean, half = rng.normal(0, 0.45, count), (0.5 + 1.6 * t) * canvas.unit
    blades(canvas, x, y, tall, lean, color, half)


def tuft(
    canvas: Canvas, palette: Palette, x: float, y: float, half: float, rng: Rng, haze: float = 0.0
) -> None:
    """Grass about the foot of a thing half wide to either side of x."""
    count = 16
    px = x + rng.uniform(-1, 1, count) * half
    py = y + np.abs(rng.normal(0, 0.10, count)) * half
    tall = half * rng.uniform(0.22, 0.52, count)
    share = rng.random((count, 1))
    tone = np.asarray(palette.grass(0.2, 0.6)) * (1 - share) + np.asarray(palette.grass(0.7, 0.9)) * share
    tone = tone + (np.asarray(palette.haze) - tone) * haze
    blades(canvas, floats(px), floats(py), floats(tall), floats(rng.normal(0, 0.4, count)), floats(tone),
           np.full(count, half * 0.05))  # fmt: skip


def meadow_ground(canvas: Canvas, palette: Palette, horizon: float, flowers: float = 1.0) -> None:
    """The ground of a meadow in any season, from horizon to the lower edge: snow in winter.

    flowers: how many, as a multiplier of a usual meadow's.
    """
    if palette.snowy:
        snow_ground(canvas, palette, horizon, "ground")
        return
    lawn(canvas, palette, horizon, "ground")
    top = horizon + canvas.short * 0.015
    grass(canvas, top, "ground-grass")
    if flowers > 0:
        wildflowers(canvas, palette, top, "ground-flowers", int(190 * flowers))
    if palette.season == "autumn":
        fallen_leaves(canvas, palette, top, "ground-leaves")


def lawn(canvas: Canvas, palette: Palette, horizon: float, name: str = "lawn") -> None:
    """Short grass with soft light and shade, from horizon to the lower edge; snow in winter."""
    if palette.snowy:
        snow_ground(canvas, palette, horizon, name)
        return
    far, near = palette.grass(0.98, 1.0), palette.grass(0.34, 0.7)
    short = canvas.short
    ends = (mix(far, palette.haze, 0.22), near, name)
    hills(canvas, horizon + short * 0.012, short * 0.035, 1.6, *ends, reach=canvas.height - horizon)
    dapple(canvas, horizon, palette.grass(0.12, 0.4), name, 0.42)
    dapple(canvas, horizon, palette.grass(1.0, 1.0), name + "-light", 0.30)
    brushwork(canvas, horizon + short * 0.02, canvas.height, name + "-brush", 0.06, 4, 1300)


def fallen_leaves(canvas: Canvas, palette: Palette, top: float, name: str, count: int = 150) -> None:
    """Leaves of autumn strewn over the ground below row top."""
    rng = canvas.stream(name)
    count = int(min(count * 2, count * canvas.width / canvas.short))
    t = np.sort(rng.random(count) ** 0.7)
    angle, size = (
        rng.random(count) * np.pi,
        canvas.short * (0.001 + 0.007 * t**1.5) * rng.uniform(0.7, 1.3, count),
    )
    along = np.column_stack([np.cos(angle), np.sin(angle) * 0.45]) * size[:, None]
    across = np.column_stack([-np.sin(angle), np.cos(angle) * 0.45]) * size[:, None] * 0.5
    at = np.column_stack([rng.random(count) * canvas.width, top + t * (canvas.height - top)])
    tones = [palette.local(*c, 0.9) for c in ((0.62, 0.17, 45), (0.74, 0.15, 72), (0.55, 0.17, 32))]
    color = np.asarray(tones)[rng.integers(0, 3, count)]
    draw_polygons(canvas.pixels, np.stack([at - along, at - across, at + along, at + across], 1), color)


def snow_ground(canvas: Canvas, palette: Palette, horizon: float, name: str = "snow") -> None:
    """Snow with blue shadows, soft drifts and a few sparks."""
    light = mix(palette.lit(lch(0.905, 0.018, 248), 0.84), palette.sun, 0.08)
    shade = mix(palette.lit(lch(0.72, 0.068, 258), 0.52), palette.zenith, 0.16)
    far, short = mix(light, palette.haze, 0.40), canvas.short
    deep = canvas.height - horizon
    hills(canvas, horizon + short * 0.02, short * 0.05, 1.4, far, mix(light, shade, 0.3), name, reach=deep)
    for k in range(4):
        row = horizon + deep * (0.10 + 0.24 * k)
        tall = short * (0.03 + 0.014 * k)
        low = mix(light, shade, 0.50 + 0.06 * k)
        hills(
            canvas,
            row,
            tall,
            1.1 + 0.3 * (k % 2),
            light,
            low,
            f"{name}-drift{k}",
            reach=short * (0.10 + 0.05 * k),
        )
    dapple(canvas, horizon, shade, name, 0.30)
    _sparks(canvas, horizon, mix(light, WHITE, 0.7), name)


def _sparks(canvas: Canvas, horizon: float, color: Rgb, name: str) -> None:
    rng = canvas.stream(name + "-sparks")
    for t in rng.random(int(90 * min(2.5, canvas.width / canvas.short))).tolist():
        row = horizon + (canvas.height - horizon) * (0.08 + 0.92 * t)
        canvas.dot(float(rng.random()) * canvas.width, row, canvas.unit * (0.8 + 1.4 * t), color)


def dapple(canvas: Canvas, horizon: float, color: Rgb, name: str, strength: float = 0.5) -> None:
    """Soft patches of color that flatten towards the horizon."""
    top = int(horizon + canvas.short * 0.02)
    if canvas.height - top < 8:
        return
    rows, columns = (canvas.height - top) // 6 + 2, canvas.width // 6 + 2
    wide = max(1.0, canvas.width / canvas.short) ** 0.5
    patches = np.clip(
        (fbm(columns, rows, 2.5 * wide, 6, canvas.stream(name + "-dapple"), 3) - 0.45) * 2.4, 0, 1
    )
    fade = np.clip(np.linspace(0, 6, rows, dtype=np.float32), 0, 1)[:, None]
    canvas.veil(patches * fade * np.float32(strength), color, top, canvas.height)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A way or water from far to near: (n,) columns of its middle, rows, and half widths in pixels."""

    x: Floats
    y: Floats
    half: Floats

    @property
    def outline(self) -> Points:
        """The closed outline."""
        left = np.column_stack([self.x - self.half, self.y])
        right = np.column_stack([self.x + self.half, self.y])
        return np.concatenate([left, right[::-1]]).astype(np.float32)


def course(
    canvas: Canvas, top: float, far: float, near: float, width: float, name: str, sway: float = 0.16
) -> Course:
    """A winding course from column far (a share of the width) at row top to column near at the lower edge.

    width: at the lower edge, as a share of the short side; sway: how far it winds.
    """
    rng = canvas.stream(name)
    t = np.linspace(0, 1, 60)
    depth = t**1.55
    phase, turns = rng.uniform(0, 2 * np.pi), rng.uniform(2.6, 3.6)
    swing = np.sin(turns * np.pi * (1 - (1 - t) ** 1.2) + phase) * (0.12 + 0.88 * t) * (1 - t**3 * 0.6)
    x = canvas.width * (far + (near - far) * depth) + sway * canvas.short * swing
    half = canvas.short * width * (0.018 + 0.982 * depth) / 2
    y = top + (canvas.height * 1.03 - top) * depth
    return Course(floats(x), floats(y), floats(half))


def path(canvas: Canvas, palette: Palette, way: Course, name: str = "path") -> None:
    """A trodden path: pale earth, or packed snow in winter, with ragged grassy edges."""
    if palette.snowy:
        color = mix(palette.lit(lch(0.80, 0.035, 258), 0.6), palette.zenith, 0.10)
        light = mix(color, WHITE, 0.25)
    else:
        color, light = palette.local(0.66, 0.060, 72, 0.7), palette.local(0.84, 0.055, 82, 0.95)
    rng = canvas.stream(name)
    ragged = Course(way.x, way.y, floats(way.half * (1 + rng.normal(0, 0.045, len(way.half)))))
    canvas.fill(
        ragged.outline, mix(light, palette.haze, 0.35), color, span=(float(way.y[0]), float(way.y[-1]))
    )
    middle = Course(floats(way.x - way.half * 0.08), way.y, floats(way.half * 0.55))
    canvas.fill(middle.outline, light, alpha=0.45, blur=max(1.0, float(way.half[-1]) * 0.10))
    if palette.snowy:
        return
    count = 260
    at = rng.integers(8, len(way.y) - 1, count)
    side = rng.choice([-1, 1], count)
    x = way.x[at] + side * way.half[at] * rng.uniform(0.92, 1.12, count)
    tall = way.half[at] * rng.uniform(0.10, 0.26, count)
    tone = np.asarray(palette.grass(0.45, 0.8)) * rng.uniform(0.8, 1.15, (count, 1))
    blades(canvas, floats(x), floats(way.y[at]), floats(tall), rng.normal(0, 0.4, count), tone,
           np.clip(tall * 0.12, 0.5, 3))  # fmt: skip
