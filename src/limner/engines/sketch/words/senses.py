"""Senses: which of its meanings each word of a prompt has, by the words beside it. It knows no sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from limner.engines.sketch.words import emoji
from limner.engines.sketch.words.draft import ANIMATE
from limner.engines.sketch.words.lexicon import HAN, Token, folded, lexicon

_NAMING = ("noun", "place", "garment", "part", "background", "format")
_ADORNING = ("color", "trait", "scale", "adjective", "number", "motley", "shade", "measure", "mood")
_CONTENT = ("noun", "place", "garment", "season", "weather", "time", "format", "action", "style", "setting")
_EMPTY = ("filler", "adjective", "artwork", "part", "shy")
_LIGHTS = ("light", "lights", "glow", "shadow")
_SEXES = ("woman", "man")
_END = Token({"stop": "stop"})
Meanings: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Around:
    """The words of a prompt about number at; beyond its ends there are full stops."""

    tokens: Sequence[Token]
    at: int

    def token(self, step: int) -> Token:
        number = self.at + step
        return self.tokens[number] if 0 <= number < len(self.tokens) else _END

    def has(self, step: int, *kinds: str) -> bool:
        return any(kind in self.token(step).meanings for kind in kinds)

    def touches(self, step: int) -> bool:
        """Whether the neighbour stands against this word and is an unknown Chinese word."""
        first, second = sorted((self.at, self.at + step))
        other = self.token(step)
        if other is _END or self.tokens[first].end != self.tokens[second].start:
            return False
        return not other.meanings and HAN.match(other.text) is not None

    def named_next(self) -> bool:
        """Whether what follows, past adjectives and colours, is what they would adorn."""
        step = 1
        while self.has(step, *_ADORNING, "and", "of") and not self.has(step, "noun", "stop"):
            step += 1
        return self.has(step, *_NAMING)


def understood(text: str) -> list[Token]:
    """The words of a text with the meanings that they have there; unknown words have none."""
    tokens = _with_emoji(text, list(lexicon().tokens(text)))
    return [_understood(Around(tokens, at)) for at in range(len(tokens))]


def _understood(around: Around) -> Token:
    token = around.token(0)
    meanings = _meanings(token.meanings, around)
    return token if meanings is token.meanings else replace(token, meanings=meanings)


def _with_emoji(text: str, tokens: list[Token]) -> list[Token]:
    """The same words, unknown ones replaced by the emoji whose names they are."""
    if all(token.meanings for token in tokens):
        return tokens
    kept: list[Token] = []
    waiting = tokens[::-1]
    for found in emoji.find(folded(text)):
        while waiting and waiting[-1].end <= found.start:
            kept.append(waiting.pop())
        covered = []
        while waiting and waiting[-1].start < found.end:
            covered.append(waiting.pop())
        kept += [_emoji(found, covered)] if _is_new(covered) else covered
    return [*kept, *reversed(waiting)]


def _is_new(covered: Sequence[Token]) -> bool:
    """Whether an emoji's name says more than the words that it covers."""
    return any(not t.meanings for t in covered) and all(set(t.meanings) <= set(_EMPTY) for t in covered)


def _emoji(found: emoji.Found, covered: Sequence[Token]) -> Token:
    return Token({"noun": found.label}, found.plural, covered[0].text, found.start, found.end)


def _meanings(meanings: Meanings, around: Around) -> Meanings:
    if not meanings:
        return meanings
    if "none" in meanings or _is_chance(meanings, around):
        return {}
    for kinds, rule in _RULES:
        if kinds <= meanings.keys():
            meanings = rule(meanings, around)
    return meanings


def _is_chance(meanings: Meanings, around: Around) -> bool:
    """A single ideograph inside a word that we do not know."""
    token = around.token(0)
    if len(token.text) != 1 or not HAN.match(token.text) or around.has(-1, "number", "measure"):
        return False
    if meanings.keys() & set(_CONTENT):
        return around.touches(-1) or around.touches(1)
    return bool(meanings.keys() & {"color", "trait", "scale", "number", "lead"}) and around.touches(1)


def _without(meanings: Meanings, *kinds: str) -> Meanings:
    return {kind: meaning for kind, meaning in meanings.items() if kind not in kinds}


