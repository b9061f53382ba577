"""The scenes that a prompt lists for a series: marked, told in turn, separated, or after a colon.

It knows punctuation, the words that count, and words for the look of pictures, English and Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from limner.listings import MIN_ITEMS, Listing, comma_parts, listing, marked, steps, trimmed

_RESPECTIVELY = re.compile(
    r"(?:分别|依次)(?:是|为|画|有|展示|描绘|[：:])\s*[：:]?\s*|内容(?:分别)?(?:是|为)\s*[：:]?\s*"
)
_IN_THIS_ORDER = re.compile(r",?\s*\brespectively\b[,.]?\s*", re.IGNORECASE)
_COLON = re.compile(r"(?<!\d)[:：]\s*|[:：]\s*(?!\d)\s*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])\s*|\n+|[;；]\s*")
_CLAUSE = re.compile(r"\s*[,，]\s*")
_ON_COMMAS = re.compile(r"\s*[,，、]\s*(?:and\s+|和)?", re.IGNORECASE)
_TOLD_IN_ORDER = re.compile(r"\bthen\b|\bfinally\b|→|->|=>|然后|接着|最后", re.IGNORECASE)
_IN_TURN = re.compile(
    r"(?:(?<=[.,;:，。；：\n])\s*|^)(?:and\s+)?"
    r"(?:at first|first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|sixth(?:ly)?|"
    r"next|then|after that|later|finally|lastly|in the end|首先|一开始|其次|再次|然后|接着|随后|最后|最终)"
    r"(?:\b|(?=[\u3400-\u9fff]))\s*[,，:：]?\s*(?!of\b)",
    re.IGNORECASE,
)
_BEGINS = ("at first", "first", "首先", "一开始")
_STYLE = re.compile(
    r"\bstyle\b|watercolou?r|oil paint|\bflat\b|realistic|cinematic|\banime\b|pixel art|\bink\b|cartoon|"
    r"minimal|black and white|pastel|pencil|charcoal|gouache|\b3d\b|\blight(?:ing)?\b|palette|"
    r"风格|画风|水彩|油画|扁平|写实|动漫|国风|水墨|像素|插画|电影感|色调|质感|黑白|光线|铅笔",
    re.IGNORECASE,
)
_SAME = re.compile(r"\s+(?=(?:in|at|on|with) the same\b)", re.IGNORECASE)
_OF_ALL = re.compile(
    r"(?:(?:in|at|on|with) the same|all|every|each|overall|throughout|keep|use|consistent|the same)\b|"
    r"统一|整体|所有|全部|每[张幅格]|全程|保持|均|都|要求|画面",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:she|he|it)\b|[她他它](?!们)", re.IGNORECASE)
_HAN_VERB = (
    "(?:正?在|起床|醒来|出发|发现|来到|离开|穿过|拾起|[遇找走跑飞游坐站躺睡吃喝看去到回玩拿唱跳读写画爬骑])"
)
_SUBJECT = re.compile(
    r"(?:(?:an?|the)\s+(?P<name>.+?)(?:\s+(?:is|was|[a-z]+(?<!s)s)\b|$)|"
    rf"(?P<han>[\u3400-\u9fff]{{2,12}}?)(?={_HAN_VERB}))",
    re.IGNORECASE,
)
_BARE_VERB = re.compile(_HAN_VERB)
_NOTHING_SAID = re.compile(
    r"(?:an?\s+|the\s+)?(?:short\s+)?(?:story|tale|series|sequence|picture)|(?:一个)?(?:小?故事|图片?|画面|内容)",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(r"\s+(?:in|with|and|on|of|at|from|a|an|the|his|her)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scenes:
    """What a prompt lists: common is said before it, after behind it, both of all of them."""

    common: str
    each: tuple[str, ...]
    after: str


def listed_scenes(told: str, count: int, *, said_count: bool) -> Scenes | None:
    """The scenes that are listed, at most count; None where nothing is.

    said_count: the prompt says how many pictures it wants, so that parts after a colon may be scenes.
    """
    found = marked(told) or (_separated(told, count, said_count) if count > 1 else None)
    if found is None:
        return None
    common = "" if _NOTHING_SAID.fullmatch(found.common) else found.common
    each, after = _without_closing(found.items, count)
    return Scenes(common, tuple(each if common else _named_again(each))[:count], after)


def _separated(told: str, count: int, said_count: bool) -> Listing | None:
    """The list of a prompt without numbers; after a colon, only where it says how many pictures it wants."""
    return (
        _in_turn(told)
        or _in_steps(told, count, said_count)
        or _respective(told, count)
        or (_after_colon(told, count) if said_count else None)
    )


def _in_turn(told: str) -> Listing | None:
    """ "First ..., then ..., finally ...", in parts of a sentence or in sentences."""
    found = list(_IN_TURN.finditer(told))
    if len(found) < MIN_ITEMS or not trimmed(found[0].group()).lower().startswith(_BEGINS):
        return None
    ends = [match.start() for match in found[1:]] + [len(told)]
    return listing(
        told[: found[0].start()], [told[m.end() : end] for m, end in zip(found, ends, strict=True)]
    )


def _in_steps(told: str, count: int, said_count: bool) -> Listing | None:
    """Parts between semicolons, lines or "then": as many as pictures, fewer only where they tell a story.

    Lines alone are a list only where a colon or the number of pictures announces it.
    """
    header, body = _split_at_colon(told)
    opening = "" if header else _opening_of(next(iter(steps(body)), ""))
    header, body = header or opening, body[len(opening) :]
    parts = steps(body)
    in_order = _TOLD_IN_ORDER.search(body) is not None
    scenes = [part for part in parts if not _STYLE.search(part)]
    if len(scenes) < (MIN_ITEMS if in_order else max(MIN_ITEMS, count)):
        return None
    if "\n" in body and not (header or said_count or in_order):
        return None
    if not header and len(parts) == count + 1 and not in_order and not _is_of_all(parts[-1]):
        header, parts = parts[0], parts[1:]
    return listing(header, parts)


def _opening_of(part: str) -> str:
    """The sentences before the last one of a part."""
    ends = [match.start() for match in _SENTENCE.finditer(part) if trimmed(part[match.end() :])]
    return part[: ends[-1]] if ends else ""


def _split_at_colon(told: str) -> tuple[str, str]:
    colon = _COLON.search(told)
    return (told[: colon.start()], told[colon.end() :]) if colon else ("", told)


def _respective(told: str, count: int) -> Listing | None:
    """ "分别是A、B和C", or "A, B and C respectively"."""
    if said := _RESPECTIVELY.search(told):
        return listing(told[: said.start()], _parts(told[said.end() :], count))
    if said := _IN_THIS_ORDER.search(told):
        parts = [*comma_parts(told[: said.start()]), *comma_parts(told[said.end() :])]
        return listing("", parts) if _is_list(parts, count) else None
    return None


def _after_colon(told: str, count: int) -> Listing | None:
    """As many parts after a colon as there are pictures, more only where they say how all look."""
    header, body = _split_at_colon(told)
    if not body or body == told:
        return None
    parts = _parts(body, count)
    return listing(header, parts) if _is_list(parts, count) else None


def _parts(text: str, count: int) -> list[str]:
    """As many parts of the first sentence as there are pictures, if it has them; then what is said of all."""
    first, *others = _SENTENCE.split(text, maxsplit=1)
    clause, *tail = _CLAUSE.split(first) if "、" in first else (first,)
    by_commas = [part for part in _ON_COMMAS.split(clause) if trimmed(part)]
    parts = comma_parts(clause)
    if len(by_commas) == count and not _is_list(parts, count):
        parts = by_commas
    return [*parts, *tail, *others]


def _is_list(parts: Sequence[str], count: int) -> bool:
    """Whether there are as many parts as pictures; more only where they say how all look."""
    return len(parts) >= count and all(map(_is_of_all, parts[count:]))


def _is_of_all(part: str) -> bool:
    """Whether a part says how all of them look, and not what one of them shows."""
    return bool(_OF_ALL.match(part) or _STYLE.search(part))


def _without_closing(items: Sequence[str], count: int) -> tuple[list[str], str]:
    """The items, and what stands behind the last of them and tells how all of them look."""
    *others, last = items
    if len(items) > max(count, MIN_ITEMS) and not any(_STYLE.search(item) for item in items[:count]):
        extra = items[count:]
        return (list(items[:count]), ", ".join(extra)) if _is_of_all(extra[0]) else (list(items), "")
    if any(_STYLE.search(item) for item in others):
        return list(items), ""  # each has a look of its own
    for boundary in (_SENTENCE, _CLAUSE, _SAME):
        if at := _closing_at(last, boundary):
            return [*others, trimmed(last[:at])], trimmed(last[at:])
    return list(items), ""


def _closing_at(text: str, boundary: re.Pattern[str]) -> int:
    """Where the parts begin that say how all look; 0 where none does."""
    matches = list(boundary.finditer(text))
    if not matches or _STYLE.search(text[: matches[0].start()]):
        return 0
    ends = [match.start() for match in matches[1:]] + [len(text)]
    found = zip(matches, ends, strict=True)
    return next((m.end() for m, end in found if _is_of_all(text[m.end() : end])), 0)


def _named_again(items: list[str]) -> list[str]:
    """Items whose "she" only the first of them names: no prompt is read beside another one."""
    subject = _SUBJECT.match(items[0])
    if subject is None:
        return items
    name = subject["han"] or subject["name"]
    while (shorter := _LOOSE_END.sub("", name)) != name:
        name = shorter
    again = name if subject["han"] else f"the {name}"
    return [items[0], *(_with_subject(item, again) for item in items[1:])]


def _with_subject(item: str, name: str) -> str:
    if pronoun := _PRONOUN.match(item):
        return f"{name}{item[pronoun.end() :]}"
    return f"{name}{item}" if _BARE_VERB.match(item) else item
