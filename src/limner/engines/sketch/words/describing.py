"""Describing: adjectives, which wait for their noun, and words about the scene as a whole."""

from __future__ import annotations

from limner.engines.sketch.words.draft import Draft
from limner.engines.sketch.words.lexicon import lexicon
from limner.engines.sketch.words.reading import Neighbours, Reader, Reading
from limner.engines.sketch.words.spec import Action, Side

_SCENE_KINDS = ("time", "season", "weather", "style", "mood", "camera", "format", "series")
_MAX_COUNT = 20
_SCALES = {"giant": 1.75, "large": 1.5, "small": 0.65, "tiny": 0.5}
_HAIR_SHAPES = {
    "long": "long hair",
    "short": "short hair",
    "curly": "curly hair",
    "长": "long hair",
    "长长": "long hair",
    "短": "short hair",
}
_HAIR_COLORS = {"gold": "blonde", "yellow": "blonde", "silver": "white", "gray": "white"}
_HAIRSTYLES = ("bun", "ponytail")
_HAIR_WORDS = ("hair", "头发")
_GROUND_SHADES = {"dark": "black", "light": "cream"}
_SHEETS = ("张", "幅")
_VAGUE_MOTIFS = ("ice cream", "maple leaf", "snowman", "flower", "balloon", "trophy", "gift")
_OUTDOORS, _INDOORS = ("front_of", "beside", "behind"), ("cafe", "room", "kitchen")


def flush(reading: Reading) -> None:
    """Adjectives that found no noun speak of the last one, if they are said of it: "the house is blue"."""
    words = reading.adjectives()
    if words.action:
        _act_late(reading, words.action)
    owners = _owners(reading)
    if not words.any_said or not owners or reading.negated:
        return
    if words.count == 1 and words.colors and owners[0].count > 1:
        split(reading, owners[0]).color = words.colors[0]
        return
    for owner in owners:
        owner.color = owner.color or (words.colors[0] if words.colors else None)
        owner.add_traits(words.traits)
        owner.scale = words.scale if words.scale != 1.0 else owner.scale
    reading.copula = False


def _owners(reading: Reading) -> list[Draft]:
    if reading.open and reading.open.word in ("with", "in", "wearing"):
        return reading.open.figures
    alone = not reading.named and not reading.strange
    return [reading.last] if reading.last and (reading.copula or alone) else []


def _act_late(reading: Reading, action: Action) -> None:
    """A participle without a noun after it is what the last living one of its sentence does."""
    able = [d for d in reading.in_sentence if d.can_do(action) and d.action is None]
    for actor in able[-1:]:
        actor.action = action


def split(reading: Reading, owner: Draft) -> Draft:
    """One of several, now a subject of its own: "two cats, one black and one white"."""
    owner.count -= 1
    single = Draft(owner.noun, 1, owner.color, owner.scale, traits=list(owner.traits))
    reading.drafts.insert(reading.drafts.index(owner), single)
    return single


def _scene_reader(kind: str) -> Reader:
    def read(reading: Reading, meaning: str, near: Neighbours) -> None:
        if not reading.negated:
            reading.scene.setdefault(kind, meaning)

    return read


def _motif(reading: Reading, meaning: str, near: Neighbours) -> None:
    """What tells most stands for what is printed: the music of a summer festival."""
    said = reading.scene.get("motif")
    if said is None or (said in _VAGUE_MOTIFS and meaning not in _VAGUE_MOTIFS):
        reading.scene["motif"] = meaning


def _place(reading: Reading, meaning: str, near: Neighbours) -> None:
    """A place takes the adjectives and the relation that wait; it is no subject."""
    reading.adjectives()
    if reading.negated:
        return
    opened, reading.open = reading.open, None
    reading.enclose(meaning, near.token.text)
    outside = opened is not None and opened.word in _OUTDOORS and meaning in _INDOORS
    reading.places.append("street" if outside else meaning)
    if opened and opened.word == "above":
        for figure in opened.figures:
            figure.rise()
    reading.at, reading.dressed = reading.at if near.next_is("of") else None, []


