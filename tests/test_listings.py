"""Lists in prompts: what is numbered or marked, and what only names a picture by its number."""

from __future__ import annotations

import pytest

from limner.listings import Listing, marked, steps


@pytest.mark.parametrize(
    ("prompt", "listing"),
    [
        ("a fox: 1. awake 2. asleep", Listing("a fox", ("awake", "asleep"))),
        ("Scene one is dark. Scene two is light.", Listing("", ("dark", "light"))),
        ("- a cat\n- a dog", Listing("", ("a cat", "a dog"))),
        ("* a cat\n* a dog", Listing("", ("a cat", "a dog"))),
        ("图1：猫。图2：狗", Listing("", ("猫", "狗"))),
        ("狐狸。第1天：出发，第2天：到达", Listing("狐狸", ("出发", "到达"))),
    ],
)
def test_marked_items_and_what_is_said_before_them(prompt: str, listing: Listing) -> None:
    assert marked(prompt) == listing


@pytest.mark.parametrize(
    "prompt",
    [
        "a cat",
        "1. a cat",
        "image 1 is the hero, image 2 is the place",
        "把图1的人物放进图2的场景",
        "第一张图的人物和第二张图的衣服",
        "a well-known - and loved - cat",
        "from 1.5 to 2.5",
    ],
)
def test_what_is_no_list(prompt: str) -> None:
    assert marked(prompt) is None


def test_steps_are_between_semicolons_lines_and_words_of_order() -> None:
    assert steps("a; b\nc -> d, then e") == ["a", "b", "c", "d,", "e"]
