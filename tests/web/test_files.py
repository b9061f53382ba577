"""The page's files: small, written by the house's rules, and the same in both languages."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import limner

STATIC = Path(limner.__file__).parent / "web" / "static"
FILES = sorted(path for path in STATIC.rglob("*") if path.is_file())
MODULES = [path for path in FILES if path.suffix == ".js"]
MOST_BYTES = 100_000
MOST_LINES = 300
MARKUP = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment"
    r"|DOMParser|srcdoc|document\.write|eval|new Function|javascript:)\b"
)
INLINE = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)
FOREIGN = re.compile(r"https?://(?!127\.0\.0\.1|localhost|www\.w3\.org/(2000/svg|1999/xlink)\b)")
KEY = re.compile(r"""\b(?:t|tLabel|tTitle|tPlaceholder|tAlt)\s*[(:]\s*["'](\w+\.[\w.]+)["']""")
ATTRIBUTE = re.compile(r'data-t(?:-label)?="([\w.]+)"')
BLANK = re.compile(r"\{(\w+)\}")
ENTRY = re.compile(r'^\s*"([\w.]+)":\s*(?:\n\s*)?"((?:[^"\\]|\\.)*)",?$', re.MULTILINE)


def name(path: Path) -> str:
    return str(path.relative_to(STATIC))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def words_of(language: str) -> dict[str, str]:
    """The texts of a language by key."""
    lines = text_of(STATIC / "js" / f"words.{language}.js")
    words = dict(ENTRY.findall(lines))
    assert len(words) == len(re.findall(r'^\s*"[\w.]+":', lines, re.MULTILINE)), "a key twice, or unread"
    return words


def test_the_page_is_small_as_it_is_sent() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in FILES) < MOST_BYTES


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_owns_and_owns_one_thing(path: Path) -> None:
    lines = text_of(path).splitlines()
    assert lines[0].startswith(("// ", "/**"))
    assert len(lines) <= MOST_LINES or path.name.startswith("words.")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_makes_markup_or_code_of_text(path: Path) -> None:
    assert MARKUP.findall(text_of(path)) == []


def test_the_document_holds_neither_scripts_nor_styles() -> None:
    assert INLINE.findall(text_of(STATIC / "index.html")) == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_file_names_another_host(path: Path) -> None:
    assert FOREIGN.findall(text_of(path)) == []


def test_both_languages_have_the_same_texts_with_the_same_blanks() -> None:
    english, chinese = words_of("en"), words_of("zh")
    forms = {key for key in english if key.endswith(".one")}
    assert sorted(set(english) - forms) == sorted(set(chinese) - {key for key in chinese if key in forms})
    blanks = {
        key: (set(BLANK.findall(english[key])), set(BLANK.findall(text)))
        for key, text in chinese.items()
        if key in english
    }
    assert {key: both for key, both in blanks.items() if both[0] != both[1]} == {}


def test_every_text_that_is_asked_for_is_there() -> None:
    asked = {key for path in MODULES for key in KEY.findall(text_of(path))}
    asked |= set(ATTRIBUTE.findall(text_of(STATIC / "index.html")))
    assert asked
    assert sorted(asked - set(words_of("en"))) == []


def test_no_text_is_there_for_nothing() -> None:
    """Keys that modules put together begin with what stands in them before the blank."""
    source = "".join(text_of(path) for path in [*MODULES, STATIC / "index.html"] if "words." not in path.name)
    stems = tuple(stem for stem in re.findall(r"[\"'`]([\w.]+\.)[\"'`$]", source))
    unused = [
        key
        for key in words_of("en")
        if f'"{key.removesuffix(".one")}"' not in source and not (stems and key.startswith(stems))
    ]
    assert unused == []
