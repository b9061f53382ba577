"""How a worker's C library keeps its memory: painting makes and drops many arrays of a few megabytes."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3
"""Numbers of glibc's mallopt."""
_SETTINGS = {_MMAP_THRESHOLD: 32 << 20, _TRIM_THRESHOLD: 256 << 20, _TOP_PAD: 32 << 20}


@cache
def keep_freed_memory() -> bool:
    """Have freed arrays used again, not given back and faulted in anew; False where the C library cannot."""
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and all(mallopt(name, size) for name, size in _SETTINGS.items())
