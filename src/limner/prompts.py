"""What a prompt says about its own pictures: their shape and how many. Nothing else is read here.

The words stand in tables, English and Chinese. An engine that understands prompts better may still
do so; this is for what must be known before anything is drawn.
"""

from __future__ import annotations

import re

RATIOS = ("1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3", "21:9")
"""Those of the preset tables; other numbers around a colon, such as 12:30, are taken for a time."""

RATIO_WORDS = (
    (r"竖版|竖构图|portrait orientation", "3:4"),
    (r"横版|横构图|landscape orientation", "4:3"),
    (r"手机壁纸|phone wallpaper", "9:16"),
    (r"宽屏|widescreen", "16:9"),
    (r"(?<!长)方形|(?<![a-z])square(?![a-z])", "1:1"),
)
_COLON = "[:\uff1a]"
_RATIO = re.compile(
    rf"(?<![\d:\uff1a.])([1-9]\d?)\s?{_COLON}\s?([1-9]\d?)(?!\d|\.\d|{_COLON}|\s?[ap]\.?m\b)",
    re.IGNORECASE,
)
_RATIO_PATTERNS = tuple((re.compile(words, re.IGNORECASE), ratio) for words, ratio in RATIO_WORDS)

_ENGLISH_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight"),
    *("nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
NUMBER_WORDS = {
    **dict(zip("一二三四五六七八九", range(1, 10), strict=True)),
    "两": 2,
    **dict(zip(_ENGLISH_NUMBERS, range(1, 16), strict=True)),
}
_CHINESE_DIGIT = "[一二三四五六七八九]"
_NUMBER = (
    rf"([1-9]\d{{0,2}}|{_CHINESE_DIGIT}?十{_CHINESE_DIGIT}?|"
    + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    + ")"
)
_PICTURES = r"(?:pictures?|images?|panels?|frames?|scenes?|illustrations?|photos?)"
_COUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d.第一二三四五六七八九十百])" + _NUMBER + r"\s*(?:张|幅|格|幕|连环画)",
        r"(?<![\w.:])" + _NUMBER + r"(?:\s+|-)(?:[a-z-]+\s+)?" + _PICTURES + r"\b",
        rf"(?:组图|series of|set of)\s*{_COLON}?\s*" + _NUMBER,
    )
)
COUNT_PHRASES = (
    (r"four seasons|四季|春夏秋冬", 4),
    (r"morning,? noon,? (?:and )?(?:night|evening)|早中晚|早晨.{0,3}中午.{0,3}(?:晚上|夜晚)", 3),
    (r"day and night|白天(?:和|与)?(?:黑夜|夜晚)", 2),
)
_PHRASES = tuple((re.compile(words, re.IGNORECASE), count) for words, count in COUNT_PHRASES)


def asked_ratio(prompt: str) -> str | None:
    """The ratio that a prompt asks for, such as "16:9"; a bare "portrait" is a subject, not a ratio."""
    written = (f"{match[1]}:{match[2]}" for match in _RATIO.finditer(prompt))
    for ratio in written:
        if ratio in RATIOS:
            return ratio
    return next((ratio for pattern, ratio in _RATIO_PATTERNS if pattern.search(prompt)), None)


def asked_count(prompt: str) -> int | None:
    """How many pictures a prompt asks for, None when it does not say."""
    for pattern in _COUNTS:
        if match := pattern.search(prompt):
            return _number(match[1].lower())
    return next((count for pattern, count in _PHRASES if pattern.search(prompt)), None)


def _number(word: str) -> int:
    """The value of digits, an English number word, or a Chinese number below a hundred."""
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return NUMBER_WORDS[word]
    return 10 * NUMBER_WORDS.get(tens, 1) + NUMBER_WORDS.get(ones, 0)
