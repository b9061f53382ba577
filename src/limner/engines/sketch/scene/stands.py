"""Actors to be placed, where they stand, and how a row of them shares out its room."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.scene.cast.look import Zone
from limner.engines.sketch.scene.placing import Spot
from limner.engines.sketch.words.spec import SubjectSpec

MARGIN = 0.04
_SIDES = {"left": 0.27, "center": 0.5, "right": 0.73}


@dataclass(frozen=True, slots=True)
class Actor:
    """One party to place: its first subject, aspect (width / height), height in pixels and number."""

    subject: int
    spec: SubjectSpec
    zone: Zone
    aspect: float
    height: float
    party: int = 0

    @property
    def width(self) -> float:
        return self.height * self.aspect


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an actor stands, and its height there."""

    actor: Actor
    spot: Spot
    height: float

    @property
    def width(self) -> float:
        return self.height * self.actor.aspect


def in_sky(stand: Stand) -> bool:
    return stand.actor.zone in ("sky", "high")


def fitted(actors: list[Actor], room: float) -> list[Actor]:
    """The same actors, smaller when they are wider together than room."""
    total = sum(a.width * 1.16 for a in actors)
    share = min(1.0, room / total) if total else 1.0
    return [replace(a, height=a.height * share) for a in actors]


def columns(actors: list[Actor], width: int, rng: Rng) -> list[float]:
    """A centre for each actor, left to right; those with a side keep to it."""
    order = sorted(range(len(actors)), key=lambda i: (side_rank(actors[i].spec.side), i))
    if not any(a.spec.side for a in actors):
        subjects = list(dict.fromkeys(a.subject for a in actors))
        rank = {s: int(r) for s, r in zip(subjects, rng.permutation(len(subjects)), strict=True)}
        order.sort(key=lambda i: (rank[actors[i].subject], i))
    room = width * (1 - 2 * MARGIN)
    spare = max(0.0, room - sum(a.width for a in actors))
    weights = rng.uniform(0.75, 1.25, len(actors) + 1)
    if len(actors) == 1:
        weights = np.array([1.0, 1.0]) + rng.uniform(-0.42, 0.42) * np.array([1, -1])
        if actors[0].spec.side:
            at = _SIDES[actors[0].spec.side]
            weights = np.array([at, 1 - at])
    gaps = weights / weights.sum() * spare
    x, centers = width * MARGIN, [0.0] * len(actors)
    for gap, i in zip(gaps, order, strict=False):
        x += float(gap)
        centers[i] = x + actors[i].width / 2
        x += actors[i].width
    return centers


def side_rank(side: str | None) -> int:
    return {"left": 0, "right": 2}.get(side or "", 1)
