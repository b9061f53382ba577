"""Where the cast stands: relations, counts and sizes, by the boxes of what was painted."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.light import LIGHTS
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.palette import Palette
from limner.engines.sketch.scene.bodies import Painting
from limner.engines.sketch.scene.compose import compose, furnished, place_of
from limner.engines.sketch.scene.facing import facing_left
from limner.engines.sketch.scene.party import Party
from limner.engines.sketch.scene.places.ground import Ground
from limner.engines.sketch.scene.placing import Spot
from limner.engines.sketch.scene.staging import Figure
from limner.engines.sketch.scene.stands import Actor, Stand
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


def painted(*subjects: SubjectSpec, seed: int = 1) -> list[Party]:
    """The parties of a scene, before they are placed."""
    canvas = Canvas(SIZE, SIZE, Streams(seed))
    ground = Ground("grass", 100.0, (140.0, 240.0), LIGHTS["day"])
    spec = SceneSpec(seed, seed, place="meadow", subjects=subjects)
    return Painting(canvas, ground, Palette("day"), spec, "meadow").parties(())


def turned(*subjects: tuple[SubjectSpec, float]) -> list[bool]:
    """Who faces left, of subjects and their columns."""
    stands = [
        Stand(Actor(k, subject, "ground", 0.5, 100, k), Spot(x, 200), 100)
        for k, (subject, x) in enumerate(subjects)
    ]
    return facing_left(Canvas(SIZE, SIZE, Streams(1)), stands, [0] * len(stands))


def tall(figure: Figure) -> float:
    return figure.box[3] - figure.box[1]


def wide(figure: Figure) -> float:
    return figure.box[2] - figure.box[0]


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


SMALLER_THAN = [
    ("mouse", "elephant"),
    ("mouse", "cat"),
    ("cat", "woman"),
    ("child", "house"),
    ("woman", "house"),
    ("horse", "castle"),
    ("car", "skyscraper"),
    ("car", "house"),
    ("car", "bus"),
    ("man", "bus"),
    ("bee", "flower"),
    ("rabbit", "bear"),
    ("baby", "woman"),
    ("dog", "giraffe"),
    ("bird", "tree"),
    ("man", "lighthouse"),
    ("strawberry", "apple"),
    ("cookie", "cup"),
    ("apple", "cake"),
    ("cup", "teapot"),
    ("soccer ball", "boy"),
]


@pytest.mark.parametrize(("small", "large"), SMALLER_THAN)
def test_who_is_smaller_is_shown_smaller(small: str, large: str) -> None:
    a, b = staged(SubjectSpec(small), SubjectSpec(large))
    assert tall(a) < tall(b)


@pytest.mark.parametrize("noun", ["book", "pizza", "apple", "fish", "gift"])
@pytest.mark.parametrize("holder", ["panda", "woman", "penguin", "child"])
def test_what_is_held_is_smaller_than_its_holder_and_off_the_face(holder: str, noun: str) -> None:
    a, b = staged(SubjectSpec(holder, action="eat", relation=Relation("holding", 1)), SubjectSpec(noun))
    assert max(tall(b), wide(b)) <= 0.52 * tall(a)
    assert b.box[1] > a.box[1] + 0.33 * tall(a)
    assert b.box[3] <= a.box[3] + 0.02


@pytest.mark.parametrize("noun", ["umbrella", "balloon", "kite"])
@pytest.mark.parametrize("holder", ["bear", "girl", "penguin"])
def test_what_is_over_the_head_rises_above_it(holder: str, noun: str) -> None:
    who = "child" if holder == "girl" else holder
    a, b = staged(SubjectSpec(who, relation=Relation("holding", 1)), SubjectSpec(noun))
    assert b.box[1] < a.box[1] - 0.2 * tall(a)
    assert b.box[3] > a.box[1] + 0.2 * tall(a)


def test_who_reads_holds_one_book() -> None:
    reader = SubjectSpec("child", action="read", relation=Relation("holding", 1))
    assert [f.noun for f in staged(reader, SubjectSpec("book"))] == ["child"]
    fox = SubjectSpec("fox", action="read", relation=Relation("holding", 1))
    assert [f.noun for f in staged(fox, SubjectSpec("book"))] == ["fox", "book"]


def test_who_was_taken_away_is_gone_from_what_it_sat_on() -> None:
    cat = SubjectSpec("cat", 0, relation=Relation("on", 1))
    assert [f.noun for f in staged(cat, SubjectSpec("sofa"))] == ["sofa"]


def test_the_hero_of_a_story_looks_the_same_whoever_is_named_before() -> None:
    (first, _), (_, second) = (
        painted(SubjectSpec("fox"), SubjectSpec("tree")),
        painted(SubjectSpec("tree"), SubjectSpec("fox")),
    )
    assert np.array_equal(first.sprite.pixels, second.sprite.pixels)


def test_who_comes_from_another_scene_looks_as_there() -> None:
    there = painted(SubjectSpec("cat"), SubjectSpec("fox"), seed=8)
    here = painted(SubjectSpec("cat", origin=(8, 0)), SubjectSpec("fox"), seed=3)
    assert np.array_equal(there[0].sprite.pixels, here[0].sprite.pixels)
    assert not np.array_equal(there[1].sprite.pixels, here[1].sprite.pixels)


def test_five_children_have_four_faces_and_five_apples_two() -> None:
    for noun, faces in (("child", 4), ("apple", 2)):
        assert len({p.sprite.pixels.tobytes() for p in painted(SubjectSpec(noun, 5))}) == faces


@pytest.mark.parametrize("seed", SEEDS[:3])
@pytest.mark.parametrize(("noun", "count"), [("sheep", 8), ("sheep", 20), ("child", 5), ("penguin", 13)])
def test_a_crowd_is_complete_and_nobody_is_hidden(noun: str, count: int, seed: int) -> None:
    figures = sorted(staged(SubjectSpec(noun, count), seed=seed), key=lambda f: f.box[3])
    assert len(figures) == count
    shown = np.full((400, 400), -1)
    areas = []
    for k, figure in enumerate(figures):
        x0, y0, x1, y1 = (round(v * 400) for v in figure.box)
        assert x0 >= -8 and x1 <= 408 and y0 >= 0 and y1 <= 404
        shown[max(0, y0) : y1, max(0, x0) : x1] = k
        areas.append((x1 - x0) * (y1 - y0))
    assert min(float((shown == k).sum()) / area for k, area in enumerate(areas)) > 0.12


@pytest.mark.parametrize("seed", SEEDS)
def test_a_crowd_is_no_grid_and_smaller_far_off(seed: int) -> None:
    figures = sorted(staged(SubjectSpec("sheep", 12), seed=seed), key=lambda f: f.box[3])
    far, near = figures[:4], figures[-4:]
    assert np.mean([tall(f) for f in far]) < 0.9 * np.mean([tall(f) for f in near])
    steps = np.diff(sorted(middle(f) for f in figures))
    assert float(steps.std()) > 0.003 and len({round(middle(f), 2) for f in figures}) >= 9


@pytest.mark.parametrize("size", [(1280, 80), (80, 1280), (640, 160), (160, 640)])
def test_figures_fit_into_strips_and_can_be_seen(size: tuple[int, int]) -> None:
    spec = SceneSpec(1, 1, place="meadow", subjects=(SubjectSpec("fox"), SubjectSpec("bear")))
    for figure in compose(spec, *size).figures:
        assert figure.box[0] >= -0.02 and figure.box[2] <= 1.02
        assert figure.box[1] >= 0 and figure.box[3] <= 1.02
        assert tall(figure) * size[1] > 0.2 * min(size)


def test_things_on_a_table_do_not_hide_each_other() -> None:
    for seed in SEEDS:
        figures = staged(
            SubjectSpec("cup"), SubjectSpec("cake"), SubjectSpec("apple", 2), place="table", seed=seed
        )
        for a, b in combinations(figures, 2):
            across = min(a.box[2], b.box[2]) - max(a.box[0], b.box[0])
            assert across < 0.35 * min(wide(a), wide(b)) or abs(a.box[3] - b.box[3]) > 0.08


def test_a_desk_shows_its_top_when_only_things_are_on_it() -> None:
    things = SceneSpec(place="desk", subjects=(SubjectSpec("computer"), SubjectSpec("cup")))
    assert furnished(things, "desk").features == ("top",)
    seen = furnished(SceneSpec(place="desk", subjects=(SubjectSpec("boy"), SubjectSpec("cup"))), "desk")
    assert [s.noun for s in seen.subjects] == ["boy", "cup", "table"]


def test_what_a_field_is_full_of_is_painted_for_whom_it_bears() -> None:
    spec = SceneSpec(
        1, 1, features=("sunflowers",), subjects=(SubjectSpec("bee", relation=Relation("on", 1)),)
    )
    whole = SceneSpec(1, 1, features=spec.features, subjects=(*spec.subjects, SubjectSpec("sunflower")))
    assert {f.noun for f in compose(whole, SIZE, SIZE).figures} == {"bee", "sunflower"}


def test_fish_in_a_bowl_are_at_home_on_a_table_and_inside_it() -> None:
    spec = SceneSpec(1, 1, subjects=(SubjectSpec("fish", relation=Relation("in", 1)), SubjectSpec("bowl")))
    assert place_of(spec) == "table"
    fish, bowl = sorted(compose(spec, SIZE, SIZE).figures, key=lambda f: f.subject)
    assert bowl.box[0] < fish.box[0] and fish.box[2] < bowl.box[2]
    assert bowl.box[1] < fish.box[1] and fish.box[3] < bowl.box[3]


def test_two_look_at_each_other() -> None:
    assert turned((SubjectSpec("boy"), 60), (SubjectSpec("woman"), 200)) == [False, True]
    assert turned((SubjectSpec("cat"), 200), (SubjectSpec("dog"), 60)) == [True, False]


def test_the_hunter_faces_the_hunted_who_runs_from_it() -> None:
    assert turned((SubjectSpec("cat", action="run"), 200), (SubjectSpec("mouse"), 60)) == [True, True]
    assert turned((SubjectSpec("mouse"), 200), (SubjectSpec("cat", action="run"), 60)) == [False, False]


def test_who_sits_on_a_chair_has_the_legs_before_it() -> None:
    woman, chair = pair("woman", "on", "chair", 1)
    assert woman.box[3] > chair.box[1] + 0.5 * tall(chair)
    assert woman.box[1] < chair.box[1] + 0.2 * tall(chair)


def test_one_umbrella_spans_all_who_are_under_it() -> None:
    under = Relation("under", 2)
    figures = staged(
        SubjectSpec("dog", relation=under), SubjectSpec("cat", relation=under), SubjectSpec("umbrella")
    )
    dog, cat, umbrella = figures
    for one in (dog, cat):
        assert umbrella.box[0] - 0.05 < middle(one) < umbrella.box[2] + 0.05
        assert one.box[1] > umbrella.box[1]
    assert min(dog.box[2], cat.box[2]) - max(dog.box[0], cat.box[0]) < 0.05


def test_who_is_behind_something_broad_looks_over_it() -> None:
    cat, sofa = pair("cat", "behind", "sofa", 2)
    assert cat.box[1] < sofa.box[1] - 0.03 and cat.box[3] < sofa.box[3]


def test_a_school_swims_one_way() -> None:
    fish = SubjectSpec("fish", 6)
    stands = [Stand(Actor(0, fish, "swim", 1.4, 40, k), Spot(40.0 * k, 100), 40) for k in range(6)]
    for seed in SEEDS:
        assert len(set(facing_left(Canvas(SIZE, SIZE, Streams(seed)), stands, [0] * 6))) == 1


def test_traffic_goes_one_way() -> None:
    cars = turned(*((SubjectSpec(noun), x) for noun, x in (("car", 40), ("bus", 130), ("bicycle", 220))))
    assert len(set(cars)) == 1
