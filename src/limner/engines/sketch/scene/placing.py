"""Setting a painted body into a scene: cast shadow, contact, haze, and grass or snow over its feet."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.land import blades
from limner.engines.sketch.paint.light import ink
from limner.engines.sketch.paint.noise import Rng, blotches
from limner.engines.sketch.paint.painter import Sprite
from limner.engines.sketch.paint.raster import (
    AREA,
    Floats,
    Pixels,
    blend,
    blur,
    coverage,
    floats,
    grid,
    remap,
    resize,
    smoothstep,
    to_bytes,
    warp,
)
from limner.engines.sketch.scene.places.ground import Ground

_FAR_HAZE = 0.38
_SHADOW_STEP = 0.01
"""Shadows are soft: they are laid out in cells of this share of what casts them."""
_BUILT_HAZE = 0.45
"""Of that, what lies between walls."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the ground point of a sprite goes, in pixels; on_water: it floats there and is mirrored."""

    x: float
    y: float
    on_water: bool = False


def place(canvas: Canvas, ground: Ground, sprite: Sprite, spot: Spot, rng: Rng) -> None:
    """Put the sprite on its spot; paint from far to near."""
    depth = np.clip((spot.y - ground.horizon) / max(1.0, canvas.height - ground.horizon), 0, 1)
    airless = sprite.floats or ground.surface == "none"
    haze = 0.0 if airless else float((1 - depth) ** 2 * _FAR_HAZE)
    haze *= _BUILT_HAZE if ground.surface == "floor" else 1.0
    body = _in_haze(sprite.pixels, ink(ground.light.haze), haze)
    under = _ground_color(canvas, spot)
    if spot.on_water:
        _mirror(canvas, body, sprite, spot, rng)
    elif not sprite.floats and ground.shadow:
        if ground.surface != "none" or ground.shadow > 0.5:
            _cast(canvas, ground, sprite, spot, under, haze)
        _contact(canvas, ground, sprite, spot, under, haze)
    _lay(canvas, round(spot.x - sprite.x), round(spot.y - sprite.y), body)
    if sprite.floats or spot.on_water or not sprite.feet:
        return
    if ground.surface == "grass":
        _grass_over(canvas, sprite, spot, rng)
    elif ground.surface in ("snow", "sand"):
        _bank_over(canvas, ground, sprite, spot, under, rng)


def _in_haze(pixels: Floats, color: Floats, haze: float) -> Pixels:
    """The premultiplied picture as bytes, with the share haze of the air's colour."""
    if haze > 0:
        mixing = np.diag([1 - haze, 1 - haze, 1 - haze, 1]).astype(np.float32)
        mixing[:3, 3] = color * np.float32(haze)
        pixels = floats(cv2.transform(pixels, mixing))
    return np.asarray(cv2.convertScaleAbs(pixels, alpha=255), np.uint8)


def _ground_color(canvas: Canvas, spot: Spot) -> Floats:
    """Mean colour 0..1 about the feet."""
    y, x = int(np.clip(spot.y, 0, canvas.height - 1)), int(np.clip(spot.x, 0, canvas.width - 1))
    patch = canvas.pixels[max(0, y - 4) : y + 8, max(0, x - 60) : x + 60]
    return floats(patch.reshape(-1, 3).mean(0) / 255)


def _window(
    canvas: Canvas, x: int, y: int, width: int, height: int
) -> tuple[slice, slice, slice, slice] | None:
    x0, y0, x1, y1 = max(0, x), max(0, y), min(canvas.width, x + width), min(canvas.height, y + height)
    if x1 <= x0 or y1 <= y0:
        return None
    return slice(y0, y1), slice(x0, x1), slice(y0 - y, y1 - y), slice(x0 - x, x1 - x)


