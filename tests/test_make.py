"""What make and the end of a test run tell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MARKED = """
import pytest

def test_plain(): pass

@pytest.mark.slow
def test_slow(): pass

@pytest.mark.gpu
def test_gpu(): pytest.skip("no GPU here")
"""
SKIPPED = """
import pytest

def test_skipped(): pytest.skip("no reason")
"""


def make(*args: str, **environment: str) -> str:
    clean = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL")}
    run = subprocess.run(
        ["make", "--dry-run", *args],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


def run_tests(folder: Path, source: str, *args: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "conftest.py", folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "tests").mkdir()
    (folder / "tests" / "test_it.py").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_serve_passes_on_what_is_written_on_its_command_line() -> None:
    assert "limner serve --host '0.0.0.0' --port '9000' --engine 'fake'" in " ".join(
        make("serve", "HOST=0.0.0.0", "PORT=9000", "ENGINE=fake").split()
    )


def test_serve_takes_no_host_from_the_environment() -> None:
    assert "--host" not in make("serve", HOST="x86_64-conda-linux-gnu")


def test_test_and_test_all_together_run_no_test_twice() -> None:
    runs = [line for line in make("test", "test-all").splitlines() if "pytest -m" in line]
    assert len(runs) == 2
    assert "-m 'not (slow or gpu or needs_more)'" in runs[0]
    assert "-m 'slow or gpu or needs_more'" in runs[1]


@pytest.mark.parametrize("target", ["install", "serve", "install-dev", "test", "check", "bench"])
def test_no_target_but_test_all_installs_torch(target: str) -> None:
    assert "torch" not in make("--always-make", target)


def test_test_all_installs_torch_alone_and_then_the_engine() -> None:
    lines = make("--always-make", "test-all").splitlines()
    installs = [line for line in lines if "pip install" in line]
    assert [line.split()[-1] for line in installs[-2:]] == ["torch==2.13.0", "'.[diffusers,diffusers-fp8]'"]
    assert lines.index(installs[-1]) < next(i for i, line in enumerate(lines) if "-m 'slow or" in line)


def test_test_all_without_chromium_says_what_is_missing_before_anything_runs(tmp_path: Path) -> None:
    lines = make("test-all").splitlines()
    assert "needs Chromium" in lines[0]
    command = ["make", "needs-chromium", f"CHROMIUM={tmp_path / 'chromium'}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode != 0
    assert f"make test-all needs Chromium, and there is no {tmp_path / 'chromium'}" in run.stdout


@pytest.mark.parametrize("spread", [[], ["-n", "2"]])
def test_a_run_names_what_it_left_out(tmp_path: Path, spread: list[str]) -> None:
    run = run_tests(tmp_path, MARKED, "-m", "not (slow or gpu or needs_more)", *spread)
    assert run.returncode == 0
    assert "Left out: 1 marked slow, 1 marked gpu. `make test-all` runs them." in run.stdout


@pytest.mark.parametrize(("args", "code"), [([], 0), (["--no-skips"], 1), (["--no-skips", "-n", "2"], 1)])
def test_a_skipped_test_fails_only_where_none_may_be_skipped(
    tmp_path: Path, args: list[str], code: int
) -> None:
    run = run_tests(tmp_path, SKIPPED, *args)
    assert run.returncode == code
    assert ("FAILED, for they were skipped: tests/test_it.py::test_skipped" in run.stdout) == bool(code)


def test_tests_that_need_a_gpu_may_be_skipped_and_are_counted(tmp_path: Path) -> None:
    run = run_tests(tmp_path, MARKED, "--no-skips")
    assert run.returncode == 0
    assert "Skipped, for there is no GPU: 1." in run.stdout
