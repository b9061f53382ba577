"""Clauses: the prompt of an edit cut into its instructions, with quoted text kept out of the way."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTED = re.compile(
    r"“[^”]{1,200}”|\"[^\"]{1,200}\"|「[^」]{1,200}」|『[^』]{1,200}』|‘[^’]{1,200}’|《[^》]{1,200}》"
    r"|(?<![a-zA-Z])'[^']{1,200}'(?![a-zA-Z])"
)
_MAX_CHARS, _MAX_QUOTES, _MAX_CLAUSES = 2000, 8, 12
_FIRST_MARK = 0xE000
MARKS = "[\ue000-\ue007]"
"""The characters that stand for quoted texts in a clause."""
_VERB = (
    r"(?:make|turn|change|add|remove|delete|erase|replace|swap|put|place|move|paint|colou?r|recolou?r|blur|give"
    r"|brighten|darken|sharpen|crop|extend|expand|rotate|flip|mirror|zoom|set|let|keep|insert|draw|write|convert"
    r"|apply|use|take|enlarge|shrink|get)"
)
_CHINESE_VERB = r"(?:把|将|让|给|加|去|换|变|改|移|删|放|画|写|用|使|模糊|虚化|调|提|添)"
_BREAK = re.compile(
    r"[;!?\n；。！？，]+|,(?!\d)|、(?=" + _CHINESE_VERB + r")|\.(?=\s|$)|\band then\b|\bthen\b"
    r"|\b(?:and|but|while|also)\b(?=\s+(?:also\s+)?" + _VERB + r"\b)"
    r"|然后|接着|同时|并且|而且|并(?=" + _CHINESE_VERB + r")|再(?=" + _CHINESE_VERB + ")"
)
_POLITE = re.compile(
    r"^(?:\s|please|kindly|could you|can you|would you|i want you to|i want to|i'd like you to|i'd like to"
    r"|just|now|also|and|but|let us|let's"
    r"|请|麻烦|帮我|帮忙|我想要|我想|我要|能不能|可以|你|再|并|就)+(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Clauses:
    """parts: in lower case, each quoted text replaced by one character. quotes: with their marks."""

    parts: tuple[str, ...]
    quotes: tuple[str, ...]

    def restored(self, clause: str) -> str:
        """The clause with its quoted texts."""
        return re.sub(MARKS, lambda mark: self.quotes[ord(mark.group()) - _FIRST_MARK], clause)

    def texts(self, clause: str) -> tuple[str, ...]:
        """The quoted texts of a clause without their marks."""
        numbers = (ord(mark) - _FIRST_MARK for mark in re.findall(MARKS, clause))
        return tuple(self.quotes[n][1:-1].strip() for n in numbers)


def clauses_of(prompt: str) -> Clauses:
    """The instructions of a prompt in order; any text gives some, perhaps none."""
    quotes: list[str] = []

    def hide(match: re.Match[str]) -> str:
        if len(quotes) == _MAX_QUOTES:
            return " "
        quotes.append(match.group())
        return chr(_FIRST_MARK + len(quotes) - 1)

    bare = re.sub(r"[\ue000-\uf8ff]", "", prompt)
    hidden = _QUOTED.sub(hide, bare)[:_MAX_CHARS].casefold()
    parts = (_POLITE.sub("", " ".join(part.split())).strip() for part in _BREAK.split(hidden))
    return Clauses(tuple(part for part in parts if part)[:_MAX_CLAUSES], tuple(quotes))
