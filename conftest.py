"""What every run of the tests says at its end: which tests it left out, and which were skipped.

--no-skips makes a skipped test a failure; tests marked gpu are excepted, and counted aloud. Where several
processes run the tests, each of them knows all that is left out and tells it to the one that speaks.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

LEFT_OUT_BY_DEFAULT = ("slow", "gpu", "needs_more")


class Tally:
    """Counts what did not run."""

    def __init__(self, *, no_skips: bool) -> None:
        self.no_skips = no_skips
        self.left_out: Counter[str] = Counter()
        self.skipped: list[str] = []
        self.skipped_gpu: list[str] = []
        self.not_collected: list[str] = []

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        for item in items:
            marks = [mark for mark in LEFT_OUT_BY_DEFAULT if item.get_closest_marker(mark)]
            self.left_out.update(marks or ["other"])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            (self.skipped_gpu if "gpu" in report.keywords else self.skipped).append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.skipped.append(report.nodeid)
            self.not_collected.append(report.nodeid)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A process of xdist's ends. All of them have collected the same tests."""
        told = getattr(node, "workeroutput", {})
        self.left_out = Counter(told.get("left_out", {}))
        self.skipped += [name for name in told.get("not_collected", ()) if name not in self.skipped]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        workeroutput = getattr(session.config, "workeroutput", None)
        if workeroutput is not None:
            workeroutput["left_out"] = dict(self.left_out)
            workeroutput["not_collected"] = self.not_collected
            return
        if self.no_skips and self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for line in self.lines():
            terminalreporter.write_line(line)

    def lines(self) -> list[str]:
        lines = []
        marked = [
            f"{self.left_out[mark]} marked {mark}" for mark in LEFT_OUT_BY_DEFAULT if self.left_out[mark]
        ]
        if marked:
            lines.append(f"Left out: {', '.join(marked)}. `make test-all` runs them.")
        if self.skipped_gpu:
            lines.append(f"Skipped, for there is no GPU: {len(self.skipped_gpu)}.")
        if self.no_skips and self.skipped:
            lines.append(f"FAILED, for they were skipped: {', '.join(self.skipped)}")
        return lines


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failure, unless marked gpu")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Tally(no_skips=bool(config.getoption("no_skips"))))
