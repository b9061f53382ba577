"""People of any age in everyday clothes."""

from __future__ import annotations

from limner.engines.sketch.scene.cast.people.character import BOY_HAIR, GIRL_HAIR, WOMAN_HAIR, Character
from limner.engines.sketch.scene.cast.people.person import Outfit
from limner.engines.sketch.scene.cast.people.physiques import CHILD, ELDER, MAN, TODDLER, WOMAN

_BRIGHT = ("c8473c", "3f6fb0", "d8a030", "3f8a6a", "8a4a90", "d8708a", "3a9aa0")
_EARTH = ("8a5a3c", "4a6a52", "5a4a6a", "7a2f4a", "44607a", "9a7a3a")
_GREY = ("d8d6d4", "e6e4e0", "b8b4b0")
_GIRL_WEAR = (
    Outfit(
        cut="dress",
        colors=_BRIGHT,
        lower="bare",
        sleeve="short",
        hem=0.58,
        flare=0.050,
        socks="f4ecdc",
        patterns=("plain", "dots", "flowers"),
        parts=("collar",),
        shoes=("a8303c", "5a3a2a", "3a2a26"),
    ),
    Outfit(
        cut="dress",
        colors=_BRIGHT,
        lower="tights",
        lower_colors=("f0e4d4", "5a4a6a", "44506a"),
        hem=0.55,
        flare=0.045,
        patterns=("plain", "stripes"),
        trim="f6eede",
    ),
    Outfit(colors=_BRIGHT, lower_colors=("3a5a8a", "44607a"), parts=("bib",), patterns=("stripes", "plain")),
)
_BOY_WEAR = (
    Outfit(
        colors=_BRIGHT,
        sleeve="short",
        lower="shorts",
        socks="f4ecdc",
        patterns=("stripes", "plain", "dots"),
        lower_colors=("3a5a8a", "6a5a44", "44506a"),
    ),
    Outfit(colors=_BRIGHT, patterns=("stripes", "plain", "checks"), lower_colors=("3a5a8a", "5a4a3a")),
    Outfit(colors=_BRIGHT, lower_colors=("3a5a8a", "44607a"), parts=("bib",), patterns=("stripes", "plain")),
)
_WOMAN_WEAR = (
    Outfit(
        cut="dress",
        colors=_BRIGHT,
        lower="bare",
        sleeve="short",
        hem=0.60,
        flare=0.045,
        patterns=("plain", "flowers", "dots"),
        parts=("belt:6a4a34",),
        shoes=("7a3a34", "4a342a"),
    ),
    Outfit(
        cut="dress",
        colors=_BRIGHT,
        lower="bare",
        hem=0.72,
        flare=0.050,
        trim="f6eede",
        parts=("sash:f0e0c0",),
    ),
    Outfit(
        colors=_BRIGHT,
        patterns=("plain", "stripes"),
        lower_colors=("34465e", "4a4038", "6a5a4a"),
        parts=("shirt_collar",),
    ),
)
_MAN_WEAR = (
    Outfit(colors=_BRIGHT, patterns=("plain", "checks", "stripes"), parts=("shirt_collar", "belt")),
    Outfit(colors=_EARTH, patterns=("plain",), parts=("buttons", "shirt_collar")),
    Outfit(colors=("e8e0d0", "9ab8d0"), parts=("shirt_collar", "vest"), lower_colors=("4a4038", "34465e")),
)
_GRANNY_WEAR = (
    Outfit(
        cut="dress",
        colors=("7a2f4a", "4a5a7a", "6a5a80", "4a6a5a"),
        lower="tights",
        lower_colors=("8a7a78",),
        hem=0.74,
        flare=0.045,
        patterns=("flowers", "plain", "dots"),
        parts=("collar", "apron"),
    ),
    Outfit(
        cut="dress",
        colors=("7a2f4a", "4a5a7a", "6a5a80", "4a6a5a"),
        lower="tights",
        lower_colors=("8a7a78",),
        hem=0.72,
        flare=0.045,
        patterns=("dots", "checks"),
        parts=("collar", "buttons"),
    ),
)


EVERYDAY: dict[str, Character] = {
    "child": Character(physique=CHILD, outfits=_GIRL_WEAR, hairs=GIRL_HAIR, feminine=True),
    "boy": Character(physique=CHILD, outfits=_BOY_WEAR, hairs=BOY_HAIR),
    "woman": Character(physique=WOMAN, outfits=_WOMAN_WEAR, hairs=WOMAN_HAIR, feminine=True),
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
            Outfit(
                cut="suit",
                colors=("f0d48a", "a8cfe0", "f2b8c0", "b8dcb8"),
                lower="trousers",
                lower_colors=(),
                loose=1.08,
                patterns=("plain", "dots"),
                trim="fff6e6",
                parts=("buttons",),
            ),
        ),
        hairs=("wisp", "wisp", "cropped"),
        action="sit",
    ),
}
"""By noun."""
