"""Reading: what has been read of a prompt so far, between one word and the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from limner.engines.sketch.words.draft import Adjectives, Draft
from limner.engines.sketch.words.features import features_of
from limner.engines.sketch.words.lexicon import Token
from limner.engines.sketch.words.quotes import Quote
from limner.engines.sketch.words.relating import Open, carrier_of


@dataclass(slots=True)
class Reading:
    """What the words said of the scene by kind, of places in order, and of subjects.

    without: nouns that must not be there. last: the subject that was named last. chain: those that an "and"
    joins, whole when the last join was one. waiting: targets whose figure is still to come ("on the box, a
    cat"). at: whom 在 speaks of. dressed: who has just been given clothes. said: how a text is announced.
    speaks: the text whose speaker is still to come. fresh: the text right before. landmark: whose left or
    right was spoken of. named: the clause has a noun; strange: it has an unknown word. enclosed: places whose
    word is also a feature, e.g. the island of a sea, with it.
    """

    scene: dict[str, str] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    background: str | None = None
    drafts: list[Draft] = field(default_factory=list)
    without: set[str] = field(default_factory=set)
    quotes: list[Quote] = field(default_factory=list)
    words: Adjectives = field(default_factory=Adjectives)
    last: Draft | None = None
    chain: list[Draft] = field(default_factory=list)
    chain_is_whole: bool = True
    joined: bool = False
    open: Open | None = None
    waiting: list[tuple[str, Draft]] = field(default_factory=list)
    at: list[Draft] | None = None
    dressed: list[Draft] = field(default_factory=list)
    negated: bool = False
    copula: bool = False
    said: str | None = None
    speaks: Quote | None = None
    fresh: Quote | None = None
    landmark: Draft | None = None
    sentence: int = 0
    named: bool = False
    strange: bool = False
    enclosed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def figures(self) -> list[Draft]:
        """Of whom the next relation or action speaks."""
        if self.last is None or not (self.chain or self.named):
            return []
        if self.chain_is_whole and self.last in self.chain and len(self.chain) > 1:
            return list(self.chain)
        return [carrier_of(self.last, self.drafts) or self.last]

    @property
    def in_sentence(self) -> list[Draft]:
        """The subjects that this sentence brought."""
        return self.drafts[self.sentence :]

    def enclose(self, place: str, text: str) -> None:
        """Keep that the place was named by a word that is also a feature."""
        if features := features_of(text):
            self.enclosed.append((place, features))

    def adjectives(self) -> Adjectives:
        """What was said of a noun to come; it is said no more."""
        words, self.words = self.words, Adjectives()
        return words


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A word and those beside it, None at the ends of the prompt."""

    token: Token
    before: Token | None
    after: Token | None

    def next_is(self, *kinds: str) -> bool:
        return self.after is not None and any(kind in self.after.meanings for kind in kinds)

    def last_was(self, *kinds: str) -> bool:
        return self.before is not None and any(kind in self.before.meanings for kind in kinds)


Reader: TypeAlias = Callable[[Reading, str, Neighbours], None]
"""Takes in one meaning of a word."""
