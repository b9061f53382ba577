"""Edits in words: instructions read from prompts, and what they make of a scene."""

from __future__ import annotations

import string
from dataclasses import replace

import numpy as np
import pytest

from limner.engines.sketch.words.instruction import instruction_of
from limner.engines.sketch.words.parse import parse
from limner.engines.sketch.words.patch import patch
from limner.engines.sketch.words.spec import Relation, SceneSpec, SubjectSpec, TextSpec
from limner.engines.sketch.words.steps import Step, note_of, step_of

SCENE = SceneSpec(
    seed=3,
    layout_seed=3,
    place="meadow",
    subjects=(SubjectSpec("fox"), SubjectSpec("house", color="red"), SubjectSpec("tree", scale=1.5)),
)


def nouns(spec: SceneSpec) -> list[str]:
    """The nouns of the subjects that are there."""
    return [s.noun for s in spec.subjects if s.count]


@pytest.mark.parametrize(
    ("prompt", "field", "value"),
    [
        ("make it night", "time", "night"),
        ("把它变成夜晚", "time", "night"),
        ("at sunset", "time", "dusk"),
        ("turn it into winter", "season", "winter"),
        ("变成秋天", "season", "autumn"),
        ("add rain", "weather", "rain"),
        ("make it foggy", "weather", "fog"),
        ("下雨", "weather", "rain"),
        ("as a watercolor", "style", "watercolor"),
        ("turn it into a pencil sketch", "style", "pencil"),
        ("变成水彩画", "style", "watercolor"),
        ("make it black and white", "style", "monochrome"),
        ("put it on a beach", "place", "beach"),
        ("change the background to a forest", "place", "forest"),
        ("把背景换成海滩", "place", "beach"),
        ("move it to the desert", "place", "desert"),
    ],
)
def test_what_is_said_of_the_whole_changes_and_the_rest_stays(prompt: str, field: str, value: str) -> None:
    patched = patch(SCENE, prompt)
    assert getattr(patched, field) == value
    assert replace(patched, **{field: getattr(SCENE, field)}) == SCENE


@pytest.mark.parametrize(
    ("prompt", "noun", "color"),
    [
        ("make the fox blue", "fox", "blue"),
        ("把狐狸变成蓝色", "fox", "blue"),
        ("change the colour of the fox to green", "fox", "green"),
        ("paint the house yellow", "house", "yellow"),
        ("the red house to blue", "house", "blue"),
        ("把红色的房子改成白色", "house", "white"),
        ("the fox should be purple", "fox", "purple"),
        ("blue fox", "fox", "blue"),
        ("make it pink", "fox", "pink"),
    ],
)
def test_a_named_subject_takes_the_colour(prompt: str, noun: str, color: str) -> None:
    patched = patch(SCENE, prompt)
    changed = [s for s, old in zip(patched.subjects, SCENE.subjects, strict=True) if s != old]
    assert [(s.noun, s.color) for s in changed] == [(noun, color)]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("remove the tree", ["fox", "house"]),
        ("去掉树", ["fox", "house"]),
        ("把房子去掉", ["fox", "tree"]),
        ("without the house", ["fox", "tree"]),
        ("delete the fox and the tree", ["house"]),
        ("add a red balloon on the left", ["fox", "house", "tree", "balloon"]),
        ("加一个气球", ["fox", "house", "tree", "balloon"]),
        ("add a cat, a dog and a balloon", ["fox", "house", "tree", "cat", "dog", "balloon"]),
        ("make it night with a big moon", ["fox", "house", "tree", "moon"]),
        ("replace the fox with a dog", ["dog", "house", "tree"]),
        ("把狐狸换成狗", ["dog", "house", "tree"]),
        ("turn the house into a castle", ["fox", "castle", "tree"]),
        ("use a cat instead of the fox", ["cat", "house", "tree"]),
        ("remove the lighthouse", ["fox", "house", "tree"]),
    ],
)
def test_subjects_come_and_go(prompt: str, expected: list[str]) -> None:
    assert nouns(patch(SCENE, prompt)) == expected


def test_an_added_thing_has_its_colour_and_side() -> None:
    balloon = patch(SCENE, "add a red balloon on the left").subjects[-1]
    assert (balloon.color, balloon.side) == ("red", "left")


@pytest.mark.parametrize("prompt", ["make it three foxes", "show three foxes", "把狐狸变成三只"])
def test_a_count_changes(prompt: str) -> None:
    assert [s.count for s in patch(SCENE, prompt).subjects] == [3, 1, 1]


@pytest.mark.parametrize(
    ("prompt", "side"),
    [
        ("move the house to the left", "left"),
        ("把房子移到右边", "right"),
        ("put the house in the middle", "center"),
    ],
)
def test_a_subject_moves(prompt: str, side: str) -> None:
    assert [s.side for s in patch(SCENE, prompt).subjects] == [None, side, None]


def test_a_subject_that_knows_where_it_stands_moves_there() -> None:
    pinned = replace(SCENE, subjects=(replace(SCENE.subjects[0], at=((0.5, 0.8, 0.3),)), *SCENE.subjects[1:]))
    x, y, tall = patch(pinned, "move the fox to the left").subjects[0].at[0]
    assert x < 0.3 and (y, tall) == (0.8, 0.3)


