"""Letters in colour: which colours of a picture stand out on a part of it, and ink laid through a mask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np

from limner.engines.sketch.paint.palette import Doubles, from_lab, lch, mix, to_lab
from limner.engines.sketch.paint.raster import AREA, Floats, Pixels, Rgb, blend, blur, floats, resize

Corners: TypeAlias = tuple[float, float, float, float]
"""x0, y0, x1, y1 in pixels."""

CREAM, INK = (255.0, 249.0, 234.0), (34.0, 28.0, 46.0)
_GROUPS, _STUDIED_PX = 7, 40
_LEAST_CONTRAST = 0.42
_BUSY = 0.085
_MUDDY = (45.0, 120.0)
"""Hues that are brown or olive when they are dark."""


@dataclass(frozen=True, slots=True)
class Colors:
    """letters and edge are colours; the rest: outline, hard and soft shadow in ems, 0 for none."""

    letters: Rgb
    edge: Rgb
    outline: float = 0.0
    drop: float = 0.0
    shade: float = 0.0


def colors_on(pixels: Pixels, box: Corners) -> Colors:
    """Colours of the picture's own that can be read on this part of it, else cream or dark ink."""
    ground = _lightness_in(pixels, box)
    middle, spread = float(np.median(ground)), float(ground.std())
    low, high = (float(v) for v in np.percentile(ground, (8, 92)))
    groups = _groups(pixels)
    dark, light = _tinted(groups, dark=True), _tinted(groups, dark=False)
    on_dark = middle < 0.62
    letters, edge = (light, dark) if on_dark else (dark, light)
    vivid = _vivid(groups, low, high)
    if vivid is not None and spread < _BUSY:
        letters = vivid
    contrast = min(abs(float(to_lab(letters)[0]) - v) for v in (low, high))
    if spread < _BUSY * 0.6 and contrast > _LEAST_CONTRAST:
        return Colors(letters, edge, shade=0.5 if on_dark else 0.0)
    return Colors(letters, edge, outline=0.05 if spread < _BUSY else 0.07, shade=0.6)


def display_colors_on(pixels: Pixels, box: Corners) -> Colors:
    """As colors_on, for heavy letters: light ones outlined and with a solid shadow, dark ones on paper."""
    ground = _lightness_in(pixels, box)
    if float(np.median(ground)) > 0.925 and float(ground.std()) < _BUSY:
        return colors_on(pixels, box)
    groups = _groups(pixels)
    return Colors(_tinted(groups, dark=False), _tinted(groups, dark=True), outline=0.075, drop=0.06)


