"""The settings as options of a command: one option a row of the table, named after it.

Secrets have no option, for a command line can be read by other users: they come from the environment
or the file.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from limner.cli.failures import reported
from limner.config import Settings, load_settings
from limner.settings_table import SettingRow, describe

METAVARS = {
    "text": "TEXT",
    "whole number": "NUMBER",
    "true or false": "BOOL",
    "folder": "FOLDER",
    "list, separated by commas": "A,B",
    "list of networks, separated by commas": "A,B",
    "table; in the environment NAME=VALUE, separated by commas": "A=B,C=D",
    "tables; in the environment ENGINE.SETTING=VALUE, separated by commas": "A.B=C,A.D=E",
}


def with_settings(run: Callable[[Settings], None]) -> Callable[..., None]:
    """A command with an option for every setting and --config, which calls run with the settings in force."""

    def command(config: Path | None = None, **flags: object) -> None:
        with reported():
            run(load_settings(flags, file=config))

    command.__doc__ = run.__doc__
    parameters = [_config_parameter(), *(_parameter(row) for row in describe() if not row.secret)]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return command


def option_names(rows: Iterable[SettingRow]) -> dict[str, str]:
    """The option of every setting that has one, by the setting's name."""
    return {row.name: _option_name(row) for row in rows if not row.secret}


def _option_name(row: SettingRow) -> str:
    return "--" + row.name.replace("_", "-")


def _config_parameter() -> inspect.Parameter:
    option = typer.Option("--config", metavar="FILE", help="Settings file; limner.toml is read if it exists.")
    return _keyword("config", Annotated[Path | None, option])


def _parameter(row: SettingRow) -> inspect.Parameter:
    choices = f" One of {row.type.replace(' | ', ', ')}." if "|" in row.type else ""
    default = f" [dim]\\[{row.default}][/dim]" if row.default else ""
    metavar = METAVARS.get(row.type, "NAME")
    option = typer.Option(_option_name(row), metavar=metavar, help=row.help + choices + default)
    return _keyword(row.name, Annotated[str | None, option])


def _keyword(name: str, annotation: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
