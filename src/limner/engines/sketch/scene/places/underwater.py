"""Under water: light shafts from above, a sandy floor with caustics, corals and weed."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse, smooth, stroke
from limner.engines.sketch.paint.land import brushwork, hills
from limner.engines.sketch.paint.light import LIGHTS
from limner.engines.sketch.paint.noise import Rng, fbm, profile
from limner.engines.sketch.paint.palette import WHITE, lch, mix, ramp
from limner.engines.sketch.paint.raster import Rgb, grid, resize, smoothstep
from limner.engines.sketch.scene.places.ground import Ground, Setting, vary

_TONES = {"dawn": (0.02, 200.0), "day": (0.0, 215.0), "dusk": (-0.10, 255.0), "night": (-0.24, 262.0)}
_CORALS = (
    (0.66, 0.19, 15),
    (0.72, 0.16, 45),
    (0.62, 0.18, 345),
    (0.70, 0.14, 310),
    (0.82, 0.14, 90),
    (0.74, 0.11, 180),
)


def paint(canvas: Canvas, setting: Setting) -> Ground:
    """Water, reef and sand; swimmers are anywhere above the floor."""
    palette = setting.palette
    short, _width, height = canvas.short, canvas.width, canvas.height
    shift, hue = _TONES[palette.time]
    hue += vary(canvas, -16, 14, "hue")
    top, middle = lch(0.90 + shift * 1.2, 0.075, hue - 20), lch(0.62 + shift, 0.105, hue)
    deep = lch(0.30 + shift * 0.5, 0.085, hue + 22)
    _water(canvas, top, middle, deep)
    brushwork(canvas, 0, height, "water-brush", 0.07, 84, 900)
    floor = height * vary(canvas, 0.78, 0.84, "floor")
    for k in range(3):
        far, near = mix(middle, deep, 0.35 + 0.22 * k), mix(middle, deep, 0.6 + 0.2 * k)
        hills(canvas, floor + short * 0.03 * k, short * (0.22 - 0.05 * k), 5, far, near, f"reef{k}")
    sand = mix(lch(0.80 + shift, 0.06, 85), middle, 0.42)
    hills(
        canvas, floor + short * 0.03, short * 0.05, 2, mix(sand, middle, 0.35), mix(sand, deep, 0.3), "floor"
    )
    _caustics(canvas, int(floor + short * 0.02), mix(top, WHITE, 0.5))
    _garden(canvas, floor, shift, middle, deep)
    _bubbles(canvas, floor, mix(top, WHITE, 0.4))
    stand = (floor + (height - floor) * 0.3, height * 0.95)
    return Ground(
        "sand", height * 0.2, stand, LIGHTS["underwater"], (height * 0.22, floor * 0.92), shadow=0.5
    )


def _water(canvas: Canvas, top: Rgb, middle: Rgb, deep: Rgb) -> None:
    width, height = max(canvas.width // 4, 8), max(canvas.height // 4, 8)
    stops = [(0.0, top), (0.32, mix(top, middle, 0.75)), (0.62, mix(middle, deep, 0.45)), (1.0, deep)]
    body = resize(ramp(stops, 64)[:, None], 1, height).reshape(height, 1, 3).repeat(width, 1)
    rng = canvas.stream("rays")
    x, y = grid(width, height)
    x -= np.float32(width * rng.uniform(0.25, 0.75))
    y += np.float32(0.18 * height)
    streaks = np.interp(np.arctan2(x, y), np.linspace(-1.5, 1.5, 512), profile(512, 22, rng, 3, 0.6))
    away = np.hypot(x, y) / min(width, height)
    rays = smoothstep(0.46, 0.85, streaks) * np.exp(-away * 1.25) * 0.85 + 0.75 * np.exp(-away * 2.6)
    body += (np.asarray(mix(top, WHITE, 0.5), np.float32) - body) * np.clip(rays, 0, 1)[..., None]
    canvas.soft(body)


def _caustics(canvas: Canvas, top: int, color: Rgb) -> None:
    rows = (canvas.height - top) // 2
    if rows < 8:
        return
    net = np.exp(-np.abs(fbm(canvas.width // 2, rows, 12, 16, canvas.stream("caustics"), 2) - 0.5) * 26)
    canvas.veil((net * np.linspace(0, 0.5, rows)[:, None]).astype(np.float32), color, top, screen=True)


def _garden(canvas: Canvas, floor: float, shift: float, middle: Rgb, deep: Rgb) -> None:
    """Corals and weed, crowded at the sides, back to front."""
    rng = canvas.stream("corals")
    for k in range(22):
        far = 1 - k / 22
        side = -1 if rng.random() < 0.5 else 1
        inset = rng.random() ** 1.5 * 0.32 * (0.6 + 0.6 * far)
        x = canvas.width * (inset if side < 0 else 1 - inset)
        y = floor + (canvas.height - floor) * (1.02 - far * 0.95) + canvas.short * 0.02
        size = canvas.short * rng.uniform(0.09, 0.18) * (1.45 - 0.8 * far)
        lightness, chroma, hue = _CORALS[int(rng.integers(len(_CORALS)))]
        color = mix(lch(lightness + shift * 0.5, chroma, hue), middle, 0.12 + 0.55 * far)
        (_fan, _branches, _weed)[int(rng.integers(3))](canvas, x, y, size, color, mix(color, deep, 0.55), rng)


def _fan(canvas: Canvas, x: float, y: float, size: float, color: Rgb, dark: Rgb, rng: Rng) -> None:
    for angle in np.linspace(0.35, 2.8, 13):
        c, s = float(np.cos(angle)), float(np.sin(angle))
        rib = smooth(
            [(x, y), (x + c * size * 0.4, y - s * size * 0.5), (x + c * size * 0.85, y - s * size * 0.95)],
            steps=5,
        )
        canvas.polygon(stroke(rib, size * 0.05, size * 0.018), mix(color, dark, abs(angle - 1.57) / 2))
    t = np.linspace(0.4, 2.74, 20)
    for q in (0.35, 0.55, 0.75, 0.92):
        canvas.line(
            np.column_stack([x + np.cos(t) * size * 0.85 * q, y - np.sin(t) * size * 0.95 * q]),
            mix(color, dark, 0.3),
            2 * canvas.unit,
        )


def _branches(canvas: Canvas, x: float, y: float, size: float, color: Rgb, dark: Rgb, rng: Rng) -> None:
    twigs = [(x, y, angle, size * 0.27, size * 0.085, 3) for angle in (0.9, 1.35, 1.8, 2.25)]
    while twigs:
        x0, y0, angle, length, width, left = twigs.pop(0)
        x1, y1 = x0 + np.cos(angle) * length, y0 - np.sin(angle) * length
        bend = ((x0 + x1) / 2 + length * 0.05, (y0 + y1) / 2)
        canvas.polygon(
            stroke([(x0, y0), bend, (x1, y1)], width, width * 0.75), mix(dark, color, 1 - left / 6)
        )
        canvas.dot(x1, y1, width * 0.42, color)
        if left:
            for turn in (-0.42, 0.42):
                twigs.append(
                    (
                        x1,
                        y1,
                        angle + turn + rng.normal(0, 0.12),
                        length * rng.uniform(0.68, 0.85),
                        width * 0.76,
                        left - 1,
                    )
                )


def _weed(canvas: Canvas, x: float, y: float, size: float, color: Rgb, dark: Rgb, rng: Rng) -> None:
    for _ in range(6):
        t = np.linspace(0, 1, 16)
        foot = x + rng.normal(0, size * 0.25)
        sway = foot + np.sin(t * 5 + rng.random() * 6) * size * 0.10 * t
        blade = np.column_stack([sway, y - size * rng.uniform(0.9, 1.7) * t])
        green = mix(mix(lch(0.55, 0.11, 135), color, 0.15), dark, float(rng.uniform(0.2, 0.6)))
        canvas.polygon(stroke(blade, size * 0.08, size * 0.015), green)


def _bubbles(canvas: Canvas, floor: float, color: Rgb) -> None:
    rng = canvas.stream("bubbles")
    for _ in range(5):
        x = canvas.width * rng.random()
        for k in range(8):
            radius = canvas.short * rng.uniform(0.003, 0.010)
            bx, by = x + rng.normal(0, canvas.short * 0.015), floor - k * canvas.short * 0.075
            ring = ellipse(bx, by, radius, radius, 0, 20)
            canvas.fill(ring, color, alpha=0.25)
            canvas.line(np.concatenate([ring, ring[:1]]), color, 1)
            canvas.dot(bx - radius * 0.35, by - radius * 0.35, radius * 0.25, WHITE)


LAYOUTS = (paint,)
