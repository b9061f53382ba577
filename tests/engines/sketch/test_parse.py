"""Prompts become scenes: counts, colours, places, hours, styles, text, in English and Chinese."""

from __future__ import annotations

import pytest

from limner.engines.sketch.paint.palette import NAMED, TIMES
from limner.engines.sketch.paint.styles import STYLES
from limner.engines.sketch.paint.styles.tone import FILTERS
from limner.engines.sketch.scene.cast import CAST
from limner.engines.sketch.scene.places import PLACES
from limner.engines.sketch.scene.weather import WEATHERS
from limner.engines.sketch.words.lexicon import lexicon
from limner.engines.sketch.words.parse import parse
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec

SAME_IN_BOTH = [
    ("a red fox in a snowy forest at night", "夜晚，雪中的森林里有一只红色的狐狸"),
    ("three cats in a meadow, watercolor", "草地上有三只猫，水彩画"),
    ("two blue birds and a yellow flower", "两只蓝色的鸟和一朵黄花"),
    ("a lighthouse by the sea at sunset, oil painting", "海边的一座灯塔，夕阳，油画"),
    ("five fish underwater", "水下有五条鱼"),
    ('a poster of mountains "HELLO"', "群山的图片“HELLO”"),
    ("a black dog on the left, a white horse on the right", "左边一只黑色的狗，右边一匹白马"),
    ("a large red circle on a plain background", "纯色背景上一个大的红色圆形"),
    ("four seasons by a lake", "湖边的一年四季"),
]


@pytest.mark.parametrize(("english", "chinese"), SAME_IN_BOTH)
def test_a_prompt_means_the_same_in_english_and_chinese(english: str, chinese: str) -> None:
    assert parse(english, 5) == parse(chinese, 5)


def test_counts_and_colours_attach_to_their_own_noun() -> None:
    spec = parse("three red apples and two green cups on a table", 0)
    assert spec.place == "table"
    assert spec.subjects == (SubjectSpec("apple", 3, "red"), SubjectSpec("cup", 2, "green"))


def test_a_colour_after_its_noun_is_its_colour() -> None:
    assert parse("the house is blue", 0).subjects == (SubjectSpec("house", 1, "blue"),)


def test_a_colour_before_background_is_the_grounds() -> None:
    spec = parse("a yellow star on a blue background", 0)
    assert (spec.place, spec.background) == ("plain", "blue")
    assert spec.subjects == (SubjectSpec("star", 1, "yellow"),)


@pytest.mark.parametrize(
    ("prompt", "sides"),
    [
        ("a cat on the left and a dog on the right", {"cat": "left", "dog": "right"}),
        ("猫在狗的左边", {"cat": "left", "dog": "right"}),
        ("a cat to the right of the house", {"cat": "right", "house": None}),
    ],
)
def test_left_and_right_attach_to_the_noun_they_speak_of(prompt: str, sides: dict[str, str | None]) -> None:
    assert {s.noun: s.side for s in parse(prompt, 0).subjects} == sides


@pytest.mark.parametrize(
    ("prompt", "count"),
    [("a cat", 1), ("cats", 3), ("twelve cats", 12), ("12 cats", 12), ("十二只猫", 12), ("a dozen cats", 12)],
)
def test_how_many(prompt: str, count: int) -> None:
    assert parse(prompt, 0).subjects == (SubjectSpec("cat", count),)


@pytest.mark.parametrize(
    ("prompt", "texts"),
    [
        ('a poster "Summer Fest" with "July 5"', ("Summer Fest", "July 5")),
        ("海报，写着“新年快乐”", ("新年快乐",)),
        ("标题「山」", ("山",)),
        ("the dog's bone and a cat's tail", ()),
        ('an unclosed "quote', ()),
    ],
)
def test_quoted_text_is_text_and_nothing_else_is(prompt: str, texts: tuple[str, ...]) -> None:
    assert tuple(t.text for t in parse(prompt, 0).texts) == texts


def test_words_inside_quotes_are_not_drawn() -> None:
    assert parse('"three cats"', 0).subjects == ()


def test_a_word_inside_another_word_is_not_read() -> None:
    assert parse("concatenate the carpet, a scarf", 0).subjects == ()


def test_the_spec_survives_json() -> None:
    spec = parse('three red foxes on the left in snow, oil painting "你好", blurred', 9)
    assert SceneSpec.from_json(spec.to_json()) == spec


def test_everything_the_lexicon_names_can_be_painted() -> None:
    words = lexicon()
    assert words.meanings("place") == set(PLACES)
    assert words.meanings("noun") == set(CAST)
    assert words.meanings("color") == set(NAMED)
    assert words.meanings("time") == set(TIMES)
    assert words.meanings("style") == set(STYLES)
    assert words.meanings("filter") == set(FILTERS)
    assert words.meanings("weather") == set(WEATHERS)


def test_every_noun_colour_place_and_style_has_a_word_in_both_languages() -> None:
    spellings: dict[tuple[str, str], set[bool]] = {}
    for word, meanings in lexicon().words.items():
        for kind in ("noun", "color", "place", "style", "time", "season"):
            if kind in meanings:
                spellings.setdefault((kind, meanings[kind]), set()).add(word.isascii())
    assert {key for key, scripts in spellings.items() if scripts != {True, False}} == set()
