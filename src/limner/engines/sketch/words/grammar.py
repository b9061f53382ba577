"""The packaged patterns of edits, with their fragments filled in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from limner.engines.sketch.words.clauses import MARKS


@dataclass(frozen=True, slots=True)
class Grammar:
    """rules: reader and pattern in the order in which they are tried. fusion: patterns by name."""

    fragments: dict[str, str]
    rules: tuple[tuple[str, str], ...]
    fusion: dict[str, str]


@cache
def grammar() -> Grammar:
    """What the file of patterns holds."""
    tables = tomllib.loads((files(__package__) / "edit_grammar.toml").read_text("utf-8"))
    rules = tuple((str(reader), str(pattern)) for reader, pattern in tables["grammar"]["rules"])
    return Grammar({"MARKS": MARKS, **tables["fragments"]}, rules, dict(tables["fusion"]))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the grammar, ready for use."""
    fragments = grammar().fragments
    while (longer := re.sub(r"\{([A-Z_]+)\}", lambda m: fragments[m[1]], pattern)) != pattern:
        pattern = longer
    return re.compile(pattern)
