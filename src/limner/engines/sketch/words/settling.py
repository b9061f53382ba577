"""Settling: where a prompt that has been read is set, and which of its nouns are the setting itself."""

from __future__ import annotations

from collections.abc import Sequence

from limner.engines.sketch.words.draft import Draft
from limner.engines.sketch.words.lexicon import lexicon
from limner.engines.sketch.words.reading import Reading

_RANKS = {
    "table": 1,
    "meadow": 1,
    "sea": 2,
    "mountains": 2,
    "forest": 2,
    "lake": 4,
    "beach": 4,
    "river": 4,
    "coast": 4,
    "flowers": 4,
    "bamboo": 4,
    "skyline": 4,
}
"""Of several places the one of highest rank is painted: a lake in the mountains is a lake."""
_USUAL_RANK = 5
_PLAIN = "plain"
_EMBLEMS = ("icon", "pattern")
PRINTS = ("poster", "card", "banner", "icon")
"""Places that are printed matter."""
_MAY_HAVE = {
    "island": ("sea", "lake"),
    "waves": ("coast", "beach"),
    "jetty": ("lake", "beach", "river"),
    "cliff": ("sea", "beach"),
    "cove": ("coast",),
    "dunes": ("beach",),
    "pond": ("park", "garden"),
    "stream": ("forest", "meadow"),
    "canyon": ("desert", "river"),
    "fireplace": ("cafe", "bedroom"),
    "window": ("table", "desk", "kitchen", "cafe", "bedroom"),
    "rooftops": ("village",),
    "square": ("park",),
    "boulevard": ("park", "skyline"),
    "galaxy": ("moonscape", "mars", "desert", "mountains", "lake"),
    "mars": ("space",),
}
"""Places that may have a feature which has a place of its own elsewhere."""
_PAINTED_WITH = {"bowl": ("chopsticks",), "snowman": ("carrot",), "campfire": ("wood",), "vase": ("bouquet",)}
"""What a body has already."""
_PARTS = {
    "cake": ("candle",),
    "house": ("door", "window"),
    "hut": ("door", "window"),
    "barn": ("door", "window"),
    "church": ("door", "window", "bell", "tower"),
    "castle": ("tower", "flag", "door", "window"),
    "lighthouse": ("light bulb", "lamp", "door"),
    "windmill": ("door",),
    "office building": ("window", "door"),
    "skyscraper": ("window",),
    "ship": ("flag", "anchor"),
    "car": ("wheel",),
    "truck": ("wheel",),
    "bicycle": ("wheel",),
    "train": ("wheel",),
    "tree": ("fallen leaf", "maple leaf"),
    "computer": ("keyboard",),
    "christmas tree": ("star", "bell", "ball"),
    "pirate": ("sword", "hat"),
    "witch": ("hat",),
    "santa claus": ("hat",),
    "king": ("crown",),
    "queen": ("crown",),
    "princess": ("crown",),
}
"""What a body has of its own, so that nothing is added where the words join the two."""
_NEVER_ALONE = ("door", "window", "wheel", "keyboard")
"""Parts that are those of any body that has them."""
_IN_PLACE = {
    "moonscape": ("globe showing americas",),
    "space": ("globe showing americas",),
    "mars": ("planet",),
}
"""What a place shows in its own sky when it is asked for."""
_ASHORE = ("lighthouse", "castle", "church")
_POSTER_STYLE = "retro"
_SHOPS = ("convenience store", "department store", "school", "bank", "hotel")
"""Those for whom something is printed; their wares are shown instead."""


def settle(reading: Reading) -> None:
    """Turn nouns that are settings into the place, choose the place, and drop what must not be there."""
    for noun in reading.without:
        _drop(reading, [d for d in reading.drafts if d.noun == noun])
    painted = {noun for draft in reading.drafts for noun in _PAINTED_WITH.get(draft.noun, ())}
    _drop(reading, [d for d in reading.drafts if d.noun in painted or _is_part(d, reading.drafts)])
    _heap(reading.drafts)
    printed, motif = reading.scene.pop("format", None), reading.scene.pop("motif", None)
    windowed = printed is None and _look_out(reading)
    for draft in list(reading.drafts):
        if draft.setting and printed not in _EMBLEMS:
            _settle_noun(reading, draft)
    if windowed and _place(_outer(reading)) is None:
        reading.places.append("room")
    reading.scene.update(_setting(reading, _place(_outer(reading)), printed))
    if motif and reading.scene.get("place") in PRINTS and not reading.without:
        _drop(reading, [d for d in reading.drafts if d.noun in _SHOPS])
        if not reading.drafts:
            reading.drafts.append(Draft(motif))
    there = _IN_PLACE.get(reading.scene.get("place", ""), ())
    _drop(reading, [d for d in reading.drafts if d.noun in there])


