"""Which pictures share a call, and how long one waits for company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.messages import ReferenceInput
from limner.engines.diffusers.scheduling.batches import COMPANY_S, BatchRule, Crowds, shape_of
from limner.engines.diffusers.tasks import Task
from limner.types import Size

if TYPE_CHECKING:
    from tests.engines.diffusers.conftest import Picture

TOKENS = 1024
"""Of a picture of 512x512."""


@dataclass(eq=False)
class Waits:
    task: Task
    alone: bool = False


def test_pictures_that_differ_in_prompt_seed_index_and_previews_share_a_call(picture: Picture) -> None:
    one = Waits(picture(prompt="a cat", seed=1, index=0, previews=0))
    other = Waits(picture(prompt="a dog", seed=2, index=3, previews=2))
    assert BatchRule(2 * TOKENS).gather(one, [one, other]) == [one, other]


@pytest.mark.parametrize(
    "change",
    [
        {"size": Size(512, 528)},
        {"target": Size(500, 500)},
        {"steps": 9},
        {"guidance": 1.0},
        {"reference_key": "others"},
        {"name": "b"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_pictures_that_differ_in_anything_else_do_not(picture: Picture, change: dict[str, object]) -> None:
    one, other = Waits(picture()), Waits(picture(**change))
    assert BatchRule(100 * TOKENS).gather(one, [one, other]) == [one]


def test_a_call_has_no_more_tokens_than_allowed(picture: Picture) -> None:
    waiting = [Waits(picture()) for _ in range(5)]
    assert len(BatchRule(3 * TOKENS).gather(waiting[0], waiting)) == 3
    assert len(BatchRule(3 * TOKENS - 1).gather(waiting[0], waiting)) == 2
    assert len(BatchRule(TOKENS).gather(waiting[0], waiting)) == 1
    assert len(BatchRule(0).gather(waiting[0], waiting)) == 1


def test_a_picture_that_fills_a_call_alone_is_made_all_the_same(picture: Picture) -> None:
    one, other = Waits(picture(side=2048)), Waits(picture(side=2048))
    assert BatchRule(TOKENS).gather(one, [one, other]) == [one]


def test_references_count_where_they_go_through_the_denoiser(picture: Picture) -> None:
    references = (ReferenceInput(b"", Size(512, 512)), ReferenceInput(b"", Size(256, 512)))
    klein = Checkpoint("klein", "/k", "Apache-2.0", family="flux2-klein", references=(0, 10))
    assert picture(klein, references=references).tokens == TOKENS + TOKENS + TOKENS // 2
    changed = Checkpoint("xl", "/xl", "OpenRAIL++", family="sdxl", references=(0, 1))
    assert picture(changed, references=references[:1]).tokens == TOKENS


def test_a_side_that_is_no_whole_number_of_tokens_is_rounded_up(picture: Picture) -> None:
    assert picture(size=Size(520, 512)).tokens == 1040
    assert picture(size=Size(8, 8)).tokens == 1


def test_of_families_that_only_copy_a_prompt_those_with_the_same_share_a_call(picture: Picture) -> None:
    one, same, other = (Waits(picture(prompt=prompt, seed=5)) for prompt in ("a", "a", "b"))
    assert BatchRule(9 * TOKENS, "copies").gather(one, [one, other, same]) == [one, same]


def test_a_checkpoint_with_a_step_cache_makes_one_picture_at_a_time(picture: Picture) -> None:
    one, other = Waits(picture()), Waits(picture())
    assert BatchRule(9 * TOKENS, "none").gather(one, [one, other]) == [one]


def test_what_must_be_alone_is(picture: Picture) -> None:
    first, alone, last = Waits(picture()), Waits(picture(), alone=True), Waits(picture())
    rule = BatchRule(9 * TOKENS)
    assert rule.gather(first, [first, alone, last]) == [first, last]
    assert rule.gather(alone, [first, alone, last]) == [alone]


def test_the_head_leads_and_the_others_keep_their_order(picture: Picture) -> None:
    waiting = [Waits(picture(index=index)) for index in range(4)]
    assert BatchRule(3 * TOKENS).gather(waiting[1], waiting) == [waiting[1], waiting[0], waiting[2]]


def test_a_lone_client_is_expected_to_stay_alone(picture: Picture) -> None:
    crowds, shape = Crowds(), shape_of(picture())
    assert crowds.expected(shape, 10.0) == 1
    crowds.note(shape, 1, 10.0)
    assert crowds.expected(shape, 10.0) == 1


def test_as_many_are_expected_as_were_there_within_the_last_second(picture: Picture) -> None:
    crowds, shape = Crowds(), shape_of(picture())
    crowds.note(shape, 3, 10.0)
    crowds.note(shape, 2, 10.5)
    assert crowds.expected(shape, 10.0 + COMPANY_S) == 3
    assert crowds.expected(shape, 10.0 + COMPANY_S + 0.001) == 1
    crowds.note(shape, 2, 12.0)
    assert crowds.expected(shape, 12.0) == 2


def test_what_was_seen_during_a_call_counts_until_after_it(picture: Picture) -> None:
    crowds, shape = Crowds(), shape_of(picture())
    crowds.note(shape, 3, 10.0)
    crowds.note(shape_of(picture(side=528)), 1, 30.0)
    crowds.keep(shape, 10.0, 40.0)
    assert crowds.expected(shape, 40.0 + COMPANY_S) == 3
    crowds.keep(shape, 40.1, 50.0)
    assert crowds.expected(shape, 50.0) == 1


def test_of_many_shapes_the_latest_are_remembered(picture: Picture) -> None:
    crowds = Crowds()
    shapes = [shape_of(picture(steps=steps)) for steps in range(1000)]
    for shape in shapes:
        crowds.note(shape, 2, 10.0)
    assert crowds.expected(shapes[0], 10.0) == 1 and crowds.expected(shapes[-1], 10.0) == 2


def test_company_is_that_of_the_same_shape(picture: Picture) -> None:
    crowds = Crowds()
    crowds.note(shape_of(picture(side=512)), 4, 10.0)
    assert crowds.expected(shape_of(picture(side=528)), 10.0) == 1
    assert crowds.expected(shape_of(picture(side=512, prompt="another", seed=9)), 10.0) == 4
