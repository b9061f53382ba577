"""Which subjects cling to which: riders to mounts, what is held to its holder, cats to a sofa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from limner.engines.sketch.scene.cast import role_of
from limner.engines.sketch.words.spec import Relation, RelationKind, SubjectSpec

_CLINGS: tuple[RelationKind, ...] = ("riding", "on", "in")
_CARRIES: tuple[RelationKind, ...] = ("holding", "wearing")
_SHELTERS = ("umbrella",)
_OUT_OF_REACH = ("far", "sky")
_AT_HOME_ANYWHERE = ("plain",)
"""The home of shapes and signs, which are held as well as any thing."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A subject that goes with another one, and how: riding, on, in, holding, wearing or under."""

    child: int
    parent: int
    kind: RelationKind


def bonds_of(subjects: Sequence[SubjectSpec]) -> dict[int, Bond]:
    """The bonds by child; nobody clings to itself, round a circle, or to what is far off or gone."""
    found: dict[int, Bond] = {}
    for index, subject in enumerate(subjects):
        bond = _bond(index, subject, subjects)
        if bond and bond.child not in found and not _reaches(found, bond.parent, bond.child):
            found[bond.child] = bond
    return found


def _bond(index: int, subject: SubjectSpec, subjects: Sequence[SubjectSpec]) -> Bond | None:
    relation = subject.relation
    if relation is None or not 0 <= relation.target < len(subjects) or relation.target == index:
        return None
    target = subjects[relation.target]
    if not (subject.count and target.count):
        return None
    role = role_of(target.noun)
    if role.zone in _OUT_OF_REACH and role.home not in _AT_HOME_ANYWHERE:
        return None
    if relation.kind in _CLINGS:
        return Bond(index, relation.target, relation.kind)
    shelters = relation.kind in ("under", "with") and target.noun in _SHELTERS
    if relation.kind in _CARRIES or (shelters and sheltered(relation.target, subjects) <= target.count):
        return Bond(relation.target, index, relation.kind)
    return None


def sheltered(target: int, subjects: Sequence[SubjectSpec]) -> int:
    """How many bodies are under this umbrella, 0 for what is none."""
    if subjects[target].noun not in _SHELTERS:
        return 0
    return sum(s.count for s in subjects if s.relation == Relation("under", target))


def _reaches(bonds: dict[int, Bond], start: int, goal: int) -> bool:
    """Whether start clings, directly or through others, to goal."""
    while start != goal:
        if start not in bonds:
            return False
        start = bonds[start].parent
    return True
