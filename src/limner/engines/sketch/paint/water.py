"""Water: what stands above it mirrored with ripples, and the dashes of light on it."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.noise import fbm, waves
from limner.engines.sketch.paint.raster import Rgb, blend, remap


def reflect(
    canvas: Canvas,
    top: int,
    bottom: int,
    tint: Rgb,
    share: float = 0.2,
    ripple: float = 1.0,
    name: str = "water",
) -> None:
    """Mirror the rows above top into top..bottom; tint by share, more towards the viewer."""
    height, width = bottom - top, canvas.width
    if height < 4 or top < 4:
        return
    rng = canvas.stream(name)
    t = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    swell = fbm(width, height, 5, 50, rng, 3, 0.6) - np.float32(0.5)
    offset = t**1.2 * np.float32(70 * ripple * canvas.unit) * swell
    offset += waves(width, height, rng) * (3 + 14 * t) * np.float32(ripple * canvas.unit)
    up = top - 1 - np.arange(height, dtype=np.float32)[:, None] + offset * 1.6
    rows = np.abs(up) if top < height else up
    columns = np.arange(width, dtype=np.float32)[None] + offset * 0.35
    mirrored = remap(canvas.pixels[:top], columns, np.clip(rows, 0, top - 1), "mirror")
    layer = np.empty_like(mirrored)
    layer[:] = np.asarray(tint).astype(np.uint8)
    mask = np.clip(share + 0.35 * t + 0.4 * swell, 0, 1).astype(np.float32)
    canvas.pixels[top:bottom] = blend(mirrored, layer, mask)


def glints(
    canvas: Canvas, x: float, top: float, bottom: float, color: Rgb, count: int = 120, spread: float = 0.05
) -> None:
    """Dashes of light below a light at column x, wider towards the viewer."""
    rng = canvas.stream("glints")
    depth = rng.random(count) ** 1.3
    for t, side, size, share in zip(
        depth, rng.normal(0, 1, count), rng.random(count), rng.random(count), strict=True
    ):
        y = float(top + t * (bottom - top))
        half = float((2 + 26 * t * size) * canvas.unit)
        center = float(x + side * canvas.width * spread * (0.25 + t))
        dash = ellipse(center, y, half, max(0.7, (0.6 + 2 * t) * canvas.unit), 0, 10)
        canvas.fill(dash, color, alpha=float(0.35 + 0.5 * share) * (0.6 if t < 0.3 else 1))
