"""A report for people: counts by area, then each broken case with the request that shows it."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from limner.conformance.report import RESULTS, Evidence, Report
from limner.conformance.runner import Outcome, Result

COLOURS: dict[Result, str] = {"held": "green", "broken": "red", "left out": "dim"}
INDENT = "  "


def print_report(report: Report, console: Console) -> None:
    """Print it; commands stay on one line each, so that they can be copied."""
    for outcome in report.broken:
        _print_broken(report, outcome, console)
    console.print(_table(report))
    console.print()
    for reason, count in report.why_left_out().items():
        console.print(Text(f"{count} left out: {reason}", style="dim"))
    if report.wants_folder:
        console.print(Text("Some bodies are cut or binary: --save FOLDER writes them there", "dim"))
    console.print(Text(_verdict(report), style="bold green" if _is_good(report) else "bold red"))


def _table(report: Report) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("area", no_wrap=True)
    for result in RESULTS:
        table.add_column(result, justify="right", no_wrap=True)
    for area, counts in report.by_area().items():
        cells = [
            Text(str(counts[result]), COLOURS[result]) if counts[result] else Text("-", "dim")
            for result in RESULTS
        ]
        table.add_row(area, *cells)
    return table


def _print_broken(report: Report, outcome: Outcome, console: Console) -> None:
    case = outcome.case
    console.print(Text.assemble((case.id, "bold red"), "  ", case.title), soft_wrap=True)
    console.print(Text(f"{INDENT}section {case.section}: {report.claim(outcome)}"), soft_wrap=True)
    for evidence in report.evidence(outcome):
        console.print(Text(f"{INDENT}{evidence.curl}", "cyan"), soft_wrap=True)
        console.print(Text(_answered(evidence)), soft_wrap=True)
    console.print()


def _answered(evidence: Evidence) -> str:
    if evidence.status is None:
        return f"{INDENT}was not answered"
    return f"{INDENT}answered {evidence.status} " + evidence.answer.replace("\n", f"\n{INDENT}")


def _is_good(report: Report) -> bool:
    return not (report.broken or report.is_empty or report.was_interrupted)


def _verdict(report: Report) -> str:
    if report.is_empty:
        return "nothing was asked of the server"
    held = sum(outcome.result == "held" for outcome in report.outcomes)
    counted = f"all {held} held" if _is_good(report) else f"{held} held, {len(report.broken)} broken"
    interrupted = "interrupted: " if report.was_interrupted else ""
    return f"{interrupted}{counted}; {report.pictures} pictures were made"
