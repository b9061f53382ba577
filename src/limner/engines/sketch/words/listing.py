"""Listing: the scenes that a prompt numbers or lists, and what it says of all of them."""

from __future__ import annotations

import re

from limner.engines.sketch.words.lexicon import lexicon
from limner.listings import MIN_ITEMS, Listing, comma_parts, listing, marked, steps

_RESPECTIVELY = re.compile(r"(?:分别(?:是|为|画|有|展示)?|依次(?:是|为)?|内容(?:是|为))\s*[：:]?\s*")
_COLON = re.compile(r"[:：]\s*(?![^:：]*[:：])")


def listing_of(prompt: str, count: int) -> Listing | None:
    """The list of a prompt for count pictures, None when it lists nothing."""
    return marked(prompt) or _respective(prompt, count) or _sequence(prompt, count)


def _respective(prompt: str, count: int) -> Listing | None:
    """ "分别是 A、B、C", or as many parts after a colon as there are pictures."""
    said = _RESPECTIVELY.search(prompt) or _COLON.search(prompt)
    if said is None:
        return None
    parts = comma_parts(prompt[said.end() :])
    scenes, rest = parts[:count], parts[count:]
    if len(scenes) < count or any(_names_something(part) for part in rest):
        return None
    return listing(", ".join([prompt[: said.start()], *rest]), scenes)


def _names_something(part: str) -> bool:
    return any(kind in token.meanings for token in lexicon().tokens(part) for kind in ("noun", "place"))


def _sequence(prompt: str, count: int) -> Listing | None:
    """Steps of a story: as many as pictures, or nearly so."""
    colon = _COLON.search(prompt)
    common, told = (prompt[: colon.start()], prompt[colon.end() :]) if colon else ("", prompt)
    parts = steps(told)
    return listing(common, parts) if MIN_ITEMS <= len(parts) <= count + 1 else None


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
