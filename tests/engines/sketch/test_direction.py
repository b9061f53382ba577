"""Cameras, sizes, guidance and seeds show in the picture; bare tables are laid and patterns repeat."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.palette import NAMED
from limner.engines.sketch.paint.raster import Pixels
from limner.engines.sketch.scene.compose import compose, layout_of, palette_of, place_of
from limner.engines.sketch.scene.staging import Figure
from limner.engines.sketch.words.parse import parse

SIZE = 256


def only(prompt: str, seed: int = 3, guidance: float | None = None) -> Figure:
    spec = replace(parse(prompt, seed), guidance=guidance)
    (figure,) = compose(spec, SIZE, SIZE).figures
    return figure


def picture(prompt: str, guidance: float | None, seed: int = 3) -> Pixels:
    return compose(replace(parse(prompt, seed), guidance=guidance), SIZE, SIZE).pixels


def tall(figure: Figure) -> float:
    return figure.box[3] - figure.box[1]


@pytest.mark.parametrize("noun", ["cat", "rose", "woman", "mushroom", "cup"])
def test_a_close_camera_fills_the_frame_and_a_wide_one_shows_the_place(noun: str) -> None:
    close, usual = only(f"close-up of a {noun} in a meadow"), only(f"a {noun} in a meadow")
    wide = only(f"wide shot of a {noun} in a meadow")
    assert tall(close) > 0.6 and tall(close) > 1.35 * tall(usual)
    assert tall(wide) < 0.75 * tall(usual)


def test_a_portrait_is_cut_by_the_frame_below_the_head() -> None:
    x0, y0, x1, y1 = only("portrait of an old woman").box
    assert 0.0 <= y0 < 0.2 and y1 > 1.2
    assert 0.4 < (x0 + x1) / 2 < 0.6


def test_behind_a_close_subject_the_place_is_soft() -> None:
    sharp, soft = picture("a cat in a meadow", None), picture("close-up of a cat in a meadow", None)
    edge = [np.abs(np.diff(p[:, :40].astype(int), axis=0)).mean() for p in (sharp, soft)]
    assert edge[1] < 0.6 * edge[0]


@pytest.mark.parametrize(
    ("small", "large"), [("tiny", "small"), ("small", ""), ("", "big"), ("big", "giant")]
)
def test_words_of_size_show(small: str, large: str) -> None:
    assert tall(only(f"a {large} rabbit in a meadow")) > 1.12 * tall(only(f"a {small} rabbit in a meadow"))


@pytest.mark.parametrize("seed", range(4))
def test_to_the_letter_a_figure_is_large_and_in_the_middle(seed: int) -> None:
    literal, free = only("a red fox in a meadow", seed, 10), only("a red fox in a meadow", seed, 1)
    assert abs((literal.box[0] + literal.box[2]) / 2 - 0.5) < 0.08
    assert tall(literal) > 1.2 * tall(free)


def test_guidance_decides_how_exactly_a_colour_is_kept() -> None:
    def nearest(guidance: float) -> float:
        away = picture("a large red ball in a meadow", guidance).astype(int) - np.array(NAMED["red"])
        return float(np.sort(np.abs(away).max(2).ravel())[:400].mean())

    assert nearest(10) < nearest(1)


def test_with_low_guidance_hues_of_the_place_wander_and_strokes_are_loose() -> None:
    spec = parse("a meadow", 3)
    usual, free = (palette_of(replace(spec, guidance=g), "meadow") for g in (5, 1))
    assert np.abs(np.subtract(usual.zenith, free.zenith)).max() > 10
    assert palette_of(replace(spec, guidance=10), "meadow").zenith == usual.zenith
    assert np.abs(picture("a meadow", 10).astype(int) - picture("a meadow", 5)).mean() < 1
    assert np.abs(picture("a meadow", 1).astype(int) - picture("a meadow", 5)).mean() > 5


@pytest.mark.parametrize("prompt", ["a forest", "a poster", "a street", "a beach"])
def test_seeds_in_a_row_choose_other_layouts_and_palettes(prompt: str) -> None:
    specs = [parse(prompt, seed) for seed in range(4)]
    layouts = [layout_of(spec, place_of(spec)) for spec in specs]
    assert all(layouts.count(layout) <= 2 for layout in layouts) and len(set(map(id, layouts))) >= 3


@pytest.mark.parametrize("count", [1, 2, 5, 6])
def test_as_many_seeds_as_choices_take_each_of_them(count: int) -> None:
    for lap in range(5):
        turns = [Streams(lap * count + k).turn("layout", count) for k in range(count)]
        assert sorted(turns) == list(range(count))


def test_a_pattern_repeats_its_subjects_over_the_whole_picture() -> None:
    figures = compose(parse("a pattern of cats and fish", 1), SIZE, SIZE).figures
    nouns = [figure.noun for figure in figures]
    assert 12 <= len(nouns) <= 20 and abs(nouns.count("cat") - nouns.count("fish")) <= 1
    middles = np.array([((f.box[0] + f.box[2]) / 2, (f.box[1] + f.box[3]) / 2) for f in figures])
    assert (middles.min(0) < 0.2).all() and (middles.max(0) > 0.8).all()
    apart = np.linalg.norm(middles[:, None] - middles[None], axis=2) + np.eye(len(nouns))
    assert apart.min() > 0.15


@pytest.mark.parametrize("prompt", ["a still life", "a wooden table by a window", "logo design"])
def test_a_bare_table_is_laid_and_a_bare_badge_has_a_sign(prompt: str) -> None:
    shown = {tuple(f.noun for f in compose(parse(prompt, seed), SIZE, SIZE).figures) for seed in range(3)}
    assert () not in shown and len(shown) == 3
