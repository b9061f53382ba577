"""Bodies that go together as one picture: a rider on a mount, an umbrella in a hand, cats on a sofa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from limner.engines.sketch.paint.body import Anchor
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.painter import Sprite
from limner.engines.sketch.paint.raster import Floats, blur, coverage
from limner.engines.sketch.scene.facing import lives
from limner.engines.sketch.scene.holding import Hold, fitting, foot_row, hand_row, hold_of, is_paw
from limner.engines.sketch.words.spec import RelationKind

_ANCHORS: dict[RelationKind, tuple[str, ...]] = {
    "riding": ("back", "seat", "top"),
    "on": ("top", "seat", "back", "head"),
    "in": ("inside", "top", "seat"),
    "holding": ("hand",),
    "wearing": ("head",),
}
_USUAL: dict[RelationKind, tuple[float, float, float]] = {
    "riding": (0.0, 0.72, 0.0),
    "on": (0.0, 0.92, 0.36),
    "in": (0.0, 0.80, 0.30),
    "holding": (0.42, 0.06, 0.0),
    "wearing": (0.0, 0.97, 0.0),
}
"""Where a body without the anchor has it, in shares of its width and height: x, y, half."""
_TALLEST: dict[RelationKind, float] = {
    "riding": 0.80,
    "on": 1.6,
    "in": 0.90,
    "wearing": 0.30,
}
"""The greatest height of what clings, as a share of what it clings to."""
_LONG = 0.75
"""Long low mounts bear riders as if they were as tall as this share of their length."""
_AT_HAND: tuple[RelationKind, ...] = ("holding", "under", "with")
_BEHIND: tuple[RelationKind, ...] = ("in", "under")
_SUNK = {"in": 0.30}
_SURFACE, _HEAP = 0.3, 3
_DECKS = {
    "boat": (-0.20, 0.16, 0.24),
    "sailboat": (0.2, 0.2, 0.16),
    "canoe": (0.0, 0.5, 0.3),
    "motor boat": (-0.05, 0.55, 0.2),
    "speedboat": (-0.05, 0.6, 0.2),
}
"""Where those in a boat are, as above: their legs are out of sight."""
_ABOARD, _LEGS, _CROWDED = 0.66, 0.36, 1.5
FISHBOWL = "fishbowl"
"""Glass, before which those in it are painted."""


@dataclass(frozen=True, slots=True)
class Member:
    """Where one body of a party is: x0, y0, x1, y1 in px from the party's ground point, y upward."""

    subject: int
    box: tuple[float, float, float, float]

    def moved(self, dx: float, dy: float) -> Member:
        x0, y0, x1, y1 = self.box
        return Member(self.subject, (x0 + dx, y0 + dy, x1 + dx, y1 + dy))


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """One picture of one or more bodies; root: the subject that carries the others."""

    root: int
    sprite: Sprite
    members: tuple[Member, ...]

    @property
    def height(self) -> float:
        """From the ground to the top of what is painted, in px."""
        return max(1.0, *(m.box[3] for m in self.members))

    @property
    def aspect(self) -> float:
        """Width over height of what is painted."""
        left, right = self.span
        return (right - left) / self.height

    @property
    def span(self) -> tuple[float, float]:
        """The left and right end of what is painted, in px from the ground point."""
        return min(m.box[0] for m in self.members), max(m.box[2] for m in self.members)


def alone(subject: int, sprite: Sprite) -> Party:
    """A party of one."""
    return Party(subject, sprite, (Member(subject, sprite.extent),))


