"""What a run has found, as data: counts by area, and of each broken case the requests that show it.

All that came from the server is stripped of control characters, and the key is struck out. Not covered: other
secrets that a server puts into its answers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from limner.conformance.curl import LONG_RUN, to_curl, wants_file, without_key
from limner.conformance.journal import Exchange
from limner.conformance.runner import Outcome, Result
from limner.conformance.target import Target

RESULTS: tuple[Result, ...] = ("held", "broken", "left out")
MAX_ANSWER_CHARACTERS = 1500
MAX_CLAIM_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class Evidence:
    """One request as a command, and what was answered."""

    curl: str
    status: int | None
    answer: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of a run against one target.

    was_interrupted: whether there were more cases. folder: where bodies that are too long for a command line
    are written; without it they are cut.
    """

    target: Target
    outcomes: Sequence[Outcome]
    was_interrupted: bool = False
    folder: Path | None = None

    @property
    def broken(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.result == "broken")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked of the server."""
        return all(outcome.result == "left out" for outcome in self.outcomes)

    @property
    def pictures(self) -> int:
        return sum(outcome.pictures for outcome in self.outcomes)

    @property
    def wants_folder(self) -> bool:
        """Whether a folder would have kept bodies whole, or in one piece."""
        shown = (exchange for outcome in self.outcomes for exchange in outcome.evidence)
        return self.folder is None and any(map(wants_file, shown))

    def by_area(self) -> Mapping[str, Counter[Result]]:
        """The number of each result, by area, in the order of the run."""
        areas: dict[str, Counter[Result]] = {}
        for outcome in self.outcomes:
            areas.setdefault(outcome.case.area, Counter())[outcome.result] += 1
        return areas

    def why_left_out(self) -> Counter[str]:
        """How many cases were left out for each reason."""
        return Counter(outcome.claim for outcome in self.outcomes if outcome.result == "left out")

    def claim(self, outcome: Outcome) -> str:
        """What did not hold, or why a case was left out, in one line."""
        return self._clean(outcome.claim, MAX_CLAIM_CHARACTERS).replace("\n", " ")

    def evidence(self, outcome: Outcome) -> list[Evidence]:
        """The requests that show why a case is broken."""
        return [self._evidence(outcome, *numbered) for numbered in enumerate(outcome.evidence)]

    def to_json(self) -> dict[str, object]:
        """All of it for programs."""
        counts = Counter(outcome.result for outcome in self.outcomes)
        return {
            "base_url": self.target.base_url,
            "models": dict(self.target.models),
            "own_choices": self.target.own_choices,
            "interrupted": self.was_interrupted,
            "counts": {result.replace(" ", "_"): counts[result] for result in RESULTS},
            "pictures": self.pictures,
            "cases": [self._case_json(outcome) for outcome in self.outcomes],
        }

    def _case_json(self, outcome: Outcome) -> dict[str, object]:
        case, shown = outcome.case, self.evidence(outcome)
        return {
            "id": case.id,
            "title": case.title,
            "section": case.section,
            "own_choice": case.own_choice,
            "result": outcome.result.replace(" ", "_"),
            "claim": self.claim(outcome),
            "requests": outcome.requests,
            "pictures": outcome.pictures,
            "duration_s": round(outcome.duration_s, 3),
            "evidence": [{"curl": e.curl, "status": e.status, "answer": e.answer} for e in shown],
        }

    def _evidence(self, outcome: Outcome, number: int, exchange: Exchange) -> Evidence:
        file = None
        if self.folder is not None and wants_file(exchange):
            file = self.folder / f"{re.sub(r'[^a-z0-9_.]', '-', outcome.case.id).strip('-')}.{number}.body"
            file.write_bytes(exchange.body)
        return Evidence(to_curl(exchange, self.target.api_key, file), exchange.status, self._answer(exchange))

    def _answer(self, exchange: Exchange) -> str:
        if exchange.status is None:
            return ""
        try:
            text = exchange.answer.decode()
        except UnicodeDecodeError:
            return f"({len(exchange.answer)} bytes)"
        cut = LONG_RUN.sub(lambda run: f"{run[0][:40]}...({len(run[0])} characters)", text)
        return self._clean(cut, MAX_ANSWER_CHARACTERS).strip()

    def _clean(self, text: str, limit: int) -> str:
        masked = without_key(text, self.target.api_key)
        shown = masked if len(masked) <= limit else f"{masked[:limit]}..."
        return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in shown)
