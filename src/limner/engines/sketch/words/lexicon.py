"""The vocabulary, and prompts as tokens of it. It knows words; it does not know what they look like."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_NOUNS, _OTHERS = "nouns.toml", ("scene.toml", "grammar.toml")
_UNIT = re.compile(
    r"\d+(?:[:.,]\d+)+|[a-z0-9]+(?:'[a-z]+)?|[\u3400-\u9fff]|[.!?\n。！？;；]+|[,，、()（）|—–]+|[\ue000-\uf8ff]|&"
)
_GAP = re.compile(r"[ \t\-_]+")
_GLUED = re.compile(r"(\d+)([a-z]+)")
HAN = re.compile(r"[\u3400-\u9fff]")
"""One Chinese character."""
_ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("ves", "f"), ("ves", "fe"))
_INFLECTED = ("noun", "place", "garment", "part", "setting", "format")
_MAX_UNITS = 10
_LARGEST_NUMBER = 999


@dataclass(frozen=True, slots=True)
class Token:
    """text[start:end] of a prompt: its meanings by kind, none when unknown; plural: it speaks of several."""

    meanings: Mapping[str, str]
    plural: bool = False
    text: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with their meanings by kind, and the class of every noun, e.g. animal.

    longest: the most units, words or ideographs, of a spelling by its first one. groups: nouns by what is
    true of them, e.g. ridden.
    """

    words: dict[str, dict[str, str]]
    classes: dict[str, str]
    longest: dict[str, int]
    groups: dict[str, frozenset[str]]

    def tokens(self, text: str) -> Iterator[Token]:
        """The words of a text in order, as long as the lexicon has them; the rest have no meaning."""
        text = folded(text)
        units = list(self._units(text))
        at = 0
        while at < len(units):
            taken, token = self._longest(text, units, at)
            yield token
            at += taken

    def meanings(self, kind: str) -> frozenset[str]:
        """Every meaning of one kind, e.g. all places."""
        return frozenset(m[kind] for m in self.words.values() if kind in m)

    def _units(self, text: str) -> Iterator[tuple[int, int]]:
        for match in _UNIT.finditer(text):
            start, end = match.span()
            glued = _GLUED.fullmatch(match.group())
            if glued and match.group() not in self.longest:
                yield start, start + len(glued[1])
                start += len(glued[1])
            yield start, end

    def _longest(self, text: str, units: list[tuple[int, int]], at: int) -> tuple[int, Token]:
        """How many units the longest word here has, and that word."""
        start, end = units[at]
        first = text[start:end]
        for count in range(min(self.longest.get(first, 1), len(units) - at), 0, -1):
            last = units[at + count - 1][1]
            spelling = _GAP.sub(" ", text[start:last])
            found = self._known(spelling)
            if found:
                return count, Token(found[0], found[1], spelling, start, last)
        return 1, Token(_unlisted(first), False, first, start, end)

    def _known(self, spelling: str) -> tuple[Mapping[str, str], bool] | None:
        """The meanings of a spelling, and whether it is a plural."""
        if spelling in self.words:
            meanings = self.words[spelling]
            return meanings, "plural" in meanings
        for ending, singular in _ENDINGS:
            stem = spelling.removesuffix(ending) + singular
            if spelling.endswith(ending) and stem in self.words:
                kept = {k: v for k, v in self.words[stem].items() if k in _INFLECTED or k == "shy"}
                if any(k in kept for k in _INFLECTED):
                    return kept, True
        return None


def folded(text: str) -> str:
    """The text in lower case, plain letters and quotes, at the same length."""
    return "".join(_fold(c) for c in text)


@cache
def _fold(char: str) -> str:
    if char in "’‘`":
        return "'"
    if char in "\n。！？；，、（）—–" or HAN.match(char):
        return char
    plain = unicodedata.normalize("NFKD", char)[:1].casefold() or " "
    return plain if len(plain) == 1 else char


def _unlisted(word: str) -> Mapping[str, str]:
    """What a word that is in no list tells by its form."""
    if word.isdigit():
        return {"number": word} if int(word) <= _LARGEST_NUMBER else {}
    if word[0] in ".!?\n。！？;；":
        return {"stop": "stop"}
    if word[0] in ",，()（）|—–":
        return {"comma": "comma"}
    if word[0] == "、":
        return {"and": "and"}
    return {"quote": word} if "\ue000" <= word <= "\uf8ff" else {}


@cache
def lexicon() -> Lexicon:
    """The packaged vocabulary."""
    words: dict[str, dict[str, str]] = {}
    classes: dict[str, str] = {}
    tables = {kind: entries for name in _OTHERS for kind, entries in _table(name).items()}
    groups = {name: frozenset(nouns.split(", ")) for name, nouns in tables.pop("group").items()}
    for family, nouns in _table(_NOUNS).items():
        classes.update(dict.fromkeys(nouns, family))
        tables.setdefault("noun", {}).update(nouns)
    tables["plural"] = tables.pop("plural")
    for kind, entries in tables.items():
        for meaning, spellings in entries.items():
            for word in _spellings(spellings):
                if kind == "plural" and word not in words:
                    continue
                words.setdefault(word, {})[kind] = meaning
    for word, meanings in words.items():
        stem = words.get(word.removesuffix("s"), {})
        if word.endswith("s") and "noun" in meanings and stem.get("noun") == meanings["noun"]:
            meanings["plural"] = "many"
    return Lexicon(words, classes, _longest_by_first(words), groups)


def _table(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / name).read_text("utf-8"))


def _spellings(listed: str) -> list[str]:
    return listed.replace("-", " ").split(", ")


def _longest_by_first(words: Iterable[str]) -> dict[str, int]:
    """For the first unit of every spelling, how many units the longest one has at most."""
    longest: dict[str, int] = {}
    for word in words:
        if word.isascii():
            first, units = word.split(" ", 1)[0], word.count(" ") + 1
            if "&" in word:
                first, units = _UNIT.findall(word)[0], _MAX_UNITS
        else:
            first, units = word[0], min(len(word), _MAX_UNITS)
        if units > longest.get(first, 0):
            longest[first] = units
    return longest
