"""Chinese ink wash: graded washes that run on paper, brush lines, thin colour, empty paper, a red seal."""

from __future__ import annotations

import cv2
import numpy as np

from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.raster import (
    AREA,
    CUBIC,
    Floats,
    Pixels,
    blend,
    blur,
    draw_line,
    draw_polygon,
    floats,
    grey,
    grid,
    remap,
    resize,
    smoothstep,
    to_bytes,
)
from limner.engines.sketch.paint.styles.drawing import (
    calmed,
    contours,
    kuwahara,
    laid,
    plain_sheet,
    roughened,
    tooth,
    without_specks,
)
from limner.engines.sketch.paint.washland import INK, PAPER, SEAL

_STEPS = ((0.90, 0.09), (0.70, 0.15), (0.50, 0.20), (0.30, 0.26), (0.14, 0.30))
"""The five inks: the tone below which each lies, and how dark it is."""
_AGED = np.column_stack([np.diag(np.asarray(PAPER) / 250), np.zeros(3)])
_CARVED = (((0.5, 0.20), (0.5, 0.76)), ((0.24, 0.42), (0.24, 0.76), (0.76, 0.76), (0.76, 0.42)))
"""The character for mountain, in shares of the seal."""


def inkwash(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """The picture as a Chinese ink painting."""
    height, width = image.shape[:2]
    short = min(height, width)
    half = resize(calmed(image, max(2.0, short * 0.010), 16), max(2, width // 2), max(2, height // 2), AREA)
    run = kuwahara(_run(half, rng, short * 0.004 * strength), max(1, round(short * 0.0022 * strength)))
    grain = tooth(width, height, short * 0.001, rng)
    sheet = roughened(plain_sheet(width, height, floats(PAPER)), grain * np.float32(1.1))
    sheet = np.asarray(cv2.multiply(sheet, resize(_glaze(run), width, height), scale=1 / 255), np.uint8)
    sheet = laid(sheet, floats(INK), resize(_washes(run, rng), width, height))
    lines = _lines(image, rng)
    dry = np.maximum(grain - np.float32(1.0), 0) * np.float32(0.25)
    return sealed(laid(sheet, floats(INK), np.minimum(lines - dry, 0.92)))


def on_paper(image: Pixels, rng: Rng, strength: float) -> Pixels:
    """What is painted in ink already, with its bodies in thin colour and brush lines, and the seal."""
    height, width = image.shape[:2]
    short = min(height, width)
    half = resize(image, max(2, width // 2), max(2, height // 2), AREA)
    planes = cv2.split(half)
    spread = np.maximum(np.maximum(*planes[:2]), planes[2]) - np.minimum(np.minimum(*planes[:2]), planes[2])
    colored = blur(smoothstep(30, 60, floats(spread)), max(0.5, short * 0.002))
    level = np.asarray(cv2.cvtColor(half, cv2.COLOR_RGB2GRAY), np.uint8)
    thin = cv2.addWeighted(half, 0.62, np.asarray(cv2.merge([level] * 3), np.uint8), 0.38, 0)
    out = blend(
        image,
        resize(np.asarray(thin, np.uint8), width, height),
        resize(colored * np.float32(0.8), width, height),
    )
    return sealed(np.asarray(cv2.transform(out, _AGED), np.uint8))


def _run(image: Pixels, rng: Rng, reach_px: float) -> Pixels:
    """The image with edges that run as wet ink does."""
    height, width = image.shape[:2]
    x, y = grid(width, height)
    for axis in (x, y):
        sway = fbm(max(2, width // 4), max(2, height // 4), 22, 22, rng, 3) - np.float32(0.5)
        axis += resize(sway, width, height, CUBIC) * np.float32(reach_px)
    return remap(image, x, y, "mirror")


def _washes(image: Pixels, rng: Rng) -> Floats:
    """How dark the ink is: five steps, each pooled at its edge; even places are left almost bare."""
    height, width = image.shape[:2]
    short = min(height, width)
    light = grey(image) * np.float32(1 / 255)
    low, high = np.percentile(light[::5, ::5], (2, 96))
    light = np.clip((light - low) / max(0.3, high - low), 0, 1)
    light = light ** (0.62 if float(np.median(light)) < 0.42 else 1.0)
    busy = blur(np.abs(light - blur(light, short * 0.02)), short * 0.035)
    empty = np.float32(0.30) * smoothstep(0.075, 0.015, busy) * smoothstep(0.12, 0.5, light)
    uneven = fbm(max(2, width // 4), max(2, height // 4), 4, 4, rng, 4) - np.float32(0.5)
    tone = light + empty + resize(floats(uneven), width, height, CUBIC) * np.float32(0.14)
    dark = np.zeros_like(light)
    for threshold, depth in _STEPS:
        cover = smoothstep(threshold + 0.09, threshold - 0.09, tone)
        pool = np.maximum(cover - blur(cover, short * 0.010), 0)
        dark += np.float32(depth) * (cover * np.float32(0.80) + pool * np.float32(0.55))
    return floats(np.clip(dark, 0, 0.9))


def _glaze(image: Pixels) -> Pixels:
    """What is left of the colours: strong ones as a thin glaze, others nothing."""
    soft = blur(image, min(image.shape[:2]) * 0.004).astype(np.float32) * np.float32(1 / 255)
    planes = cv2.split(soft)
    top = np.maximum(np.maximum(planes[0], planes[1]), planes[2])
    bottom = np.minimum(np.minimum(planes[0], planes[1]), planes[2])
    strong = smoothstep(0.26, 0.70, (top - bottom) / (top + np.float32(0.15)))
    warm = smoothstep(-0.05, 0.25, planes[0] - planes[2])
    share = strong * (np.float32(0.25) + np.float32(0.62) * warm)
    return to_bytes(cv2.merge([255 * (1 - (1 - p / (top + np.float32(1e-3))) * share) for p in planes]))


def _lines(image: Pixels, rng: Rng) -> Floats:
    """Brush lines that press and lift."""
    height, width = image.shape[:2]
    short = min(height, width)
    quiet = calmed(image, max(2.0, short * 0.010), 16)
    lines = without_specks(contours(quiet, max(1.0, short * 0.0019), 44), (short * 0.012) ** 2)
    columns, rows = max(2, width // 8), max(2, height // 8)
    press = resize(fbm(columns, rows, 8, 8, rng, 2), width, height) * np.float32(1.3)
    return floats(lines * np.minimum(press + np.float32(0.15), 1))


def sealed(sheet: Pixels) -> Pixels:
    """The sheet with a red seal in that lower corner where least is painted."""
    height, width = sheet.shape[:2]
    short = min(height, width)
    size, inset = max(4, round(short * 0.052)), round(short * 0.045)
    if width < 4 * size or height < 4 * size:
        return sheet
    top = height - inset - size
    parts = [sheet[top : top + size, x : x + size] for x in (width - inset - size, inset)]
    part = min(parts, key=lambda p: float(p.std()) - 0.4 * float(p.mean()))
    big = np.zeros((size * 4, size * 4), np.uint8)
    draw_polygon(big, box(0, 0, size * 4, size * 4, size * 0.45), (235,))
    for line in _CARVED:
        draw_line(big, np.asarray(line) * size * 4, (0,), size * 0.40)
    stamp = resize(big, size, size, AREA).astype(np.float32) * np.float32(1 / 255)
    layer = np.empty_like(part)
    layer[:] = np.asarray(SEAL, np.uint8)
    out = sheet.copy()
    x = width - inset - size if part is parts[0] else inset
    out[top : top + size, x : x + size] = blend(np.ascontiguousarray(part), layer, stamp)
    return out
