"""Edits of one reference, fusion of several, series: measured."""

from __future__ import annotations

import io
import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from limner.engines.sketch.paint.palette import NAMED, to_lab
from limner.engines.sketch.render import render
from limner.engines.sketch.rework.fuse import cells, cover
from limner.engines.sketch.task import RenderTask
from limner.engines.sketch.words.series import series_of
from limner.errors import InvalidImage

Array = NDArray[np.uint8]


def draw(
    prompt: str,
    seed: int = 7,
    size: int = 192,
    *,
    width: int = 0,
    height: int = 0,
    references: tuple[bytes, ...] = (),
) -> Array:
    """The picture of a prompt."""
    return render(RenderTask(prompt, width or size, height or size, seed, references=references)).pixels


def png(pixels: Array) -> bytes:
    """The pixels as a PNG file."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def difference(a: Array, b: Array) -> float:
    """Mean absolute difference in 0..255."""
    return float(np.abs(a.astype(float) - b.astype(float)).mean())


def lightness(pixels: Array) -> float:
    """Mean OKLab lightness."""
    return float(to_lab(pixels)[..., 0].mean())


def chroma(pixels: Array) -> float:
    """Mean OKLab chroma."""
    lab = to_lab(pixels)
    return float(np.hypot(lab[..., 1], lab[..., 2]).mean())


@pytest.fixture(scope="module")
def house() -> Array:
    """A picture to edit."""
    return draw("a red house and a tree in a meadow", 5)


def _edit(house: Array, prompt: str, width: int = 192, height: int = 192) -> Array:
    return draw(prompt, references=(png(house),), width=width, height=height)


def _structure(a: Array, b: Array) -> float:
    blocks = [np.asarray(p.mean(2).reshape(24, 8, 24, 8).mean((1, 3))).ravel() for p in (a, b)]
    return float(np.corrcoef(blocks[0], blocks[1])[0, 1])


@pytest.mark.parametrize("prompt", ["make it night", "把它变成夜晚"])
def test_night_makes_it_dark_and_blue(house: Array, prompt: str) -> None:
    night = _edit(house, prompt)
    assert lightness(night) < lightness(house) - 0.2
    assert night[..., 2].mean() > night[..., 0].mean()


@pytest.mark.parametrize("prompt", ["make it snow, winter", "变成冬天"])
def test_winter_makes_it_pale(house: Array, prompt: str) -> None:
    winter = _edit(house, prompt)
    assert chroma(winter) < chroma(house) * 0.6
    assert lightness(winter) > lightness(house)


def test_sunset_makes_it_warm(house: Array) -> None:
    assert to_lab(_edit(house, "at sunset"))[..., 1].mean() > to_lab(house)[..., 1].mean() + 0.02


def test_autumn_turns_the_leaves(house: Array) -> None:
    assert to_lab(_edit(house, "autumn"))[..., 1].mean() > to_lab(house)[..., 1].mean() + 0.03


def test_filters_do_what_they_say(house: Array) -> None:
    assert chroma(_edit(house, "black and white")) < 0.01
    assert lightness(_edit(house, "brighten it")) > lightness(house) + 0.03
    assert lightness(_edit(house, "调暗")) < lightness(house) - 0.03
    assert chroma(_edit(house, "more vivid")) > chroma(house) * 1.15
    assert difference(_edit(house, "invert the colours"), 255 - house) < 4
    assert difference(_edit(house, "mirror it"), np.ascontiguousarray(house[:, ::-1])) < 4
    fine = [np.abs(np.diff(p.astype(float), axis=1)).mean() for p in (house, _edit(house, "blur it"))]
    assert fine[1] < fine[0] * 0.5


@pytest.mark.parametrize("word", ["watercolor", "油画", "pixel art", "铅笔画"])
def test_a_style_keeps_what_the_reference_shows(house: Array, word: str) -> None:
    styled = _edit(house, word)
    assert difference(styled, house) > 5
    assert _structure(styled, house) > 0.5


def test_added_text_changes_only_where_it_stands(house: Array) -> None:
    lettered = _edit(house, '加上文字"你好"')
    changed = np.abs(lettered.astype(int) - house).max(2) > 40
    assert 0.01 < changed.mean() < 0.2
    assert not changed[120:].any()


def test_an_added_thing_appears_and_the_rest_stays(house: Array) -> None:
    with_ball = _edit(house, "add a blue circle")
    blue = np.linalg.norm(to_lab(with_ball) - to_lab(NAMED["blue"]), axis=2) < 0.08
    assert blue.mean() > 0.03
    assert difference(with_ball[~blue][None], house[~blue][None]) < 8


def test_an_instruction_that_says_nothing_known_still_edits_a_little(house: Array) -> None:
    edited = _edit(house, "qwertz uiop")
    assert 2 < difference(edited, house) < 40
    assert _structure(edited, house) > 0.95


def test_the_edit_has_the_size_asked_for(house: Array) -> None:
    assert _edit(house, "night", width=300, height=120).shape == (120, 300, 3)


def test_a_reference_that_is_no_picture_is_refused() -> None:
    with pytest.raises(InvalidImage):
        draw("night", references=(b"not a picture",))


def _flat(color: str) -> Array:
    return np.full((60, 80, 3), [round(v) for v in NAMED[color]], np.uint8)


@pytest.mark.parametrize("count", [2, 3, 5, 9, 14])
@pytest.mark.parametrize(("width", "height"), [(192, 192), (320, 128)])
def test_side_by_side_every_reference_fills_its_cell(count: int, width: int, height: int) -> None:
    names = list(itertools.islice(itertools.cycle(NAMED), count))
    fused = draw("side by side", references=tuple(png(_flat(n)) for n in names), width=width, height=height)
    places = cells(count, width, height)
    for name, cell in zip(names, places, strict=True):
        middle = fused[
            cell.y + cell.height // 4 : cell.y + 3 * cell.height // 4,
            cell.x + cell.width // 4 : cell.x + 3 * cell.width // 4,
        ]
        assert np.abs(np.median(middle.reshape(-1, 3), 0) - NAMED[name]).max() < 6, name
    areas = [cell.width * cell.height for cell in places]
    assert sum(areas) > 0.7 * width * height
    assert max(areas) < 2.2 * min(areas)


def test_cells_do_not_overlap() -> None:
    for count in range(2, 15):
        seen = np.zeros((150, 260), int)
        for cell in cells(count, 260, 150):
            seen[cell.y : cell.y + cell.height, cell.x : cell.x + cell.width] += 1
        assert seen.max() == 1


@pytest.mark.parametrize(
    "prompt", ["put image 2 into image 1", "把图2放到图1里", "image 1 as the background"]
)
def test_image_1_can_be_the_scene_of_the_others(prompt: str) -> None:
    fused = draw(prompt, references=(png(_flat("green")), png(_flat("red"))))
    near = {c: np.abs(fused.astype(float) - NAMED[c]).max(2) < 12 for c in ("green", "red")}
    assert near["green"].mean() > 0.5 and 0.03 < near["red"].mean() < 0.3
    assert near["green"][:60].mean() > 0.95


def test_a_style_word_applies_to_the_whole_fusion() -> None:
    fused = draw("black and white", references=(png(_flat("green")), png(_flat("red"))))
    assert chroma(fused) < 0.01


def test_cover_keeps_the_proportions_and_the_middle() -> None:
    image = np.zeros((50, 100, 3), np.uint8)
    image[:, 48:52] = 255
    cropped = cover(image, 40, 40)
    assert cropped.shape == (40, 40, 3)
    columns = cropped.mean((0, 2))
    assert abs(float((columns * np.arange(40)).sum() / columns.sum()) - 19.5) < 1


def _series(prompt: str, count: int) -> list[Array]:
    return [render(RenderTask(prompt, 192, 192, 11, i, count, True)).pixels for i in range(count)]


@pytest.mark.parametrize("prompt", ["four seasons by a lake with a fox", "一年四季的湖边，一只狐狸"])
def test_a_series_of_seasons_has_one_each(prompt: str) -> None:
    pictures = _series(prompt, 4)
    for a, b in itertools.combinations(pictures, 2):
        assert difference(a, b) > 2.5
    ground = [to_lab(p[-16:]).reshape(-1, 3).mean(0) for p in pictures]
    assert max(range(4), key=lambda i: ground[i][0]) == 3, "winter is the lightest"
    assert max(range(4), key=lambda i: ground[i][1]) == 2, "autumn is the reddest"


def test_a_series_of_hours_ends_in_the_night() -> None:
    morning, noon, night = _series("a cat in a meadow, morning, noon and night", 3)
    assert lightness(night) < min(lightness(morning), lightness(noon)) - 0.15
    assert difference(morning, noon) > 8


def test_other_series_share_their_palette_and_cast_and_differ_in_layout() -> None:
    pictures = _series("a boy and his dog in the forest", 4)
    for a, b in itertools.combinations(pictures, 2):
        assert difference(a, b) > 6
        sky = [to_lab(p[:20]).reshape(-1, 3).mean(0) for p in (a, b)]
        assert np.linalg.norm(sky[0] - sky[1]) < 0.12


def test_a_series_keeps_its_seed_and_moves_its_layout() -> None:
    pictures = series_of("a boy and his dog", 4, 3)
    assert [p.seed for p in pictures] == [4, 4, 4]
    assert len({p.layout_seed for p in pictures}) == 3
