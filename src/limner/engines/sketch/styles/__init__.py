"""Styles: the whole picture in another medium. Each takes pixels, its own numbers and a strength about 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from limner.engines.sketch.noise import Rng
from limner.engines.sketch.raster import Pixels
from limner.engines.sketch.styles.oil import oil
from limner.engines.sketch.styles.pencil import pencil
from limner.engines.sketch.styles.prints import neon, paper, pixel
from limner.engines.sketch.styles.tone import monochrome, sepia
from limner.engines.sketch.styles.watercolor import watercolor

Style: TypeAlias = Callable[[Pixels, Rng, float], Pixels]

STYLES: dict[str, Style] = {
    "watercolor": watercolor,
    "oil": oil,
    "pencil": pencil,
    "pixel": pixel,
    "monochrome": monochrome,
    "sepia": sepia,
    "neon": neon,
    "paper": paper,
}
PIXEL_STYLES = ("pixel",)
"""Those that are enlarged without smoothing."""
