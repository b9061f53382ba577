"""What is made from what: checkpoints by references, a series after its first picture, seeds, keys, notes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from limner.engines.diffusers.mapping import ModelMapping
from limner.engines.diffusers.plan import Plan, notes_of, plan_of
from limner.engines.diffusers.settings import CheckpointTable, DiffusersSettings
from limner.errors import InvalidParameter
from limner.types import SEED_LIMIT, ImageRequest, Reference, Size

CARD = "doubao-seedream-4-0-250828"
FIRST_PICTURE = np.zeros((1536, 2048, 3), np.uint8)


def request(**changes: object) -> ImageRequest:
    plain = ImageRequest("021" + "0" * 51, "seedream-4-0", CARD, "a fox", Size(1024, 1024), seed=7)
    return replace(plain, **changes)  # type: ignore[arg-type]


def photo(data: bytes = b"one", side: int = 800) -> Reference:
    return Reference(data, "jpeg", side, side)


def settings(*checkpoints: str, **changes: object) -> DiffusersSettings:
    """Seedream 4.0 is answered by these checkpoints, in this order."""
    return DiffusersSettings.model_validate({"models": {CARD: list(checkpoints)}, **changes})


def planned(
    asked: ImageRequest, references: list[Reference] | None = None, told: DiffusersSettings | None = None
) -> Plan:
    told = told or settings("z-image-turbo", "qwen-image-edit-2511", "flux.2-klein-4b")
    return plan_of(asked, references or [], ModelMapping.from_settings(told), told)


@pytest.mark.parametrize(
    ("references", "name"),
    [
        (0, "z-image-turbo"),
        (1, "qwen-image-edit-2511"),
        (3, "qwen-image-edit-2511"),
        (4, "flux.2-klein-4b"),
        (14, "flux.2-klein-4b"),
    ],
)
def test_the_number_of_references_chooses_the_checkpoint(references: int, name: str) -> None:
    (task,) = planned(request(), [photo()] * references).first
    assert task.checkpoint.name == name
    assert len(task.references) == references


def test_too_many_references_are_refused_with_what_is_taken() -> None:
    told = settings("z-image-turbo", "qwen-image-edit-2511")
    with pytest.raises(InvalidParameter, match="take 0 to 3 reference images, not 4") as refused:
        planned(request(), [photo()] * 4, told)
    assert refused.value.param == "image"


def test_too_few_are_refused_as_well() -> None:
    with pytest.raises(InvalidParameter, match="take 1 to 3 reference images, not 0"):
        planned(request(), [], settings("qwen-image-edit-2511"))


def test_a_task_says_all_that_the_device_needs() -> None:
    (task,) = planned(request(size=Size(4096, 4096))).first
    assert (task.index, task.prompt, task.seed) == (0, "a fox", 7)
    assert (task.size, task.target) == (Size(2048, 2048), Size(4096, 4096))
    assert task.steps == task.checkpoint.step_count
    assert (task.references, task.reference_key) == ((), "")


def test_several_pictures_of_one_prompt_have_their_own_seeds_and_wait_for_nothing() -> None:
    plan = planned(request(count=3, seed=SEED_LIMIT - 2))
    assert [task.seed for task in plan.first] == [SEED_LIMIT - 2, SEED_LIMIT - 1, 0]
    assert {task.prompt for task in plan.first} == {"a fox"}
    assert plan.rest(FIRST_PICTURE) == ()


def test_a_series_goes_on_with_its_first_picture_as_one_more_reference() -> None:
    plan = planned(
        request(prompt="1. a fox wakes up 2. a fox eats 3. a fox sleeps", count=3, series=True), [photo()]
    )
    (first,) = plan.first
    assert (first.index, first.prompt, len(first.references)) == (0, "a fox wakes up", 1)
    second, third = plan.rest(FIRST_PICTURE)
    assert (second.index, third.index) == (1, 2)
    assert second.prompt == "a fox eats. Keep the characters and the style of image 2."
    assert [each.image is FIRST_PICTURE for each in second.references] == [False, True]
    assert (second.seed, third.seed) == (8, 9)
    assert second.reference_key == third.reference_key != first.reference_key


def test_the_first_picture_is_shown_in_its_own_ratio_and_within_the_budget() -> None:
    told = settings("flux.2-klein-4b", reference_tokens=2048)
    plan = planned(request(count=2, series=True), [photo(side=4000)], told)
    (second,) = plan.rest(FIRST_PICTURE)
    sizes = [reference.size for reference in second.references]
    assert sum(size.pixels for size in sizes) <= 2048 * 256
    assert sizes[1].ratio == pytest.approx(4 / 3, rel=0.03)


def test_a_series_may_go_on_with_another_checkpoint() -> None:
    plan = planned(request(count=2, series=True))
    assert plan.first[0].checkpoint.name == "z-image-turbo"
    assert plan.rest(FIRST_PICTURE)[0].checkpoint.name == "qwen-image-edit-2511"


def test_where_the_first_picture_failed_the_others_are_made_without_it() -> None:
    plan = planned(request(prompt="1. a fox 2. a cat", count=2, series=True))
    (second,) = plan.rest(None)
    assert (second.checkpoint.name, second.prompt, second.references) == ("z-image-turbo", "a cat", ())


@pytest.mark.parametrize("checkpoints", [("z-image-turbo",), ("sdxl",)])
def test_a_series_is_made_at_once_where_no_checkpoint_looks_at_one_more_reference(
    checkpoints: tuple[str, ...],
) -> None:
    """Image to image is no look at a reference: it would change the first picture."""
    plan = planned(request(count=3, series=True), [], settings(*checkpoints))
    assert [task.index for task in plan.first] == [0, 1, 2]
    assert plan.rest(FIRST_PICTURE) == ()


def test_pictures_that_are_there_are_not_planned() -> None:
    plan = planned(request(count=3, skip=frozenset({0, 2})))
    assert [task.index for task in plan.first] == [1]


@pytest.mark.parametrize(
    ("skip", "first", "rest"), [({0}, [0], [1, 2]), ({1, 2}, [0], []), ({0, 1, 2}, [], [])]
)
def test_the_first_picture_of_a_series_is_made_again_only_for_the_others(
    skip: set[int], first: list[int], rest: list[int]
) -> None:
    plan = planned(request(count=3, series=True, skip=frozenset(skip)))
    assert [task.index for task in plan.first] == first
    assert [task.index for task in plan.rest(FIRST_PICTURE)] == rest


def test_a_series_of_one_picture_asks_for_one() -> None:
    (task,) = planned(request(prompt="a series of four pictures of a fox", series=True)).first
    assert task.prompt == "a fox"


@pytest.mark.parametrize(("stream", "previews"), [(True, 2), (False, 0)])
def test_previews_are_made_for_streams_only(stream: bool, previews: int) -> None:
    (task,) = planned(request(stream=stream, partial_images=2)).first
    assert task.previews == previews


def test_guidance_is_what_the_pipeline_of_the_checkpoint_calls_it() -> None:
    (z_image,) = planned(request(guidance_scale=4.5), [], settings("z-image")).first
    (turbo,) = planned(request(guidance_scale=4.5), [], settings("z-image-turbo")).first
    assert z_image.guidance == 3.5
    assert turbo.guidance == turbo.checkpoint.guidance_for(None)


def key(*references: Reference, **changes: object) -> str:
    (task,) = planned(request(**changes), list(references), settings("flux.2-klein-4b")).first
    return task.reference_key


def test_equal_references_have_equal_keys_whoever_sent_them() -> None:
    assert key(photo(b"a"), photo(b"b")) == key(photo(b"a"), photo(b"b"), id="022" + "0" * 51)


def test_other_references_sizes_or_orders_have_other_keys() -> None:
    a, b = photo(b"a"), photo(b"b")
    keys = {key(a), key(b), key(a, b), key(b, a), key(a, a), key(photo(b"a", side=400)), key(photo(b"ab"))}
    assert len(keys) == 7


@pytest.mark.parametrize(("more", "equal"), [(0, True), (1, False)])
def test_large_references_are_equal_within_their_request_only(more: int, equal: bool) -> None:
    large = photo(b"\0" * ((4 << 20) + more))
    assert key(large) == key(large)
    assert (key(large) == key(large, id="022" + "0" * 51)) is equal


def test_notes_say_what_makes_the_picture_again() -> None:
    (task,) = planned(request(size=Size(2848, 1600)), [photo()], settings("flux.2-klein-4b")).first
    assert notes_of(task) == {
        "engine": "diffusers",
        "checkpoint": "flux.2-klein-4b",
        "source": "black-forest-labs/FLUX.2-klein-4B",
        "licence": "Apache-2.0",
        "steps": "4",
        "guidance": f"{task.guidance:g}",
        "made_at": "2704x1520",
        "references": "1",
    }


def test_notes_name_no_folder_of_the_server() -> None:
    own = CheckpointTable(source="/srv/weights/own", revision="v2")
    told = DiffusersSettings(models={CARD: ("own",)}, checkpoints={"own": own})
    (task,) = planned(request(), [], told).first
    notes = notes_of(task)
    assert "/srv" not in " ".join(notes.values())
    assert notes["revision"] == "v2"
