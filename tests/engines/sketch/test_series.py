"""A series hangs together: one cast and one palette, and each picture its own scene."""

from __future__ import annotations

import pytest

from limner.engines.sketch.words.series import series_of
from limner.engines.sketch.words.spec import SceneSpec


@pytest.mark.parametrize(
    "prompt", ["four seasons of a cottage by a lake", "湖边小屋的一年四季", "春夏秋冬的湖边小屋"]
)
def test_four_seasons_are_the_same_place_in_each_season(prompt: str) -> None:
    scenes = series_of(prompt, 3, 4)
    assert [s.season for s in scenes] == ["spring", "summer", "autumn", "winter"]
    assert len({(s.place, s.layout_seed, s.subjects) for s in scenes}) == 1


@pytest.mark.parametrize(
    ("prompt", "count", "hours"),
    [
        ("a boy and his dog: morning, noon, dusk and night", 4, ["dawn", "day", "dusk", "night"]),
        ("morning, noon and night in a village", 3, ["dawn", "day", "night"]),
        ("早晨、中午和夜晚的海边", 3, ["dawn", "day", "night"]),
        ("白天和夜晚的城市", 2, ["day", "night"]),
        ("a street at different times of day", 4, ["dawn", "day", "dusk", "night"]),
    ],
)
def test_hours_come_in_the_order_of_the_prompt(prompt: str, count: int, hours: list[str]) -> None:
    scenes = series_of(prompt, 0, count)
    assert [s.time for s in scenes] == hours
    assert len({(s.place, s.subjects) for s in scenes}) == 1


def test_seasons_are_those_that_are_named() -> None:
    scenes = series_of("a cat in spring, in fall and in winter", 0, 3)
    assert [s.season for s in scenes] == ["spring", "autumn", "winter"]


LISTED = [
    ("第一张：小女孩在海边，第二张：小女孩在雪山，第三张：小女孩在城市", ["beach", "mountains", "skyline"]),
    (
        "a fox. Scene 1: in the forest; scene 2: by the river; scene 3: in the snow village",
        ["forest", "river", "village"],
    ),
    ("1. a cat on the beach 2. a cat in the desert 3. a cat in the garden", ["beach", "desert", "garden"]),
    (
        "first: a dog in a park, second: a dog on a street, third: a dog in the kitchen",
        ["park", "street", "kitchen"],
    ),
    ("一组3张：小狐狸在森林里，小狐狸在河边，小狐狸在村庄", ["forest", "river", "village"]),
    (
        "a boy walks in the city; then he sails the sea; then he crosses the desert",
        ["skyline", "sea", "desert"],
    ),
]


@pytest.mark.parametrize(("prompt", "places"), LISTED)
def test_listed_scenes_are_set_where_each_says(prompt: str, places: list[str]) -> None:
    assert [s.place for s in series_of(prompt, 0, len(places))] == places


@pytest.mark.parametrize(
    ("prompt", "nouns"),
    [
        ("a set of 4 icons: apple, banana, cherry, pear, flat", ["apple", "banana", "cherries", "pear"]),
        ("一组4张图标：苹果、香蕉、樱桃、梨", ["apple", "banana", "cherries", "pear"]),
        ("三张图，分别是猫、狗和兔子，水彩", ["cat", "dog", "rabbit"]),
    ],
)
def test_a_list_gives_each_picture_its_own_thing(prompt: str, nouns: list[str]) -> None:
    scenes = series_of(prompt, 0, len(nouns))
    assert [[s.noun for s in scene.subjects] for scene in scenes] == [[noun] for noun in nouns]
    assert len({(s.style, s.place, s.seed) for s in scenes}) == 1


def _story() -> tuple[SceneSpec, ...]:
    prompt = (
        "A storyboard: 1. A girl in a red coat finds a key. 2. She walks through the forest. "
        "3. A castle. 4. The girl dances in the castle garden."
    )
    return series_of(prompt, 8, 4)


def test_who_appears_again_looks_as_before() -> None:
    heroes = [scene.subjects[0] for scene in _story() if scene.subjects[0].noun == "child"]
    assert len(heroes) == 3
    assert {(hero.color, hero.traits) for hero in heroes} == {("red", ("coat:red",))}


def test_she_is_who_came_first_and_does_what_her_scene_says() -> None:
    scenes = _story()
    assert [s.subjects[0].action for s in scenes] == [None, "walk", None, "dance"]


def test_subjects_of_the_common_part_are_in_every_scene() -> None:
    scenes = series_of(
        "a little fox. Scene 1: in the forest; scene 2: on a boat; scene 3: sleeping at night", 0, 3
    )
    assert all(scene.subjects[0].noun == "fox" for scene in scenes)
    assert scenes[2].subjects[0].action == "sleep"


def test_without_a_list_the_views_differ_and_the_cast_stays() -> None:
    scenes = series_of("a red fox and a blue bird in a forest", 5, 4)
    assert len({(s.layout_seed, s.camera, s.subjects) for s in scenes}) == 4
    assert {(s.seed, s.place) for s in scenes} == {(5, "forest")}
    assert {tuple((x.noun, x.color, x.count) for x in s.subjects) for s in scenes} == {
        (("fox", "red", 1), ("bird", "blue", 1))
    }


def test_what_somebody_is_told_to_do_they_do_in_every_view() -> None:
    assert {s.subjects[0].action for s in series_of("a sleeping cat", 0, 5)} == {"sleep"}


@pytest.mark.parametrize("count", [1, 2, 7, 15])
@pytest.mark.parametrize("prompt", ["", "1. 2. 3.", "四季", "first: ", "a cat; ; ;", "①②③", "分别是"])
def test_any_prompt_gives_as_many_scenes_as_asked(prompt: str, count: int) -> None:
    assert len(series_of(prompt, 0, count)) == count
