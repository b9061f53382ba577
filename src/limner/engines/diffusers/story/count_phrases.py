"""How a prompt says that it wants several pictures, taken out: a model that reads it draws a grid.

English and Chinese, by patterns; what the pictures show is not understood here.
"""

from __future__ import annotations

import re

from limner.listings import trimmed
from limner.prompts import NUMBER_WORDS

_NUMBER = "(?:" + "|".join((r"\d{1,2}", *(word for word in NUMBER_WORDS if word.isascii()))) + ")"
_HAN_NUMBER = r"(?:\d{1,2}|[二两三四五六七八九]?十[一二三四五]?|[二两三四五六七八九])"
_PLAIN = ("picture", "image", "panel", "frame", "scene", "shot", "page")
_TELLING = (
    *("illustration", "photo", "photograph", "painting", "drawing", "poster", "sticker", "icon"),
    *("card", "logo", "portrait", "sketch", "variation", "version", "render", "wallpaper"),
)
_NOUN = "(?:" + "|".join((*_PLAIN, *_TELLING)) + ")"
_RELATED = re.compile(
    r"\b(?:coherent|cohesive|consistent|related|connected|different|distinct|sequential|consecutive|separate|"
    r"similar|matching|continuous|unique|individual|story|storyboard)\b\s*,?\s*(?:and\s+)?",
    re.IGNORECASE,
)
_ORDER = (
    r"(?:(?:please|can you)\s+)?"
    r"(?:(?:generate|create|draw|make|paint|produce|design|render|give me|show me|i want|i need)\s+)?"
)
_SET = (
    r"(?:(?:an?|the|one)\s+)?(?:[a-z]+\s+)?(?:series|set|sequence|collection|group|storyboard)\s*(?:of\s+)?"
)
_LINK = r"(?P<link>\s*(?:of|about|showing|depicting|featuring|telling|for|where|in which)\b|)"
_PANELS = re.compile(rf"\b{_NUMBER}[\s-]panel\s+(comic|manga)(?:\s+(?:strip|page))?\b", re.IGNORECASE)

_COUNTED = re.compile(
    rf"(?P<lead>^|\W)(?:(?:in|as|across|over|with)\s+)?{_ORDER}(?:{_SET})?{_NUMBER}[\s-]+"
    rf"(?P<kind>(?:[a-z0-9-]+\s+){{0,3}}?)(?P<noun>{_NOUN})s?\b{_LINK}",
    re.IGNORECASE,
)
_UNCOUNTED = re.compile(
    rf"(?P<lead>^|\W)(?:(?:in|as)\s+)?{_ORDER}{_SET}"
    rf"(?:(?P<kind>(?:[a-z0-9-]+\s+){{0,3}}?)(?P<noun>{_NOUN})s\b{_LINK}|(?<=series of )|(?<=sequence of ))",
    re.IGNORECASE,
)
_STORYBOARD = re.compile(
    rf"{_ORDER}(?:\b(?:an?|the)\s+)?\bstoryboards?\b(?:\s+(?:of|about|for)\b)?\s*", re.IGNORECASE
)
_SET_OF_NUMBER = re.compile(
    rf",?\s*(?:as\s+)?\b(?:an?\s+)?(?:series|set|sequence)\s+of\s+{_NUMBER}\b(?!\s*[a-z])", re.IGNORECASE
)

_HAN_ORDER = r"(?:(?:请你?|帮我|给我|为我|麻烦)*(?:生成|画出?|绘制|创作|制作|做|设计|来|输出|创建|展示))?"
_HAN_RELATED = (
    r"(?:连贯|连续|不同(?!风格)|相关|关联|系列|风格统一|风格一致|统一风格|同风格|分镜|[、，]?内容不同)*的?"
)
_HAN_TELLING = r"(?P<noun>插画|插图|照片|海报|漫画|绘本|贴纸|图标|壁纸|头像)"
_HAN_PLAIN = r"(?:组图|系列图|图片|图像|图画|画面|分镜图?|图(?![0-9一二三四五六七八九标]))"
_NOT_PICTURES = r"(?!桌|椅|床|纸|脸|嘴|票|沙发|弓|卡|地图|网|皮|毯|凳|席)"
_HAN_COUNTED = re.compile(
    rf"{_HAN_ORDER}(?:一组|一套|一系列)?(?:总共|共|包含|含)?的?(?<![第\d十]){_HAN_NUMBER}"
    rf"(?:张|幅|格|幕|页|帧){_NOT_PICTURES}{_HAN_RELATED}(?:{_HAN_PLAIN}|{_HAN_TELLING})?"
)
_HAN_UNCOUNTED = re.compile(
    rf"{_HAN_ORDER}(?:一组|一套|一系列){_HAN_RELATED}(?:{_HAN_PLAIN}|{_HAN_TELLING})|"
    rf"{_HAN_ORDER}(?:组图|系列图|分镜图|故事板)"
)
_DOUBLED = (
    (re.compile(r" *\n *"), "\n"),
    (re.compile(r" {2,}"), " "),
    (re.compile(r"([,，、])(?:\s*[,，、])+"), r"\1"),
)
_OPENING = re.compile(
    r"^(?:关于|有关|内容[是为]|主题[是为]|of\b|about\b|showing\b)\s*[:：]?\s*", re.IGNORECASE
)


def without_count(prompt: str) -> str:
    """The prompt as if it asked for one picture: "four watercolor illustrations of a fox" is one of it.

    The prompt itself where nothing else is said.
    """
    told = _SET_OF_NUMBER.sub("", _PANELS.sub(r"\1-style picture", prompt))
    for pattern in (_COUNTED, _UNCOUNTED):
        told = pattern.sub(_singular, told)
    told = _STORYBOARD.sub("", told)
    for pattern in (_HAN_COUNTED, _HAN_UNCOUNTED):
        told = pattern.sub(lambda match: match["noun"] or "", told)
    for pattern, once in _DOUBLED:
        told = pattern.sub(once, told)
    told = _OPENING.sub("", told.strip(" \n，,。"))
    return told if trimmed(told) else prompt


def _singular(match: re.Match[str]) -> str:
    """One picture in the place of several, or nothing where its kind is not told."""
    noun = (match["noun"] or "").lower()
    kind = _RELATED.sub("", match["kind"] or "").strip()
    if noun in ("", *_PLAIN) and not kind:
        return match["lead"]
    article = "an" if (kind or noun)[0] in "aeiou" else "a"
    return f"{match['lead']}{article} {kind} {noun}{match['link']}".replace("  ", " ")
