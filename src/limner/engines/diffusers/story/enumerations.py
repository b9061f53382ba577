"""What a series runs through in one sentence: the seasons, the hours of a day, weathers, feelings.

Words in tables, English and Chinese; a word of another kind is never taken for one that is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_KINDS = (
    (2, r"spring|summer|autumn|fall|winter"),
    (2, r"dawn|sunrise|daybreak|morning|noon|midday|afternoon|sunset|dusk|evening|midnight|night|day"),
    (3, r"sunny|rainy|snowy|foggy|stormy|cloudy|windy|sunshine|sun|rain|snow|fog|storm"),
    (3, r"happy|sad|angry|surprised|scared|excited|sleepy|laughing|crying|smiling"),
    (
        2,
        r"春天|春季|春日|夏天|夏季|夏日|秋天|秋季|秋日|冬天|冬季|冬日|"
        r"[春夏秋冬](?=[、，,和与])|(?<=[、，,和与])[春夏秋冬]",
    ),
    (2, r"清晨|早晨|早上|上午|中午|正午|下午|傍晚|黄昏|夜晚|晚上|深夜|午夜|白天|黑夜|日出|日落"),
    (3, r"晴天|雨天|雪天|雾天|阴天|大风天|暴雨|下雪|下雨"),
    (3, r"开心|高兴|快乐|悲伤|难过|生气|愤怒|惊讶|害怕|兴奋|困倦|大笑|大哭"),
)
"""Names of one kind, and how many of them make a list: rain and storm may well be one scene."""
_BETWEEN = (
    r"\s*(?:[,、，/&]|\band\b|\bto\b|和|与|及|或|到)\s*(?:(?:and|then|和)\s*)?"
    r"(?:(?:in|at|during|on|by|在)\s*)?(?:the\s+)?"
)


def _listed(words: str) -> re.Pattern[str]:
    word = rf"(?:{words})" if words[0] > "z" else rf"\b(?:{words})\b"
    return re.compile(rf"{word}(?:{_BETWEEN}{word})+", re.IGNORECASE)


_LISTED = tuple((fewest, _listed(words), re.compile(words, re.IGNORECASE)) for fewest, words in _KINDS)


@dataclass(frozen=True, slots=True)
class _Implied:
    """A phrase that stands for items; stays: it is part of what is told, and the item is added."""

    phrase: re.Pattern[str]
    items: tuple[str, ...]
    stays: bool = False


def _implied(phrase: str, *items: str, stays: bool = False) -> _Implied:
    return _Implied(re.compile(phrase, re.IGNORECASE), items, stays)


_IN_SEASONS = ("in spring", "in summer", "in autumn", "in winter")
_AT_HOURS = ("in the morning", "at noon", "at dusk", "at night")
_HAN_SEASONS = ("春天", "夏天", "秋天", "冬天")
_HAN_HOURS = ("清晨", "中午", "傍晚", "夜晚")
_IMPLIED = (
    _implied(
        r"(?:\b(?:in|through|throughout|across|during|over)\s+)?(?:\ball\s+|\beach of\s+)?(?:\bthe\s+)?"
        r"\b(?:(?:four|4|all|different|changing|passing)\s+seasons|seasons of the year)\b(?: of the year)?",
        *_IN_SEASONS,
    ),
    _implied(
        r"(?:\b(?:at|in|through|throughout)\s+)?(?:\bthe\s+)?"
        r"\b(?:different )?(?:times|hours) of (?:the )?day\b|"
        r"\bfrom (?:morning|dawn|sunrise) (?:to|till|until) (?:night|dusk|sunset|evening)\b|"
        r"\bthrough(?:out)? the day\b",
        *_AT_HOURS,
    ),
    _implied(r"\b(?:by )?day (?:and|to) (?:by )?night\b", "by day", "at night"),
    _implied(r"\ba day in the life\b|'s day\b", *_AT_HOURS, stays=True),
    _implied(
        r"(?:(?:一年)?春夏秋冬(?:的?四季|四个季节|四景)?|(?:一年)?四季(?!如春)|四个季节|不同季节)"
        r"(?:的?(?:变迁|变化|更替|轮回|交替))?",
        *_HAN_SEASONS,
    ),
    _implied(r"早中晚", "早晨", "中午", "夜晚"),
    _implied(r"从早到晚|不同(?:的)?时间|一天中(?:的)?不同时[间刻段]|四个时段", *_HAN_HOURS),
    _implied(r"昼夜|日夜|白天黑夜", "白天", "夜晚"),
    _implied(r"的一天", *_HAN_HOURS, stays=True),
)
_OF = re.compile(r"\s*\bof\b\s*", re.IGNORECASE)
_HAN_WHOLE = {"春": "春天", "夏": "夏天", "秋": "秋天", "冬": "冬天"}
_CLEAR_LIST = 3
"""Items of a list that is surely one; two of a kind may be a pair, such as day and night."""


def run_through(told: str, count: int) -> tuple[str, ...]:
    """One text for each thing that the told scene runs through, at most count; () where it does not."""
    found = _named(told)
    if len(found) < _CLEAR_LIST:
        found = _meant(told, count) or found
    return found[:count]


def enumerates(told: str) -> bool:
    """Whether the told scene names what it runs through, beyond doubt."""
    return len(_named(told)) >= _CLEAR_LIST


def _named(told: str) -> tuple[str, ...]:
    """For "a house in spring, summer and winter" the house in each."""
    for fewest, listed, word in _LISTED:
        match = listed.search(told)
        names = dict.fromkeys(word.findall(match.group())) if match else ()
        if match and len(names) >= fewest:
            before, after = _without_phrase(told[: match.start()]), _without_phrase(told[match.end() :])
            return tuple(f"{before}{_HAN_WHOLE.get(name, name)}{after}" for name in names)
    return ()


def _without_phrase(text: str) -> str:
    """The text without "the four seasons" and the like, whose names are listed beside it."""
    for implied in _IMPLIED:
        if not implied.stays:
            text = implied.phrase.sub("", text)
    return text


def _meant(told: str, count: int) -> tuple[str, ...]:
    """For "a house in all four seasons" the house in each; of fewer pictures those that differ most."""
    for implied in _IMPLIED:
        if match := implied.phrase.search(told):
            return tuple(
                _with_item(told, match, item, implied.stays) for item in _spread(implied.items, count)
            )
    return ()


def _spread(items: tuple[str, ...], count: int) -> tuple[str, ...]:
    if count >= len(items) or count < 2:
        return items
    return tuple(items[round(at * (len(items) - 1) / (count - 1))] for at in range(count))


def _with_item(told: str, match: re.Match[str], item: str, stays: bool) -> str:
    """The item in the place of the phrase; "the four seasons of a house" is the house, in each."""
    comma = ", " if item.isascii() else "，"
    if stays:
        return f"{told}{comma}{item}"
    before, after = told[: match.start()], told[match.end() :]
    if of := _OF.match(after):
        return f"{before}{after[of.end() :]}{comma}{item}"
    return f"{before}{item}{match.re.sub(item, after)}"
