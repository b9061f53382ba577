"""Features: what a prompt says of the inside of a place, such as its cliff, its fireplace or its tulips."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_MAX_FEATURES = 8


def features_of(text: str) -> tuple[str, ...]:
    """The features that a prompt names, in its order; longer words win over shorter ones within them."""
    pattern, meanings = _vocabulary()
    found = (
        meanings[match.group("word") or match.group("free")] for match in pattern.finditer(text.casefold())
    )
    return tuple(dict.fromkeys(found))[:_MAX_FEATURES]


@cache
def _vocabulary() -> tuple[re.Pattern[str], dict[str, str]]:
    source = (files(__package__) / "features.toml").read_text("utf-8")
    meanings = {w: feature for feature, words in tomllib.loads(source)["words"].items() for w in words}
    ordered = sorted(meanings, key=len, reverse=True)
    whole = "|".join(re.escape(w) for w in ordered if w.isascii())
    free = "|".join(re.escape(w) for w in ordered if not w.isascii())
    return re.compile(rf"(?<![a-z0-9])(?P<word>{whole})(?:s|es)?(?![a-z0-9])|(?P<free>{free})"), meanings
