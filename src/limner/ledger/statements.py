"""Changes as a driver takes them: SQL text and rows of positional values.

SQLAlchemy compiles each statement once; what its execution costs per call is more than the write itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from pydantic_core import to_json
from sqlalchemy import JSON, Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from limner.ledger.database import Change

Values: TypeAlias = tuple[Any, ...]
Adapter: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """One statement for one dialect. names: whose value goes to which place. fixed: values that stand in
    the statement itself. adapters: for places whose values the driver wants in another form."""

    sql: str
    names: tuple[str, ...]
    fixed: Mapping[str, Any]
    adapters: tuple[tuple[int, Adapter], ...]

    def row(self, values: Mapping[str, Any]) -> Values:
        """The values of a change, in the order of the places."""
        row = list(map(({**self.fixed, **values} if self.fixed else values).__getitem__, self.names))
        for place, adapt in self.adapters:
            row[place] = adapt(row[place])
        return tuple(row)


class Bound(NamedTuple):
    """One row for a statement. counted: somebody wants to know how many rows it touches; it stays alone."""

    prepared: Prepared
    row: Values
    subject: str | None = None
    counted: bool = False


@dataclass(slots=True)
class Run:
    """Rows for one statement, in order. counted: one row, whose effect somebody wants to know."""

    sql: str
    rows: list[Values]
    counted: bool = False


class Preparer:
    """Prepares statements for a dialect with positional parameters, and remembers them."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[tuple[object, ...], Prepared] = {}

    def bind(self, change: Change, counted: bool = False) -> Bound:
        """A change, ready for the driver."""
        key = (change.statement, *change.values)
        prepared = self._known.get(key)
        if prepared is None:
            prepared = self._known[key] = self._prepare(change)
        return Bound(prepared, prepared.row(change.values), change.subject, counted)

    def _prepare(self, change: Change) -> Prepared:
        compiled = change.statement.compile(dialect=self._dialect, column_keys=list(change.values))
        assert isinstance(compiled, SQLCompiler)
        state = compiled.construct_expanded_state(dict(change.values))
        assert not change.values.keys() & state.parameter_expansion.keys(), "lists are fixed in a statement"
        names = tuple(state.positiontup or ())
        fixed = {name: state.parameters[name] for name in names if name not in change.values}
        adapters = ((place, self._adapter(compiled, name)) for place, name in enumerate(names))
        return Prepared(
            state.statement, names, fixed, tuple((place, adapt) for place, adapt in adapters if adapt)
        )

    def _adapter(self, compiled: SQLCompiler, name: str) -> Adapter | None:
        bind = compiled.binds.get(name)
        if bind is None:
            return None
        if isinstance(bind.type, JSON) and bind.type.none_as_null:
            return _json_or_null
        return bind.type.dialect_impl(self._dialect).bind_processor(self._dialect)


def _json_or_null(value: object) -> str | None:
    if value is None:
        return None
    try:
        return to_json(value).decode()
    except ValueError:  # a lone surrogate, which only an escape can say
        return json.dumps(value, separators=(",", ":"))


def runs_of(changes: Sequence[Bound]) -> list[Run]:
    """The changes, those of one statement together where their subjects allow it.

    A change joins the last run of its statement unless something later is about its own subject, or
    keeps its place among all.
    """
    runs: list[Run] = []
    last_of: dict[Prepared, int] = {}
    last_about: dict[str, int] = {}
    fence = 0
    for prepared, row, subject, counted in changes:
        place = last_of.get(prepared, -1)
        earliest = len(runs) - 1 if subject is None else max(fence, last_about.get(subject, 0))
        if counted or place < max(earliest, fence):
            place = len(runs)
            runs.append(Run(prepared.sql, [], counted))
            last_of[prepared] = place
        runs[place].rows.append(row)
        if counted:
            fence = len(runs)
        elif subject is None:
            fence = place
        else:
            last_about[subject] = place
    return runs