def _lightness_in(pixels: Pixels, box: Corners) -> Doubles:
    """OKLab lightness of a small copy of the part."""
    height, width = pixels.shape[:2]
    x0, y0 = min(max(0, int(box[0])), width - 1), min(max(0, int(box[1])), height - 1)
    x1, y1 = min(width, max(x0 + 1, int(box[2]))), min(height, max(y0 + 1, int(box[3])))
    part = resize(np.ascontiguousarray(pixels[y0:y1, x0:x1]), _STUDIED_PX, _STUDIED_PX // 2, AREA)
    return np.asarray(to_lab(part)[..., 0], np.float64)


def _groups(pixels: Pixels) -> Doubles:
    """(n, 3) OKLab colours that the picture is made of."""
    small = to_lab(resize(pixels, _STUDIED_PX, _STUDIED_PX, AREA)).reshape(-1, 3).astype(np.float32)
    order = np.argsort(small[:, 0], kind="stable")
    first = np.repeat(np.arange(_GROUPS), len(small) // _GROUPS + 1)[: len(small)]
    labels = np.empty(len(small), np.int32)
    labels[order] = first
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 12, 0.004)
    _, _, centers = cv2.kmeans(small, _GROUPS, labels[:, None], stop, 1, cv2.KMEANS_USE_INITIAL_LABELS)
    return np.asarray(centers, np.float64)


def _tinted(groups: Doubles, dark: bool) -> Rgb:
    """Dark ink or cream with something of the picture's darkest or lightest colour."""
    found = groups[int(np.argmin(groups[:, 0]) if dark else np.argmax(groups[:, 0]))]
    level, chroma = (0.25, 0.075) if dark else (0.975, 0.03)
    hue = float(np.degrees(np.arctan2(found[2], found[1])))
    own = min(chroma, float(np.hypot(found[1], found[2])))
    return mix(lch(level, own, hue), INK if dark else CREAM, 0.35)


def _vivid(groups: Doubles, low: float, high: float) -> Rgb | None:
    """The most colourful group, dark or light enough to be read on low..high; None if all are grey."""
    found = groups[int(np.argmax(np.hypot(groups[:, 1], groups[:, 2])))]
    chroma, hue = float(np.hypot(found[1], found[2])), float(np.degrees(np.arctan2(found[2], found[1])))
    if chroma < 0.07:
        return None
    level = low - _LEAST_CONTRAST - 0.04
    if level > 0.26 and not _MUDDY[0] < hue % 360 < _MUDDY[1]:
        return lch(min(level, 0.46), min(chroma, 0.14), hue)
    level = high + _LEAST_CONTRAST + 0.04
    return lch(max(level, 0.9), min(chroma, 0.09), hue) if level < 0.97 else None


def ink_block(pixels: Pixels, ink: Pixels, x: int, y: int, px: int, colors: Colors) -> None:
    """Lay letters, and what stands behind them, into the picture; the mask's corner lies at (x, y)."""
    pad = max(3, round(px * 0.34))
    mask = np.pad(ink, pad)
    found = _cut(pixels, mask, x - pad, y - pad)
    if found is None:
        return
    part, mask = found
    edge = _grown(mask, px * colors.outline)
    if colors.shade:
        soft = blur(edge.astype(np.float32) / 255, max(1.0, px * 0.11)) * np.float32(colors.shade)
        tint(part, soft, colors.edge)
    if colors.drop:
        tint(part, _moved(edge, px * colors.drop).astype(np.float32) / 255, colors.edge)
    if colors.outline:
        tint(part, edge.astype(np.float32) / 255, colors.edge)
    tint(part, mask.astype(np.float32) / 255, colors.letters)


def tint(part: Pixels, mask: Floats, color: Rgb) -> None:
    """Blend one colour into a part of a picture by a mask in 0..1, in place."""
    layer = np.empty(part.shape, np.uint8)
    layer[:] = np.clip(np.round(color), 0, 255).astype(np.uint8)
    part[:] = blend(np.ascontiguousarray(part), layer, np.clip(mask, 0, 1).astype(np.float32))


def _cut(pixels: Pixels, mask: Pixels, x: int, y: int) -> tuple[Pixels, Pixels] | None:
    height, width = pixels.shape[:2]
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(width, x + mask.shape[1]), min(height, y + mask.shape[0])
    if x1 <= x0 or y1 <= y0:
        return None
    return pixels[y0:y1, x0:x1], np.ascontiguousarray(mask[y0 - y : y1 - y, x0 - x : x1 - x])


def _grown(mask: Pixels, radius: float) -> Pixels:
    """The mask grown by radius px all round, with a soft edge."""
    if radius < 0.5:
        return mask
    size = 2 * max(1, round(radius)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.dilate(mask, kernel), np.uint8)


def _moved(mask: Pixels, by: float) -> Pixels:
    """The mask drawn out to the lower right, as a solid shadow."""
    steps = max(1, round(by))
    out = mask.copy()
    for _ in range(steps):
        out[1:, 1:] = np.maximum(out[1:, 1:], out[:-1, :-1])
    return out


def ground_of(pixels: Pixels, box: Corners) -> Rgb:
    """The mean colour of a part."""
    height, width = pixels.shape[:2]
    x0, y0 = min(max(0, int(box[0])), width - 1), min(max(0, int(box[1])), height - 1)
    part = pixels[y0 : max(y0 + 1, int(box[3])), x0 : max(x0 + 1, int(box[2]))]
    red, green, blue = (float(v) for v in from_lab(to_lab(floats(part.reshape(-1, 3)[::7])).mean(0)))
    return red, green, blue
