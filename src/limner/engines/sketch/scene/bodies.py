"""The bodies of a scene's cast: each painted a few times at most, and joined with what clings to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.light import Ink, from_rgb
from limner.engines.sketch.paint.medium import GOUACHE
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.painter import Sprite, paint
from limner.engines.sketch.paint.palette import NAMED, Palette
from limner.engines.sketch.paint.styles import MEDIUMS
from limner.engines.sketch.scene.bonds import Bond, bonds_of
from limner.engines.sketch.scene.cast import people, role_of
from limner.engines.sketch.scene.cast.fishbowl import fishbowl
from limner.engines.sketch.scene.cast.look import Look
from limner.engines.sketch.scene.freedom import tinted
from limner.engines.sketch.scene.party import FISHBOWL, Party, alone, with_children
from limner.engines.sketch.scene.places.ground import Ground
from limner.engines.sketch.scene.sizes import count_of, height_of
from limner.engines.sketch.words.spec import Relation, RelationKind, SceneSpec, SubjectSpec

_VARIANTS, _FACES = 2, 4
"""How many bodies are painted of one subject: of things and animals, and of people."""
_MIN_PAINTED_PX = 24.0
_STRIP = 1.3
_BOWLS = ("bowl", "vase", "jar", "tumbler glass")
_SEATS = frozenset(("chair", "sofa", "bench", "stool", "throne", "bed", "box", "rock", "seat", "gift"))
_UPRIGHT = ("stand", "jump", "dance", "sleep", "walk", "run")
_READ = frozenset(("book", "open book", "books", "newspaper", "rolled-up newspaper", "notebook", "scroll"))


@dataclass(frozen=True, slots=True)
class Painting:
    """What painting the cast needs to know."""

    canvas: Canvas
    ground: Ground
    palette: Palette
    spec: SceneSpec
    home: str = ""
    painted: dict[tuple[int, int], Sprite] = field(default_factory=dict)

    def parties(self, already: tuple[str, ...]) -> list[Party]:
        """A party for every body of every subject that clings to no other.

        already: nouns that the place shows; one of them is painted only where somebody clings to it.
        """
        subjects = self.spec.subjects
        bonds = bonds_of(subjects)
        bearing = {bond.parent for bond in bonds.values()}
        present = [
            i for i, s in enumerate(subjects) if s.count > 0 and (s.noun not in already or i in bearing)
        ]
        return [
            self._party(index, k, bonds)
            for index in present
            if index not in bonds
            for k in range(count_of(subjects[index]))
        ]

    def _party(self, index: int, number: int, bonds: dict[int, Bond]) -> Party:
        """Body number of a subject, with everything that clings to it."""
        party = alone(index, self._sprite(index, number))
        subjects = self.spec.subjects
        parents = count_of(subjects[index])
        together: dict[RelationKind, list[Party]] = {}
        for bond in bonds.values():
            if bond.parent == index and not _has_it_painted(subjects[index], subjects[bond.child], bond):
                mine = _shared_out(count_of(subjects[bond.child]), parents, number)
                together.setdefault(bond.kind, []).extend(self._party(bond.child, k, bonds) for k in mine)
        for kind, children in together.items():
            if children:
                nouns = [subjects[child.root].noun for child in children]
                noun = FISHBOWL if self._is_fishbowl(index) else subjects[index].noun
                party = with_children(party, children, kind, noun, nouns)
        return party

    def _sprite(self, index: int, number: int) -> Sprite:
        """A body of a subject; of many only a few are painted."""
        faces = _FACES if self.spec.subjects[index].noun in people.ROLES else _VARIANTS
        key = index, number % faces
        if key not in self.painted:
            self.painted[key] = self._paint(*key)
        return self.painted[key]

    def _paint(self, index: int, variant: int) -> Sprite:
        """It depends on the seed and on which of its noun it is, not on the layout."""
        subject = self.spec.subjects[index]
        seed, which = subject.origin or (self.spec.seed, which_of_its_noun(self.spec.subjects, index))
        rng = Streams(seed)(f"body-{subject.noun}-{which}-{variant}")
        look = Look(
            _ink(subject.color, self.palette, self.spec),
            rng,
            self.palette.season,
            self.palette.night,
            _pose(subject, self.spec.subjects),
            _traits(subject, self.spec.subjects),
        )
        medium = MEDIUMS.get(self.spec.style or "", GOUACHE)
        build = fishbowl if self._is_fishbowl(index) else role_of(subject.noun).build
        height = height_of(index, self.spec, self.home) * self._unit
        sprite = paint(build(look), max(_MIN_PAINTED_PX, height), self.ground.light, rng, medium)
        return replace(sprite, floats=True) if subject.above or subject.action == "fly" else sprite

    @property
    def _unit(self) -> float:
        """The pixels of a height of 1: the short side, a little more in a strip."""
        canvas = self.canvas
        stretch = max(canvas.width, canvas.height) / canvas.short
        return canvas.short * self.ground.size * min(_STRIP, max(1.0, 1 + 0.15 * (stretch - 1.8)))

    def _is_fishbowl(self, index: int) -> bool:
        """Whether fish swim in this bowl."""
        return self.spec.subjects[index].noun in _BOWLS and any(
            s.relation == Relation("in", index) and role_of(s.noun).zone == "swim" for s in self.spec.subjects
        )


def which_of_its_noun(subjects: Sequence[SubjectSpec], index: int) -> int:
    """How many subjects of the same noun come before it: the first fox of a story is always the same fox."""
    return sum(s.noun == subjects[index].noun for s in subjects[:index])


def _shared_out(children: int, parents: int, number: int) -> range:
    """Which of the children go with parent number of parents: even shares, the first ones first."""
    return range(number * children // parents, (number + 1) * children // parents)


def _has_it_painted(holder: SubjectSpec, held: SubjectSpec, bond: Bond) -> bool:
    """Whether the holder's own pose shows what is held, as people who read have their book."""
    reads = holder.action == "read" and held.noun in _READ
    return bond.kind == "holding" and reads and holder.noun in people.ROLES


def _pose(subject: SubjectSpec, subjects: Sequence[SubjectSpec]) -> str | None:
    """The action asked for, else the one that its bonds imply; what is eaten or held is in the hand."""
    relation = subject.relation
    if relation and relation.kind == "riding":
        return "ride"
    holds = relation is not None and relation.kind == "holding" and 0 <= relation.target < len(subjects)
    if holds and subject.action in (None, "eat"):
        return "hold"
    return subject.action


def _traits(subject: SubjectSpec, subjects: Sequence[SubjectSpec]) -> frozenset[str]:
    """Those that are said, and whether a person sits on something."""
    relation = subject.relation
    sits = relation is not None and relation.kind in ("on", "in") and relation.target < len(subjects)
    if sits and relation and subjects[relation.target].noun in _SEATS and subject.action not in _UPRIGHT:
        return frozenset((*subject.traits, "seated"))
    return frozenset(subject.traits)


def _ink(color: str | None, palette: Palette, spec: SceneSpec) -> Ink | None:
    return None if color is None else from_rgb(tinted(NAMED[color], palette, spec))
