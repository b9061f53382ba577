"""The tiny checkpoints that the other tests load."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from limner.engines.diffusers.families import FAMILIES, UNKNOWN, family_of
from limner.engines.diffusers.worker.loaded import LoadedPipeline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

pytestmark = pytest.mark.needs_more

NAMES = (*(family.name for family in FAMILIES), "aura-flow")


def picture(pipeline: object, arguments: Mapping[str, object]) -> NDArray[np.float32]:
    import torch

    assert callable(pipeline)
    made: NDArray[np.float32] = pipeline(
        prompt="a photo of a cat 一只猫",
        width=96,
        height=64,
        num_inference_steps=2,
        generator=torch.Generator("cpu").manual_seed(7),
        output_type="np",
        **arguments,
    ).images
    return made


def arguments_of(name: str) -> dict[str, object]:
    from PIL import Image

    reference = Image.new("RGB", (96, 64), (40, 90, 200))
    by_name: dict[str, dict[str, object]] = {
        "qwen-image": {"negative_prompt": " "},
        "qwen-image-edit": {"image": [reference], "negative_prompt": " "},
        "flux1-kontext": {"image": reference, "max_area": 96 * 64, "_auto_resize": False},
    }
    return by_name.get(name, {})


def test_there_is_one_of_every_family_and_one_of_none() -> None:
    from tiny_checkpoints import NAMES as BUILT

    assert set(BUILT) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_loaded_makes_what_was_built(name: str, loaded: Callable[[str], LoadedPipeline]) -> None:
    import numpy as np
    from tiny_checkpoints import build

    built = build(name)
    built.set_progress_bar_config(disable=True)
    arguments = arguments_of(name)
    first, second = picture(built, arguments), picture(loaded(name).pipeline, arguments)
    assert first.shape == (1, 64, 96, 3)
    assert np.isfinite(first).all()
    assert first.std() > 0.01
    assert np.abs(first - second).max() < 1e-4


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_checkpoint_names_a_pipeline_that_the_table_knows(
    name: str, checkpoint_folder: Callable[[str], Path]
) -> None:
    from diffusers import DiffusionPipeline

    pipeline = DiffusionPipeline.load_config(checkpoint_folder(name))["_class_name"]
    expected = UNKNOWN.name if name == "aura-flow" else name
    assert family_of(pipeline).name == expected


def test_the_command_writes_the_same_bits_in_every_process(
    tmp_path: Path, checkpoint_folder: Callable[[str], Path]
) -> None:
    names = ("z-image", "flux1", "sd15")
    tools = Path(__file__).parents[4] / "tools"
    command = [sys.executable, "-W", "ignore", "-m", "tiny_checkpoints", str(tmp_path), *names]
    written = subprocess.run(command, cwd=tools, capture_output=True, text=True)
    assert written.stdout.split() == [str(tmp_path / name) for name in names]
    for name in names:
        assert files_of(tmp_path / name) == files_of(checkpoint_folder(name))


def test_the_command_names_what_there_is_when_it_is_asked_for_something_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tiny_checkpoints.__main__ import main

    with pytest.raises(SystemExit):
        main([str(tmp_path), "sd15", "no-such"])
    assert "'no-such' is none of z-image, flux2-klein" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
