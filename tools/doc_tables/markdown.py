"""Rows as Markdown."""

from __future__ import annotations

from collections.abc import Iterable


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells as Markdown."""
    heads = tuple(head)
    lines = [heads, ("---",) * len(heads), *rows]
    made = [f"| {' | '.join(line)} |" for line in lines]
    made[1] = "|" + "---|" * len(heads)
    return "\n".join(made) + "\n"


def code(text: str) -> str:
    """Text as code that may stand in a cell."""
    return f"`{text.replace('|', chr(92) + '|')}`"


def codes(texts: Iterable[str]) -> str:
    """Several, separated by commas; a hyphen for none."""
    return ", ".join(map(code, texts)) or "-"


def sentence(docstring: str | None) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((docstring or "").strip().split("\n\n")[0].split())
