"""Styles: the whole picture in another medium. Each takes pixels, its own numbers and a strength about 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from limner.engines.sketch.paint.medium import Medium
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.raster import Pixels
from limner.engines.sketch.paint.styles.oil import oil
from limner.engines.sketch.paint.styles.pencil import pencil
from limner.engines.sketch.paint.styles.prints import neon, paper, pixel
from limner.engines.sketch.paint.styles.tone import monochrome, sepia
from limner.engines.sketch.paint.styles.watercolor import watercolor

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
MEDIUMS: dict[str, Medium] = {}
"""What bodies are painted with in a style; gouache where nothing is said."""
PIXEL_STYLES = ("pixel",)
"""Those that are enlarged without smoothing."""
