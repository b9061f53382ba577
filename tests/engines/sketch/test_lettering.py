"""Quoted text is set legibly."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from limner.engines.sketch.paint.lettering import letter
from limner.engines.sketch.render import render
from limner.engines.sketch.task import RenderTask
from limner.media.fonts import text_mask

Array = NDArray[np.uint8]


def draw(prompt: str, size: int) -> Array:
    """The picture of a prompt."""
    return render(RenderTask(prompt, size, size, 7)).pixels


def _best_match(picture: Array, text: str) -> float:
    """The best correlation, over sizes, of the text's own mask with light or dark letters in the picture."""
    grey = picture.mean(2).astype(np.float32)
    best = 0.0
    for px in range(10, 60):
        mask = text_mask(text, px).astype(np.float32)
        if (
            mask.shape[1] >= grey.shape[1] * 0.3
            and mask.shape[0] < grey.shape[0]
            and mask.shape[1] < grey.shape[1]
        ):
            found = np.asarray(cv2.matchTemplate(grey, mask, cv2.TM_CCOEFF_NORMED))
            best = max(best, float(found.max()), float(-found.min()))
    return best


@pytest.mark.parametrize(
    "place", ["beach", "forest at night", "skyline", "plain background", "snowy mountains"]
)
@pytest.mark.parametrize("text", ["OPEN SEA", "你好世界"])
def test_a_quoted_title_can_be_read(place: str, text: str) -> None:
    titled = draw(f'{place}, "{text}"', size=256)
    assert _best_match(titled, text) > 0.72
    assert _best_match(draw(place, size=256), text) < 0.6


def test_a_second_text_stands_below_the_first() -> None:
    ground = np.full((200, 300, 3), 90, np.uint8)
    inked = np.nonzero((letter(ground, ("ONE", "TWO")) != ground).any(2))[0]
    assert inked.min() < 60 and inked.max() > 150
    assert np.nonzero((letter(ground, ("ONE",)) != ground).any(2))[0].max() < 100


@pytest.mark.parametrize("text", ["W" * 200, "many words " * 18, "漢" * 120, "i"])
def test_text_of_any_length_stays_inside(text: str) -> None:
    ground = np.full((240, 240, 3), 90, np.uint8)
    changed = (letter(ground, (text,)) != ground).any(2)
    assert changed.any()
    assert not changed[:, :3].any() and not changed[:, -3:].any()


def test_no_text_changes_nothing() -> None:
    ground = np.full((50, 50, 3), 90, np.uint8)
    assert letter(ground, ()) is ground
    assert (letter(ground, ("\u200b",)) == ground).all()
