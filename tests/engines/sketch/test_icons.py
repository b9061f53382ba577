import time

import numpy as np
import pytest

from limner.engines.sketch.paint import icons
from limner.engines.sketch.paint.body import Body
from limner.engines.sketch.paint.icons import Finish
from limner.engines.sketch.paint.light import LIGHTS, from_rgb
from limner.engines.sketch.paint.painter import Sprite, paint
from limner.engines.sketch.paint.palette import NAMED, to_lab
from limner.engines.sketch.scene.cast import CAST, role_of
from limner.engines.sketch.scene.cast import icons as parts
from limner.engines.sketch.scene.cast.look import Look
from limner.engines.sketch.scene.compose import compose
from limner.engines.sketch.words import emoji
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec


def _labels(text: str) -> list[str]:
    return [found.label for found in emoji.find(text)]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("a golden trophy beside a pineapple", ["trophy", "pineapple"]),
        ("two ferris wheels and a roller coaster", ["ferris wheel", "roller coaster"]),
        ("strawberries and cherries in a basket", ["strawberry", "cherries", "basket"]),
        ("The PEACOCK's feather", ["peacock", "feather"]),
        ("a peacock spreads its tail", ["peacock"]),
        (
            "a globe, a magnifying glass, an hourglass",
            ["globe showing asia-australia", "magnifying glass tilted left", "hourglass done"],
        ),
        ("草地上的孔雀和过山车", ["peacock", "roller coaster"]),
        ("奖杯旁边有一只企鹅", ["trophy", "penguin"]),
        ("一把小提琴", ["violin"]),
        ("蝴蝶结", ["ribbon"]),
    ],
)
def test_things_are_found_by_their_names(text: str, labels: list[str]) -> None:
    assert _labels(text) == labels


@pytest.mark.parametrize(
    "text",
    [
        "a big green cool new free thing on top, three of them, coming soon, OK",
        "beautiful digital art, back lit, looking up at the end of the day",
        "watch the sunset fly by, warm light, sharp focus, masterpiece, best quality, 8k",
        "红色的小大一二三，很高兴，海报设计，白天，上面",
        "",
        "\ud800\x00 ½ ﬁ İİİ ß",
    ],
)
def test_everyday_words_name_nothing(text: str) -> None:
    assert _labels(text) == []


def test_spans_point_at_the_words_even_after_odd_letters() -> None:
    text = "İstanbul: three Pineapples!"
    (found,) = emoji.find(text)
    assert (text[found.start : found.end], found.label, found.plural) == ("Pineapples", "pineapple", True)


def test_a_name_alone_has_a_label() -> None:
    assert emoji.label_of("trophies") == "trophy"
    assert emoji.label_of("过山车") == "roller coaster"
    assert emoji.label_of("a trophy") is None
    assert emoji.label_of("xyzzy") is None


def test_every_name_can_be_played() -> None:
    labels = set(emoji.find(" . ".join(emoji._words())))
    for label in {found.label for found in labels}:
        role = role_of(label)
        assert 0.03 < role.height < 0.8


def test_every_exception_and_stand_in_is_of_a_known_label() -> None:
    known = icons.entries().keys()
    named = {*parts._EXCEPTIONS, *parts.TINTED}
    assert named - known - CAST.keys() == set()


def test_an_unknown_label_has_no_part() -> None:
    with pytest.raises(KeyError):
        role_of("xyzzy")


def _sprite(body: Body, height: int = 160) -> Sprite:
    return paint(body, height, LIGHTS["day"], np.random.default_rng(1))


def _mean_rgb(sprite: Sprite) -> np.ndarray:
    solid = sprite.pixels[sprite.pixels[..., 3] > 0.9]
    return np.asarray(solid[:, :3].mean(0) * 255)


@pytest.mark.parametrize("label", ["trophy", "elephant", "peacock", "violin", "ferris wheel", "doughnut"])
def test_an_icon_stands_on_its_feet_and_is_one_unit_long(label: str) -> None:
    body = icons.icon(label, Finish())
    low, high = body.bounds()
    assert low[1] == pytest.approx(0, abs=0.01)
    assert max(high - low) == pytest.approx(1, abs=0.02)
    assert body.feet
    assert all(low[0] <= x - half and x + half <= high[0] for x, half in body.feet)