@pytest.mark.parametrize(
    ("prompt", "larger"), [("make the fox bigger", True), ("the fox smaller, make the fox smaller", False)]
)
def test_a_subject_grows_and_shrinks(prompt: str, larger: bool) -> None:
    scale = patch(SCENE, prompt).subjects[0].scale
    assert scale > 1.2 if larger else scale < 0.8


def test_a_subject_acts() -> None:
    assert patch(SCENE, "make the fox sleep").subjects[0].action == "sleep"
    assert patch(SCENE, "让狐狸睡觉").subjects[0].action == "sleep"


@pytest.mark.parametrize(
    ("prompt", "texts"),
    [
        ('add the text "Hi"', ["Old", "Hi"]),
        ("写上“你好”", ["Old", "你好"]),
        ('change the text to "New"', ["New"]),
        ('replace "Old" with "New"', ["New"]),
        ("把文字改成“新年”", ["新年"]),
        ("remove the text", []),
        ("去掉文字", []),
    ],
)
def test_texts_come_change_and_go(prompt: str, texts: list[str]) -> None:
    patched = patch(replace(SCENE, texts=(TextSpec("Old"),)), prompt)
    assert [t.text for t in patched.texts] == texts


@pytest.mark.parametrize("prompt", ["no snow", "remove the snow", "去掉雪"])
def test_snow_goes_from_the_air_and_the_ground(prompt: str) -> None:
    patched = patch(replace(SCENE, weather="snow", season="winter"), prompt)
    assert (patched.weather, patched.season) == (None, None)


def test_rain_stops() -> None:
    assert patch(replace(SCENE, weather="rain"), "no rain").weather is None


def test_one_operation_uses_its_words_up() -> None:
    patched = instruction_of("change the background to a night city", 0)
    assert patched.scene.time is None and patched.steps[0].scene is not None
    assert patched.steps[0].scene.time == "night"
    brighter = instruction_of("make it brighter and add a moon", 0)
    assert [s.kind for s in brighter.steps] == ["filter", "add"] and brighter.scene.time is None


def test_text_and_weather_of_one_clause_are_both_understood() -> None:
    patched = patch(SCENE, "add rain and the text “新年快乐”")
    assert patched.weather == "rain" and [t.text for t in patched.texts] == ["新年快乐"]


def test_what_a_scene_cannot_say_is_noted_and_adds_up() -> None:
    blurred = patch(SCENE, "blur the background")
    assert replace(blurred, finish=()) == SCENE
    both = patch(blurred, "a bit warmer")
    steps = [step_of(note) for note in both.finish]
    assert [(s.value, s.where, s.amount) for s in steps if s] == [
        ("blur", "background", 1),
        ("warm", "all", 0.5),
    ]


@pytest.mark.parametrize(
    "step",
    [
        Step("filter", value="blur", where="background"),
        Step("zoom", (SubjectSpec("fox"),), amount=1.6),
        Step("recolor", region="sky", value="pink"),
        Step("turn", amount=-90.0),
        Step("crop", value="left"),
    ],
)
def test_a_note_reads_back_as_its_step(step: Step) -> None:
    note = note_of(step)
    assert note is not None and step_of(note) == step


@pytest.mark.parametrize("note", ["", "filter", "add:::1:all:", "filter:::x:all:", "a:b:c:d:e:f"])
def test_a_stranger_s_note_is_no_step(note: str) -> None:
    assert step_of(note) is None


def test_who_held_a_removed_thing_holds_nothing() -> None:
    held = (SubjectSpec("child", relation=Relation("holding", 1)), SubjectSpec("umbrella"))
    patched = patch(replace(SCENE, subjects=held), "remove the umbrella")
    assert nouns(patched) == ["child"] and patched.subjects[0].relation is None


def test_what_is_put_on_a_subject_that_is_there_stands_on_it() -> None:
    patched = patch(SCENE, "put a bird on the house")
    assert nouns(patched) == ["fox", "house", "tree", "bird"]
    assert patched.subjects[3].relation == Relation("on", 1)


def test_any_prompt_gives_a_scene_that_json_carries() -> None:
    rng = np.random.default_rng(5)
    words = [
        "make",
        "remove",
        "add",
        "the",
        "fox",
        "to",
        "blue",
        "background",
        "night",
        "replace",
        "with",
        "3",
    ]
    words += ["把", "变成", "去掉", "背景", '"', "“", "”", ",", "。", "左边"]
    letters = string.printable + "图片猫狗的一二”“【】"
    for _ in range(150):
        said = " ".join(rng.choice(words, rng.integers(0, 9)))
        noise = "".join(rng.choice(list(letters), rng.integers(0, 12)))
        spec = patch(SCENE, said + noise)
        assert SceneSpec.from_json(spec.to_json()) == spec
        assert spec.seed == SCENE.seed


def test_a_described_picture_takes_up_what_is_new() -> None:
    patched = patch(SCENE, "two blue foxes in a forest at night, watercolor")
    assert (patched.place, patched.time, patched.style) == ("forest", "night", "watercolor")
    assert (patched.subjects[0].noun, patched.subjects[0].count, patched.subjects[0].color) == (
        "fox",
        2,
        "blue",
    )
    assert parse("a fox", 1).subjects[0].noun == "fox"
