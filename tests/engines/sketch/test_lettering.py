"""Quoted text is set legibly, where there is room, on what bears it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from limner.engines.sketch.paint.lettering import Role, Text, letter
from limner.engines.sketch.paint.typesetting import fitted
from limner.engines.sketch.render import render
from limner.engines.sketch.task import RenderTask
from limner.media.fonts import Weight, text_mask

Array = NDArray[np.uint8]
Box = tuple[float, float, float, float]


def draw(prompt: str, size: int) -> Array:
    """The picture of a prompt."""
    return render(RenderTask(prompt, size, size, 7)).pixels


def _best_match(
    picture: Array, text: str, least: float = 0.3, weight: Weight = "bold", last: int = 60
) -> float:
    """The best correlation, over sizes, of the text's own mask with light or dark letters in the picture."""
    grey = picture.mean(2).astype(np.float32)
    best = 0.0
    for px in range(9, last):
        mask = text_mask(text, px, weight).astype(np.float32)
        if grey.shape[1] * least <= mask.shape[1] < grey.shape[1] and mask.shape[0] < grey.shape[0]:
            found = np.asarray(cv2.matchTemplate(grey, mask, cv2.TM_CCOEFF_NORMED))
            best = max(best, float(found.max()), float(-found.min()))
    return best


def _scene(height: int, width: int) -> Array:
    """A sky over a field, with some unevenness."""
    rows = np.linspace(0, 1, height)[:, None, None]
    sky, field = np.array([150.0, 200, 240]), np.array([90.0, 140, 70])
    noise = np.random.default_rng(3).normal(0, 4, (height, width, 3))
    picture = np.where(rows < 0.6, sky - 40 * rows, field - 30 * rows) + noise
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def _changed(picture: Array, *texts: Text | str, figures: tuple[Box, ...] = ()) -> NDArray[np.bool_]:
    return np.asarray((letter(picture, texts, figures) != picture).any(2))


def _extent(mask: NDArray[np.bool_]) -> tuple[float, float, float, float]:
    rows, columns = np.nonzero(mask.any(1))[0], np.nonzero(mask.any(0))[0]
    height, width = mask.shape
    return columns[0] / width, rows[0] / height, columns[-1] / width, rows[-1] / height


@pytest.mark.parametrize(
    "place", ["beach", "forest at night", "skyline", "plain background", "snowy mountains"]
)
@pytest.mark.parametrize("text", ["OPEN SEA", "你好世界"])
def test_a_quoted_title_can_be_read(place: str, text: str) -> None:
    titled = draw(f'{place}, "{text}"', size=256)
    assert _best_match(titled, text) > 0.72
    assert _best_match(draw(place, size=256), text) < 0.6


@pytest.mark.parametrize("role", ["title", "sign", "label", "bubble"])
@pytest.mark.parametrize("text", ["HELLO", "茶 TEA"])
@pytest.mark.parametrize("size", [(220, 300), (360, 360)])
def test_text_can_be_read_in_every_role(role: Role, text: str, size: tuple[int, int]) -> None:
    bearer = (0.35, 0.25, 0.75, 0.95)
    picture = letter(_scene(*size), [Text(text, role, bearer)])
    assert _best_match(picture, text, 0.08) > 0.8


def test_a_poster_is_set_heavier() -> None:
    scene = _scene(256, 256)
    poster = letter(scene, ["SALE"], display=True)
    mask = poster.min(2) > 215
    assert _best_match(np.asarray(mask[..., None] * np.uint8(255)), "SALE", 0.2, "black", 110) > 0.75
    assert (poster != scene).any(2).sum() > 1.3 * (letter(scene, ["SALE"]) != scene).any(2).sum()


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [((0.2, 0.45, 0.8, 0.98), 0.0, 0.45), ((0.1, 0.0, 0.9, 0.55), 0.55, 1.0)],
)
def test_a_title_keeps_off_the_figures_where_there_is_room(figure: Box, low: float, high: float) -> None:
    _, top, _, foot = _extent(_changed(_scene(300, 300), "A quiet day", figures=(figure,)))
    assert low <= top and foot <= high


def test_a_title_in_a_wide_picture_stands_beside_the_figure() -> None:
    left = _extent(_changed(_scene(160, 480), "Spring Sale", figures=((0.6, 0.1, 0.95, 0.95),)))
    right = _extent(_changed(_scene(160, 480), "Spring Sale", figures=((0.05, 0.1, 0.4, 0.95),)))
    assert left[2] < 0.6 and right[0] > 0.4


