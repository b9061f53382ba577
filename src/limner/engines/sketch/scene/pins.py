"""Subjects that know where they stand: an edit leaves everybody else where they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from limner.engines.sketch.scene.party import Party
from limner.engines.sketch.scene.stands import Stand


def body_numbers(parties: Sequence[Party]) -> list[int]:
    """For each party, which of its subject's bodies it is."""
    roots = [party.root for party in parties]
    return [roots[:i].count(root) for i, root in enumerate(roots)]


def pinned(
    stands: Sequence[Stand], parties: Sequence[Party], numbers: Sequence[int], size: tuple[int, int]
) -> list[Stand]:
    """The stands, each where its subject says; those of which nothing is said stay. size: in pixels."""
    return [_pinned(s, parties[s.actor.party], numbers[s.actor.party], size) for s in stands]


def _pinned(stand: Stand, party: Party, number: int, size: tuple[int, int]) -> Stand:
    at = stand.actor.spec.at
    if number >= len(at):
        return stand
    x, y, tall = at[number]
    spot = replace(stand.spot, x=x * size[0], y=y * size[1])
    if not tall:
        return replace(stand, spot=spot)
    alone = max(1.0, party.members[0].box[3] - party.members[0].box[1])
    return replace(stand, spot=spot, height=tall * size[1] * party.height / alone)