def _is_part(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether it belongs to a body that it is said with."""
    joined = [d for d in drafts if d is draft.target or d.target is draft]
    if not joined and draft.noun in _NEVER_ALONE:
        joined = list(drafts)
    return any(draft.noun in _PARTS.get(d.noun, ()) for d in joined)


def _heap(drafts: Sequence[Draft]) -> None:
    """Food that is said with nothing but a basket is in it; a bowl that holds fruit is shown as one."""
    baskets = [d for d in drafts if d.noun == "basket" and d.target is None]
    loose = [d for d in drafts if d.family == "food" and d.target is None]
    if len(baskets) == 1 and len(loose) > 1 and len(drafts) == len(loose) + 1:
        for food in loose:
            food.stands("in", baskets[0])
    for bowl in drafts:
        if bowl.noun == "bowl" and any(d.target is bowl and d.family == "food" for d in drafts):
            bowl.noun = "basket"


def _look_out(reading: Reading) -> bool:
    """A window that somebody is by, or that light falls through, is the room's."""
    outside = any(d.family in ("building", "vehicle") for d in reading.drafts)
    windows = [d for d in reading.drafts if d.noun == "window" and d.color is None]
    if not windows or outside or len(windows) == len(reading.drafts):
        return False
    _drop(reading, windows)
    if [d.setting for d in reading.drafts] == ["table"]:
        reading.places.append("table")
        reading.drafts.clear()
    return True


def _outer(reading: Reading, *more: str) -> list[str]:
    """The places, without those that are only features of another one that is said: the island of a sea."""
    places = [*reading.places, *more]
    inner = {
        place
        for place, features in reading.enclosed
        if any(other != place and other in _MAY_HAVE.get(f, ()) for f in features for other in places)
    }
    return [place for place in places if place not in inner] or places


def _setting(reading: Reading, place: str | None, printed: str | None) -> dict[str, str]:
    """The place, and the style of a poster that shows one; emblems and patterns are places of their own."""
    if place in ("beach", "sea") and any(d.noun in _ASHORE and d.scale >= 1 for d in reading.drafts):
        place = "coast"
    scenic = place in lexicon().groups["scenic"]
    if printed in _EMBLEMS or (printed and not scenic):
        place = printed
    styled = {"style": _POSTER_STYLE} if printed == "poster" and scenic else {}
    return {**styled, **reading.scene, **({"place": place} if place else {})}


def _place(places: Sequence[str]) -> str | None:
    """The first of those of highest rank; a plain ground only where nothing else is said."""
    real = [place for place in places if place != _PLAIN]
    if not real:
        return _PLAIN if places else None
    return max(real, key=lambda place: _RANKS.get(place, _USUAL_RANK))


def _settle_noun(reading: Reading, draft: Draft) -> None:
    """The moon that one stands on, a table under cups, mountains behind: places, not things."""
    figures = [d for d in reading.drafts if d.target is draft]
    setting = draft.setting or ""
    if _RULES[setting](reading, draft, figures):
        reading.places.append(setting)
        _drop(reading, [draft])


def _stood_on(reading: Reading, draft: Draft, figures: Sequence[Draft]) -> bool:
    return draft.reached == "on"


def _covered(reading: Reading, draft: Draft, figures: Sequence[Draft]) -> bool:
    """A table is a still life when only small things lie on it, and nothing else is there."""
    others = [d for d in reading.drafts if d is not draft and d not in figures]
    lies = all(d.is_small for d in figures) and draft.reached in ("on", "beside")
    lone = not figures and draft.reached is None and bool(others) and all(d.is_small for d in others)
    return (
        (lies or lone)
        and _place(_outer(reading, "table")) == "table"
        and not any(d.is_animate or d.family == "furniture" for d in others)
    )


def _beheld(reading: Reading, draft: Draft, figures: Sequence[Draft]) -> bool:
    place = _place(reading.places)
    return place in (None, "forest", "meadow", "lake", "mountains", "snowfield", "village")


def _grown(reading: Reading, draft: Draft, figures: Sequence[Draft]) -> bool:
    return draft.reached == "in"


_RULES = {
    "moonscape": _stood_on,
    "table": _covered,
    "mountains": _beheld,
    "meadow": _beheld,
    "bamboo": _grown,
}


def _drop(reading: Reading, gone: Sequence[Draft]) -> None:
    for draft in gone:
        reading.drafts.remove(draft)
    for other in reading.drafts:
        if other.target in gone:
            other.relation, other.target = None, None
    for quote in reading.quotes:
        if quote.bearer in gone:
            quote.role, quote.bearer = "title", None
