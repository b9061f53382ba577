"""What is seen in space: nebulae, stars, lit globes with rings, a comet, a galaxy; dusty ground."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.globes import toned
from limner.engines.sketch.paint.land import brushwork
from limner.engines.sketch.paint.noise import fbm, tileable
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix, ramp, to_lab
from limner.engines.sketch.paint.raster import Floats, Rgb, blur, coverage, floats, grid, remap, smoothstep

_TILE = 256


def hue_of(palette: Palette) -> float:
    """The hue in degrees that the palette's accent gives a sky without air."""
    _, a, b = to_lab(palette.accent)
    return math.degrees(math.atan2(float(b), float(a)))


def nebula(canvas: Canvas, hue: float, bottom: int, amount: float = 1.0, lift: float = 0.0) -> None:
    """Paint rows 0..bottom as deep space with coloured clouds; amount 0..1.3."""
    width, height = max(canvas.width // 4, 8), max(bottom // 4, 8)
    rng = canvas.stream("nebula")
    spread = canvas.width / canvas.short
    stops = [
        (0.0, lch(0.13 + lift, 0.05, hue)),
        (0.6, lch(0.18 + lift, 0.07, hue + 25)),
        (1.0, lch(0.23 + lift, 0.08, hue + 45)),
    ]
    space = np.repeat(ramp(stops, height)[:, None], width, 1)
    warp_x, warp_y = (fbm(width, height, 3 * spread, 3, rng, 3) - 0.5 for _ in range(2))
    x, y = grid(width, height)
    x, y = x + warp_x * width * 0.13 / spread, y + warp_y * height * 0.13
    turn = math.radians(float(rng.uniform(-40, 40)))
    lane = (x / width - 0.5) * spread * math.sin(turn) + (y / height - 0.5) * math.cos(turn)
    belt = np.exp(-((lane / 0.30) ** 2))
    for k, (light, chroma, shift) in enumerate(
        ((0.46, 0.17, 0), (0.58, 0.16, 55), (0.66, 0.14, -60), (0.80, 0.09, 30))
    ):
        cloud = remap(
            fbm(width, height, 2.6 * spread, 2.6, canvas.stream(f"nebula{k}"), 6, 0.55), x, y, "mirror"
        )
        share = (
            np.clip((cloud - 0.50 - 0.03 * k) * (2.2 + 0.5 * k), 0, 1)
            * (0.25 + 0.75 * belt)
            * amount
            * (0.85 - 0.1 * k)
        )
        color = floats(lch(light, chroma, hue + shift))
        space += (255 - space) * (color / 255) * np.clip(share, 0, 1)[..., None]
    dust = remap(fbm(width, height, 4 * spread, 4, canvas.stream("dust"), 5, 0.6), x, y, "mirror")
    space *= (1 - 0.55 * smoothstep(0.55, 0.75, dust) * belt)[..., None]
    canvas.soft(space, 0, bottom)
    brushwork(canvas, 0, bottom, "space-brush", 0.05, 25, 600)


def stars(canvas: Canvas, bottom: int, count: int = 420) -> None:
    """Stars of many sizes above row bottom; the brightest have rays."""
    rng, unit = canvas.stream("stars"), canvas.unit
    for size in (rng.random(int(count * min(4.0, canvas.width / canvas.short))) ** 6).tolist():
        x, y = float(rng.random()) * canvas.width, float(rng.random()) * bottom
        color = mix(lch(0.86, 0.07, float(rng.uniform(30, 280))), WHITE, 0.5)
        canvas.dot(x, y, (0.6 + 1.9 * size) * unit + 0.2, color)
        if size > 0.62:
            canvas.glow(x, y, 18 * unit, color, 0.5, 3)
        if size > 0.88:
            reach = (6 + 12 * size) * unit
            for dx, dy in ((reach, 0.0), (0.0, reach)):
                canvas.fill(
                    [
                        (x - dx, y - dy),
                        (x + dy * 0.07, y - dx * 0.07),
                        (x + dx, y + dy),
                        (x - dy * 0.07, y + dx * 0.07),
                    ],
                    WHITE,
                    alpha=0.7,
                )


def comet(canvas: Canvas, head: tuple[float, float], tail: tuple[float, float], color: Rgb) -> None:
    """A comet at head with its tail towards the point tail."""
    rng = canvas.stream("comet")
    (hx, hy), (tx, ty) = head, tail
    length = math.hypot(tx - hx, ty - hy)
    dx, dy = (tx - hx) / length, (ty - hy) / length
    for k, (wide, share) in enumerate(((0.17, 0.16), (0.10, 0.22), (0.05, 0.34), (0.02, 0.6))):
        bend, reach = float(rng.normal(0, 0.02)) + 0.03 * (k - 1), 1 - 0.13 * k
        ex, ey = hx + (dx - dy * bend) * length * reach, hy + (dy + dx * bend) * length * reach
        half = wide * length / 2
        shape = [
            (hx - dy * length * 0.012, hy + dx * length * 0.012),
            (ex - dy * half, ey + dx * half),
            (ex + dy * half, ey - dx * half),
            (hx + dy * length * 0.012, hy - dx * length * 0.012),
        ]
        _streamer(canvas, shape, (hx, hy), length * reach, mix(color, WHITE, 0.2 * k), share)
    canvas.glow(hx, hy, length * 0.22, color, 0.8, 2.4)
    canvas.glow(hx, hy, length * 0.07, WHITE, 1.0, 1.6)
    canvas.dot(hx, hy, length * 0.013, WHITE)


def _streamer(
    canvas: Canvas,
    shape: list[tuple[float, float]],
    head: tuple[float, float],
    length: float,
    color: Rgb,
    share: float,
) -> None:
    """Light in a wedge that fades with the distance from its head."""
    width, height = max(canvas.width // 3, 4), max(canvas.height // 3, 4)
    mask = blur(coverage(floats(shape) / 3, width, height).astype(np.float32) / 255, length * 0.008)
    x, y = grid(width, height)
    fade = np.clip(1 - np.hypot(x * 3 - head[0], y * 3 - head[1]) / length, 0, 1) ** 1.2
    canvas.veil(mask * fade * np.float32(share * 1.6), color, screen=True)


def galaxy(canvas: Canvas, x: float, y: float, radius: float, hue: float) -> None:
    """A spiral galaxy seen aslant."""
    rng = canvas.stream("galaxy")
    width, height = max(canvas.width // 3, 8), max(canvas.height // 3, 8)
    px, py = grid(width, height)
    turn = float(rng.uniform(-0.7, -0.3))
    c, s = math.cos(turn), math.sin(turn)
    dx, dy = (px * 3 - x) / radius, (py * 3 - y) / radius
    u, v = dx * c + dy * s, (dy * c - dx * s) / 0.52
    out, angle = np.hypot(u, v) + 1e-4, np.arctan2(v, u)
    uneven = fbm(width, height, 9, 9, rng, 5, 0.6)
    arms = np.cos(2 * (angle - 3.1 * np.log(out + 0.12)) + (uneven - 0.5) * 3.0) * 0.5 + 0.5
    disc = np.exp(-out * 2.6) * smoothstep(1.5, 0.7, out)
    light = disc * (0.40 + 1.7 * arms**1.8 * (0.5 + uneven))
    canvas.veil(np.clip(light * 1.25, 0, 1), lch(0.72, 0.13, hue), screen=True)
    canvas.veil(np.clip(disc * arms**4 * uneven * 2.6, 0, 1), lch(0.80, 0.12, hue - 70), screen=True)
    canvas.veil(np.clip(np.exp(-out * 6.5) * 1.25, 0, 1), lch(0.95, 0.07, 75), screen=True)
    count = 420
    q, a = rng.random(count) ** 0.7 * 1.1, rng.random(count)
    theta = 3.1 * np.log(q + 0.12) + np.pi * rng.integers(0, 2, count) + rng.normal(0, 0.28, count)
    gu, gv = q * np.cos(theta), q * np.sin(theta) * 0.52
    for sx, sy, b in zip(
        (x + (gu * c - gv * s) * radius).tolist(),
        (y + (gu * s + gv * c) * radius).tolist(),
        a.tolist(),
        strict=True,
    ):
        canvas.dot(
            sx, sy, (0.4 + 1.0 * b**3) * canvas.unit + 0.2, mix(lch(0.85, 0.08, hue + 160 * b), WHITE, 0.4)
        )


def regolith(
    canvas: Canvas, top: Floats, tones: tuple[Rgb, Rgb, Rgb], side: float, name: str, craters: int = 18
) -> None:
    """Dusty ground below the outline top, (n, 2) points: relief in perspective and craters.

    tones: shade, body, light. side: -1 lit from the left.
    """
    first = int(max(top[:, 1].min() - 1, 0))
    rows, width = canvas.height - first, canvas.width
    if rows < 6:
        return
    rng = canvas.stream(name)
    half = max(rows // 2, 4), max(width // 2, 8)
    t = np.linspace(0, 1, half[0], dtype=np.float32)[:, None]
    far = 1 / (0.82 * t + 0.18)
    tile = tileable(_TILE, 8, rng, 6, 0.52)
    u = np.linspace(-0.5, 0.5, half[1], dtype=np.float32)[None] * (width / canvas.short) * far * 60
    v = np.broadcast_to(far * 110, u.shape)
    here, beside = (remap(tile, (u + d * side) % _TILE, (v + d * 0.6) % _TILE, "wrap") for d in (0.0, 3.0))
    light = 0.55 + (beside - here) * -1.25 * (0.35 + 0.65 * t) - 0.12 * t + (here - 0.5) * 0.22
    ground = toned(light, tones)
    before = canvas.pixels[first:].copy()
    canvas.soft(ground, first, canvas.height)
    x = np.arange(width, dtype=np.float32)
    crest = np.interp(x, top[:, 0], top[:, 1]).astype(np.float32)
    mask = np.clip(np.arange(first, canvas.height, dtype=np.float32)[:, None] - crest[None] + 0.5, 0, 1)[
        ..., None
    ]
    canvas.pixels[first:] = (
        before + (canvas.pixels[first:] - before.astype(np.float32)) * mask + 0.5
    ).astype(np.uint8)
    for depth in np.sort(rng.random(craters)).tolist():
        cx = float(rng.random()) * width
        cy = float(np.interp(cx, x, crest)) + (0.05 + 0.98 * depth**1.3) * (canvas.height - first)
        crater(
            canvas, cx, cy, canvas.short * (0.014 + 0.075 * depth) * float(rng.uniform(0.4, 1.2)), tones, side
        )
    brushwork(canvas, first + canvas.short * 0.06, canvas.height, name + "-brush", 0.035, 2, 700)


def crater(
    canvas: Canvas, x: float, y: float, radius: float, tones: tuple[Rgb, Rgb, Rgb], side: float
) -> None:
    """A bowl seen aslant: a raised rim, its near wall lit, its wall towards the light in shadow."""
    shade, body, light = tones
    flat, soft = 0.30, max(0.8, radius * 0.03)
    canvas.fill(
        ellipse(x, y + radius * 0.03, radius * 1.22, radius * flat * 1.28),
        mix(body, light, 0.55),
        alpha=0.7,
        blur=soft * 3,
    )
    canvas.fill(
        ellipse(x, y, radius, radius * flat), shade, mix(body, light, 0.35), 0 if side < 0 else 180, blur=soft
    )
    canvas.fill(
        ellipse(x - side * radius * 0.14, y + radius * 0.05, radius * 0.72, radius * flat * 0.66),
        mix(shade, body, 0.55),
        alpha=0.7,
        blur=soft * 2,
    )
    rim = ellipse(x, y, radius * 1.02, radius * flat * 1.04)
    canvas.line(rim[20:41] if len(rim) > 40 else rim[20:], mix(body, light, 0.7), max(1.0, radius * 0.035))
