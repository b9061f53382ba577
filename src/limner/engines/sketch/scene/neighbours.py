"""Where figures stand to each other: beside, left or right of, before, behind, above and under."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

from limner.engines.sketch.scene.bonds import sheltered
from limner.engines.sketch.scene.stands import MARGIN, Stand, in_sky
from limner.engines.sketch.words.spec import Relation, RelationKind, SubjectSpec

_GAP = 0.06
_PUSHES = 4
_SAME_DEPTH = 0.09
_OVER_THE_TOP, _LOW_SCREEN = 0.6, 2.2
_MOST, _LEAP, _SPAN = 0.4, 0.7, 1.15
_CROWD = 5
"""So many stand in rows that are set off against each other already."""
Group: TypeAlias = list[Stand]
Frame: TypeAlias = tuple[int, int]
"""Width and height of the picture."""
_Mover: TypeAlias = Callable[[Group, Group, Frame], tuple[Group, Group]]


def related(stands: list[Stand], subjects: Sequence[SubjectSpec], frame: Frame) -> list[Stand]:
    """The stands as the relations between their subjects want them."""
    groups: dict[int, Group] = {}
    for stand in stands:
        groups.setdefault(stand.actor.subject, []).append(stand)
    for index, subject in enumerate(subjects):
        relation = subject.relation
        if relation is None or relation.kind not in _MOVERS:
            continue
        if index in groups and relation.target in groups and index != relation.target:
            if relation.kind == "under" and sheltered(relation.target, subjects) > 1:
                _gathered(groups, relation.target, subjects)
                continue
            pair = _MOVERS[relation.kind](groups[index], groups[relation.target], frame)
            groups[index], groups[relation.target] = pair
    apart = {frozenset((i, s.relation.target)) for i, s in enumerate(subjects) if s.relation}
    return _unstacked([stand for group in groups.values() for stand in group], apart, frame)


def _gathered(groups: dict[int, Group], target: int, subjects: Sequence[SubjectSpec]) -> None:
    """Put all who are under one umbrella side by side below it."""
    under = [i for i, s in enumerate(subjects) if i in groups and s.relation == Relation("under", target)]
    anchor = groups[target][0]
    everybody = [s for i in under for s in groups[i]]
    wide = sum(2 * _half(s) for s in everybody)
    share = min(1.0, 2 * _half(anchor) * _SPAN / wide)
    for i in under:
        groups[i] = []
    for k, stand in enumerate(_packed(everybody, anchor.spot.x - wide * share / 2, share)):
        y = anchor.spot.y + (1 + k % 2) * anchor.height * 0.015
        groups[stand.actor.subject].append(_at(stand, y=y))


def _unstacked(stands: list[Stand], bound: set[frozenset[int]], frame: Frame) -> list[Stand]:
    """The stands with those pushed apart that hide each other at one depth, bound pairs excepted."""
    width, height = frame
    out = list(stands)
    crowded = sum(not in_sky(s) for s in stands) >= _CROWD
    for _ in range(0 if crowded else _PUSHES):
        for i, j in combinations(range(len(out)), 2):
            a, b = out[i], out[j]
            pair = frozenset((a.actor.subject, b.actor.subject))
            near = abs(a.spot.y - b.spot.y) < height * _SAME_DEPTH or (len(pair) > 1 and _hides(a, b))
            overlap = _half(a) + _half(b) - abs(a.spot.x - b.spot.x)
            if pair in bound or not near or in_sky(a) or in_sky(b) or overlap < 0.2 * min(_half(a), _half(b)):
                continue
            push = overlap / 2 if a.spot.x <= b.spot.x else -overlap / 2
            out[i] = _at(a, _clamped(a.spot.x - push, _half(a), width))
            out[j] = _at(b, _clamped(b.spot.x + push, _half(b), width))
    return out


def _hides(one: Stand, other: Stand) -> bool:
    """Whether the nearer one stands before most of the other."""
    near, far = (one, other) if one.spot.y >= other.spot.y else (other, one)
    left = max(near.spot.x - _half(near), far.spot.x - _half(far))
    right = min(near.spot.x + _half(near), far.spot.x + _half(far))
    top = max(near.spot.y - near.height, far.spot.y - far.height)
    covered = max(0.0, right - left) * max(0.0, far.spot.y - top)
    return covered > _MOST * 2 * _half(far) * far.height


def _half(stand: Stand) -> float:
    return stand.height * stand.actor.aspect / 2


def _span(group: Group) -> tuple[float, float]:
    return min(s.spot.x - _half(s) for s in group), max(s.spot.x + _half(s) for s in group)


def _at(stand: Stand, x: float | None = None, y: float | None = None, share: float = 1.0) -> Stand:
    spot = replace(stand.spot, x=stand.spot.x if x is None else x, y=stand.spot.y if y is None else y)
    return replace(stand, spot=spot, height=stand.height * share)


def _packed(group: Group, left: float, share: float) -> Group:
    """The group side by side from left on, in its present order."""
    moved, x = [], left
    for stand in sorted(group, key=lambda s: s.spot.x):
        half = _half(stand) * share
        moved.append(_at(stand, x + half, share=share))
        x += 2 * half
    return moved


def _side_by_side(first: Group, second: Group, frame: Frame) -> tuple[Group, Group]:
    """first to the left of second, near each other, both inside the picture."""
    width, margin = frame[0], frame[0] * MARGIN
    wide = [sum(2 * _half(s) for s in g) for g in (first, second)]
    gap = width * _GAP
    share = min(1.0, (width - 2 * margin) / (sum(wide) + gap))
    total = (sum(wide) + gap) * share
    middle = (sum(_span(first)) + sum(_span(second))) / 4
    left = min(max(middle - total / 2, margin), width - margin - total)
    second_left = left + (wide[0] + gap) * share
    return _packed(first, left, share), _packed(second, second_left, share)


def _left_of(group: Group, target: Group, frame: Frame) -> tuple[Group, Group]:
    return _side_by_side(group, target, frame)


def _right_of(group: Group, target: Group, frame: Frame) -> tuple[Group, Group]:
    target, group = _side_by_side(target, group, frame)
    return group, target


def _beside(group: Group, target: Group, frame: Frame) -> tuple[Group, Group]:
    mover = _left_of if sum(_span(group)) <= sum(_span(target)) else _right_of
    return mover(group, target, frame)


def _clamped(x: float, half: float, width: int) -> float:
    edge = min(half + width * MARGIN * 0.5, width / 2)
    return min(max(x, edge), width - edge)


def _behind(group: Group, target: Group, frame: Frame) -> tuple[Group, Group]:
    """Further off, peeping out at one side, or over the top of what is broad and low."""
    width, height = frame
    anchor = target[0]
    side = 1 if anchor.spot.x < width / 2 else -1
    moved = []
    for k, stand in enumerate(group):
        if in_sky(stand):
            moved.append(stand)
            continue
        low = anchor.actor.zone == "ground" and anchor.height < _LOW_SCREEN * stand.height
        broad = low and _half(anchor) > 1.6 * _half(stand)
        small = _half(stand) < 0.4 * _half(anchor)
        reach = _half(anchor) * (0.3 if broad else 0.95 if small else 0.75) + _half(stand) * (0.35 + 2.0 * k)
        y = anchor.spot.y - (anchor.height * _OVER_THE_TOP if broad else height * 0.03)
        x = _clamped(anchor.spot.x + side * reach, _half(stand), width)
        moved.append(_at(stand, x, y, 0.92))
    return moved, target


def _front_of(group: Group, target: Group, frame: Frame) -> tuple[Group, Group]:
    """Nearer, and off the middle of what stands behind."""
    width, height = frame
    anchor = target[0]
    low = min(height * 0.97, max(anchor.spot.y + height * 0.05, max(s.spot.y for s in group)))
    side = -1 if anchor.spot.x > width / 2 else 1
    middle = sum(_span(group)) / 2
    shift = anchor.spot.x + side * _half(anchor) * 0.35 - middle
    return [
        _at(s, _clamped(s.spot.x + shift, _half(s), width), low if not in_sky(s) else None) for s in group
    ], target


def _under(group: Group, target: Group, frame: Frame) -> tuple[Group, Group]:
    """Below it, on the same ground; smaller than what it is under where that stands there too."""
    width, height = frame
    anchor = target[0]
    middle = sum(_span(group)) / 2
    moved = []
    for stand in group:
        x = _clamped(anchor.spot.x + (stand.spot.x - middle), _half(stand), width)
        if in_sky(anchor):
            moved.append(_at(stand, x))
            continue
        share = min(1.0, anchor.height * 0.55 / stand.height)
        moved.append(_at(stand, x, min(height * 0.98, anchor.spot.y + height * 0.012), share))
    return moved, target


def _above(group: Group, target: Group, frame: Frame) -> tuple[Group, Group]:
    """In the air over it; both are smaller where the picture is too low for them."""
    width, height = frame
    anchor = target[0]
    tallest = max(s.height for s in group)
    room = anchor.spot.y - height * (0.04 + _GAP / 2)
    share = min(1.0, room / (tallest + anchor.height))
    top = anchor.spot.y - anchor.height * share - height * _GAP / 2
    middle = sum(_span(group)) / 2
    moved = []
    for stand in group:
        x = _clamped(anchor.spot.x + (stand.spot.x - middle), _half(stand) * share, width)
        y = min(top, max(stand.spot.y, stand.height * share + height * 0.03))
        if stand.actor.spec.action == "jump":
            y = anchor.spot.y - anchor.height * share * _LEAP
        moved.append(_at(stand, x, y, share))
    return moved, [_at(s, share=share) for s in target]


_MOVERS: dict[RelationKind, _Mover] = {
    "left_of": _left_of,
    "right_of": _right_of,
    "beside": _beside,
    "with": _beside,
    "behind": _behind,
    "front_of": _front_of,
    "under": _under,
    "above": _above,
}
