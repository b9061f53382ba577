"""What costumes add to the figure, by name: collars, belts, capes, wings, and what the far hand holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from limner.engines.sketch.paint.body import Form
from limner.engines.sketch.scene.cast.people import faces, gear, props, trims
from limner.engines.sketch.scene.cast.people.person import Person

Layer: TypeAlias = Literal["back", "trunk", "face", "head", "near", "hand"]
Draw: TypeAlias = Callable[[Person, str | None], list[Form]]

PARTS: dict[str, tuple[Layer, Draw]] = {
    "cape": ("back", trims.cape),
    "wings": ("back", trims.fairy_wings),
    "feathers": ("back", trims.angel_wings),
    "backpack": ("back", trims.backpack),
    "collar": ("trunk", trims.round_collar),
    "shirt_collar": ("trunk", trims.shirt_collar),
    "lapels": ("trunk", trims.lapels),
    "fur": ("trunk", trims.fur_collar),
    "ruff": ("trunk", trims.ruff),
    "bow": ("trunk", trims.bow),
    "tie": ("trunk", trims.tie),
    "belt": ("trunk", trims.belt),
    "sash": ("trunk", trims.sash),
    "buttons": ("trunk", trims.buttons),
    "opening": ("trunk", trims.opening),
    "fur_front": ("trunk", trims.fur_front),
    "apron": ("trunk", trims.apron),
    "bib": ("trunk", trims.bib),
    "badge": ("trunk", trims.badge),
    "emblem": ("trunk", trims.emblem),
    "bands": ("trunk", trims.bands),
    "stethoscope": ("trunk", trims.stethoscope),
    "mail": ("trunk", trims.mail),
    "tabard": ("trunk", trims.tabard),
    "vest": ("trunk", trims.vest),
    "panel": ("trunk", trims.panel),
    "tutu": ("trunk", trims.tutu),
    "scarf": ("head", trims.scarf),
    "glasses": ("face", lambda person, color: faces.spectacles(person, color or "5a4630")),
    "eyepatch": ("face", trims.eyepatch),
    "eyemask": ("face", trims.eyemask),
    "hood": ("head", gear.hood),
    "red_nose": ("face", trims.red_nose),
    "halo": ("head", gear.halo),
    "beanie": ("head", gear.beanie),
    "straw": ("head", gear.straw),
    "cap": ("head", gear.cap),
    "crown": ("head", gear.crown),
    "tiara": ("head", gear.tiara),
    "wizard_hat": ("head", gear.wizard_hat),
    "toque": ("head", gear.toque),
    "police_cap": ("head", gear.police_cap),
    "helmet": ("head", gear.fire_helmet),
    "knight_helm": ("head", gear.knight_helm),
    "space_helmet": ("head", gear.space_helmet),
    "tricorn": ("head", gear.tricorn),
    "santa_hat": ("head", gear.santa_hat),
    "clown_hat": ("head", gear.clown_hat),
    "bandana": ("head", gear.bandana),
    "headband": ("head", gear.headband),
    "hair_bow": ("head", gear.hair_bow),
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