def with_children(
    party: Party, children: list[Party], kind: RelationKind, noun: str, nouns: Sequence[str]
) -> Party:
    """The party, of a noun, with the children, who are nouns, where the bond puts them."""
    if kind in _AT_HAND:
        return _handed(party, children, nouns)
    anchor = _anchor(party, kind, noun)
    aboard = kind == "in" and noun in _DECKS
    x0, _, x1, tallest = party.members[0].box
    if kind == "riding":
        tallest = max(tallest, _LONG * (x1 - x0))
    tallest *= _ABOARD if aboard else _TALLEST[kind]
    heaped = kind == "in" and len(children) >= _HEAP and not lives(nouns[0])
    room = anchor.half * (
        2.0 if heaped else _CROWDED if aboard or (kind == "in" and noun != FISHBOWL) else 1.0
    )
    fitted = _fitted(children, kind, tallest, room)
    if aboard:
        fitted, kind = [submerged(child, _LEGS) for child in fitted], "riding"
    elif noun == FISHBOWL:
        kind = "riding"
    joined = party
    for part, lift in _heaped(fitted) if heaped else [(fitted, 0.0)]:
        for child, shift in zip(part, _along(part, anchor.half), strict=True):
            joined = _joined(joined, child, anchor.x + shift, anchor.y + lift * child.height, kind)
    return joined


def _heaped(children: list[Party]) -> list[tuple[list[Party], float]]:
    """What fills a basket, in two layers, the front one first; and how far up each is."""
    front = (len(children) + 1) // 2
    return [(children[:front], 0.12), (children[front:], 0.62)]


def _along(children: list[Party], half: float) -> list[float]:
    """The columns of children side by side on a surface, each with the room it needs."""
    wide = [c.members[0].box[2] - c.members[0].box[0] for c in children]
    if len(children) == 1:
        return [0.0]
    room = max(min(sum(wide) * 1.3, 2.1 * half), sum(wide) * 0.8)
    steps = [w * room / sum(wide) for w in wide]
    return [sum(steps[:k]) + step / 2 - room / 2 for k, step in enumerate(steps)]


def _handed(party: Party, children: list[Party], nouns: Sequence[str]) -> Party:
    """The party with the children in its hands, fanned out where they are several."""
    tall = party.members[0].box[3]
    joined = party
    for k, (child, noun) in enumerate(zip(children, nouns, strict=True)):
        hold = hold_of(noun)
        hand = hand_row(_anchor(party, "holding").y, tall, hold)
        x0, y0, x1, y1 = child.members[0].box
        sized = scaled(child, fitting(hold, hand, tall, x1 - x0, y1 - y0))
        x, row = _held_at(party, sized, hold, hand)
        fan = (k - (len(children) - 1) / 2) * sized.height * sized.aspect * (0.4 if hold.is_behind else 0.62)
        kind: RelationKind = "under" if hold.is_behind else "holding"
        joined = _joined(
            joined, sized, x + fan, max(row - abs(fan) * 0.25, 0.0) - sized.members[0].box[1], kind
        )
    return joined


def _held_at(party: Party, held: Party, hold: Hold, hand: float) -> tuple[float, float]:
    """The column of the held thing's ground point, and the row of its lower end; hand: that of the hand."""
    _, _, front, tall = party.members[0].box
    anchor = _anchor(party, "holding")
    x0, y0, x1, y1 = held.members[0].box
    if hold.manner == "carried" and "hand" not in party.sprite.anchors:
        return front - x0 - 0.1 * (x1 - x0), 0.0
    grip = held.sprite.anchors.get("grip") if hold.manner != "carried" else None
    x = anchor.x * hold.reach - (grip.x if grip else 0.0)
    if is_paw(anchor.y, tall) and hold.manner == "raised":
        x = max(x, front - x0 * 0.5)
    return x, foot_row(hold, hand, tall, y1 - y0)


def _anchor(party: Party, kind: RelationKind, noun: str = "") -> Anchor:
    """Where such children of a noun go; a surface is at least a good part of its bearer's width."""
    for name in _ANCHORS[kind]:
        if name in party.sprite.anchors:
            found = party.sprite.anchors[name]
            wide = party.members[0].box[2] - party.members[0].box[0]
            return replace(found, half=max(found.half, _SURFACE * wide)) if kind == "on" else found
    x0, y0, x1, y1 = party.members[0].box
    x, y, half = _USUAL[kind] if noun not in _DECKS else _DECKS[noun]
    return Anchor((x0 + x1) / 2 + x * (x1 - x0), y0 + y * (y1 - y0), half * (x1 - x0))


