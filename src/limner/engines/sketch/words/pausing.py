"""Pausing: conjunctions, commas and full stops, where clauses end; and words that deny."""

from __future__ import annotations

from limner.engines.sketch.words.describing import flush
from limner.engines.sketch.words.linking import end_waiting
from limner.engines.sketch.words.reading import Neighbours, Reader, Reading

_GOES_ON = ("with", "wearing", "holding")


def _and(reading: Reading, _meaning: str, near: Neighbours) -> None:
    """Between adjectives it joins those; between nouns it makes a chain of them."""
    if reading.words.any_said and not near.next_is("number", "measure"):
        return
    flush(reading)
    if any(draft.target is reading.last for draft in reading.drafts):
        reading.chain = []
    reading.chain_is_whole, reading.joined, reading.named = True, True, False
    if reading.open and reading.open.word not in _GOES_ON:
        reading.open = None


def _comma(reading: Reading, _meaning: str, near: Neighbours) -> None:
    if reading.words.colors and near.next_is("color"):
        return
    _left_open(reading)
    side = None if reading.named else reading.words.side
    flush(reading)
    reading.words.side = side
    reading.open, reading.at, reading.negated, reading.copula = None, None, False, False
    reading.fresh = None
    reading.chain_is_whole, reading.joined = False, reading.last in reading.chain
    reading.named, reading.strange, reading.said = False, False, None


def _stop(reading: Reading, _meaning: str, near: Neighbours) -> None:
    end(reading)


def _left_open(reading: Reading) -> None:
    """ "Seagulls circle above": over nothing in particular."""
    if reading.open and reading.open.word == "above":
        for figure in reading.open.figures:
            figure.rise()


def end(reading: Reading) -> None:
    """End a sentence: what still waits finds its owner or is dropped."""
    _left_open(reading)
    flush(reading)
    end_waiting(reading)
    reading.dressed, reading.chain, reading.fresh, reading.landmark = [], [], None, None
    reading.negated, reading.copula, reading.joined, reading.said = False, False, False, None
    reading.sentence, reading.named, reading.strange = len(reading.drafts), False, False


def _of(reading: Reading, _meaning: str, near: Neighbours) -> None:
    """没有人的街道: what is denied ends at 的."""
    reading.negated = False


def _negate(reading: Reading, _meaning: str, near: Neighbours) -> None:
    flush(reading)
    reading.negated = True


PAUSES: dict[str, Reader] = {
    "stop": _stop,
    "comma": _comma,
    "but": _comma,
    "and": _and,
    "of": _of,
    "negate": _negate,
}
