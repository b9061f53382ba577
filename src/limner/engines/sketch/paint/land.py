"""Ground: hills, grass, snow and sand, painted with visible strokes so that bodies sit in the same paint."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import Points
from limner.engines.sketch.paint.noise import fbm, profile
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.raster import Floats, Rgb, draw_lines, draw_polygons, floats

_PETALS = {
    "spring": ((0.95, 0.02, 90), (0.80, 0.13, 350), (0.88, 0.14, 95), (0.72, 0.13, 310)),
    "summer": ((0.95, 0.02, 90), (0.88, 0.15, 92), (0.68, 0.18, 20), (0.66, 0.13, 290)),
    "autumn": ((0.66, 0.16, 50), (0.76, 0.15, 75), (0.56, 0.17, 35), (0.84, 0.13, 90)),
}


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


def grass(canvas: Canvas, palette: Palette, horizon: float, name: str = "grass", count: int = 2600) -> None:
    """Grass from the horizon to the lower edge, with flowers in spring and summer, leaves in autumn."""
    rng = canvas.stream(name)
    count = int(min(count * 2, count * canvas.width / canvas.short))
    t = np.sort(rng.random(count) ** 0.8).astype(np.float32)
    x, y = (rng.random(count) * canvas.width).astype(np.float32), horizon + t * (canvas.height - horizon)
    rows, columns = np.clip(y, 0, canvas.height - 1).astype(int), np.clip(x, 0, canvas.width - 1).astype(int)
    color = canvas.pixels[rows, columns] * rng.uniform(0.74, 1.26, (count, 1)) + rng.normal(0, 4, (count, 3))
    deep = min(canvas.height - horizon, canvas.short) * 2
    tall = deep * (0.004 + 0.030 * t) * rng.uniform(0.5, 1.2, count)
    lean, half = rng.normal(0, 0.45, count), (0.5 + 1.6 * t) * canvas.unit
    blades(canvas, x, y, tall, lean, color, half)
    if palette.season in _PETALS:
        _petals(canvas, palette, horizon, name)


def _petals(canvas: Canvas, palette: Palette, horizon: float, name: str) -> None:
    rng = canvas.stream(name + "-petals")
    patches = fbm(64, 64, 5, 5, canvas.stream(name + "-patches"), 3)
    colors = [palette.local(*c, 0.9) for c in _PETALS[palette.season]]
    for t in np.sort(rng.random(460) ** 0.75):
        x, y = rng.random() * canvas.width, horizon + t * (canvas.height - horizon)
        if patches[int(t * 63), int(x / canvas.width * 63)] < rng.uniform(0.42, 0.6):
            continue
        radius = canvas.short * (0.0012 + 0.0046 * t) * rng.uniform(0.6, 1.2)
        color = colors[int(rng.integers(len(colors)))]
        canvas.dot(x, y, radius, color)
        if radius > 3 * canvas.unit:
            canvas.dot(x - radius * 0.3, y - radius * 0.3, radius * 0.5, mix(color, WHITE, 0.35))


def meadow_ground(canvas: Canvas, palette: Palette, horizon: float, name: str = "ground") -> None:
    """The ground of a meadow in any season, from horizon to the lower edge: snow in winter."""
    if palette.snowy:
        snow_ground(canvas, palette, horizon, name)
        return
    far, near = palette.leaf(0.95, 1.0), palette.leaf(0.3, 0.6)
    hills(
        canvas,
        horizon + canvas.short * 0.012,
        canvas.short * 0.035,
        1.6,
        mix(far, palette.haze, 0.25),
        near,
        name,
        reach=canvas.height - horizon,
    )
    _dapple(canvas, horizon, palette.leaf(0.1, 0.35), name)
    brushwork(canvas, horizon + canvas.short * 0.02, canvas.height, name + "-brush", 0.06)
    grass(canvas, palette, horizon + canvas.short * 0.015, name + "-grass")


def snow_ground(canvas: Canvas, palette: Palette, horizon: float, name: str = "snow") -> None:
    """Snow with blue shadows, drifts and a few sparks."""
    light = palette.lit(lch(0.93, 0.015, 240), 0.85)
    shade = mix(palette.lit(lch(0.72, 0.06, 255), 0.5), palette.zenith, 0.25)
    far = mix(light, palette.haze, 0.45)
    hills(
        canvas,
        horizon + canvas.short * 0.02,
        canvas.short * 0.05,
        1.4,
        far,
        mix(light, shade, 0.35),
        name,
        reach=canvas.height - horizon,
    )
    for k in range(3):
        y = horizon + (canvas.height - horizon) * (0.22 + 0.26 * k)
        hills(
            canvas,
            y,
            canvas.short * 0.05,
            1.2,
            light,
            mix(light, shade, 0.6),
            f"{name}-drift{k}",
            reach=canvas.short * 0.22,
        )
    _dapple(canvas, horizon, shade, name)
    brushwork(canvas, horizon + canvas.short * 0.03, canvas.height, name + "-brush", 0.08)


def _dapple(canvas: Canvas, horizon: float, color: Rgb, name: str) -> None:
    """Soft darker patches that flatten towards the horizon."""
    top = int(horizon + canvas.short * 0.02)
    if canvas.height - top < 8:
        return
    rows, columns = (canvas.height - top) // 4 + 2, canvas.width // 4 + 2
    patches = np.clip((fbm(columns, rows, 3, 7, canvas.stream(name + "-dapple"), 4) - 0.45) * 2.4, 0, 1)
    canvas.veil(patches * np.float32(0.5), color, top, canvas.height)
