"""The cast of a scene: subjects painted, joined with what clings to them, and put in their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.light import Ink, from_rgb
from limner.engines.sketch.paint.medium import GOUACHE
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.painter import Sprite, paint
from limner.engines.sketch.paint.palette import NAMED, WHITE, Palette, mix
from limner.engines.sketch.paint.styles import MEDIUMS
from limner.engines.sketch.scene.bonds import Bond, bonds_of
from limner.engines.sketch.scene.cast import role_of
from limner.engines.sketch.scene.cast.look import Look, Role, Zone
from limner.engines.sketch.scene.layout import Actor, Stand, arrange, in_sky
from limner.engines.sketch.scene.neighbours import related
from limner.engines.sketch.scene.party import Party, alone, scaled, with_children
from limner.engines.sketch.scene.pins import body_numbers, pinned
from limner.engines.sketch.scene.places.ground import Ground
from limner.engines.sketch.scene.placing import place
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec

_MAX_COUNT = 20
_MAX_PAINTED = 2
_MIN_PAINTED_PX = 24.0
_LONE_HEIGHT = 0.30
"""Of a small subject that has the picture to itself."""
_CAMERA_SIZES = {"close": 1.45, "wide": 0.62, "above": 0.85, "low": 1.12}
_ACTION_ZONES: dict[str, Zone] = {"fly": "high", "swim": "swim"}
_GROUNDED = ("sit", "stand", "walk", "sleep", "run")
_NEVER_FLIPPED = frozenset(("rainbow", "book", "sign", "clock", "computer", "calendar"))
_GLOWING = ("moon", "sun")


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a body was painted: x0, y0, x1, y1 in shares of the picture; subject: its index in the spec.

    foot: the ground point of its party, in shares.
    """

    subject: int
    noun: str
    box: tuple[float, float, float, float]
    foot: tuple[float, float] = (0.0, 0.0)


def add_cast(
    canvas: Canvas, ground: Ground, palette: Palette, spec: SceneSpec, already: tuple[str, ...] = ()
) -> tuple[Figure, ...]:
    """Paint the subjects and put them where layout and relations say; already: nouns that the place has."""
    parties = _Painting(canvas, ground, palette, spec).parties(already)
    actors = [_actor(party, number, spec, ground) for number, party in enumerate(parties)]
    stands = arrange(actors, ground, canvas.width, canvas.height, canvas.stream("cast-layout"))
    stands = related(stands, spec.subjects, (canvas.width, canvas.height))
    numbers = body_numbers(parties)
    stands = pinned(stands, parties, numbers, (canvas.width, canvas.height))
    figures: list[Figure] = []
    stands.sort(key=lambda s: (s.actor.zone not in ("sky", "high"), s.spot.y))
    for stand in stands:
        others = [s.spot.x for s in stands if s is not stand and not in_sky(s)]
        towards = sum(others) / len(others) if others else canvas.width / 2
        flip = _turned(canvas, stand, towards, numbers[stand.actor.party])
        party = _put(canvas, ground, stand, parties[stand.actor.party], flip)
        figures += _figures(canvas, stand, party, spec)
    return tuple(figures)


