"""The packaged patterns of edits, with their fragments filled in."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from limner.engines.sketch.words.clauses import MARKS


@cache
def tables() -> dict[str, Any]:
    """What the file of patterns holds."""
    return tomllib.loads((files(__package__) / "edit_grammar.toml").read_text("utf-8"))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the tables, ready for use."""
    fragments = {"MARKS": MARKS, **tables()["fragments"]}
    while (longer := re.sub(r"\{([A-Z_]+)\}", lambda m: str(fragments[m[1]]), pattern)) != pattern:
        pattern = longer
    return re.compile(pattern)
