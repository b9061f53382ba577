"""A device that has no memory left: how that is known, and what can be given back."""

from __future__ import annotations

import gc

import torch

_NO_MEMORY = ("allocate memory", "out of memory", "alloc_failed")
"""What allocators of the CPU, of MPS and of cuBLAS say, in RuntimeErrors of no class of their own."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether torch or Python had no memory left, on any device."""
    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    if not isinstance(error, RuntimeError) or isinstance(error, torch.AcceleratorError):
        return False  # the latter leaves nothing to go on with
    text = str(error).lower()
    return any(sign in text for sign in _NO_MEMORY)


def give_back(device: torch.device) -> None:
    """Let others have what nothing here refers to any more."""
    gc.collect()
    if device.type != "cpu":
        getattr(torch, device.type).empty_cache()
