"""`limner keys`: the keys of this installation, in the database that the settings name.

It may run beside the server, which learns within two seconds what has changed.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from limner.cli.failures import reported, stop

if TYPE_CHECKING:
    from rich.table import Table

    from limner.config import Settings
    from limner.ledger.keys import KeyRecord, KeyTable

T = TypeVar("T")
DAY_S = 86400
HEADINGS = (
    "name",
    "state",
    "models",
    "pictures\na minute",
    "jobs\nat once",
    "pictures\na month",
    "MP\na month",
    "last day",
)
SHOWN_ONCE = "It is shown only this once."

keys = typer.Typer(help="The API keys of this installation.", no_args_is_help=True)

Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Settings file.")]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", metavar="FOLDER", help="Where pictures, keys and state are kept.")
]
Wanted = Annotated[str, typer.Argument(metavar="KEY", help="Its name or id.")]
Models = Annotated[
    str | None,
    typer.Option(
        "--models", metavar="A,B*", help="Models that it may use; * stands for anything. Default: all."
    ),
]
ImagesPerMinute = Annotated[
    int | None, typer.Option("--images-per-minute", min=1, help="Pictures of each model that it may ask for.")
]
ConcurrentJobs = Annotated[
    int | None, typer.Option("--concurrent-jobs", min=1, help="Unfinished jobs that it may have.")
]
MonthlyPictures = Annotated[
    int | None, typer.Option("--monthly-pictures", min=0, help="Pictures delivered in a month of UTC.")
]
MonthlyMegapixels = Annotated[
    float | None, typer.Option("--monthly-megapixels", min=0, help="Their pixels, in millions.")
]
Expires = Annotated[
    str | None,
    typer.Option("--expires", metavar="DAY|Nd", help="Its last day, 2026-12-31, or 30d."),
]


@keys.command()
def create(
    name: Annotated[str, typer.Argument(help="What it is called, once for all.")],
    models: Models = None,
    images_per_minute: ImagesPerMinute = None,
    concurrent_jobs: ConcurrentJobs = None,
    monthly_pictures: MonthlyPictures = None,
    monthly_megapixels: MonthlyMegapixels = None,
    expires: Expires = None,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Make a key and print it; nobody can show it again."""
    from limner.errors import RowConflict
    from limner.keys import NAME_PATTERN, Limits, digest_of, make_key

    if not re.fullmatch(NAME_PATTERN, name):
        stop("a name is up to 64 letters, digits, dots, hyphens and underscores")
    limits = Limits(
        _patterns(models), images_per_minute, concurrent_jobs, monthly_pictures, monthly_megapixels
    )
    expires_at = None if expires is None else expiry(expires, time.time())
    secret = make_key()

    async def add(table: KeyTable) -> None:
        try:
            await table.add(digest_of(secret.encode()), name, limits, expires_at)
        except RowConflict:
            stop(f"there is, or was, a key named {name}: a name is given once")

    _with_table(data_dir, config, add)
    typer.echo(secret)
    typer.echo(SHOWN_ONCE, err=True)


@keys.command(name="list")
def list_keys(
    data_dir: DataDir = None,
    config: Config = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every limit.")] = False,
) -> None:
    """List the keys, revoked ones too; none can be shown again."""
    from rich.console import Console

    records = _with_table(data_dir, config, lambda table: table.list())
    if as_json:
        typer.echo(json.dumps([record.to_json(time.time()) for record in records], indent=2))
    else:
        Console().print(_table(records))


@keys.command()
def rotate(wanted: Wanted, data_dir: DataDir = None, config: Config = None) -> None:
    """Put a new key in a key's place, and print it: name, limits and bill stay; the old one ends."""
    from limner.keys import digest_of, make_key

    secret = make_key()

    async def put(table: KeyTable) -> None:
        record = await _find(table, wanted)
        if not await table.rotate(record.key.id, digest_of(secret.encode())):
            stop(f"{record.key.name} is revoked")

    _with_table(data_dir, config, put)
    typer.echo(secret)
    typer.echo(SHOWN_ONCE, err=True)


@keys.command()
def revoke(wanted: Wanted, data_dir: DataDir = None, config: Config = None) -> None:
    """End a key for good. What it has used stays on the bill."""

    async def end(table: KeyTable) -> KeyRecord:
        record = await _find(table, wanted)
        if not await table.revoke(record.key.id):
            stop(f"{record.key.name} is revoked already")
        return record

    typer.echo(f"{_with_table(data_dir, config, end).key.name} is revoked.")


def expiry(text: str, now: float) -> float:
    """When a key expires: at the end of a day, YYYY-MM-DD in UTC, or in so many days."""
    if match := re.fullmatch(r"(\d{1,5})d", text):
        return now + int(match[1]) * DAY_S
    try:
        end = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).timestamp() + DAY_S
    except ValueError:
        stop(f"--expires {text}: expected a day, YYYY-MM-DD, or a number of days such as 30d")
    if end <= now:
        stop(f"--expires {text}: that day is over")
    return end


def _patterns(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


async def _find(table: KeyTable, wanted: str) -> KeyRecord:
    record = await table.find(wanted)
    if record is None:
        stop(f"there is no key {wanted!r}; `limner keys list` shows those that there are")
    return record


def _with_table(data_dir: Path | None, config: Path | None, use: Callable[[KeyTable], Awaitable[T]]) -> T:
    """What use makes of the keys of these settings."""
    from limner.config import load_settings

    with reported():
        return asyncio.run(_use(load_settings({"data_dir": data_dir}, file=config), use))


async def _use(settings: Settings, use: Callable[[KeyTable], Awaitable[T]]) -> T:
    from limner.keys import take_over_kept_key
    from limner.ledger.keys import KeyTable
    from limner.ledger.opening import open_database

    async with open_database(settings) as database:
        table = KeyTable(database)
        await take_over_kept_key(table, settings.data_dir)
        return await use(table)


def _table(records: tuple[KeyRecord, ...]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in HEADINGS:
        is_long = heading in ("name", "models")
        table.add_column(heading, overflow="fold" if is_long else "ellipsis", no_wrap=not is_long)
    now = time.time()
    for record in records:
        table.add_row(record.key.name, record.state(now), *_limits(record))
    return table


def _limits(record: KeyRecord) -> tuple[str, ...]:
    limits, expires_at = record.key.limits, record.key.expires_at
    counts = (
        limits.images_per_minute,
        limits.concurrent_jobs,
        limits.monthly_pictures,
        limits.monthly_megapixels,
    )
    last_day = "-" if expires_at is None else f"{datetime.fromtimestamp(expires_at - 1, UTC):%Y-%m-%d}"
    shown = ("-" if count is None else f"{count:g}" for count in counts)
    return (" ".join(limits.models) or "all", *shown, last_day)
