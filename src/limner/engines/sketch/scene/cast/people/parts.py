"""What costumes add to the figure, by name: collars, belts, capes, wings, and what the far hand holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from limner.engines.sketch.paint.body import Form
from limner.engines.sketch.scene.cast.people import (
    collars,
    faces,
    hats,
    helmets,
    insignia,
    props,
    trims,
    wings,
)
from limner.engines.sketch.scene.cast.people.person import Person

Layer: TypeAlias = Literal["back", "trunk", "face", "head", "near", "hand"]
Draw: TypeAlias = Callable[[Person, str | None], list[Form]]

PARTS: dict[str, tuple[Layer, Draw]] = {
    "cape": ("back", wings.cape),
    "wings": ("back", wings.fairy_wings),
    "feathers": ("back", wings.angel_wings),
    "backpack": ("back", wings.backpack),
    "collar": ("trunk", collars.round_collar),
    "shirt_collar": ("trunk", collars.shirt_collar),
    "lapels": ("trunk", collars.lapels),
    "fur": ("trunk", collars.fur_collar),
    "ruff": ("trunk", collars.ruff),
    "bow": ("trunk", collars.bow),
    "tie": ("trunk", collars.tie),
    "belt": ("trunk", trims.belt),
    "sash": ("trunk", trims.sash),
    "buttons": ("trunk", trims.buttons),
    "opening": ("trunk", trims.opening),
    "fur_front": ("trunk", trims.fur_front),
    "apron": ("trunk", trims.apron),
    "bib": ("trunk", trims.bib),
    "badge": ("trunk", insignia.badge),
    "emblem": ("trunk", insignia.emblem),
    "bands": ("trunk", insignia.bands),
    "stethoscope": ("trunk", insignia.stethoscope),
    "mail": ("trunk", trims.mail),
    "tabard": ("trunk", trims.tabard),
    "vest": ("trunk", trims.vest),
    "panel": ("trunk", insignia.panel),
    "tutu": ("trunk", trims.tutu),
    "scarf": ("head", collars.scarf),
    "glasses": ("face", faces.spectacles),
    "eyepatch": ("face", insignia.eyepatch),
    "eyemask": ("face", insignia.eyemask),
    "hood": ("head", helmets.hood),
    "red_nose": ("face", insignia.red_nose),
    "halo": ("head", helmets.halo),
    "beanie": ("head", hats.beanie),
    "straw": ("head", hats.straw),
    "cap": ("head", hats.cap),
    "crown": ("head", helmets.crown),
    "tiara": ("head", helmets.tiara),
    "wizard_hat": ("head", hats.wizard_hat),
    "toque": ("head", hats.toque),
    "police_cap": ("head", helmets.police_cap),
    "helmet": ("head", helmets.fire_helmet),
    "knight_helm": ("head", helmets.knight_helm),
    "space_helmet": ("head", helmets.space_helmet),
    "tricorn": ("head", hats.tricorn),
    "santa_hat": ("head", hats.santa_hat),
    "clown_hat": ("head", hats.clown_hat),
    "bandana": ("head", hats.bandana),
    "headband": ("head", hats.headband),
    "hair_bow": ("head", hats.hair_bow),
    "wand": ("hand", props.wand),
    "staff": ("hand", props.staff),
    "broom": ("hand", props.broom),
    "sword": ("hand", props.sword),
    "cutlass": ("hand", props.cutlass),
    "scepter": ("hand", props.scepter),
    "ladle": ("hand", props.ladle),
    "pitchfork": ("hand", props.pitchfork),
    "pointer": ("hand", props.pointer),
    "cane": ("hand", props.cane),
    "sack": ("back", props.sack),
    "open_book": ("hand", props.open_book),
    "snack": ("hand", props.snack),
    "hose": ("hand", props.hose),
}
"""Each part's layer and how it is drawn; its colour is None for the usual one."""

HATS = frozenset(
    (
        *("beanie", "straw", "cap", "crown", "wizard_hat", "toque", "police_cap", "helmet", "knight_helm"),
        *("space_helmet", "tricorn", "santa_hat", "bandana", "hood"),
    )
)
"""Parts that press the hair down."""


def drawn(person: Person, names: tuple[str, ...], layer: Layer) -> list[Form]:
    """The forms of those parts that lie in the layer."""
    forms: list[Form] = []
    for name in names:
        kind, _, color = name.partition(":")
        where, draw = PARTS[kind]
        if where == layer:
            forms += draw(person, color or None)
    return forms
