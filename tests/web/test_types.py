"""The types that the page's modules write down hold, by TypeScript's checker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import limner

pytestmark = pytest.mark.needs_more
MODULES = Path(limner.__file__).parent / "web/static/js"
TSC = Path(sys.prefix) / "node/node_modules/typescript/bin/tsc"
FLAGS = (
    *("--noEmit", "--allowJs", "--checkJs", "--strict", "--noImplicitAny", "false"),
    *("--target", "es2024", "--module", "es2022", "--moduleResolution", "bundler"),
    *("--lib", "es2024,dom,dom.iterable,dom.asynciterable"),
)


def check(path: Path) -> str:
    """What the checker says of a module and of all that it imports."""
    command = ["node", str(TSC), *FLAGS, str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120).stdout


def test_the_modules_fit_together() -> None:
    assert check(MODULES / "main.js") == ""


def test_a_module_that_does_not_fit_is_seen(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.js"
    wrong.write_text("/** @param {number} count */\nconst twice = (count) => 2 * count;\ntwice('two');\n")
    assert "TS2345" in check(wrong)
