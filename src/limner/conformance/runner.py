"""Holds a server against cases and tells the outcome of each. Prints nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from limner.conformance.case import Case
from limner.conformance.expect import Broken
from limner.conformance.journal import Exchange, Journal
from limner.conformance.target import NotOffered, Target

Result: TypeAlias = Literal["held", "broken", "left out"]

TOO_MANY_REQUESTS = 429
MAX_ATTEMPTS = 3
DEFAULT_WAIT_S = 20.0
MAX_WAIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case.

    claim: what a broken one did not hold to, or why it was left out. detail: that with request and answer
    as text. evidence: the exchanges that show it. pictures: how many the server says that it made.
    """

    case: Case
    result: Result
    claim: str = ""
    detail: str = ""
    duration_s: float = 0.0
    requests: int = 0
    pictures: int = 0
    evidence: tuple[Exchange, ...] = ()


def run(target: Target, cases: Iterable[Case]) -> list[Outcome]:
    """The outcome of every case, in order; one that breaks does not stop the others."""
    return list(outcomes(target, cases))


def outcomes(target: Target, cases: Iterable[Case]) -> Iterator[Outcome]:
    """The outcomes one by one, as they come."""
    for case in cases:
        if case.own_choice and not target.own_choices:
            yield Outcome(case, "left out", "the contract leaves this open")
            continue
        yield _outcome(case, target)


def _outcome(case: Case, target: Target) -> Outcome:
    """The outcome of one case, which is begun anew, a few times, where the server was too busy for it."""
    pictures = 0
    for _ in range(MAX_ATTEMPTS):
        journal, started = Journal(), time.monotonic()
        with _Keeping() as kept:
            case.check(replace(target, journal=journal))
        found = _judged(case, kept.raised, journal, time.monotonic() - started)
        pictures += found.pictures
        wait_s = _wait_s(journal)
        if found.result != "broken" or wait_s is None:
            break
        time.sleep(wait_s)
    return replace(found, pictures=pictures)


def _wait_s(journal: Journal) -> float | None:
    """For how long a server that answered 429 wants to be left alone; None if it did not."""
    refusals = [exchange for exchange in journal.exchanges if exchange.status == TOO_MANY_REQUESTS]
    if not refusals:
        return None
    asked = refusals[-1].retry_after
    return min(float(asked), MAX_WAIT_S) if asked.isdecimal() else DEFAULT_WAIT_S


class _Keeping:
    """Keeps what a case raises: a server can break an SDK in any way, and that is a finding."""

    raised: Exception | None = None

    def __enter__(self) -> _Keeping:
        return self

    def __exit__(self, _kind: object, raised: BaseException | None, _traceback: object) -> bool:
        if isinstance(raised, Exception):
            self.raised = raised
        return self.raised is not None


def _judged(case: Case, raised: Exception | None, journal: Journal, duration_s: float) -> Outcome:
    exchanges = journal.exchanges
    held = Outcome(
        case,
        "held",
        duration_s=duration_s,
        requests=len(exchanges),
        pictures=sum(exchange.pictures for exchange in exchanges),
    )
    if raised is None:
        return held
    if isinstance(raised, NotOffered):
        return replace(held, result="left out", claim=f"the server has no model of the family {raised}")
    detail = str(raised) if isinstance(raised, AssertionError) else f"{type(raised).__name__}: {raised}"
    claim, blamed = detail, None
    if isinstance(raised, Broken):
        claim, blamed = raised.claim, raised.response.request
    return replace(held, result="broken", claim=claim, detail=detail, evidence=journal.evidence(blamed))
