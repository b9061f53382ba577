"""Linking: prepositions, verbs with objects and Chinese locatives, which relate one subject to another."""

from __future__ import annotations

from limner.engines.sketch.words.describing import flush
from limner.engines.sketch.words.draft import Draft
from limner.engines.sketch.words.reading import Neighbours, Reader, Reading
from limner.engines.sketch.words.relating import Open, dress, part, relate, turned_around
from limner.engines.sketch.words.spec import RelationKind

_SPREADING = ("on", "under", "above", "beside", "front_of", "behind", "in", "left_of", "right_of")
_NEED_FIGURES = ("with", "of", "at")
_SCENE_WORDS = ("place", "format", "time", "season", "weather")
_REACHES: dict[str, RelationKind] = {"in": "in", "on": "on"}
_OPPOSITE_SIDES = ("left_of", "right_of")


def arrived(reading: Reading, draft: Draft) -> None:
    """A noun has come: the target of what is open, else the figure that is waited for."""
    if reading.open is not None:
        _opened(reading, draft)
    elif reading.waiting and reading.at is None:
        _awaited(reading, draft)


def spread(reading: Reading, draft: Draft) -> None:
    """ "On the table lie an apple and a pear": the pear lies there too."""
    leader = reading.chain[-1]
    if not reading.chain_is_whole or not leader.fronted or draft.target is not None:
        return
    if leader.target and leader.relation in _SPREADING:
        draft.fronted = draft.stands(leader.relation, leader.target)


def end_waiting(reading: Reading) -> None:
    """No figure has come; "on the left of the house" speaks of the house at least."""
    for word, target in reading.waiting:
        if target.target is None and word in _OPPOSITE_SIDES:
            target.side = "left" if word == "left_of" else "right"
    reading.waiting, reading.open, reading.at = [], None, None


def _opened(reading: Reading, target: Draft) -> None:
    opened, reading.open = reading.open, None
    if opened is None:
        return
    if opened.word == "between":
        _between(reading, opened.figures, target)
        return
    if not opened.figures:
        target.reached = target.reached or _REACHES.get(opened.word, "beside")
        reading.waiting.append((opened.word, target))
    elif opened.word not in ("with", "of") or not any(turned_around(f, target) for f in opened.figures):
        relate(opened.word, opened.figures, target)


def _between(reading: Reading, figures: list[Draft], target: Draft) -> None:
    """Those between two things are in the middle, and the things on either side."""
    for figure in figures:
        figure.side = figure.side or "center"
    if other := part(target):
        reading.drafts.append(other)


def _awaited(reading: Reading, figure: Draft) -> None:
    for word, target in reading.waiting:
        if target.is_worn:
            dress(figure, word)
        elif target is not figure:
            relate(word, [figure], target)
            figure.fronted = figure.target is target
    reading.waiting = []


def _relation(reading: Reading, word: str, near: Neighbours) -> None:
    of_place = word == "with" and near.last_was(*_SCENE_WORDS)
    figures = [] if of_place else reading.figures
    flush(reading)
    reading.negated, reading.joined = False, False
    reading.open = Open(word, figures) if figures or word not in _NEED_FIGURES else None


def _lead(reading: Reading, word: str, near: Neighbours) -> None:
    """A verb with an object: of the last living one; with nobody before it, of who comes after the object."""
    figures = [figure for figure in reading.figures if figure.is_animate]
    is_english = near.token.text.isascii()
    if not figures or not (reading.named or is_english):
        figures = [d for d in reading.in_sentence if d.is_animate][-1:]
        figures = figures if near_clause(reading) else []
    flush(reading)
    reading.open = Open(word, figures)


def near_clause(reading: Reading) -> bool:
    """Whether what was said before still speaks here: not right after 和, where a new one begins."""
    return reading.named or not reading.joined or not reading.chain_is_whole


def _suffix(reading: Reading, word: str, near: Neighbours) -> None:
    """上 and the like after a noun: that noun is the target."""
    if reading.last is None or not near.last_was("noun", "of"):
        alone = reading.at is None and not near.last_was(*_SCENE_WORDS)
        if reading.last and alone and word in _SPREADING:
            reading.waiting.append((word, reading.last))
        reading.at = None
        return
    target = reading.last
    figures = [f for f in (reading.at or []) if f is not target]
    led, reading.open, reading.at = reading.open, None, None
    if word == "between":
        _between(reading, figures, target)
        return
    if led and led.figures:
        figures = figures or [f for f in led.figures if f is not target]
        word = led.word if led.word == "riding" else word
    target.reached = target.reached or _REACHES.get(word, "beside")
    reading.landmark = target
    if near.next_is("of") or not figures:
        reading.waiting.append((word, target))
        return
    relate(word, figures, target)
    reading.last, reading.chain, reading.chain_is_whole = figures[-1], list(figures), True


def _at(reading: Reading, _meaning: str, near: Neighbours) -> None:
    """在 before a verb only says that it goes on."""
    if near.next_is("action"):
        return
    flush(reading)
    reading.at, reading.joined = reading.figures if reading.named else [], False


def _pronoun(reading: Reading, _meaning: str, near: Neighbours) -> None:
    """ "Next to it" waits for who is there; the one meant is the one before."""
    if reading.open and reading.last and reading.open.figures in ([], [reading.last]):
        reading.waiting.append((reading.open.word, reading.last))
        reading.open = None


LINKS: dict[str, Reader] = {
    "at": _at,
    "lead": _lead,
    "relation": _relation,
    "pronoun": _pronoun,
    "suffix": _suffix,
}
