import numpy as np
import pytest

from limner.engines.sketch.paint.light import LIGHTS, from_rgb
from limner.engines.sketch.paint.painter import Sprite, paint
from limner.engines.sketch.paint.palette import NAMED, to_lab
from limner.engines.sketch.scene.cast import (
    CAST,
    devices,
    fruit,
    furniture,
    harvest,
    instruments,
    keepsakes,
    lights,
    meals,
    outdoors,
    rails,
    vessels,
)
from limner.engines.sketch.scene.cast.look import Look
from limner.engines.sketch.scene.places import PLACES

THINGS = [
    noun
    for module in (
        devices,
        fruit,
        furniture,
        harvest,
        instruments,
        keepsakes,
        lights,
        meals,
        outdoors,
        rails,
        vessels,
    )
    for noun in module.ROLES
]
ONE_COLORED = (
    "apple",
    "balloon",
    "book",
    "box",
    "cup",
    "gift",
    "sofa",
    "teapot",
    "flag",
    "clock",
    "kite",
    "pumpkin",
)


def _look(color: str | None = None, *traits: str) -> Look:
    ink = from_rgb(NAMED[color]) if color else None
    return Look(ink, np.random.default_rng(2), "summer", False, None, frozenset(traits))


def _sprite(noun: str, color: str | None = None, *traits: str) -> Sprite:
    body = CAST[noun].build(_look(color, *traits))
    return paint(body, 120, LIGHTS["day"], np.random.default_rng(1))


def _mean(sprite: Sprite) -> np.ndarray:
    solid = sprite.pixels[sprite.pixels[..., 3] > 0.9]
    return np.asarray(solid[:, :3].mean(0) * 255)


@pytest.mark.parametrize("noun", THINGS)
def test_a_thing_stands_on_the_ground_or_floats(noun: str) -> None:
    body = CAST[noun].build(_look())
    low, high = body.bounds()
    assert -0.16 <= low[1] <= 0.03
    assert body.floats != bool(body.feet)
    assert all(low[0] - 0.05 <= x <= high[0] + 0.05 for x, _ in body.feet)


@pytest.mark.parametrize("noun", THINGS)
def test_the_anchors_of_a_thing_lie_on_it(noun: str) -> None:
    body = CAST[noun].build(_look())
    low, high = body.bounds()
    assert body.anchors
    for anchor in body.anchors.values():
        assert low[0] - 0.1 <= anchor.x <= high[0] + 0.1
        assert low[1] <= anchor.y <= high[1] + 0.05


@pytest.mark.parametrize("noun", THINGS)
def test_a_thing_is_at_home_in_a_place_that_there_is(noun: str) -> None:
    assert CAST[noun].home in PLACES


@pytest.mark.parametrize("noun", ["chair", "table", "sofa", "bed", "box"])
def test_things_can_stand_on_furniture(noun: str) -> None:
    top = CAST[noun].build(_look()).anchors["top"]
    assert top.half > 0.2


@pytest.mark.parametrize("noun", ["chair", "sofa", "bed"])
def test_one_can_sit_on_a_seat(noun: str) -> None:
    assert "seat" in CAST[noun].build(_look()).anchors


def test_a_sign_has_a_broad_and_even_face_for_words() -> None:
    sprite = _sprite("sign")
    face = sprite.anchors["face"]
    x, y, half = sprite.x + face.x, sprite.y - face.y, face.half * 0.8
    patch = sprite.pixels[int(y - half * 0.3) : int(y + half * 0.3), int(x - half) : int(x + half)]
    assert patch[..., 3].min() > 0.95
    assert patch[..., :3].mean(2).std() < 0.1
    assert face.half > 0.5


@pytest.mark.parametrize("noun", ONE_COLORED)
@pytest.mark.parametrize("color", ["blue", "green"])
def test_a_thing_has_the_colour_asked_for(noun: str, color: str) -> None:
    target = to_lab(NAMED[color])[1:]
    found = to_lab(_mean(_sprite(noun, color)))[1:]
    assert float(found @ target) / float(np.linalg.norm(found) * np.linalg.norm(target)) > 0.8


def test_gold_is_yellow_and_glass_is_pale() -> None:
    gold, glass = _mean(_sprite("cup", None, "golden")), _mean(_sprite("cup", None, "glass"))
    assert gold[0] > gold[2] + 70
    assert abs(glass[0] - glass[2]) < 50
    assert glass.mean() > 130


def test_a_striped_sofa_has_stripes() -> None:
    plain, striped = (_sprite("sofa", "red", *traits).pixels for traits in ((), ("striped",)))
    assert plain.shape == striped.shape
    solid = plain[..., 3] > 0.9
    assert np.abs(plain - striped)[..., 1][solid].mean() > 0.04


@pytest.mark.parametrize("noun", list(lights.ROLES))
def test_what_burns_is_brightest_at_its_light(noun: str) -> None:
    sprite = _sprite(noun)
    light = sprite.anchors["light"]
    x, y = int(sprite.x + light.x), int(sprite.y - light.y)
    near = sprite.pixels[y - 4 : y + 4, x - 4 : x + 4, :3].mean()
    solid = sprite.pixels[sprite.pixels[..., 3] > 0.9][:, :3].mean()
    assert near > 1.1 * solid
