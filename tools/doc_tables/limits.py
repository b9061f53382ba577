"""What the modules say of themselves that they do not cover, collected from their docstrings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from doc_tables.markdown import code, table

SOURCE = Path(__file__).parents[2] / "src" / "limner"
MARK = "Not covered:"


def open_ends() -> str:
    """A row a module that ends with "Not covered"."""
    return table(("module", "not covered"), ((code(module), text) for module, text in found()))


def found() -> Iterator[tuple[str, str]]:
    """The modules that leave something open, and what."""
    for file in sorted(SOURCE.rglob("*.py")):
        docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        _, mark, text = docstring.partition(MARK)
        if mark:
            yield str(file.relative_to(SOURCE)), " ".join(text.split("\n\n")[0].split())
