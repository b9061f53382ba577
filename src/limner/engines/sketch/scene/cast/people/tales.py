"""People out of tales: kings, wizards, fairies, heroes."""

from __future__ import annotations

from limner.engines.sketch.scene.cast.people.character import Character
from limner.engines.sketch.scene.cast.people.person import Outfit
from limner.engines.sketch.scene.cast.people.physiques import CHILD, ELDER, HERO, MAN, STOUT, WOMAN

TALES: dict[str, Character] = {
    "princess": Character(
        physique=WOMAN,
        outfits=(
            Outfit(
                cut="dress",
                colors=("e88aa8", "8ab0e0", "c8a0e0", "f0c060"),
                lower="bare",
                sleeve="short",
                hem=0.93,
                flare=0.120,
                trim="fff0d8",
                parts=("sash:fff0d8", "tiara"),
            ),
        ),
        hairs=("long", "long_fringe", "braids", "curly"),
        feminine=True,
    ),
    "prince": Character(
        physique=MAN,
        outfits=(
            Outfit(
                colors=("3f5fb0", "a83a4a", "3a7a6a"),
                lower_colors=("efe6d2",),
                boots=True,
                shoes=("5a3a2a",),
                trim="e8b83c",
                parts=("cape:a83a4a", "shirt_collar:e8b83c", "belt", "buttons:e8b83c", "crown"),
            ),
        ),
        hairs=("swept", "tousled"),
    ),
    "queen": Character(
        physique=WOMAN,
        outfits=(
            Outfit(
                cut="dress",
                colors=("8a2f5a", "5a3a8a", "2f5a8a", "a8303c"),
                lower="bare",
                sleeve="wide",
                hem=0.96,
                flare=0.105,
                trim="e8b83c",
                parts=("cape:6a2030", "fur", "belt:e8b83c", "crown", "scepter"),
            ),
        ),
        hairs=("bun", "long", "parted"),
        feminine=True,
    ),
    "king": Character(
        physique=STOUT,
        outfits=(
            Outfit(
                cut="coat",
                colors=("5a3a8a", "a8303c", "2f5a8a"),
                lower_colors=("4a3a3a",),
                hem=0.80,
                flare=0.035,
                trim="f8f4ea",
                belly=0.16,
                parts=("cape:b02a3a", "fur", "belt:e8b83c", "crown", "scepter"),
            ),
        ),
        beards=("full",),
        hair_colors=("d8d6d4", "8a5a34", "4a3020"),
    ),
    "knight": Character(
        physique=MAN,
        outfits=(
            Outfit(
                cut="suit",
                colors=("9aa4b2",),
                lower_colors=("8a94a2",),
                boots=True,
                shoes=("9aa4b2",),
                gloves="9aa4b2",
                loose=1.10,
                parts=("mail", "belt", "knight_helm", "sword"),
            ),
        ),
    ),
    "wizard": Character(
        physique=ELDER,
        outfits=(
            Outfit(
                cut="coat",
                colors=("4a4a9a", "5a3a8a", "2f5a7a"),
                hem=0.95,
                flare=0.050,
                sleeve="wide",
                patterns=("stars",),
                trim="e8b83c",
                parts=("belt:e8b83c", "wizard_hat", "staff"),
            ),
        ),
        hairs=("long",),
        beards=("long",),
        hair_colors=("f0eeea", "d8d6d4"),
        old=True,
    ),
    "witch": Character(
        physique=WOMAN,
        outfits=(
            Outfit(
                cut="dress",
                colors=("4a3a6a", "3a3a4a", "5a2f6a"),
                lower="tights",
                lower_colors=("6a8a4a", "8a5aa0"),
                hem=0.78,
                flare=0.060,
                sleeve="wide",
                trim="8a5aa0",
                parts=("belt", "wizard_hat", "broom"),
            ),
        ),
        hairs=("long", "long_fringe"),
        hair_colors=("c8602c", "2a1e2a", "8a3a5a"),
        feminine=True,
    ),
    "santa claus": Character(
        physique=STOUT,
        outfits=(
            Outfit(
                cut="coat",
                colors=("c8302c",),
                hem=0.34,
                flare=0.030,
                belly=0.28,
                loose=1.12,
                lower_colors=("b82a28",),
                boots=True,
                shoes=("26222a",),
                gloves="f4f0e8",
                trim="f8f4ea",
                parts=("fur_front", "belt:26222a", "santa_hat", "sack"),
            ),
        ),
        hairs=("short",),
        beards=("full",),
        hair_colors=("f4f2ee",),
        old=True,
        mood="happy",
    ),
    "fairy": Character(
        physique=CHILD,
        outfits=(
            Outfit(
                cut="dress",
                colors=("9ad08a", "f0a8c8", "b8a8f0", "f4d070"),
                lower="bare",
                sleeve="none",
                hem=0.52,
                flare=0.070,
                patterns=("plain", "dots"),
                shoes=("7ab06a", "e88aa0"),
                parts=("wings", "hair_bow", "wand"),
            ),
        ),
        hairs=("bun", "pigtails", "long", "curly"),
        feminine=True,
    ),
    "angel": Character(
        physique=CHILD,
        outfits=(
            Outfit(
                cut="dress",
                colors=("f6f2ea",),
                lower="bare",
                sleeve="wide",
                hem=0.86,
                flare=0.050,
                trim="e8c860",
                parts=("feathers", "sash:e8c860", "halo"),
            ),
        ),
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
    "superhero": Character(
        physique=HERO,
        outfits=(
            Outfit(
                cut="suit",
                colors=("2f5fc0", "c8303c"),
                lower="tights",
                lower_colors=("2f5fc0",),
                boots=True,
                shoes=("c8303c",),
                gloves="c8303c",
                parts=("cape:c8303c", "emblem", "belt:f0c040", "eyemask"),
            ),
        ),
        hairs=("swept", "parted", "cropped"),
    ),
}
"""By noun."""
