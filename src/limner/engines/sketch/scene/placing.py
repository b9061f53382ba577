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
    Floats,
    blend,
    blur,
    coverage,
    floats,
    grid,
    remap,
    smoothstep,
    to_bytes,
    warp,
)
from limner.engines.sketch.scene.places.ground import Ground

_FAR_HAZE = 0.38
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
    body = sprite.pixels.copy()
    body[..., :3] += (ink(ground.light.haze) * body[..., 3:] - body[..., :3]) * np.float32(haze)
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


def _lay(canvas: Canvas, x: int, y: int, body: Floats) -> None:
    """Lay a premultiplied picture over the canvas."""
    found = _window(canvas, x, y, body.shape[1], body.shape[0])
    if found is None:
        return
    rows, columns, own_rows, own_columns = found
    part = body[own_rows, own_columns]
    clear = np.asarray(cv2.merge([1 - part[..., 3]] * 3), np.float32)
    below = cv2.multiply(canvas.pixels[rows, columns], clear, dtype=cv2.CV_8U)
    own = cv2.convertScaleAbs(np.ascontiguousarray(part[..., :3]), alpha=255)
    canvas.pixels[rows, columns] = cv2.add(below, own)


def _stain(canvas: Canvas, x: int, y: int, alpha: Floats, color: Floats) -> None:
    """Blend a colour, (3,) or (h, w, 3) in 0..1, through alpha."""
    found = _window(canvas, x, y, alpha.shape[1], alpha.shape[0])
    if found is None:
        return
    rows, columns, own_rows, own_columns = found
    part = canvas.pixels[rows, columns]
    layer = np.empty_like(part)
    layer[:] = to_bytes((color if color.ndim == 1 else color[own_rows, own_columns]) * 255)
    canvas.pixels[rows, columns] = blend(part, layer, floats(alpha[own_rows, own_columns]))


def _cast(canvas: Canvas, ground: Ground, sprite: Sprite, spot: Spot, under: Floats, haze: float) -> None:
    """The sheared shadow, sharp near the feet and soft far from them."""
    alpha = np.ascontiguousarray(sprite.pixels[..., 3])
    width, tall = alpha.shape[1], sprite.y
    lx, ly, lz = ground.light.towards
    behind = lz < 0.4
    lean = float(np.clip(-lx / max(0.3, ly), -1.6, 1.6)) * 0.95
    fall = -0.34 if behind else 0.26
    border = int(tall * 1.3) + 20
    columns, rows = width + 2 * border, int(tall * (abs(fall) + 0.3)) + 60
    foot_x = border + sprite.x
    foot_y = 24 + 0.12 * tall if behind else rows - 24
    matrix = [[1, -lean, foot_x - sprite.x + lean * sprite.y], [0, fall, foot_y - fall * sprite.y]]
    shadow = warp(alpha, matrix, columns, rows)
    near, far = blur(shadow, max(1.2, tall * 0.008)), blur(shadow, max(2.0, tall * 0.045))
    t = np.clip(np.abs(np.arange(rows, dtype=np.float32) - foot_y) / (abs(fall) * tall + 1), 0, 1)[:, None]
    mask = (near * (1 - t) + far * t) * (1 - 0.5 * t) * np.float32(0.72 * ground.shadow * (1 - haze))
    color = under * np.float32(0.2) + ink(ground.light.shadow) * np.float32(0.5)
    _stain(canvas, int(spot.x - foot_x), int(spot.y - foot_y), np.clip(mask, 0, 1).astype(np.float32), color)


def _contact(canvas: Canvas, ground: Ground, sprite: Sprite, spot: Spot, under: Floats, haze: float) -> None:
    """A dark ellipse under each foot."""
    strength = np.float32(0.62 * (1 - haze) * min(1.0, ground.shadow * 1.2))
    for foot, half in sprite.feet:
        r = max(3, int(half * 1.9))
        mask = coverage(ellipse(2 * r, r, half * 1.15, max(2.0, half * 0.26)), 4 * r + 1, 2 * r + 1)
        soft = blur(mask.astype(np.float32) / 255, max(1.0, half * 0.20)) * strength
        _stain(
            canvas, int(spot.x + foot - 2 * r), int(spot.y - r + half * 0.05), soft, under * np.float32(0.3)
        )


def _mirror(canvas: Canvas, body: Floats, sprite: Sprite, spot: Spot, rng: Rng) -> None:
    """The body upside down in rippled water."""
    cut = int(sprite.y)
    count = max(4, int(sprite.y * 0.8))
    image = np.ascontiguousarray(body[:cut][::-1][:count])
    rows, width = image.shape[:2]
    x, y = grid(width, rows)
    ripple = blotches(width, rows, max(6, sprite.y * 0.05), rng, 2) - np.float32(0.5)
    image = remap(image, x + ripple * np.float32(sprite.y * 0.06) * (0.3 + y / rows), y)
    image[-1:], image[:, :1], image[:, -1:] = 0, 0, 0
    fade = np.clip(0.6 * (1 - y / rows) ** 0.7 * (0.8 + 0.4 * ripple), 0, 1)[..., None]
    _lay(canvas, round(spot.x - sprite.x), int(spot.y), (image * fade).astype(np.float32))


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
        r = int(half * 2.2) + 4
        x, y = grid(4 * r + 1, 2 * r + 1)
        x, y = x - 2 * r, y - r
        uneven = (blotches(4 * r + 1, 2 * r + 1, max(3, half * 0.4), rng, 2) - 0.5) * unit * 0.35
        level = y - unit * 0.30 + rise * np.exp(-((x / (half * 1.15)) ** 2)) + uneven
        sides = np.clip(1 - (np.abs(x) / (half * 1.7)) ** 3, 0, 1) * np.clip(1 - (y / r) ** 2, 0, 1)
        alpha = np.clip(level * 0.9, 0, 1) * sides * smoothstep(r, unit * 0.2, y)
        crest = (level < max(1.5, unit * 0.12))[..., None]
        color = np.where(crest, under * 0.65 + ink(ground.light.rim) * 0.35, under * 0.98)
        _stain(
            canvas,
            int(spot.x + foot) - 2 * r,
            int(spot.y) - r,
            alpha.astype(np.float32),
            color.astype(np.float32),
        )
