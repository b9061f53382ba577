"""Quotes: text that is to be written in the picture, and who bears it or says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from limner.engines.sketch.words.draft import Draft
from limner.engines.sketch.words.spec import TextRole

_QUOTED = re.compile(
    r"“([^”]{1,200})”|\"([^\"]{1,200})\"|「([^」]{1,200})」|『([^』]{1,200})』|‘([^’]{1,200})’|《([^》]{1,60})》"
    r"|(?<![a-zA-Z])'([^']{1,200})'(?![a-zA-Z])"
)
_UNQUOTED = re.compile(
    r"(?P<lead>\b(?:(?:that|which) (?:says|reads)|saying|with the (?:text|words?)|titled|labell?ed) )"
    r"(?P<text>[A-Z][\w!?&'-]*(?: (?:[A-Z][\w!?&'-]*|of|the|and|to|is|&))*)"
    r"|(?P<wrote>写着|写有|印着|字样为|标题为|题为)"
    r"(?P<han>[\u3400-\u9fffA-Za-z0-9 ]{1,16}?)(?=的|[，。！,.!]|$)"
)
_MARKS = range(0xE000, 0xE008)
BOARDS = (
    "sign",
    "stop sign",
    "placard",
    "bus stop",
    "newspaper",
    "clipboard",
    "scroll",
    "television",
    "flag",
)


@dataclass(slots=True, eq=False)
class Quote:
    """Text number `number` of the prompt, its role, and who bears it."""

    number: int
    role: TextRole = "title"
    bearer: Draft | None = None


def cut(prompt: str) -> tuple[str, tuple[str, ...]]:
    """The prompt with a private character for each text to be written, and those texts."""
    texts: list[str] = []

    def mark(text: str) -> str:
        clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        if not clean or len(texts) == len(_MARKS):
            return " "
        texts.append(clean)
        return f" {chr(_MARKS[len(texts) - 1])} "

    bare = "".join(" " if 0xE000 <= ord(c) <= 0xF8FF else c for c in prompt)
    bare = _QUOTED.sub(lambda m: mark(next(filter(None, m.groups()))), bare)
    bare = _UNQUOTED.sub(
        lambda m: (m["lead"] or m["wrote"]) + (mark(m["text"] or m["han"])),
        bare,
    )
    return bare, tuple(texts)


def role_of_quote(mark: str, said: str | None, last: Draft | None, named: bool, printed: bool) -> Quote:
    """The quote that a mark stands for: how it was announced and the noun before it tell its role.

    named: the noun is of the same clause. printed: the picture is a poster, card or the like.
    """
    number = ord(mark) - _MARKS[0]
    bearer = last if named or said in ("bubble", "label", "written") else None
    if bearer is None or said == "title" or (printed and said in ("written", "text")):
        return Quote(number)
    if bearer.noun in BOARDS:
        return Quote(number, "sign", bearer)
    if said == "bubble" and bearer.is_animate:
        return Quote(number, "bubble", bearer)
    return Quote(number, "label", bearer) if said else Quote(number)


def said_before(quotes: Sequence[Quote], said: str, speaker: Draft | None) -> bool:
    """Whether a verb of saying speaks of the title before it; then its speaker says it."""
    if said != "bubble" or not quotes or quotes[-1].role != "title" or quotes[-1].bearer:
        return False
    if speaker is not None and speaker.is_animate:
        quotes[-1].role, quotes[-1].bearer = "bubble", speaker
        return True
    return False
