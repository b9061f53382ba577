"""Animals in every pose: they paint, stand on the ground or float, and wear the coat that the words mean."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from limner.engines.sketch.paint.light import LIGHTS, from_rgb
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.painter import Sprite, paint
from limner.engines.sketch.paint.palette import NAMED, to_lab
from limner.engines.sketch.scene.cast import (
    birds,
    fables,
    furred,
    hoofed,
    insects,
    role_of,
    seas,
    shells,
    upright_birds,
)
from limner.engines.sketch.scene.cast.look import Look

BIRDS = {**birds.ROLES, **upright_birds.ROLES}
SMALL = {**insects.ROLES, **shells.ROLES}
ROLES = {**BIRDS, **SMALL, **fables.ROLES, **furred.ROLES, **hoofed.ROLES, **seas.ROLES}
POSES = (None, "run", "sleep", "fly", "swim")
FOUR_LEGGED = (*furred.ROLES, *(name for name in hoofed.ROLES if name != "elephant"))


def look_of(
    noun: str, action: str | None = None, color: str | None = None, traits: frozenset[str] = frozenset()
) -> Look:
    ink = None if color is None else from_rgb(NAMED[color])
    return Look(ink, Streams(5)(noun), "summer", False, action, traits)


def painted(
    noun: str,
    action: str | None = None,
    color: str | None = None,
    traits: frozenset[str] = frozenset(),
    height_px: int = 110,
) -> Sprite:
    look = look_of(noun, action, color, traits)
    return paint(role_of(noun).build(look), height_px, LIGHTS["day"], look.rng)


def mean_lab(sprite: Sprite) -> NDArray[np.floating]:
    solid = sprite.pixels[sprite.pixels[..., 3] > 0.95][:, :3] * 255
    return np.asarray(to_lab(solid.astype(np.uint8)).reshape(-1, 3).mean(0))


@pytest.mark.parametrize("action", POSES)
@pytest.mark.parametrize("noun", ROLES)
def test_every_animal_paints_in_every_pose(noun: str, action: str | None) -> None:
    solid = painted(noun, action, height_px=40).pixels[..., 3] > 0.4
    assert solid.mean() > 0.08


@pytest.mark.parametrize("noun", [n for n, role in ROLES.items() if role.zone == "ground"])
def test_what_stands_reaches_the_ground(noun: str) -> None:
    sprite = painted(noun)
    rows = np.nonzero(sprite.pixels[..., 3].max(1) > 0.3)[0]
    assert sprite.feet and abs(rows.max() - sprite.y) < 12


@pytest.mark.parametrize("noun", ["duck", "eagle", "parrot", "owl", "dragon", "butterfly", "bee"])
def test_what_flies_floats(noun: str) -> None:
    assert painted(noun, "fly").floats


@pytest.mark.parametrize("noun", FOUR_LEGGED)
def test_asleep_it_lies_lower_than_it_stands(noun: str) -> None:
    asleep, walking = (
        role_of(noun).build(look_of(noun, action)).anchors["back"].y for action in ("sleep", "walk")
    )
    assert asleep < 0.75 * walking


@pytest.mark.parametrize("noun", FOUR_LEGGED)
def test_running_it_reaches_further_than_standing(noun: str) -> None:
    def stretch(action: str) -> float:
        feet = [x for x, _ in role_of(noun).build(look_of(noun, action)).feet]
        return max(feet) - min(feet)

    assert stretch("run") > 1.2 * stretch("stand" if noun in furred.ROLES else "")


@pytest.mark.parametrize("noun", [n for n in ROLES if "back" in role_of(n).build(look_of(n, "walk")).anchors])
def test_a_rider_s_seat_is_on_the_upper_body(noun: str) -> None:
    sprite = painted(noun, "walk")
    alpha = sprite.pixels[..., 3] > 0.4
    columns = np.nonzero(alpha.any(0))[0] - sprite.x
    rows = sprite.y - np.nonzero(alpha.any(1))[0]
    seat = sprite.anchors["back"]
    assert columns.min() < seat.x < columns.max()
    assert rows.min() + 0.3 * (rows.max() - rows.min()) < seat.y < rows.max()


def test_a_red_fox_is_fox_red_and_a_blue_one_is_blue() -> None:
    crimson, fox = np.array([1.0, 0.0]), mean_lab(painted("fox", color="red"))
    assert fox[2] > 0.04 and fox[1] > 0.03 and fox[1:] @ crimson < 0.16
    assert mean_lab(painted("fox", color="blue"))[2] < -0.05


def test_coats_follow_the_colour_s_name() -> None:
    black, white = (mean_lab(painted("cat", color=color))[0] for color in ("black", "white"))
    assert black < 0.5 < 0.7 < white


def test_a_striped_cat_is_darker_than_a_plain_one_and_walks_in_stripes() -> None:
    plain, striped = (
        mean_lab(painted("cat", "walk", "white", frozenset(traits)))[0] for traits in ((), ("striped",))
    )
    assert striped < plain - 0.01


def test_an_animal_is_the_same_for_the_same_numbers() -> None:
    assert np.array_equal(painted("tiger", "run").pixels, painted("tiger", "run").pixels)
