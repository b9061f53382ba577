"""The cast of people as data: physique, hair and outfit of each noun."""

from __future__ import annotations

from dataclasses import dataclass

from limner.engines.sketch.scene.cast.people.person import Outfit
from limner.engines.sketch.scene.cast.people.skeleton import Physique

MAN = Physique(
    head=0.098, torso=0.300, shoulders=0.106, waist=0.086, hips=0.080, upper_arm=0.142, forearm=0.124,
    thigh=0.205, shin=0.195, arm=0.036, leg=0.047, hand=0.030, foot=0.112,
)  # fmt: skip
WOMAN = Physique(
    head=0.099, torso=0.292, shoulders=0.090, waist=0.068, hips=0.084, upper_arm=0.136, forearm=0.120,
    thigh=0.205, shin=0.200, arm=0.030, leg=0.042, hand=0.027, foot=0.100,
)  # fmt: skip
CHILD = Physique(
    head=0.146, torso=0.252, shoulders=0.092, waist=0.080, hips=0.080, upper_arm=0.112, forearm=0.096,
    thigh=0.158, shin=0.145, arm=0.036, leg=0.046, hand=0.032, foot=0.104, child=True,
)  # fmt: skip
ELDER = Physique(
    head=0.106, torso=0.300, shoulders=0.098, waist=0.096, hips=0.092, upper_arm=0.140, forearm=0.118,
    thigh=0.190, shin=0.180, arm=0.036, leg=0.044, hand=0.029, foot=0.108, stoop=7.0,
)  # fmt: skip
STOUT = Physique(
    head=0.106, torso=0.325, shoulders=0.118, waist=0.122, hips=0.112, upper_arm=0.142, forearm=0.118,
    thigh=0.180, shin=0.165, arm=0.044, leg=0.055, hand=0.033, foot=0.122,
)  # fmt: skip
SLIM = Physique(
    head=0.096, torso=0.280, shoulders=0.084, waist=0.062, hips=0.076, upper_arm=0.140, forearm=0.126,
    thigh=0.220, shin=0.212, arm=0.026, leg=0.036, hand=0.025, foot=0.096,
)  # fmt: skip
HERO = Physique(
    head=0.092, torso=0.315, shoulders=0.128, waist=0.084, hips=0.080, upper_arm=0.148, forearm=0.130,
    thigh=0.205, shin=0.198, arm=0.043, leg=0.050, hand=0.033, foot=0.112,
)  # fmt: skip
SUITED = Physique(
    head=0.128, torso=0.270, shoulders=0.122, waist=0.120, hips=0.112, upper_arm=0.118, forearm=0.104,
    thigh=0.160, shin=0.150, arm=0.052, leg=0.064, hand=0.040, foot=0.130,
)  # fmt: skip
TODDLER = Physique(
    head=0.200, torso=0.270, shoulders=0.104, waist=0.120, hips=0.120, upper_arm=0.100, forearm=0.085,
    thigh=0.120, shin=0.105, arm=0.044, leg=0.060, hand=0.036, foot=0.100, child=True,
)  # fmt: skip

_GIRL_HAIR = ("bob", "long_fringe", "pigtails", "ponytail", "braids", "parted", "curly")
_BOY_HAIR = ("tousled", "short", "swept", "cropped", "tousled", "curly")
_WOMAN_HAIR = ("long", "parted", "bun", "ponytail", "long_fringe", "curly", "bob")
_MAN_HAIR = ("short", "swept", "tousled", "cropped")
_BRIGHT = ("c8473c", "3f6fb0", "d8a030", "3f8a6a", "8a4a90", "d8708a", "3a9aa0")
_EARTH = ("8a5a3c", "4a6a52", "5a4a6a", "7a2f4a", "44607a", "9a7a3a")


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """One noun: hairs and beards are drawn by lot; hair_colors and skins None mean any."""

    physique: Physique
    outfits: tuple[Outfit, ...]
    hairs: tuple[str, ...] = _MAN_HAIR
    beards: tuple[str | None, ...] = (None,)
    hair_colors: tuple[str, ...] | None = None
    feminine: bool = False
    old: bool = False
    mood: str | None = None
    action: str | None = None


