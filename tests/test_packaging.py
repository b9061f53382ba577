"""The package as others install it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

import pytest

from limner.engines.diffusers.requirements import ENGINE_PACKAGES

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
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    todo = [canonical(requirement) for requirement in project["dependencies"]]
    needed: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in needed:
            needed.add(name)
            todo += [canonical(each) for each in requires(name) if "extra ==" not in each]
    assert {"pydantic", "typing-extensions"} <= needed
    assert needed & {"torch", "ray", "diffusers", "transformers"} == set()


def test_what_the_engine_needs_to_start_is_in_its_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {
        extra: {canonical(requirement) for requirement in requirements}
        for extra, requirements in project["optional-dependencies"].items()
    }
    assert {canonical(name) for name in ENGINE_PACKAGES} <= extras["diffusers"]
    assert "torchvision" in extras["diffusers-edit"]
    assert "torchao" in extras["diffusers-fp8"]


def requires(name: str) -> list[str]:
    """What an installed package requires; nothing for what only other platforms install."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def canonical(requirement: str) -> str:
    """The name in a requirement, as package indexes compare names."""
    end = next((i for i, letter in enumerate(requirement) if letter in "[<>=!~; "), len(requirement))
    return requirement[:end].lower().replace("_", "-").replace(".", "-")
