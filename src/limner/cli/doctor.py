"""`limner doctor`: whether a server could work with these settings, and what to do where it could not.

It does what a server does at its start and leaves nothing behind but a database and a data_dir that are new.
Secrets are struck out of whatever is shown.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote, urlsplit

import typer

if TYPE_CHECKING:
    from limner.cli.checkup import Finding, State
    from limner.config import Settings

COLOURS: dict[State, str] = {"ok": "green", "warning": "yellow", "failed": "red"}
SECRET_WORDS = ("key", "secret", "token", "password", "credential", "sas")
"""Words in the names of those storage_options that are not shown."""


def doctor(
    config: Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Settings file.")] = None,
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", metavar="FOLDER", help="Where pictures, keys and state are kept."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Check settings, data_dir, database, storage and engines, and say what to do.

    Settings come from the environment and the file. The exit code is 1 when a check has failed.
    """
    findings = asyncio.run(_collect(config, data_dir, show=not as_json))
    has_failed = any(finding.state == "failed" for finding in findings)
    if as_json:
        whole = {"ok": not has_failed, "findings": [asdict(finding) for finding in findings]}
        typer.echo(json.dumps(whole, indent=2, ensure_ascii=False))
    raise typer.Exit(int(has_failed))


async def _collect(config: Path | None, data_dir: Path | None, *, show: bool) -> list[Finding]:
    findings = []
    async for finding in _examine(config, data_dir):
        findings.append(finding)
        if show:
            _show(finding)
    return findings


async def _examine(config: Path | None, data_dir: Path | None) -> AsyncIterator[Finding]:
    from limner.cli.checkup import Finding, examine
    from limner.config import load_settings
    from limner.errors import ConfigError

    try:
        settings = load_settings({"data_dir": data_dir}, file=config)
    except ConfigError as error:
        yield Finding("settings", "failed", str(error), "Correct it where it is set.")
        return
    hidden = _secrets(settings)
    async for finding in examine(settings):
        yield replace(finding, found=_without(hidden, finding.found))


def _show(finding: Finding) -> None:
    state = typer.style(f"{finding.state:<8}", fg=COLOURS[finding.state])
    typer.echo(f"{state} {finding.check:<12} {finding.found}")
    if finding.advice:
        typer.echo(f"{'':<21} {finding.advice}")


def _without(hidden: Iterable[str], text: str) -> str:
    for secret in hidden:
        text = text.replace(secret, "***")
    return text


def _secrets(settings: Settings) -> list[str]:
    """Every text that must not be shown, the longest first."""
    from limner.config import is_secret

    values = [getattr(settings, name) for name in type(settings).model_fields if is_secret(name)]
    whole = {value for value in values if isinstance(value, str)}
    encoded = {urlsplit(url).password or "" for url in whole if "://" in url}
    passwords = encoded | {unquote(password) for password in encoded}
    options = settings.storage_options.items()
    named = {value for name, value in options if any(word in name.lower() for word in SECRET_WORDS)}
    return sorted((whole | passwords | named) - {""}, key=len, reverse=True)
