"""What pages hold: sections, code blocks, commands; and a run of an example against another server."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES_SERVER = "http://127.0.0.1:8000"
"""The server that examples speak to."""


def text_of(page: str) -> str:
    """A page by its path from the root of the repository."""
    return (ROOT / page).read_text(encoding="utf-8")


def section(page: str, title: str) -> str:
    """What stands below a heading, up to the next one of its level or a higher one. Raises ValueError."""
    found = re.search(rf"^(#+) {re.escape(title)}$", text_of(page), re.MULTILINE)
    if found is None:
        raise ValueError(f"{page} has no heading {title!r}")
    rest = text_of(page)[found.end() :]
    return re.split(rf"^#{{1,{len(found[1])}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def blocks(page: str, language: str, title: str = "") -> list[str]:
    """The code blocks of one language, of a whole page or of what stands below a heading."""
    text = section(page, title) if title else text_of(page)
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(page: str, name: str) -> list[str]:
    """The shell lines of a page that call one command, continued lines joined."""
    lines = "\n".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()
    return [line for line in lines if line.startswith(name)]


def run_against(base_url: str, command: list[str], api_key: str, *, folder: Path | None = None) -> str:
    """What an example prints when base URL and key are those of a running server."""
    local = [word.replace(PAGES_SERVER, base_url) for word in command]
    environment = {"LIMNER_API_KEY": api_key, "NO_PROXY": "127.0.0.1", "PATH": "/usr/bin:/bin"}
    run = subprocess.run(local, env=environment, capture_output=True, text=True, cwd=folder)
    if run.returncode:
        raise AssertionError(f"{command[-1]}\nended with {run.returncode}:\n{run.stderr}")
    return run.stdout