def _lay(canvas: Canvas, x: int, y: int, body: Pixels) -> None:
    """Lay a premultiplied picture over the canvas."""
    found = _window(canvas, x, y, body.shape[1], body.shape[0])
    if found is None:
        return
    rows, columns, own_rows, own_columns = found
    part = np.ascontiguousarray(body[own_rows, own_columns])
    clear = cv2.merge([cv2.bitwise_not(part[..., 3])] * 3)
    below = cv2.multiply(canvas.pixels[rows, columns], clear, scale=1 / 255)
    canvas.pixels[rows, columns] = cv2.add(below, cv2.cvtColor(part, cv2.COLOR_RGBA2RGB))


def _stain(canvas: Canvas, x: int, y: int, alpha: Floats | Pixels, color: Floats) -> None:
    """Blend a colour, (3,) or (h, w, 3) in 0..1, through alpha."""
    found = _window(canvas, x, y, alpha.shape[1], alpha.shape[0])
    if found is None:
        return
    rows, columns, own_rows, own_columns = found
    part = canvas.pixels[rows, columns]
    layer = np.empty_like(part)
    layer[:] = to_bytes((color if color.ndim == 1 else color[own_rows, own_columns]) * 255)
    canvas.pixels[rows, columns] = blend(part, layer, alpha[own_rows, own_columns])


