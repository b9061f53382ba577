"""Pictures of scenes, measured: places, hours, seasons, colours, counts, sides, styles, sizes."""

from __future__ import annotations

import itertools
import random

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from limner.engines.sketch.paint.palette import NAMED, to_lab
from limner.engines.sketch.paint.styles import STYLES
from limner.engines.sketch.picture import draw as picture_of
from limner.engines.sketch.render import render
from limner.engines.sketch.scene.cast import CAST
from limner.engines.sketch.scene.places import PLACES
from limner.engines.sketch.task import RenderTask
from limner.engines.sketch.words.lexicon import lexicon
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec

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


def difference(a: Array, b: Array) -> float:
    """Mean absolute difference in 0..255."""
    return float(np.abs(a.astype(float) - b.astype(float)).mean())


def lightness(pixels: Array) -> float:
    """Mean OKLab lightness."""
    return float(to_lab(pixels)[..., 0].mean())


def chroma(pixels: Array) -> float:
    """Mean OKLab chroma."""
    lab = to_lab(pixels)
    return float(np.hypot(lab[..., 1], lab[..., 2]).mean())


def blobs(pixels: Array, smallest: float = 0.0008) -> list[tuple[int, float]]:
    """(area, centre column) of what differs from the ground at the corner, by connected components."""
    lab = to_lab(pixels)
    ground = np.median(np.concatenate([lab[:4].reshape(-1, 3), lab[-4:].reshape(-1, 3)]), 0)
    away = (np.linalg.norm(lab - ground, axis=2) > 0.09).astype(np.uint8)
    away = np.asarray(cv2.morphologyEx(away, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), np.uint8)
    _, _, stats, centers = cv2.connectedComponentsWithStats(away)
    least = smallest * away.size
    found = [(int(s[4]), float(c[0])) for s, c in zip(stats[1:], centers[1:], strict=True)]
    return [(area, x) for area, x in found if area >= least]


OUTSIDE = ("beach", "desert", "forest", "lake", "meadow", "skyline", "village")
"""Places where the hour is seen outright."""
REDRAWN = ("blueprint", "chalk", "gouache", "ink", "isometric", "neon")
"""Styles that change light and shade or the place itself, or nothing."""


def test_there_are_the_promised_places_hours_colours_nouns_and_styles() -> None:
    assert len(PLACES) >= 20 and len(NAMED) >= 12 and len(CAST) >= 60 and len(STYLES) >= 17
    assert len(lexicon().meanings("noun")) >= 400


def test_any_two_places_differ() -> None:
    pictures = {place: picture_of(SceneSpec(7, 7, place=place), 128, 128) for place in PLACES}
    for a, b in itertools.combinations(pictures, 2):
        assert difference(pictures[a], pictures[b]) > 6, (a, b)


@pytest.mark.parametrize("place", OUTSIDE)
def test_night_is_darker_than_day_and_dusk_is_warmer(place: str) -> None:
    day, dusk, night = (draw(f"{place}, {hour}") for hour in ("noon", "sunset", "night"))
    assert lightness(night) < lightness(day) - 0.15
    warmth_day, warmth_dusk = (float(to_lab(p)[..., 1:].sum(2).mean()) for p in (day, dusk))
    assert warmth_dusk > warmth_day + 0.02
    assert difference(draw(f"{place}, dawn"), day) > 8


def test_seasons_change_a_meadow_as_seasons_do() -> None:
    spring, summer, autumn, winter = (draw(f"meadow, {s}") for s in ("spring", "summer", "autumn", "winter"))
    ground = {
        n: to_lab(p[-40:]).reshape(-1, 3).mean(0)
        for n, p in (("summer", summer), ("autumn", autumn), ("winter", winter))
    }
    assert ground["autumn"][1] > ground["summer"][1] + 0.05, "autumn is redder"
    assert ground["winter"][0] > ground["summer"][0] + 0.2, "winter is lighter"
    assert difference(spring, summer) > 3


@pytest.mark.parametrize("color", sorted(NAMED))
def test_a_named_colour_is_that_colour(color: str) -> None:
    circle = SubjectSpec("circle", color=color, scale=1.5)
    picture = picture_of(SceneSpec(place="plain", subjects=(circle,)), 192, 192)
    center = to_lab(np.median(picture[80:112, 80:112].reshape(-1, 3), 0))
    assert float(np.linalg.norm(center - to_lab(NAMED[color]))) < 0.03


def test_a_large_red_circle_is_one_round_red_thing() -> None:
    picture = draw("A large red circle on a plain background", size=256)
    found = blobs(picture)
    assert len(found) == 1
    area = found[0][0]
    red = np.linalg.norm(to_lab(picture) - to_lab(NAMED["red"]), axis=2) < 0.06
    rows, columns = np.nonzero(red)
    assert abs(area - red.sum()) < 0.05 * area
    width, height = np.ptp(columns) + 1, np.ptp(rows) + 1
    assert abs(width - height) <= 2
    assert red.sum() == pytest.approx(np.pi / 4 * width * height, rel=0.03)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 12])
@pytest.mark.parametrize("noun", ["star", "apple", "cat"])
def test_as_many_as_were_asked_for(noun: str, count: int) -> None:
    picture = draw(f"{count} {noun}s on a plain background", seed=count, size=320)
    assert len(blobs(picture)) == count


