"""Pictures as a few even regions with clean curved edges, and the details that are lost in that."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from limner.engines.sketch.paint.raster import AREA, NEAREST, Floats, Pixels, blur, floats, resize, smoothstep
from limner.engines.sketch.paint.styles.colors import few_colors, lab, nearest

_STUDIED_COLORS, _STUDIED_PX = 40, 64
_HUES = np.array([0.6, 1.0, 1.0], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """labels: (h, w) rows of table; table: (n, 3) colours, those of the largest area first."""

    labels: NDArray[np.uint8]
    table: Pixels

    @property
    def pixels(self) -> Pixels:
        """Every region in its colour."""
        return self.table[self.labels]

    def masses(self, apart: float) -> NDArray[np.uint8]:
        """(h, w) numbers of larger regions, whose colours are apart with lightness counting for little."""
        values = lab(self.table[None])[0] * _HUES
        kept = [0]
        for number in range(1, len(values)):
            if np.sqrt(((values[kept] - values[number]) ** 2).sum(1)).min() > apart:
                kept.append(number)
        away = ((values[:, None] - values[None, kept]) ** 2).sum(2)
        return np.asarray(away.argmin(1), np.uint8)[self.labels]


def regions_of(image: Pixels, count: int, apart: float, smooth_px: float, size: tuple[int, int]) -> Regions:
    """At most count regions, at a size (w, h), whose colours are apart in weighted CIELAB.

    smooth_px: how far the edges are rounded, in pixels of the image.
    """
    table = _merged(few_colors(_sampled(image), _STUDIED_COLORS), count, apart)
    owner = nearest(image, table)
    width, height = size
    across, down = width / owner.shape[1], height / owner.shape[0]
    labels = np.zeros((height, width), np.uint8)
    best = np.zeros((height, width), np.uint8)
    for number in range(len(table)):
        mask = (owner == number).astype(np.uint8) * np.uint8(255)
        part = _around(mask, int(4 * smooth_px) + 2)
        if part is None:
            continue
        rows, columns = _scaled(part[0], down), _scaled(part[1], across)
        high, wide = rows.stop - rows.start, columns.stop - columns.start
        soft = resize(blur(mask[part], smooth_px), wide, high)
        more = cv2.compare(soft, best[rows, columns], cv2.CMP_GT)
        cv2.copyTo(np.full_like(soft, number), more, labels[rows, columns])
        cv2.max(best[rows, columns], soft, best[rows, columns])
    return Regions(labels, table)


def _sampled(image: Pixels) -> Pixels:
    """The image small without mixing its colours, or edges would become regions."""
    height, width = image.shape[:2]
    share = min(1.0, _STUDIED_PX / min(height, width))
    return resize(image, max(2, round(width * share)), max(2, round(height * share)), NEAREST)


def _around(mask: Pixels, pad: int) -> tuple[slice, slice] | None:
    """The rows and columns in which the mask is, with pad more; None for an empty one."""
    x, y, wide, high = cv2.boundingRect(mask)
    if not wide:
        return None
    height, width = mask.shape
    return slice(max(0, y - pad), min(height, y + high + pad)), slice(
        max(0, x - pad), min(width, x + wide + pad)
    )


def _scaled(span: slice, factor: float) -> slice:
    return slice(round(span.start * factor), round(span.stop * factor))


def _merged(table: Pixels, count: int, apart: float) -> Pixels:
    """The first colours of the table that differ from all before them."""
    values, kept = lab(table[None])[0], [0]
    for number in range(1, len(table)):
        away = np.sqrt(((values[kept] - values[number]) ** 2).sum(1)).min()
        if away > apart and len(kept) < count:
            kept.append(number)
    return table[kept]


def details_of(image: Pixels, plain: Pixels, low: float, high: float) -> Floats:
    """(h, w) 0..1 where the image differs from its regions by low to high levels in a channel."""
    height, width = plain.shape[:2]
    columns, rows = max(2, width // 2), max(2, height // 2)
    small, even = resize(image, columns, rows, AREA), resize(plain, columns, rows, AREA)
    difference = np.asarray(cv2.absdiff(small, even), np.uint8).max(2)
    near = blur(difference, 0.7)
    return resize(smoothstep(low, high, floats(near)), width, height)
