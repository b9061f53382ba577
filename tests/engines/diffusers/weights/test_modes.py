"""What calls make: from text, from one reference, from several; guidance, sizes, pipelines of no family."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import pytest

from limner.engines.diffusers.families import FAMILIES, UNKNOWN
from limner.engines.diffusers.messages import Part, ReferenceInput
from limner.engines.diffusers.worker.loaded import LoadedPipeline
from limner.types import Size

pytestmark = pytest.mark.needs_more

LoadByName: TypeAlias = Callable[[str], LoadedPipeline]
OutcomeOf: TypeAlias = Callable[..., Any]

USUAL_SIZE = Size(96, 64)
NAMES = [family.name for family in FAMILIES]
FROM_TEXT = [name for name in NAMES if name != "qwen-image-edit"]
CHANGING = [family.name for family in FAMILIES if family.image_to_image]
REFERRING = [family.name for family in FAMILIES if family.references.argument]
GUIDED = ["z-image", "qwen-image", "sdxl", "sd15"]


def reference(seed: int, size: Size = USUAL_SIZE) -> ReferenceInput:
    noise = np.random.default_rng(seed).integers(0, 256, (size.height, size.width, 3), dtype=np.uint8)
    return ReferenceInput(noise, size)


def differ(one: np.ndarray, other: np.ndarray) -> bool:
    """By anything: the same call again gives the same bits here."""
    return bool((one != other).any())


@pytest.mark.parametrize("name", FROM_TEXT)
def test_text_alone_makes_a_picture_of_the_size_that_was_asked_for(
    name: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    made = outcome_of(loaded(name), size=USUAL_SIZE)

    assert made.ended.trouble is None
    assert made.picture.shape == (64, 96, 3)
    assert differ(made.picture, outcome_of(loaded(name), Part("two dogs", 5), size=USUAL_SIZE).picture)


@pytest.mark.parametrize("name", REFERRING + CHANGING)
def test_a_reference_changes_the_picture(name: str, loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    from_one = outcome_of(loaded(name), references=(reference(1),))
    from_other = outcome_of(loaded(name), references=(reference(2),))

    assert from_one.picture.shape == (64, 64, 3)
    assert differ(from_one.picture, from_other.picture)
    assert name not in FROM_TEXT or differ(from_one.picture, outcome_of(loaded(name)).picture)


@pytest.mark.parametrize("name", ["flux2-klein", "qwen-image-edit"])
def test_every_reference_counts_and_so_does_their_order(
    name: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    one, two, three = reference(1), reference(2, Size(64, 80)), reference(3)
    together = outcome_of(loaded(name), references=(one, two, three)).picture

    assert differ(together, outcome_of(loaded(name), references=(one, two)).picture)
    assert differ(together, outcome_of(loaded(name), references=(three, two, one)).picture)


@pytest.mark.parametrize("name", CHANGING)
@pytest.mark.parametrize(("strength", "scheduled"), [(0.3, 10), (0.95, 4), (1.0, 3)])
def test_changing_a_picture_takes_the_last_steps_of_a_longer_schedule(
    name: str, strength: float, scheduled: int, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    usual = loaded(name)
    edits = usual.edits
    assert edits is not None
    changing = replace(usual, checkpoint=replace(usual.checkpoint, strength=strength))
    schedules: set[int] = set()
    hook = changing.denoiser.register_forward_hook(lambda *_: schedules.add(len(edits.scheduler.timesteps)))
    with hook:
        made = outcome_of(changing, references=(reference(1),), steps=3)

    assert made.steps == [(1, 3), (2, 3), (3, 3)]
    assert schedules == {scheduled}


@pytest.mark.parametrize("name", CHANGING)
def test_a_changed_picture_has_the_calls_size_whatever_the_references_shape(
    name: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    wide = reference(1, Size(200, 40))

    assert outcome_of(loaded(name), references=(wide,), size=Size(64, 96)).picture.shape == (96, 64, 3)


@pytest.mark.parametrize("name", ["flux1-kontext", "sdxl"])
def test_more_references_than_a_pipeline_takes_are_refused(
    name: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    with pytest.raises(ValueError, match="does not take 2 references"):
        outcome_of(loaded(name), references=(reference(1), reference(2)))


def test_a_reference_is_refused_where_nothing_takes_one(loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    with pytest.raises(ValueError, match="does not take 1 reference"):
        outcome_of(replace(loaded("z-image"), edits=None), references=(reference(1),))


@pytest.mark.parametrize("size", [Size(20, 16), Size(1024, 64), Size(32, 512)])
def test_references_that_the_pipeline_would_refuse_are_brought_into_its_bounds(
    size: Size, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    made = outcome_of(loaded("flux2-klein"), references=(reference(1, size),))

    assert differ(made.picture, outcome_of(loaded("flux2-klein"), references=(reference(2, size),)).picture)


def test_references_of_a_smaller_budget_reach_the_denoiser_smaller(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    edit = loaded("qwen-image-edit")
    tokens: list[int] = []
    hook = edit.denoiser.register_forward_pre_hook(
        lambda module, positional, named: tokens.append(named["hidden_states"].shape[1]), with_kwargs=True
    )
    with hook:
        outcome_of(edit, references=(reference(1, Size(64, 64)),), guidance=1.0)
        outcome_of(edit, references=(reference(1, Size(512, 512)),), guidance=1.0)

    picture, small, usual = 4 * 4, 4 * 4, 8 * 8  # the tests' own usual area is 128 x 128
    assert set(tokens[:2]) == {picture + small}
    assert set(tokens[2:]) == {picture + usual}


@pytest.mark.parametrize("name", GUIDED)
def test_guidance_changes_the_picture(name: str, loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    off = loaded(name).family.guidance.off
    without, some, much = (outcome_of(loaded(name), guidance=off + more).picture for more in (0, 2, 6))

    assert differ(without, some)
    assert differ(some, much)


def test_guidance_changes_what_is_made_of_references(loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    some, much = (
        outcome_of(loaded("qwen-image-edit"), references=(reference(1),), guidance=scale).picture
        for scale in (1.0, 6.0)
    )

    assert differ(some, much)


@pytest.mark.parametrize("name", ["flux2-klein", "flux1"])
def test_guidance_changes_nothing_where_it_is_in_the_weights(
    name: str, loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    assert (
        outcome_of(loaded(name), guidance=1.0).picture == outcome_of(loaded(name), guidance=6.0).picture
    ).all()


def test_guidance_works_where_the_same_family_is_not_distilled(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    distilled = loaded("flux2-klein")
    base = replace(
        distilled, pipeline=type(distilled.pipeline)(**distilled.pipeline.components, is_distilled=False)
    )
    base.pipeline.set_progress_bar_config(disable=True)
    parts = Part("a cat", 5), Part("a much longer prompt about two dogs", 6)

    both = outcome_of(base, *parts, guidance=4.0).pictures

    assert differ(both[0], outcome_of(base, parts[0], guidance=1.0).picture)
    for part, picture in zip(parts, both, strict=True):
        assert np.abs(picture - outcome_of(base, part, guidance=4.0).picture).max() <= 1


@pytest.mark.parametrize("target", [Size(61, 47), Size(48, 64), Size(201, 63), Size(1, 1)])
def test_the_client_gets_its_own_size(target: Size, loaded: LoadByName, outcome_of: OutcomeOf) -> None:
    made = outcome_of(loaded("sd15"), size=USUAL_SIZE, target=target)

    assert made.picture.shape == (target.height, target.width, 3)


def test_a_pipeline_that_changes_one_prompt_at_a_time_is_given_no_others(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    parts = Part("a cat", 5), Part("two dogs", 6)

    with pytest.raises(ValueError, match="one prompt at a time"):
        outcome_of(loaded("qwen-image-edit"), *parts, references=(reference(1),))


def test_a_pipeline_of_no_family_makes_pictures_by_the_common_arguments(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    unknown = loaded("aura-flow")
    assert unknown.family == UNKNOWN

    made = outcome_of(unknown, Part("a cat", 5), Part("two dogs", 6))

    assert made.steps == [(1, 2), (2, 2)]
    assert differ(made.pictures[0], made.pictures[1])
    assert differ(made.pictures[0], outcome_of(unknown, Part("a cat", 5), guidance=1.0).picture)


def bare(loaded: LoadedPipeline) -> LoadedPipeline:
    """The same weights behind a pipeline with few arguments, and no step callback among them."""
    from diffusers import StableDiffusionPipeline

    class Bare(StableDiffusionPipeline):  # type: ignore[misc]
        def __call__(
            self, prompt: list[str], num_inference_steps: int, generator: object, output_type: str
        ) -> object:
            return super().__call__(
                prompt=prompt,
                width=64,
                height=64,
                num_inference_steps=num_inference_steps,
                generator=generator,
                output_type=output_type,
            )

    pipeline = Bare(**loaded.pipeline.components, requires_safety_checker=False)
    pipeline.set_progress_bar_config(disable=True)
    return replace(loaded, pipeline=pipeline, family=replace(UNKNOWN, denoiser="unet"), edits=None)


def test_arguments_that_a_pipeline_of_no_family_lacks_are_left_out_with_one_warning(
    loaded: LoadByName, outcome_of: OutcomeOf, caplog: pytest.LogCaptureFixture
) -> None:
    few = bare(loaded("sd15"))

    first, second = outcome_of(few), outcome_of(few)

    assert first.ended.trouble is None
    assert (first.picture == second.picture).all()
    (warning,) = (record.message for record in caplog.records if record.name.startswith("limner"))
    assert warning == "Bare has no width, height, guidance_scale: it is called without"


def test_a_pipeline_without_a_step_callback_is_stopped_at_its_denoiser(
    loaded: LoadByName, outcome_of: OutcomeOf
) -> None:
    few = bare(loaded("sd15"))
    forwards: list[int] = []
    with few.denoiser.register_forward_hook(lambda *_: forwards.append(1)):
        made = outcome_of(few, steps=8, cancelled=lambda: len(forwards) == 3)

    assert made.ended.cancelled
    assert len(forwards) == 3
    assert outcome_of(few).ended.trouble is None
