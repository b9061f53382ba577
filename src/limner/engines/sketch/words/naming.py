"""Naming: nouns become drafts of subjects, or clothes and books of those who have them."""

from __future__ import annotations

from limner.engines.sketch.words.acting import SPORTS
from limner.engines.sketch.words.draft import Adjectives, Draft
from limner.engines.sketch.words.lexicon import lexicon
from limner.engines.sketch.words.linking import arrived, spread
from limner.engines.sketch.words.quotes import BOARDS
from limner.engines.sketch.words.reading import Neighbours, Reader, Reading
from limner.engines.sketch.words.relating import dress

_SEVERAL = 3
_PAIR = 2
_MOTLEY = ("red", "yellow", "blue", "green")
_READ = ("book", "books", "newspaper")
_CLOTHING = ("wearing", "with", "in")
_YOUNG_SCALE = 0.65
_INFANT = "baby"


def _noun(reading: Reading, noun: str, near: Neighbours) -> None:
    if reading.negated:
        reading.without.add(noun)
        reading.adjectives()
        return
    if "garment" in near.token.meanings and _wears(reading, near.token.meanings["garment"]):
        return
    if reading.open and reading.open.word == "reading" and _is_read(reading, noun):
        reading.adjectives()
        reading.open = None
        return
    words = reading.adjectives()
    several = near.token.plural or _is_uncounted(noun, near.token.text)
    draft = _known_before(reading, noun, words) or _drafted(reading, noun, words, several)
    draft.setting = draft.setting or near.token.meanings.get("setting")
    _named(reading, draft)
    if not near.next_is("suffix"):
        arrived(reading, draft)


def _is_uncounted(noun: str, text: str) -> bool:
    """Sheep without a number are several."""
    return noun in lexicon().groups["uncounted"] and noun == text


def _named(reading: Reading, draft: Draft) -> None:
    reading.copula, reading.dressed = False, []
    if reading.joined and reading.chain and reading.open is None:
        spread(reading, draft)
        if draft not in reading.chain:
            reading.chain.append(draft)
    else:
        reading.chain, reading.chain_is_whole = [draft], True
    reading.joined, reading.last, reading.named = False, draft, True
    quote, reading.fresh = reading.fresh, None
    if quote and draft.noun in BOARDS:
        quote.role, quote.bearer = "sign", draft
    if reading.speaks and draft.is_animate:
        reading.speaks.role, reading.speaks.bearer, reading.speaks = "bubble", draft, None


def _someone(reading: Reading, noun: str, near: Neighbours) -> None:
    """ "She" is somebody when nobody has been named."""
    if not any(draft.is_animate for draft in reading.drafts) and not reading.negated:
        _named(reading, _drafted(reading, noun, reading.adjectives(), False))


def _party(reading: Reading, nouns: str, near: Neighbours) -> None:
    """A family or a couple: several nouns in one word; of an animal right before it, its own kind."""
    beast = reading.last if near.last_was("noun") else None
    if beast and beast.is_animate and beast.family != "person":
        beast.count = max(beast.count, _PAIR)
        _offspring(reading, "", near)
        return
    words = reading.adjectives()
    told = [noun.split("+") for noun in nouns.split(" & ")]
    drafts = [_drafted(reading, noun, Adjectives(traits=[*words.traits, *own]), False) for noun, *own in told]
    opened = reading.open
    _named(reading, drafts[0])
    for draft in drafts if opened else ():
        reading.open = opened
        arrived(reading, draft)
    reading.chain, reading.chain_is_whole, reading.last = drafts, True, drafts[-1]
    if words.action:
        for draft in drafts:
            draft.action = words.action


def _guise(reading: Reading, traits: str, near: Neighbours) -> None:
    """A panda chef wears what chefs wear."""
    if reading.last:
        reading.last.add_traits(traits.split(" & "))


def _kit(reading: Reading, thing: str, near: Neighbours) -> None:
    """A footballer has a ball, a guitarist a guitar."""
    owner = reading.last
    if owner is None or reading.negated or any(d.noun == thing for d in reading.drafts):
        return
    kind, action = SPORTS.get(thing, ("holding", None))
    draft = Draft(thing, owner.count if kind == "holding" else 1)
    if owner.stands(kind, draft):
        reading.drafts.append(draft)
        owner.action = owner.action or action


