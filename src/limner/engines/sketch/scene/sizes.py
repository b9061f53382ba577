"""How large the subjects of one scene are to each other: storybook proportions, ordered rightly."""

from __future__ import annotations

from limner.engines.sketch.scene.bonds import bonds_of, sheltered
from limner.engines.sketch.scene.cast import people, role_of
from limner.engines.sketch.scene.facing import is_vehicle, lives
from limner.engines.sketch.words.spec import Relation, SceneSpec, SubjectSpec

MAX_COUNT = 20
_LONE_HEIGHT = 0.30
"""Of a small subject that has the picture to itself."""
_CAMERA_SIZES = {"close": 1.45, "wide": 0.62, "above": 0.85, "low": 1.12}
_STILL_LIFE = 0.86
"""What small things on a table reach across together, as a share of the short side, where they are few."""
_CLOSENESS, _TALLEST = (0.74, 1.65), 0.52
_TABLES = ("table", "desk")
_ON_TABLES = {"lamp": 0.40, "guitar": 0.40, "plant": 0.30}
"""The heights of what stands on the floor of a room, where it stands on a table."""
_CLINGS = ("riding", "in", "on", "holding", "wearing")
_BESIDE_BUILDINGS = {"building": 1.06, "vehicle": 0.85, "other": 0.72, "sky": 1.0}
_BESIDE_THE_LIVING = 0.65
_NEAREST = 2.0
_SPANNING, _EACH = 1.6, 0.25
_BESIDE_VEHICLES = {"vehicle": 1.18, "other": 0.72, "sky": 1.0}
"""Who is drawn smaller or larger in such company, by kind."""


def count_of(subject: SubjectSpec) -> int:
    """How many of a subject are painted."""
    return max(1, min(subject.count, MAX_COUNT))


def height_of(index: int, spec: SceneSpec, home: str) -> float:
    """The usual height of a subject in a scene, as a share of the picture's short side; home: the place."""
    subject = spec.subjects[index]
    role = role_of(subject.noun)
    total = sum(count_of(s) for s in spec.subjects)
    size = _CAMERA_SIZES.get(spec.camera or "", 1.0) * (1.21 - 0.23 * spec.freedom) * subject.scale
    if _is_still_life(spec, home):
        height = _ON_TABLES.get(subject.noun, role.height) * _closeness(spec)
        least = min(_LONE_HEIGHT, 1.3 * height)
    else:
        crowding = 1.12 if total == 1 else 1.0 if total <= 3 else 0.86 if total <= 6 else 0.74
        height = _shared(index, spec) or role.height * crowding * _in_company(subject, spec) * _nearness(spec)
        least = _LONE_HEIGHT
    return max(height, least if total == 1 and role.zone == "ground" else 0.0) * size


def _nearness(spec: SceneSpec) -> float:
    """How near the viewer is to a small body that has only what it holds or rides with it."""
    bonds = bonds_of(spec.subjects)
    roots = [s for i, s in enumerate(spec.subjects) if i not in bonds]
    if not bonds or len(roots) != 1 or roots[0].count > 1:
        return 1.0
    return min(_NEAREST, max(1.0, _LONE_HEIGHT / role_of(roots[0].noun).height))


def _shared(index: int, spec: SceneSpec) -> float:
    """The height of an umbrella for several, 0 for anything else: it spans them all."""
    many = sheltered(index, spec.subjects)
    if many <= spec.subjects[index].count:
        return 0.0
    under = [s for s in spec.subjects if s.relation == Relation("under", index)]
    return _SPANNING * max(role_of(s.noun).height for s in under) * (1 + _EACH * (many - 1))


def _is_still_life(spec: SceneSpec, home: str) -> bool:
    """Whether nothing is shown but what belongs on a table, or on this one."""
    return home == "table" or all(
        role_of(s.noun).home == "table" or (home in _TABLES and s.noun in _ON_TABLES) for s in spec.subjects
    )


def _closeness(spec: SceneSpec) -> float:
    """How near the viewer sits to a table: few small things are shown larger."""
    loose = [s for s in spec.subjects if s.relation is None or s.relation.kind not in _CLINGS]
    heights = [(_ON_TABLES.get(s.noun, role_of(s.noun).height), count_of(s)) for s in loose]
    reach = sum(height * count for height, count in heights)
    low, high = _CLOSENESS
    high = min(high, _TALLEST / max(0.1, *(height for height, _ in heights), 0.1))
    return min(high, max(low, _STILL_LIFE / max(0.1, reach)))


def _in_company(subject: SubjectSpec, spec: SceneSpec) -> float:
    """People are small before houses, and not taller than the bus they wait for."""
    carried = {s.relation.target for s in spec.subjects if s.relation and s.relation.kind in _CLINGS}
    loose = [s for i, s in enumerate(spec.subjects) if i not in carried]
    kinds = {_kind(s) for s in loose if s.relation is None or s.relation.kind not in _CLINGS}
    if role_of(subject.noun).home == "table" and any(lives(s.noun) for s in loose):
        return _BESIDE_THE_LIVING
    if "building" in kinds:
        return _BESIDE_BUILDINGS[_kind(subject)] if kinds - {"building", "sky"} else 1.0
    if kinds >= {"vehicle", "other"} and any(s.noun in people.ROLES for s in loose):
        return _BESIDE_VEHICLES[_kind(subject)]
    return 1.0


def _kind(subject: SubjectSpec) -> str:
    role = role_of(subject.noun)
    if role.zone == "back" and not lives(subject.noun):
        return "building"
    return "vehicle" if is_vehicle(subject.noun) else "sky" if role.zone in ("sky", "far") else "other"
