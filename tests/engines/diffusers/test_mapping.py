"""Which checkpoint answers which model."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from limner.catalog import load_catalog
from limner.engines.diffusers.checkpoint import Lora
from limner.engines.diffusers.families import FAMILIES
from limner.engines.diffusers.mapping import ModelMapping, built_in
from limner.engines.diffusers.settings import DiffusersSettings
from limner.errors import ConfigError

THREE = "doubao-seedream-3-0-t2i-250415"
EDITS = "doubao-seededit-3-0-i2i-250628"
FOUR = "doubao-seedream-4-0-250828"
FIVE = "doubao-seedream-5-0-260128"
PROFILES = ("fast", "quality")


def mapping_of(**settings: object) -> ModelMapping:
    return ModelMapping.from_settings(DiffusersSettings.model_validate(settings))


def answer(mapping: ModelMapping, card_id: str, references: int = 0) -> str | None:
    checkpoint = mapping.checkpoint_for(card_id, references)
    return checkpoint.name if checkpoint else None


def complaint(**settings: object) -> str:
    with pytest.raises(ConfigError) as caught:
        mapping_of(**settings)
    return str(caught.value)


@pytest.mark.parametrize("profile", PROFILES)
def test_defaults_have_licences_that_allow_any_use(profile: str) -> None:
    served = mapping_of(profile=profile).served
    assert served
    assert {each.licence for each in served} == {"Apache-2.0"}
    assert all(each.permissive for each in served)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_card_is_answered_from_every_number_of_references_that_it_takes(profile: str) -> None:
    mapping = mapping_of(profile=profile)
    for card in load_catalog().cards:
        counts = range(card.references.min, card.references.max + 1) if card.references else (0,)
        assert all(mapping.checkpoint_for(card.id, count) for count in counts), card.id


@pytest.mark.parametrize("profile", PROFILES)
def test_a_card_that_is_added_later_is_answered_too(profile: str) -> None:
    assert mapping_of(profile=profile).checkpoint_for("doubao-seedream-6-0-270101", 2) is not None


@pytest.mark.parametrize(
    ("card_id", "references", "fast", "quality"),
    [
        (THREE, 0, "z-image-turbo", "z-image"),
        (EDITS, 1, "flux.2-klein-4b", "qwen-image-edit-2511"),
        (FOUR, 0, "flux.2-klein-4b", "z-image"),
        (FOUR, 3, "flux.2-klein-4b", "qwen-image-edit-2511"),
        (FOUR, 4, "flux.2-klein-4b", "flux.2-klein-4b"),
        (FIVE, 0, "flux.2-klein-4b", "qwen-image-2512"),
        (FIVE, 15, "flux.2-klein-4b", "flux.2-klein-4b"),
        (FIVE, 16, None, None),
    ],
)
def test_the_first_checkpoint_that_takes_the_references_answers(
    card_id: str, references: int, fast: str | None, quality: str | None
) -> None:
    assert answer(mapping_of(profile="fast"), card_id, references) == fast
    assert answer(mapping_of(profile="quality"), card_id, references) == quality


def test_what_is_served_begins_with_what_needs_no_reference() -> None:
    names = [each.name for each in mapping_of(profile="quality").served]
    assert names == ["z-image", "qwen-image-2512", "qwen-image-edit-2511", "flux.2-klein-4b"]


def test_only_the_cards_of_this_engine_count_as_served() -> None:
    settings = DiffusersSettings(profile="quality")
    only_edits = ModelMapping.from_settings(settings, (load_catalog().find(EDITS),))
    assert [each.name for each in only_edits.served] == ["qwen-image-edit-2511"]


def test_answers_are_split_by_the_number_of_references() -> None:
    answers = mapping_of(profile="quality").answers()
    spans = [(each.fewest, each.most, each.checkpoint.name) for each in answers if each.card_id == FOUR]
    assert spans == [(0, 0, "z-image"), (1, 3, "qwen-image-edit-2511"), (4, 14, "flux.2-klein-4b")]


def test_references_that_nothing_takes_are_a_gap_in_the_answers() -> None:
    mapping = mapping_of(models={FOUR: ["z-image"]})
    spans = [(each.fewest, each.most) for each in mapping.answers() if each.card_id == FOUR]
    assert spans == [(0, 0)]
    assert answer(mapping, FOUR, 1) is None


@pytest.mark.parametrize("pattern", [FOUR, "seedream-4-0-*", "bytedance-seedream-4", "*4-0*"])
def test_settings_name_a_card_by_any_of_its_names_and_leave_the_others_alone(pattern: str) -> None:
    mapping = mapping_of(models={pattern: ["sdxl"]})
    assert answer(mapping, FOUR) == "sdxl"
    assert answer(mapping, FIVE) == "flux.2-klein-4b"


def test_of_two_patterns_that_fit_the_first_decides() -> None:
    mapping = mapping_of(models={"*4-0*": ["sdxl"], "*": ["flux.1-schnell"]})
    assert (answer(mapping, FOUR), answer(mapping, THREE)) == ("sdxl", "flux.1-schnell")


def test_a_new_checkpoint_needs_no_more_than_a_source() -> None:
    mine = mapping_of(checkpoints={"mine": {"source": "/models/mine"}}).checkpoints["mine"]
    assert (mine.source, mine.family, mine.references) == ("/models/mine", "", (0, 0))
    assert (mine.licence, mine.permissive) == ("not stated", False)


@pytest.mark.parametrize(
    ("pipeline", "family", "references"),
    [
        ("QwenImageEditPlusPipeline", "qwen-image-edit", (1, 3)),
        ("Flux2KleinPipeline", "flux2-klein", (0, 15)),
        ("NewPipeline", "unknown", (0, 0)),
    ],
)
def test_a_new_checkpoint_takes_what_its_pipeline_s_family_takes(
    tmp_path: Path, pipeline: str, family: str, references: tuple[int, int]
) -> None:
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": pipeline}))
    mine = mapping_of(checkpoints={"mine": {"source": str(tmp_path)}}).checkpoints["mine"]
    assert (mine.family, mine.references) == (family, references)
    table = {"source": str(tmp_path), "references": [0, 2]}
    assert mapping_of(checkpoints={"mine": table}).checkpoints["mine"].references == (0, 2)


def test_a_known_checkpoint_keeps_what_a_table_does_not_say() -> None:
    table = {"source": "~/klein", "steps": 6, "loras": [{"source": "someone/style", "scale": 0.5}]}
    changed = mapping_of(checkpoints={"flux.2-klein-4b": table}).checkpoints["flux.2-klein-4b"]
    known = built_in()[1]["flux.2-klein-4b"]
    assert (changed.source, changed.steps) == ("~/klein", 6)
    assert changed.loras == (Lora("someone/style", None, 0.5),)
    assert (changed.family, changed.references, changed.licence) == (
        known.family,
        known.references,
        known.licence,
    )


@pytest.mark.parametrize(("licence", "permissive"), [("MIT", True), ("Qwen Research", False)])
def test_a_licence_that_is_stated_is_judged(licence: str, permissive: bool) -> None:
    table = {"source": "/models/mine", "licence": licence}
    assert mapping_of(checkpoints={"mine": table}).checkpoints["mine"].permissive == permissive


def test_a_restricted_licence_is_logged_when_the_checkpoint_is_served(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        mapping_of().log_licences()
        assert caplog.messages == []
        mapping_of(models={"*": ["flux.2-klein-9b"]}).log_licences()
    (message,) = caplog.messages
    assert "flux.2-klein-9b" in message
    assert "FLUX non-commercial" in message


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"models": {"seedream-9*": ["sdxl"]}}, "'seedream-9*' fits no model"),
        ({"models": {"*": ["sdxx"]}}, "there is no checkpoint 'sdxx'; there are: z-image-turbo, "),
        ({"models": {"*": []}}, "no checkpoint is named"),
        ({"checkpoints": {"mine": {"steps": 3}}}, "checkpoints.mine: source is missing"),
        ({"checkpoints": {"mine": {"source": "models/mine/v1"}}}, "neither an absolute path nor a hub id"),
        ({"checkpoints": {"mine": {"source": "./mine"}}}, "neither an absolute path nor a hub id"),
        ({"checkpoints": {"sdxl": {"loras": [{"source": "style"}]}}}, "'style' is neither"),
        ({"checkpoints": {"sdxl": {"references": [2, 1]}}}, "references = [2, 1]"),
        ({"checkpoints": {"sdxl": {"references": [-1, 1]}}}, "references = [-1, 1]"),
        ({"checkpoints": {"sdxl": {"family": "sdxxl"}}}, "family = 'sdxxl': there are z-image, "),
    ],
)
def test_what_could_answer_nothing_stops_the_start(settings: dict[str, object], named: str) -> None:
    assert named in complaint(**settings)


def test_references_may_be_one_number_exactly() -> None:
    assert mapping_of(checkpoints={"sdxl": {"references": [1, 1]}}).checkpoints["sdxl"].takes(1)


def test_checkpoints_are_found_by_name_or_the_complaint_lists_them() -> None:
    mapping = mapping_of()
    assert [each.name for each in mapping.named(["sdxl", "z-image"])] == ["sdxl", "z-image"]
    with pytest.raises(ConfigError, match=r"there is no checkpoint 'sdxx'; there are: z-image-turbo, "):
        mapping.named(["sdxx"])


def test_checkpoints_can_be_put_in_the_places_of_those_of_their_names() -> None:
    mapping = mapping_of(checkpoints={"mine": {"source": "/mine"}}, models={"*": ["mine"]})
    known = mapping_of(checkpoints={"mine": {"source": "/mine", "family": "sdxl"}}).checkpoints["mine"]
    found = mapping.with_checkpoints([known]).checkpoint_for(FOUR, 0)
    assert found is not None
    assert found.facts.pipeline == "StableDiffusionXLPipeline"


def test_every_built_in_checkpoint_is_of_a_family_that_takes_its_references() -> None:
    for checkpoint in built_in()[1].values():
        family = checkpoint.facts
        assert family in FAMILIES, checkpoint.name
        takes_some = bool(family.references.argument or family.image_to_image)
        assert takes_some or checkpoint.references == (0, 0), checkpoint.name
        assert checkpoint.is_hub_id
        assert checkpoint.weights_gib > 0


def test_every_family_has_a_built_in_checkpoint() -> None:
    assert {each.family for each in built_in()[1].values()} == {family.name for family in FAMILIES}


def test_what_only_the_later_pictures_of_a_series_reach_is_served_too() -> None:
    table = {"source": "/weights/last", "references": [15, 15]}
    told = {"checkpoints": {"last": table}, "models": {"*": ["flux.2-klein-4b", "last"]}}
    settings = DiffusersSettings.model_validate(
        told | {"checkpoints": {"last": table, "flux.2-klein-4b": {"references": [0, 14]}}}
    )
    assert [each.name for each in ModelMapping.from_settings(settings).served] == ["flux.2-klein-4b", "last"]
