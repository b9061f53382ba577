"""Listing: the scenes that a prompt numbers or lists, and what it says of all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from limner.engines.sketch.words.lexicon import lexicon

_NUMERAL = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
_HAN_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_MARKERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:scene|panel|picture|image|frame|part|page|shot|step)\s*#?{_NUMERAL}\s*(?:[:.)\-—–]|is|shows)\s*",
        r"(?:the )?\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)"
        r"(?: (?:scene|panel|picture|image|frame|one))?\s*(?:[:\-—–]|is|shows|has)\s*",
        r"(?<![\d.])\d{1,2}\s*[.)、:：]\s*(?!\d)",
        rf"第{_HAN_NUMERAL}(?:张|幅|格|幕|页|个场景|个|图|镜)?\s*(?:图|画面)?\s*(?:[：:，,]|是|为|画)?\s*",
        rf"(?:图|画面|场景|镜头|分镜){_HAN_NUMERAL}\s*[：:、，,.]?\s*",
        r"[①②③④⑤⑥⑦⑧⑨⑩]\s*",
    )
)
_RESPECTIVELY = re.compile(r"(?:分别(?:是|为|画|有|展示)?|依次(?:是|为)?|内容(?:是|为))\s*[：:]?\s*")
_COLON = re.compile(r"[:：]\s*(?![^:：]*[:：])")
_THEN = re.compile(
    r"\s*(?:[;；→\n]+|->|=>|\bthen\b,?|，?然后|，?接着|，?最后|,? and finally\b,?)\s*", re.IGNORECASE
)
_COMMA = re.compile(r"\s*(?:[,，、；;]\s*(?:and\b|和|以及)?|\band\b|和|以及)\s*", re.IGNORECASE)
_EDGES = " \n\t,，、;；.。:：-—–"
_MIN_SCENES = 2


@dataclass(frozen=True, slots=True)
class Listing:
    """common: what is said before the list. scenes: what each of them shows."""

    common: str
    scenes: tuple[str, ...]


def listing_of(prompt: str, count: int) -> Listing | None:
    """The list of a prompt for count pictures, None when it lists nothing."""
    for marker in _MARKERS:
        found = list(marker.finditer(prompt))
        if len(found) >= _MIN_SCENES:
            ends = [match.start() for match in found[1:]] + [len(prompt)]
            scenes = [prompt[m.end() : end] for m, end in zip(found, ends, strict=True)]
            return _listing(prompt[: found[0].start()], scenes)
    return _respective(prompt, count) or _sequence(prompt, count)


def _listing(common: str, scenes: list[str]) -> Listing | None:
    kept = tuple(text for scene in scenes if (text := scene.strip(_EDGES)))
    return Listing(common.strip(_EDGES), kept) if len(kept) >= _MIN_SCENES else None


def _respective(prompt: str, count: int) -> Listing | None:
    """ "分别是 A、B、C", or as many parts after a colon as there are pictures."""
    said = _RESPECTIVELY.search(prompt) or _COLON.search(prompt)
    if said is None:
        return None
    parts = [part for part in _COMMA.split(prompt[said.end() :]) if part.strip(_EDGES)]
    scenes, rest = parts[:count], parts[count:]
    if len(scenes) < count or any(_names_something(part) for part in rest):
        return None
    return _listing(", ".join([prompt[: said.start()], *rest]), scenes)


def _names_something(part: str) -> bool:
    return any(kind in token.meanings for token in lexicon().tokens(part) for kind in ("noun", "place"))


def _sequence(prompt: str, count: int) -> Listing | None:
    """Steps of a story: as many as pictures, or nearly so."""
    colon = _COLON.search(prompt)
    common, told = (prompt[: colon.start()], prompt[colon.end() :]) if colon else ("", prompt)
    parts = [part for part in _THEN.split(told) if part.strip(_EDGES)]
    return _listing(common, parts) if _MIN_SCENES <= len(parts) <= count + 1 else None


def named_in_order(prompt: str, kind: str) -> tuple[str, ...]:
    """The different meanings of one kind that a prompt names, in its order, e.g. its seasons."""
    found = [token.meanings[kind] for token in lexicon().tokens(prompt) if kind in token.meanings]
    if kind == "season":
        found = _with_fall(prompt, found)
    return tuple(dict.fromkeys(found))


def _with_fall(prompt: str, seasons: list[str]) -> list[str]:
    """ "Fall" is a season among seasons only."""
    if "autumn" not in seasons and len(set(seasons)) > 1 and re.search(r"\bfall\b", prompt, re.IGNORECASE):
        at = seasons.index("winter") if "winter" in seasons else len(seasons)
        return [*seasons[:at], "autumn", *seasons[at:]]
    return seasons
