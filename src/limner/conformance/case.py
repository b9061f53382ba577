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

    section: of the contract. own_choice: the contract leaves it open and Limner decided. pictures: the most
    that a server which holds to it will make. row: its number among cases that differ in their data only.
    """

    id: str
    title: str
    section: str
    check: Check
    own_choice: bool = False
    pictures: int = 1
    row: int = 0

    @property
    def area(self) -> str:
        return self.id.partition(".")[0]

    @property
    def is_cheap(self) -> bool:
        """Whether it costs nothing, or one picture and is the first of its kind."""
        return self.pictures == 0 or (self.pictures == 1 and self.row == 0)


class Area:
    """The cases of one part of the contract, in the order in which they are written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cases: list[Case] = []

    def case(
        self, title: str, section: str, *, own_choice: bool = False, pictures: int = 1
    ) -> Callable[[Check], Check]:
        """Make the decorated function a case."""

        def add(check: Check) -> Check:
            case_id = f"{self.name}.{check.__name__}"
            self.cases.append(Case(case_id, title, section, check, own_choice, pictures))
            return check

        return add

    def rows(
        self,
        title: str,
        section: str,
        rows: Sequence[tuple[object, ...]],
        *,
        own_choice: bool = False,
        pictures: int = 1,
    ) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Make one case of each row; title is a format string over the row, whose cells follow the target."""

        def add(check: Callable[..., None]) -> Callable[..., None]:
            for number, row in enumerate(rows):
                case_id = f"{self.name}.{check.__name__}[{number}]"
                bound = _with_row(check, row)
                case = Case(case_id, title.format(*row), section, bound, own_choice, pictures, number)
                self.cases.append(case)
            return check

        return add


def _with_row(check: Callable[..., None], row: tuple[object, ...]) -> Check:
    return partial(_call, check, row)


def _call(check: Callable[..., None], row: tuple[object, ...], target: Target) -> None:
    check(target, *row)