_GREY = ("d8d6d4", "e6e4e0", "b8b4b0")
_GIRL_WEAR = (
    Outfit(
        cut="dress", colors=_BRIGHT, lower="bare", sleeve="short", hem=0.58, flare=0.050, socks="f4ecdc",
        patterns=("plain", "dots", "flowers"), parts=("collar",), shoes=("a8303c", "5a3a2a", "3a2a26"),
    ),
    Outfit(
        cut="dress", colors=_BRIGHT, lower="tights", lower_colors=("f0e4d4", "5a4a6a", "44506a"), hem=0.55,
        flare=0.045, patterns=("plain", "stripes"), trim="f6eede",
    ),
    Outfit(colors=_BRIGHT, lower_colors=("3a5a8a", "44607a"), parts=("bib",), patterns=("stripes", "plain")),
)  # fmt: skip
_BOY_WEAR = (
    Outfit(
        colors=_BRIGHT, sleeve="short", lower="shorts", socks="f4ecdc", patterns=("stripes", "plain", "dots"),
        lower_colors=("3a5a8a", "6a5a44", "44506a"),
    ),
    Outfit(colors=_BRIGHT, patterns=("stripes", "plain", "checks"), lower_colors=("3a5a8a", "5a4a3a")),
    Outfit(colors=_BRIGHT, lower_colors=("3a5a8a", "44607a"), parts=("bib",), patterns=("stripes", "plain")),
)  # fmt: skip
_WOMAN_WEAR = (
    Outfit(
        cut="dress", colors=_BRIGHT, lower="bare", sleeve="short", hem=0.60, flare=0.045,
        patterns=("plain", "flowers", "dots"), parts=("belt:6a4a34",), shoes=("7a3a34", "4a342a"),
    ),
    Outfit(cut="dress", colors=_BRIGHT, lower="bare", hem=0.72, flare=0.050, trim="f6eede", parts=("sash:f0e0c0",)),
    Outfit(colors=_BRIGHT, patterns=("plain", "stripes"), lower_colors=("34465e", "4a4038", "6a5a4a"), parts=("shirt_collar",)),
)  # fmt: skip
_MAN_WEAR = (
    Outfit(colors=_BRIGHT, patterns=("plain", "checks", "stripes"), parts=("shirt_collar", "belt")),
    Outfit(colors=_EARTH, patterns=("plain",), parts=("buttons", "shirt_collar")),
    Outfit(colors=("e8e0d0", "9ab8d0"), parts=("shirt_collar", "vest"), lower_colors=("4a4038", "34465e")),
)  # fmt: skip
_GRANNY_WEAR = (
    Outfit(
        cut="dress", colors=("7a2f4a", "4a5a7a", "6a5a80", "4a6a5a"), lower="tights", lower_colors=("8a7a78",), hem=0.74,
        flare=0.045, patterns=("flowers", "plain", "dots"), parts=("collar", "apron"),
    ),
    Outfit(
        cut="dress", colors=("7a2f4a", "4a5a7a", "6a5a80", "4a6a5a"), lower="tights", lower_colors=("8a7a78",), hem=0.72,
        flare=0.045, patterns=("dots", "checks"), parts=("collar", "buttons"),
    ),
)  # fmt: skip

