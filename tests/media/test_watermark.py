from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from limner.media.watermark import Box, mark, mark_box
from limner.types import Size

TEXTS = ("AI Generated", "AI生成")


def plain(size: Size, grey: int) -> NDArray[np.uint8]:
    return np.full((size.height, size.width, 3), grey, np.uint8)


def busy(size: Size) -> NDArray[np.uint8]:
    return np.random.default_rng(5).integers(0, 256, (size.height, size.width, 3), dtype=np.uint8)


def stripes(size: Size) -> NDArray[np.uint8]:
    bars = (np.indices((size.height, size.width)).sum(axis=0) // 9 % 2 * 255).astype(np.uint8)
    return np.repeat(bars[..., None], 3, axis=-1)


def luminance(grey: float) -> float:
    """WCAG 2.2 relative luminance of a grey."""
    value = grey / 255
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def changed(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> Box:
    where = (before != after).any(axis=-1)
    rows, columns = np.flatnonzero(where.any(axis=1)), np.flatnonzero(where.any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def letters(size: Size, text: str) -> NDArray[np.bool_]:
    """The pixels that are full ink: on black nothing else is bright."""
    pixels = plain(size, 0)
    mark(pixels, text)
    return pixels[..., 0] > 225


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", [Size(1024, 1024), Size(2560, 1440), Size(300, 900)], ids=str)
def test_the_mark_changes_its_box_in_the_bottom_right_corner_and_nothing_else(size: Size, text: str) -> None:
    before = busy(size)
    after = before.copy()
    box = mark(after, text)
    inside = changed(before, after)
    assert box == mark_box(size, text)
    assert box.left <= inside.left < inside.right <= box.right
    assert box.top <= inside.top < inside.bottom <= box.bottom
    assert box.left > size.width * 0.4 and box.top > size.height * 0.9
    assert box.right < size.width and box.bottom < size.height


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("grey", [0, 64, 128, 192, 255])
def test_letters_stand_out_from_their_surroundings_on_any_grey(grey: int, text: str) -> None:
    size = Size(1024, 1024)
    pixels = plain(size, grey)
    mark(pixels, text)
    ink = letters(size, text)
    around = np.zeros_like(ink)
    for shift in (-4, 4):
        around |= np.roll(ink, shift, axis=0) | np.roll(ink, shift, axis=1)
    near = np.median(pixels[..., 0][around & ~ink])
    bright = np.median(pixels[..., 0][ink])
    # 3 : 1 is what WCAG asks of large letters
    assert (luminance(float(bright)) + 0.05) / (luminance(float(near)) + 0.05) >= 3


@pytest.mark.parametrize("background", [busy, stripes])
def test_letters_can_be_told_from_a_busy_background(background: object) -> None:
    size = Size(1024, 1024)
    assert callable(background)
    pixels = background(size)
    mark(pixels, "AI Generated")
    ink = letters(size, "AI Generated")
    box = mark_box(size, "AI Generated")
    rest = pixels[box.top : box.bottom, box.left : box.right][
        ~ink[box.top : box.bottom, box.left : box.right]
    ]
    assert pixels[ink].min() > 215
    assert rest.mean() < 128


def test_the_mark_grows_with_the_short_side() -> None:
    small, large = mark_box(Size(1024, 2000), "AI生成"), mark_box(Size(2048, 4000), "AI生成")
    assert 1.9 < (large.right - large.left) / (small.right - small.left) < 2.1
    assert mark_box(Size(1024, 4000), "AI生成").right == mark_box(Size(1024, 1024), "AI生成").right


@pytest.mark.parametrize(
    "text", [*TEXTS, "A very long text that a house might ask for on all of its pictures"]
)
@pytest.mark.parametrize(
    "size", [Size(64, 64), Size(512, 32), Size(32, 512), Size(15, 240), Size(1, 1), Size(9, 3)], ids=str
)
def test_on_a_tiny_picture_the_mark_shrinks_to_fit_or_is_left_out(size: Size, text: str) -> None:
    pixels = plain(size, 128)
    box = mark(pixels, text)
    if box.is_empty:
        assert (pixels == 128).all()
    else:
        assert box.left >= 0 and box.top >= 0 and box.right <= size.width and box.bottom <= size.height
        assert not (pixels == 128).all()


def test_the_usual_mark_fits_on_64_pixels() -> None:
    assert not mark_box(Size(64, 64), "AI Generated").is_empty


def test_a_text_that_cannot_be_drawn_leaves_the_picture_alone() -> None:
    pixels = plain(Size(256, 256), 128)
    assert mark(pixels, "😀").is_empty
    assert (pixels == 128).all()