def test_what_hovers_has_no_feet() -> None:
    body = icons.icon("butterfly", Finish(), hovers=True)
    assert body.floats
    assert body.feet == ()


def test_a_hole_stays_a_hole() -> None:
    sprite = _sprite(icons.icon("doughnut", Finish()))
    rows, columns = sprite.pixels.shape[:2]
    middle = sprite.pixels[int(rows * 0.46) : int(rows * 0.52), int(columns * 0.46) : int(columns * 0.54), 3]
    assert middle.mean() < 0.2
    assert (sprite.pixels[..., 3] > 0.9).mean() > 0.3


@pytest.mark.parametrize(
    ("label", "color"),
    [
        ("elephant", "pink"),
        ("trophy", "green"),
        ("tractor", "blue"),
        ("carrot", "purple"),
        ("trumpet", "black"),
    ],
)
def test_an_icon_takes_the_colour_asked_for(label: str, color: str) -> None:
    usual = _mean_rgb(_sprite(icons.icon(label, Finish())))
    turned = _mean_rgb(_sprite(icons.icon(label, Finish(), from_rgb(NAMED[color]))))
    target = to_lab(NAMED[color])
    before, after = (np.linalg.norm(to_lab(rgb) - target) for rgb in (usual, turned))
    assert after < 0.85 * before


def test_recolouring_keeps_light_and_dark_apart() -> None:
    art = icons.layers("tractor")
    turned = icons.recolored(art, from_rgb(NAMED["blue"]))
    before, after = (np.array([float(to_lab(x.color * 255)[0]) for x in layers]) for layers in (art, turned))
    assert np.corrcoef(before, after)[0, 1] > 0.7


def test_skin_is_of_a_person_and_not_of_an_emoji() -> None:
    yellow = _mean_rgb(_sprite(icons.icon("handshake", Finish())))
    brown = _mean_rgb(_sprite(icons.icon("handshake", Finish(), skin=from_rgb((125, 76, 50)))))
    assert yellow[0] - yellow[2] > 90
    assert brown[0] - brown[2] < 0.75 * (yellow[0] - yellow[2])


def test_one_icon_is_read_without_the_others() -> None:
    icons.entries.cache_clear()
    icons.layers.cache_clear()
    start = time.perf_counter()
    icons.layers("trophy")
    assert time.perf_counter() - start < 0.1


def test_a_trophy_stands_golden_on_the_table() -> None:
    spec = SceneSpec(seed=3, layout_seed=3, subjects=(SubjectSpec("trophy"),))
    found = compose(spec, 256, 256)
    (figure,) = found.figures
    x0, y0, x1, y1 = (int(v * 256) for v in figure.box)
    part = found.pixels[max(y0, 0) : y1, max(x0, 0) : x1].reshape(-1, 3).astype(float)
    golden = (part[:, 0] > 150) & (part[:, 0] - part[:, 2] > 80) & (part[:, 1] > 90)
    assert golden.mean() > 0.15


def test_the_same_icon_is_painted_alike() -> None:
    looks = [Look(None, np.random.default_rng(4), "summer", False) for _ in range(2)]
    first, second = (_sprite(role_of("peacock").build(look), 96) for look in looks)
    assert np.array_equal(first.pixels, second.pixels)


def test_art_that_is_cut_off_goes_on_as_its_mirror_image() -> None:
    single, double = (icons.icon("roller coaster", Finish(), doubled=doubled) for doubled in (False, True))
    (low, high), (left, right) = single.bounds(), double.bounds()
    assert right[0] - left[0] == pytest.approx(2 * (high[0] - low[0]), rel=0.05)
    assert left[0] == pytest.approx(-right[0], abs=0.01)


def test_an_icon_carries_what_stands_on_it() -> None:
    anchors = icons.icon("elephant", Finish()).anchors
    assert 0.5 < anchors["top"].y <= 1
    assert anchors["back"].y > anchors["grip"].y
