"""Holds a server against cases and tells the outcome of each. Prints nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, TypeAlias

from limner.conformance.case import Case
from limner.conformance.target import NotOffered, Target

Result: TypeAlias = Literal["held", "broken", "left out"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case; detail shows request and answer of a broken one, or why it was left out."""

    case: Case
    result: Result
    detail: str
    duration_s: float


def run(target: Target, cases: Iterable[Case]) -> list[Outcome]:
    """The outcome of every case, in order; one that breaks does not stop the others."""
    return list(outcomes(target, cases))


def outcomes(target: Target, cases: Iterable[Case]) -> Iterator[Outcome]:
    """The outcomes one by one, as they come."""
    # A future keeps whatever a case raises: a server can break an SDK in any way, and that is a finding.
    with ThreadPoolExecutor(max_workers=1) as pool:
        for case in cases:
            if case.own_choice and not target.own_choices:
                yield Outcome(case, "left out", "the contract leaves this open", 0.0)
                continue
            started = time.monotonic()
            raised = pool.submit(case.check, target).exception()
            yield Outcome(case, *_judged(raised), time.monotonic() - started)


def _judged(raised: BaseException | None) -> tuple[Result, str]:
    if raised is None:
        return "held", ""
    if isinstance(raised, NotOffered):
        return "left out", f"the target has no model of the family {raised}"
    if isinstance(raised, AssertionError):
        return "broken", str(raised)
    return "broken", f"{type(raised).__name__}: {raised}"
