"""What was asked and delivered, added up: by key, model and day, and for a key's month.

Requests count on the day on which they came, pictures on the day on which they were delivered; days and
months are those of UTC. Deleted pictures stay on the bill.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import ColumnElement, Select, String, bindparam, case, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from limner.errors import InvalidParameter
from limner.ledger.database import Database
from limner.ledger.tables import jobs, keys, pictures
from limner.types import JSON

Dimension: TypeAlias = Literal["key", "model", "day"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
PIXELS_PER_TOKEN = 256
DAY_S = 86400


@dataclass(frozen=True, slots=True)
class Total:
    """Pictures delivered, and their pixels."""

    pictures: int = 0
    pixels: int = 0

    def plus(self, other: Total) -> Total:
        return Total(self.pictures + other.pictures, self.pixels + other.pixels)

    def minus(self, other: Total) -> Total:
        return Total(self.pictures - other.pictures, self.pixels - other.pixels)


@dataclass(frozen=True, slots=True)
class UsageRow:
    """One line of a bill; key, model and day are None where they were added up.

    requests: all that came; those that were refused, failed or were cancelled are among them. failed: they
    ended in an error, or without a picture.
    tokens: for each request its pixels over 256, rounded down.
    """

    key: str | None = None
    key_name: str | None = None
    model: str | None = None
    day: str | None = None
    requests: int = 0
    refused: int = 0
    failed: int = 0
    cancelled: int = 0
    pictures: int = 0
    pictures_refused: int = 0
    megapixels: float = 0.0
    tokens: int = 0
    bytes: int = 0

    def to_json(self, by: Sequence[Dimension]) -> dict[str, JSON]:
        """The row as it is shown, without what was added up."""
        added_up = {*DIMENSIONS, "key_name"} - {*by, *(("key_name",) if "key" in by else ())}
        return {name: value for name, value in asdict(self).items() if name not in added_up}


def month_of(at: float) -> str:
    """The month of Unix seconds, YYYY-MM."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m}"


def month_end(at: float) -> float:
    """When the month of Unix seconds ends."""
    now = datetime.fromtimestamp(at, UTC)
    return datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=UTC).timestamp()


def dimensions(text: str, allowed: Sequence[Dimension] = DIMENSIONS) -> tuple[Dimension, ...]:
    """What to tell apart, from names with commas between them. Raises InvalidParameter."""
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if strangers := [name for name in names if name not in allowed]:
        raise InvalidParameter.named("by", f"{strangers[0]} is none of {', '.join(allowed)}")
    return tuple(name for name in allowed if name in names)


def period(since: str | None, until: str | None, now: float) -> tuple[float, float]:
    """From the first to the last of two days, YYYY-MM-DD, both included; else this month, to its end.

    Raises InvalidParameter.
    """
    end = month_end(now) if until is None else _start_of("until", until) + DAY_S
    begin = _start_of("since", since if since is not None else f"{month_of(now)}-01")
    if begin >= end:
        raise InvalidParameter.named("since", "the first day is after the last")
    return begin, end


def _start_of(param: str, text: str) -> float:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InvalidParameter.named(param, "expected a day, YYYY-MM-DD") from error
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


class _UtcDay(FunctionElement[str]):
    """YYYY-MM-DD of Unix seconds, in UTC."""

    type = String()
    inherit_cache = True


@compiles(_UtcDay, "sqlite")
def _sqlite_day(element: _UtcDay, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, 'unixepoch')"


@compiles(_UtcDay, "postgresql")
def _postgres_day(element: _UtcDay, compiler: SQLCompiler, **options: Any) -> str:
    at = f"to_timestamp({compiler.process(element.clauses, **options)}) AT TIME ZONE 'UTC'"
    return f"to_char({at}, 'YYYY-MM-DD')"


_GROUPS: Mapping[Dimension, ColumnElement[str]] = {"key": jobs.c.key_id, "model": jobs.c.card}
_OUTCOMES: Mapping[str, ColumnElement[bool]] = {
    "refused": jobs.c.state == "refused",
    "failed": (jobs.c.state == "failed") | ((jobs.c.state == "done") & (jobs.c.pictures == 0)),
    "cancelled": jobs.c.state == "cancelled",
}
_IS_STORED = pictures.c.outcome == "stored"
_PIXELS = pictures.c.width * pictures.c.height
_NAMES = select(keys.c.id, keys.c.name)
_TOTALS: list[ColumnElement[Any]] = [func.count().label("pictures"), func.sum(_PIXELS).label("pixels")]
_MONTH_TOTAL = select(*_TOTALS).where(
    pictures.c.key_id == bindparam("key_id"), pictures.c.month == bindparam("month"), _IS_STORED
)


