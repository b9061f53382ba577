"""The engine that the documentation writes is one."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from doc_tables.pages import blocks
from PIL import Image

PAGE = "docs/engines.md"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder that holds the example, installed as far as entry points go."""
    folder = tmp_path / "site"
    metadata = folder / "gradient-1.0.dist-info"
    metadata.mkdir(parents=True)
    (module,) = blocks(PAGE, "python")
    project = tomllib.loads(blocks(PAGE, "toml", "Write one")[0])
    ((group, names),) = project["project"]["entry-points"].items()
    lines = [f"[{group}]", *(f"{name} = {target}" for name, target in names.items())]
    (folder / "gradient_engine.py").write_text(module, encoding="utf-8")
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: gradient\nVersion: 1.0\n", encoding="utf-8"
    )
    (metadata / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


def limner(package: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(package), "LIMNER_DATA_DIR": str(package / "data")}
    command = [sys.executable, "-m", "limner", *words]
    return subprocess.run(command, cwd=package, env=environment, capture_output=True, text=True)


def gradient(package: Path, file: str, *words: str) -> Image.Image:
    made = limner(
        package, "generate", "a sunset", "--engine", "gradient", "-o", file, "--no-watermark", *words
    )
    assert made.returncode == 0, made.stderr
    with Image.open(package / made.stdout.splitlines()[-1]) as picture:
        return picture.convert("RGB")


def test_the_engine_of_the_page_makes_a_picture_of_the_size_and_seed_that_are_asked_for(
    package: Path,
) -> None:
    picture = gradient(package, "sunset.png", "--seed", "7", "--size", "2560x1440")
    assert picture.size == (2560, 1440)
    assert picture.getpixel((0, 0)) == picture.getpixel((2559, 0)) != picture.getpixel((0, 1439))
    assert gradient(package, "again.png", "--seed", "7", "--size", "2560x1440") == picture
    assert gradient(package, "other.png", "--seed", "8", "--size", "2560x1440") != picture


def test_a_picture_of_its_series_can_be_made_again_alone(package: Path) -> None:
    last = gradient(package, "series.png", "--seed", "7", "--size", "2560x1440", "--series", "3")
    assert gradient(package, "alone.png", "--seed", "9", "--size", "2560x1440") == last


def test_the_doctor_finds_it_in_order(package: Path) -> None:
    (package / "limner.toml").write_text('engine = "gradient"\n', encoding="utf-8")
    found = limner(package, "doctor")
    assert found.returncode == 0, found.stdout
    assert "gradient" in found.stdout
