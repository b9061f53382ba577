"""People whose clothes tell their trade."""

from __future__ import annotations

from limner.engines.sketch.scene.cast.people.character import Character
from limner.engines.sketch.scene.cast.people.person import Outfit
from limner.engines.sketch.scene.cast.people.physiques import HERO, MAN, SLIM, STOUT, SUITED, WOMAN

TRADES: dict[str, Character] = {
    "astronaut": Character(
        physique=SUITED,
        outfits=(
            Outfit(
                cut="suit",
                colors=("eceef2",),
                lower_colors=("eceef2",),
                boots=True,
                shoes=("b8c0cc",),
                gloves="b8c0cc",
                loose=1.10,
                trim="e08a3c",
                parts=("panel", "belt:8a96a8", "space_helmet"),
            ),
        ),
        hairs=("short", "parted", "cropped", "swept"),
    ),
    "pirate": Character(
        physique=MAN,
        outfits=(
            Outfit(
                colors=("f0e8d8",),
                patterns=("red_stripes",),
                lower_colors=("4a3a34", "34465e"),
                boots=True,
                parts=("vest:3a2a3a", "sash", "tricorn", "eyepatch", "cutlass"),
            ),
        ),
        hairs=("parted", "tousled"),
        beards=("full", "moustache", "full"),
    ),
    "chef": Character(
        physique=STOUT,
        outfits=(
            Outfit(
                colors=("f6f4ee",),
                lower_colors=("5a6478",),
                belly=0.06,
                parts=("buttons:4a4a54", "apron:f2eee4", "bow:c8383c", "toque", "ladle"),
            ),
        ),
        beards=("moustache", None),
    ),
    "doctor": Character(
        physique=WOMAN,
        outfits=(
            Outfit(
                cut="coat",
                colors=("f4f6f8",),
                hem=0.52,
                flare=0.018,
                lower_colors=("3f6f9a", "44607a"),
                parts=("lapels:9fd0d8", "opening", "stethoscope"),
            ),
        ),
        hairs=("bun", "short", "ponytail", "bob", "cropped"),
    ),
    "farmer": Character(
        physique=MAN,
        outfits=(
            Outfit(
                colors=("c8473c", "d8a030", "4a8a6a"),
                patterns=("checks",),
                lower_colors=("3f5f8a",),
                boots=True,
                shoes=("6a4a34",),
                parts=("shirt_collar", "bib", "straw", "pitchfork"),
            ),
        ),
        beards=(None, "full", "moustache"),
    ),
    "police officer": Character(
        physique=MAN,
        outfits=(
            Outfit(
                colors=("34528a",),
                lower_colors=("26324a",),
                shoes=("1c1c22",),
                parts=("shirt_collar:34528a", "tie:1f2a44", "badge", "belt:1c1c22", "police_cap"),
            ),
        ),
        beards=(None, "moustache", None),
    ),
    "firefighter": Character(
        physique=HERO,
        outfits=(
            Outfit(
                cut="coat",
                colors=("d8a03c", "b8402c"),
                hem=0.30,
                flare=0.018,
                loose=1.08,
                lower_colors=("4a4440",),
                boots=True,
                shoes=("2c2a2c",),
                gloves="3a3634",
                parts=("bands", "opening:3a3634", "helmet"),
            ),
        ),
    ),
    "teacher": Character(
        physique=WOMAN,
        outfits=(
            Outfit(
                cut="dress",
                colors=("4a6a8a", "8a4a5a", "5a7a5a"),
                lower="tights",
                lower_colors=("c8a890",),
                hem=0.62,
                flare=0.022,
                parts=("collar", "buttons", "pointer"),
            ),
            Outfit(colors=("8a5a3c", "4a6a52"), parts=("lapels", "tie", "pointer")),
        ),
        hairs=("bun", "bob", "parted"),
        feminine=True,
    ),
    "dancer": Character(
        physique=SLIM,
        outfits=(
            Outfit(
                cut="suit",
                colors=("f0a0b8", "a8b8e8", "f4d0d8"),
                lower="tights",
                lower_colors=("f4dcd4",),
                sleeve="none",
                shoes=("e88aa0",),
                parts=("tutu",),
            ),
        ),
        hairs=("bun",),
        feminine=True,
        action="dance",
    ),
    "clown": Character(
        physique=MAN,
        outfits=(
            Outfit(
                cut="suit",
                colors=("f0c040", "e8703c"),
                lower_colors=("3f78c8", "3f9a6a"),
                loose=1.30,
                patterns=("dots",),
                shoes=("c8303c",),
                parts=("ruff", "buttons:c8303c", "red_nose", "clown_hat"),
            ),
        ),
        hairs=("curly", "afro"),
        hair_colors=("e8502c", "f0902c", "5a9ad8"),
        mood="happy",
    ),
    "ninja": Character(
        physique=MAN,
        outfits=(
            Outfit(
                colors=("32343f",),
                lower_colors=("2a2c36",),
                shoes=("24242c",),
                gloves="3a3c48",
                parts=("sash", "hood", "headband", "sword"),
            ),
        ),
    ),
}
"""By noun."""
