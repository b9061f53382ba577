"""Small things of field and garden, painted by hand: rocks, fences, hay, benches, hedges, arches, lamps."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.blooms import heads
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse, smooth, stroke
from limner.engines.sketch.paint.flora import Tones, crown
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Lch, Palette, lch, mix, shift
from limner.engines.sketch.paint.raster import Rgb, draw_dabs, draw_lines

_STONE: Lch = (0.62, 0.022, 75)
_WOOD: Lch = (0.52, 0.065, 58)
_LAMPLIGHT: Rgb = lch(0.90, 0.11, 80)


def snow_of(palette: Palette, lit: float = 0.95) -> Rgb:
    """Fresh snow on things."""
    return palette.lit((242, 245, 252), lit)


def shadow(canvas: Canvas, palette: Palette, x: float, y: float, half: float, strength: float = 0.35) -> None:
    """The soft dark under a thing that stands at (x, y)."""
    flat = ellipse(x, y, half, half * 0.16)
    soft = max(2.0, half * 0.12) if half > 0.05 * canvas.short else 0.0
    canvas.fill(flat, mix(palette.dark, palette.zenith, 0.3), alpha=strength, blur=soft)


def rock(
    canvas: Canvas,
    palette: Palette,
    x: float,
    y: float,
    size: float,
    rng: Rng,
    haze: float = 0.0,
    sun_side: float = 1.0,
) -> None:
    """A boulder size wide with its foot at (x, y); snow lies on it in winter."""
    tone = _STONE[0] + float(rng.uniform(-0.08, 0.06))
    shade = mix(mix(palette.local(tone - 0.22, 0.022, 265, 0.4), palette.zenith, 0.1), palette.haze, haze)
    light = mix(palette.local(tone + 0.06, *_STONE[1:], 0.95), palette.haze, haze)
    angle = np.sort(rng.random(9)) * 0.4 + np.linspace(0, np.pi, 9) * 0.87
    radius = size * 0.5 * rng.uniform(0.85, 1.12, 9)
    outline = np.column_stack([x + np.cos(angle) * radius, y - np.sin(angle) * radius * 0.72])
    shape = np.concatenate(
        [[(x + size * 0.5, y + size * 0.06)], outline, [(x - size * 0.5, y + size * 0.06)]]
    )
    shadow(canvas, palette, x - sun_side * size * 0.1, y + size * 0.03, size * 0.62)
    body = smooth(shape, closed=True, steps=3)
    ends = (shade, mix(shade, light, 0.55)) if sun_side > 0 else (mix(shade, light, 0.55), shade)
    canvas.fill(body, *ends, angle=0)
    facet = outline[1:6] if sun_side > 0 else outline[3:8]
    top = np.concatenate(
        [facet, facet[::-1] * (0.55, 0.42) + np.array([x * 0.45, y * 0.58]) - (0, size * 0.03)]
    )
    canvas.fill(smooth(top, closed=True, steps=3), light, mix(light, shade, 0.35), 90)
    if palette.snowy:
        cap = np.concatenate([outline[1:8], outline[1:8][::-1] * (0.9, 0.45) + np.array([x * 0.1, y * 0.55])])
        canvas.fill(smooth(cap, closed=True, steps=3), mix(snow_of(palette), palette.haze, haze * 0.6))


def fence(
    canvas: Canvas,
    palette: Palette,
    start: tuple[float, float],
    end: tuple[float, float],
    height: tuple[float, float],
    rng: Rng,
    picket: bool = False,
) -> None:
    """A wooden fence between two feet, of the given heights there; picket: white pales close together."""
    color = palette.local(0.95, 0.015, 85, 0.9) if picket else palette.local(*_WOOD, 0.8)
    dark = shift(color, -0.10)
    far = abs(end[0] - start[0]) + abs(end[1] - start[1])
    count = max(3, int(far / (sum(height) / 2) / (0.30 if picket else 1.5)))
    for k, rail in enumerate((0.36, 0.78)):
        a, b = (start[0], start[1] - height[0] * rail), (end[0], end[1] - height[1] * rail)
        canvas.polygon(stroke([a, b], height[0] * 0.10, height[1] * 0.10), mix(dark, color, 0.5 * k))
    near_last = height[1] >= height[0]
    for t in np.linspace(0, 1, count) ** (0.75 if near_last else 1.3):
        tall = height[0] + (height[1] - height[0]) * t
        x, y = start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t
        half = tall * (0.075 if picket else 0.065)
        up = tall * (1.0 if picket else float(rng.uniform(0.95, 1.08)))
        peak = tall * 0.12 if picket else 0.0
        pale = [(x - half, y), (x - half, y - up), (x, y - up - peak), (x + half, y - up), (x + half, y)]
        canvas.polygon(pale, dark)
        canvas.polygon(
            [
                (x - half * 0.2, y),
                (x - half * 0.2, y - up),
                (x, y - up - peak),
                (x + half, y - up),
                (x + half, y),
            ],
            color,
        )
        if palette.snowy:
            canvas.polygon(ellipse(x, y - up, half * 1.5, half * 0.8, 0, 12), snow_of(palette))


def hay(
    canvas: Canvas, palette: Palette, x: float, y: float, size: float, rng: Rng, sun_side: float = 1.0
) -> None:
    """A round bale of straw, size tall, snow-topped in winter."""
    light, shade = palette.local(0.84, 0.115, 86, 1.0), palette.local(0.56, 0.095, 72, 0.45)
    shadow(canvas, palette, x - sun_side * size * 0.15, y, size * 0.85, 0.4)
    side = box(x - size * 0.55, y - size * 0.94, x + size * 0.60, y, size * 0.3)
    canvas.fill(side, mix(light, shade, 0.25), shade, 90)
    angle = rng.uniform(-0.1, 0.1, 60)
    at = np.column_stack([rng.uniform(-0.2, 0.52, 60) * size + x, y - rng.uniform(0.08, 0.9, 60) * size])
    step = np.column_stack([np.cos(angle), np.sin(angle)]) * size * 0.06
    draw_lines(canvas.pixels, np.stack([at - step, at + step], 1), np.tile(mix(shade, light, 0.7), (60, 1)),
               np.full(60, max(1.0, size * 0.012)))  # fmt: skip
    face = (x - size * 0.34, y - size * 0.47)
    canvas.fill(ellipse(*face, size * 0.36, size * 0.47), light, mix(light, shade, 0.45), 60)
    for k in range(1, 5):
        ring = ellipse(*face, size * 0.36 * k / 5, size * 0.47 * k / 5)
        canvas.line(ring, mix(light, shade, 0.5), max(1.0, size * 0.014))
    if palette.snowy:
        canvas.fill(ellipse(x, y - size * 0.94, size * 0.55, size * 0.09), snow_of(palette))


def hedge(
    canvas: Canvas, palette: Palette, x0: float, x1: float, y: float, height: float, tones: Tones, rng: Rng
) -> None:
    """A clipped hedge from x0 to x1 with its foot on row y; a cap of snow in winter."""
    shadow(canvas, palette, (x0 + x1) / 2, y, abs(x1 - x0) * 0.52, 0.3)
    body = box(min(x0, x1), y - height, max(x0, x1), y, height * 0.18)
    canvas.fill(body, mix(tones[1], tones[2], 0.35), mix(tones[0], tones[1], 0.25), 90)
    count = int(min(420, 26 * abs(x1 - x0) / height + 30))
    at = np.column_stack(
        [rng.uniform(min(x0, x1), max(x0, x1), count), y - height * rng.random(count) ** 0.8]
    )
    share = np.clip((y - at[:, 1]) / height + rng.normal(0, 0.22, count), 0, 1)[:, None]
    color = np.asarray(tones[0]) * (1 - share) + np.asarray(tones[2]) * share
    turn = rng.uniform(-0.9, 0.9, count)
    step = np.column_stack([np.cos(turn), np.sin(turn)]) * height * 0.085
    draw_dabs(canvas.pixels, at, step, np.full(count, max(0.6, height * 0.045)), color)
    if palette.snowy:
        cap = box(min(x0, x1), y - height * 1.06, max(x0, x1), y - height * 0.78, height * 0.13)
        canvas.fill(cap, snow_of(palette))


def bench(canvas: Canvas, palette: Palette, x: float, y: float, size: float) -> None:
    """A park bench, size wide, seen from the front."""
    wood, dark = palette.local(0.58, 0.085, 55, 0.85), palette.local(0.34, 0.02, 260, 0.5)
    shadow(canvas, palette, x, y, size * 0.58, 0.4)
    for side in (-0.40, 0.40):
        leg = [(x + side * size, y), (x + side * size, y - size * 0.44)]
        canvas.line(leg, dark, size * 0.035)
        canvas.line(
            [(x + side * size * 1.04, y - size * 0.02), (x + side * size, y - size * 0.22)], dark, size * 0.03
        )
    for k, (row, tall) in enumerate(((0.47, 0.055), (0.39, 0.055), (0.31, 0.055), (0.20, 0.07))):
        slat = box(x - size * 0.5, y - size * row, x + size * 0.5, y - size * (row - tall), size * 0.012)
        canvas.fill(slat, shift(wood, 0.05 if k < 3 else 0.09), shift(wood, -0.05), 90)
    if palette.snowy:
        for row in (0.475, 0.21):
            canvas.fill(
                box(x - size * 0.5, y - size * (row + 0.03), x + size * 0.5, y - size * row + 2, size * 0.02),
                snow_of(palette),
            )


def lamp_post(canvas: Canvas, palette: Palette, x: float, y: float, height: float) -> None:
    """A street lamp, lit from dusk to dawn."""
    iron = mix(palette.dark, palette.middle, 0.12)
    lit = palette.time != "day"
    canvas.polygon(stroke([(x, y), (x, y - height)], height * 0.045, height * 0.026), iron)
    canvas.polygon(box(x - height * 0.045, y - height * 0.05, x + height * 0.045, y, height * 0.01), iron)
    glass = [(x - height * 0.05, y - height), (x - height * 0.07, y - height * 1.13),
             (x + height * 0.07, y - height * 1.13), (x + height * 0.05, y - height)]  # fmt: skip
    canvas.polygon(glass, _LAMPLIGHT if lit else palette.lit((236, 240, 242), 0.9))
    roof = [
        (x - height * 0.09, y - height * 1.13),
        (x, y - height * 1.22),
        (x + height * 0.09, y - height * 1.13),
    ]
    canvas.polygon(roof, snow_of(palette) if palette.snowy else iron)
    if lit:
        canvas.glow(x, y - height * 1.06, height * 0.62, lch(0.86, 0.12, 74), 0.85 if palette.night else 0.5)
        canvas.fill(ellipse(x, y + height * 0.01, height * 0.42, height * 0.07), lch(0.85, 0.10, 75),
                    alpha=0.35 if palette.night else 0.15, blur=8 * canvas.unit)  # fmt: skip


def rose_arch(canvas: Canvas, palette: Palette, x: float, y: float, size: float, rng: Rng) -> None:
    """A garden arch overgrown with flowers, size wide, its feet on row y."""
    frame = palette.local(0.95, 0.015, 85, 0.9)
    turn = np.linspace(np.pi, 0, 15)
    curve = np.column_stack([x + np.cos(turn) * size * 0.46, y - size * 0.85 - np.sin(turn) * size * 0.46])
    spine = np.concatenate([[(x - size * 0.46, y)], curve, [(x + size * 0.46, y)]])
    for inset in (1.0, 0.86):
        inner = (spine - (x, y)) * (inset, inset if inset == 1 else 0.96) + (x, y)
        canvas.line(inner, frame, max(1.5, size * 0.028))
    tones = (
        palette.local(0.36, 0.09, 146, 0.4),
        palette.local(0.52, 0.11, 138, 0.7),
        palette.local(0.68, 0.13, 128, 1.0),
    )
    if palette.snowy:
        tones = (
            palette.local(0.5, 0.03, 230, 0.4),
            mix(snow_of(palette, 0.7), palette.zenith, 0.1),
            snow_of(palette),
        )
    at = smooth(spine, steps=4)
    for spot in at[rng.permutation(len(at))[:30]]:
        crown(canvas, float(spot[0]), float(spot[1]), size * float(rng.uniform(0.05, 0.095)), tones, rng, 24)
    if palette.snowy:
        return
    picked = at[rng.integers(0, len(at), 54)] + rng.normal(0, size * 0.045, (54, 2))
    colors = [palette.local(*c, 0.95) for c in ((0.80, 0.13, 355), (0.93, 0.05, 350), (0.68, 0.19, 5))]
    tint = np.asarray(colors)[rng.integers(0, 3, 54)]
    bare = np.full(54, size * 0.030) * rng.uniform(0.7, 1.2, 54)
    for (px, py), r, c in zip(picked.tolist(), bare.tolist(), tint.tolist(), strict=True):
        for share, size, tone in ((0.0, 1.0, 0.84), (0.15, 0.7, 1.0), (0.22, 0.3, 1.08)):
            petal = tuple(min(255.0, v * tone) for v in c)
            canvas.dot(px - r * share, py - r * share * 1.3, r * size, (petal[0], petal[1], petal[2]))


def flower_bed(
    canvas: Canvas,
    palette: Palette,
    x: float,
    y: float,
    half: float,
    deep: float,
    rng: Rng,
    colors: tuple[Lch, ...],
    kind: str = "cosmos",
    size: float = 1.0,
) -> None:
    """An oval bed of flowers about (x, y); under snow in winter."""
    if palette.snowy:
        canvas.fill(
            ellipse(x, y, half, deep), snow_of(palette), mix(snow_of(palette, 0.6), palette.zenith, 0.15)
        )
        return
    canvas.fill(
        ellipse(x, y + deep * 0.12, half * 1.05, deep * 1.1), palette.local(0.40, 0.05, 55, 0.5), alpha=0.9
    )
    canvas.fill(ellipse(x, y, half, deep), palette.grass(0.45, 0.7), palette.grass(0.2, 0.5))
    count = int(np.clip(half * deep / (size * canvas.short * 0.0085) ** 2 / 1.7, 30, 320))
    angle, out = rng.random(count) * 2 * np.pi, np.sqrt(rng.random(count))
    order = np.argsort(np.sin(angle) * out)
    px, py = (x + np.cos(angle) * out * half)[order], (y + np.sin(angle) * out * deep)[order]
    band = (out[order] * len(colors) * 0.999).astype(int)
    tint = np.asarray([palette.local(*c, 0.95) for c in colors])[band] * rng.normal(1, 0.06, (count, 1))
    radius = canvas.short * 0.0105 * size * rng.uniform(0.8, 1.2, count)
    heads(canvas, palette, kind, px, py - radius * 2, radius, np.clip(tint, 0, 255), palette.grass(0.2, 0.55))
