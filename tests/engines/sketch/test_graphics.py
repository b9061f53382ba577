"""Printed grounds: a plain circle is exactly that; posters, cards, banners and badges are curated."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.inks import INKS, suitable
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.palette import NAMED, Palette, to_lab
from limner.engines.sketch.picture import draw
from limner.engines.sketch.scene.compose import compose
from limner.engines.sketch.scene.places import PLACES
from limner.engines.sketch.scene.places.ground import Setting
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec, TextSpec

Array = NDArray[np.uint8]
PRINTED = ("poster", "card", "banner", "icon", "pattern", "abstract", "stage")
SIZE = 224


def ground_of(
    place: str, layout: int, seed: int = 5, size: tuple[int, int] = (SIZE, SIZE), **known: object
) -> Array:
    """A printed ground without its cast."""
    canvas = Canvas(*size, Streams(seed))
    palette = Palette(str(known.pop("time", "day")), str(known.pop("season", "summer")))
    PLACES[place][layout](canvas, Setting(palette, **known))  # type: ignore[arg-type]
    return canvas.pixels


@pytest.mark.parametrize("place", PRINTED)
def test_printed_places_have_four_layouts_that_differ(place: str) -> None:
    pictures = [ground_of(place, k).astype(int) for k in range(len(PLACES[place]))]
    assert len(pictures) >= 4
    apart = [(np.abs(a - b).max(2) > 24).mean() for i, a in enumerate(pictures) for b in pictures[:i]]
    assert min(apart) > 0.12


@pytest.mark.parametrize("place", PRINTED)
def test_seeds_print_in_other_inks(place: str) -> None:
    means = {tuple(np.round(ground_of(place, 0, seed).mean((0, 1)) / 12).astype(int)) for seed in range(8)}
    assert len(means) >= 3


@pytest.mark.parametrize("place", PRINTED)
@pytest.mark.parametrize("size", [(400, 25), (25, 400), (16, 16)])
def test_a_printed_ground_fits_any_shape(place: str, size: tuple[int, int]) -> None:
    for layout in range(len(PLACES[place])):
        pixels = ground_of(place, layout, size=size)
        assert pixels.shape == (size[1], size[0], 3)
        assert pixels.std() > 3


@pytest.mark.parametrize("place", PRINTED)
def test_the_same_numbers_print_the_same(place: str) -> None:
    assert (ground_of(place, 2) == ground_of(place, 2)).all()


def test_there_are_enough_sets_of_inks_and_each_has_light_and_dark() -> None:
    assert len(INKS) >= 8
    for inks in INKS.values():
        paper, deep = float(to_lab(inks.paper)[0]), float(to_lab(inks.deep)[0])
        assert paper > 0.9 and deep < 0.42
        assert abs(float(to_lab(inks.line)[0]) - float(to_lab(inks.ground)[0])) > 0.3


@pytest.mark.parametrize(
    ("palette", "mood", "wanted"),
    [
        (Palette("night"), None, {"midnight", "tempest"}),
        (Palette("day", "winter"), None, {"frost", "holly"}),
        (Palette("day", "autumn"), None, {"harvest", "atomic", "forest"}),
        (Palette("day"), "romantic", {"berry", "coral"}),
    ],
)
def test_hour_season_and_mood_choose_the_inks(palette: Palette, mood: str | None, wanted: set[str]) -> None:
    assert set(suitable(palette, mood)) == {INKS[name] for name in wanted}


def test_a_theme_chooses_before_mood_and_season() -> None:
    sets = suitable(Palette("day", "winter"), "romantic", ("lunar",))
    assert INKS["lantern"] in sets and INKS["frost"] not in sets


@pytest.mark.parametrize("place", PRINTED)
def test_seeds_in_a_row_print_in_other_inks(place: str) -> None:
    layout = 2 if place == "stage" else 1
    middle = slice(SIZE // 4, -SIZE // 4)
    shown = [ground_of(place, layout, seed)[middle, middle].astype(int) for seed in (1, 2, 3)]
    assert all(np.abs(shown[a] - shown[b]).mean() > 5 for a, b in ((0, 1), (1, 2), (0, 2)))


@pytest.mark.parametrize("layout", range(len(PLACES["abstract"])))
def test_an_abstract_ground_is_of_the_asked_colours(layout: int) -> None:
    asked = ground_of("abstract", layout, colors=(NAMED["blue"], NAMED["gold"]))
    lab = to_lab(asked.reshape(-1, 3)[::17])
    blue, gold = to_lab(NAMED["blue"]), to_lab(NAMED["gold"])
    aside = np.minimum(
        *(np.abs(np.arctan2(lab[:, 2], lab[:, 1]) - np.arctan2(c[2], c[1])) for c in (blue, gold))
    )
    gray = np.hypot(lab[:, 1], lab[:, 2]) < 0.04
    assert (gray | (aside < 0.7)).mean() > 0.75


def test_a_colour_that_is_asked_for_is_the_ground() -> None:
    for place, layout in (("poster", 0), ("card", 0), ("pattern", 0), ("banner", 1)):
        pixels = ground_of(place, layout, background=NAMED["blue"]).astype(int)
        near = np.abs(pixels - np.array(NAMED["blue"])).max(2) < 60
        assert near.mean() > 0.1


def test_a_large_red_circle_on_a_plain_background_is_exactly_that() -> None:
    spec = SceneSpec(place="plain", subjects=(SubjectSpec("circle", 1, "red", 1.5),))
    pixels = draw(spec, 256, 256).astype(int)
    red = np.abs(pixels - np.array(NAMED["red"])).max(2) < 14
    count, _, stats, _ = cv2.connectedComponentsWithStats(red.astype(np.uint8))
    assert count == 2
    area, wide, high = (int(stats[1][k]) for k in (cv2.CC_STAT_AREA, cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
    assert abs(wide - high) <= 2 and wide > 100
    assert abs(area / (np.pi / 4 * wide * high) - 1) < 0.02
    rest = cv2.dilate(red.astype(np.uint8), np.ones((9, 9), np.uint8)) == 0
    paper = pixels[rest]
    assert paper.std(0).max() < 4 and paper.min() > 205


@pytest.mark.parametrize("layout", range(len(PLACES["icon"])))
def test_a_badge_stands_in_the_middle_of_plain_paper(layout: int) -> None:
    pixels = ground_of("icon", layout).astype(int)
    inked = np.abs(pixels - pixels[2, 2]).max(2) > 12
    rows, columns = np.nonzero(inked.any(1))[0], np.nonzero(inked.any(0))[0]
    assert abs(columns.min() + columns.max() - SIZE) < SIZE * 0.03
    assert abs(rows.min() + rows.max() - SIZE) < SIZE * 0.09
    assert not inked[:6].any() and not inked[:, :6].any()


def test_what_a_badge_shows_stands_in_it() -> None:
    spec = SceneSpec(place="icon", subjects=(SubjectSpec("cat"),), layout_seed=8)
    for layout in range(len(PLACES["icon"])):
        x0, y0, x1, y1 = compose(spec, SIZE, SIZE, layout).figures[0].box
        assert abs((x0 + x1) / 2 - 0.5) < 0.09
        assert 0.1 < y0 < y1 < 0.85


def test_a_pattern_of_cats_has_as_many_cats_on_a_quiet_ground() -> None:
    spec = SceneSpec(place="pattern", subjects=(SubjectSpec("cat", 9),))
    assert len(compose(spec, SIZE, SIZE).figures) == 9
    assert ground_of("pattern", 1, figures=9).std() < ground_of("pattern", 1).std()


def test_in_a_wide_banner_the_title_stands_beside_the_figure() -> None:
    spec = SceneSpec(place="banner", subjects=(SubjectSpec("dog"),), texts=(TextSpec("PUPPY SCHOOL"),))
    for layout in range(len(PLACES["banner"])):
        x0, _, x1, _ = compose(spec, 480, 160, layout).figures[0].box
        assert x1 < 0.5 or x0 > 0.5


def test_winter_cards_have_snow_in_the_air() -> None:
    summer, winter = (ground_of("card", 3, season=season).astype(int) for season in ("summer", "winter"))
    assert (np.abs(summer - winter).max(2) > 24).mean() > 0.01
