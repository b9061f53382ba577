"""Reading: a prompt's words taken in one after another, as drafts of subjects and facts of the scene."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from limner.engines.sketch.words.draft import Adjectives, Draft
from limner.engines.sketch.words.lexicon import Token, lexicon
from limner.engines.sketch.words.quotes import Quote, role_of_quote, said_before
from limner.engines.sketch.words.relating import Open, carrier_of, relate, turned_around
from limner.engines.sketch.words.spec import Action, RelationKind, Side

SCENE_KINDS = ("time", "season", "weather", "style", "mood", "camera", "format", "series")
SEVERAL = 3
_SCALES = {"large": 1.5, "small": 0.65}
_MOTLEY = ("red", "yellow", "blue", "green")
_HAIR_SHAPES = {"long": "long hair", "short": "short hair", "curly": "curly hair", "长": "long hair"}
_SPORT_RELATIONS: dict[str, RelationKind] = {"horse": "riding", "bicycle": "riding", "sled": "on"}
_OUTDOORS, _INDOORS = ("front_of", "beside", "behind"), ("cafe", "room", "kitchen")
_SPREADS = ("on", "under", "above", "beside", "front_of", "behind", "in", "left_of", "right_of")
_WITH_OBJECT: dict[Action, str] = {"eat": "eating", "read": "reading"}
_READ = ("book", "books", "newspaper")
_BOARDS = ("surfboard", "skateboard")


@dataclass(slots=True)
class Reading:
    """What has been read so far. scene: by kind; places: all that are named, in order.

    chain: the subjects that an "and" joins, whole when the last join was an "and". waiting: targets whose
    figure is still to come ("on the box, a cat"). without: nouns that must not be there.
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
    sentence: int = 0
    named: bool = False
    strange: bool = False

    @property
    def figures(self) -> list[Draft]:
        """Of whom the next relation or action speaks."""
        if self.last is None or not (self.chain or self.named):
            return []
        if self.chain_is_whole and self.last in self.chain:
            return list(self.chain)
        return [carrier_of(self.last, self.drafts) or self.last]

    def take(self, tokens: Sequence[Token], at: int) -> None:
        """Take in word number at of the prompt."""
        token = tokens[at]
        before, after = (tokens[i] if 0 <= i < len(tokens) else None for i in (at - 1, at + 1))
        for kind, reader in READERS.items():
            if kind in token.meanings:
                reader(self, token.meanings[kind], Neighbours(token, before, after))
        self.strange = self.strange or not token.meanings

    def finish(self) -> None:
        """Attach what is still waiting when the prompt ends."""
        _stop(self, "stop", None)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A word and those beside it."""

    token: Token
    before: Token | None
    after: Token | None

    def next_is(self, *kinds: str) -> bool:
        return self.after is not None and any(kind in self.after.meanings for kind in kinds)

    def last_was(self, *kinds: str) -> bool:
        return self.before is not None and any(kind in self.before.meanings for kind in kinds)


def _flush(reading: Reading) -> None:
    """Adjectives that found no noun speak of the last one, if they are said of it: "the house is blue"."""
    words, reading.words = reading.words, Adjectives()
    if words.action:
        _act_late(reading, words.action)
    governed = reading.open.figures if reading.open and reading.open.word in ("with", "in", "wearing") else []
    alone = not reading.named and not reading.strange
    owners = governed or ([reading.last] if reading.last and (reading.copula or alone) else [])
    if not words.any_said or not owners or reading.negated:
        return
    if _splits(words, owners[0]):
        _split(reading, owners[0], words.colors[0])
        return
    for owner in owners:
        owner.color = owner.color or (words.colors[0] if words.colors else None)
        owner.add_traits(words.traits)
        owner.scale = words.scale if words.scale != 1.0 else owner.scale
    reading.copula = False


def _act_late(reading: Reading, action: Action) -> None:
    """A participle without a noun after it is what the last living one of its sentence does."""
    able = [d for d in reading.drafts[reading.sentence :] if _can(d, action) and d.action is None]
    for actor in able[-1:]:
        actor.action = action


def _splits(words: Adjectives, owner: Draft) -> bool:
    """ "two cats, one black and one white"."""
    return words.count == 1 and bool(words.colors) and owner.count > 1


def _split(reading: Reading, owner: Draft, color: str) -> None:
    owner.count -= 1
    single = Draft(owner.noun, 1, color, owner.scale, traits=list(owner.traits), action=owner.action)
    reading.drafts.insert(reading.drafts.index(owner), single)
    reading.sentence += 1


def _scene_reader(kind: str) -> Reader:
    def read(reading: Reading, meaning: str, near: Neighbours) -> None:
        if reading.negated:
            reading.scene.setdefault(f"no {kind}", meaning)
        else:
            reading.scene.setdefault(kind, meaning)

    return read


def _place(reading: Reading, meaning: str, near: Neighbours) -> None:
    """A place takes the adjectives and the relation that wait; it is no subject."""
    reading.words, reading.chain_is_whole = Adjectives(), reading.chain_is_whole
    if reading.negated:
        return
    reading.places.append(meaning)
    if reading.open and reading.open.word == "above":
        for figure in reading.open.figures:
            figure.rise()
    if reading.open and reading.open.word in _OUTDOORS and meaning in _INDOORS:
        reading.places[-1] = "street"
    reading.open, reading.at, reading.dressed = None, None, []


def _noun(reading: Reading, noun: str, near: Neighbours) -> None:
    if reading.negated:
        reading.without.add(noun)
        reading.words = Adjectives()
        return
    if "garment" in near.token.meanings and _wears(reading, near.token.meanings["garment"]):
        return
    if reading.open and reading.open.word == "reading" and _is_read(reading, noun):
        reading.words, reading.open = Adjectives(), None
        return
    words, reading.words = reading.words, Adjectives()
    draft = _known_before(reading, noun, words) or _drafted(reading, noun, words, near)
    draft.setting = draft.setting or near.token.meanings.get("setting")
    reading.copula, reading.dressed = False, []
    _joined(reading, draft)
    reading.last, reading.named = draft, True
    if reading.speaks and draft.is_animate:
        reading.speaks.role, reading.speaks.bearer, reading.speaks = "bubble", draft, None
    if near.next_is("suffix"):
        return
    if reading.open is not None:
        _opened(reading, draft)
    elif reading.waiting and reading.at is None:
        _awaited(reading, draft)


def _is_read(reading: Reading, noun: str) -> bool:
    """A book in the hands of people is painted with them; a cat needs one of its own."""
    readers = reading.open.figures if reading.open else []
    return noun in _READ and bool(readers) and all(d.family == "person" for d in readers)


def _wears(reading: Reading, garment: str) -> bool:
    """Clothes on somebody are traits of theirs; the main garment's colour is theirs too."""
    opened = reading.open
    wearers = reading.dressed if reading.joined or reading.open is None else []
    if opened and opened.word in ("wearing", "with", "in"):
        wearers = [f for f in opened.figures if f.is_animate or f.noun in ("robot", "snowman")]
        if not opened.figures and opened.word == "wearing":
            reading.waiting.append((_garbed(reading, garment), Draft("hat")))
            reading.open = None
            return True
    if not wearers and opened is None and reading.words.count is None and not reading.words.definite:
        wearers = [d for d in reading.drafts[-1:] if d.family == "person" and not reading.named]
    if not wearers:
        return False
    traits, said = reading.words.traits, _garbed(reading, garment)
    for wearer in wearers:
        wearer.add_traits([trait for trait in traits if opened or "hair" in trait])
        _dress(wearer, said)
    reading.dressed, reading.open = wearers, None
    return True


