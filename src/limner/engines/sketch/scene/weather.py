"""Weather over a finished scene: rain, falling snow, fog."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.palette import WHITE, Palette, mix


def rain(canvas: Canvas, palette: Palette) -> None:
    """Grey air and slanting streaks."""
    canvas.veil(np.full((4, 4), 0.32, np.float32), mix(palette.middle, (110, 120, 135), 0.7))
    rng = canvas.stream("rain")
    color = mix(palette.haze, WHITE, 0.55)
    layer = canvas.pixels.copy()
    for _ in range(int(420 * canvas.width / canvas.short)):
        x, y = rng.random() * canvas.width * 1.1, rng.random() * canvas.height
        tall = canvas.short * rng.uniform(0.015, 0.05)
        canvas.line([(x, y), (x - tall * 0.22, y + tall)], color, canvas.unit * rng.uniform(1, 2))
    canvas.pixels = ((canvas.pixels.astype(np.uint16) * 3 + layer.astype(np.uint16) * 2) // 5).astype(
        np.uint8
    )


def snow(canvas: Canvas, palette: Palette) -> None:
    """Flakes, few of them near and large."""
    rng = canvas.stream("flakes")
    color = mix(WHITE, palette.haze, 0.12)
    for near in rng.random(int(300 * canvas.width / canvas.short)) ** 3:
        x, y = rng.random() * canvas.width, rng.random() * canvas.height
        canvas.dot(x, y, canvas.short * (0.0012 + 0.0034 * near), color)


def fog(canvas: Canvas, palette: Palette) -> None:
    """A veil that is thickest about the horizon, and drifting bands."""
    rows = np.linspace(0, 1, 32, dtype=np.float32)[:, None]
    canvas.veil(
        0.62 * np.exp(-(((rows - 0.5) / 0.32) ** 2)) * np.ones((1, 2), np.float32),
        mix(palette.haze, WHITE, 0.25),
    )
    for k, y in enumerate((0.45, 0.62, 0.8)):
        canvas.mist(canvas.height * y, canvas.short * 0.12, mix(palette.haze, WHITE, 0.35), 0.5, f"fog{k}")


WEATHERS = {"rain": rain, "snow": snow, "fog": fog}
