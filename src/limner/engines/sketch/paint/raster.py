"""The few cv2 calls that the sketch paints with, typed, in our conventions: (x, y) points, RGB, pixels.

It knows arrays; it does not know scenes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, TypeVar, cast

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.floating]
Pixels: TypeAlias = NDArray[np.uint8]
Rgb: TypeAlias = tuple[float, float, float]
"""Red, green, blue in 0..255."""
_DAB = np.array([(-1, 0), (-0.8, 0.75), (0, 1), (0.8, 0.75), (1, 0), (0.8, -0.75), (0, -1), (-0.8, -0.75)])
A = TypeVar("A", Floats, Pixels)

LINEAR, CUBIC, AREA, NEAREST = cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_AREA, cv2.INTER_NEAREST
EDGES = {"edge": cv2.BORDER_REPLICATE, "wrap": cv2.BORDER_WRAP, "mirror": cv2.BORDER_REFLECT}
_SUBPIXEL_BITS = 4
_SUBPIXELS = 1 << _SUBPIXEL_BITS


def resize(image: A, width: int, height: int, how: int = LINEAR) -> A:
    """The image at another size."""
    return cast(A, cv2.resize(image, (max(1, width), max(1, height)), interpolation=how))


def blur(image: A, sigma: float) -> A:
    """Gaussian blur; wide ones are made small, since their cost grows with sigma."""
    if sigma < 0.3:
        return image
    height, width = image.shape[:2]
    step = int(sigma / 3)
    if step < 2 or min(height, width) < 4 * step:
        return cast(A, cv2.GaussianBlur(image, (0, 0), sigma))
    small = resize(image, width // step, height // step, AREA)
    return resize(cast(A, cv2.GaussianBlur(small, (0, 0), sigma / step)), width, height)


def remap(image: A, x: Floats, y: Floats, edge: str = "edge") -> A:
    """image sampled at the positions (x, y)."""
    xs, ys = np.ascontiguousarray(x, np.float32), np.ascontiguousarray(y, np.float32)
    return cast(A, cv2.remap(image, xs, ys, cv2.INTER_LINEAR, borderMode=EDGES[edge]))


def warp(image: A, matrix: ArrayLike, width: int, height: int) -> A:
    """An affine warp by the 2x3 matrix, zero outside."""
    return cast(A, cv2.warpAffine(image, np.asarray(matrix, np.float32), (width, height)))


def blend(base: Pixels, layer: Pixels, mask: Floats | Pixels) -> Pixels:
    """layer over base by mask, in 0..1 or, as bytes, in 0..255."""
    cover = mask if mask.dtype == np.uint8 else cv2.convertScaleAbs(mask, alpha=255)
    share = cv2.merge([cover] * 3)
    own = cv2.multiply(layer, share, scale=1 / 255)
    return cast(Pixels, cv2.add(own, cv2.multiply(base, cv2.bitwise_not(share, dst=share), scale=1 / 255)))


def gradient(image: Floats) -> tuple[Floats, Floats]:
    """Slopes along x and y, in units per pixel."""
    dx = cv2.Sobel(image, cv2.CV_32F, 1, 0, ksize=3, scale=0.125)
    dy = cv2.Sobel(image, cv2.CV_32F, 0, 1, ksize=3, scale=0.125)
    return cast(Floats, dx), cast(Floats, dy)


def grey(image: Pixels) -> Floats:
    """Luma in 0..255."""
    return cast(Pixels, cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)).astype(np.float32)


def _fixed(points: ArrayLike) -> NDArray[np.int32]:
    return cast("NDArray[np.int32]", np.round(np.asarray(points, np.float64) * _SUBPIXELS).astype(np.int32))


def draw_polygon(image: Pixels, points: ArrayLike, color: Sequence[float]) -> None:
    """Fill an anti-aliased polygon in place; cv2 anti-aliases only uint8 images."""
    cv2.fillPoly(image, [_fixed(points)], tuple(color), cv2.LINE_AA, _SUBPIXEL_BITS)


def draw_line(image: Pixels, points: ArrayLike, color: Sequence[float], width: float = 1) -> None:
    """Draw an anti-aliased open polyline in place."""
    thickness = max(1, round(width))
    cv2.polylines(image, [_fixed(points)], False, tuple(color), thickness, cv2.LINE_AA, _SUBPIXEL_BITS)


def draw_polygons(image: Pixels, polygons: ArrayLike, colors: ArrayLike) -> None:
    """Fill many small polygons, (n, k, 2) points, each with its row of (n, channels) colours."""
    for points, color in zip(_fixed(polygons), np.asarray(colors, np.float32).tolist(), strict=True):
        cv2.fillPoly(image, [points], color, cv2.LINE_AA, _SUBPIXEL_BITS)


def draw_dabs(image: Pixels, at: ArrayLike, along: ArrayLike, half: ArrayLike, colors: ArrayLike) -> None:
    """Draw many short dabs about at, from at - along to at + along, half wide to either side."""
    center, step = np.asarray(at, np.float32), np.asarray(along, np.float32)
    length = np.linalg.norm(step, axis=1, keepdims=True) + 1e-6
    side = np.column_stack([-step[:, 1], step[:, 0]]) / length * np.asarray(half, np.float32)[:, None]
    shapes = center[:, None] + _DAB[None, :, :1] * step[:, None] + _DAB[None, :, 1:] * side[:, None]
    for points, color in zip(_fixed(shapes), np.asarray(colors, np.float32).tolist(), strict=True):
        cv2.fillConvexPoly(image, points, color, cv2.LINE_AA, _SUBPIXEL_BITS)


def draw_lines(image: Pixels, lines: ArrayLike, colors: ArrayLike, widths: ArrayLike) -> None:
    """Draw many short polylines, (n, k, 2) points, each with its colour and width."""
    thick = np.maximum(1, np.round(np.asarray(widths))).astype(int).tolist()
    paint = np.asarray(colors, np.float32).tolist()
    for points, color, width in zip(_fixed(lines), paint, thick, strict=True):
        cv2.polylines(image, [points], False, color, width, cv2.LINE_AA, _SUBPIXEL_BITS)


def draw_disc(image: Pixels, x: float, y: float, radius: float, color: Sequence[float]) -> None:
    """Fill an anti-aliased disc in place."""
    center = (int(x * _SUBPIXELS), int(y * _SUBPIXELS))
    cv2.circle(image, center, max(int(radius * _SUBPIXELS), 4), tuple(color), -1, cv2.LINE_AA, _SUBPIXEL_BITS)


def coverage(points: ArrayLike, width: int, height: int) -> Pixels:
    """(height, width) anti-aliased coverage of a polygon, 0..255."""
    mask = np.zeros((max(1, height), max(1, width)), np.uint8)
    draw_polygon(mask, points, (255,))
    return mask


def smoothstep(low: float, high: float, x: ArrayLike) -> Floats:
    """0 up to low, 1 from high, smooth between; low may be the larger one."""
    t = np.clip((np.asarray(x, np.float32) - np.float32(low)) / np.float32(high - low), 0, 1)
    return cast(Floats, (t * t * (3 - 2 * t)).astype(np.float32))


def floats(values: ArrayLike) -> Floats:
    """The values as float32."""
    return np.asarray(values, np.float32)


def to_bytes(values: ArrayLike) -> Pixels:
    """Values in 0..255 as uint8, clipped."""
    return cast(Pixels, np.clip(np.asarray(values), 0, 255).astype(np.uint8))


def grid(width: int, height: int) -> tuple[Floats, Floats]:
    """Column and row numbers of every pixel."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return x, y
