"""Rooms and table tops: layouts that differ, hours that show, floors to stand on, no prop twice."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.palette import TIMES, Palette
from limner.engines.sketch.scene.compose import compose
from limner.engines.sketch.scene.places import PLACES
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec

Array = NDArray[np.uint8]
ROOMS = ("room", "bedroom", "kitchen", "desk", "cafe", "table", "stage")
SIZE = 224


def paint(
    place: str,
    layout: int,
    time: str = "day",
    size: tuple[int, int] = (SIZE, SIZE),
    nouns: tuple[str, ...] = (),
) -> tuple[Array, Ground]:
    """A place without its cast."""
    canvas = Canvas(*size, Streams(5))
    setting = Setting(Palette(time), nouns=frozenset(nouns), figures=len(nouns))
    ground = PLACES[place][layout](canvas, setting)
    return canvas.pixels, ground


def _apart(a: Array, b: Array) -> float:
    """The share of pixels that differ plainly."""
    return float((np.abs(a.astype(int) - b).max(2) > 24).mean())


@pytest.mark.parametrize("place", ROOMS)
def test_the_layouts_of_a_place_are_other_compositions(place: str) -> None:
    pictures = [paint(place, k)[0] for k in range(len(PLACES[place]))]
    assert len(pictures) >= 4
    apart = [_apart(a, b) for i, a in enumerate(pictures) for b in pictures[:i]]
    assert min(apart) > 0.15


@pytest.mark.parametrize("place", ROOMS)
def test_the_same_numbers_paint_the_same_room(place: str) -> None:
    assert (paint(place, 1)[0] == paint(place, 1)[0]).all()


@pytest.mark.parametrize("place", ["room", "bedroom", "kitchen", "desk", "cafe"])
def test_rooms_are_darker_at_night_and_yet_lit(place: str) -> None:
    for layout in range(len(PLACES[place])):
        day, night = (float(paint(place, layout, time)[0].mean()) for time in ("day", "night"))
        assert 40 < night < day - 25


@pytest.mark.parametrize("place", ROOMS)
@pytest.mark.parametrize("size", [(400, 25), (25, 400), (16, 16)])
def test_a_room_fits_any_shape_of_picture(place: str, size: tuple[int, int]) -> None:
    for layout in range(len(PLACES[place])):
        pixels, ground = paint(place, layout, "dusk", size)
        assert pixels.shape == (size[1], size[0], 3)
        assert 0 < ground.stand[0] <= ground.stand[1] <= size[1]
        assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 30


@pytest.mark.parametrize("place", ROOMS)
@pytest.mark.parametrize("time", TIMES)
def test_every_hour_can_be_painted(place: str, time: str) -> None:
    assert paint(place, 0, time, (160, 160))[0].std() > 10


def test_the_floor_before_the_furniture_is_where_people_stand() -> None:
    for place in ("room", "bedroom", "kitchen", "cafe"):
        for layout in range(len(PLACES[place])):
            _, ground = paint(place, layout)
            assert ground.surface == "floor"
            assert SIZE * 0.72 < ground.stand[0] < ground.stand[1] < SIZE


@pytest.mark.parametrize(
    ("place", "layout", "noun"), [("room", 0, "sofa"), ("bedroom", 0, "bed"), ("cafe", 1, "table")]
)
def test_what_the_prompt_brings_is_left_out_by_the_place(place: str, layout: int, noun: str) -> None:
    furnished = paint(place, layout, nouns=("cat",))[0]
    assert _apart(furnished, paint(place, layout, nouns=(noun,))[0]) > 0.04


def test_the_view_from_the_window_has_the_hour_of_the_scene() -> None:
    day, night = (paint("table", 1, time)[0].astype(int) for time in ("day", "night"))
    bluest = (day[..., 2] - day[..., 0])[: SIZE // 2] > 60
    assert bluest.mean() > 0.02
    assert night[: SIZE // 2][bluest].mean() < 90


def test_snow_falls_behind_the_window_and_not_in_the_room() -> None:
    canvases = []
    for weather in (None, "snow"):
        canvas = Canvas(SIZE, SIZE, Streams(5))
        PLACES["room"][0](canvas, Setting(Palette("day", "winter"), weather=weather))
        canvases.append(canvas.pixels)
    changed = np.abs(canvases[0].astype(int) - canvases[1]).max(2) > 12
    assert changed[: int(SIZE * 0.6)].any()
    assert not changed[int(SIZE * 0.92) :, : SIZE // 8].any()


def test_apples_lie_on_the_table_top() -> None:
    spec = SceneSpec(place="table", subjects=(SubjectSpec("apple", 3),), layout_seed=3)
    for layout in range(len(PLACES["table"])):
        figures = compose(spec, SIZE, SIZE, layout).figures
        assert len(figures) == 3
        assert all(figure.box[3] > 0.55 for figure in figures)
