"""Neon: upright and level signs with glyphs, and dark house fronts with coloured windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import WHITE, mix
from limner.engines.sketch.paint.raster import (
    AREA,
    Pixels,
    Rgb,
    blend,
    draw_line,
    draw_polygon,
    floats,
    resize,
)
from limner.media.fonts import text_mask

Fill: TypeAlias = Callable[[float, float, float, float, Rgb], None]
"""Fills a box of metres: x0, y0, x1, y1."""
NEONS: tuple[Rgb, ...] = (
    (255, 50, 160),
    (50, 225, 255),
    (255, 190, 60),
    (165, 95, 255),
    (70, 255, 175),
    (255, 100, 70),
)
_GLYPHS = "酒面茶夜光星花雨市楼风月龙鱼米汤"
_WORDS = (
    "NOODLES",
    "CAFE",
    "OPEN 24H",
    "RAMEN",
    "BAR",
    "HOTEL",
    "TEA",
    "ARCADE",
    "拉面",
    "夜市",
    "茶楼",
    "星光酒吧",
)
_DARK: Rgb = (16, 10, 34)
_WARM: Rgb = (255, 208, 140)


def sign(wide: float, tall: float, color: Rgb, rng: Rng, upright: bool) -> tuple[Pixels, Pixels]:
    """A sign of wide by tall px with a lit frame and glyphs: its picture and its coverage."""
    width, height = max(3, round(wide)), max(3, round(tall))
    image = np.empty((height, width, 3), np.uint8)
    image[:] = np.asarray(mix(_DARK, color, 0.10)).astype(np.uint8)
    alpha: Pixels = np.zeros((height, width), np.uint8)
    short = min(width, height)
    draw_polygon(alpha, box(0, 0, width, height, short * 0.16), (255,))
    inset = max(1.0, short * 0.08)
    frame = box(inset, inset, width - inset, height - inset, short * 0.12)
    draw_line(image, np.concatenate([frame, frame[:1]]), mix(color, WHITE, 0.25), max(1.0, short * 0.07))
    if short >= 7:
        _write(image, color, rng, upright)
    return image, alpha


def _write(image: Pixels, color: Rgb, rng: Rng, upright: bool) -> None:
    """Glyphs one under another, or one word along the sign."""
    height, width = image.shape[:2]
    if not upright:
        word = _WORDS[int(rng.integers(len(_WORDS)))]
        _place(image, word, (width * 0.08, height * 0.14, width * 0.92, height * 0.86), color)
        return
    count = max(1, min(4, int(height / width * 0.95)))
    step = height * 0.90 / count
    for k in range(count):
        glyph = _GLYPHS[int(rng.integers(len(_GLYPHS)))]
        top = height * 0.05 + step * k
        _place(image, glyph, (width * 0.14, top + step * 0.06, width * 0.86, top + step * 0.94), color)


def _place(image: Pixels, text: str, where: tuple[float, float, float, float], color: Rgb) -> None:
    """Set text as large as the box where allows, in its middle."""
    x0, y0, x1, y1 = where
    mask = text_mask(text, 48)
    rows, columns = np.nonzero(mask.max(1) > 40)[0], np.nonzero(mask.max(0) > 40)[0]
    if not len(rows) or not len(columns):
        return
    ink = np.ascontiguousarray(mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    share = min((x1 - x0) / ink.shape[1], (y1 - y0) / ink.shape[0])
    width, height = max(1, int(ink.shape[1] * share)), max(1, int(ink.shape[0] * share))
    small: Pixels = resize(ink, width, height, AREA)
    left, top = int((x0 + x1 - width) / 2), int((y0 + y1 - height) / 2)
    part = image[top : top + height, left : left + width]
    layer = np.empty_like(part)
    layer[:] = np.asarray(mix(color, WHITE, 0.55)).astype(np.uint8)
    part[:] = blend(
        np.ascontiguousarray(part),
        layer,
        small[: part.shape[0], : part.shape[1]].astype(np.float32) / np.float32(255),
    )


def neon_front(width_m: float, storeys: int, across: float, upright: float, night: Rgb, rng: Rng) -> Pixels:
    """A dark house front of across by upright px a metre: coloured windows above a bright shop."""
    height, width = max(4, round((3.6 + 3.0 * (storeys - 1)) * upright)), max(4, round(width_m * across))
    glow, shop = (NEONS[int(k)] for k in rng.integers(len(NEONS), size=2))
    wall = mix(mix(night, (24, 18, 48), 0.5), glow, float(rng.uniform(0.03, 0.10)))
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None, None] ** 2
    image: Pixels = np.empty((height, width, 3), np.uint8)
    image[:] = np.clip(floats(wall) * (1 - 0.5 * rows) + floats(mix(wall, shop, 0.45)) * rows * 0.5, 0, 255)

    def fill(x0: float, y0: float, x1: float, y1: float, color: Rgb) -> None:
        left, right = round(x0 * across), round(x1 * across)
        top, bottom = round(height - y1 * upright), round(height - y0 * upright)
        image[max(0, top) : max(0, bottom, top + 1), max(0, left) : max(0, right, left + 1)] = color

    columns = max(2, round(width_m / 1.35))
    step = width_m / columns
    for storey in range(1, storeys):
        foot = 3.6 + 3.0 * (storey - 1)
        fill(0, foot - 0.12, width_m, foot + 0.02, mix(wall, (8, 6, 18), 0.5))
        for i in range(columns):
            if rng.random() < 0.60:
                lamp = mix(_WARM, NEONS[int(rng.integers(len(NEONS)))], float(rng.random()) * 0.75)
                color = mix(lamp, wall, float(rng.uniform(0.05, 0.55)))
            else:
                color = mix(wall, (8, 6, 20), 0.45)
            x = step * (i + 0.18)
            fill(x, foot + 0.65, x + step * 0.64, foot + 2.3, color)
            fill(x + step * 0.30, foot + 0.65, x + step * 0.34, foot + 2.3, mix(wall, (8, 6, 18), 0.4))
    _shop_window(fill, width_m, wall, shop, rng)
    return image


def _shop_window(fill: Fill, width_m: float, wall: Rgb, color: Rgb, rng: Rng) -> None:
    """The bright ground floor: glass between posts, goods, a strip of light above."""
    bright = mix(mix(color, _WARM, 0.30), wall, 0.12)
    fill(0.3, 0.25, width_m - 0.3, 2.7, bright)
    x = 0.5
    while x < width_m - 0.6:
        tall = float(rng.uniform(0.3, 1.3))
        fill(
            x,
            0.35,
            x + float(rng.uniform(0.2, 0.5)),
            0.35 + tall,
            mix(bright, NEONS[int(rng.integers(len(NEONS)))], 0.55),
        )
        x += float(rng.uniform(0.4, 0.9))
    posts = max(2, round(width_m / 1.3))
    for k in range(posts + 1):
        at = 0.3 + (width_m - 0.6) * k / posts
        fill(at - 0.05, 0.25, at + 0.05, 2.7, mix(wall, (8, 6, 18), 0.3))
    fill(0.15, 2.7, width_m - 0.15, 3.25, mix(_DARK, color, 0.25))
    fill(0.15, 3.25, width_m - 0.15, 3.36, mix(color, WHITE, 0.3))
