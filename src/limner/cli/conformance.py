"""`limner conformance`: any server that claims the Seedream image API, held against the contract's cases."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from limner.cli.failures import REQUEST_FAILED, USAGE, RemoteError, reported, stop

if TYPE_CHECKING:
    from rich.console import Console

    from limner.conformance.case import Case
    from limner.conformance.report import Report
    from limner.conformance.runner import Outcome
    from limner.conformance.target import Target

EXTRA_PACKAGES = ("openai", "volcenginesdkarkruntime")
KEY_VARIABLES = ["LIMNER_API_KEY", "ARK_API_KEY"]
INTERRUPTED = 130


def conformance(
    base_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="As an SDK takes it, with the version: https://host/api/v3."),
    ] = None,
    api_key: Annotated[
        str | None, typer.Option(metavar="KEY", envvar=KEY_VARIABLES, help="The server's API key.")
    ] = None,
    models: Annotated[
        str,
        typer.Option(
            metavar="FAMILY=MODEL,...",
            help="What it calls its 3.0, seededit, 4.0, 4.5 and 5.0; FAMILY= has none. Else its list says.",
        ),
    ] = "",
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="AREA|CASE", help="Only these, * stands for anything; several by commas."),
    ] = None,
    cheap: Annotated[
        bool, typer.Option("--cheap", help="What is refused, and of claims with a picture the first row.")
    ] = False,
    own_choices: Annotated[
        bool, typer.Option("--own-choices", help="Also what the contract leaves open and Limner decided.")
    ] = False,
    timeout_s: Annotated[
        float, typer.Option("--timeout-s", metavar="SECONDS", min=1, help="For each part of an answer.")
    ] = 600.0,
    save: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="For bodies too long for a command, and binary ones."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
    as_list: Annotated[
        bool,
        typer.Option("--list", help="Print the cases and how many pictures each makes, and ask nothing."),
    ] = False,
) -> None:
    """Hold a server that speaks the Seedream image API against the contract.

    The exit code is 1 when a case is broken, 2 when none was asked.
    """
    _require_extra()
    from limner.conformance.report import Report

    cases = _select(only or [], cheap)
    if as_list:
        _print_list([case for case in cases if own_choices or not case.own_choice])
        return
    with reported():
        target = _target(base_url, api_key, _parsed(models), own_choices, timeout_s)
    _make_folder(save)
    report = Report(target, *_run(target, cases), save)
    _print(report, as_json)
    raise typer.Exit(_exit_code(report))


def _exit_code(report: Report) -> int:
    if report.was_interrupted:
        return INTERRUPTED
    if report.is_empty:
        return USAGE
    return REQUEST_FAILED if report.broken else 0


def _make_folder(folder: Path | None) -> None:
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"--save {folder}: {os.strerror(error.errno or 0)}")


def _require_extra() -> None:
    missing = [name for name in EXTRA_PACKAGES if find_spec(name) is None]
    if missing:
        stop(f"the suite needs {' and '.join(missing)}: pip install 'limner[conformance]'")


def _select(patterns: Iterable[str], cheap: bool) -> list[Case]:
    """The cases that were asked for. Own choices are among them: a run tells of those that it leaves out."""
    from limner.conformance.suite import CASES

    wanted = [pattern.strip() for each in patterns for pattern in each.split(",") if pattern.strip()]
    for pattern in wanted:
        if not any(_matches(case, pattern) for case in CASES):
            stop(f"--only {pattern}: there is no such area or case; --list shows them")
    named = [case for case in CASES if not wanted or any(_matches(case, pattern) for pattern in wanted)]
    return [case for case in named if case.is_cheap or not cheap]


def _matches(case: Case, pattern: str) -> bool:
    """By area, by id, or by id without its row; brackets are part of an id and no class of characters."""
    escaped = pattern.replace("[", "[[]")
    names = (case.area, case.id, case.id.partition("[")[0])
    return any(fnmatchcase(name, escaped) for name in names)


def _parsed(models: str) -> dict[str, str]:
    """Family to model of --models; an empty model stands for a family that is not offered."""
    from limner.conformance.target import SPELLINGS

    given: dict[str, str] = {}
    for pair in filter(None, (pair.strip() for pair in models.split(","))):
        family, equals, model = pair.partition("=")
        if not equals or family not in SPELLINGS:
            stop(f"--models {pair}: expected FAMILY=MODEL, of the families {', '.join(SPELLINGS)}")
        given[family] = model
    return given


def _target(
    base_url: str | None, api_key: str | None, given: Mapping[str, str], own_choices: bool, timeout_s: float
) -> Target:
    """The server, and what it offers. Raises RemoteError if no case can be run against it."""
    from limner.conformance.families import Unusable, offered_models
    from limner.conformance.target import Target

    if not api_key:
        stop(f"--api-key is needed, or {' or '.join(KEY_VARIABLES)} in the environment")
    url = _with_version(base_url)
    target = Target(url, api_key, own_choices=own_choices, timeout_s=timeout_s)
    try:
        models = offered_models(target, given)
    except Unusable as error:
        raise RemoteError("ServerUnusable", str(error)) from error
    return replace(target, models=models)


def _with_version(base_url: str | None) -> str:
    """The base URL as SDKs need it: that of a bare host is taken to be OpenAI's, /v1."""
    parts = urlsplit(base_url or "")
    if base_url is None or parts.scheme not in ("http", "https") or not parts.hostname:
        stop("--base-url is needed: http:// or https://, a host, and the path before /images/generations")
    return base_url.rstrip("/") if parts.path.strip("/") else f"{parts.scheme}://{parts.netloc}/v1"


def _run(target: Target, cases: Sequence[Case]) -> tuple[list[Outcome], bool]:
    """The outcomes, and whether Ctrl-C ended them early. Tells on stderr how far it is."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from limner.conformance.runner import outcomes

    console = Console(stderr=True)
    asked = [case for case in cases if target.own_choices or not case.own_choice]
    most = sum(case.pictures for case in asked)
    console.print(f"{len(asked)} cases, at most {most} pictures, against {target.base_url}", soft_wrap=True)
    found: list[Outcome] = []
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=len(cases))
        try:
            for outcome in outcomes(target, cases):
                found.append(outcome)
                progress.update(bar, advance=1, description=outcome.case.area)
                _tell(outcome, progress.console)
        except KeyboardInterrupt:
            return found, True
    return found, False


def _tell(outcome: Outcome, console: Console) -> None:
    if outcome.result == "broken":
        console.print(
            f"broken  {outcome.case.id}  {outcome.case.title}", soft_wrap=True, markup=False, highlight=False
        )


def _print(report: Report, as_json: bool) -> None:
    from rich.console import Console

    from limner.conformance.table import print_report

    if as_json:
        typer.echo(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    else:
        print_report(report, Console())


def _print_list(cases: Sequence[Case]) -> None:
    for case in cases:
        typer.echo(f"{case.id:<36} {case.pictures:>3}  {case.title}")
    typer.echo(f"{len(cases)} cases, at most {sum(case.pictures for case in cases)} pictures")