def _shy(meanings: Meanings, around: Around) -> Meanings:
    """A noun that is also an everyday word counts after an article or adjective, or where a phrase starts."""
    adorned = around.has(-1, *_ADORNING, "determiner", "lead", "relation", "and")
    starts = around.has(-1, "stop", "comma") and not around.has(1, "determiner")
    ends = around.has(1, "stop", "comma") and not around.has(-1, "noun")
    counts = adorned or starts or ends or around.token(0).plural
    return _without(meanings, "shy") if counts else _without(meanings, "shy", "noun", "place")


def _color_or_noun(meanings: Meanings, around: Around) -> Meanings:
    """ "Orange" is the one or the other; a brown bear and 白马 are both."""
    word = around.token(0).text
    if " " in word or (len(word) > 1 and HAN.match(word)):
        return meanings
    if meanings["noun"] in lexicon().groups["tinted"]:
        return meanings
    called = around.has(-1, "copula") or _ends_colors(around)
    is_color = (around.named_next() or called) and not around.token(0).plural
    return _without(meanings, "noun" if is_color else "color")


def _ends_colors(around: Around) -> bool:
    """ "Teal and orange" or "in orange", where a phrase ends: colours."""
    listed = around.has(-1, "and") and around.has(-2, "color") and not around.has(-2, "noun")
    within = around.has(-1, "relation") and around.token(-1).text == "in"
    return (listed or within) and around.has(1, "stop", "comma")


def _style_or_thing(meanings: Meanings, around: Around) -> Meanings:
    """ "ink" and the like are a style before "drawing", or where a phrase ends."""
    if around.token(0).text not in lexicon().groups["risky_style"]:
        return _without(meanings, "noun")
    if around.has(1, "artwork", "style") or (
        around.has(1, "stop", "comma", "and", "of", "quote")
        and not around.has(-1, "number", "color", "trait")
    ):
        return _without(meanings, "noun", "adjective")
    return _without(meanings, "style")


def _measure_or_noun(meanings: Meanings, around: Around) -> Meanings:
    measures = around.has(-1, "number") and around.named_next()
    return _without(meanings, "noun" if measures else "measure")


def _suffix_or_side(meanings: Meanings, around: Around) -> Meanings:
    """左边 after a noun speaks of that noun; else of the picture."""
    named = around.has(-1, "noun") or (around.has(-1, "of") and around.has(-2, "noun"))
    return _without(meanings, "side" if named else "suffix")


def _say_or_read(meanings: Meanings, around: Around) -> Meanings:
    quoted = around.has(1, "quote") or around.has(2, "quote")
    return _without(meanings, "action" if quoted else "say")


def _lead(meanings: Meanings, around: Around) -> Meanings:
    """A verb that wants an object; short Chinese ones only right before it."""
    short = len(around.token(0).text) == 1
    follows = around.has(1, "noun", "garment", *_ADORNING)
    if meanings["lead"] == "in_vehicle":
        return meanings if not short or follows else _without(meanings, "lead")
    return meanings if follows or not short else _without(meanings, "lead")


def _seated_in(meanings: Meanings, around: Around) -> Meanings:
    """坐着 before a vehicle is going by it."""
    classes = lexicon().classes
    step = next((n for n in range(1, 5) if not around.has(n, *_ADORNING)), 1)
    rides = classes.get(around.token(step).meanings.get("noun", "")) in ("vehicle", "aircraft")
    return _without(meanings, "action" if rides else "lead") if meanings["lead"] == "in_vehicle" else meanings


def _shade(meanings: Meanings, around: Around) -> Meanings:
    """ "light" and "dark" shade a colour or a background; else they are light and mood."""
    if around.has(1, "color", "background"):
        return {"shade": meanings["shade"]}
    if around.has(1, "noun", "trait", "garment", "adjective") and not around.has(1, "place"):
        return _without(meanings, "shade", "mood")
    return _without(meanings, "shade")


def _backdrop_or_other(meanings: Meanings, around: Around) -> Meanings:
    return meanings if around.named_next() else _without(meanings, "backdrop")


def _place_or_adjective(meanings: Meanings, around: Around) -> Meanings:
    return _without(meanings, "place" if around.has(1, "noun") else "adjective")


