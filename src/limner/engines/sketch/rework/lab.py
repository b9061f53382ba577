"""Pixels as float CIE Lab and back, fast enough for whole pictures; luma; mixing by a mask."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from limner.engines.sketch.paint.raster import Floats, Pixels, Rgb, blend, floats, to_bytes

LUMA = np.array([0.30, 0.59, 0.11], np.float32)


def lab_of(image: Pixels) -> Floats:
    """(h, w, 3) float32: lightness 0..100, a and b in about -100..100."""
    return cast(Floats, cv2.cvtColor(floats(image) * np.float32(1 / 255), cv2.COLOR_RGB2LAB))


def from_lab(lab: Floats) -> Pixels:
    """sRGB pixels of lab_of's values, clipped."""
    return to_bytes(cv2.cvtColor(floats(lab), cv2.COLOR_LAB2RGB) * np.float32(255) + np.float32(0.5))


def lab_color(color: Rgb) -> Floats:
    """(3,) Lab of one colour."""
    return floats(lab_of(np.asarray(color, np.float32).reshape(1, 1, 3).round().astype(np.uint8))[0, 0])


def luma(image: Pixels) -> Floats:
    """(h, w) brightness in 0..1."""
    return cast(Pixels, cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)).astype(np.float32) * np.float32(1 / 255)


def mixed(base: Pixels, layer: Pixels, mask: Floats) -> Pixels:
    """layer over base by an (h, w) mask in 0..1; where the mask is 0 the base stays to the byte."""
    below, above = np.ascontiguousarray(base), np.ascontiguousarray(layer)
    return blend(below, above, np.ascontiguousarray(mask, np.float32))
