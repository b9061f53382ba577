"""The documentation as a site: whole, and complete without a network."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeAlias

import pytest
from doc_tables.pages import ROOT, text_of

Builder: TypeAlias = Callable[[Path, str], subprocess.CompletedProcess[str]]
LOADING = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}
"""Elements that fetch by themselves, and the attribute that says what."""
FETCHED_LATER = re.compile(r'class="[^"]*\b(mermaid|glightbox|pyodide|arithmatex)\b')
"""What the theme's script fetches more for, from other hosts."""


class Loads(HTMLParser):
    """Collects what a page fetches by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.urls += [value for name, value in attrs if value and LOADING.get(tag) == name]


def test_every_page_is_in_the_site_and_in_its_navigation(site: Path) -> None:
    named = re.findall(
        r"^ *- .*: ([\w-]+\.md)$", text_of("mkdocs.yml").partition("\nnav:\n")[2], re.MULTILINE
    )
    assert sorted(named) == sorted(page.name for page in (ROOT / "docs").glob("*.md"))
    assert [page for page in named if not (site / page).with_suffix(".html").is_file()] == []


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        loads = Loads()
        loads.feed(text)
        assert [url for url in loads.urls if re.match(r"(https?:)?//", url)] == [], page.name
        assert FETCHED_LATER.search(text) is None, page.name
        assert loads.urls


def test_no_style_asks_another_host_for_anything(site: Path) -> None:
    styles = [file.read_text(encoding="utf-8") for file in site.rglob("*.css")]
    assert styles
    assert [style for style in styles if re.search(r"url\(['\"]?(https?:)?//|@import", style)] == []


@pytest.mark.parametrize("link", ["nowhere.md", "quickstart.md#nowhere", "#nowhere"])
def test_a_link_that_leads_nowhere_stops_the_build(link: str, build: Builder, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "quickstart.md").write_text("# Quickstart\n", encoding="utf-8")
    (tmp_path / "docs" / "index.md").write_text(f"# Start\n\n[there]({link})\n", encoding="utf-8")
    built = build(tmp_path, "site_name: Limner\ntheme:\n  font: false\n")
    assert built.returncode != 0
    assert "does not exist" in built.stdout + built.stderr
