"""The package as others install it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
NEEDED = ("pyproject.toml", "README.md", "LICENSE", "src")


@pytest.mark.slow
def test_the_wheel_has_every_file_of_the_package(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in NEEDED:
        source = ROOT / name
        skip = shutil.ignore_patterns("__pycache__", "*.egg-info")
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=skip)
        else:
            shutil.copy(source, copy)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(tmp_path), str(copy)]
    environment = {**os.environ, "PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = {name for name in ZipFile(wheel).namelist() if name.startswith("limner/")}
    files = {
        str(path.relative_to(copy / "src")) for path in (copy / "src" / "limner").rglob("*") if path.is_file()
    }
    assert packed == files


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonical(line.partition("==")[0]) for line in pins if "==" in line}
    wanted = {canonical(requirement) for group in groups for requirement in group}
    assert wanted - pinned == {"limner"}


def test_the_core_needs_neither_torch_nor_ray() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower()
    assert "torch" not in pins
    assert "ray==" not in pins


def canonical(requirement: str) -> str:
    """The name in a requirement, as package indexes compare names."""
    end = next((i for i, letter in enumerate(requirement) if letter in "[<>=!~ "), len(requirement))
    return requirement[:end].lower().replace("_", "-").replace(".", "-")
