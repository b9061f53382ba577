from __future__ import annotations

import subprocess
import sys

from typer.testing import CliRunner

from limner import __version__
from limner.cli.main import app
from limner.settings_table import describe

HEAVY = {"torch", "ray", "numpy", "cv2", "PIL", "fastapi", "starlette", "uvicorn", "httpx"}


def test_help_names_every_command() -> None:
    shown = CliRunner().invoke(app, ["--help"]).output
    assert all(f" {name} " in shown for name in ("serve", "generate", "models", "keys", "usage"))


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from limner.__main__ import main; sys.argv = ['limner', '--help']\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(run.stderr.split()) & HEAVY == set()


def test_version_is_the_package_s() -> None:
    assert CliRunner().invoke(app, ["--version"]).output == f"limner {__version__}\n"


def test_python_dash_m_is_the_same_command() -> None:
    run = subprocess.run([sys.executable, "-m", "limner", "--version"], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, f"limner {__version__}\n")


def test_serve_has_an_option_for_every_setting_but_secrets() -> None:
    shown = CliRunner().invoke(app, ["serve", "--help"], terminal_width=120).output
    for row in describe():
        assert (f"--{row.name.replace('_', '-')} " in shown) != row.secret, row.name


def test_an_unknown_command_is_a_usage_error() -> None:
    assert CliRunner().invoke(app, ["paint"]).exit_code == 2


def test_a_worker_that_imports_the_script_loads_no_command_line() -> None:
    script = "import limner.__main__, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) & (HEAVY | {"typer", "rich", "pydantic"}) == set()