def _fitted(children: list[Party], kind: RelationKind, tallest: float, half: float) -> list[Party]:
    """The children no taller than that, and no wider together than the surface."""
    share = min(1.0, *(tallest / max(1.0, c.members[0].box[3]) for c in children))
    wide = sum(c.members[0].box[2] - c.members[0].box[0] for c in children) * share
    room = 2.1 * half
    if kind in ("on", "in") and half and wide > room:
        share *= max(0.35, room / wide)
    return [scaled(c, share) for c in children] if share < 1 else children


def scaled(party: Party, factor: float, flip: bool = False) -> Party:
    """The same party larger, smaller or mirrored."""
    sign = -1 if flip else 1
    members = []
    for member in party.members:
        x0, y0, x1, y1 = (v * factor for v in member.box)
        x0, x1 = sorted((sign * x0, sign * x1))
        members.append(Member(member.subject, (x0, y0, x1, y1)))
    return Party(party.root, party.sprite.scaled(factor, flip), tuple(members))


def submerged(party: Party, share: float) -> Party:
    """The party let down by this share of its height, without what is then below its ground."""
    sprite = party.sprite
    lost = int(sprite.y * share)
    if not lost:
        return party
    cut = replace(sprite, pixels=sprite.pixels[: int(sprite.y) - lost], y=sprite.y - lost, feet=())
    members = []
    for member in party.members:
        x0, y0, x1, y1 = member.moved(0, -lost).box
        members.append(Member(member.subject, (x0, max(0.0, y0), x1, max(1.0, y1))))
    return Party(party.root, cut, tuple(members))


def _joined(party: Party, child: Party, x: float, y: float, kind: RelationKind) -> Party:
    """One picture of both, the child's feet at (x, y) of the party."""
    y -= child.members[0].box[3] * _SUNK.get(kind, 0.0)
    a, b = party.sprite, child.sprite
    left, top = max(a.x, b.x - x), max(a.y, b.y + y)
    right = max(a.pixels.shape[1] - a.x, b.pixels.shape[1] - b.x + x)
    bottom = max(a.pixels.shape[0] - a.y, b.pixels.shape[0] - b.y - y)
    out = np.zeros((int(top + bottom) + 2, int(left + right) + 2, 4), np.float32)
    if kind in _BEHIND:
        _over(out, b.pixels, left + x - b.x, top - y - b.y)
        _over(out, a.pixels, left - a.x, top - a.y)
    else:
        _over(out, a.pixels, left - a.x, top - a.y)
        if kind == "on":
            _contact(out, child, left + x, top - y)
        _over(out, b.pixels, left + x - b.x, top - y - b.y)
    sprite = replace(a, pixels=out, x=float(left), y=float(top))
    return Party(party.root, sprite, (*party.members, *(m.moved(x, y) for m in child.members)))


def _over(out: Floats, picture: Floats, x: float, y: float) -> None:
    """Lay a premultiplied picture over out with its corner at (x, y)."""
    x0, y0 = max(0, round(x)), max(0, round(y))
    rows, columns = min(picture.shape[0], out.shape[0] - y0), min(picture.shape[1], out.shape[1] - x0)
    part = out[y0 : y0 + rows, x0 : x0 + columns]
    part[:] = picture[:rows, :columns] + part * (1 - picture[:rows, :columns, 3:])


def _contact(out: Floats, child: Party, x: float, y: float) -> None:
    """Darken what the child stands on, under it."""
    x0, _, x1, _ = child.members[0].box
    half = max(2.0, (x1 - x0) * 0.42)
    height, width = out.shape[:2]
    mask = coverage(ellipse(x + (x0 + x1) / 2, y, half, half * 0.18), width, height)
    shade = blur(mask.astype(np.float32) / 255, half * 0.12) * np.float32(0.45)
    out[..., :3] *= 1 - shade[..., None]
