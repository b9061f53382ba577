from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
import pytest
from PIL import ImageFont

from limner.media.fonts import Run, Weight, baseline, drawable, runs, text_mask, text_width

FONTS = resources.files("limner") / "assets" / "fonts"
SAMPLES = {
    "Latin": "The quick brown fox, 0123456789! Größe Łódź İstanbul Ẩn",
    "Greek and Cyrillic": "Ελλάδα Москва",
    "Chinese": "永和九年岁在癸丑暮春之初会于会稽山阴之兰亭修禊事也，限时优惠。「生成」",
    "traditional Chinese": "繁體龜麵鬱臺灣鹽",
    "rare in GB 2312": "劐坶塥弪憝戤桊毪",
    "Japanese": "こんにちは カタカナ 畑",
    "Korean": "안녕하세요 뷁",
}


def gb2312() -> str:
    """The 6,763 characters of the mainland's basic set."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return b"".join(codes).decode("gb2312", "ignore")


@cache
def font(face: str) -> ImageFont.FreeTypeFont:
    with resources.as_file(FONTS / face) as path:
        return ImageFont.truetype(str(path), 40, layout_engine=ImageFont.Layout.BASIC)


def shape(character: str, face: str) -> bytes:
    return bytes(font(face).getmask(character))


@pytest.mark.parametrize("text", [*SAMPLES.values(), gb2312()], ids=[*SAMPLES, "GB 2312"])
def test_nothing_of_common_scripts_is_dropped_and_each_face_has_what_it_draws(text: str) -> None:
    assert drawable(text) == text
    for run in runs(text):
        missing = shape("\U0010fffd", run.face)
        assert [character for character in run.text if shape(character, run.face) == missing] == []


@pytest.mark.parametrize("character", "永生成龜劐あ안Aя1é，")
@pytest.mark.parametrize("weight", ["bold", "black"])
def test_no_character_looks_like_the_box_of_a_missing_one(character: str, weight: Weight) -> None:
    (run,) = runs(character, weight)
    mask = text_mask(character, 40, weight)
    ink = mask[np.ix_(mask.any(axis=1), mask.any(axis=0))]
    assert ink.size
    assert ink.tobytes() != shape("\U0010fffd", run.face)


def test_different_characters_look_different() -> None:
    sample = gb2312()[::29]
    assert len({text_mask(character, 32).tobytes() for character in sample}) == len(sample)


@pytest.mark.parametrize(
    "nothing", ["", "😀", "\u200b\u200d\ufe0f", "\x00\x1b", "\ud800", "\U0010ffff", "\ue000", "  \n "]
)
def test_what_no_face_has_is_dropped(nothing: str) -> None:
    assert drawable(nothing) == ""
    assert text_width(nothing, 40) == 0
    assert text_mask(nothing, 40).shape == text_mask("A", 40)[:, :0].shape
    assert np.array_equal(text_mask(f"A{nothing}B", 40), text_mask("A B" if nothing == "  \n " else "AB", 40))


def test_an_accent_typed_apart_is_set_as_one_letter() -> None:
    assert np.array_equal(text_mask("cafe\u0301", 30), text_mask("caf\u00e9", 30))


def test_a_mixed_line_is_cut_where_the_face_changes() -> None:
    assert runs("AI生成", "black") == [Run("AI", "Lato-Black.ttf"), Run("生成", "NotoSansSC-Bold.ttf")]


def test_quotation_marks_are_wide_in_chinese_and_narrow_in_english() -> None:
    assert [run.face for run in runs("“好”")] == ["NotoSansSC-Bold.ttf"]
    assert [run.face for run in runs("“Good”")] == ["Lato-Bold.ttf"]


@pytest.mark.parametrize("px", [1, 8, 31, 200])
def test_a_mask_is_as_wide_as_text_width_says_and_no_ink_is_cut_off(px: int) -> None:
    for text in SAMPLES.values():
        mask = text_mask(text, px)
        assert mask.shape[1] == text_width(text, px)
        if px > 20:
            assert not mask[0].any() and not mask[-1].any()
            assert not mask[:, 0].any() and not mask[:, -1].any()


def test_letters_stand_on_the_baseline() -> None:
    ink = text_mask("HEM", 100).any(axis=1)
    assert abs(int(np.flatnonzero(ink)[-1]) + 1 - baseline(100)) <= 1


def test_black_is_heavier_than_bold() -> None:
    assert text_mask("OPENING", 60, "black").sum() > 1.05 * text_mask("OPENING", 60, "bold").sum()


def test_every_face_has_its_licence_beside_it() -> None:
    licences = "".join(path.read_text() for path in FONTS.iterdir() if path.name.endswith("-LICENSE.txt"))
    faces = [path.name for path in FONTS.iterdir() if path.name.endswith(".ttf")]
    assert len(faces) == 5
    assert all(face in licences for face in faces)
