"""The documentation as a site, built once for the tests of this folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from doc_tables.pages import ROOT, text_of


def _build(folder: Path, config: str) -> subprocess.CompletedProcess[str]:
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="session")
def build() -> Callable[[Path, str], subprocess.CompletedProcess[str]]:
    """Builds the pages in a folder's docs/, as `make docs` does."""
    return _build


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with our own pages, built."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "docs", folder / "docs")
    built = _build(folder, text_of("mkdocs.yml"))
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "build" / "site"