def test_a_second_text_stands_below_the_first_and_is_smaller() -> None:
    ground = np.full((200, 300, 3), 90, np.uint8)
    both = np.nonzero(_changed(ground, "ONE", "TWO").any(1))[0]
    alone = np.nonzero(_changed(ground, "ONE").any(1))[0]
    assert both.min() < 60 and both.max() > alone.max() + 10
    second = _changed(ground, "ONE", "TWO") & ~_changed(ground, "ONE")
    assert 0 < second.sum() < _changed(ground, "ONE").sum()


def test_a_bubble_leaves_the_face_of_the_one_who_speaks() -> None:
    speaker = (0.35, 0.45, 0.6, 0.98)
    changed = _changed(_scene(320, 320), Text("Where are we?", "bubble", speaker), figures=(speaker,))
    x0, y0, x1, y1 = (int(v * 320) for v in speaker)
    assert changed.any()
    assert not changed[y0 + (y1 - y0) // 4 : y1, x0:x1].any()


def test_a_sign_on_a_board_stays_on_the_board_and_one_without_brings_its_own() -> None:
    board = (0.3, 0.3, 0.7, 0.9)
    on_it = _extent(_changed(_scene(300, 300), Text("OPEN", "sign", board, board=True)))
    assert on_it[0] > 0.28 and on_it[1] > 0.28 and on_it[2] < 0.72 and on_it[3] < 0.7
    post = _changed(_scene(300, 300), Text("OPEN", "sign"))
    plain = _changed(_scene(300, 300), Text("OPEN", "sign", board, board=True))
    assert post.sum() > 2 * plain.sum()


def test_a_label_lies_on_the_front_of_what_it_names() -> None:
    jar = (0.4, 0.4, 0.6, 0.8)
    x0, y0, x1, y1 = _extent(_changed(_scene(300, 300), Text("JAM", "label", jar)))
    assert 0.38 < x0 < x1 < 0.62 and 0.42 < y0 < y1 < 0.82


@pytest.mark.parametrize("text", ["W" * 200, "many words " * 18, "漢" * 120, "i"])
@pytest.mark.parametrize("role", ["title", "sign", "label", "bubble"])
def test_text_of_any_length_stays_inside(text: str, role: Role) -> None:
    ground = np.full((240, 240, 3), 90, np.uint8)
    changed = _changed(ground, Text(text, role, (0.3, 0.3, 0.7, 0.9)))
    assert changed.any() or len(text) > 100
    assert not changed[:, :2].any() and not changed[:, -2:].any()


@pytest.mark.parametrize("size", [(16, 256), (256, 16), (16, 16), (64, 1024)])
@pytest.mark.parametrize("role", ["title", "sign", "label", "bubble"])
def test_lettering_never_fails_on_odd_shapes(size: tuple[int, int], role: Role) -> None:
    ground = np.full((*size, 3), 200, np.uint8)
    assert letter(ground, [Text("OPEN 你好", role, (0.2, 0.2, 0.8, 0.8))]).shape == (*size, 3)


def test_letters_stand_out_from_any_even_ground() -> None:
    for grey in (10, 60, 110, 160, 210, 250):
        ground = np.full((160, 240, 3), grey, np.uint8)
        lettered = letter(ground, ["READ ME"]).astype(int)
        assert np.abs(lettered - grey).max() > 85


def test_lines_are_balanced_and_words_stay_whole() -> None:
    block = fitted("the fox who found the moon", 200, 200, 80)
    assert block is not None and len(block.lines) > 1
    assert " ".join(block.lines) == "the fox who found the moon"
    assert block.ink.shape[1] <= 200 and block.ink.shape[0] <= 200


def test_a_chinese_line_never_begins_with_a_mark() -> None:
    block = fitted("床前明月光，疑是地上霜。举头望明月，低头思故乡。", 120, 200, 60, max_lines=6)
    assert block is not None and len(block.lines) > 2
    assert not any(line[0] in "，。" for line in block.lines)


def test_the_same_text_is_set_the_same() -> None:
    scene = _scene(200, 200)
    texts = [Text("Hello"), Text("Hi!", "bubble", (0.4, 0.5, 0.6, 0.9)), Text("SHOP", "sign")]
    assert (letter(scene, texts) == letter(scene, texts)).all()


def test_no_text_changes_nothing() -> None:
    ground = np.full((50, 50, 3), 90, np.uint8)
    assert letter(ground, ()) is ground
    assert (letter(ground, ("\u200b",)) == ground).all()
