"""Lists in prompts: items that are numbered, marked or separated, and what is said before them.

It knows punctuation and the words that count, English and Chinese; it does not know what items mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMERAL = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
_HAN_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_MARKERS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"\b(?:scene|panel|picture|image|frame|part|page|shot|step|day)\s*#?{_NUMERAL}\s*[:.)\-—–]\s*",
        rf"\b(?:scene|panel|frame|part|page|shot|step)\s*#?{_NUMERAL}\s*(?:is|shows)\s*",
        r"(?:the )?\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)"
        r"(?: (?:scene|panel|picture|image|frame|one))?\s*(?:[:\-—–]|is|shows|has)\s*",
        rf"第{_HAN_NUMERAL}(?:张|幅|格|幕|页|天|个场景|个|图|镜)?+\s*(?:图|画面)?+(?![的里中上])\s*(?:[：:，,]|是|为|画)?\s*",
        rf"(?:画面|场景|镜头|分镜){_HAN_NUMERAL}\s*[：:、，,.]?\s*",
        rf"图{_HAN_NUMERAL}\s*[：:]\s*",
        r"(?<![\d.])\d{1,2}\s*[.)、:：]\s*(?!\d)",
        r"[①②③④⑤⑥⑦⑧⑨⑩]\s*",
        r"^[ \t]*[-*•·][ \t]+",
    )
)
_STEP = re.compile(
    r"\s*(?:[;；→\n]+|->|=>|\bthen\b,?|，?然后|，?接着|，?最后|,? and finally\b,?)\s*", re.IGNORECASE
)
_COMMA = re.compile(r"\s*(?:[,，、；;]\s*(?:and\b|和|以及)?|\band\b|和|以及)\s*", re.IGNORECASE)
_EDGES = " \n\t,，、;；.。:：-—–"
MIN_ITEMS = 2


@dataclass(frozen=True, slots=True)
class Listing:
    """common: what is said before the list. items: at least MIN_ITEMS, without the marks around them."""

    common: str
    items: tuple[str, ...]


def trimmed(text: str) -> str:
    """The text without the space and punctuation at its ends."""
    return text.strip(_EDGES)


def listing(common: str, items: list[str]) -> Listing | None:
    """A listing of what is left of the items; None for fewer than MIN_ITEMS."""
    kept = tuple(text for item in items if (text := trimmed(item)))
    return Listing(trimmed(common), kept) if len(kept) >= MIN_ITEMS else None


def marked(prompt: str) -> Listing | None:
    """The items that are numbered or marked, e.g. "1. ...", "第一张：..." or bullets; None where none are."""
    for marker in _MARKERS:
        found = list(marker.finditer(prompt))
        if len(found) >= MIN_ITEMS:
            ends = [match.start() for match in found[1:]] + [len(prompt)]
            items = [prompt[m.end() : end] for m, end in zip(found, ends, strict=True)]
            return listing(prompt[: found[0].start()], items)
    return None


def steps(text: str) -> list[str]:
    """The parts between semicolons, lines, arrows and words such as "then"; one for a text of one part."""
    return [part for part in _STEP.split(text) if trimmed(part)]


def comma_parts(text: str) -> list[str]:
    """The parts between commas and words such as "and"; one for a text of one part."""
    return [part for part in _COMMA.split(text) if trimmed(part)]
