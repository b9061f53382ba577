"""Relating: how a subject stands to another, from the word between them and what the two of them are."""

from __future__ import annotations

from dataclasses import dataclass

from limner.engines.sketch.words.draft import Draft
from limner.engines.sketch.words.lexicon import lexicon
from limner.engines.sketch.words.spec import RelationKind

_REVERSED: dict[str, RelationKind] = {
    "beside": "beside",
    "with": "with",
    "left_of": "right_of",
    "right_of": "left_of",
    "front_of": "behind",
    "behind": "front_of",
}
_CARRIED = ("holding", "riding", "wearing", "with")
_GROUNDED = ("building", "furniture", "plant")
_MAIN_GARMENTS = ("shirt", "dress", "coat")
_LED: dict[str, RelationKind] = {"eating": "holding", "reading": "holding", "in_vehicle": "in"}


@dataclass(slots=True)
class Open:
    """A word such as "on" that waits for its target. figures: who stands there, none yet when it leads."""

    word: str
    figures: list[Draft]


def relate(word: str, figures: list[Draft], target: Draft) -> None:
    """Let the figures stand to the target as the word says; what cannot be said is left out."""
    for figure in figures:
        if target.family == "sky" and word in ("in", "on"):
            figure.rise()
        kind = kind_of(word, figure, target)
        if kind is None or figure is target:
            continue
        target.reached = target.reached or kind
        if target.is_vague and kind in ("holding", "riding", "wearing"):
            target.count = sum(f.count for f in figures)
        if not figure.stands(kind, target):
            _joins(figure, target, kind)
            target.stands(_REVERSED.get(kind, "behind"), figure)
        if kind == "above" and figure.family not in _GROUNDED:
            figure.above = True
            figure.rise()


def _joins(figure: Draft, target: Draft, kind: RelationKind) -> None:
    """What somebody at a table eats or holds lies on the table."""
    if kind == "holding" and figure.target and figure.target.belongs("surface"):
        target.stands("on", figure.target)


def part(target: Draft) -> Draft | None:
    """The other half of several, on the right of what is between them; None when there is only one."""
    target.side = "left"
    if target.count < 2:
        return None
    other = Draft(
        target.noun, target.count // 2, target.color, target.scale, "right", traits=list(target.traits)
    )
    target.count -= other.count
    return other


def kind_of(word: str, figure: Draft, target: Draft) -> RelationKind | None:
    """The relation that a word means between these two, None for one that says nothing of where they are."""
    if word in _LED:
        return _LED[word] if word != "in_vehicle" or not target.belongs("ridden") else "riding"
    if word == "leading":
        return "with"
    if word == "with":
        return _with(figure, target)
    if word == "in":
        return _in(figure, target)
    if word == "on":
        return _on(figure, target)
    if word == "at":
        return "beside" if target.family in ("furniture", "building") else None
    if word == "wearing" and target.family == "furniture":
        return "beside"
    if word == "holding":
        return "holding" if figure.is_animate and not _is_too_large(target) else "beside"
    if word == "riding" and not target.belongs("ridden"):
        return "in" if target.family in ("vehicle", "aircraft") else "on"
    return _RELATIONS.get(word)


_RELATIONS: dict[str, RelationKind] = {
    "under": "under",
    "above": "above",
    "beside": "beside",
    "left_of": "left_of",
    "right_of": "right_of",
    "front_of": "front_of",
    "behind": "behind",
    "riding": "riding",
    "wearing": "wearing",
}


def _is_too_large(target: Draft) -> bool:
    if target.family in ("building", "vehicle", "furniture", "aircraft", "sky"):
        return target.belongs("large") or target.family != "aircraft" or not target.belongs("airborne")
    return target.belongs("large")


def _with(figure: Draft, target: Draft) -> RelationKind:
    """A hand holds what it can; baskets and tables have things in and on them."""
    if figure.is_animate and not target.is_animate and not _is_too_large(target):
        held = target.family in ("thing", "food", "vessel", "aircraft", "plant", "shape")
        return "holding" if held and not target.belongs("seated") else "with"
    return "with"


def _in(figure: Draft, target: Draft) -> RelationKind | None:
    if target.family == "plant":
        return "on" if figure.is_animate else "beside"
    if target.belongs("container"):
        return "in"
    if target.family == "furniture" or target.belongs("surface"):
        return "on"
    if target.belongs("wall"):
        return "front_of"
    return None if target.family in ("sky", "shape") else "beside"


def _on(figure: Draft, target: Draft) -> RelationKind | None:
    if target.belongs("ridden") and figure.is_animate:
        return "on" if target.belongs("boarded") else "riding"
    if target.family == "vehicle" and target.belongs("container"):
        return "in"
    return "beside" if target.belongs("wall") else "on"


def dress(wearer: Draft, said: str) -> None:
    """Give somebody clothes, e.g. "hat" or "coat:red"."""
    garment, _, color = said.partition(":")
    if garment != "shirt":
        wearer.add_traits([said])
    if color and garment in _MAIN_GARMENTS and wearer.family == "person":
        wearer.color = wearer.color or color


def carrier_of(last: Draft, drafts: list[Draft]) -> Draft | None:
    """Who holds, rides or is with the last one that was named; a further place is theirs."""
    return next((d for d in reversed(drafts) if d.target is last and d.relation in _CARRIED), None)


def turned_around(figure: Draft, target: Draft) -> bool:
    """Things said with a table or basket lie on or in it: they stand to it, not it to them."""
    if not target.is_small or figure.is_animate:
        return False
    groups = lexicon().groups
    if figure.noun in groups["surface"]:
        return target.stands("on", figure)
    if figure.noun in groups["container"] and target.family in ("food", "plant", "thing"):
        return target.stands("in", figure)
    return False