class Usage:
    """The bills of this database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def report(
        self, by: Sequence[Dimension], since: float, until: float, key_id: str | None = None
    ) -> tuple[UsageRow, ...]:
        """A row for each key, model and day, as far as by names them; since <= time < until, Unix seconds."""
        values = {"since": since, "until": until, **({} if key_id is None else {"key_id": key_id})}
        groups: dict[tuple[str, ...], dict[str, Any]] = {}
        for query in (_requests(by, key_id), _delivered(by, key_id)):
            for row in await self._database.read(query, values):
                facts = groups.setdefault(tuple(row[f"by_{name}"] for name in by), {})
                facts |= {name: int(row[name] or 0) for name in row if not name.startswith("by_")}
        names = {row["id"]: row["name"] for row in await self._database.read(_NAMES)} if "key" in by else {}
        rows = [(dict(zip(by, group, strict=True)), groups[group]) for group in sorted(groups)]
        return tuple(_row(group, facts, names) for group, facts in rows)

    async def month_total(self, key_id: str, month: str) -> Total:
        """What a key was delivered in a month, YYYY-MM."""
        (row,) = await self._database.read(_MONTH_TOTAL, {"key_id": key_id, "month": month})
        return Total(int(row["pictures"]), int(row["pixels"] or 0))


def _requests(by: Sequence[Dimension], key_id: str | None) -> Select[Any]:
    at = jobs.c.created_at
    groups = _groups(by, at)
    counts = [func.sum(case((is_so, 1), else_=0)).label(name) for name, is_so in _OUTCOMES.items()]
    columns: list[ColumnElement[Any]] = [*groups, func.count().label("requests"), *counts]
    return select(*columns).where(*_within(at, jobs.c.key_id, key_id)).group_by(*groups)


def _delivered(by: Sequence[Dimension], key_id: str | None) -> Select[Any]:
    """Summed for each request first, for tokens are rounded down once a request."""
    at = pictures.c.at
    groups = _groups(by, at)
    pixels = func.sum(case((_IS_STORED, _PIXELS), else_=0))
    sums = (
        func.sum(case((_IS_STORED, 1), else_=0)).label("pictures"),
        func.sum(case((_IS_STORED, 0), else_=1)).label("pictures_refused"),
        pixels.label("pixels"),
        (pixels // PIXELS_PER_TOKEN).label("tokens"),
        func.sum(case((_IS_STORED, pictures.c.bytes), else_=0)).label("bytes"),
    )
    joined = select(*groups, *sums).join_from(pictures, jobs, pictures.c.job_id == jobs.c.id)
    of_period = joined.where(*_within(at, pictures.c.key_id, key_id))
    each = of_period.group_by(*groups, pictures.c.job_id).subquery()
    outer = [each.c[f"by_{name}"] for name in by]
    return select(*outer, *(func.sum(each.c[one.name]).label(one.name) for one in sums)).group_by(*outer)


def _groups(by: Sequence[Dimension], at: ColumnElement[float]) -> list[ColumnElement[str]]:
    return [(_GROUPS[name] if name in _GROUPS else _UtcDay(at)).label(f"by_{name}") for name in by]


def _within(
    at: ColumnElement[float], owner: ColumnElement[str], key_id: str | None
) -> Iterator[ColumnElement[bool]]:
    yield at >= bindparam("since")
    yield at < bindparam("until")
    if key_id is not None:
        yield owner == bindparam("key_id")


def _row(group: Mapping[Dimension, str], facts: Mapping[str, Any], names: Mapping[str, str]) -> UsageRow:
    counts = {name: count for name, count in facts.items() if name != "pixels"}
    key = group.get("key")
    return UsageRow(
        key=key,
        key_name=names.get(key) if key is not None else None,
        model=group.get("model"),
        day=group.get("day"),
        megapixels=facts.get("pixels", 0) / 1e6,
        **counts,
    )
