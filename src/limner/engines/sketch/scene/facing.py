"""Who looks where: two look at each other, hunters at the hunted; traffic and schools go one way."""

from __future__ import annotations

from collections.abc import Sequence

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.scene.cast import birds, fables, furred, hoofed, people, role_of
from limner.engines.sketch.scene.stands import Stand, in_sky

_NEVER_TURNED = frozenset(("rainbow", "book", "sign", "clock", "computer", "calendar", "flag", "placard"))
_LIVING = frozenset((*people.ROLES, *furred.ROLES, *hoofed.ROLES, *birds.ROLES, *fables.ROLES))
_OFF_ROAD = ("tractor", "train")
_HURRIES = ("run", "fly", "swim")
_ASTRAY, _SCHOOL = 0.2, 4


def facing_left(canvas: Canvas, stands: Sequence[Stand], numbers: Sequence[int]) -> list[bool]:
    """For each stand whether it is turned to the left; numbers: of the body within its subject, by party."""
    walkers = [i for i, s in enumerate(stands) if lives(s.actor.spec.noun) and not in_sky(s)]
    traffic = [i for i, s in enumerate(stands) if is_vehicle(s.actor.spec.noun)]
    turned = [_usual(canvas, stands, i, numbers[s.actor.party]) for i, s in enumerate(stands)]
    if len(walkers) == 2:
        for i, left in zip(walkers, _as_pair(*(stands[i] for i in walkers)), strict=True):
            turned[i] = left
    if len(traffic) > 1:
        way = bool(canvas.stream("traffic").random() < 0.5)
        for i in traffic:
            turned[i] = way
    for subject in _schools(stands):
        way = bool(canvas.stream(f"school{subject}").random() < 0.5)
        turned = [way if s.actor.subject == subject else t for s, t in zip(stands, turned, strict=True)]
    return turned


def _schools(stands: Sequence[Stand]) -> list[int]:
    """The subjects of which many swim or fly together."""
    moving = [s.actor.subject for s in stands if s.actor.zone in ("swim", "water", "high")]
    return [subject for subject in sorted(set(moving)) if moving.count(subject) >= _SCHOOL]


def lives(noun: str) -> bool:
    """Whether it is a person or an animal with a body of its own."""
    return noun in _LIVING


def is_vehicle(noun: str) -> bool:
    """Whether it drives on roads, rails or fields."""
    return noun in _OFF_ROAD or (role_of(noun).home == "street" and not lives(noun))


def _as_pair(one: Stand, other: Stand) -> tuple[bool, bool]:
    """Two face each other; whom one of another kind runs after faces away."""
    chased = _chases(one, other), _chases(other, one)
    left = one.spot.x > other.spot.x, other.spot.x > one.spot.x
    if chased[0]:
        return left[0], left[0]
    return (left[1], left[1]) if chased[1] else left


def _chases(hunter: Stand, hunted: Stand) -> bool:
    first, second = hunter.actor.spec, hunted.actor.spec
    return first.action in _HURRIES and second.action in (None, "run") and first.noun != second.noun


def _usual(canvas: Canvas, stands: Sequence[Stand], index: int, number: int) -> bool:
    """Towards the middle of the others: always who acts, the rest mostly."""
    stand = stands[index]
    if stand.actor.spec.noun in _NEVER_TURNED:
        return False
    others = [s.spot.x for k, s in enumerate(stands) if k != index and not in_sky(s)]
    towards = sum(others) / len(others) if others else canvas.width / 2
    astray = canvas.stream(f"turn{stand.actor.subject}-{number}").random() > 1 - _ASTRAY
    return bool((stand.spot.x > towards) != (astray and stand.actor.spec.action is None))
