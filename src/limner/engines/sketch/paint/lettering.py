"""Quoted text set in type: fitted to the picture, in a colour that stands out, with outline and shadow."""

from __future__ import annotations

import math

import cv2
import numpy as np

from limner.engines.sketch.paint.palette import mix
from limner.engines.sketch.paint.raster import Floats, Pixels, Rgb, blend, blur, grey
from limner.media.fonts import text_mask, text_width

_LIGHT: Rgb = (255, 250, 238)
_DARK: Rgb = (30, 26, 44)
_MAX_WIDTH = 0.86
_MAX_LINES = 8
_MIN_PX = 10
_TITLE_SHARE, _CAPTION_SHARE = 0.135, 0.075
_TOP, _BOTTOM = 0.07, 0.93


def letter(pixels: Pixels, texts: tuple[str, ...]) -> Pixels:
    """The picture with the first text as a title above and the others as captions below."""
    if not texts:
        return pixels
    out = pixels.copy()
    height = out.shape[0]
    _set_block(out, texts[0], _TITLE_SHARE, top=int(height * _TOP))
    if len(texts) > 1:
        _set_block(out, "\n".join(texts[1:]), _CAPTION_SHARE, bottom=int(height * _BOTTOM))
    return out


def _set_block(
    pixels: Pixels, text: str, share: float, top: int | None = None, bottom: int | None = None
) -> None:
    """Set the lines of text one under another, from top down or ending at bottom."""
    height, width = pixels.shape[:2]
    px = max(_MIN_PX, int(share * min(width * 1.1, height * 1.6, (width * height) ** 0.5)))
    lines = _wrapped(text, px, int(width * _MAX_WIDTH))
    widest = max((text_width(line, px) for line in lines), default=0)
    if widest == 0:
        return
    px = min(px, int(px * width * _MAX_WIDTH / widest), int(height * 0.8 / (1.25 * len(lines))))
    if px < 4:
        return
    step = int(px * 1.25)
    y = top if top is not None else (bottom or height) - step * len(lines)
    for line in lines:
        mask = text_mask(line, px)
        if mask.size:
            _ink(pixels, mask, (width - mask.shape[1]) // 2, y, px)
        y += step


def _wrapped(text: str, px: int, room: int) -> list[str]:
    """At most _MAX_LINES lines that fit room at px where words allow it; else anywhere."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        total = text_width(paragraph, px)
        wanted = min(_MAX_LINES, max(1, math.ceil(total / (room * 1.45))))
        pieces = paragraph.split(" ") if " " in paragraph else list(paragraph)
        lines += _balanced(
            pieces, " " if " " in paragraph else "", max(room * 0.75, total / wanted * 1.08), px
        )
    return lines[:_MAX_LINES]


def _balanced(pieces: list[str], glue: str, room: float, px: int) -> list[str]:
    lines = [""]
    for piece in pieces:
        longer = f"{lines[-1]}{glue}{piece}" if lines[-1] else piece
        if lines[-1] and text_width(longer, px) > room and len(lines) < _MAX_LINES:
            lines.append(piece)
        else:
            lines[-1] = longer
    return lines


def _ink(pixels: Pixels, mask: Pixels, x: int, y: int, px: int) -> None:
    """Shadow, outline and letters of one line, whose mask's corner lies at (x, y)."""
    pad = max(3, px // 3)
    box = np.pad(mask, pad)
    x0, y0 = max(0, x - pad), max(0, y - pad)
    x1, y1 = min(pixels.shape[1], x - pad + box.shape[1]), min(pixels.shape[0], y - pad + box.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    box = box[y0 - (y - pad) : y1 - (y - pad), x0 - (x - pad) : x1 - (x - pad)]
    part = pixels[y0:y1, x0:x1]
    dark_ground = float(np.median(grey(np.ascontiguousarray(part)))) < 150
    letters, edge = (_LIGHT, _DARK) if dark_ground else (_DARK, _LIGHT)
    size = max(3, px // 14) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    outline = np.asarray(cv2.dilate(box, kernel), np.uint8)
    soft = blur(outline.astype(np.float32) / 255, px * 0.10) * np.float32(0.6)
    _tint(part, np.clip(soft, 0, 1), edge)
    _tint(part, outline.astype(np.float32) / 255 * np.float32(0.85), mix(edge, letters, 0.08))
    _tint(part, box.astype(np.float32) / 255, letters)


def _tint(part: Pixels, mask: Floats, color: Rgb) -> None:
    layer = np.empty_like(part)
    layer[:] = np.asarray(color).astype(np.uint8)
    part[:] = blend(np.ascontiguousarray(part), layer, mask.astype(np.float32))
