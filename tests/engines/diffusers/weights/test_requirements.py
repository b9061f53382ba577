"""What the engine requires at its start, where the extra is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from limner.engines.diffusers.mapping import ModelMapping
from limner.engines.diffusers.requirements import require
from limner.engines.diffusers.settings import DiffusersSettings
from limner.engines.diffusers.weights import Weights
from limner.errors import ConfigError

pytestmark = pytest.mark.needs_more


def required(folder: Path, **settings: object) -> tuple[Weights, ...]:
    """What is found when one checkpoint of one's own answers everything."""
    own = {"models": {"*": ["mine"]}, "checkpoints": {"mine": {"source": str(folder), "references": [0, 14]}}}
    whole = DiffusersSettings.model_validate({**own, **settings})
    return require(ModelMapping.from_settings(whole), whole)


@pytest.mark.parametrize("name", ["z-image", "flux2-klein", "qwen-image", "flux1-kontext", "sdxl", "sd15"])
def test_a_folder_that_diffusers_wrote_is_whole(checkpoint_folder: Callable[[str], Path], name: str) -> None:
    (weights,) = required(checkpoint_folder(name))
    assert (weights.folder, weights.checkpoint.family) == (checkpoint_folder(name), name)


def test_a_pipeline_that_no_row_names_may_be_served(checkpoint_folder: Callable[[str], Path]) -> None:
    (weights,) = required(checkpoint_folder("aura-flow"))
    assert weights.checkpoint.family == "unknown"


def test_fp8_is_there_with_its_extra(checkpoint_folder: Callable[[str], Path]) -> None:
    assert required(checkpoint_folder("z-image"), fp8=True)


def test_an_editor_with_qwen_needs_torchvision(checkpoint_folder: Callable[[str], Path]) -> None:
    """Both outcomes are told apart, for torchvision is not to be had for every torch."""
    folder = checkpoint_folder("qwen-image-edit")
    if find_spec("torchvision") is not None:
        assert required(folder)
        return
    with pytest.raises(
        ConfigError, match=r"^mine needs torchvision: pip install 'limner\[diffusers-edit\]'$"
    ):
        required(folder)
