"""Several references as one picture: in one scene, in one another's look, or side by side on a sheet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from limner.engines.sketch.paint.raster import Floats, Pixels
from limner.engines.sketch.rework import collage
from limner.engines.sketch.rework.background import painted
from limner.engines.sketch.rework.cutout import SURE, Cut, cut
from limner.engines.sketch.rework.figures import found, named
from limner.engines.sketch.rework.frame import fitted
from limner.engines.sketch.rework.paste import framed, laid, moved, solid
from limner.engines.sketch.rework.recolor import tinted_as
from limner.engines.sketch.rework.transfer import main_color, styled_like
from limner.engines.sketch.words.fusion import Fusion
from limner.engines.sketch.words.spec import SubjectSpec
from limner.engines.sketch.words.steps import Step

SHEETS: dict[str, collage.Sheet] = {
    "compare": collage.compared,
    "storyboard": collage.storyboard,
    "grid": collage.gridded,
    "collage": collage.collaged,
}
_TALL, _CUT_OFF_TALL = 0.46, 0.66
_FEET, _CARD = 0.93, 0.34
_CENTER_SHY = 0.06


def fused(
    images: list[Pixels],
    fusion: Fusion,
    size: tuple[int, int],
    subjects: tuple[SubjectSpec, ...] = (),
    seed: int = 0,
    titled: bool = False,
) -> Pixels:
    """All references in one picture of size (width, height).

    subjects: the nouns that the prompt names. titled: whether a title is to be set above a sheet.
    """
    width, height = size
    if fusion.mode in SHEETS:
        sheet = SHEETS[fusion.mode]
        return collage.with_headroom(sheet, images, width, height) if titled else sheet(images, width, height)
    if fusion.mode == "gather" and fusion.scene:
        base = painted(replace(fusion.scene, subjects=()), width, height, seed)
        return _placed(base, None, [images[n] for n in fusion.sources], subjects)
    base = fitted(images[fusion.base], width, height)
    if fusion.mode == "style":
        return styled_like(base, images[fusion.sources[0]])
    if fusion.mode == "clothes":
        return _dressed(base, images[fusion.sources[0]])
    return _placed(base, cut(base), [images[n] for n in fusion.sources], subjects)


def _dressed(base: Pixels, donor: Pixels) -> Pixels:
    """The base's subject in the colour of the donor's clothes."""
    clothes = Step("recolor", region="clothes")
    mask, sure = found(base, clothes)
    color = main_color(donor, found(donor, clothes)[0])
    return tinted_as(base, mask, color, all_of_it=False) if sure and color else base


def _placed(
    base: Pixels, there: Cut | None, images: list[Pixels], subjects: tuple[SubjectSpec, ...]
) -> Pixels:
    """Each image's subject standing in the base; one that cannot be cut out for certain is a framed card."""
    height, width = base.shape[:2]
    taken = [_columns(there.alpha)] if there and there.confidence >= SURE else []
    cuts = [named(image, subjects) for image in images]
    out = base
    for k, (image, found_cut) in enumerate(zip(images, cuts, strict=True)):
        sure = found_cut.confidence >= SURE
        alpha = solid(found_cut)
        tall, wide = _measure(alpha, width, height, len(images)) if sure else (_CARD, _CARD * height / width)
        x = _free_column(taken, wide, k, len(images), there is None)
        taken.append((x - wide / 2, x + wide / 2))
        if not sure:
            out = framed(out, image, _CARD, (x, 0.94 - _CARD / 2))
            continue
        low = 1.0 if _is_cut_off(alpha) else _FEET
        layer, mask = moved(image, alpha, (x * width, low * height, tall * height), (width, height))
        out = laid(out, layer, mask)
    return out


def _measure(alpha: Floats, width: int, height: int, count: int) -> tuple[float, float]:
    """Height and width of a cut-out in the scene, in shares of it."""
    rows, columns = np.flatnonzero((alpha > 0.3).any(1)), np.flatnonzero((alpha > 0.3).any(0))
    aspect = (columns[-1] - columns[0] + 1) / (rows[-1] - rows[0] + 1)
    tall = _CUT_OFF_TALL if _is_cut_off(alpha) else _TALL
    room = 1.15 / count if count > 1 else 0.62
    tall = min(tall * min(1.0, 1.25 / aspect) ** 0.5, room * width / (aspect * height))
    return float(tall), float(tall * aspect * height / width)


def _is_cut_off(alpha: Floats) -> bool:
    """Whether the subject runs out of its picture below."""
    return bool(float((alpha[-3:] > 0.5).mean()) > 0.06)


def _columns(alpha: Floats) -> tuple[float, float]:
    columns = np.flatnonzero((alpha > 0.5).any(0))
    return float(columns[0]) / alpha.shape[1], float(columns[-1] + 1) / alpha.shape[1]


def _free_column(
    taken: list[tuple[float, float]], wide: float, number: int, count: int, in_order: bool
) -> float:
    """Where, in shares, a cut-out hides the least of the others; in order from left to right if asked."""
    if in_order or count > 2:
        return (number + 0.5) / count * 0.92 + 0.04
    half = wide / 2
    places = np.linspace(min(0.5, half + 0.03), max(0.5, 0.97 - half), 15)

    def hidden(x: float) -> float:
        overlap = sum(max(0.0, min(x + half, b) - max(x - half, a)) for a, b in taken)
        golden = min(abs(x - 0.36), abs(x - 0.64))
        return overlap * 4 + golden * 0.5 + (_CENTER_SHY if abs(x - 0.5) < 0.05 else 0)

    return float(min(places, key=lambda x: hidden(float(x))))