@pytest.mark.parametrize("seed", range(4))
def test_left_is_left_and_right_is_right(seed: int) -> None:
    picture = draw("a blue square on the right and a red circle on the left, plain background", seed)
    lab = to_lab(picture)
    columns = np.arange(picture.shape[1])
    red = np.linalg.norm(lab - to_lab(NAMED["red"]), axis=2) < 0.06
    blue = np.linalg.norm(lab - to_lab(NAMED["blue"]), axis=2) < 0.06
    assert (red.sum(0) * columns).sum() / red.sum() < 80
    assert (blue.sum(0) * columns).sum() / blue.sum() > 112


def test_a_coloured_noun_wears_its_colour() -> None:
    red, blue = (draw(f"a {c} car on a plain background") for c in ("red", "blue"))
    wears = [
        np.linalg.norm(to_lab(p) - to_lab(NAMED[c]), axis=2) < 0.12 for p, c in ((red, "red"), (blue, "blue"))
    ]
    assert all(w.mean() > 0.02 for w in wears)
    assert (np.linalg.norm(to_lab(red) - to_lab(NAMED["blue"]), axis=2) < 0.12).mean() < 0.005


def _word(kind: str, meaning: str) -> str:
    return next(w for w, m in lexicon().words.items() if m.get(kind) == meaning and w.isascii())


@pytest.mark.parametrize("noun", sorted(CAST))
def test_every_noun_can_be_seen(noun: str) -> None:
    empty = draw("plain background", 3, 128)
    shown = draw(f"{_word('noun', noun)}, plain background", 3, 128)
    assert (np.abs(empty.astype(int) - shown).max(2) > 20).mean() > 0.005


def test_a_body_stands_on_the_ground_and_a_moon_hangs_in_the_sky() -> None:
    empty = draw("meadow at day", 4)
    fox = np.abs(draw("a fox in a meadow at day", 4).astype(int) - empty).max(2) > 40
    rows = np.nonzero(fox.sum(1) > 3)[0]
    assert rows.max() > 192 * 0.66
    night = draw("meadow at night", 4)
    moon = draw("a moon, meadow at night", 4)
    brighter = (moon.astype(int) - night).min(2) > 60
    assert 0 < np.nonzero(brighter)[0].mean() < 192 * 0.5


@pytest.mark.parametrize("style", sorted(STYLES))
def test_a_style_changes_the_picture_but_not_what_it_shows(style: str) -> None:
    plain = draw("a red house in a meadow")
    styled = draw(f"a red house in a meadow, {_word('style', style)}")
    assert difference(plain, styled) > 4 or style == "gouache"
    shapes = [np.asarray(p.mean(2).reshape(12, 16, 12, 16).mean((1, 3))).ravel() for p in (plain, styled)]
    if style not in REDRAWN:
        assert np.corrcoef(shapes[0], shapes[1])[0, 1] > 0.55


def test_the_same_seed_gives_the_same_bytes_and_another_another_layout() -> None:
    prompt = "a cat and a dog in a forest, oil painting"
    assert draw(prompt, 3).tobytes() == draw(prompt, 3).tobytes()
    assert difference(draw(prompt, 3), draw(prompt, 4)) > 8


def test_picture_i_of_n_is_the_picture_of_its_own_seed() -> None:
    second = render(RenderTask("a cat in a meadow", 192, 192, 10, index=1, count=3)).pixels
    assert second.tobytes() == draw("a cat in a meadow", 11).tobytes()


@pytest.mark.parametrize(
    ("width", "height"), [(16, 256), (256, 16), (64, 64), (257, 131), (100, 333), (640, 40)]
)
@pytest.mark.parametrize("place", ["lake", "skyline", "underwater", "room", "forest", "space"])
def test_any_size_is_painted(place: str, width: int, height: int) -> None:
    picture = draw(f'three cats and a house, {place}, "Title"', width=width, height=height)
    assert picture.shape == (height, width, 3) and picture.dtype == np.uint8
    assert picture.std() > 4


def test_a_large_picture_is_enlarged_to_its_exact_size() -> None:
    assert draw("a star on a plain background", width=2048, height=1024).shape == (1024, 2048, 3)


def test_the_notes_say_who_drew_and_what() -> None:
    done = render(RenderTask("two red apples on a table", 96, 96, 5))
    assert done.notes["illustrator"] == "Limner sketch, a procedural illustrator"
    scene = SceneSpec.from_json(done.notes["scene"])
    assert scene.place == "table" and scene.subjects[0].count == 2
    assert "2 red apple" in done.description and "table" in done.description


NASTY = [
    "",
    " ",
    "\x00\x01\x1b[31m",
    "\u202e\u2067rtl\u2069 \u05d0",
    "🦊🎈👩‍👩‍👧",
    "\ud800 lone",
    '""',
    "“”「」",
    '"' + "x" * 400 + '"',
    "cat " * 1250,
    "猫" * 5000,
    "9" * 5000,
    '"' * 5000,
    "left right above 在 on the left of 999 red red red",
    "'\n\"\r\t\"'",
    '"\u200d\u200f\u0000"',
    "a" * 5000,
]


@pytest.mark.parametrize("prompt", NASTY, ids=range(len(NASTY)))
def test_any_text_gives_a_picture(prompt: str) -> None:
    assert draw(prompt, size=64).shape == (64, 64, 3)


def test_words_in_any_order_give_a_picture() -> None:
    rng = random.Random(4)
    words = sorted(lexicon().words)
    for number in range(25):
        prompt = " ".join(rng.choice(words) for _ in range(rng.randrange(1, 14)))
        assert draw(prompt, number, 64).shape == (64, 64, 3), prompt
