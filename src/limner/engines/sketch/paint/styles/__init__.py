"""Styles: the whole picture in another medium. Each takes pixels, its own numbers and a strength about 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from limner.engines.sketch.paint.medium import CLAY, DRAWN, FLAT, PRINTED, SMOOTH, WASHED, Medium
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.raster import Pixels
from limner.engines.sketch.paint.styles.boards import blueprint, chalk
from limner.engines.sketch.paint.styles.clay import clay, isometric
from limner.engines.sketch.paint.styles.cutout import flat, paper
from limner.engines.sketch.paint.styles.facets import lowpoly, stainedglass
from limner.engines.sketch.paint.styles.ink import ink
from limner.engines.sketch.paint.styles.inkwash import inkwash, on_paper
from limner.engines.sketch.paint.styles.neon import neon
from limner.engines.sketch.paint.styles.oil import oil
from limner.engines.sketch.paint.styles.pencil import pencil
from limner.engines.sketch.paint.styles.pixel import pixel
from limner.engines.sketch.paint.styles.retro import retro
from limner.engines.sketch.paint.styles.tone import gouache, monochrome, sepia
from limner.engines.sketch.paint.styles.watercolor import watercolor

Style: TypeAlias = Callable[[Pixels, Rng, float], Pixels]

STYLES: dict[str, Style] = {
    "gouache": gouache,
    "flat": flat,
    "watercolor": watercolor,
    "oil": oil,
    "ink": ink,
    "inkwash": inkwash,
    "pencil": pencil,
    "pixel": pixel,
    "isometric": isometric,
    "paper": paper,
    "neon": neon,
    "retro": retro,
    "lowpoly": lowpoly,
    "monochrome": monochrome,
    "chalk": chalk,
    "stainedglass": stainedglass,
    "blueprint": blueprint,
    "clay": clay,
    "sepia": sepia,
}
"""By the lexicon's name."""
TOUCHES: dict[str, Style] = {"inkwash": on_paper}
"""What comes over pictures whose place is painted in the style already."""
MEDIUMS: dict[str, Medium] = {
    "flat": FLAT,
    "watercolor": WASHED,
    "oil": WASHED,
    "ink": DRAWN,
    "inkwash": DRAWN,
    "pencil": DRAWN,
    "pixel": DRAWN,
    "isometric": SMOOTH,
    "paper": FLAT,
    "neon": DRAWN,
    "retro": PRINTED,
    "lowpoly": SMOOTH,
    "chalk": DRAWN,
    "stainedglass": FLAT,
    "blueprint": DRAWN,
    "clay": CLAY,
}
"""What bodies are painted with in a style; gouache where nothing is said."""
PIXEL_STYLES = ("pixel",)
"""Those that are enlarged without smoothing."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What is laid over a picture at its final size: grain in levels of 0..255, coarse_px wide."""

    grain: float = 2.2
    coarse_px: float = 0.0


_PAPER_GRAIN = Finish(4.2, 0.9)
FINISHES: dict[str, Finish] = {
    "flat": Finish(0),
    "isometric": Finish(0),
    "lowpoly": Finish(0),
    "pixel": Finish(0),
    "clay": Finish(1.2),
    "neon": Finish(1.6),
    "oil": Finish(3.0, 0.7),
    "watercolor": _PAPER_GRAIN,
    "ink": _PAPER_GRAIN,
    "inkwash": _PAPER_GRAIN,
    "pencil": _PAPER_GRAIN,
    "paper": _PAPER_GRAIN,
    "chalk": Finish(5.0, 0.9),
    "retro": Finish(4.0, 0.7),
    "sepia": Finish(4.5, 0.7),
    "monochrome": Finish(4.0, 0.6),
}
"""Those of the other styles, and of pictures without a style, are Finish()."""
