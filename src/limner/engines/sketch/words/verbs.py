"""The words of edits: filters, regions, sides, sizes and amounts, found in a clause. It knows no scenes."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from limner.engines.sketch.words.lexicon import HAN


@cache
def _tables() -> dict[str, tuple[re.Pattern[str], dict[str, str]]]:
    """By kind: the pattern that finds its words, longest first, and their meanings."""
    source = (files(__package__) / "edits.toml").read_text("utf-8")
    found = {}
    for kind, entries in tomllib.loads(source).items():
        words = {word.casefold(): meaning for meaning, spellings in entries.items() for word in spellings}
        ordered = sorted(words, key=len, reverse=True)
        parts = [_bounded(word) for word in ordered]
        found[kind] = (re.compile("|".join(parts)), words)
    return found


def _bounded(word: str) -> str:
    escaped = re.escape(word)
    return escaped if HAN.search(word) else rf"(?<![a-z0-9-]){escaped}(?![a-z0-9-])"


def meanings(kind: str, clause: str) -> tuple[str, ...]:
    """The meanings of one kind of word in a clause, in order, each once."""
    pattern, words = _tables()[kind]
    return tuple(dict.fromkeys(words[match.group()] for match in pattern.finditer(clause)))


def meaning(kind: str, clause: str) -> str | None:
    """The first meaning of one kind of word in a clause."""
    return next(iter(meanings(kind, clause)), None)


def without(kind: str, clause: str) -> str:
    """The clause without its words of one kind."""
    return _tables()[kind][0].sub(" ", clause)


def strength_of(clause: str) -> float:
    """How much of an effect is asked for: 0.5 a little, 1 usual, 1.6 much."""
    return {"little": 0.5, "much": 1.6}.get(meaning("amount", clause) or "", 1.0)