def _cast(canvas: Canvas, ground: Ground, sprite: Sprite, spot: Spot, under: Floats, haze: float) -> None:
    """The sheared shadow, sharp near the feet and soft far from them."""
    tall = sprite.y
    step = max(1, int(tall * _SHADOW_STEP))
    width, high = max(1, sprite.pixels.shape[1] // step), max(1, sprite.pixels.shape[0] // step)
    alpha = resize(np.ascontiguousarray(sprite.pixels[..., 3]), width, high, AREA)
    lx, ly, lz = ground.light.towards
    behind = lz < 0.4
    lean = float(np.clip(-lx / max(0.3, ly), -1.6, 1.6)) * 0.95
    fall = -0.34 if behind else 0.26
    tall /= step
    border = int(tall * 1.3) + 20
    columns, rows = width + 2 * border, int(tall * (abs(fall) + 0.3)) + 60
    foot_x = border + sprite.x / step
    foot_y = 24 + 0.12 * tall if behind else rows - 24
    matrix = [[1, -lean, border + lean * tall], [0, fall, foot_y - fall * tall]]
    shadow = warp(to_bytes(alpha * 255), matrix, columns, rows)
    near, far = blur(shadow, max(1.2 / step, tall * 0.008)), blur(shadow, max(2.0 / step, tall * 0.045))
    t = np.clip(np.abs(np.arange(rows, dtype=np.float32) - foot_y) / (abs(fall) * tall + 1), 0, 1)[:, None]
    mask = (near * (1 - t) + far * t) * ((1 - 0.5 * t) * np.float32(0.72 * ground.shadow * (1 - haze)))
    small = to_bytes(mask)
    left, top, wide, deep = cv2.boundingRect(small)
    cover = resize(small[top : top + deep, left : left + wide], wide * step, deep * step)
    color = under * np.float32(0.2) + ink(ground.light.shadow) * np.float32(0.5)
    x, y = spot.x + (left - foot_x) * step, spot.y + (top - foot_y) * step
    _stain(canvas, round(x), round(y), cover, color)


def _contact(canvas: Canvas, ground: Ground, sprite: Sprite, spot: Spot, under: Floats, haze: float) -> None:
    """A dark ellipse under each foot."""
    strength = 0.62 * (1 - haze) * min(1.0, ground.shadow * 1.2)
    for foot, half in sprite.feet:
        r = max(3, int(half * 1.9))
        mask = coverage(ellipse(r, r, half * 1.15, max(2.0, half * 0.26)), 2 * r + 1, 2 * r + 1)
        soft = blur(to_bytes(mask * np.float32(strength)), max(1.0, half * 0.20))
        _stain(canvas, int(spot.x + foot - r), int(spot.y - r + half * 0.05), soft, under * np.float32(0.3))


def _mirror(canvas: Canvas, body: Pixels, sprite: Sprite, spot: Spot, rng: Rng) -> None:
    """The body upside down in rippled water."""
    cut = int(sprite.y)
    count = max(4, int(sprite.y * 0.8))
    image = np.ascontiguousarray(body[:cut][::-1][:count])
    rows, width = image.shape[:2]
    x, y = grid(width, rows)
    ripple = blotches(width, rows, max(6, sprite.y * 0.05), rng, 2) - np.float32(0.5)
    image = remap(image, x + ripple * np.float32(sprite.y * 0.06) * (0.3 + y / rows), y)
    image[-1:], image[:, :1], image[:, -1:] = 0, 0, 0
    depth = np.linspace(0, 1, rows, endpoint=False, dtype=np.float32)[:, None]
    fade = to_bytes((153 * (1 - depth) ** 0.7) * (0.8 + 0.4 * ripple))
    faded = np.asarray(cv2.multiply(image, cv2.merge([fade] * 4), scale=1 / 255), np.uint8)
    _lay(canvas, round(spot.x - sprite.x), int(spot.y), faded)


def _grass_over(canvas: Canvas, sprite: Sprite, spot: Spot, rng: Rng) -> None:
    """Blades in the colours of the ground before the feet."""
    low = min(foot - half for foot, half in sprite.feet)
    wide = max(foot + half for foot, half in sprite.feet) - low
    unit = max(3.0, sprite.y * 0.055)
    count = int(wide * 0.6 + 14)
    x = (spot.x + low - wide * 0.06 + rng.random(count) * wide * 1.12).astype(np.float32)
    y = (spot.y + rng.normal(unit * 0.15, unit * 0.16, count)).astype(np.float32)
    rows = np.clip(y + unit * 0.9, 0, canvas.height - 1).astype(int)
    columns = np.clip(x + rng.normal(0, unit, count), 0, canvas.width - 1).astype(int)
    color = canvas.pixels[rows, columns] * rng.uniform(0.72, 1.25, (count, 1)) + rng.normal(0, 5, (count, 3))
    tall = unit * rng.uniform(0.5, 1.4, count) * np.clip(1 - 0.6 * rng.random(count), 0.3, 1)
    blades(canvas, x, y, tall, rng.normal(0, 0.45, count), color, np.full(count, max(0.7, sprite.y / 260)))


def _bank_over(canvas: Canvas, ground: Ground, sprite: Sprite, spot: Spot, under: Floats, rng: Rng) -> None:
    """A lip of snow or sand about each foot."""
    unit = max(3.0, sprite.y * 0.055)
    rise = unit * (0.55 if ground.surface == "snow" else 0.22)
    for foot, half in sprite.feet:
        r, wide, high = int(half * 2.2) + 4, int(half * 1.7) + 2, int(unit + rise) + 2
        x, y = grid(2 * wide + 1, high + r)
        x, y = x - wide, y - high
        uneven = (blotches(2 * wide + 1, high + r, max(3, half * 0.4), rng, 2) - 0.5) * unit * 0.35
        level = y - unit * 0.30 + rise * np.exp(-((x[:1] / (half * 1.15)) ** 2)) + uneven
        sides = np.clip(1 - (np.abs(x[:1]) / (half * 1.7)) ** 3, 0, 1) * np.clip(
            1 - (y[:, :1] / r) ** 2, 0, 1
        )
        alpha = np.clip(level * 0.9, 0, 1) * sides * smoothstep(r, unit * 0.2, y[:, :1])
        crest = (level < max(1.5, unit * 0.12))[..., None]
        color = np.where(crest, under * 0.65 + ink(ground.light.rim) * 0.35, under * 0.98)
        _stain(
            canvas,
            int(spot.x + foot) - wide,
            int(spot.y) - high,
            alpha.astype(np.float32),
            color.astype(np.float32),
        )
