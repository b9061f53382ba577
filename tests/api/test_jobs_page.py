"""The programs on the page on jobs run, and do what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from limner.testing import RunningServer

PAGE = Path(__file__).parents[2] / "docs" / "jobs.md"


def run(program: str, server: RunningServer) -> list[str]:
    """The lines that a program prints."""
    environment = {**os.environ, "LIMNER_URL": server.base_url, "LIMNER_API_KEY": server.api_key}
    environment["NO_PROXY"] = "127.0.0.1"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_programs_on_the_page_do_what_it_says(server: RunningServer) -> None:
    following, retrying = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    told = run(following, server)
    assert told[0] == "job.queued" and told[-2] == "job.done"
    assert told[-1].startswith(server.base_url)
    first, second = run(retrying, server)
    assert first.partition("?")[0] == second.partition("?")[0]
