"""Places under the sky, measured: compositions, hours, seasons, weathers, sizes."""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.palette import PALETTES_PER_TIME, TIMES, Palette, to_lab
from limner.engines.sketch.paint.raster import AREA, blur, grey, resize
from limner.engines.sketch.scene.places import PLACES
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.weather import WEATHERS

Array = NDArray[np.uint8]
NATURE = (
    "mountains",
    "forest",
    "lake",
    "river",
    "meadow",
    "flowers",
    "desert",
    "snowfield",
    "garden",
    "park",
    "bamboo",
    "village",
)
LEAFY = ("mountains", "forest", "meadow", "garden", "park")


def painted_anew(
    place: str,
    layout: int = 0,
    time: str = "day",
    season: str = "summer",
    *,
    seed: int = 3,
    size: tuple[int, int] = (192, 192),
    variant: int = 0,
    camera: str | None = None,
    weather: str | None = None,
) -> tuple[Array, Ground]:
    """A place without anybody in it, and where they would stand."""
    canvas = Canvas(*size, Streams(seed))
    palette = Palette(time, "winter" if place == "snowfield" else season, variant, weather=weather)
    ground = PLACES[place][layout](canvas, Setting(palette, camera=camera, weather=weather))
    if weather:
        WEATHERS[weather](canvas, palette)
    return canvas.pixels, ground


paint = cache(painted_anew)
"""The same picture for every test that looks at it."""


def lab(pixels: Array) -> NDArray[np.float64]:
    """Mean OKLab colour."""
    return np.asarray(to_lab(pixels).reshape(-1, 3).mean(0), np.float64)


@pytest.mark.parametrize("place", NATURE)
def test_layouts_of_a_place_are_different_compositions(place: str) -> None:
    small = [blur(grey(paint(place, k)[0]), 4) for k in range(len(PLACES[place]))]
    assert len(small) >= 4
    for a, b in itertools.combinations(small, 2):
        assert np.abs(a - b).mean() > 6
        assert np.abs(a[:, ::-1] - b).mean() > 6, "nor is one the mirror image of the other"


@pytest.mark.parametrize("place", NATURE)
def test_night_is_darker_than_day_in_every_layout_and_can_still_be_read(place: str) -> None:
    for layout in range(len(PLACES[place])):
        day, night = (lab(paint(place, layout, time)[0])[0] for time in ("day", "night"))
        assert night < day - 0.2
        assert night > 0.16


@pytest.mark.parametrize("place", LEAFY)
def test_seasons_have_the_hues_of_seasons(place: str) -> None:
    for layout in range(len(PLACES[place])):
        low = {
            s: lab(paint(place, layout, season=s)[0][120:]) for s in ("spring", "summer", "autumn", "winter")
        }
        assert low["summer"][1] < -0.02, "summer is green"
        assert low["autumn"][1] > low["summer"][1] + 0.012, "autumn is redder"
        assert low["spring"][0] > low["summer"][0], "spring is paler"
        assert low["winter"][0] > low["summer"][0] + 0.06, "winter is lighter"
        assert np.hypot(*low["winter"][1:]) < np.hypot(*low["summer"][1:]), "and has less colour"


@pytest.mark.parametrize("variant", range(PALETTES_PER_TIME))
def test_the_sky_of_a_summer_day_is_blue(variant: int) -> None:
    lightness, a, b = lab(paint("meadow", variant=variant)[0][:40])
    assert lightness > 0.6 and b < -0.03
    assert 225 < np.degrees(np.arctan2(b, a)) % 360 < 275


@pytest.mark.parametrize("time", TIMES)
def test_the_palettes_of_an_hour_differ(time: str) -> None:
    skies = [lab(paint("desert", 1, time, variant=k)[0][:80]) for k in range(PALETTES_PER_TIME)]
    for a, b in itertools.combinations(skies, 2):
        assert np.linalg.norm(a - b) > 0.012


