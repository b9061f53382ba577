"""Where the joints of a person lie: measures of a physique bent into a pose, facing right.

Angles are degrees; a limb's run from straight down (0) forward (90) to straight up (180).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

Pair: TypeAlias = tuple[float, float]
Base: TypeAlias = Literal["feet", "ground", "seat", "air", "lying"]
_ANKLE = 0.038


@dataclass(frozen=True, slots=True, kw_only=True)
class Physique:
    """Measures in units of the standing height; shoulders, waist, hips are half widths, arm and leg radii."""

    head: float
    torso: float
    shoulders: float
    waist: float
    hips: float
    upper_arm: float
    forearm: float
    thigh: float
    shin: float
    arm: float
    leg: float
    hand: float
    foot: float
    stoop: float = 0.0
    child: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """Angles of the spine, the head, and of each limb's parts; a leg's third is its foot's.

    base: what touches the ground. drape: whether a skirt hangs or lies on the lap. lift: how far above the
    ground. side: seen from the side. hand: "fist" closes the far hand. legs_front: before the torso.
    """

    lean: float = 0.0
    tilt: float = 0.0
    near_arm: Pair = (-13.0, -5.0)
    far_arm: Pair = (13.0, 17.0)
    near_leg: tuple[float, float, float] = (-3.0, -3.0, 0.0)
    far_leg: tuple[float, float, float] = (4.0, 4.0, 0.0)
    base: Base = "feet"
    drape: Literal["hang", "lap"] = "hang"
    lift: float = 0.0
    side: bool = False
    fist: bool = False
    open_hand: bool = False
    far_front: bool = False
    legs_front: bool = False
    one_leg: bool = False
    asleep: bool = False
    prop: str | None = None
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Arm:
    shoulder: Pair
    elbow: Pair
    wrist: Pair
    angle: float


@dataclass(frozen=True, slots=True)
class Leg:
    hip: Pair
    knee: Pair
    ankle: Pair
    foot: float

    def at(self, share: float) -> Pair:
        """The point at a share of the way from hip to ankle."""
        if share <= 0.5:
            return between(self.hip, self.knee, share * 2)
        return between(self.knee, self.ankle, share * 2 - 1)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Joints in units; lean and tilt as in the pose."""

    physique: Physique
    pose: Pose
    pelvis: Pair
    neck: Pair
    skull: Pair
    near_arm: Arm
    far_arm: Arm
    near_leg: Leg
    far_leg: Leg

    def torso(self, points: Sequence[Pair]) -> list[Pair]:
        """Points (across in half widths, along from hips 0 to shoulders 1) in units."""
        build, angle = self.physique, math.radians(self.pose.lean)
        placed = []
        for across, along in points:
            half = float(np.interp(along, (0.02, 0.38, 0.85), (build.hips, build.waist, build.shoulders)))
            placed.append(_offset(self.pelvis, angle, across * half, along * build.torso))
        return placed

    def head(self, points: Sequence[Pair]) -> list[Pair]:
        """Points in head radii about the middle of the skull, in units."""
        r, angle = self.physique.head, math.radians(self.pose.tilt)
        return [_offset(self.skull, angle, x * r, y * r) for x, y in points]


def between(a: Pair, b: Pair, share: float) -> Pair:
    """The point at a share of the way from a to b."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def reach(start: Pair, degrees: float, length: float) -> Pair:
    """The end of a bone; 0 degrees is straight down, 90 forward."""
    angle = math.radians(degrees)
    return start[0] + math.sin(angle) * length, start[1] - math.cos(angle) * length


def _offset(origin: Pair, angle: float, across: float, along: float) -> Pair:
    """across to the right and along upward in a frame that leans forward by angle, in radians."""
    c, s = math.cos(angle), math.sin(angle)
    return origin[0] + across * c + along * s, origin[1] - across * s + along * c


def bend(build: Physique, pose: Pose) -> Skeleton:
    """The skeleton in its pose, standing, sitting or lying on y = 0; a seated one has its seat there."""
    loose = _bent(build, pose, (0.0, 0.0))
    return _bent(build, pose, (-_balance(loose), -_lowest(loose) + pose.lift))


def _bent(build: Physique, pose: Pose, pelvis: Pair) -> Skeleton:
    lean = math.radians(pose.lean + build.stoop)
    turn = 0.45 if pose.side else 1.0
    neck = _offset(pelvis, lean, 0.0, build.torso)
    shoulder = build.shoulders * turn
    near_shoulder = _offset(neck, lean, -shoulder * 0.80, -build.torso * 0.13)
    far_shoulder = _offset(neck, lean, shoulder * 0.74, -build.torso * 0.13)
    slope = math.radians(pose.lean)
    near_hip = _offset(pelvis, slope, -build.hips * 0.50 * turn, 0.0)
    far_hip = _offset(pelvis, slope, build.hips * 0.46 * turn, 0.0)
    tilt = math.radians(pose.lean * 0.5 + pose.tilt * 0.5 + build.stoop)
    skull = _offset(neck, tilt, build.head * 0.06, build.head * 1.13)
    return Skeleton(
        build,
        pose,
        pelvis,
        neck,
        skull,
        _arm(build, near_shoulder, pose.near_arm),
        _arm(build, far_shoulder, pose.far_arm),
        _leg(build, near_hip, pose.near_leg),
        _leg(build, far_hip, pose.far_leg),
    )


def _arm(build: Physique, shoulder: Pair, angles: Pair) -> Arm:
    elbow = reach(shoulder, angles[0], build.upper_arm)
    return Arm(shoulder, elbow, reach(elbow, angles[1], build.forearm), angles[1])


def _leg(build: Physique, hip: Pair, angles: tuple[float, float, float]) -> Leg:
    knee = reach(hip, angles[0], build.thigh)
    return Leg(hip, knee, reach(knee, angles[1], build.shin), angles[2])


def _lowest(bones: Skeleton) -> float:
    """The height of what touches the ground."""
    build, base = bones.physique, bones.pose.base
    soles = min(_sole(bones.near_leg, build), _sole(bones.far_leg, build))
    seat = bones.pelvis[1] - build.leg * 1.25
    if base == "feet":
        return soles
    if base == "seat":
        return seat
    if base == "lying":
        return min(seat, bones.neck[1] - build.shoulders * 0.75)
    if base == "air":
        return min(soles, seat, bones.near_arm.wrist[1], bones.far_arm.wrist[1])
    return min(seat, soles)


def _sole(leg: Leg, build: Physique) -> float:
    toe = reach(leg.ankle, 90 + leg.foot, build.foot * 0.8)
    return min(leg.ankle[1], toe[1]) - _ANKLE


def _balance(bones: Skeleton) -> float:
    """The x that goes to the origin: between what bears the weight."""
    if bones.pose.base == "feet":
        return (bones.near_leg.ankle[0] + bones.far_leg.ankle[0]) / 2 + bones.physique.foot * 0.2
    if bones.pose.base == "seat":
        return bones.pelvis[0]
    return (bones.skull[0] + bones.near_leg.ankle[0]) / 2
