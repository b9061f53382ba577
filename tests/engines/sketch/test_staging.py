"""Where the cast stands: relations, counts and sizes, by the boxes of what was painted."""

from __future__ import annotations

import pytest

from limner.engines.sketch.scene.compose import compose
from limner.engines.sketch.scene.staging import Figure
from limner.engines.sketch.words.spec import Relation, RelationKind, SceneSpec, SubjectSpec

SIZE = 256
SEEDS = (1, 2, 3, 4)


def staged(*subjects: SubjectSpec, seed: int = 1, place: str = "meadow", **more: str) -> tuple[Figure, ...]:
    """The figures of a scene, by the order of their subjects."""
    spec = SceneSpec(seed, seed, place=place, subjects=subjects, **more)  # type: ignore[arg-type]
    return tuple(sorted(compose(spec, SIZE, SIZE).figures, key=lambda f: f.subject))


def pair(first: str, kind: RelationKind, second: str, seed: int) -> tuple[Figure, Figure]:
    a, b = staged(SubjectSpec(first, relation=Relation(kind, 1)), SubjectSpec(second), seed=seed)
    return a, b


def middle(figure: Figure) -> float:
    return (figure.box[0] + figure.box[2]) / 2


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("first", "second"), [("dog", "cat"), ("fox", "house"), ("house", "rabbit")])
def test_left_is_left_and_right_is_right(first: str, second: str, seed: int) -> None:
    a, b = pair(first, "left_of", second, seed)
    assert middle(a) < middle(b) and a.box[2] < b.box[0] + 0.06
    a, b = pair(first, "right_of", second, seed)
    assert middle(a) > middle(b) and a.box[0] > b.box[2] - 0.06


@pytest.mark.parametrize("seed", SEEDS)
def test_beside_is_near_and_does_not_hide(seed: int) -> None:
    a, b = pair("dog", "beside", "cat", seed)
    left, right = sorted((a, b), key=middle)
    assert -0.06 < right.box[0] - left.box[2] < 0.2


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_above_is_over_what_is_below(seed: int) -> None:
    a, b = pair("balloon", "above", "house", seed)
    assert a.box[3] < b.box[1] + 0.08
    assert a.box[0] < b.box[2] and b.box[0] < a.box[2]
    assert a.box[1] > -0.02


@pytest.mark.parametrize("seed", SEEDS)
def test_before_is_nearer_and_behind_is_further(seed: int) -> None:
    a, b = pair("car", "front_of", "castle", seed)
    assert a.box[3] > b.box[3]
    a, b = pair("cat", "behind", "tree", seed)
    assert a.box[3] < b.box[3]
    assert a.box[0] < b.box[0] or a.box[2] > b.box[2] or a.box[1] < b.box[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_under_a_tree_is_below_its_crown(seed: int) -> None:
    a, b = pair("bear", "under", "tree", seed)
    assert b.box[0] < middle(a) < b.box[2]
    assert a.box[1] > b.box[1] + 0.3 * (b.box[3] - b.box[1])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rider_sits_on_the_mount(seed: int) -> None:
    rider, mount = pair("boy", "riding", "horse", seed)
    assert mount.box[0] < middle(rider) < mount.box[2]
    assert rider.box[1] < mount.box[1] + 0.02
    assert mount.box[1] < rider.box[3] < mount.box[3]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_held_is_at_hand(seed: int) -> None:
    holder, held = pair("child", "holding", "balloon", seed)
    assert held.box[3] > holder.box[1] and held.box[1] < holder.box[3]
    assert holder.box[0] - 0.15 < middle(held) < holder.box[2] + 0.15


@pytest.mark.parametrize("seed", SEEDS)
def test_what_stands_on_a_thing_stands_on_its_top(seed: int) -> None:
    cat, cake = pair("cat", "on", "cake", seed)
    assert cake.box[0] < middle(cat) < cake.box[2]
    assert abs(cat.box[3] - cake.box[1]) < 0.35 * (cake.box[3] - cake.box[1])


@pytest.mark.parametrize("count", [1, 2, 3, 5, 7, 12, 20])
def test_as_many_figures_as_were_asked_for(count: int) -> None:
    figures = staged(SubjectSpec("apple", count), place="plain")
    assert len(figures) == count
    assert all(f.box[0] >= -0.02 and f.box[2] <= 1.02 and f.box[3] <= 1.02 for f in figures)


def test_no_more_than_twenty_are_painted() -> None:
    assert len(staged(SubjectSpec("apple", 21), place="plain")) == 20


def test_each_rider_has_a_mount_and_each_mount_a_rider() -> None:
    figures = staged(SubjectSpec("boy", 2, relation=Relation("riding", 1)), SubjectSpec("horse", 2))
    assert [f.noun for f in figures] == ["boy", "boy", "horse", "horse"]


def test_subjects_that_cling_to_each_other_in_a_circle_are_all_painted() -> None:
    figures = staged(
        SubjectSpec("cat", relation=Relation("on", 1)), SubjectSpec("dog", relation=Relation("on", 0))
    )
    assert {f.noun for f in figures} == {"cat", "dog"}


def test_a_relation_to_nobody_is_no_relation() -> None:
    assert [f.noun for f in staged(SubjectSpec("cat", relation=Relation("on", 9)))] == ["cat"]


def test_a_close_camera_shows_figures_larger_than_a_wide_one() -> None:
    close, wide = (staged(SubjectSpec("fox"), camera=camera)[0].box for camera in ("close", "wide"))
    assert close[3] - close[1] > 1.5 * (wide[3] - wide[1])


def test_a_side_that_was_asked_for_is_kept() -> None:
    for side in ("left", "right"):
        (figure,) = staged(SubjectSpec("fox", side=side))
        assert (middle(figure) < 0.5) == (side == "left")


def test_what_flies_is_in_the_air() -> None:
    (flying,) = staged(SubjectSpec("bird", action="fly"))
    (sitting,) = staged(SubjectSpec("bird", action="sit"))
    assert flying.box[3] < 0.55 < sitting.box[3]
