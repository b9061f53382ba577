"""What a prompt says about its own pictures: their shape and how many. Nothing else is read here.

The words stand in tables, English and Chinese. An engine that understands prompts better may still
do so; this is for what must be known before anything is drawn.
"""

from __future__ import annotations

import re

RATIO_WORDS = (
    (r"竖版|竖构图|portrait orientation", "3:4"),
    (r"横版|横构图|landscape orientation", "4:3"),
    (r"手机壁纸|phone wallpaper", "9:16"),
    (r"宽屏|widescreen", "16:9"),
    (r"方形|正方形|square", "1:1"),
)
_RATIO = re.compile(r"(?<![\d:.])(\d{1,2})\s?[::]\s?(\d{1,2})(?![\d:.])")
_RATIO_PATTERNS = tuple((re.compile(words, re.IGNORECASE), ratio) for words, ratio in RATIO_WORDS)

_ENGLISH_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight"),
    *("nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
NUMBER_WORDS = {
    **dict(zip("一二三四五六七八九十", range(1, 11), strict=True)),
    "两": 2,
    "十一": 11,
    "十二": 12,
    "十三": 13,
    "十四": 14,
    "十五": 15,
    **dict(zip(_ENGLISH_NUMBERS, range(1, 16), strict=True)),
}
_NUMBER = r"(\d{1,2}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")"
_PICTURES = r"(?:pictures?|images?|panels?|frames?|scenes?|illustrations?|photos?)"
_COUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _NUMBER + r"\s*(?:张|幅|格|幕|连环画)",
        r"(?<![\w.])" + _NUMBER + r"(?:\s+|-)(?:[a-z-]+\s+)?" + _PICTURES + r"\b",
        r"(?:组图|series of|set of)\s*(?:of\s*)?[::]?\s*" + _NUMBER,
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
    match = _RATIO.search(prompt)
    if match:
        return f"{int(match[1])}:{int(match[2])}"
    return next((ratio for pattern, ratio in _RATIO_PATTERNS if pattern.search(prompt)), None)


def asked_count(prompt: str) -> int | None:
    """How many pictures a prompt asks for, None when it does not say."""
    for pattern in _COUNTS:
        if match := pattern.search(prompt):
            word = match[1].lower()
            return int(word) if word.isdigit() else NUMBER_WORDS[word]
    return next((count for pattern, count in _PHRASES if pattern.search(prompt)), None)
