"""Which devices get a process, without torch."""

from __future__ import annotations

from pathlib import Path

import pytest

from limner.engines.diffusers.devices import device_names


@pytest.fixture
def two_gpus(tmp_path: Path) -> Path:
    for name in ("0000:01:00.0", "0000:02:00.0"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_auto_is_every_gpu_that_the_driver_lists(two_gpus: Path) -> None:
    assert device_names(("auto",), {}, two_gpus) == ("cuda:0", "cuda:1")


@pytest.mark.parametrize(("shown", "names"), [("1", ("cuda:0",)), ("3,5,7", ("cuda:0", "cuda:1", "cuda:2"))])
def test_auto_heeds_what_cuda_is_told_to_show(two_gpus: Path, shown: str, names: tuple[str, ...]) -> None:
    assert device_names(("auto",), {"CUDA_VISIBLE_DEVICES": shown}, two_gpus) == names


@pytest.mark.parametrize("hidden", ["", "-1"])
def test_where_the_gpus_are_hidden_torch_chooses(two_gpus: Path, hidden: str) -> None:
    assert device_names(("auto",), {"CUDA_VISIBLE_DEVICES": hidden}, two_gpus) == ("auto",)


def test_where_there_is_no_driver_torch_chooses(tmp_path: Path) -> None:
    assert device_names(("auto",), {}, tmp_path / "none") == ("auto",)
    assert device_names((), {}, tmp_path / "none") == ("auto",)


def test_devices_that_are_named_are_taken_once_each(two_gpus: Path) -> None:
    assert device_names(("cuda:1", "cpu", "cuda:1"), {}, two_gpus) == ("cuda:1", "cpu")
