"""The cast of a scene put in its places: who stands where, how large, and turned which way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.palette import WHITE, Palette, mix
from limner.engines.sketch.scene.bodies import Painting
from limner.engines.sketch.scene.cast import role_of
from limner.engines.sketch.scene.cast.look import Zone
from limner.engines.sketch.scene.facing import facing_left
from limner.engines.sketch.scene.freedom import loosened
from limner.engines.sketch.scene.grove import before_trees
from limner.engines.sketch.scene.layout import arrange
from limner.engines.sketch.scene.neighbours import related
from limner.engines.sketch.scene.party import Party, scaled, submerged
from limner.engines.sketch.scene.pins import body_numbers, pinned
from limner.engines.sketch.scene.places.ground import Ground
from limner.engines.sketch.scene.placing import place
from limner.engines.sketch.scene.stands import Actor, Stand
from limner.engines.sketch.words.spec import SceneSpec

_ACTION_ZONES: dict[str, Zone] = {"fly": "high", "swim": "swim"}
_GROUNDED = ("sit", "stand", "walk", "sleep", "run")
_DRAUGHTS = {"duck": 0.15, "goose": 0.2}
"""How deep those swim who are painted with their legs, as a share of their height."""
_LONE_PARTY = 0.38
"""The least height, as a share of the short side, of a rider and mount who have the picture to themselves."""
_LAMPLIT = ("dusk", "night")
_LAMPLIGHT = (255, 204, 128)
_GLOWING = ("moon", "sun")


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a body was painted: x0, y0, x1, y1 in shares of the picture; subject: its index in the spec.

    foot: where its party stands, in shares: below its middle.
    """

    subject: int
    noun: str
    box: tuple[float, float, float, float]
    foot: tuple[float, float] = (0.0, 0.0)


def add_cast(
    canvas: Canvas,
    ground: Ground,
    palette: Palette,
    spec: SceneSpec,
    already: tuple[str, ...] = (),
    home: str = "",
) -> tuple[Figure, ...]:
    """Paint the subjects and put them where layout and relations say.

    already: nouns that the place has. home: the place.
    """
    size = canvas.width, canvas.height
    parties = Painting(canvas, ground, palette, spec, home).parties(already)
    least = _LONE_PARTY * canvas.short if len(parties) == 1 and len(parties[0].members) > 1 else 0.0
    actors = [_actor(party, number, spec, ground, least) for number, party in enumerate(parties)]
    stands = arrange(actors, ground, *size, canvas.stream("cast-layout"))
    stands = loosened(stands, spec, size, canvas.stream("freedom"))
    stands = before_trees(related(stands, spec.subjects, size), ground)
    numbers = body_numbers(parties)
    stands = pinned(stands, parties, numbers, size)
    stands.sort(key=lambda s: (s.actor.zone not in ("sky", "high"), s.spot.y))
    figures: list[Figure] = []
    for stand, left in zip(stands, facing_left(canvas, stands, numbers), strict=True):
        party = _put(canvas, ground, stand, parties[stand.actor.party], left)
        if palette.time in _LAMPLIT:
            _shine(canvas, stand, party)
        figures += _figures(canvas, stand, party, spec)
    return tuple(figures)


def _actor(party: Party, number: int, spec: SceneSpec, ground: Ground, least: float) -> Actor:
    """What is to be placed of a party; it is least px tall where it is on the ground."""
    subject = spec.subjects[party.root]
    zone = role_of(subject.noun).zone
    if subject.action in _ACTION_ZONES:
        zone = _ACTION_ZONES[subject.action]
        zone = "ground" if zone == "swim" and ground.water is None else zone
    elif zone in ("high", "water") and subject.action in _GROUNDED:
        zone = "ground"
    height = max(party.height, least) if zone == "ground" else party.height
    return Actor(party.root, subject, zone, party.aspect, height, number)


def _put(canvas: Canvas, ground: Ground, stand: Stand, party: Party, flip: bool) -> Party:
    """Lay the party into the picture, its middle over the spot; returns it as it was laid."""
    sized = scaled(party, max(4.0, stand.height) / party.height, flip)
    if stand.spot.on_water:
        sized = submerged(sized, _DRAUGHTS.get(stand.actor.spec.noun, 0.0))
    x0, x1 = sized.span
    middle = replace(stand.spot, x=stand.spot.x - (x0 + x1) / 2)
    if stand.actor.spec.noun in _GLOWING and ground.surface != "none":
        glow = mix((255, 240, 200), WHITE, 0.3)
        canvas.glow(stand.spot.x, stand.spot.y - stand.height / 2, stand.height * 1.4, glow, 0.45)
    rng = canvas.stream(f"put{party.root}-{stand.actor.party}")
    place(canvas, ground, sized.sprite, middle, rng)
    return sized


def _shine(canvas: Canvas, stand: Stand, party: Party) -> None:
    """The light of a lamp or a fire on what is about it."""
    lamp = party.sprite.anchors.get("light")
    if lamp:
        x0, x1 = party.span
        x, y = stand.spot.x - (x0 + x1) / 2 + lamp.x, stand.spot.y - lamp.y
        canvas.glow(x, y, lamp.half * 2.2, _LAMPLIGHT, 0.5)


def _figures(canvas: Canvas, stand: Stand, party: Party, spec: SceneSpec) -> Sequence[Figure]:
    left, right = party.span
    x, y = stand.spot.x - (left + right) / 2, stand.spot.y
    foot = stand.spot.x / canvas.width, y / canvas.height
    found = []
    for member in party.members:
        x0, y0, x1, y1 = member.box
        box = (
            (x + x0) / canvas.width,
            (y - y1) / canvas.height,
            (x + x1) / canvas.width,
            (y - y0) / canvas.height,
        )
        found.append(Figure(member.subject, spec.subjects[member.subject].noun, box, foot))
    return found
