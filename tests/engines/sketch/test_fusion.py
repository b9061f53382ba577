"""Several references in one picture: the words, and what is measured of the result."""

from __future__ import annotations

import io
import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from limner.engines.sketch.paint.palette import NAMED, to_lab
from limner.engines.sketch.render import render
from limner.engines.sketch.rework.collage import cells, rows_of
from limner.engines.sketch.task import Rendered, RenderTask
from limner.engines.sketch.words.fusion import fusion_of
from limner.engines.sketch.words.spec import SceneSpec
from limner.media.finish import FinishPlan, finish
from limner.media.metadata import Facts

Array = NDArray[np.uint8]


def png(pixels: Array) -> bytes:
    """The pixels as a PNG file."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def delivered(rendered: Rendered) -> bytes:
    """A picture of ours as the file that a client gets."""
    plan = FinishPlan("png", None, Facts("Limner", "sketch", 1, rendered.notes))
    return finish(rendered.pixels.copy(), plan).data


def fuse(prompt: str, *references: bytes, width: int = 192, height: int = 192) -> Array:
    """The picture that a prompt makes of references."""
    return render(RenderTask(prompt, width, height, 7, references=references)).pixels


def flat(color: str, width: int = 80, height: int = 60) -> Array:
    """A picture of one named colour."""
    return np.full((height, width, 3), [round(v) for v in NAMED[color]], np.uint8)


def thing(color: str, ground: str = "white", size: int = 160) -> Array:
    """A round thing of one colour before a ground of another, with a little noise."""
    y, x = np.mgrid[0:size, 0:size]
    image = flat(ground, size, size).astype(float)
    inside = (x - size / 2) ** 2 + (y - size * 0.58) ** 2 < (size * 0.22) ** 2
    image[inside] = NAMED[color]
    noise = np.random.default_rng(1).normal(0, 2, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def near(pixels: Array, color: str, within: float = 0.10) -> NDArray[np.bool_]:
    """Where a picture has about a named colour, whatever its light."""
    lab, wanted = to_lab(pixels), to_lab(NAMED[color])
    return np.asarray(np.hypot(lab[..., 1] - wanted[1], lab[..., 2] - wanted[2]) < within)


def chroma(pixels: Array) -> float:
    """Mean OKLab chroma."""
    lab = to_lab(pixels)
    return float(np.hypot(lab[..., 1], lab[..., 2]).mean())


@pytest.mark.parametrize(
    ("prompt", "mode", "base", "sources"),
    [
        ("put the cat of image 2 into image 1", "place", 0, (1,)),
        ("Put the cat from picture 1 in the scene of picture 2", "place", 1, (0,)),
        ("把图2放到图1里", "place", 0, (1,)),
        ("图1的人物放到图2的背景里", "place", 1, (0,)),
        ("把第一张的狗放到第二张的场景中", "place", 1, (0,)),
        ("image 1 as the background", "place", 0, (1,)),
        ("replace the background of image 1 with image 2", "place", 1, (0,)),
        ("把图1的背景换成图2", "place", 1, (0,)),
        ("put them together in one picture", "place", 0, (1,)),
        ("combine the first image and the second image into one scene", "place", 0, (1,)),
        ("图1 in the style of 图2", "style", 0, (1,)),
        ("Image 2 in the style of image 1", "style", 1, (0,)),
        ("apply the style of image 2 to image 1", "style", 0, (1,)),
        ("把图一换成图二的风格", "style", 0, (1,)),
        ("参考第二张图的配色", "style", 0, (1,)),
        ("dress the woman in image 1 in the clothes of image 2", "clothes", 0, (1,)),
        ("将图1的服装换为图2的服装", "clothes", 0, (1,)),
        ("图1的人穿上图2的衣服", "clothes", 0, (1,)),
        ("before and after", "compare", 0, (0, 1)),
        ("做一个对比图", "compare", 0, (0, 1)),
        ("a storyboard", "storyboard", 0, (0, 1)),
        ("side by side", "grid", 0, (0, 1)),
        ("拼图", "grid", 0, (0, 1)),
        ("make a collage", "collage", 0, (0, 1)),
        ("qwertz", "collage", 0, (0, 1)),
        ("", "collage", 0, (0, 1)),
        ("image 9 in the style of image 12", "collage", 0, (0, 1)),
    ],
)
def test_the_words_say_what_plays_which_part(
    prompt: str, mode: str, base: int, sources: tuple[int, ...]
) -> None:
    fusion = fusion_of(prompt, 2)
    assert (fusion.mode, fusion.base, fusion.sources) == (mode, base, sources)


def test_a_described_scene_takes_everybody_in() -> None:
    fusion = fusion_of("the cat and the dog together on a beach at sunset", 3)
    assert fusion.mode == "gather" and fusion.sources == (0, 1, 2)
    assert fusion.scene is not None and (fusion.scene.place, fusion.scene.time) == ("beach", "dusk")


@pytest.mark.parametrize("count", [2, 3, 5, 9, 14])
@pytest.mark.parametrize(("width", "height"), [(192, 192), (320, 128)])
def test_side_by_side_every_reference_fills_its_cell(count: int, width: int, height: int) -> None:
    names = list(itertools.islice(itertools.cycle(NAMED), count))
    fused = fuse("side by side", *(png(flat(n)) for n in names), width=width, height=height)
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
    rng = np.random.default_rng(4)
    for count in range(2, 15):
        for places in (cells(count, 260, 150), rows_of(list(rng.uniform(0.5, 2.2, count)), 260, 150)):
            seen = np.zeros((150, 260), int)
            for cell in places:
                seen[cell.y : cell.y + cell.height, cell.x : cell.x + cell.width] += 1
            assert len(places) == count and seen.max() == 1


@pytest.mark.parametrize("count", [2, 3, 6, 14])
@pytest.mark.parametrize("prompt", ["collage", "storyboard", "before and after", ""])
def test_every_reference_is_seen_on_a_sheet(prompt: str, count: int) -> None:
    names = list(itertools.islice(itertools.cycle(["red", "green", "blue", "yellow"]), count))
    fused = fuse(prompt, *(png(flat(n)) for n in names), width=256)
    for name in set(names):
        assert near(fused, name, 0.04).mean() > 0.4 / count


def test_a_collage_leaves_room_for_its_title() -> None:
    references = [png(flat("red")), png(flat("blue"))]
    titled = fuse('a collage with the title "Trip"', *references)
    assert near(titled[:22], "red", 0.05).mean() + near(titled[:22], "blue", 0.05).mean() < 0.2
    assert titled[:30].std() > 20


@pytest.mark.parametrize(
    "prompt", ["put image 2 into image 1", "把图2放到图1里", "image 1 as the background"]
)
def test_a_thing_is_cut_out_and_put_into_the_scene(prompt: str) -> None:
    fused = fuse(prompt, png(flat("green")), png(thing("red")))
    red, green = near(fused, "red"), near(fused, "green")
    assert 0.03 < red.mean() < 0.35 and green.mean() > 0.5
    assert (fused.min(2) > 225).mean() < 0.01, "no white of its old ground came along"
    assert green[:60].mean() > 0.95


def test_what_cannot_be_cut_out_is_a_framed_card() -> None:
    fused = fuse("put image 2 into image 1", png(flat("green")), png(flat("red")))
    red = near(fused, "red", 0.05)
    rows, columns = np.flatnonzero(red.any(1)), np.flatnonzero(red.any(0))
    filled = red[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].mean()
    assert 0.02 < red.mean() < 0.3 and filled > 0.97


def test_things_are_gathered_in_a_scene_of_ours() -> None:
    fused = fuse(
        "put them together in a forest", png(thing("red")), png(thing("blue")), width=256, height=256
    )
    red, blue = near(fused, "red", 0.09), near(fused, "blue", 0.09)
    assert red.mean() > 0.01 and blue.mean() > 0.01
    assert np.flatnonzero(red.any(0)).mean() < np.flatnonzero(blue.sum(0) > 3).mean()


def test_the_colours_of_a_style_are_taken_over_and_the_drawing_stays() -> None:
    content = thing("blue", "gray")
    rng = np.random.default_rng(2)
    warm = np.clip(rng.normal((200, 120, 60), (40, 30, 20), (160, 160, 3)), 0, 255).astype(np.uint8)
    styled = fuse("image 1 in the style of image 2", png(content), png(warm), width=160, height=160)
    before, target, after = (to_lab(p).reshape(-1, 3).mean(0) for p in (content, warm, styled))
    assert np.linalg.norm((after - target)[1:]) < 0.5 * np.linalg.norm((before - target)[1:])
    tones = [
        np.asarray(Image.fromarray(p).convert("L").resize((40, 40)), float).ravel() for p in (content, styled)
    ]
    assert abs(np.corrcoef(tones[0], tones[1])[0, 1]) > 0.7


def test_clothes_change_their_colour() -> None:
    wearer = thing("red", "gray", 192)
    donor = thing("blue", "gray", 192)
    dressed = fuse("图1的人穿上图2的衣服", png(wearer), png(donor))
    assert near(dressed, "blue", 0.12).mean() > 0.03 > near(wearer, "blue", 0.12).mean()
    ground = near(wearer, "gray", 0.03) & (wearer.max(2).astype(int) - wearer.min(2) < 30)
    assert np.abs(dressed.astype(int) - wearer)[ground].mean() < 4


def test_before_and_after_of_one_view_share_it() -> None:
    view = render(RenderTask("a house in a meadow", 192, 192, 3)).pixels
    dark = (view * 0.4).astype(np.uint8)
    split = fuse("before and after", png(view), png(dark))
    assert np.abs(split[:, :80].astype(int) - view[:, :80]).mean() < 3
    assert np.abs(split[:, -80:].astype(int) - dark[:, -80:]).mean() < 3
    assert split[110:190, 95:97].mean() > 225


def test_a_style_word_applies_to_the_whole_fusion() -> None:
    assert chroma(fuse("black and white", png(flat("green")), png(flat("red")))) < 0.01


def test_night_falls_on_the_whole_fusion() -> None:
    references = [png(thing("red", "green")), png(thing("blue"))]
    day, night = (
        fuse("put image 2 into image 1", *references),
        fuse("put image 2 into image 1, at night", *references),
    )
    assert to_lab(night)[..., 0].mean() < to_lab(day)[..., 0].mean() - 0.1


def test_our_own_pictures_are_joined_as_scenes() -> None:
    scene = render(RenderTask("a castle in a meadow", 192, 192, 5))
    cat = render(RenderTask("an orange cat and a tree in a forest", 192, 192, 8))
    task = RenderTask("put the cat of image 2 into image 1", 192, 192, 1)
    joined = render(RenderTask(task.prompt, 192, 192, 1, references=(delivered(scene), delivered(cat))))
    spec = SceneSpec.from_json(joined.notes["scene"])
    assert [s.noun for s in spec.subjects] == ["castle", "cat"] and spec.place == "meadow"
    assert spec.subjects[1].color == "orange" and spec.subjects[1].origin == (8, 0)
    different = np.abs(joined.pixels.astype(int) - scene.pixels).max(2) > 24
    assert 0.01 < different.mean() < 0.35


def test_the_same_fusion_gives_the_same_picture() -> None:
    references = [png(thing("red")), png(thing("blue", "green")), png(flat("yellow"))]
    for prompt in ("put image 1 into image 2", "together in a city", "image 1 in the style of image 2", ""):
        assert (fuse(prompt, *references) == fuse(prompt, *references)).all()


@pytest.mark.parametrize("count", [2, 7, 14])
def test_any_prompt_fuses_any_pictures(count: int) -> None:
    rng = np.random.default_rng(count)
    words = ["put", "image 1", "image 2", "图2", "into", "style", "of", "clothes", "background", "together"]
    words += [
        "on a beach",
        "放到",
        "第一张",
        "的",
        "风格",
        "before and after",
        "the last one",
        "“hi”",
        "@1",
        "@99",
    ]
    shapes = [(1, 1), (1, 50), (60, 3), (40, 40)]
    references = [png(rng.integers(0, 255, (*shapes[k % 4], 3), dtype=np.uint8)) for k in range(count)]
    for _ in range(10):
        prompt = " ".join(rng.choice(words, int(rng.integers(0, 7))))
        assert fuse(prompt, *references, width=96, height=64).shape == (64, 96, 3), prompt
