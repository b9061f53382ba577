"""Seas, coasts, beaches, reefs, space, other worlds, streets and skylines, held to measures."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.palette import PALETTES_PER_TIME, TIMES, Palette
from limner.engines.sketch.scene.places import (
    beach,
    coast,
    cyberpunk,
    headland,
    moonscape,
    sea,
    skyline,
    space,
    street,
    underwater,
)
from limner.engines.sketch.scene.places.ground import Ground, Layout, Setting

PLACES: dict[str, tuple[Layout, ...]] = {
    "sea": sea.LAYOUTS,
    "coast": coast.LAYOUTS,
    "beach": beach.LAYOUTS,
    "underwater": underwater.LAYOUTS,
    "space": space.LAYOUTS,
    "moonscape": moonscape.LAYOUTS,
    "worlds": moonscape.WORLDS,
    "street": street.LAYOUTS,
    "skyline": skyline.LAYOUTS,
    "neon street": cyberpunk.STREETS,
    "neon skyline": cyberpunk.SKYLINES,
}
EVERY = [
    pytest.param(layout, id=f"{place}-{layout.__name__}") for place, own in PLACES.items() for layout in own
]
UNDER_THE_SUN = [
    pytest.param(layout, id=f"{place}-{layout.__name__}")
    for place in ("sea", "coast", "beach", "street", "skyline")
    for layout in PLACES[place]
]


def painted_anew(
    layout: Layout,
    time: str = "day",
    width: int = 224,
    height: int = 224,
    seed: int = 4,
    season: str = "summer",
    weather: str | None = None,
    variant: int = 0,
    nouns: frozenset[str] = frozenset(),
) -> tuple[NDArray[np.uint8], Ground]:
    canvas = Canvas(width, height, Streams(seed))
    setting = Setting(Palette(time, season, variant), weather=weather, nouns=nouns, figures=len(nouns))
    ground = layout(canvas, setting)
    return canvas.pixels, ground


painted = cache(painted_anew)
"""The same picture for every test that looks at it."""


def light(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.asarray(cv2.resize(grey, (16, 16), interpolation=cv2.INTER_AREA), np.float32)


@pytest.mark.parametrize("place", [p for p in PLACES if p != "neon skyline"])
def test_a_place_has_four_layouts_or_more(place: str) -> None:
    assert len(set(PLACES[place])) >= 4


@pytest.mark.parametrize("place", PLACES)
def test_layouts_of_a_place_differ_beyond_mirroring(place: str) -> None:
    maps = [light(painted(layout)[0]) for layout in PLACES[place]]
    for i, one in enumerate(maps):
        for other in maps[:i]:
            apart = min(np.abs(one - other).mean(), np.abs(one - other[:, ::-1]).mean())
            assert apart > 7


@pytest.mark.parametrize("layout", UNDER_THE_SUN)
def test_night_is_darker_than_day(layout: Layout) -> None:
    assert painted(layout, "night")[0].mean() < painted(layout, "day")[0].mean() - 35


@pytest.mark.parametrize("layout", EVERY)
def test_the_same_stream_paints_the_same_picture(layout: Layout) -> None:
    assert np.array_equal(painted(layout)[0], painted_anew(layout)[0])


@pytest.mark.parametrize("layout", EVERY)
def test_another_seed_paints_another_picture(layout: Layout) -> None:
    one, other = (light(painted(layout, seed=seed)[0]) for seed in (4, 5))
    assert np.abs(one - other).mean() > 2


@pytest.mark.parametrize("layout", EVERY)
def test_the_composition_is_the_same_at_two_sizes(layout: Layout) -> None:
    small, large = light(painted(layout)[0]), light(painted(layout, width=320, height=320)[0])
    assert np.corrcoef(small.ravel(), large.ravel())[0, 1] > 0.88


@pytest.mark.parametrize("size", [(192, 12), (12, 192)])
@pytest.mark.parametrize("layout", EVERY)
def test_any_aspect_has_ground_inside_the_picture(layout: Layout, size: tuple[int, int]) -> None:
    width, height = size
    picture, ground = painted(
        layout, "night", width, height, season="winter", weather="rain", nouns=frozenset({"cat"})
    )
    assert picture.shape == (height, width, 3) and picture.dtype == np.uint8
    assert 0 <= ground.stand[0] < ground.stand[1] <= height
    if ground.water is not None:
        assert 0 <= ground.water[0] < ground.water[1] <= height


@pytest.mark.parametrize("layout", [*sea.LAYOUTS, *coast.LAYOUTS, *beach.LAYOUTS])
def test_boats_float_on_blue_below_the_horizon(layout: Layout) -> None:
    picture, ground = painted(layout)
    assert ground.water is not None and ground.water[0] > ground.horizon
    far, near = (int(row) for row in ground.water)
    band = np.median(picture[far : max(near, far + 2)].reshape(-1, 3), 0)
    assert band[2] > band[0] + 20


@pytest.mark.parametrize("layout", [beach.wide, beach.palms, beach.cove])
def test_one_stands_on_sand_at_the_beach(layout: Layout) -> None:
    picture, ground = painted(layout)
    far, near = (int(row) for row in ground.stand)
    band = np.median(picture[far:near, 60:-60].reshape(-1, 3), 0)
    assert ground.surface == "sand" and band[0] > band[2] + 20


def test_who_cannot_swim_gets_a_strand_at_sea() -> None:
    _, afloat = painted(sea.swell, nouns=frozenset({"boat"}))
    _, ashore = painted(sea.swell, nouns=frozenset({"cat"}))
    assert afloat.surface == "water" and ashore.surface == "sand"


def test_a_lighthouse_gets_its_headland_on_every_coast_with_rocks() -> None:
    lighthouse = frozenset({"lighthouse"})
    assert all(painted(layout, nouns=lighthouse)[1].surface == "grass" for layout in coast.LAYOUTS)


@pytest.mark.parametrize("layout", [sea.swell, sea.rough, headland.headland, beach.wide])
def test_a_storm_is_darker_and_has_a_bolt(layout: Layout) -> None:
    calm, _ = painted(layout)
    storm, ground = painted(layout, weather="storm")
    above = storm[: int(ground.horizon)].min(2)
    assert storm.mean() < calm.mean() - 15 and above.max() > 245 and np.median(above) < 150


def test_snow_lies_in_the_street_in_winter() -> None:
    bright = [painted(street.shops, season=season)[0][190:].mean() for season in ("summer", "winter")]
    assert bright[1] > bright[0] + 30


def test_lights_burn_in_the_street_at_night() -> None:
    picture, _ = painted(street.lane, "night")
    warm = (picture[..., 0] > 200) & (picture[..., 2] < 190)
    assert 0.01 < warm.mean() < 0.4


def test_wet_ground_mirrors_the_street_in_rain() -> None:
    dry, ground = painted(street.crossing, "night")
    wet, _ = painted(street.crossing, "night", weather="rain")
    change = np.abs(wet.astype(int) - dry).mean((1, 2))
    assert change[int(ground.stand[0]) :].mean() > 8 and change[: int(ground.horizon)].max() == 0


@pytest.mark.parametrize("layout", [*cyberpunk.STREETS, *cyberpunk.SKYLINES])
def test_neon_is_dark_with_glaring_colours(layout: Layout) -> None:
    picture, _ = painted(layout)
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)
    glaring = (hsv[..., 1] > 100) & (hsv[..., 2] > 190)
    assert np.median(picture) < 125 and glaring.mean() > 0.008


def test_fish_that_were_asked_for_are_not_joined_by_a_shoal() -> None:
    alone, _ = painted(underwater.blue, nouns=frozenset({"fish"}))
    shoal, _ = painted(underwater.blue)
    middle = slice(40, 170)
    assert np.abs(alone[middle].astype(int) - shoal[middle].astype(int)).max() > 60


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize(
    "layout", [sea.sun_path, skyline.waterfront, street.shops, underwater.blue, space.rings]
)
def test_each_palette_of_an_hour_is_another(layout: Layout, time: str) -> None:
    means = [
        painted(layout, time, 96, 96, variant=v)[0].reshape(-1, 3).mean(0) for v in range(PALETTES_PER_TIME)
    ]
    for i, one in enumerate(means):
        assert all(np.abs(one - other).max() > 0.8 for other in means[:i])
