"""`limner usage`: the bill, as a table, as CSV or as JSON, from the database that the settings name."""

from __future__ import annotations

import asyncio
import csv
import json
import sys
import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from limner.cli.failures import reported, stop

if TYPE_CHECKING:
    from limner.config import Settings
    from limner.ledger.usage import Dimension, UsageRow

COLUMNS: tuple[tuple[str, Callable[[UsageRow], str]], ...] = (
    ("requests", lambda row: f"{row.requests:,}"),
    ("not\ndone", lambda row: f"{row.refused + row.failed + row.cancelled:,}"),
    ("pictures", lambda row: f"{row.pictures:,}"),
    ("MP", lambda row: f"{row.megapixels:,.1f}"),
    ("MB", lambda row: f"{row.bytes / 1e6:,.1f}"),
)
"""The numbers of the table: for a narrow terminal; CSV and JSON have them all."""


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def usage(
    by: Annotated[str, typer.Option("--by", metavar="KEY,MODEL,DAY", help="What to tell apart.")] = "key",
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="First day in UTC, 2026-12-01.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Last day. Without both: this month.")
    ] = None,
    shape: Annotated[Format, typer.Option("--format", help="How it is printed.")] = Format.TABLE,
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", metavar="FOLDER", help="Where pictures, keys and state are kept."),
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Settings file.")] = None,
) -> None:
    """Show what was asked and delivered: requests, pictures, megapixels, tokens, bytes."""
    from limner.config import load_settings
    from limner.errors import InvalidParameter
    from limner.ledger.usage import dimensions, period

    try:
        names = dimensions(by.lower())
        begin, end = period(since, until, time.time())
    except InvalidParameter as error:
        stop(error.message)
    with reported():
        settings = load_settings({"data_dir": data_dir}, file=config)
        rows = asyncio.run(_report(settings, names, begin, end))
    PRINTERS[shape](rows, names)


async def _report(
    settings: Settings, by: Sequence[Dimension], begin: float, end: float
) -> tuple[UsageRow, ...]:
    from limner.ledger.opening import open_database
    from limner.ledger.usage import Usage

    async with open_database(settings) as database:
        return await Usage(database).report(by, begin, end)


def _print_table(rows: Sequence[UsageRow], by: Sequence[Dimension]) -> None:
    from rich.console import Console
    from rich.table import Table

    if not rows:
        typer.echo("Nothing was asked in this time.")
        return
    table = Table(box=None, pad_edge=False)
    for name in by:
        table.add_column(name, overflow="fold")
    for heading, _ in COLUMNS:
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        names = {"key": row.key_name or row.key, "model": row.model, "day": row.day}
        table.add_row(*(names[name] for name in by), *(shown(row) for _, shown in COLUMNS))
    Console().print(table)


def _print_csv(rows: Sequence[UsageRow], by: Sequence[Dimension]) -> None:
    from limner.ledger.usage import UsageRow

    writer = csv.DictWriter(sys.stdout, fieldnames=list(UsageRow().to_json(by)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.to_json(by) for row in rows)


def _print_json(rows: Sequence[UsageRow], by: Sequence[Dimension]) -> None:
    typer.echo(json.dumps([row.to_json(by) for row in rows], indent=2, ensure_ascii=False))


PRINTERS = {Format.TABLE: _print_table, Format.CSV: _print_csv, Format.JSON: _print_json}
