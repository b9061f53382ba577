"""Edits of one reference, ours or a stranger's, and series: measured."""

from __future__ import annotations

import io
import itertools
import string
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from limner.engines.sketch.paint.palette import NAMED, to_lab
from limner.engines.sketch.render import render
from limner.engines.sketch.rework.cutout import cut
from limner.engines.sketch.rework.frame import cover, extended, fitted
from limner.engines.sketch.rework.own import scene_in
from limner.engines.sketch.task import Rendered, RenderTask
from limner.engines.sketch.words.series import series_of
from limner.engines.sketch.words.spec import SceneSpec
from limner.errors import InvalidImage
from limner.media.finish import FinishPlan, finish
from limner.media.metadata import Facts
from limner.types import Encoded, OutputFormat

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
    """The pixels as a PNG file that tells nothing about itself."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def delivered(rendered: Rendered, output_format: OutputFormat = "png") -> bytes:
    """A picture of ours as the file that a client gets, and may send back."""
    plan = FinishPlan(output_format, "AI", Facts("Limner", "sketch", 1, rendered.notes))
    file: Encoded = finish(rendered.pixels.copy(), plan)
    return file.data


def difference(a: Array, b: Array) -> float:
    """Mean absolute difference in 0..255."""
    return float(np.abs(a.astype(float) - b.astype(float)).mean())


def changed(a: Array, b: Array, by: int = 24) -> NDArray[np.bool_]:
    """Where two pictures differ visibly."""
    return np.asarray(np.abs(a.astype(int) - b.astype(int)).max(2) > by)


def lightness(pixels: Array) -> float:
    """Mean OKLab lightness."""
    return float(to_lab(pixels)[..., 0].mean())


def chroma(pixels: Array) -> float:
    """Mean OKLab chroma."""
    lab = to_lab(pixels)
    return float(np.hypot(lab[..., 1], lab[..., 2]).mean())


def near(pixels: Array, color: str, within: float = 0.13) -> NDArray[np.bool_]:
    """Where a picture has about a named colour, whatever its light."""
    lab, wanted = to_lab(pixels), to_lab(NAMED[color])
    away = np.hypot(lab[..., 1] - wanted[1], lab[..., 2] - wanted[2])
    return np.asarray(away < within)


def photo(size: int = 192, seed: int = 7) -> Array:
    """A picture with the statistics of a photograph: 1/f texture, shaded shapes, a smooth sky, noise."""
    rng = np.random.default_rng(seed)
    radius = np.hypot(*np.meshgrid(np.fft.rfftfreq(size) * size, np.fft.fftfreq(size) * size))
    radius[0, 0] = 1
    phases = np.exp(2j * np.pi * rng.random((3, *radius.shape)))
    waves = np.fft.irfft2(phases / radius**1.45, s=(size, size))
    waves /= waves.std((1, 2), keepdims=True)
    image = np.stack([waves[0] + 0.2 * waves[k] for k in range(3)], 2) * 34 + 115
    y, x = np.mgrid[0:size, 0:size]
    for _ in range(20):
        cx, cy, rx, ry = rng.random(4) * size * np.array([1, 1, 0.14, 0.14]) + np.array([0, 0, 3, 3])
        inside = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1
        image[inside] = image[inside] * 0.35 + rng.random(3) * 150
    sky = np.clip((size * 0.25 - y) / 6, 0, 1)[..., None]
    image = image * (1 - sky) + sky * (np.array([120, 165, 225]) + y[..., None] / 4)
    return np.asarray(np.clip(image + rng.normal(0, 1.2, image.shape), 0, 255), np.uint8)


@pytest.fixture(scope="module")
def house() -> Array:
    """A picture to edit, of which nothing is known."""
    return draw("a red house and a tree in a meadow", 5)


@pytest.fixture(scope="module")
def fox() -> Array:
    """A picture with one subject before a ground of another colour."""
    return draw("a fox in a meadow", 4, 256)


@pytest.fixture(scope="module")
def ours() -> Rendered:
    """A picture of ours with its notes."""
    return render(RenderTask("a fox and a house in a meadow", 256, 256, 8))


def _edit(house: Array, prompt: str, width: int = 192, height: int = 192) -> Array:
    return draw(prompt, references=(png(house),), width=width, height=height)


def _again(ours: Rendered, prompt: str, output_format: OutputFormat = "png") -> Rendered:
    """Our picture, delivered, and edited."""
    return render(RenderTask(prompt, 256, 256, 99, references=(delivered(ours, output_format),)))


def _structure(a: Array, b: Array) -> float:
    blocks = [np.asarray(p.mean(2).reshape(24, 8, 24, 8).mean((1, 3))).ravel() for p in (a, b)]
    return float(np.corrcoef(blocks[0], blocks[1])[0, 1])


@pytest.mark.parametrize("output_format", ["png", "jpeg"])
def test_our_own_picture_is_known_again(ours: Rendered, output_format: OutputFormat) -> None:
    scene = scene_in(delivered(ours, output_format), ours.pixels)
    assert scene is not None and [s.noun for s in scene.subjects] == ["fox", "house"]


def test_our_own_picture_is_known_however_often_it_comes_back(ours: Rendered) -> None:
    data = delivered(ours)
    assert all(scene_in(data, ours.pixels) is not None for _ in range(120))


def test_a_picture_that_was_changed_since_is_not_taken_for_its_scene(ours: Rendered) -> None:
    assert scene_in(delivered(ours), 255 - ours.pixels) is None
    assert scene_in(delivered(ours), np.ascontiguousarray(ours.pixels[:, 100:])) is None


@pytest.mark.parametrize(
    "note",
    [
        "{}x",
        '{"place": "nowhere"}',
        '{"seed": "1"}',
        '{"seed": -4}',
        '{"style": "none"}',
        '{"subjects": [{"noun": "qwertzuiop"}]}',
        '{"subjects": [{"noun": "fox", "count": 100000}]}',
        '{"subjects": [{"noun": "fox", "scale": 1e9}]}',
        '{"subjects": [{"noun": "fox", "at": [[1e999, 0, 0]]}]}',
        '{"subjects": [{"noun": "fox", "at": [[1]]}]}',
        '{"subjects": [{"noun": "fox", "origin": ["x"]}]}',
        '{"subjects": [{"noun": "fox", "relation": {"kind": "on", "target": 7}}]}',
        '{"subjects": 7}',
        '{"texts": [{"text": 5}]}',
        "[]",
        "null",
    ],
)
def test_a_scene_that_cannot_be_drawn_is_passed_over(note: str) -> None:
    pixels = np.full((64, 64, 3), 120, np.uint8)
    data = delivered(Rendered(pixels, "", {"scene": note}))
    assert scene_in(data, pixels) is None
    assert render(RenderTask("make it night", 64, 64, 1, references=(data,))).pixels.shape == (64, 64, 3)


@pytest.mark.parametrize(("count", "known"), [(8, True), (9, False)])
def test_a_scene_is_finished_by_few_steps(ours: Rendered, count: int, known: bool) -> None:
    scene = SceneSpec.from_json(ours.notes["scene"])
    notes = {"scene": replace(scene, finish=("filter::sharpen:0.01:all:",) * count).to_json()}
    data = delivered(Rendered(ours.pixels, "", notes))
    assert (scene_in(data, ours.pixels) is not None) == known


def test_a_recoloured_subject_of_ours_leaves_the_rest_in_place(ours: Rendered) -> None:
    blue = _again(ours, "make the fox blue")
    different = changed(blue.pixels, ours.pixels)
    assert 0.01 < different.mean() < 0.2
    assert near(blue.pixels, "blue")[different].mean() > 0.4
    assert difference(blue.pixels[~different][None], ours.pixels[~different][None]) < 3


def test_a_removed_subject_of_ours_leaves_the_others_where_they_were(ours: Rendered) -> None:
    without = _again(ours, "remove the house").pixels
    alone = _again(ours, "remove the house and the fox").pixels
    fox_here = changed(without, alone)
    assert 0.01 < fox_here.mean() < 0.2
    assert difference(without[fox_here][None], ours.pixels[fox_here][None]) < 12


def test_an_added_subject_of_ours_moves_nobody(ours: Rendered) -> None:
    added = _again(ours, "add a red balloon").pixels
    different = changed(added, ours.pixels)
    assert 0.003 < different.mean() < 0.12
    assert near(added, "red")[different].mean() > 0.4


def test_the_metadata_of_an_edit_holds_the_new_scene_and_edits_add_up(ours: Rendered) -> None:
    blue = _again(ours, "make the fox blue")
    night = _again(blue, "make it night", "jpeg")
    scene = SceneSpec.from_json(night.notes["scene"])
    assert scene.time == "night" and scene.subjects[0].color == "blue" and scene.seed == 8
    assert lightness(night.pixels) < lightness(ours.pixels) - 0.2


def test_a_filter_on_our_picture_stays_through_the_next_edit(ours: Rendered) -> None:
    mirrored = _again(ours, "mirror it")
    assert difference(mirrored.pixels, np.ascontiguousarray(ours.pixels[:, ::-1])) < 8
    blue = _again(mirrored, "make the fox blue")
    assert changed(blue.pixels, mirrored.pixels).mean() < 0.2


def test_our_night_has_a_night_s_sky_rather_than_a_dark_day(ours: Rendered) -> None:
    night = _again(ours, "把它变成夜晚").pixels
    assert lightness(night) < lightness(ours.pixels) - 0.2
    assert night[:80, :, 2].mean() > night[:80, :, 0].mean()


def test_our_picture_is_drawn_anew_at_another_shape(ours: Rendered) -> None:
    data = delivered(ours)
    wide = render(RenderTask("make it autumn", 320, 160, 1, references=(data,)))
    assert wide.pixels.shape == (160, 320, 3) and "scene" in wide.notes


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
    assert chroma(_edit(house, "less saturated")) < chroma(house) * 0.8
    assert difference(_edit(house, "invert the colours"), 255 - house) < 4
    assert difference(_edit(house, "mirror it"), np.ascontiguousarray(house[:, ::-1])) < 4
    fine = [np.abs(np.diff(p.astype(float), axis=1)).mean() for p in (house, _edit(house, "blur it"))]
    assert fine[1] < fine[0] * 0.6


def test_a_bit_is_less_than_much(house: Array) -> None:
    little, usual, much = (lightness(_edit(house, f"{word} brighter")) for word in ("a bit", "", "much"))
    assert lightness(house) < little < usual < much


@pytest.mark.parametrize("word", ["watercolor", "油画", "pixel art", "铅笔画"])
def test_a_style_keeps_what_the_reference_shows(house: Array, word: str) -> None:
    styled = _edit(house, word)
    assert difference(styled, house) > 5
    assert _structure(styled, house) > 0.5


def test_added_text_changes_only_where_it_stands(house: Array) -> None:
    lettered = _edit(house, '加上文字"你好"')
    different = changed(lettered, house, 40)
    assert 0.01 < different.mean() < 0.2
    rows = np.flatnonzero(different.any(1))
    assert rows[-1] - rows[0] < 80


def test_an_added_thing_appears_and_the_rest_stays(house: Array) -> None:
    with_ball = _edit(house, "add a blue circle")
    different = changed(with_ball, house)
    assert 0.02 < different.mean() < 0.35
    assert near(with_ball, "blue")[different].mean() > 0.5
    assert difference(with_ball[~different][None], house[~different][None]) < 1


def test_a_named_thing_is_recoloured_and_nothing_else(fox: Array) -> None:
    blue = _edit(fox, "make the fox blue", 256, 256)
    different = changed(blue, fox)
    orange = near(fox, "orange", 0.09)
    assert 0.01 < different.mean() < 0.2
    assert near(blue, "blue")[orange].mean() > 0.6
    assert orange[different].mean() > 0.5
    assert difference(blue[~different][None], fox[~different][None]) < 2


def test_the_colour_that_a_thing_has_now_finds_it() -> None:
    image = np.full((192, 192, 3), (120, 170, 90), np.uint8)
    image[60:130, 20:80] = (205, 40, 40)
    image[60:130, 110:170] = (235, 200, 60)
    out = _edit(image, "change the red box to blue")
    assert near(out[70:120, 30:70], "blue").mean() > 0.95
    assert difference(out[:, 100:], image[:, 100:]) < 0.5


def test_the_sky_takes_a_colour_and_the_ground_stays(house: Array) -> None:
    pink = _edit(house, "make the sky pink")
    assert to_lab(pink[:20])[..., 1].mean() > to_lab(house[:20])[..., 1].mean() + 0.08
    assert difference(pink[-40:], house[-40:]) < 2


def test_a_background_is_changed_and_the_subject_kept(fox: Array) -> None:
    alpha = cut(fox).alpha
    beach = _edit(fox, "change the background to a beach", 256, 256)
    inside, outside = alpha > 0.98, alpha < 0.02
    assert changed(beach, fox)[outside].mean() > 0.6
    kept = np.abs(to_lab(beach)[inside] - to_lab(fox)[inside])
    assert float(np.median(kept)) < 0.05


def test_a_night_background_leaves_the_subject_its_light(fox: Array) -> None:
    inside = cut(fox).alpha > 0.98
    night = _edit(fox, "change the background to a city at night", 256, 256)
    assert to_lab(night)[..., 0][inside].mean() > to_lab(fox)[..., 0][inside].mean() - 0.12
    assert to_lab(night)[..., 0][~inside].mean() < to_lab(fox)[..., 0][~inside].mean() - 0.15


def test_a_background_is_removed(fox: Array) -> None:
    alpha = cut(fox).alpha
    white = _edit(fox, "remove the background", 256, 256)
    assert (white[alpha < 0.02] > 190).mean() > 0.98
    assert (white[:60] == 255).mean() > 0.99
    assert difference(white[alpha > 0.98][None], fox[alpha > 0.98][None]) < 4


def test_a_blurred_background_leaves_the_subject_sharp(fox: Array) -> None:
    alpha = cut(fox).alpha
    soft = _edit(fox, "blur the background", 256, 256)
    assert difference(soft[alpha > 0.98][None], fox[alpha > 0.98][None]) < 3
    fine = [np.abs(np.diff(p[200:].astype(float), axis=1)).mean() for p in (fox, soft)]
    assert fine[1] < fine[0] * 0.5


def test_a_removed_thing_gives_way_to_its_surroundings(fox: Array) -> None:
    alpha = cut(fox).alpha
    without = _edit(fox, "remove the fox", 256, 256)
    assert near(without, "orange", 0.09)[alpha > 0.9].mean() < 0.1
    assert difference(without[:60], fox[:60]) < 1


def test_a_replaced_thing_makes_room_for_another(fox: Array) -> None:
    ball = _edit(fox, "replace the fox with a blue ball", 256, 256)
    inside = cut(fox).alpha > 0.9
    assert near(ball, "blue")[inside].mean() > 0.25


def test_a_moved_thing_is_elsewhere(fox: Array) -> None:
    moved = _edit(fox, "move the fox to the right", 256, 256)
    columns = np.flatnonzero(near(moved, "orange", 0.09)[100:].sum(0) > 6)
    assert abs(columns.mean() / 256 - 0.76) < 0.12


def test_an_instruction_that_says_nothing_known_still_edits_a_little(house: Array) -> None:
    edited = _edit(house, "qwertz uiop")
    assert 2 < difference(edited, house) < 40
    assert _structure(edited, house) > 0.95


def test_quarter_turns_are_exact(house: Array) -> None:
    assert difference(_edit(house, "rotate 90 degrees"), np.ascontiguousarray(np.rot90(house, -1))) < 1
    assert difference(_edit(house, "rotate 180 degrees"), np.ascontiguousarray(house[::-1, ::-1])) < 1


def test_a_half_fills_the_frame(house: Array) -> None:
    left = _edit(house, "crop to the left half")
    assert difference(left, cover(np.ascontiguousarray(house[:, :97]), 192, 192)) < 8


def test_what_is_extended_keeps_the_picture_in_its_middle(house: Array) -> None:
    wide = extended(house, 400, 192, 0.5, 0.5)
    assert wide.shape == (192, 400, 3)
    assert (wide[:, 104:296] == house).all()
    assert np.abs(wide[:, 103].astype(int) - house[:, 0].astype(int)).mean() < 12


@pytest.mark.parametrize(("width", "height"), [(300, 120), (120, 300), (200, 192), (512, 32), (32, 512)])
def test_the_edit_has_the_size_asked_for(house: Array, width: int, height: int) -> None:
    assert _edit(house, "make it night", width=width, height=height).shape == (height, width, 3)


def test_a_disc_stays_round_in_another_shape() -> None:
    disc = np.full((200, 200, 3), 255, np.uint8)
    y, x = np.mgrid[0:200, 0:200]
    disc[(x - 100) ** 2 + (y - 100) ** 2 < 900] = (200, 30, 30)
    wide = fitted(disc, 400, 200)
    across = np.flatnonzero(wide[100, :, 1] < 100)
    down = np.flatnonzero(wide[:, int(across.mean()), 1] < 100)
    assert abs(len(across) / len(down) - 1) < 0.1


def test_a_large_edit_keeps_the_fine_detail_of_what_it_leaves_alone() -> None:
    noise = np.random.default_rng(1).integers(90, 130, (1600, 1600, 1), dtype=np.uint8).repeat(3, 2)
    noise[700:1000, 700:1000] = (210, 40, 40)
    out = draw("change the red box to blue", width=1600, height=1600, references=(png(noise),))
    assert (out[:500] == noise[:500]).mean() > 0.99
    assert near(out[800:900, 800:900], "blue").mean() > 0.9


def test_the_same_edit_gives_the_same_picture(house: Array) -> None:
    for prompt in ("make it night, add a cat", "remove the tree", "put it on a beach"):
        assert (_edit(house, prompt) == _edit(house, prompt)).all()


PHOTO_PROMPTS = [
    *("make it night", "变成冬天", "make the cat blue", "add a dog"),
    *("remove the person", "换成海边背景", "oil painting"),
]


@pytest.mark.parametrize("prompt", PHOTO_PROMPTS)
def test_a_photograph_is_edited(prompt: str) -> None:
    image = photo()
    out = _edit(image, prompt)
    assert out.shape == image.shape and out.std() > 8


def _odd() -> dict[str, Array]:
    rng = np.random.default_rng(2)
    return {
        "one pixel": np.full((1, 1, 3), 77, np.uint8),
        "a line": rng.integers(0, 255, (1, 40, 3), dtype=np.uint8),
        "a ribbon": rng.integers(0, 255, (320, 20, 3), dtype=np.uint8),
        "black": np.zeros((40, 60, 3), np.uint8),
        "white": np.full((60, 40, 3), 255, np.uint8),
        "grey noise": rng.integers(0, 255, (50, 50, 1), dtype=np.uint8).repeat(3, 2),
    }


@pytest.mark.parametrize("name", list(_odd()))
@pytest.mark.parametrize(
    "prompt",
    [
        "make it night, remove the background",
        "冬天, 把猫变成蓝色, 去掉人",
        "put it on a beach and blur the background",
        "crop to the cat, rotate 13 degrees, zoom out, add a tree",
        "autumn, replace the dog with a car, move the car to the left",
    ],
)
def test_odd_pictures_are_edited_without_complaint(name: str, prompt: str) -> None:
    assert draw(prompt, size=64, references=(png(_odd()[name]),)).shape == (64, 64, 3)


def test_transparency_is_edited() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (30, 50), (200, 10, 10, 90)).save(stream, "PNG")
    assert draw("make it night", size=64, references=(stream.getvalue(),)).shape == (64, 64, 3)


def test_any_prompt_edits_any_picture(house: Array) -> None:
    rng = np.random.default_rng(3)
    words = ["make", "the", "cat", "blue", "remove", "background", "to", "night", "add", "2", "dogs", "left"]
    words += ["zoom", "crop", "text", "“x”", "forest"]
    words += ["把", "背景", "换成", "变成", "去掉", "猫", "红色", "模糊", *string.punctuation]
    data = png(np.ascontiguousarray(house[::3, ::3]))
    for _ in range(40):
        prompt = " ".join(rng.choice(words, int(rng.integers(0, 8))))
        out = draw(prompt, size=64, references=(data,))
        assert out.shape == (64, 64, 3) and out.dtype == np.uint8, prompt


def test_a_reference_that_is_no_picture_is_refused() -> None:
    with pytest.raises(InvalidImage):
        draw("night", references=(b"not a picture",))


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
    pictures = _series("a boy and his dog in a meadow", 4)
    for a, b in itertools.combinations(pictures, 2):
        assert difference(a, b) > 6
        sky = [to_lab(p[:20]).reshape(-1, 3).mean(0) for p in (a, b)]
        assert np.linalg.norm(sky[0] - sky[1]) < 0.12


def test_a_series_keeps_its_seed_and_moves_its_layout() -> None:
    pictures = series_of("a boy and his dog", 4, 3)
    assert [p.seed for p in pictures] == [4, 4, 4]
    assert len({p.layout_seed for p in pictures}) == 3
