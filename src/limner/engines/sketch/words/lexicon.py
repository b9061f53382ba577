"""The vocabulary, and prompts as tokens of it. It knows words; it does not know what they look like."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Token:
    """A known word: its meanings by kind, e.g. winter a season; plural: it speaks of several."""

    meanings: dict[str, str]
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with their meanings, and the pattern that finds them, longest first."""

    words: dict[str, dict[str, str]]
    pattern: re.Pattern[str]

    def tokens(self, text: str) -> Iterator[Token]:
        """The known words of text in order; everything else is passed over."""
        for match in self.pattern.finditer(text.casefold()):
            word = match.group(match.lastgroup or 0)
            meanings = self.words[word]
            yield Token(meanings, len(match.group()) > len(word) or "plural" in meanings)

    def meanings(self, kind: str) -> frozenset[str]:
        """Every meaning of one kind, e.g. all places."""
        return frozenset(m[kind] for m in self.words.values() if kind in m)


@cache
def lexicon() -> Lexicon:
    """The packaged vocabulary."""
    source = (files(__package__) / "lexicon.toml").read_text("utf-8")
    words: dict[str, dict[str, str]] = {}
    for kind, entries in tomllib.loads(source).items():
        for meaning, spellings in entries.items():
            for word in spellings:
                words.setdefault(word, {})[kind] = meaning
    ordered = sorted(words, key=len, reverse=True)
    free = [re.escape(w) for w in ordered if _IDEOGRAPH.search(w) or not w.isascii() or not w[0].isalnum()]
    whole = [re.escape(w) for w in ordered if w.isascii() and w[0].isalnum()]
    pattern = rf"(?<![a-z0-9])(?P<whole>{'|'.join(whole)})(?:s|es)?(?![a-z0-9])|(?P<free>{'|'.join(free)})"
    return Lexicon(words, re.compile(pattern))
