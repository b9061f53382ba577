"""Table tops and what lies blurred behind them: planks in perspective, linen, soft rooms and gardens."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse
from limner.engines.sketch.paint.noise import Rng, Streams, fbm
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix, ramp, shift
from limner.engines.sketch.paint.raster import (
    Floats,
    Rgb,
    blend,
    blur,
    floats,
    grid,
    remap,
    resize,
    smoothstep,
)

Weave: TypeAlias = Literal["linen", "gingham", "stripes"]

_TEXTURE_PX, _PLANKS = 512, 5
_SHADES = 96


def planks(canvas: Canvas, top: float, wood: Rgb, name: str) -> None:
    """Boards from row top down, running away from the viewer."""
    start = max(0, int(top))
    width, height = canvas.width, canvas.height - start
    if height < 2:
        return
    texture = _grain(canvas.stream(name))
    x, y = grid(width, height)
    middle = width * float(canvas.stream(name + "-vanish").uniform(0.42, 0.58))
    t = y / np.float32(height)
    depth = 1 / (0.42 + 0.58 * t)
    across = (x - middle) * depth / np.float32(canvas.short * 0.9)
    along = depth * np.float32(1.1)
    u, v = across * _TEXTURE_PX, along * np.float32(_TEXTURE_PX * 0.85)
    value = remap(texture, u % _TEXTURE_PX, _folded(v), "wrap")
    dark, light = shift(wood, -0.20, 0.95), shift(wood, 0.10, 0.85)
    lut = ramp([(0, shift(dark, -0.10)), (0.25, dark), (0.62, wood), (1, light)], _SHADES)
    color = remap(lut[None], value * np.float32(_SHADES - 1), np.zeros_like(value))
    falloff = np.float32(1.10) - np.float32(0.24) * t - np.float32(0.10) * np.abs(x / width - 0.5)
    canvas.pixels[start:] = np.clip(color * falloff[..., None] + 0.5, 0, 255)


def _folded(v: Floats) -> Floats:
    """Positions that run to and fro in the texture, which does not repeat along the grain."""
    last = _TEXTURE_PX - 1
    return floats(np.abs((v + last) % (2 * last) - last))


def _grain(rng: Rng) -> Floats:
    """(n, n) wood in 0..1 that repeats across: boards with grain along the second axis and dark gaps."""
    size = _TEXTURE_PX
    x, y = grid(size, size)
    board = np.floor(x / size * _PLANKS).astype(int)
    fine = fbm(size, size, 90, 3, rng, 3, 0.6)
    broad = fbm(size, size, 14, 2, rng, 3)
    offsets = rng.uniform(0, 40, _PLANKS)[board]
    rings = np.sin((broad * 22 + x / size * 30 + offsets) * 1.0) * 0.5 + 0.5
    value = 0.34 + 0.30 * fine + 0.16 * rings * broad + rng.normal(0, 0.07, _PLANKS)[board]
    within = (x / size * _PLANKS) % 1
    gap = np.minimum(within, 1 - within) * size / _PLANKS
    value = value - 0.40 * np.exp(-((gap / 1.6) ** 2)) + 0.05 * np.exp(-(((gap - 4) / 2.5) ** 2))
    ends = (y + rng.uniform(0, size, _PLANKS)[board]) % size
    value = value - 0.32 * np.exp(-((ends / 1.8) ** 2))
    return floats(np.clip(value, 0, 1))


def linen(canvas: Canvas, top: float, color: Rgb, weave: Weave, name: str, second: Rgb | None = None) -> None:
    """A cloth from row top down, with soft folds and a weave in perspective."""
    start = max(0, int(top))
    width, height = canvas.width, canvas.height - start
    if height < 2:
        return
    x, y = grid(width, height)
    t = y / np.float32(height)
    across = (x - width * 0.5) / (0.42 + 0.58 * t) / np.float32(canvas.short * 0.11)
    along = np.float32(9.0) / (0.42 + 0.58 * t)
    rows, columns = max(8, height // 4), max(8, width // 4)
    folds = resize(fbm(columns, rows, 3.0 * width / canvas.short, 1.6, canvas.stream(name), 3), width, height)
    shade = 1 + (folds - 0.5) * 0.20 - 0.10 * t
    base = np.empty((height, width, 3), np.float32)
    base[:] = color
    if weave != "linen":
        tint = np.asarray(second or shift(color, -0.2), np.float32)
        stripes = smoothstep(-0.06, 0.06, np.sin(across * np.pi))
        amount = stripes * 0.42
        if weave == "gingham":
            amount = amount + smoothstep(-0.06, 0.06, np.sin(along * np.pi * 1.1)) * 0.42
        base += (tint - base) * amount[..., None]
    threads = np.sin(x * 1.9) * np.sin(y * 1.9) * 1.2
    lit = base * shade[..., None] + threads[..., None].astype(np.float32)
    canvas.pixels[start:] = np.clip(lit + 0.5, 0, 255)


def soft_room(canvas: Canvas, palette: Palette, edge: float, wall: Rgb, side: float) -> None:
    """A room out of focus above row edge: a bright window, a shelf, plants; lamps in the evening."""
    small = _sketchpad(canvas, edge)
    width, height = small.width, small.height
    rng = canvas.stream("soft-room")
    small.fill(box(0, 0, width, height), shift(wall, 0.03), shift(wall, -0.08), 20 if side < 0 else 160)
    x = width * (0.5 + side * 0.27)
    pane = mix(palette.horizon, WHITE, 0.0 if palette.night else 0.45)
    small.fill(box(x - height * 0.30, height * 0.06, x + height * 0.30, height * 0.80), shift(wall, 0.10))
    for k in (-1, 1):
        left = x + k * height * 0.14 - height * 0.12
        small.fill(
            box(left, height * 0.10, left + height * 0.24, height * 0.76),
            mix(pane, palette.middle, 0.35),
            pane,
        )
    shelf = width * (0.5 - side * 0.30)
    wood = mix(lch(0.50, 0.07, 55), wall, 0.35)
    for v in (0.34, 0.62):
        small.fill(box(shelf - height * 0.34, height * v, shelf + height * 0.34, height * (v + 0.03)), wood)
        for k in range(6):
            tone = mix(lch(0.60, 0.11, float(rng.uniform(0, 360))), wall, 0.40)
            at = shelf - height * 0.30 + k * height * 0.10
            small.fill(
                box(at, height * (v - float(rng.uniform(0.10, 0.20))), at + height * 0.07, height * v), tone
            )
    for _ in range(14):
        leaf = mix(lch(0.48, 0.10, 145), wall, 0.25)
        at = width * (0.5 + side * 0.47) + float(rng.normal(0, height * 0.10))
        small.fill(
            ellipse(
                at,
                height * float(rng.uniform(0.45, 1.0)),
                height * 0.10,
                height * 0.05,
                float(rng.uniform(0, 180)),
            ),
            leaf,
        )
    evening = palette.time in ("dusk", "night")
    if evening:
        small.fill(ellipse(shelf, height * 0.52, height * 0.13, height * 0.10), lch(0.95, 0.08, 82))
    _unfocused(canvas, small, edge, 0.022)
    if evening:
        canvas.glow(
            canvas.width * (0.5 - side * 0.30),
            edge * 0.50,
            canvas.short * 0.75,
            lch(0.84, 0.125, 66),
            0.8,
            1.7,
        )
        _sparks(canvas, edge, 9, lch(0.90, 0.10, 78))


def soft_garden(canvas: Canvas, palette: Palette, edge: float) -> None:
    """Greenery out of focus above row edge, with discs of light between the leaves."""
    small = _sketchpad(canvas, edge)
    width, height = small.width, small.height
    rng = canvas.stream("soft-garden")
    small.pixels[:] = np.clip(resize(palette.sky(32)[:, None], width, height), 0, 255).astype(np.uint8)
    far = mix(palette.leaf(0.8, 0.9), palette.haze, 0.4)
    small.fill(box(0, height * 0.52, width, height), far, palette.leaf(0.6, 0.8))
    for share, low, count, big in ((0.75, 0.45, 26, 0.16), (0.45, 0.62, 22, 0.14), (0.2, 0.80, 18, 0.12)):
        for _ in range(int(count * max(1.0, width / height / 1.6))):
            tone = mix(
                palette.leaf(float(rng.uniform(share - 0.2, share + 0.2)), 0.75), palette.haze, share * 0.3
            )
            small.fill(
                ellipse(
                    float(rng.random()) * width,
                    height * (low + float(rng.normal(0, 0.07))),
                    height * big,
                    height * big * 0.75,
                ),
                tone,
            )
    for _ in range(16):
        bloom = palette.local(0.75, 0.15, float(rng.choice([20.0, 350.0, 85.0, 310.0])), 0.9)
        small.fill(
            ellipse(
                float(rng.random()) * width,
                height * float(rng.uniform(0.78, 0.98)),
                height * 0.022,
                height * 0.022,
            ),
            bloom,
        )
    _unfocused(canvas, small, edge, 0.020)
    _sparks(canvas, edge, 22, mix(palette.sun, WHITE, 0.4))


def _sketchpad(canvas: Canvas, edge: float) -> Canvas:
    """A small canvas in the proportions of the rows above edge."""
    share = 160 / max(canvas.width, edge, 1.0)
    return Canvas(max(16, int(canvas.width * share)), max(12, int(edge * share)), Streams(0))


def _unfocused(canvas: Canvas, small: Canvas, edge: float, sigma: float) -> None:
    soft = blur(small.pixels.astype(np.float32), max(small.width, small.height) * sigma)
    canvas.soft(soft, 0, int(edge) + 2)


def _sparks(canvas: Canvas, edge: float, count: int, color: Rgb) -> None:
    """Discs of light as a lens draws them out of focus."""
    rng = canvas.stream("sparks")
    for _ in range(int(count * min(3.0, max(1.0, canvas.width / canvas.short)))):
        x, y = float(rng.random()) * canvas.width, float(rng.random() ** 0.8) * edge * 0.95
        radius = canvas.short * float(rng.uniform(0.012, 0.036))
        if y + radius < edge:
            canvas.fill(
                ellipse(x, y, radius, radius), color, alpha=float(rng.uniform(0.07, 0.22)), blur=radius * 0.10
            )


def drape(canvas: Canvas, x0: float, x1: float, bottom: float, color: Rgb, name: str) -> None:
    """A curtain hanging in folds between two columns down to row bottom."""
    left, right = max(0, int(x0)), min(canvas.width, int(x1))
    rows = min(canvas.height, int(bottom))
    if right - left < 2 or rows < 2:
        return
    rng = canvas.stream(name)
    x, y = grid(right - left, rows)
    sway = np.sin(y / rows * 2.2 + rng.uniform(0, 6)) * canvas.short * 0.012
    folds = np.sin((x + sway) / (canvas.short * 0.021) + rng.uniform(0, 6)) * 0.5
    folds = folds + np.sin((x + sway * 1.4) / (canvas.short * 0.047) + rng.uniform(0, 6)) * 0.5
    lut = ramp([(0, shift(color, -0.18)), (0.5, color), (1, shift(color, 0.10))], 64)[None]
    layer = remap(lut, (folds * 0.5 + 0.5) * 63, np.zeros_like(x))
    part = canvas.pixels[:rows, left:right]
    edge = np.clip(np.minimum(x, x[:, ::-1]) / (canvas.unit * 3), 0, 1)
    part[:] = blend(
        np.ascontiguousarray(part), np.clip(layer, 0, 255).astype(np.uint8), edge.astype(np.float32)
    )
