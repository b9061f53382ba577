"""One picture of one scene at its final size: composed, styled, enlarged, lettered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np

from limner.engines.sketch.paint.lettering import Text, letter
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.raster import AREA, CUBIC, NEAREST, Pixels, blur, resize, to_bytes
from limner.engines.sketch.paint.styles import FINISHES, PIXEL_STYLES, STYLES, TOUCHES, Finish, Style
from limner.engines.sketch.scene.compose import compose, place_of
from limner.engines.sketch.scene.places import FLAT_PLACES, PAINTED_IN_STYLE
from limner.engines.sketch.scene.staging import Figure
from limner.engines.sketch.words.spec import SceneSpec, TextSpec

_MAX_WORK_PIXELS = 1_500_000
_MAX_WORK_SIDE = 4096
_GRAIN_PX = 256
_DISPLAY_PLACES = ("poster", "banner")
_QUIET_PLACES = ("card", "plain", "abstract", "pattern", "icon")
_FINEST, _LEGIBLE = 0.7, 0.34
"""Figures of less than this share of the short side get smaller pixels, down to this share of the usual."""
_BOARDS = ("sign", "billboard", "board", "blackboard")


def draw(spec: SceneSpec, width: int, height: int) -> Pixels:
    """The scene as (height, width, 3) uint8 sRGB; the same spec and size give the same bytes."""
    composition = compose(spec, *work_size(width, height))
    pixels = styled(composition.pixels, spec, composition.figures)
    pixels = enlarged(pixels, spec, width, height, grain=place_of(spec) not in FLAT_PLACES)
    return lettered(pixels, spec, composition.figures)


def lettered(pixels: Pixels, spec: SceneSpec, figures: Sequence[Figure] = ()) -> Pixels:
    """The picture with the texts of its scene, kept off its figures where there is room."""
    texts = [_text_of(text, figures) for text in spec.texts]
    boxes = [figure.box for figure in figures]
    middle = spec.place in _QUIET_PLACES and not figures
    return letter(pixels, texts, boxes, spec.place in _DISPLAY_PLACES, middle)


def _text_of(text: TextSpec, figures: Sequence[Figure]) -> Text:
    """The text with the body that bears it: the one it names, else a sign for a sign, else a lone figure."""
    named = [figure for figure in figures if figure.subject == text.target]
    boards = [figure for figure in figures if figure.noun in _BOARDS]
    if text.role == "title":
        return Text(text.text)
    if not named and text.role == "sign":
        named = boards
    if not named and text.role != "sign" and figures:
        named = [max(figures, key=_area)]
    bearer = named[0] if named else None
    return Text(text.text, text.role, bearer.box if bearer else None, bearer is not None and bearer in boards)


def _area(figure: Figure) -> float:
    x0, y0, x1, y1 = figure.box
    return (x1 - x0) * (y1 - y0)


def work_size(width: int, height: int) -> tuple[int, int]:
    """The size to paint at: large pictures are enlarged at the end."""
    share = min(1.0, (_MAX_WORK_PIXELS / (width * height)) ** 0.5, _MAX_WORK_SIDE / max(width, height))
    return max(16, round(width * share)), max(16, round(height * share))


def styled(pixels: Pixels, spec: SceneSpec, figures: Sequence[Figure] = ()) -> Pixels:
    """The picture in the style of the scene, freer for low guidance; pixel art is finer for small figures."""
    if spec.style is None:
        return pixels
    style: Style | None = STYLES[spec.style]
    if place_of(spec) in PAINTED_IN_STYLE.get(spec.style, ()):
        style = TOUCHES.get(spec.style)
    strength = 0.7 + 0.33 * spec.freedom
    if spec.style in PIXEL_STYLES and figures:
        height, width = pixels.shape[:2]
        least = min(box[3] - box[1] for box in (f.box for f in figures)) * height / min(height, width)
        strength *= min(1.0, max(_FINEST, least / _LEGIBLE))
    return style(pixels, Streams(spec.layout_seed)("style"), strength) if style else pixels


def enlarged(pixels: Pixels, spec: SceneSpec, width: int, height: int, grain: bool = True) -> Pixels:
    """At the size asked for, with a fine grain that hides the enlargement."""
    own = pixels.shape[:2] != (height, width)
    if own:
        shrinks = pixels.shape[0] > height
        how = NEAREST if spec.style in PIXEL_STYLES else AREA if shrinks else CUBIC
        pixels = resize(pixels, width, height, how)
    finish = FINISHES.get(spec.style or "", Finish())
    if grain and finish.grain:
        pixels = pixels if own else pixels.copy()
        _add_grain(pixels, finish)
    return pixels


def _add_grain(pixels: Pixels, finish: Finish) -> None:
    """In place, one row of tiles after the other."""
    height, width = pixels.shape[:2]
    up, down = (
        cv2.merge([np.tile(tile, width // _GRAIN_PX + 1)[:, :width]] * 3)
        for tile in _grain(finish.grain, finish.coarse_px)
    )
    for top in range(0, height, _GRAIN_PX):
        rows = pixels[top : top + _GRAIN_PX]
        cv2.add(rows, up[: len(rows)], dst=rows)
        cv2.subtract(rows, down[: len(rows)], dst=rows)


@lru_cache(maxsize=8)
def _grain(strength: float, coarse_px: float) -> tuple[Pixels, Pixels]:
    """Two tiles: what the grain adds to a picture, and what it takes away."""
    noise = blur(np.random.default_rng(8).normal(0, 1, (_GRAIN_PX, _GRAIN_PX)), coarse_px)
    noise *= strength / noise.std()
    lift, sink = (to_bytes(np.minimum(sign * noise, 4 * strength).round()) for sign in (1, -1))
    return lift, sink
