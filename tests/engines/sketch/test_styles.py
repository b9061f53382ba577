"""Styles: each is its own medium, on any scene, on any picture, at any size."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from limner.engines.sketch.paint.body import Body, Form, oval
from limner.engines.sketch.paint.light import LIGHTS, ink
from limner.engines.sketch.paint.medium import FLAT, GOUACHE, SMOOTH, Medium
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.painter import paint
from limner.engines.sketch.paint.raster import Floats, Pixels
from limner.engines.sketch.paint.styles import FINISHES, MEDIUMS, STYLES
from limner.engines.sketch.picture import draw
from limner.engines.sketch.scene.compose import compose
from limner.engines.sketch.scene.places import STYLED_PLACES
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec

NAMES = sorted(STYLES)
SPEAKING = [name for name in NAMES if name != "gouache"]
PLACES = ("meadow", "snowfield", "room", "sea")


@cache
def scene(style: str | None = None, place: str = "meadow", time: str = "day", side: int = 256) -> Pixels:
    spec = SceneSpec(
        seed=5, layout_seed=5, place=place, time=time, style=style, subjects=(SubjectSpec("apple"),)
    )
    return draw(spec, side, side)


@cache
def photo(width: int = 240, height: int = 200) -> Pixels:
    """A picture with the statistics of a photograph: a 1/f spectrum, hard edges, sensor noise."""
    rng = np.random.default_rng(7)
    fy, fx = np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None] * width
    radius = np.maximum(np.hypot(fy, fx), 1)
    planes = []
    for _ in range(3):
        phase = np.exp(2j * np.pi * rng.random(radius.shape))
        plane = np.fft.irfft2(phase / radius**1.45, s=(height, width))
        planes.append((plane - plane.mean()) / plane.std())
    image = np.stack([planes[0] + 0.25 * plane for plane in planes], 2) * 34 + 120
    image[height // 3 : height // 2, width // 4 : width // 2] = (190, 60, 40)
    return np.clip(image + rng.normal(0, 1.5, image.shape), 0, 255).astype(np.uint8)


def styled(name: str, image: Pixels, seed: int = 3, strength: float = 1.0) -> Pixels:
    return STYLES[name](image.copy(), np.random.default_rng(seed), strength)


def chroma(image: Pixels) -> Floats:
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB).astype(np.float32)
    return np.asarray(np.hypot(lab[..., 1] - 128, lab[..., 2] - 128), np.float32)


def apart(a: Pixels, b: Pixels) -> float:
    return float(np.abs(a.astype(float) - b.astype(float)).mean())


def colors_of(image: Pixels) -> int:
    return len(np.unique((image >> 2).reshape(-1, 3), axis=0))


@pytest.mark.parametrize("name", SPEAKING)
def test_each_style_changes_a_photograph_and_keeps_its_frame(name: str) -> None:
    out = styled(name, photo())
    assert out.shape == photo().shape and out.dtype == np.uint8
    assert apart(out, photo()) > 2.5
    assert out.std() > 8


def test_gouache_is_what_is_painted_anyway() -> None:
    assert np.array_equal(styled("gouache", photo()), photo())


def test_no_two_styles_look_alike() -> None:
    pictures = {name: scene(name) for name in NAMES}
    for a in NAMES:
        for b in NAMES[NAMES.index(a) + 1 :]:
            assert apart(pictures[a], pictures[b]) > 3, (a, b)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", PLACES)
def test_every_style_draws_every_place(name: str, place: str) -> None:
    out = scene(name, place, side=192)
    assert out.shape == (192, 192, 3)
    assert out.std() > 8


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [(16, 256), (256, 16), (17, 19), (33, 250)])
def test_every_style_takes_odd_sizes(name: str, size: tuple[int, int]) -> None:
    width, height = size
    assert styled(name, photo(width, height)).shape == (height, width, 3)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("level", [0, 255])
def test_every_style_takes_pictures_without_anything_in_them(name: str, level: int) -> None:
    assert styled(name, np.full((64, 80, 3), level, np.uint8)).shape == (64, 80, 3)


@pytest.mark.parametrize("name", NAMES)
def test_a_style_gives_the_same_bytes_again(name: str) -> None:
    assert np.array_equal(styled(name, photo()), styled(name, photo()))


@pytest.mark.parametrize(
    "name", ["watercolor", "oil", "pencil", "chalk", "stainedglass", "lowpoly", "inkwash"]
)
def test_another_seed_is_another_hand(name: str) -> None:
    assert apart(styled(name, photo(), 1), styled(name, photo(), 2)) > 0.5


def test_a_looser_oil_has_broader_strokes() -> None:
    def detail(image: Pixels) -> float:
        return float(np.abs(cv2.Laplacian(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.CV_32F)).mean())

    literal, free = styled("oil", photo(480, 480), 3, 0.7), styled("oil", photo(480, 480), 3, 1.25)
    assert detail(free) < detail(literal)


@pytest.mark.parametrize("name", ["monochrome", "pencil"])
def test_greys_have_no_colour(name: str) -> None:
    assert chroma(styled(name, photo())).mean() < 6


def test_sepia_is_brown_throughout() -> None:
    out = styled("sepia", photo()).astype(int)
    assert (out[..., 0] >= out[..., 2]).mean() > 0.98


def test_a_blueprint_is_blue_with_pale_lines() -> None:
    out = scene("blueprint").astype(int)
    blue = (out[..., 2] > out[..., 0] + 50).mean()
    pale = (out.min(2) > 150).mean()
    assert blue > 0.6 and 0.01 < pale < 0.35


def test_chalk_is_mostly_board() -> None:
    light = cv2.cvtColor(scene("chalk"), cv2.COLOR_RGB2GRAY)
    assert np.median(light) < 120
    assert (light > 190).mean() > 0.005


def test_ink_and_pencil_are_mostly_paper() -> None:
    for name in ("ink", "inkwash", "pencil"):
        light = cv2.cvtColor(scene(name), cv2.COLOR_RGB2GRAY)
        assert np.median(light) > 140 and (light < 90).any(), name


def test_pixel_art_is_made_of_squares_of_few_colours() -> None:
    out = styled("pixel", photo(576, 576))
    cells = out.reshape(144, 4, 144, 4, 3)
    assert (cells == cells[:, :1, :, :1]).all()
    assert len(np.unique(out.reshape(-1, 3), axis=0)) <= 30


def test_retro_prints_with_few_inks() -> None:
    out, before = styled("retro", scene()), scene()
    assert colors_of(np.asarray(cv2.medianBlur(out, 5), np.uint8)) < colors_of(before) / 3


def test_flat_areas_are_flat() -> None:
    def even(image: Pixels) -> float:
        return float((np.abs(np.diff(image.astype(int), axis=1)).max(2) <= 1).mean())

    assert even(styled("flat", scene())) > even(scene()) + 0.3


def test_low_poly_facets_have_one_colour_each() -> None:
    out = styled("lowpoly", scene(side=480))
    step = np.abs(np.diff(out.astype(int), axis=1)).max(2)
    before = np.abs(np.diff(scene(side=480).astype(int), axis=1)).max(2)
    assert (step == 0).mean() > 0.5 > 2 * (before == 0).mean()
    assert colors_of(out) > 100


def test_stained_glass_is_held_by_dark_leads() -> None:
    out = styled("stainedglass", np.full((320, 320, 3), (90, 150, 230), np.uint8))
    light = cv2.cvtColor(out, cv2.COLOR_RGB2GRAY)
    leads = (light < 70).astype(np.uint8)
    panes, _ = cv2.connectedComponents(1 - leads, connectivity=4)
    assert 0.05 < leads.mean() < 0.45
    assert panes > 60


def test_neon_shines_in_the_dark() -> None:
    out = scene("neon")
    light = cv2.cvtColor(out, cv2.COLOR_RGB2GRAY)
    assert np.median(light) < 70 and np.percentile(light, 99.5) > 130
    assert np.percentile(chroma(out), 90) > 40


def test_watercolour_is_lighter_than_what_it_paints() -> None:
    assert styled("watercolor", scene()).mean() > scene().mean()


def test_a_small_red_thing_stays_red_in_few_colours() -> None:
    image = np.zeros((240, 240, 3), np.uint8)
    image[:] = np.linspace(40, 200, 240)[:, None, None] * np.array([0.4, 0.7, 1.0])
    image[100:124, 100:124] = (220, 40, 30)
    for name in ("flat", "pixel", "paper"):
        middle = styled(name, image)[106:118, 106:118].reshape(-1, 3).mean(0)
        assert middle[0] > middle[2] + 80, name


def test_a_star_is_not_a_ring_of_neon() -> None:
    image = np.full((512, 512, 3), 14, np.uint8)
    cv2.circle(image, (256, 256), 3, (255, 255, 255), -1, cv2.LINE_AA)
    out = styled("neon", image)
    y, x = np.mgrid[:512, :512]
    around = (np.hypot(x - 256, y - 256) > 8) & (np.hypot(x - 256, y - 256) < 40)
    assert out[around].max() < 90


def test_pixel_art_of_small_figures_has_smaller_pixels() -> None:
    def cells(subject: SubjectSpec) -> int:
        spec = SceneSpec(
            seed=5, layout_seed=5, place="meadow", time="day", style="pixel", subjects=(subject,)
        )
        changes = np.abs(np.diff(draw(spec, 480, 480).astype(int), axis=1)).max((0, 2)) > 0
        return int(changes.sum())

    assert cells(SubjectSpec("cat", 4)) > cells(SubjectSpec("castle")) + 20


def test_flat_keeps_a_small_face() -> None:
    image = np.full((400, 400, 3), (120, 170, 90), np.uint8)
    cv2.circle(image, (200, 200), 30, (230, 180, 140), -1, cv2.LINE_AA)
    for x in (190, 210):
        cv2.circle(image, (x, 195), 4, (30, 20, 20), -1, cv2.LINE_AA)
    for name in ("flat", "paper", "clay"):
        eyes = cv2.cvtColor(styled(name, image), cv2.COLOR_RGB2GRAY)[186:204, 180:220]
        dark = (eyes < 120).astype(np.uint8)
        found = cv2.connectedComponentsWithStats(dark)[2][1:, cv2.CC_STAT_AREA]
        assert (found >= 12).sum() == 2, name


def test_clay_is_lit_from_above() -> None:
    image = np.full((300, 300, 3), (90, 140, 200), np.uint8)
    cv2.circle(image, (150, 150), 70, (210, 90, 60), -1, cv2.LINE_AA)
    light = cv2.cvtColor(styled("clay", image), cv2.COLOR_RGB2GRAY).astype(float)
    assert light[88:96, 130:170].mean() > light[206:214, 130:170].mean() + 15


@pytest.mark.parametrize("place", ["mountains", "lake", "river", "bamboo"])
def test_ink_wash_landscapes_are_mostly_empty_paper_with_one_seal(place: str) -> None:
    spec = SceneSpec(seed=2, layout_seed=2, place=place, time="day", style="inkwash")
    count = len(STYLED_PLACES["inkwash"][place])
    bare = [compose(spec, 256, 256, layout=k).pixels for k in range(count)]
    assert count >= 4
    assert all(apart(bare[a], bare[b]) > 0.8 for a in range(count) for b in range(a + 1, count))
    for pixels in bare:
        assert (cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) > 200).mean() > 0.5
    lower = draw(spec, 256, 256)[210:].astype(int)
    red = (lower[..., 0] > 150) & (lower[..., 0] > lower[..., 1] + 60)
    x = np.nonzero(red)[1]
    assert 60 < red.sum() < 400 and np.ptp(x) < 20


def test_ink_wash_has_little_colour_and_much_light() -> None:
    out = scene("inkwash", "sea")
    assert np.median(cv2.cvtColor(out, cv2.COLOR_RGB2GRAY)) > 140
    assert np.percentile(chroma(out), 80) < 24


def test_trees_of_a_block_bow_about_what_was_asked_for() -> None:
    house, trees = SubjectSpec("house", scale=0.65), SubjectSpec("tree", 3)
    for seed in range(3):
        spec = SceneSpec(seed, seed, "meadow", "day", style="isometric", subjects=(house, trees))
        figures = compose(spec, 320, 320).figures
        home = next(f for f in figures if f.noun == "house")
        assert abs(home.foot[0] - 0.5) < 0.06
        assert all(f.foot[1] < home.foot[1] for f in figures if f.noun == "tree")


@pytest.mark.parametrize("place", ["meadow", "street", "room", "sea", "table", "desert"])
def test_isometric_places_differ_in_composition(place: str) -> None:
    spec = SceneSpec(seed=2, layout_seed=2, place=place, time="day", style="isometric")
    own = STYLED_PLACES["isometric"]
    count = len(own.get(place) or own[""])
    pictures = [compose(spec, 192, 192, layout=k).pixels for k in range(count)]
    assert count >= 4
    for a in range(count):
        for b in range(a + 1, count):
            assert apart(pictures[a], pictures[b]) > 0.8, (a, b)


@pytest.mark.parametrize("size", [(256, 256), (480, 160), (160, 400)])
def test_isometric_bodies_stand_on_their_block(size: tuple[int, int]) -> None:
    width, height = size
    spec = SceneSpec(seed=2, layout_seed=4, place="meadow", time="day", style="isometric")
    bare = compose(spec, width, height)
    shown = compose(replace(spec, subjects=(SubjectSpec("apple", 3),)), width, height)
    for figure in shown.figures:
        x0, _, x1, y1 = figure.box
        foot = bare.pixels[min(height - 1, int(y1 * height) - 1), int((x0 + x1) / 2 * width)].astype(int)
        assert foot[:2].max() > foot[2] + 8, "grass or a path; the quiet ground is blue"


def test_media_leave_out_strokes_and_shade() -> None:
    body = Body([Form(shapes=[oval(0, 0.5, 0.4, 0.5)], color=ink("c04030"), fur=0.1)])

    def texture(medium: Medium) -> float:
        pixels = paint(body, 160, LIGHTS["day"], Streams(1)("body"), medium).pixels
        inner = pixels[60:120, 55:95, :3]
        return float(np.abs(np.diff(inner, axis=1)).mean())

    assert texture(SMOOTH) < texture(GOUACHE) / 2
    assert texture(FLAT) < texture(GOUACHE) / 2


def test_media_and_finishes_belong_to_styles() -> None:
    assert set(MEDIUMS) <= set(STYLES)
    assert set(FINISHES) <= set(STYLES)


def test_a_clean_style_has_no_grain_and_paper_has_more_than_gouache() -> None:
    def grain(style: str) -> float:
        plain = SceneSpec(seed=1, layout_seed=1, place="meadow", time="day", style=style)
        sky = draw(plain, 256, 256)[4:24, 4:250].astype(np.float32)
        return float(np.median(np.abs(np.diff(sky, axis=1))))

    assert grain("isometric") < grain("gouache") < grain("chalk")