@dataclass(frozen=True, slots=True)
class _Painting:
    """What painting the cast needs to know."""

    canvas: Canvas
    ground: Ground
    palette: Palette
    spec: SceneSpec
    painted: dict[tuple[int, int], Sprite] = field(default_factory=dict)

    def parties(self, already: tuple[str, ...]) -> list[Party]:
        """A party for every body of every subject that clings to no other."""
        bonds = bonds_of(self.spec.subjects)
        present = [i for i, s in enumerate(self.spec.subjects) if s.noun not in already and s.count > 0]
        return [
            self._party(index, k, bonds)
            for index in present
            if index not in bonds
            for k in range(_count(self.spec.subjects[index]))
        ]

    def _party(self, index: int, number: int, bonds: dict[int, Bond]) -> Party:
        """Body number of a subject, with everything that clings to it."""
        party = alone(index, self._sprite(index, number))
        parents = _count(self.spec.subjects[index])
        for bond in bonds.values():
            if bond.parent == index:
                mine = _shared_out(_count(self.spec.subjects[bond.child]), parents, number)
                children = [self._party(bond.child, k, bonds) for k in mine]
                if children:
                    party = with_children(party, children, bond.kind)
        return party

    def _sprite(self, index: int, number: int) -> Sprite:
        """A body of a subject; each is painted _MAX_PAINTED times at most."""
        key = index, number % _MAX_PAINTED
        if key not in self.painted:
            self.painted[key] = self._paint(*key)
        return self.painted[key]

    def _paint(self, index: int, variant: int) -> Sprite:
        """It depends on the seed and its number, not on the layout."""
        subject = self.spec.subjects[index]
        role = role_of(subject.noun)
        seed, number = subject.origin or (self.spec.seed, index)
        rng = Streams(seed)(f"body-{subject.noun}-{number}-{variant}")
        look = Look(
            _ink(subject.color),
            rng,
            self.palette.season,
            self.palette.night,
            _pose(subject, index, self.spec),
            frozenset(subject.traits),
        )
        medium = MEDIUMS.get(self.spec.style or "", GOUACHE)
        height = max(_MIN_PAINTED_PX, self._height(subject, role))
        sprite = paint(role.build(look), height, self.ground.light, rng, medium)
        return replace(sprite, floats=True) if subject.above or subject.action == "fly" else sprite

    def _height(self, subject: SubjectSpec, role: Role) -> float:
        size = _CAMERA_SIZES.get(self.spec.camera or "", 1.0) * (1.08 - 0.09 * self.spec.freedom)
        total = sum(_count(s) for s in self.spec.subjects)
        crowding = 1.12 if total == 1 else 1.0 if total <= 3 else 0.86 if total <= 6 else 0.74
        share = max(role.height * crowding, _LONE_HEIGHT if total == 1 and role.zone == "ground" else 0.0)
        return share * self.canvas.short * self.ground.size * subject.scale * size


def _count(subject: SubjectSpec) -> int:
    return max(1, min(subject.count, _MAX_COUNT))


def _shared_out(children: int, parents: int, number: int) -> range:
    """Which of the children go with parent number of parents: even shares, the first ones first."""
    return range(number * children // parents, (number + 1) * children // parents)


def _pose(subject: SubjectSpec, index: int, spec: SceneSpec) -> str | None:
    """The action asked for, else the one that its bonds imply."""
    if subject.relation and subject.relation.kind == "riding":
        return "ride"
    if subject.action:
        return subject.action
    if subject.relation and subject.relation.kind == "holding":
        return "hold"
    return None


def _actor(party: Party, number: int, spec: SceneSpec, ground: Ground) -> Actor:
    subject = spec.subjects[party.root]
    role = role_of(subject.noun)
    zone = role.zone
    if subject.action in _ACTION_ZONES:
        zone = _ACTION_ZONES[subject.action]
        zone = "ground" if zone == "swim" and ground.water is None else zone
    elif zone == "high" and subject.action in _GROUNDED:
        zone = "ground"
    return Actor(party.root, subject, zone, party.aspect, party.height, number)


def _ink(color: str | None) -> Ink | None:
    return None if color is None else from_rgb(NAMED[color])


def _turned(canvas: Canvas, stand: Stand, towards: float, number: int) -> bool:
    """Whether a body faces left: who acts or walks turns to the others, the rest do so mostly."""
    subject = stand.actor.spec
    if subject.noun in _NEVER_FLIPPED:
        return False
    astray = canvas.stream(f"turn{stand.actor.subject}-{number}").random() > 0.8
    return bool((stand.spot.x > towards) != (astray and subject.action is None))


def _put(canvas: Canvas, ground: Ground, stand: Stand, party: Party, flip: bool) -> Party:
    """Lay the party into the picture; returns it as it was laid."""
    sized = scaled(party, max(4.0, stand.height) / party.height, flip)
    if stand.actor.spec.noun in _GLOWING and ground.surface != "none":
        glow = mix((255, 240, 200), WHITE, 0.3)
        canvas.glow(stand.spot.x, stand.spot.y - stand.height / 2, stand.height * 1.4, glow, 0.45)
    rng = canvas.stream(f"put{party.root}-{stand.actor.party}")
    place(canvas, ground, sized.sprite, stand.spot, rng)
    return sized


def _figures(canvas: Canvas, stand: Stand, party: Party, spec: SceneSpec) -> Sequence[Figure]:
    x, y = stand.spot.x, stand.spot.y
    found = []
    for member in party.members:
        x0, y0, x1, y1 = member.box
        box = (
            (x + x0) / canvas.width,
            (y - y1) / canvas.height,
            (x + x1) / canvas.width,
            (y - y0) / canvas.height,
        )
        foot = x / canvas.width, y / canvas.height
        found.append(Figure(member.subject, spec.subjects[member.subject].noun, box, foot))
    return found
