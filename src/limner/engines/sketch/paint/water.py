"""Water: what stands above it mirrored with ripples, dashes of light, streams, and what grows in it."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.land import Course, blades
from limner.engines.sketch.paint.noise import fbm, waves
from limner.engines.sketch.paint.palette import WHITE, Palette, mix
from limner.engines.sketch.paint.raster import Rgb, blend, draw_lines, floats, remap


def reflect(
    canvas: Canvas,
    top: int,
    bottom: int,
    tint: Rgb,
    share: float,
    ripple: float,
) -> None:
    """Mirror the rows above top into top..bottom; tint by share, more towards the viewer."""
    height, width = bottom - top, canvas.width
    if height < 4 or top < 4:
        return
    rng = canvas.stream("water")
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


def stream(canvas: Canvas, palette: Palette, way: Course, name: str = "stream", falls: bool = False) -> None:
    """A winding stream: sky on it, darker banks, lines of light along its flow; ice in winter."""
    top, bottom = float(way.y[0]), float(way.y[-1])
    near = mix(mix(palette.zenith, palette.middle, 0.30), palette.local(0.52, 0.10, 238, 0.6), 0.52)
    far = mix(palette.horizon, palette.middle, 0.35)
    if palette.snowy:
        near, far = mix(near, palette.horizon, 0.5), mix(far, WHITE, 0.2)
    edge = Course(way.x, way.y, floats(way.half * 1.07 + canvas.unit))
    rim = palette.local(0.46, 0.045, 75, 0.5) if not palette.snowy else mix(near, palette.dark, 0.2)
    canvas.fill(edge.outline, mix(rim, palette.haze, 0.4), rim, span=(top, bottom))
    canvas.fill(way.outline, far, near, span=(top, bottom))
    rng = canvas.stream(name + "-flow")
    count = 240 if falls else 150
    at = np.sort(rng.integers(3, len(way.y) - 5, count))
    side = rng.uniform(-0.88, 0.88, count)
    ahead = at + rng.integers(1, 3, count)
    start = np.column_stack([way.x[at] + side * way.half[at], way.y[at]])
    end = np.column_stack([way.x[ahead] + side * way.half[ahead], way.y[ahead]])
    share = rng.random((count, 1)) * 0.75
    tone = np.asarray(near) * (1 - share) + np.asarray(mix(palette.horizon, WHITE, 0.5)) * share
    width = np.maximum(1.0, way.half[at] * (0.022 if falls else 0.014))
    draw_lines(canvas.pixels, np.stack([start, end], 1), tone, width)


def lake_tint(palette: Palette) -> Rgb:
    """What water adds to what it mirrors."""
    own = palette.local(0.46, 0.085, 225, 0.6)
    return mix(mix(palette.zenith, own, 0.4), palette.dark, 0.10 if palette.time == "day" else 0.22)


def lake_water(
    canvas: Canvas, palette: Palette, top: int, bottom: int, sun: tuple[float, float], ripple: float = 0.55
) -> None:
    """Still water from row top to bottom with what stands above it, a bright far edge, the light's path."""
    reflect(canvas, top, bottom, lake_tint(palette), 0.16, ripple)
    fade = np.exp(-np.linspace(0, 6, 24, dtype=np.float32))[:, None] * np.full((1, 2), 0.35, np.float32)
    canvas.veil(fade, mix(palette.haze, palette.sun, 0.3), top, top + int(canvas.short * 0.05))
    if palette.time != "day" and not palette.overcast:
        glints(canvas, sun[0], top + 4, bottom, mix(palette.sun, WHITE, 0.3), 110, 0.035)


def lilies(canvas: Canvas, palette: Palette, x: float, y: float, half: float, deep: float, name: str) -> None:
    """Lily pads with a few flowers in an oval about (x, y); none in winter."""
    if palette.snowy:
        return
    rng = canvas.stream(name)
    for t in np.sort(rng.random(16)).tolist():
        px, py = x + half * float(rng.uniform(-0.8, 0.8)), y + deep * (t * 1.5 - 0.7)
        size = canvas.short * (0.012 + 0.013 * t)
        pad = ellipse(px, py, size, size * 0.38, 0, 22)[1:-2]
        green = palette.local(0.52 + 0.12 * float(rng.random()), 0.11, 140, 0.8)
        canvas.polygon(np.concatenate([pad, [(px, py)]]), green)
        if rng.random() < 0.35:
            for k, tone in ((1.0, (0.80, 0.12, 355)), (0.6, (0.93, 0.05, 350))):
                canvas.polygon(
                    ellipse(px, py - size * 0.22, size * 0.42 * k, size * 0.30 * k, 0, 12),
                    palette.local(*tone, 0.95),
                )


def reeds(
    canvas: Canvas, palette: Palette, x: float, y: float, spread: float, tall: float, name: str
) -> None:
    """A clump of reeds and bulrushes with their feet about (x, y)."""
    rng = canvas.stream(name)
    count = 46
    px = x + np.clip(rng.normal(0, 0.42, count), -1, 1) * spread
    py = y + rng.normal(0, tall * 0.05, count)
    high = tall * rng.uniform(0.45, 1.0, count)
    lean = rng.normal(0, 0.12, count)
    dry = palette.season in ("autumn", "winter")
    dark, light = ((0.50, 0.07, 80), (0.74, 0.09, 85)) if dry else ((0.42, 0.09, 138), (0.66, 0.12, 124))
    share = rng.random((count, 1))
    tone = (
        np.asarray(palette.local(*dark, 0.55)) * (1 - share) + np.asarray(palette.local(*light, 0.9)) * share
    )
    blades(
        canvas, floats(px), floats(py), floats(high), floats(lean), floats(tone), np.full(count, tall * 0.016)
    )
    brown = palette.local(0.40, 0.07, 50, 0.7)
    for k in np.argsort(-high)[:7]:
        tip = (px[k] + lean[k] * high[k] * 0.9, py[k] - high[k] * 0.9)
        canvas.line([(px[k], py[k]), tip], palette.local(*dark, 0.6), tall * 0.012)
        canvas.polygon(ellipse(tip[0], tip[1], tall * 0.024, tall * 0.10, lean[k] * 40, 14), brown)
