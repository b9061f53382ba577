"""What painting asks of the C library's memory."""

from __future__ import annotations

import resource

import numpy as np
import pytest

from limner.engines.sketch.memory import keep_freed_memory


def faults() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def test_arrays_of_a_few_megabytes_are_not_faulted_in_anew() -> None:
    if not keep_freed_memory():
        pytest.skip("this C library has no such setting")
    np.ones((2048, 1024), np.float32)
    before = faults()
    for _ in range(10):
        np.ones((2048, 1024), np.float32)
    assert faults() - before < 2048, "ten times 8 MB are 20480 pages"
