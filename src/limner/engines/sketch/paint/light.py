"""The light that painted bodies stand in, by hour of the day: colours are 0..1 floats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from limner.engines.sketch.paint.raster import Floats, Rgb

Ink: TypeAlias = Floats
"""(3,) float32 RGB in 0..1."""


def ink(color: str | Rgb | tuple[float, float, float] | Ink) -> Ink:
    """A colour from "d9692a", or from numbers in 0..1."""
    if isinstance(color, str):
        return np.array([int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)], np.float32)
    return np.asarray(color, np.float32)


def from_rgb(color: Rgb) -> Ink:
    """A colour from numbers in 0..255."""
    return np.asarray(color, np.float32) / np.float32(255)


def blended(a: str | Ink, b: str | Ink | tuple[float, float, float], share: float) -> Ink:
    """The plain mixture with share of b."""
    return ink(a) * np.float32(1 - share) + ink(b) * np.float32(share)


@dataclass(frozen=True, slots=True)
class Light:
    """towards: vector to the light (x right, y up, z to the viewer); the rest are colours."""

    towards: tuple[float, float, float]
    key: tuple[float, float, float]
    ambient: tuple[float, float, float]
    bounce: tuple[float, float, float]
    rim: tuple[float, float, float]
    haze: tuple[float, float, float]
    shadow: tuple[float, float, float]

    def from_side(self, side: float) -> Light:
        """The same light coming from the left (side < 0) or the right."""
        x, y, z = self.towards
        return replace(self, towards=(abs(x) * (1 if side > 0 else -1), y, z))


LIGHTS = {
    "dawn": Light(
        (-0.70, 0.50, 0.45),
        (1.12, 0.96, 0.82),
        (0.58, 0.56, 0.72),
        (0.60, 0.52, 0.44),
        (1.0, 0.90, 0.72),
        (0.92, 0.84, 0.80),
        (0.28, 0.24, 0.34),
    ),
    "day": Light(
        (-0.55, 0.75, 0.60),
        (1.10, 1.05, 0.94),
        (0.60, 0.66, 0.86),
        (0.50, 0.60, 0.30),
        (1.0, 0.98, 0.85),
        (0.80, 0.88, 0.93),
        (0.20, 0.30, 0.36),
    ),
    "dusk": Light(
        (0.75, 0.42, 0.42),
        (1.15, 0.84, 0.58),
        (0.54, 0.44, 0.62),
        (0.70, 0.42, 0.36),
        (1.0, 0.80, 0.45),
        (0.92, 0.66, 0.56),
        (0.26, 0.14, 0.32),
    ),
    "night": Light(
        (0.60, 0.70, 0.42),
        (0.82, 0.92, 1.16),
        (0.36, 0.40, 0.66),
        (0.36, 0.44, 0.66),
        (0.75, 0.86, 1.0),
        (0.28, 0.36, 0.58),
        (0.08, 0.12, 0.30),
    ),
    "underwater": Light(
        (-0.25, 0.90, 0.40),
        (1.10, 1.10, 0.98),
        (0.52, 0.60, 0.78),
        (0.26, 0.46, 0.56),
        (0.8, 1.0, 1.0),
        (0.22, 0.56, 0.70),
        (0.05, 0.24, 0.36),
    ),
}
