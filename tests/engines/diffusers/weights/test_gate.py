"""A load that changes torch for the whole process, and a call, never at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.messages import DeviceConfig, Load

pytestmark = pytest.mark.needs_more

TIMEOUT_S = 30.0
A_MOMENT_S = 0.2
"""In which something that is not held back would have happened."""


@pytest.fixture
def threads() -> Iterator[Callable[[Callable[[], None]], threading.Thread]]:
    """Starts threads, and waits for them in the end."""
    started: list[threading.Thread] = []

    def start(work: Callable[[], None]) -> threading.Thread:
        started.append(threading.Thread(target=work))
        started[-1].start()
        return started[-1]

    yield start
    for thread in started:
        thread.join(TIMEOUT_S)
        assert not thread.is_alive()


def test_a_load_changes_the_default_dtype_after_the_call_and_the_next_call_waits_for_it(
    threads: Callable[[Callable[[], None]], threading.Thread],
) -> None:
    import torch

    from limner.engines.diffusers.worker.gate import Gate

    gate = Gate()
    began, changed, change_back, called = (threading.Event() for _ in range(4))
    seen: list[torch.dtype] = []

    def load() -> None:
        with gate.loading():
            began.set()
            torch.set_default_dtype(torch.bfloat16)
            changed.set()
            change_back.wait(TIMEOUT_S)
            torch.set_default_dtype(torch.float32)

    def call() -> None:
        with gate.calling():
            seen.append(torch.get_default_dtype())
            called.set()

    with gate.calling():
        threads(load)
        assert began.wait(TIMEOUT_S)
        assert not changed.wait(A_MOMENT_S) and torch.get_default_dtype() == torch.float32
    assert changed.wait(TIMEOUT_S)
    threads(call)
    assert not called.wait(A_MOMENT_S)
    change_back.set()
    assert called.wait(TIMEOUT_S) and seen == [torch.float32]


def test_a_load_that_fails_leaves_the_default_dtype_as_it_was() -> None:
    import torch

    from limner.engines.diffusers.worker.gate import Gate

    gate, before = Gate(), torch.set_default_dtype
    with pytest.raises(ValueError, match="broken"), gate.loading():
        torch.set_default_dtype(torch.bfloat16)
        raise ValueError("broken")
    assert torch.get_default_dtype() == torch.float32 and torch.set_default_dtype is before
    with gate.calling():
        pass


def test_the_libraries_load_by_way_of_the_gate(
    checkpoint_folder: Callable[[str], Path], threads: Callable[[Callable[[], None]], threading.Thread]
) -> None:
    import torch

    from limner.engines.diffusers.worker import loading
    from limner.engines.diffusers.worker.gate import Gate

    gate, config = Gate(), DeviceConfig("cpu", dtype="bfloat16")
    folder = checkpoint_folder("z-image")
    dtypes: list[torch.dtype] = []
    loaded = threading.Event()

    def load() -> None:
        with gate.loading():
            order = Load(Checkpoint("z-image", str(folder), "none"), folder)
            dtypes.append(loading.load(order, config, loading.device_of(config)).denoiser.dtype)
        loaded.set()

    with gate.calling():
        threads(load)
        assert not loaded.wait(2.0), "a model was constructed beside a call"
    assert loaded.wait(TIMEOUT_S)
    assert dtypes == [torch.bfloat16] and torch.get_default_dtype() == torch.float32