def _offspring(reading: Reading, _meaning: str, near: Neighbours) -> None:
    """A cub is of the animal before it."""
    parent = reading.last
    if parent and parent.family == "person":
        _noun(reading, _INFANT, near)
        return
    words = reading.adjectives()
    if parent is None or not parent.is_animate or reading.negated:
        return
    words.traits.append("young")
    words.count = words.count or (2 if near.token.plural else 1)
    cub = _drafted(reading, parent.noun, words, False)
    cub.scale, cub.color = _YOUNG_SCALE, cub.color or parent.color
    cub.stands("beside", parent)
    reading.joined, reading.open = False, None


def _is_read(reading: Reading, noun: str) -> bool:
    """A book in the hands of people is painted with them; a cat needs one of its own."""
    readers = reading.open.figures if reading.open else []
    return noun in _READ and bool(readers) and all(d.family == "person" for d in readers)


def _garment(reading: Reading, garment: str, near: Neighbours) -> None:
    """Clothes that are no thing of their own, e.g. an apron."""
    if "noun" not in near.token.meanings and not _wears(reading, garment):
        reading.adjectives()


def _wears(reading: Reading, garment: str) -> bool:
    """Clothes on somebody are traits of theirs; the main garment's colour is theirs too."""
    opened = reading.open
    if opened and opened.word == "wearing" and not opened.figures:
        reading.waiting.append((_garbed(reading, garment), Draft(garment, is_worn=True)))
        reading.open = None
        return True
    wearers = _wearers(reading)
    if not wearers:
        return False
    traits, said = reading.words.traits, _garbed(reading, garment)
    for wearer in wearers:
        wearer.add_traits([trait for trait in traits if opened or "hair" in trait])
        dress(wearer, said)
    reading.dressed, reading.open = wearers, None
    return True


def _wearers(reading: Reading) -> list[Draft]:
    opened = reading.open
    if opened and opened.word in _CLOTHING:
        return [figure for figure in opened.figures if figure.is_animate]
    if opened is not None and not reading.joined:
        return []
    bare = reading.words.count is None and not reading.words.definite and not reading.named
    alone = [d for d in reading.drafts[-1:] if d.family == "person"] if bare else []
    return reading.dressed or alone


def _garbed(reading: Reading, garment: str) -> str:
    words = reading.adjectives()
    return f"{garment}:{words.colors[0]}" if words.colors else garment


def _known_before(reading: Reading, noun: str, words: Adjectives) -> Draft | None:
    """The draft that is meant when a noun comes again with "the", or without any article."""
    if words.count is not None and not words.definite:
        return None
    for draft in reversed(reading.drafts):
        fits = draft.color is None or not words.colors or draft.color == words.colors[0]
        if draft.noun == noun and (fits or words.definite):
            draft.adopt(words)
            return draft
    return None


def _drafted(reading: Reading, noun: str, words: Adjectives, plural: bool) -> Draft:
    """A new subject; one of several colours is several subjects."""
    count = _counted(noun, words, plural)
    colors: list[str | None] = [*words.colors] or [*(_MOTLEY if words.motley and count > 1 else (None,))]
    colors = colors[:count]
    drafts = []
    for number, color in enumerate(colors):
        share = count // len(colors) + (number < count % len(colors))
        traits = list(dict.fromkeys(words.traits))
        drafts.append(Draft(noun, share, color, words.scale, words.side, traits=traits))
    for draft in drafts:
        draft.is_vague = plural and words.count is None and len(drafts) == 1
        if draft.belongs("patterned") and "spotted" in draft.traits:
            draft.color = None
        _start_acting(reading, draft, words)
    reading.drafts += drafts
    return drafts[0]


def _is_plural_name(noun: str) -> bool:
    """Grapes and glasses are one thing."""
    plural = noun.endswith("s") and not noun.endswith(("us", "ss", "is"))
    return plural or noun in lexicon().groups["set"]


def _counted(noun: str, words: Adjectives, plural: bool) -> int:
    """How many: 四张 counts tables, but pictures of cats."""
    pictures = words.sheets and noun not in lexicon().groups["sheet"]
    if words.count is not None and not pictures:
        return words.count
    if not plural or _is_plural_name(noun):
        return 1
    return _PAIR if noun in lexicon().groups["pair"] else _SEVERAL


def _start_acting(reading: Reading, draft: Draft, words: Adjectives) -> None:
    """A participle before a noun is what that noun does, or else what the one before does."""
    if words.action is None:
        return
    if draft.can_do(words.action):
        draft.action = words.action
    elif reading.last and reading.last.can_do(words.action) and reading.last.action is None:
        reading.last.action = words.action


NOUNS: dict[str, Reader] = {
    "noun": _noun,
    "garment": _garment,
    "someone": _someone,
    "guise": _guise,
    "kit": _kit,
    "party": _party,
    "offspring": _offspring,
}