def test_spring_skies_are_paler_than_those_of_summer() -> None:
    spring, summer = (lab(paint("meadow", season=s)[0][:60]) for s in ("spring", "summer"))
    assert spring[0] > summer[0] and np.hypot(*spring[1:]) < np.hypot(*summer[1:])


def test_water_is_as_blue_as_the_sky_and_grass_is_green() -> None:
    picture, ground = paint("lake", 3)
    assert ground.water is not None
    far, near = (int(row) for row in ground.water)
    water, bank = lab(picture[far:near]), lab(picture[-8:])
    assert water[2] < -0.02 < bank[2]
    assert bank[1] < water[1]


@pytest.mark.parametrize("place", NATURE)
@pytest.mark.parametrize("size", [(192, 12), (60, 240)])
def test_every_layout_is_painted_at_any_size(place: str, size: tuple[int, int]) -> None:
    for layout in range(len(PLACES[place])):
        picture, ground = paint(place, layout, "dusk", "autumn", size=size)
        assert picture.shape == (size[1], size[0], 3)
        assert picture.std() > 6
        assert 0 <= ground.horizon < size[1] and ground.stand[0] <= ground.stand[1] + 1


@pytest.mark.parametrize("place", NATURE)
def test_the_same_numbers_give_the_same_bytes_and_others_another_picture(place: str) -> None:
    first, other = paint(place, 1)[0], paint(place, 1, seed=6)[0]
    assert first.tobytes() == painted_anew(place, 1)[0].tobytes()
    assert np.abs(first.astype(int) - other).mean() > 4


@pytest.mark.parametrize("place", NATURE)
def test_a_larger_picture_has_the_same_composition(place: str) -> None:
    for layout in range(len(PLACES[place])):
        small = paint(place, layout)[0]
        large = resize(paint(place, layout, size=(288, 288))[0], 192, 192, AREA)
        a, b = blur(grey(small), 5), blur(grey(large), 5)
        assert np.corrcoef(a.ravel(), b.ravel())[0, 1] > 0.9, layout


@pytest.mark.parametrize("place", NATURE)
def test_a_camera_from_above_sees_a_higher_horizon_than_one_from_below(place: str) -> None:
    above, low = (paint(place, 0, camera=c, size=(96, 96))[1].horizon / 96 for c in ("above", "low"))
    level = paint(place)[1].horizon / 192
    assert above < level < low


@pytest.mark.parametrize("weather", ["rain", "storm", "snow", "fog", "cloudy"])
def test_bad_weather_takes_the_blue_from_the_sky(weather: str) -> None:
    fair, foul = (lab(paint("meadow", weather=w)[0][:60]) for w in (None, weather))
    assert np.hypot(*foul[1:]) < 0.7 * np.hypot(*fair[1:])


@pytest.mark.parametrize("weather", ["rain", "storm", "snow", "fog", "wind"])
def test_weather_is_seen(weather: str) -> None:
    palette = Palette("day", weather=weather)
    canvas = Canvas(192, 192, Streams(2))
    PLACES["meadow"][0](canvas, Setting(palette))
    before = canvas.pixels.copy()
    WEATHERS[weather](canvas, palette)
    assert (np.abs(canvas.pixels.astype(int) - before).max(2) > 8).mean() > 0.01


def test_a_storm_is_darker_than_rain_and_has_lightning() -> None:
    rain, storm = (paint("meadow", weather=w)[0] for w in ("rain", "storm"))
    assert lab(storm[:60])[0] < lab(rain[:60])[0]
    assert storm[:110].min(2).max() > 225


def test_an_unknown_mood_leaves_the_palette_and_a_gloomy_one_dims_it() -> None:
    usual, unknown, gloomy = (Palette("day", mood=m) for m in (None, "zorbly", "gloomy"))
    assert usual.zenith == unknown.zenith
    assert to_lab(gloomy.zenith)[0] < to_lab(usual.zenith)[0]
