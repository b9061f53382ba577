"""What the ledger needs of a database: durable writes that share commits, and reads.

Knows no table. sqlite.py and postgres.py are the two that there are; open_database() chooses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Delete, Insert, RowMapping, Select, Update


class Change(NamedTuple):
    """One statement and its parameters. Statements are built once, at module level, with bindparam()s:
    changes of the same statement (the same object) that follow each other go out as one executemany.

    subject: what the change is about, such as a job's id; those about different subjects touch different
    rows and go out with others of their statement. None: it keeps its place among all.
    """

    statement: Insert | Update | Delete
    values: Mapping[str, Any] = MappingProxyType({})
    subject: str | None = None


class Database(Protocol):
    """Rows in, rows out. Every method raises Unavailable when the database does not answer or cannot write.

    Changes take effect in the order in which they were given, across write, post and execute, but for
    those that have different subjects.
    """

    async def open(self) -> None:
        """Connect, and bring the schema up to date. Raises ConfigError where that cannot be done."""

    async def write(self, *changes: Change) -> None:
        """Return when all of the changes are durable; together they are all or nothing.

        Writers that come while a commit runs share the next one. A change that violates a constraint
        fails its own write with RowConflict and no other.
        """

    def post(self, *changes: Change) -> None:
        """write() without waiting; a failure is logged."""

    async def execute(self, *changes: Change) -> tuple[int, ...]:
        """write(), telling how many rows each change touched."""

    async def read(self, query: Select[Any], values: Mapping[str, Any] | None = None) -> Sequence[RowMapping]:
        """The rows of a query; sees every write that has returned."""

    async def close(self) -> None:
        """Write what was posted, then disconnect."""
