"""Names of things behind the curated nouns: what emoji are called in English and Chinese.

It knows words and labels; whether and how a label is drawn is not its business.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[a-z0-9]+(?:['’\-][a-z0-9]+)*")
_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
_ENDINGS = (("'s", "", False), ("ies", "y", True), ("es", "", True), ("s", "", True))
_MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """text[start:end] names the emoji with this English label; plural: it speaks of several."""

    start: int
    end: int
    label: str
    plural: bool = False


def find(text: str) -> Iterator[Found]:
    """The things that text names, in order and without overlap: whole words in English, longest first."""
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")
    found = [*_english(lowered), *_chinese(lowered)]
    yield from sorted(found, key=lambda f: f.start)


def label_of(name: str) -> str | None:
    """The label that a name alone stands for, singular or plural; None for a name that we do not know."""
    found = list(find(name))
    whole = len(found) == 1 and found[0].end - found[0].start == len(name)
    return found[0].label if whole else None


def _english(text: str) -> Iterator[Found]:
    matches = list(_WORD.finditer(text))
    at = 0
    while at < len(matches):
        taken = 1
        for count in range(min(_MAX_WORDS, len(matches) - at), 0, -1):
            start, end = matches[at].start(), matches[at + count - 1].end()
            known = _known(text[start:end])
            if known:
                yield Found(start, end, *known)
                taken = count
                break
        at += taken


def _known(phrase: str) -> tuple[str, bool] | None:
    """The label of a phrase, and whether it is a plural."""
    words = _words()
    if phrase in words:
        return words[phrase], False
    for ending, singular, plural in _ENDINGS:
        stem = phrase.removesuffix(ending) + singular
        if phrase.endswith(ending) and stem in words:
            return words[stem], plural
    return None


def _chinese(text: str) -> Iterator[Found]:
    words, longest = _words(), _longest_chinese()
    for run in _IDEOGRAPHS.finditer(text):
        at, end = run.start(), run.end()
        while at < end:
            size = next((n for n in range(min(longest, end - at), 1, -1) if text[at : at + n] in words), 0)
            if size:
                yield Found(at, at + size, words[text[at : at + size]])
            at += size or 1


@cache
def _words() -> dict[str, str]:
    """Spellings to labels, made by tools/build_icons.py."""
    packed = (files("limner") / "assets" / "emoji" / "words.bin").read_bytes()
    lines = zlib.decompress(packed).decode("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@cache
def _longest_chinese() -> int:
    return max(len(word) for word in _words() if _IDEOGRAPHS.fullmatch(word))
