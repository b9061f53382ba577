"""What the benchmarks share: a figure held against its limit, printed as a row, and the exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its limit; without a limit it only stands there for comparison.

    at_least: the limit is the least, not the most. A figure that could not be taken is nan, and misses it.
    """

    claim: str
    figure: float
    unit: str
    limit: float | None = None
    beside: str = ""
    at_least: bool = False

    @property
    def missed(self) -> bool:
        if self.limit is None:
            return False
        return not (self.figure >= self.limit if self.at_least else self.figure <= self.limit)

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"{'>=' if self.at_least else '<='} {self.limit:g}"
        verdict = "" if self.limit is None else "MISSED" if self.missed else "ok"
        return (
            f"{self.claim:44} {self.figure:9.2f} {self.unit:3} {limit:9} {verdict:7} {self.beside}".rstrip()
        )


def report(rows: Sequence[Row]) -> None:
    """Print every row and end the program: 1 when a limit is missed."""
    for row in rows:
        print(row)
    sys.exit(any(row.missed for row in rows))


def resident_mb(pid: int) -> float:
    """VmRSS of a process in MB (10^6 bytes); 0.0 when it has ended. Linux only."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    sizes = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")]
    return sizes[0] * 1024 / 1e6 if sizes else 0.0
