"""People are drawn as their words say: what they do, what they wear, who they are."""

from __future__ import annotations

import numpy as np
import pytest

from limner.engines.sketch.paint.body import Body
from limner.engines.sketch.paint.light import LIGHTS, from_rgb
from limner.engines.sketch.paint.painter import Sprite, paint
from limner.engines.sketch.paint.palette import NAMED
from limner.engines.sketch.scene.cast.look import Look
from limner.engines.sketch.scene.cast.people import ROLES

ACTIONS = (
    None, "walk", "run", "sit", "sleep", "fly", "swim", "jump", "dance",
    "wave", "read", "eat", "hold", "ride",
)  # fmt: skip
PAINTED = 4


def _look(
    action: str | None = None, *traits: str, seed: int = 3, color: str | None = None, season: str = "summer"
) -> Look:
    tint = None if color is None else from_rgb(NAMED[color])
    return Look(tint, np.random.default_rng(seed), season, False, action, frozenset(traits))


def _built(noun: str, action: str | None = None, *traits: str, seed: int = 3, **kwargs: str) -> Body:
    return ROLES[noun].build(_look(action, *traits, seed=seed, **kwargs))


def _painted(body: Body, px: float = 200) -> Sprite:
    return paint(body, px, LIGHTS["day"], np.random.default_rng(1))


def _color_near(sprite: Sprite, x: float, y: float, reach: int = 3) -> np.ndarray:
    """The mean colour 0..1 about a point given in px from the ground point, y upward."""
    row, column = int(sprite.y - y), int(sprite.x + x)
    part = sprite.pixels[row - reach : row + reach + 1, column - reach : column + reach + 1].reshape(-1, 4)
    return np.asarray(part[:, :3].sum(0) / max(1e-3, part[:, 3].sum()))


def _face(sprite: Sprite) -> np.ndarray:
    mouth, head = sprite.anchors["mouth"], sprite.anchors["head"]
    return _color_near(sprite, mouth.x - 0.2 * (head.y - mouth.y), mouth.y + 0.1 * (head.y - mouth.y))


@pytest.mark.parametrize("number", range(len(ROLES)))
def test_everybody_does_everything(number: int) -> None:
    noun = sorted(ROLES)[number]
    for seed, action in enumerate(ACTIONS):
        body = _built(noun, action, seed=seed)
        low, high = body.bounds()
        assert (high - low > 0.15).all()
        assert (high - low < 1.8).all()
        if (seed + number) % PAINTED == 0:
            sprite = _painted(body, 60)
            assert (sprite.pixels[..., 3] > 0.5).sum() > 250, action
            assert np.isfinite(sprite.pixels).all()


@pytest.mark.parametrize("noun", ["child", "man", "astronaut", "princess", "robot"])
def test_a_rider_has_the_legs_below_the_seat_and_the_head_above(noun: str) -> None:
    body = _built(noun, "ride")
    low, high = body.bounds()
    assert low[1] < -0.1
    assert high[1] > 0.4
    assert not body.feet


def test_who_sits_on_a_seat_has_the_legs_below_it() -> None:
    assert _built("woman", "sit", "seated").bounds()[0][1] < -0.15


@pytest.mark.parametrize("action", [None, "walk", "run", "wave", "read", "sit"])
def test_feet_or_seat_touch_the_ground(action: str | None) -> None:
    for seed in range(6):
        low = _built("man", action, seed=seed).bounds()[0][1]
        assert -0.03 < low < 0.05


def test_who_sleeps_lies_and_says_so() -> None:
    body = _built("boy", "sleep")
    low, high = body.bounds()
    assert high[0] - low[0] > 1.6 * (high[1] - low[1])
    assert body.tall < 0.6


def test_who_sits_is_less_tall_than_who_stands() -> None:
    assert _built("child", "sit").tall < 0.85 * _built("child").tall


@pytest.mark.parametrize("noun", ["child", "man", "grandmother", "knight", "robot"])
def test_what_is_held_is_held_by_a_painted_hand_before_the_body(noun: str) -> None:
    sprite = _painted(_built(noun, "hold"))
    hand, head = sprite.anchors["hand"], sprite.anchors["head"]
    assert sprite.pixels[int(sprite.y - hand.y), int(sprite.x + hand.x), 3] > 0.9
    assert hand.x > head.x
    assert 0.3 * head.y < hand.y < head.y


def test_skin_is_as_the_prompt_says() -> None:
    light, brown, dark = (
        float(_face(_painted(_built("boy", None, skin))).mean())
        for skin in ("light skin", "brown skin", "dark skin")
    )
    assert light > brown + 0.08 > dark + 0.12


def test_without_a_word_skins_are_many() -> None:
    faces = [float(_face(_painted(_built("woman", seed=seed), 120)).mean()) for seed in range(14)]
    assert max(faces) - min(faces) > 0.25


@pytest.mark.parametrize("color", ["red", "green", "blue", "yellow"])
def test_the_colour_said_is_that_of_the_garment(color: str) -> None:
    sprite = _painted(_built("woman", None, seed=2, color=color))
    chest = _color_near(sprite, 0, sprite.anchors["mouth"].y * 0.70, 5)
    said = np.asarray(NAMED[color]) / 255
    cosine = float((chest - chest.mean()) @ (said - said.mean()))
    assert cosine > 0.7 * np.linalg.norm(chest - chest.mean()) * np.linalg.norm(said - said.mean())


def test_a_red_hat_is_red() -> None:
    for seed in range(4):
        sprite = _painted(_built("boy", None, "hat:red", seed=seed))
        top = sprite.pixels[: int(sprite.y - sprite.anchors["head"].y * 0.93)]
        solid = top[..., 3] > 0.9
        red, green = top[..., 0][solid], top[..., 1][solid]
        assert (red > green + 0.2).mean() > 0.25


def test_hair_is_as_the_prompt_says() -> None:
    crowns = []
    for trait in ("blonde hair", "black hair"):
        sprite = _painted(_built("child", None, trait, "long hair"))
        head = sprite.anchors["head"]
        crowns.append(float(_color_near(sprite, head.x, head.y - 8).mean()))
    assert crowns[0] > crowns[1] + 0.15


def test_in_winter_people_are_warmly_dressed() -> None:
    def bare(season: str) -> int:
        body = ROLES["child"].build(_look(season=season, seed=2))
        skins = [form for form in body.forms if form.texture == 0.5 and form.round == 0.05]
        return len(skins)

    assert bare("winter") < bare("summer")


def test_a_sad_mouth_is_not_a_happy_one() -> None:
    sad, happy = (_painted(_built("child", None, mood)) for mood in ("sad", "happy"))
    assert sad.pixels.shape == happy.pixels.shape
    assert np.abs(sad.pixels - happy.pixels).max() > 0.3


def test_the_same_seed_gives_the_same_person_and_another_one_another() -> None:
    first, again, other = (_painted(_built("child", seed=seed)) for seed in (5, 5, 6))
    assert first.pixels.tobytes() == again.pixels.tobytes()
    assert first.pixels.tobytes() != other.pixels.tobytes()
