"""Drafts: subjects while a prompt is being read, and the adjectives that wait for their noun."""

from __future__ import annotations

from dataclasses import dataclass, field

from limner.engines.sketch.words.lexicon import lexicon
from limner.engines.sketch.words.spec import Action, RelationKind, Side

ANIMATE = ("person", "animal", "flier", "swimmer")
_SMALL = ("food", "vessel", "thing", "plant")


@dataclass(slots=True, eq=False)
class Draft:
    """A subject so far. reached: how another one stands to it, which tells a setting from a thing.

    setting: the place that it is when it is stood on. fronted: its relation was said before it. is_worn: it
    is only clothes of somebody to come. was_split: one of it was told apart. is_vague: several, nobody
    said how many.
    """

    noun: str
    count: int = 1
    color: str | None = None
    scale: float = 1.0
    side: Side | None = None
    above: bool = False
    action: Action | None = None
    relation: RelationKind | None = None
    target: Draft | None = None
    traits: list[str] = field(default_factory=list)
    reached: RelationKind | None = None
    setting: str | None = None
    fronted: bool = False
    is_worn: bool = False
    was_split: bool = False
    is_vague: bool = False

    @property
    def family(self) -> str:
        """Its class in the lexicon, e.g. animal; what is only an emoji is a thing."""
        return lexicon().classes.get(self.noun, "thing")

    @property
    def is_animate(self) -> bool:
        return self.family in ANIMATE

    @property
    def is_small(self) -> bool:
        """It fits on a table."""
        return self.family in _SMALL and not self.belongs("large")

    @property
    def can_fly(self) -> bool:
        return self.family in ("flier", "aircraft") or self.belongs("airborne")

    def can_do(self, action: Action) -> bool:
        """Whether it is alive, or flies."""
        return self.is_animate or (action == "fly" and self.can_fly)

    def belongs(self, group: str) -> bool:
        """Whether the lexicon has the noun in a group, e.g. ridden."""
        return self.noun in lexicon().groups[group]

    def stands(self, kind: RelationKind, target: Draft) -> bool:
        """Relate it to another one; False when it stands somewhere already, or they would go round."""
        if self.target is not None or target is self or target.target is self:
            return False
        self.relation, self.target, target.reached = kind, target, kind
        return True

    def rise(self) -> None:
        """Be in the air, on its mount if it has one, and fly there if alive."""
        if self.relation == "riding" and self.target:
            self.target.rise()
        self.above = self.above or self.can_fly
        if self.can_fly and self.family in ("animal", "flier") and self.action is None:
            self.action = "fly"

    def adopt(self, words: Adjectives) -> None:
        """Take what is said of a subject that was named before."""
        self.color = words.colors[0] if words.colors else self.color
        self.scale = words.scale if words.scale != 1.0 else self.scale
        self.side = words.side or self.side
        self.action = self.action or words.action
        self.add_traits(words.traits)

    def add_traits(self, traits: list[str]) -> None:
        self.traits += [trait for trait in traits if trait not in self.traits]


@dataclass(slots=True)
class Adjectives:
    """What has been said of a noun that is still to come. shapes: adjectives that no picture shows.

    sheets: the number counts pictures or flat things. plain: of a background.
    """

    count: int | None = None
    colors: list[str] = field(default_factory=list)
    motley: bool = False
    scale: float = 1.0
    side: Side | None = None
    action: Action | None = None
    traits: list[str] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)
    definite: bool = False
    sheets: bool = False
    plain: bool = False
    shade: str | None = None

    @property
    def any_said(self) -> bool:
        """Whether something of it would be lost without a noun."""
        return bool(self.colors or self.traits or self.motley or self.scale != 1.0 or self.shade)
