"""Changes as a driver takes them: SQL text and rows of positional values.

SQLAlchemy compiles each statement once; what its execution costs per call is more than the write itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from limner.ledger.database import Change

Values: TypeAlias = tuple[Any, ...]
_Column: TypeAlias = tuple[str, Any, Callable[[Any], Any] | None]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """One statement for one dialect. columns: for each place the key of its value, the value that it has
    when none is given, and how the driver wants it."""

    sql: str
    columns: tuple[_Column, ...]

    def row(self, change: Change) -> Values:
        """The values of a change, in the order of the places."""
        values = change.values
        return tuple(
            [
                values.get(key, fixed) if adapt is None else adapt(values.get(key, fixed))
                for key, fixed, adapt in self.columns
            ]
        )


@dataclass(slots=True)
class Run:
    """Rows for one statement, in order. counted: one row, whose effect somebody wants to know."""

    sql: str
    rows: list[Values] = field(default_factory=list)
    counted: bool = False


class Preparer:
    """Prepares statements for a dialect with positional parameters, and remembers them."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: WeakKeyDictionary[Any, dict[tuple[str, ...], Prepared]] = WeakKeyDictionary()

    def bind(self, change: Change) -> tuple[Prepared, Values]:
        """A change, ready for the driver."""
        keys = tuple(change.values)
        known = self._known.get(change.statement)
        if known is None:
            known = self._known[change.statement] = {}
        prepared = known.get(keys)
        if prepared is None:
            prepared = known[keys] = self._prepare(change)
        return prepared, prepared.row(change)

    def _prepare(self, change: Change) -> Prepared:
        compiled = change.statement.compile(dialect=self._dialect, column_keys=list(change.values))
        assert isinstance(compiled, SQLCompiler)
        state = compiled.construct_expanded_state(dict(change.values))
        grown = change.values.keys() & state.parameter_expansion.keys()
        assert not grown, f"{grown}: a change has one value for each parameter"
        return Prepared(
            state.statement,
            tuple(
                (name, state.parameters[name], self._adapter(compiled, name))
                for name in state.positiontup or ()
            ),
        )

    def _adapter(self, compiled: SQLCompiler, name: str) -> Callable[[Any], Any] | None:
        bind = compiled.binds.get(name)
        return None if bind is None else bind.type.dialect_impl(self._dialect).bind_processor(self._dialect)


def runs_of(changes: Sequence[tuple[Prepared, Values, bool]]) -> list[Run]:
    """The changes, neighbours of one statement together; counted ones stay alone."""
    runs: list[Run] = []
    last: Prepared | None = None
    for prepared, row, counted in changes:
        if counted or prepared is not last:
            runs.append(Run(prepared.sql, [row], counted))
        else:
            runs[-1].rows.append(row)
        last = None if counted else prepared
    return runs
