"""A picture being painted: soft layers (gradients, glows, mist) and hard ones (polygons, lines, discs).

Soft things are computed small in float and enlarged with dither, so that they do not band; hard things
are anti-aliased polygons drawn straight into the uint8 picture. Positions and lengths are pixels.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import ArrayLike

from limner.engines.sketch.paint import raster
from limner.engines.sketch.paint.noise import Rng, Streams, dither, fbm
from limner.engines.sketch.paint.palette import ramp
from limner.engines.sketch.paint.raster import CUBIC, Floats, Pixels, Rgb, blend, coverage, resize

_BAND_ROWS = 512
_PLAIN_PX = 90
"""Gradients over less than this are not seen."""
_UNDITHERED_PX = 16000
"""Gradients over less than this are too short to show bands."""


class Canvas:
    """pixels is the (height, width, 3) uint8 RGB picture; stream(name) gives each layer its own numbers.

    short is the shorter side; unit is short / 1024, which scales details.
    """

    def __init__(self, width: int, height: int, streams: Streams) -> None:
        self.width, self.height = width, height
        self.short = min(width, height)
        self.unit = self.short / 1024
        self.pixels: Pixels = np.zeros((height, width, 3), np.uint8)
        self._streams = streams

    def stream(self, name: str) -> Rng:
        """The random numbers of one layer."""
        return self._streams(name)

    def turn(self, name: str, count: int) -> int:
        """One of count choices; seeds in a row differ in it."""
        return self._streams.turn(name, count)

    def soft(self, small: Floats, top: int = 0, bottom: int | None = None) -> None:
        """Enlarge a small float picture over the rows top..bottom."""
        end = self.height if bottom is None else min(bottom, self.height)
        if end <= top:
            return
        big = resize(small.astype(np.float32), self.width, end - top, CUBIC)
        for row in range(0, end - top, _BAND_ROWS):
            band = big[row : row + _BAND_ROWS]
            uneven = cv2.merge([dither(self.width, len(band)) - np.float32(0.5)] * 3)
            self.pixels[top + row : top + row + len(band)] = cv2.add(band, uneven, dtype=cv2.CV_8U)

    def veil(
        self, mask: Floats, color: Rgb, top: int = 0, bottom: int | None = None, screen: bool = False
    ) -> None:
        """Blend color by a small or full mask in 0..1 over the rows top..bottom; screen adds it as light."""
        start, end = max(top, 0), self.height if bottom is None else min(bottom, self.height)
        if end <= start:
            return
        rows = self.pixels[start:end]
        full = resize(np.clip(mask, 0, 1).astype(np.float32), self.width, end - start)
        layer = _screened(rows, color) if screen else _flat(rows, color)
        self.pixels[start:end] = blend(rows, layer, _uneven(full, 0.012))

    def glow(
        self, x: float, y: float, radius: float, color: Rgb, strength: float = 1, power: float = 2.2
    ) -> None:
        """Screen a round light that falls off by power."""
        x0, x1 = max(int(x - radius), 0), min(int(x + radius), self.width)
        y0, y1 = max(int(y - radius), 0), min(int(y + radius), self.height)
        if x1 <= x0 or y1 <= y0:
            return
        step = max(1, int(radius / 48))
        yy, xx = np.mgrid[y0 : y1 + step : step, x0 : x1 + step : step].astype(np.float32)
        small = np.clip(1 - np.hypot(xx - x, yy - y) / radius, 0, 1) ** power * strength
        shape = (small.shape[1] * step, small.shape[0] * step)
        mask = resize(small.astype(np.float32), *shape)[: y1 - y0, : x1 - x0]
        part = self.pixels[y0:y1, x0:x1]
        self.pixels[y0:y1, x0:x1] = blend(part, _screened(part, color), _uneven(mask, 0.01))

    def mist(self, y: float, half_height: float, color: Rgb, strength: float, name: str) -> None:
        """A drifting band of fog about row y."""
        top, bottom = max(int(y - half_height), 0), min(int(y + half_height), self.height)
        if bottom - top < 4:
            return
        rows, columns = max((bottom - top) // 4, 4), max(self.width // 4, 4)
        clouds = np.clip(fbm(columns, rows, 3, 3, self.stream(name), 4) * 1.5 - 0.2, 0, 1)
        t = np.linspace((top - y) / half_height, (bottom - y) / half_height, rows, dtype=np.float32)
        band = (1 - np.minimum(t * t, 1)) ** 2
        self.veil(clouds * band[:, None] * np.float32(strength), color, top, bottom)

    def polygon(self, points: ArrayLike, color: Rgb) -> None:
        """Fill an anti-aliased polygon."""
        raster.draw_polygon(self.pixels, points, color)

    def line(self, points: ArrayLike, color: Rgb, width: float = 1) -> None:
        """Draw an open polyline."""
        raster.draw_line(self.pixels, points, color, width)

    def dot(self, x: float, y: float, radius: float, color: Rgb) -> None:
        """Fill a disc."""
        raster.draw_disc(self.pixels, x, y, radius, color)

    def fill(
        self,
        points: ArrayLike,
        color: Rgb,
        to: Rgb | None = None,
        angle: float = 90,
        alpha: float = 1,
        blur: float = 0,
        span: tuple[float, float] | None = None,
    ) -> None:
        """Fill a polygon with a colour, or with a gradient to another along angle (90 = downward).

        blur softens the edge, in pixels; span gives the gradient's ends along its angle instead of the box.
        """
        outline = np.asarray(points, np.float32)
        if alpha >= 1 and not blur:
            if to is not None and float(np.ptp(outline, 0).prod()) < _PLAIN_PX:
                color, to = _middle(color, to), None
            if to is None:
                self.polygon(outline, color)
                return
        found = self._mask(outline, blur)
        if found is None:
            return
        mask, x0, y0 = found
        height, width = mask.shape
        part = self.pixels[y0 : y0 + height, x0 : x0 + width]
        if to is None:
            layer = _flat(part, color)
        else:
            layer = _gradient_layer(width, height, color, to, angle, _relative(span, x0, y0, angle))
        cover = mask if alpha >= 1 else raster.to_bytes(mask * np.float32(alpha))
        part[:] = blend(part, layer, cover)

    def _mask(self, points: Floats, blur: float) -> tuple[Pixels, int, int] | None:
        pad = int(2 * blur) + 1
        x0, y0 = (int(v) for v in np.maximum(np.floor(points.min(0)) - pad, 0))
        x1, y1 = (int(v) for v in np.minimum(np.ceil(points.max(0)) + pad + 1, (self.width, self.height)))
        if x1 <= x0 or y1 <= y0:
            return None
        mask = coverage(points - np.array([x0, y0], np.float32), x1 - x0, y1 - y0)
        return raster.blur(mask, blur / 1.5) if blur else mask, x0, y0

    def bloom(self, amount: float = 0.35) -> None:
        """Let bright parts shine into their surroundings."""
        small = resize(self.pixels, max(self.width // 8, 1), max(self.height // 8, 1), raster.AREA)
        bright = np.clip(small.astype(np.float32) - 150, 0, None)
        light = np.clip(raster.blur(bright, self.unit * 5), 0, 255).astype(np.uint8)
        full = resize(light, self.width, self.height)
        self.pixels = np.asarray(cv2.addWeighted(self.pixels, 1, full, amount, 0), np.uint8)

    def vignette(self, amount: float = 0.2) -> None:
        """Darken the corners."""
        y, x = np.mgrid[-1:1:64j, -1:1:64j].astype(np.float32)
        light = np.float32(254.5) - np.float32(255 * amount) * np.clip((x * x + y * y) / 2, 0, 1) ** 1.3
        full = resize(light, self.width, self.height)
        shade = cv2.add(full, dither(self.width, self.height), dtype=cv2.CV_8U)
        self.pixels = np.asarray(cv2.multiply(self.pixels, cv2.merge([shade] * 3), scale=1 / 255), np.uint8)


def _middle(a: Rgb, b: Rgb) -> Rgb:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2


def _flat(like: Pixels, color: Rgb) -> Pixels:
    height, width = like.shape[:2]
    row = np.tile(np.clip(np.round(color), 0, 255).astype(np.uint8), width)
    return np.broadcast_to(row, (height, 3 * width)).copy().reshape(height, width, 3)


def _relative(span: tuple[float, float] | None, x0: int, y0: int, angle: float) -> tuple[float, float] | None:
    if span is None:
        return None
    offset = x0 * np.cos(np.radians(angle)) + y0 * np.sin(np.radians(angle))
    return span[0] - float(offset), span[1] - float(offset)


def _gradient_layer(
    width: int, height: int, color: Rgb, to: Rgb, angle: float, span: tuple[float, float] | None
) -> Pixels:
    if angle == 90:
        return _downward(width, height, color, to, span or (0, height - 1))
    dx, dy = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    along = (np.arange(width) * dx)[None] + (np.arange(height) * dy)[:, None]
    low, high = span or (float(along.min()), float(along.max()))
    t = np.clip((along - low) / max(high - low, 1e-3), 0, 1).astype(np.float32) * 63
    if t.size < _UNDITHERED_PX:
        return np.asarray(raster.to_bytes(ramp([(0, color), (1, to)], 64))[t.astype(np.uint8)], np.uint8)
    layer = raster.remap(ramp([(0, color), (1, to)], 64)[None], t, np.zeros_like(t))
    return np.clip(layer + dither(width, height)[..., None], 0, 255).astype(np.uint8)


def _downward(width: int, height: int, color: Rgb, to: Rgb, span: tuple[float, float]) -> Pixels:
    """A gradient along the rows; dithered before the colours are looked up."""
    t = np.clip((np.arange(height, dtype=np.float32) - span[0]) / max(span[1] - span[0], 1e-3), 0, 1)
    index = (t[:, None] * np.float32(254) + dither(width, height)).astype(np.uint8)
    table = np.clip(np.round(ramp([(0, color), (1, to)], 256)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.applyColorMap(index, table[:, None]), np.uint8)


def _uneven(mask: Floats, amount: float) -> Pixels:
    """A mask in 0..1 as bytes, dithered by amount."""
    grain, level = dither(mask.shape[1], mask.shape[0]), 255 * amount
    return np.asarray(cv2.addWeighted(mask, 255, grain, level, -level / 2, dtype=cv2.CV_8U), np.uint8)


def _screened(pixels: Pixels, color: Rgb) -> Pixels:
    """The picture with all of color's light added."""
    values = np.arange(256)[:, None]
    table = np.round(values + (255 - values) * np.clip(np.asarray(color), 0, 255) / 255).astype(np.uint8)
    return np.asarray(cv2.LUT(np.ascontiguousarray(pixels), table[None]), np.uint8)
