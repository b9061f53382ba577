"""From a look's traits to a dressed person: skin, hair, mood, hats; what is not said is drawn by lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from limner.engines.sketch.paint.light import Ink, blended, from_rgb, ink
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import NAMED
from limner.engines.sketch.scene.cast.look import Look
from limner.engines.sketch.scene.cast.people.character import MAN_HAIR, WOMAN_HAIR, Character
from limner.engines.sketch.scene.cast.people.parts import HATS
from limner.engines.sketch.scene.cast.people.person import Hair, Lower, Mood, Outfit, Person
from limner.engines.sketch.scene.cast.people.physiques import CHILD, ELDER, HERO, MAN, SLIM, STOUT, WOMAN
from limner.engines.sketch.scene.cast.people.skeleton import Physique, Pose, bend

T = TypeVar("T")
SKINS = ("f6d3b4", "efc09a", "d9a273", "b57a4c", "935c3b", "6e4531")
_SKIN_TRAITS = {
    "light skin": ("f6d3b4", "f2c8a6"),
    "brown skin": ("b57a4c", "a06a44"),
    "dark skin": ("744934", "663f2d"),
}
_HAIRS_BY_SKIN = (
    ("e0b45a", "8a4a24", "4a2e20", "c0562c", "2a1e1a"),
    ("c89a4c", "4a2e20", "2a1e1a", "7a3a22"),
    ("2a1e1a", "4a2e20", "5a3420"),
    ("241a18", "3a2620"),
    ("221818", "32221c"),
    ("1e1616", "2a1c18"),
)
_HAIR_COLORS = {
    "blonde hair": "e4bc62",
    "red hair": "c4562a",
    "black hair": "241a1c",
    "brown hair": "6a3e26",
    "white hair": "ecebe8",
    "gray hair": "b4b2b0",
}
_HAIR_STYLES = {
    "long hair": "long",
    "short hair": "short",
    "curly hair": "curly",
    "bun": "bun",
    "ponytail": "ponytail",
    "braids": "braids",
    "pigtails": "pigtails",
    "bald": "bald",
}
_MOODS: tuple[Mood, ...] = ("happy", "sad", "angry", "sleepy", "surprised")
_WORN = {
    "hat": ("beanie", "straw", "cap"),
    "scarf": ("scarf",),
    "glasses": ("glasses",),
    "crown": ("crown",),
    "backpack": ("backpack",),
}
_GARMENTS = ("dress", "coat", "shirt", "sweater", "suit", "skirt", "jacket", "robe")


@dataclass(frozen=True, slots=True)
class Wishes:
    """The person but for its pose, the parts it wears, and what it does."""

    person: Person
    parts: tuple[str, ...]
    action: str | None


def wardrobe(character: Character, look: Look) -> Wishes:
    """Everything of the person that does not depend on the pose."""
    rng, traits, character = look.rng, _Traits(look), _of_sex(character, look)
    tone = int(rng.integers(len(SKINS)))
    lot = [float(value) for value in rng.random(8)]
    outfit = _seasonal(traits, _dressed(traits, _pick(character.outfits, lot[0])), look)
    old = character.old or "old" in look.traits
    parts = _parts(traits, outfit, look, old, rng)
    covered = any(part.split(":")[0] in HATS for part in parts)
    top = traits.color_of(_GARMENTS)
    usual = ink(_pick(outfit.colors, lot[1]))
    main = look.color if look.color is not None else top if top is not None else usual
    person = Person(
        bones=bend(_physique(character, look), Pose()),
        outfit=outfit,
        skin=_skin(look, tone),
        hair=_hair(character, look, tone, lot, old),
        top=main,
        bottom=ink(_pick(outfit.lower_colors, lot[2])) if outfit.lower_colors else main,
        shoes=ink(_pick(outfit.shoes, lot[3])),
        pattern=_pick(outfit.patterns, lot[4]),
        mood=_mood(character, look),
        feminine=character.feminine,
        old=old,
        rng=rng,
        hat=covered,
    )
    return Wishes(person, parts, look.action or character.action)


def _of_sex(character: Character, look: Look) -> Character:
    """The character as the woman or the man that the words say."""
    grown = character.physique in (MAN, WOMAN, STOUT, SLIM, HERO)
    if "woman" in look.traits and not character.feminine:
        physique = WOMAN if grown else character.physique
        return replace(character, physique=physique, hairs=WOMAN_HAIR, beards=(None,), feminine=True)
    if "man" in look.traits:
        physique = MAN if character.physique in (WOMAN, SLIM) else character.physique
        return replace(character, physique=physique, hairs=MAN_HAIR, feminine=False)
    return character


class _Traits:
    """Traits as kind -> colour, where "hat:red" gives hat its colour."""

    def __init__(self, look: Look) -> None:
        self._colors: dict[str, str | None] = {}
        for trait in sorted(look.traits):
            kind, _, color = trait.partition(":")
            self._colors[kind] = color or self._colors.get(kind)

    def __contains__(self, kind: str) -> bool:
        return kind in self._colors

    def hex_of(self, kind: str) -> str | None:
        """The colour said with the kind, as six digits."""
        name = self._colors.get(kind)
        if name is None or name not in NAMED:
            return None
        return "".join(f"{round(v):02x}" for v in NAMED[name])

    def color_of(self, kinds: Sequence[str]) -> Ink | None:
        """The colour said with the first of the kinds that has one."""
        for kind in kinds:
            name = self._colors.get(kind)
            if name is not None and name in NAMED:
                return from_rgb(NAMED[name])
        return None


def _pick(choices: Sequence[T], lot: float) -> T:
    return choices[min(len(choices) - 1, int(lot * len(choices)))]


def _physique(character: Character, look: Look) -> Physique:
    if "old" in look.traits and not character.physique.child:
        return replace(character.physique, stoop=ELDER.stoop)
    if "young" in look.traits and not character.physique.child:
        return replace(CHILD, shoulders=character.physique.shoulders)
    return character.physique


def _skin(look: Look, tone: int) -> Ink:
    for trait, tones in _SKIN_TRAITS.items():
        if trait in look.traits:
            return ink(tones[tone % 2])
    return ink(SKINS[tone])


def _hair(character: Character, look: Look, tone: int, lot: Sequence[float], old: bool) -> Hair:
    colors = character.hair_colors or (("d8d6d4", "e6e4e0") if old else _HAIRS_BY_SKIN[tone])
    color = next((c for trait, c in _HAIR_COLORS.items() if trait in look.traits), _pick(colors, lot[5]))
    style = _pick(character.hairs, lot[6])
    if tone >= 4 and lot[7] < 0.45 and character.hair_colors is None and style not in ("rim", "wisp"):
        style = "afro" if lot[7] < 0.3 else "curly"
    style = next((s for trait, s in _HAIR_STYLES.items() if trait in look.traits), style)
    beard = _pick(character.beards, lot[7])
    if "beard" in look.traits:
        beard = beard or "full"
    return Hair(style=style, color=blended(color, (0.1, 0.05, 0.05), 0.0), beard=beard)


def _mood(character: Character, look: Look) -> Mood:
    said = next((mood for mood in _MOODS if mood in look.traits), None)
    usual = character.mood or ("happy" if look.action in ("dance", "jump", "wave") else "content")
    return said or cast(Mood, usual)


def _dressed(traits: _Traits, outfit: Outfit) -> Outfit:
    """The outfit with what the prompt puts on the person."""
    if ("dress" in traits or "skirt" in traits) and outfit.cut != "dress":
        outfit = replace(
            outfit, cut="dress", lower="bare", hem=0.6, flare=0.05, parts=_without(outfit.parts, "bib")
        )
    if "coat" in traits and outfit.cut != "coat":
        outfit = _coat(outfit)
    if "boots" in traits:
        said = traits.hex_of("boots")
        outfit = replace(outfit, boots=True, shoes=(said,) if said else ("6a4630", "c8a03c", "a8303c"))
    for kind in ("trousers", "pants", "shorts"):
        said = traits.hex_of(kind)
        if kind in traits:
            lower: Lower = "shorts" if kind == "shorts" else "trousers"
            outfit = replace(outfit, lower=lower, lower_colors=(said,) if said else outfit.lower_colors)
    return outfit


def _coat(outfit: Outfit) -> Outfit:
    parts = (
        *_without(outfit.parts, "bib", "collar", "shirt_collar", "apron", "vest", "belt", "sash", "buttons"),
        "opening",
    )
    return replace(
        outfit, cut="coat", sleeve="long", hem=0.42, flare=0.030, patterns=("plain",), trim=None, parts=parts
    )


def _seasonal(traits: _Traits, outfit: Outfit, look: Look) -> Outfit:
    """In winter everyday people wear coats."""
    if look.season != "winter" or not _everyday(outfit) or "dress" in traits:
        return outfit
    lower: Lower = "tights" if outfit.lower in ("bare", "tights") else "trousers"
    return replace(
        _coat(outfit), lower=lower, boots=True, gloves=_MITTENS[int(look.rng.integers(len(_MITTENS)))]
    )


_MITTENS = ("c8473c", "44607a", "d8a030", "5a7a5a")


def _everyday(outfit: Outfit) -> bool:
    return outfit.cut in ("shirt", "dress", "coat") and not any(
        part.split(":")[0] in HATS or part.split(":")[0] in _COSTUME for part in outfit.parts
    )


_COSTUME = frozenset(("tiara", "wings", "feathers", "stethoscope", "badge", "pointer", "halo"))


def _without(parts: Sequence[str], *kinds: str) -> tuple[str, ...]:
    return tuple(part for part in parts if part.split(":")[0] not in kinds)


def _parts(traits: _Traits, outfit: Outfit, look: Look, old: bool, rng: Rng) -> tuple[str, ...]:
    parts = list(outfit.parts)
    if look.season == "winter" and outfit.boots and outfit.cut == "coat" and outfit.gloves in _MITTENS:
        parts += ["scarf", *([] if "hat" in traits or "crown" in traits else ["beanie"])]
    if (
        old
        and "glasses" not in traits
        and not any(p.split(":")[0] in HATS for p in parts)
        and rng.random() < 0.7
    ):
        parts.append("glasses")
    for kind, kinds in _WORN.items():
        if kind not in traits:
            continue
        if kind in ("hat", "crown"):
            parts = [p for p in parts if p.split(":")[0] not in HATS]
        wanted = kinds[int(rng.integers(len(kinds)))]
        said = traits.hex_of(kind)
        parts = [p for p in parts if p.split(":")[0] != wanted]
        parts.append(f"{wanted}:{said}" if said else wanted)
    return tuple(parts)