def _garbed(reading: Reading, garment: str) -> str:
    colors, reading.words = reading.words.colors, Adjectives()
    return f"{garment}:{colors[0]}" if colors else garment


def _dress(wearer: Draft, said: str) -> None:
    garment, _, color = said.partition(":")
    if garment != "shirt":
        wearer.add_traits([said])
    if color and garment in ("shirt", "dress", "coat") and wearer.family == "person":
        wearer.color = wearer.color or color


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


def _drafted(reading: Reading, noun: str, words: Adjectives, near: Neighbours) -> Draft:
    count = words.count if words.count is not None else SEVERAL if near.token.plural else 1
    colors = list(_MOTLEY) if words.motley and count > 1 and not words.colors else words.colors
    draft = Draft(noun, count, colors[0] if colors else None, words.scale, words.side)
    draft.add_traits(words.traits)
    if draft.noun in lexicon().groups["patterned"] and "spotted" in draft.traits:
        draft.color = None
    _start_acting(reading, draft, words)
    parts = min(len(colors), count)
    draft.count = count - count // max(1, parts) * (parts - 1) if parts > 1 else count
    reading.drafts.append(draft)
    for color in colors[1:parts]:
        reading.drafts.append(Draft(noun, count // parts, color, words.scale, words.side, action=draft.action))
    return draft


def _start_acting(reading: Reading, draft: Draft, words: Adjectives) -> None:
    """A participle before a noun is what that noun does, or else what the one before does."""
    if words.action is None:
        return
    if _can(draft, words.action):
        draft.action = words.action
    elif reading.last and _can(reading.last, words.action) and reading.last.action is None:
        reading.last.action = words.action


def _can(draft: Draft, action: Action) -> bool:
    return draft.is_animate or (action == "fly" and draft.can_fly)


def _joined(reading: Reading, draft: Draft) -> None:
    """Into the chain of those before it after "and", and tentatively after a comma; else a chain of its own."""
    if reading.joined and reading.chain and reading.open is None:
        fronted = reading.chain[-1]
        if reading.chain_is_whole and fronted.fronted and fronted.target and fronted.relation in _SPREADS and draft.target is None:
            draft.fronted = draft.stands(fronted.relation, fronted.target)
        if draft not in reading.chain:
            reading.chain.append(draft)
    else:
        reading.chain, reading.chain_is_whole = [draft], True
    reading.joined = False


def _opened(reading: Reading, target: Draft) -> None:
    """The target of a relation has come."""
    opened, reading.open = reading.open, None
    if opened is None:
        return
    if not opened.figures:
        target.reached = target.reached or _kind(opened.word)
        reading.waiting.append((opened.word, target))
    elif opened.word not in ("with", "of") or not any(turned_around(figure, target) for figure in opened.figures):
        relate(opened.word, opened.figures, target)


def _kind(word: str) -> RelationKind:
    return "in" if word == "in" else "on"


def _awaited(reading: Reading, figure: Draft) -> None:
    """The figure of a relation whose target was said before has come."""
    for word, target in reading.waiting:
        if target.noun == "hat" and target not in reading.drafts:
            _dress(figure, word)
        elif target is not figure:
            relate(word, [figure], target)
            figure.fronted = figure.target is target
    reading.waiting = []


def _relation(reading: Reading, word: str, near: Neighbours) -> None:
    if near.last_was("of", "filler") and word == "in":
        return
    figures = reading.figures
    if reading.places and _place_was_last(reading, near) and word == "with":
        figures = []
        _flush(reading)
        reading.open = None
        return
    _flush(reading)
    reading.open, reading.negated, reading.joined = Open(word, figures), False, False


def _place_was_last(reading: Reading, near: Neighbours) -> bool:
    return near.last_was("place", "format", "time", "season", "weather")


def _lead(reading: Reading, word: str, near: Neighbours) -> None:
    """A verb with an object; after its object, 的 gives it to the noun that follows."""
    figures = [figure for figure in reading.figures if figure.is_animate]
    in_clause = reading.named or not _is_han(near.token.text)
    if not figures and reading.last is None:
        figures = []
    elif not figures or not in_clause:
        living = [d for d in reading.drafts[reading.sentence :] if d.is_animate]
        figures = living[-1:]
    _flush(reading)
    reading.open = Open(word, figures)


def _is_han(text: str) -> bool:
    return "\u3400" <= text[0] <= "\u9fff"


def _suffix(reading: Reading, word: str, near: Neighbours) -> None:
    """上 and the like after a noun: that noun is the target."""
    if not near.last_was("noun", "of") or reading.last is None:
        if word in _SPREADS and reading.last and reading.at is None and not near.last_was("place", "setting"):
            reading.waiting.append((word, reading.last))
        reading.at = None
        return
    target = reading.last
    figures = [f for f in (reading.at or []) if f is not target]
    led, reading.open, reading.at = reading.open, None, None
    if led and led.figures and led.word not in ("at",):
        figures = figures or [f for f in led.figures if f is not target]
        word = led.word if led.word == "riding" else word
    target.reached = target.reached or _reach(word)
    if near.next_is("of") or not figures:
        reading.waiting.append((word, target))
    else:
        relate(word, figures, target)
        reading.last = figures[-1]
        reading.chain, reading.chain_is_whole = list(figures), True


def _reach(word: str) -> RelationKind:
    return "in" if word == "in" else "on" if word == "on" else "beside"


def _at(reading: Reading, _meaning: str, near: Neighbours) -> None:
    _flush(reading)
    reading.at = reading.figures if reading.named else []
    reading.joined = False


def _of(reading: Reading, _meaning: str, near: Neighbours) -> None:
    """的: what was led to before it belongs to the noun after it; a place before it ends a negation."""
    reading.negated = False


def _action(reading: Reading, meaning: str, near: Neighbours) -> None:
    action: Action = meaning  # type: ignore[assignment]
    adorns = near.last_was("number", "determiner", "adjective", "color", "measure", "of") or near.next_is("of")
    _flush_if_said(reading)
    actors = [f for f in reading.figures if _can(f, action)] if reading.named and not adorns else []
    for actor in actors:
        actor.action = actor.action or action
    if not actors:
        reading.words.action = reading.words.action or action
    elif action in _WITH_OBJECT and reading.open is None:
        reading.open = Open(_WITH_OBJECT[action], actors)


def _flush_if_said(reading: Reading) -> None:
    if reading.copula:
        _flush(reading)


def _sport(reading: Reading, thing: str, near: Neighbours) -> None:
    """Surfing and the like: a verb with its thing inside."""
    figures = [f for f in reading.figures if f.is_animate]
    draft = Draft(thing)
    kind: RelationKind = "on" if thing in _BOARDS else _SPORT_RELATIONS.get(thing, "holding")
    reading.drafts.append(draft)
    for figure in figures:
        figure.stands(kind, draft)
        if thing in _BOARDS:
            figure.action = figure.action or "stand"
    if not figures:
        reading.waiting.append((kind, draft))


def _number(reading: Reading, meaning: str, near: Neighbours) -> None:
    if reading.joined and reading.words.count is not None:
        _flush(reading)
    reading.words.count = max(1, min(20, int(meaning)))


def _color(reading: Reading, meaning: str, near: Neighbours) -> None:
    shade, reading.words.shade = reading.words.shade, None
    reading.words.colors.append(_shaded(shade, meaning))


def _shaded(shade: str | None, color: str) -> str:
    shaded = f"{shade} {color}"
    return shaded if shaded in lexicon().meanings("color") else color


def _side(reading: Reading, meaning: str, near: Neighbours) -> None:
    """A side is of the noun before it in its clause, else of the next one."""
    side: Side = meaning  # type: ignore[assignment]
    if reading.named:
        for draft in reading.figures:
            draft.side = draft.side or side
        reading.at = None
    else:
        reading.words.side = side


def _aloft(reading: Reading, _meaning: str, near: Neighbours) -> None:
    if reading.named:
        for figure in reading.figures:
            figure.above = True
            figure.action = figure.action or ("fly" if figure.family in ("flier", "animal") else None)
    reading.open, reading.at = None, None


def _part(reading: Reading, meaning: str, near: Neighbours) -> None:
    """Parts of things take the adjectives before them: "golden light" makes nobody gold."""
    words, reading.words = reading.words, Adjectives()
    if near.token.text in ("hair", "头发"):
        hair = [f"{'blonde' if c in ('gold', 'yellow') else c} hair" for c in words.colors[:1]]
        hair += [_HAIR_SHAPES[shape] for shape in words.shapes if shape in _HAIR_SHAPES]
        reading.words.traits = [*words.traits, *hair]
    elif words.traits and reading.open and reading.open.word == "with":
        reading.words.traits = words.traits if any("hair" in t or t == "beard" for t in words.traits) else []


def _background(reading: Reading, meaning: str, near: Neighbours) -> None:
    """A colour right before "background" is the ground's; a coloured or plain ground is a place."""
    words, reading.words = reading.words, Adjectives()
    color = words.colors[0] if words.colors else {"dark": "black", "light": "cream"}.get(words.shade or "")
    if color:
        reading.background = reading.background or color
    if color or words.plain or meaning == "plain":
        reading.places.append("plain")
    reading.open = None


def _and(reading: Reading, _meaning: str, near: Neighbours) -> None:
    if reading.words.any_said and not near.next_is("number", "measure"):
        return
    if reading.words.any_said:
        _flush(reading)
    whole = reading.last in reading.chain
    if not whole and reading.last:
        reading.chain = [carrier_of(reading.last, reading.drafts) or reading.last]
    reading.chain_is_whole, reading.joined = True, True
    reading.named, reading.open = False, None


def _comma(reading: Reading, _meaning: str, near: Neighbours) -> None:
    if reading.words.colors and near.next_is("color"):
        return
    _flush(reading)
    reading.open, reading.at, reading.negated, reading.copula = None, None, False, False
    reading.chain_is_whole = False
    reading.joined = reading.last in reading.chain
    reading.named, reading.strange, reading.said = False, False, None


def _stop(reading: Reading, meaning: str, near: Neighbours | None) -> None:
    _flush(reading)
    for word, target in reading.waiting:
        if target.target is None and word in ("left_of", "right_of"):
            target.side = "left" if word == "left_of" else "right"
    reading.waiting, reading.open, reading.at, reading.dressed = [], None, None, []
    reading.negated, reading.copula, reading.joined, reading.said = False, False, False, None
    reading.chain, reading.named = [], False
    reading.sentence, reading.strange = len(reading.drafts), False


def _quoted(reading: Reading, mark: str) -> Quote:
    return role_of_quote(mark, reading.said, reading.last, reading.named, "format" in reading.scene)


def _quote(reading: Reading, mark: str, near: Neighbours) -> None:
    reading.quotes.append(_quoted(reading, mark))
    if reading.quotes[-1].bearer and reading.quotes[-1].bearer not in reading.drafts:
        reading.drafts.append(reading.quotes[-1].bearer)


def _say(reading: Reading, meaning: str, near: Neighbours) -> None:
    """A verb of saying is of the quote that follows; with none, of the one before: "Hello", says the cat."""
    if said_before(reading.quotes, meaning, reading.last):
        return
    reading.said = meaning
    if meaning == "bubble" and reading.quotes and not near.next_is("quote", "comma"):
        reading.speaks = reading.quotes[-1] if reading.quotes[-1].bearer is None else None


def _pronoun(reading: Reading, _meaning: str, near: Neighbours) -> None:
    if reading.open and reading.last and not reading.open.figures == [reading.last]:
        return
    if reading.open and reading.last:
        reading.waiting.append((reading.open.word, reading.last))
        reading.open = None


def _negate(reading: Reading, _meaning: str, near: Neighbours) -> None:
    _flush(reading)
    reading.negated = True


def _but(reading: Reading, _meaning: str, near: Neighbours) -> None:
    _comma(reading, "comma", near)


def _set(name: str, value: object) -> Reader:
    def read(reading: Reading, meaning: str, near: Neighbours) -> None:
        setattr(reading.words, name, meaning if value is None else value)

    return read


def _trait(reading: Reading, meaning: str, near: Neighbours) -> None:
    shapes = [_HAIR_SHAPES[shape] for shape in reading.words.shapes if shape in _HAIR_SHAPES]
    reading.words.traits += [meaning, *(shapes if meaning.endswith(" hair") else ())]


def _append(name: str) -> Reader:
    def read(reading: Reading, meaning: str, near: Neighbours) -> None:
        getattr(reading.words, name).append(near.token.text if name == "shapes" else meaning)

    return read


def _determiner(reading: Reading, _meaning: str, near: Neighbours) -> None:
    reading.words.definite = True


def _copula(reading: Reading, _meaning: str, near: Neighbours) -> None:
    reading.copula = True


def _scale(reading: Reading, meaning: str, near: Neighbours) -> None:
    reading.words.scale = _SCALES[meaning]


Reader = Callable[[Reading, str, Neighbours], None]
READERS: dict[str, Reader] = {
    "stop": _stop,
    "comma": _comma,
    "but": _but,
    "and": _and,
    "of": _of,
    "negate": _negate,
    "copula": _copula,
    "determiner": _determiner,
    "number": _number,
    "scale": _scale,
    "shade": _set("shade", None),
    "color": _color,
    "motley": _set("motley", True),
    "backdrop": _set("plain", True),
    "trait": _trait,
    "adjective": _append("shapes"),
    **{kind: _scene_reader(kind) for kind in SCENE_KINDS},
    "action": _action,
    "at": _at,
    "lead": _lead,
    "relation": _relation,
    "pronoun": _pronoun,
    "place": _place,
    "sport": _sport,
    "noun": _noun,
    "suffix": _suffix,
    "side": _side,
    "aloft": _aloft,
    "part": _part,
    "background": _background,
    "say": _say,
    "quote": _quote,
}
"""Who takes in which kind of word, in the order in which the kinds of one word are taken."""
