"""What a prompt says of the inside of a place picks the layout that shows it."""

from __future__ import annotations

from importlib.resources import files
from tomllib import loads

import pytest

from limner.engines.sketch.scene.compose import layout_of, place_of
from limner.engines.sketch.scene.features import table
from limner.engines.sketch.scene.places import PLACES
from limner.engines.sketch.words.features import features_of
from limner.engines.sketch.words.parse import parse

ASKED = (
    ("a field of tulips under a wide sky", "in_rows"),
    ("向日葵花田", "sunflowers"),
    ("snowfield under the northern lights", "northern"),
    ("desert dunes at dusk", "dunes"),
    ("沙漠里的绿洲", "oasis"),
    ("a waterfall in the river", "fall"),
    ("a living room with a fireplace", "fireside"),
    ("city skyline over the water", "waterfront"),
    ("a birch forest in autumn", "birches"),
    ("abstract background with topographic contours", "contours"),
)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("prompt", "layout"), ASKED)
def test_the_words_pick_the_layout(prompt: str, layout: str, seed: int) -> None:
    spec = parse(prompt, seed)
    assert layout_of(spec, place_of(spec)).__name__ == layout


def test_every_layout_that_is_named_exists() -> None:
    names = {place: {getattr(layout, "__name__", "") for layout in PLACES[place]} for place in table()}
    wrong = [
        (place, name)
        for place, features in table().items()
        for wanted in features.values()
        for name in wanted
        if name not in names[place]
    ]
    assert wrong == []


def test_every_feature_that_picks_a_layout_has_words() -> None:
    words = loads((files("limner.engines.sketch.words") / "features.toml").read_text("utf-8"))["words"]
    staged = {"top"}
    assert {feature for features in table().values() for feature in features} - staged <= set(words)


def test_without_such_words_seeds_differ_in_layout() -> None:
    spec = [parse("a forest", seed) for seed in range(12)]
    assert len({layout_of(s, place_of(s)) for s in spec}) > 2


@pytest.mark.parametrize("text", ["", "   ", "an oak", "\u0000\u4e00", "x" * 4000])
def test_any_text_has_features_or_none(text: str) -> None:
    assert isinstance(features_of(text), tuple)
