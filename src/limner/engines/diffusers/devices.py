"""Which devices there are, told without torch: the server's own process never loads it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

AUTO = "auto"
DRIVER = Path("/proc/driver/nvidia/gpus")


def device_names(
    asked: Sequence[str], env: Mapping[str, str] | None = None, driver: Path = DRIVER
) -> tuple[str, ...]:
    """The devices that get a process each. "auto": every NVIDIA GPU that CUDA would show; where the driver
    lists none, one process that lets torch choose."""
    names: list[str] = []
    for name in asked or (AUTO,):
        names += _every_gpu(os.environ if env is None else env, driver) if name == AUTO else [name]
    return tuple(dict.fromkeys(names))


def _every_gpu(env: Mapping[str, str], driver: Path) -> list[str]:
    shown = env.get("CUDA_VISIBLE_DEVICES")
    if shown is not None:
        count = len([part for part in shown.split(",") if part.strip() and part.strip() != "-1"])
    else:
        count = len(list(driver.iterdir())) if driver.is_dir() else 0
    return [f"cuda:{number}" for number in range(count)] or [AUTO]
