"""One-point perspective: where a point of a street lies in the picture, and flat pictures laid into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import ArrayLike

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.raster import Floats, Pixels, Rgb, blend, floats


@dataclass(frozen=True, slots=True)
class View:
    """x, horizon: the vanishing point in pixels. focal: pixels. eye: height of the eye in metres."""

    x: float
    horizon: float
    focal: float
    eye: float

    def at(self, right: float, up: float, away: float) -> tuple[float, float]:
        """The pixel of the point right, up and away, in metres; up counts from the ground."""
        return self.x + self.focal * right / away, self.horizon - self.focal * (up - self.eye) / away

    def scale(self, away: float) -> float:
        """Pixels per metre at this distance."""
        return self.focal / away

    def away_of(self, row: float) -> float:
        """How far off the ground of this row is, in metres."""
        return self.focal * self.eye / max(1.0, row - self.horizon)

    def ground(
        self, canvas: Canvas, corners: ArrayLike, color: Rgb, to: Rgb | None = None, alpha: float = 1
    ) -> None:
        """Fill a polygon of the ground, (n, 2) points right and away."""
        points = [self.at(float(r), 0.0, float(a)) for r, a in np.asarray(corners)]
        canvas.fill(points, color, to, alpha=alpha)


def lay(canvas: Canvas, image: Pixels, alpha: Pixels, corners: ArrayLike) -> None:
    """Blend a flat picture into the quadrangle corners: upper left, upper right, lower right, lower left."""
    quad = floats(corners)
    x0, y0 = (int(v) for v in np.maximum(np.floor(quad.min(0)), 0))
    x1, y1 = (int(v) for v in np.minimum(np.ceil(quad.max(0)) + 1, (canvas.width, canvas.height)))
    if x1 - x0 < 1 or y1 - y0 < 1:
        return
    height, width = image.shape[:2]
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, (quad - (x0, y0)).astype(np.float32))
    size = (x1 - x0, y1 - y0)
    layer = cast(
        Pixels,
        cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
    )
    mask = cast(Pixels, cv2.warpPerspective(alpha, matrix, size, flags=cv2.INTER_LINEAR))
    part = canvas.pixels[y0:y1, x0:x1]
    part[:] = blend(np.ascontiguousarray(part), layer, mask.astype(np.float32) * np.float32(1 / 255))


def wet(canvas: Canvas, base: Floats, share: Floats, tint: Rgb, ripple: Floats) -> None:
    """Mirror what stands above the row base of each column into the ground below it.

    base: (width,) rows. share: (height, width) 0..1 how much is mirrored. ripple: (height, width) shift, px.
    """
    height, width = canvas.height, canvas.width
    top = int(max(0, base.min()))
    rows = np.arange(top, height, dtype=np.float32)[:, None]
    below = rows - base[None]
    source = np.clip(base[None] - below * np.float32(0.92), 0, height - 1)
    columns = np.arange(width, dtype=np.float32)[None] + ripple[top:]
    soft = cv2.blur(canvas.pixels, (3, max(3, int(canvas.short * 0.030) | 1)))
    image = cv2.remap(
        soft,
        columns.astype(np.float32),
        source.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    mask = (np.clip(below / 3, 0, 1) * share[top:])[..., None]
    mirrored = np.minimum(image * np.float32(1.12), 255) + floats(tint) * np.float32(0.10)
    part = canvas.pixels[top:].astype(np.float32)
    canvas.pixels[top:] = np.clip(part + (mirrored - part) * mask, 0, 255)