def _inside(meanings: Meanings, around: Around) -> Meanings:
    governs = around.has(1, "number", "determiner", "noun", "color")
    return _without(meanings, "place" if governs else "relation")


def _black_and_white(meanings: Meanings, around: Around) -> Meanings:
    """Before an animal or a thing it is a coat, not a style; 黑白相间 likewise."""
    step = 2 if around.has(1, "of", "adjective") else 1
    coat = around.has(step, "noun") and around.token(0).text in ("black and white", "黑白", "black & white")
    return {"color": "black", "trait": "spotted"} if coat else meanings


def _young_or_baby(meanings: Meanings, around: Around) -> Meanings:
    """A baby elephant is no baby; a female doctor is a doctor, and a female alone is a woman."""
    family = lexicon().classes.get(around.token(1).meanings.get("noun", ""), "")
    if meanings["trait"] in _SEXES and meanings["noun"] in _SEXES:
        return _without(meanings, "noun" if family in ANIMATE else "trait")
    return _without(meanings, "noun") if family in ANIMATE[1:] else meanings


def _compound(meanings: Meanings, around: Around) -> Meanings:
    """Of two nouns in a row the first tells what kind of thing the second is; a panda chef is a panda."""
    before, word, after = (around.token(step) for step in (-1, 0, 1))
    if after.text in _LIGHTS and not word.plural:
        return _without(meanings, "noun")
    if _are_one_phrase(before, word) and (_family(before), _family(word)) == ("animal", "person"):
        return {"guise": _costume(meanings["noun"])}
    if word.plural or not _are_one_phrase(word, after) or _family(after) == "":
        return meanings
    if _family(word) in ANIMATE and (_family(after) in ANIMATE or HAN.match(after.text)):
        dressed = (_family(word), _family(after)) == ("person", "animal")
        return {"trait": _costume(meanings["noun"])} if dressed else meanings
    return _without(meanings, "noun", "garment")


def _family(token: Token) -> str:
    """The class of a word that is a noun and no other thing, else nothing."""
    if "noun" not in token.meanings or "shy" in token.meanings or "color" in token.meanings:
        return ""
    return lexicon().classes.get(token.meanings["noun"], "thing")


def _costume(noun: str) -> str:
    return lexicon().words.get(noun, {}).get("costume", "hat")


def _are_one_phrase(first: Token, second: Token) -> bool:
    return 0 <= second.start - first.end <= 1 and first.text.isascii() == second.text.isascii()


def _drop(*kinds: str) -> Callable[[Meanings, Around], Meanings]:
    return lambda meanings, around: _without(meanings, *kinds)


_Rule: TypeAlias = Callable[[Meanings, Around], Meanings]
_RULES: tuple[tuple[frozenset[str], _Rule], ...] = tuple(
    (frozenset(kinds.split()), rule)
    for kinds, rule in (
        ("color noun", _color_or_noun),
        ("shy", _shy),
        ("noun trait", _young_or_baby),
        ("noun", _compound),
        ("style", _black_and_white),
        ("style", _style_or_thing),
        ("measure noun", _measure_or_noun),
        ("measure number", _drop("number")),
        ("measure part", _drop("part")),
        ("lead measure", lambda m, a: _without(m, "lead" if a.has(-1, "number") else "measure")),
        ("filler measure", lambda m, a: _without(m, "filler" if a.has(-1, "number") else "measure")),
        ("suffix side", _suffix_or_side),
        ("action say", _say_or_read),
        ("part say", lambda m, a: _without(m, "part" if a.has(1, "quote") or a.has(2, "quote") else "say")),
        ("lead", _lead),
        ("action lead", _seated_in),
        ("shade", _shade),
        ("backdrop", _backdrop_or_other),
        ("adjective place", _place_or_adjective),
        ("place relation", _inside),
        ("lead sport", _drop("lead")),
        ("artwork format", _drop("artwork")),
        ("camera artwork", lambda m, a: _without(m, "artwork")),
        ("adjective action", lambda m, a: m),
        ("filler and", _drop("filler")),
    )
)
"""A rule applies where a word has all of its kinds; they apply in this order."""
