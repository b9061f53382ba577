"""One claim of the contract as data, and the areas that collect claims. Knows no server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from limner.conformance.target import Target

Check: TypeAlias = Callable[[Target], None]


@dataclass(frozen=True, slots=True)
class Case:
    """One claim. check raises AssertionError, whose message shows the request and the answer.

    section: of the contract. own_choice: the contract leaves it open and Limner decided.
    """

    id: str
    title: str
    section: str
    check: Check
    own_choice: bool = False


class Area:
    """The cases of one part of the contract, in the order in which they are written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cases: list[Case] = []

    def case(self, title: str, section: str, *, own_choice: bool = False) -> Callable[[Check], Check]:
        """Make the decorated function a case."""

        def add(check: Check) -> Check:
            self.cases.append(Case(f"{self.name}.{check.__name__}", title, section, check, own_choice))
            return check

        return add

    def rows(
        self, title: str, section: str, rows: Sequence[tuple[object, ...]], *, own_choice: bool = False
    ) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Make one case of each row; title is a format string over the row, whose cells follow the target."""

        def add(check: Callable[..., None]) -> Callable[..., None]:
            for number, row in enumerate(rows):
                case_id = f"{self.name}.{check.__name__}[{number}]"
                bound = _with_row(check, row)
                self.cases.append(Case(case_id, title.format(*row), section, bound, own_choice))
            return check

        return add


def _with_row(check: Callable[..., None], row: tuple[object, ...]) -> Check:
    return partial(_call, check, row)


def _call(check: Callable[..., None], row: tuple[object, ...], target: Target) -> None:
    check(target, *row)