def _background(reading: Reading, meaning: str, near: Neighbours) -> None:
    """A colour right before "background" is the ground's; a coloured or plain ground is a place."""
    words = reading.adjectives()
    color = words.colors[0] if words.colors else _GROUND_SHADES.get(words.shade or "")
    reading.background = reading.background or color
    if color or words.plain or meaning == "plain":
        reading.places.append("plain")
    reading.open = None


def _number(reading: Reading, meaning: str, near: Neighbours) -> None:
    if reading.joined and reading.words.count is not None:
        flush(reading)
    reading.words.count = max(1, min(_MAX_COUNT, int(meaning)))


def _color(reading: Reading, meaning: str, near: Neighbours) -> None:
    shaded = f"{reading.words.shade} {meaning}"
    known = reading.words.shade is not None and shaded in lexicon().meanings("color")
    reading.words.colors.append(shaded if known else meaning)
    reading.words.shade = None


def _trait(reading: Reading, meaning: str, near: Neighbours) -> None:
    traits = meaning.split(" & ")
    if meaning.endswith(" hair") or meaning in _HAIRSTYLES:
        traits += _hair(reading)
    reading.words.traits += traits


def _hair(reading: Reading) -> list[str]:
    """What the adjectives before "hair" make of it; they are used up."""
    words = reading.words
    hair = [f"{_HAIR_COLORS.get(color, color)} hair" for color in words.colors[:1]]
    hair += [_HAIR_SHAPES[shape] for shape in words.shapes if shape in _HAIR_SHAPES]
    words.colors, words.traits = [], [trait for trait in words.traits if trait != "golden"]
    return hair


def _side(reading: Reading, meaning: str, near: Neighbours) -> None:
    """A side is of the noun before it in its clause, else of the next one."""
    side: Side = meaning  # type: ignore[assignment]
    if not reading.named and reading.landmark and side != "center":
        reading.waiting.append((f"{side}_of", reading.landmark))
        return
    if not reading.named:
        reading.words.side = side
        return
    for draft in reading.figures:
        draft.side = draft.side or side
    reading.at = None


def _aloft(reading: Reading, _meaning: str, near: Neighbours) -> None:
    for figure in reading.figures if reading.named else ():
        figure.above = True
        figure.rise()
    reading.open, reading.at = None, None


def _part(reading: Reading, _meaning: str, near: Neighbours) -> None:
    """Parts of things take the adjectives before them: "golden light" makes nobody gold."""
    if near.token.text in _HAIR_WORDS:
        hair = _hair(reading)
        reading.words.traits += hair
        return
    words = reading.adjectives()
    if reading.open and reading.open.word == "with":
        reading.words.traits = [t for t in words.traits if t.endswith(" hair") or t == "beard"]


def _shade(reading: Reading, meaning: str, near: Neighbours) -> None:
    reading.words.shade = meaning


def _motley(reading: Reading, _meaning: str, near: Neighbours) -> None:
    reading.words.motley = True


def _backdrop(reading: Reading, _meaning: str, near: Neighbours) -> None:
    reading.words.plain = True


def _adjective(reading: Reading, _meaning: str, near: Neighbours) -> None:
    reading.words.shapes.append(near.token.text)


def _measure(reading: Reading, _meaning: str, near: Neighbours) -> None:
    reading.words.sheets = near.token.text in _SHEETS


def _determiner(reading: Reading, _meaning: str, near: Neighbours) -> None:
    reading.words.definite = True


def _copula(reading: Reading, _meaning: str, near: Neighbours) -> None:
    reading.copula = True


def _scale(reading: Reading, meaning: str, near: Neighbours) -> None:
    reading.words.scale = _SCALES[meaning]


ADJECTIVES: dict[str, Reader] = {
    "copula": _copula,
    "determiner": _determiner,
    "number": _number,
    "measure": _measure,
    "scale": _scale,
    "shade": _shade,
    "color": _color,
    "motley": _motley,
    "backdrop": _backdrop,
    "trait": _trait,
    "adjective": _adjective,
}
SETTING: dict[str, Reader] = {**{kind: _scene_reader(kind) for kind in _SCENE_KINDS}, "motif": _motif}
PLACES: dict[str, Reader] = {
    "place": _place,
    "side": _side,
    "aloft": _aloft,
    "part": _part,
    "background": _background,
}
