"""Acting: what subjects do and say."""

from __future__ import annotations

from limner.engines.sketch.words.describing import flush, split
from limner.engines.sketch.words.draft import Draft
from limner.engines.sketch.words.quotes import role_of_quote, said_before
from limner.engines.sketch.words.reading import Neighbours, Reader, Reading
from limner.engines.sketch.words.relating import Open
from limner.engines.sketch.words.spec import Action, RelationKind

_WITH_OBJECT: dict[Action, str] = {"eat": "eating", "read": "reading"}
_ADORNING = ("number", "determiner", "adjective", "color", "measure", "of")
_NOUN_FOLLOWS = ("noun", "color", "adjective", "trait", "scale", "of")
SPORTS: dict[str, tuple[RelationKind, Action | None]] = {
    "surfboard": ("on", "stand"),
    "skateboard": ("on", "stand"),
    "sled": ("on", "sit"),
    "bicycle": ("riding", None),
    "horse": ("riding", None),
    "chess pawn": ("beside", "sit"),
    "soccer ball": ("beside", "run"),
    "basketball": ("beside", "jump"),
    "piano": ("beside", "sit"),
    "campfire": ("beside", "sit"),
    "boat": ("in", "sit"),
}
"""How one stands to the thing of a sport, and what one does there; what is not here is held."""


def _action(reading: Reading, meaning: str, near: Neighbours) -> None:
    """What the subjects before it do; before a noun it waits for that one."""
    action: Action = meaning  # type: ignore[assignment]
    if _is_one_of_them(reading, near):
        _act_alone(reading, action)
        return
    adorns = near.last_was(*_ADORNING) or near.next_is("of")
    if reading.copula:
        flush(reading)
    actors = [] if adorns else _actors(reading, action, near)
    for actor in actors:
        actor.action = action if action == "read" or actor.action is None else actor.action
    if not actors:
        reading.words.action = reading.words.action or action
    elif action in _WITH_OBJECT and reading.open is None:
        reading.open = Open(_WITH_OBJECT[action], actors)


def _actors(reading: Reading, action: Action, near: Neighbours) -> list[Draft]:
    """Those right before the verb who can do it, else the last of the clause: "a girl by a tree reading"."""
    able = [figure for figure in _before(reading, near) if figure.can_do(action)]
    if able or not reading.named or near.next_is(*_NOUN_FOLLOWS):
        return able
    return [d for d in reading.in_sentence if d.is_animate and d.action in (None, "sit", "stand")][-1:]


def _before(reading: Reading, near: Neighbours) -> list[Draft]:
    """Who acts when the verb comes after them, be it after a comma: "a girl, reading a book"."""
    if reading.named:
        return reading.figures
    if near.next_is(*_NOUN_FOLLOWS) or (reading.joined and reading.chain_is_whole):
        return []
    figures = [f for f in reading.figures if f.is_animate]
    return figures or [d for d in reading.in_sentence if d.is_animate][-1:]


def _is_one_of_them(reading: Reading, near: Neighbours) -> bool:
    """ "Two pandas, one sleeping": one without a noun, after several."""
    several = reading.last is not None and (reading.last.count > 1 or reading.last.was_split)
    return several and reading.words.count == 1 and not reading.named and not near.next_is("noun", "of")


def _act_alone(reading: Reading, action: Action) -> None:
    owner = reading.last
    reading.adjectives()
    if owner is None:
        return
    alone = split(reading, owner) if owner.count > 1 else owner
    alone.action, owner.was_split = action, True
    if action in _WITH_OBJECT:
        reading.open = Open(_WITH_OBJECT[action], [alone])


def _sport(reading: Reading, thing: str, near: Neighbours) -> None:
    """Surfing and the like: a verb with its thing inside."""
    figures = [figure for figure in reading.figures if figure.is_animate]
    kind, action = SPORTS.get(thing, ("holding", None))
    if any(d.noun == thing for d in reading.drafts):
        return
    each = kind == "holding" and near.token.text.endswith("s")
    draft = Draft(thing, sum(f.count for f in figures) or 1 if each else 1)
    reading.drafts.append(draft)
    for figure in figures:
        figure.stands(kind, draft)
        figure.action = figure.action or action
    if not figures:
        reading.waiting.append((kind, draft))


def _quote(reading: Reading, mark: str, near: Neighbours) -> None:
    printed = "format" in reading.scene
    quote = role_of_quote(mark, reading.said, reading.last, reading.named, printed)
    reading.quotes.append(quote)
    reading.fresh = quote if quote.role == "title" and reading.said is None else None


def _say(reading: Reading, meaning: str, near: Neighbours) -> None:
    """A verb of saying is of the quote that follows; with none, of the one before: "Hello", says the cat."""
    if said_before(reading.quotes, meaning, reading.last):
        return
    reading.said = meaning
    if meaning == "bubble" and reading.quotes and not near.next_is("quote", "comma"):
        reading.speaks = reading.quotes[-1] if reading.quotes[-1].bearer is None else None


DEEDS: dict[str, Reader] = {"action": _action, "sport": _sport, "say": _say, "quote": _quote}
