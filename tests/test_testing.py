"""The fixture that other people's tests use, used as they use it: in a pytest of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

THEIR_TEST = """
pytest_plugins = ["limner.testing"]


def test_my_program(limner_server):
    from openai import OpenAI

    with OpenAI(base_url=limner_server.base_url + "/v1", api_key=limner_server.api_key) as client:
        ask = {"model": "doubao-seedream-4-0-250828", "prompt": "a cat", "size": "1280x720"}
        first, second = (client.images.generate(**ask).data[0] for _ in range(2))
    assert first.url.startswith(limner_server.base_url)
    assert first.seed == second.seed
"""


def test_the_fixture_gives_a_stranger_a_running_server(tmp_path: Path) -> None:
    file = tmp_path / "test_theirs.py"
    file.write_text(THEIR_TEST, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert run.returncode == 0, run.stdout
    assert "1 passed" in run.stdout