CHARACTERS: dict[str, Character] = {
    "child": Character(physique=CHILD, outfits=_GIRL_WEAR, hairs=_GIRL_HAIR, feminine=True),
    "boy": Character(physique=CHILD, outfits=_BOY_WEAR, hairs=_BOY_HAIR),
    "woman": Character(physique=WOMAN, outfits=_WOMAN_WEAR, hairs=_WOMAN_HAIR, feminine=True),
    "man": Character(physique=MAN, outfits=_MAN_WEAR, beards=(None, None, None, "full", "moustache")),
    "grandmother": Character(
        physique=ELDER, outfits=_GRANNY_WEAR, hairs=("bun",), hair_colors=_GREY, feminine=True, old=True
    ),
    "grandfather": Character(
        physique=ELDER,
        outfits=(
            Outfit(colors=_EARTH, parts=("shirt_collar", "buttons"), patterns=("plain", "checks")),
            Outfit(colors=("e8e0d0",), parts=("shirt_collar", "vest:6a4a34", "bow:7a2f3a")),
        ),
        hairs=("rim", "swept", "rim"),
        beards=("moustache", "full", None),
        hair_colors=_GREY,
        old=True,
    ),
    "baby": Character(
        physique=TODDLER,
        outfits=(
            Outfit(cut="suit", colors=("f0d48a", "a8cfe0", "f2b8c0", "b8dcb8"), lower="trousers", lower_colors=(), loose=1.08, patterns=("plain", "dots"), trim="fff6e6", parts=("buttons",)),
        ),
        hairs=("wisp", "wisp", "cropped"),
        action="sit",
    ),
    "astronaut": Character(
        physique=SUITED,
        outfits=(
            Outfit(cut="suit", colors=("eceef2",), lower_colors=("eceef2",), boots=True, shoes=("b8c0cc",), gloves="b8c0cc", loose=1.10, trim="e08a3c", parts=("panel", "belt:8a96a8", "space_helmet")),
        ),
        hairs=("short", "parted", "cropped", "swept"),
    ),
    "princess": Character(
        physique=WOMAN,
        outfits=(
            Outfit(cut="dress", colors=("e88aa8", "8ab0e0", "c8a0e0", "f0c060"), lower="bare", sleeve="short", hem=0.93, flare=0.120, trim="fff0d8", parts=("sash:fff0d8", "tiara")),
        ),
        hairs=("long", "long_fringe", "braids", "curly"),
        feminine=True,
    ),
    "prince": Character(
        physique=MAN,
        outfits=(
            Outfit(colors=("3f5fb0", "a83a4a", "3a7a6a"), lower_colors=("efe6d2",), boots=True, shoes=("5a3a2a",), trim="e8b83c", parts=("cape:a83a4a", "shirt_collar:e8b83c", "belt", "buttons:e8b83c", "crown")),
        ),
        hairs=("swept", "tousled"),
    ),
    "queen": Character(
        physique=WOMAN,
        outfits=(
            Outfit(cut="dress", colors=("8a2f5a", "5a3a8a", "2f5a8a", "a8303c"), lower="bare", sleeve="wide", hem=0.96, flare=0.105, trim="e8b83c", parts=("cape:6a2030", "fur", "belt:e8b83c", "crown", "scepter")),
        ),
        hairs=("bun", "long", "parted"),
        feminine=True,
    ),
    "king": Character(
        physique=STOUT,
        outfits=(
            Outfit(cut="coat", colors=("5a3a8a", "a8303c", "2f5a8a"), lower_colors=("4a3a3a",), hem=0.80, flare=0.035, trim="f8f4ea", belly=0.16, parts=("cape:b02a3a", "fur", "belt:e8b83c", "crown", "scepter")),
        ),
        beards=("full",),
        hair_colors=("d8d6d4", "8a5a34", "4a3020"),
    ),
    "knight": Character(
        physique=MAN,
        outfits=(
            Outfit(cut="suit", colors=("9aa4b2",), lower_colors=("8a94a2",), boots=True, shoes=("9aa4b2",), gloves="9aa4b2", loose=1.10, parts=("mail", "belt", "knight_helm", "sword")),
        ),
    ),
    "wizard": Character(
        physique=ELDER,
        outfits=(
            Outfit(cut="coat", colors=("4a4a9a", "5a3a8a", "2f5a7a"), hem=0.95, flare=0.050, sleeve="wide", patterns=("stars",), trim="e8b83c", parts=("belt:e8b83c", "wizard_hat", "staff")),
        ),
        hairs=("long",),
        beards=("long",),
        hair_colors=("f0eeea", "d8d6d4"),
        old=True,
    ),
    "witch": Character(
        physique=WOMAN,
        outfits=(
            Outfit(cut="dress", colors=("4a3a6a", "3a3a4a", "5a2f6a"), lower="tights", lower_colors=("6a8a4a", "8a5aa0"), hem=0.78, flare=0.060, sleeve="wide", trim="8a5aa0", parts=("belt", "wizard_hat", "broom")),
        ),
        hairs=("long", "long_fringe"),
        hair_colors=("c8602c", "2a1e2a", "8a3a5a"),
        feminine=True,
    ),
    "pirate": Character(
        physique=MAN,
        outfits=(
            Outfit(colors=("f0e8d8",), patterns=("red_stripes",), lower_colors=("4a3a34", "34465e"), boots=True, parts=("vest:3a2a3a", "sash", "tricorn", "eyepatch", "cutlass")),
        ),
        hairs=("parted", "tousled"),
        beards=("full", "moustache", "full"),
    ),
    "chef": Character(
        physique=STOUT,
        outfits=(
            Outfit(colors=("f6f4ee",), lower_colors=("5a6478",), belly=0.06, parts=("buttons:4a4a54", "apron:f2eee4", "bow:c8383c", "toque", "ladle")),
        ),
        beards=("moustache", None),
    ),
    "doctor": Character(
        physique=WOMAN,
        outfits=(Outfit(cut="coat", colors=("f4f6f8",), hem=0.52, flare=0.018, lower_colors=("3f6f9a", "44607a"), parts=("lapels:9fd0d8", "opening", "stethoscope")),),
        hairs=("bun", "short", "ponytail", "bob", "cropped"),
    ),
    "farmer": Character(
        physique=MAN,
        outfits=(Outfit(colors=("c8473c", "d8a030", "4a8a6a"), patterns=("checks",), lower_colors=("3f5f8a",), boots=True, shoes=("6a4a34",), parts=("shirt_collar", "bib", "straw", "pitchfork")),),
        beards=(None, "full", "moustache"),
    ),
    "police officer": Character(
        physique=MAN,
        outfits=(Outfit(colors=("34528a",), lower_colors=("26324a",), shoes=("1c1c22",), parts=("shirt_collar:34528a", "tie:1f2a44", "badge", "belt:1c1c22", "police_cap")),),
        beards=(None, "moustache", None),
    ),
    "firefighter": Character(
        physique=HERO,
        outfits=(Outfit(cut="coat", colors=("d8a03c", "b8402c"), hem=0.30, flare=0.018, loose=1.08, lower_colors=("4a4440",), boots=True, shoes=("2c2a2c",), gloves="3a3634", parts=("bands", "opening:3a3634", "helmet")),),
    ),
    "teacher": Character(
        physique=WOMAN,
        outfits=(
            Outfit(cut="dress", colors=("4a6a8a", "8a4a5a", "5a7a5a"), lower="tights", lower_colors=("c8a890",), hem=0.62, flare=0.022, parts=("collar", "buttons", "pointer")),
            Outfit(colors=("8a5a3c", "4a6a52"), parts=("lapels", "tie", "pointer")),
        ),
        hairs=("bun", "bob", "parted"),
        feminine=True,
    ),
    "dancer": Character(
        physique=SLIM,
        outfits=(Outfit(cut="suit", colors=("f0a0b8", "a8b8e8", "f4d0d8"), lower="tights", lower_colors=("f4dcd4",), sleeve="none", shoes=("e88aa0",), parts=("tutu",)),),
        hairs=("bun",),
        feminine=True,
        action="dance",
    ),
    "santa claus": Character(
        physique=STOUT,
        outfits=(Outfit(cut="coat", colors=("c8302c",), hem=0.34, flare=0.030, belly=0.28, loose=1.12, lower_colors=("b82a28",), boots=True, shoes=("26222a",), gloves="f4f0e8", trim="f8f4ea", parts=("fur_front", "belt:26222a", "santa_hat", "sack")),),
        hairs=("short",),
        beards=("full",),
        hair_colors=("f4f2ee",),
        old=True,
        mood="happy",
    ),
    "fairy": Character(
        physique=CHILD,
        outfits=(Outfit(cut="dress", colors=("9ad08a", "f0a8c8", "b8a8f0", "f4d070"), lower="bare", sleeve="none", hem=0.52, flare=0.070, patterns=("plain", "dots"), shoes=("7ab06a", "e88aa0"), parts=("wings", "hair_bow", "wand")),),
        hairs=("bun", "pigtails", "long", "curly"),
        feminine=True,
    ),
    "angel": Character(
        physique=CHILD,
        outfits=(Outfit(cut="dress", colors=("f6f2ea",), lower="bare", sleeve="wide", hem=0.86, flare=0.050, trim="e8c860", parts=("feathers", "sash:e8c860", "halo")),),
        hairs=("curly", "long", "parted"),
        hair_colors=("e0b45a", "8a5a34", "c89a4c", "3a2620"),
        feminine=True,
    ),
    "mermaid": Character(
        physique=WOMAN,
        outfits=(Outfit(cut="tail", colors=("3aa89a", "4a8ac8", "8a6ac8"), lower="bare", sleeve="none"),),
        hairs=("long", "long_fringe"),
        hair_colors=("c8482c", "e0b45a", "4a2e20", "2a3a5a"),
        feminine=True,
    ),
    "clown": Character(
        physique=MAN,
        outfits=(Outfit(cut="suit", colors=("f0c040", "e8703c"), lower_colors=("3f78c8", "3f9a6a"), loose=1.30, patterns=("dots",), shoes=("c8303c",), parts=("ruff", "buttons:c8303c", "red_nose", "clown_hat")),),
        hairs=("curly", "afro"),
        hair_colors=("e8502c", "f0902c", "5a9ad8"),
        mood="happy",
    ),
    "superhero": Character(
        physique=HERO,
        outfits=(Outfit(cut="suit", colors=("2f5fc0", "c8303c"), lower="tights", lower_colors=("2f5fc0",), boots=True, shoes=("c8303c",), gloves="c8303c", parts=("cape:c8303c", "emblem", "belt:f0c040", "eyemask")),),
        hairs=("swept", "parted", "cropped"),
    ),
    "ninja": Character(
        physique=MAN,
        outfits=(Outfit(colors=("32343f",), lower_colors=("2a2c36",), shoes=("24242c",), gloves="3a3c48", parts=("sash", "hood", "headband", "sword")),),
    ),
}  # fmt: skip
"""By noun."""
