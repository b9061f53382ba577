"""How a person stands, walks, sits, reads: tables of angles for each action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.scene.cast.people.skeleton import Pair, Pose

STANDING = (
    Pose(),
    Pose(near_arm=(-44, 34), far_arm=(16, 22), near_leg=(-5, -4, 0), far_leg=(7, 5, 0)),
    Pose(near_arm=(-16, -6), far_arm=(46, -34), far_front=True, tilt=3),
    Pose(near_arm=(-20, -12), far_arm=(18, 26), near_leg=(-2, -2, 0), far_leg=(10, 4, 0), tilt=-4),
)
"""Small variations of standing still."""

POSES: dict[str, tuple[Pose, ...]] = {
    "stand": STANDING,
    "walk": (
        Pose(
            lean=3,
            near_arm=(-34, -14),
            far_arm=(32, 52),
            near_leg=(24, 12, 8),
            far_leg=(-14, -36, -26),
            far_front=True,
        ),
        Pose(
            lean=3,
            near_arm=(20, 44),
            far_arm=(-4, 4),
            near_leg=(-16, -36, -28),
            far_leg=(26, 14, 8),
        ),
    ),
    "run": (
        Pose(
            lean=14,
            tilt=2,
            near_arm=(-62, 18),
            far_arm=(38, 118),
            near_leg=(70, -20, 2),
            far_leg=(-24, -52, -46),
            far_front=True,
            lift=0.02,
        ),
        Pose(
            lean=14,
            tilt=2,
            near_arm=(30, 104),
            far_arm=(-30, 40),
            near_leg=(-26, -54, -46),
            far_leg=(70, -18, 2),
            lift=0.02,
        ),
    ),
    "sit": (
        Pose(
            near_arm=(-26, -10),
            far_arm=(26, 40),
            near_leg=(112, 34, 0),
            far_leg=(100, 48, 0),
            base="ground",
            drape="lap",
            legs_front=True,
            lean=-4,
        ),
        Pose(
            near_arm=(-22, 22),
            far_arm=(22, -16),
            near_leg=(-66, 86, 0),
            far_leg=(68, -84, 0),
            base="ground",
            drape="lap",
            legs_front=True,
            far_front=True,
        ),
        Pose(
            near_arm=(-34, -22),
            far_arm=(30, 44),
            near_leg=(84, 86, 70),
            far_leg=(80, 88, 70),
            base="ground",
            drape="lap",
            legs_front=True,
            lean=-8,
        ),
    ),
    "seated": (
        Pose(
            near_arm=(-12, 38),
            far_arm=(20, 52),
            near_leg=(72, 2, 0),
            far_leg=(74, 10, 0),
            base="seat",
            drape="lap",
            legs_front=True,
            far_front=True,
        ),
    ),
    "ride": (
        Pose(
            lean=5,
            near_arm=(22, 66),
            far_arm=(34, 74),
            near_leg=(60, -12, 4),
            far_leg=(46, -8, 4),
            base="seat",
            drape="lap",
            side=True,
            legs_front=True,
            one_leg=True,
            fist=True,
            busy=True,
        ),
    ),
    "sleep": (
        Pose(
            lean=-90,
            tilt=-82,
            near_arm=(66, 118),
            far_arm=(120, 60),
            near_leg=(104, 74, 80),
            far_leg=(98, 84, 80),
            base="lying",
            asleep=True,
            busy=True,
            legs_front=True,
        ),
    ),
    "wave": (
        Pose(far_arm=(108, 156), open_hand=True, tilt=-4, busy=True, far_front=True),
        Pose(far_arm=(112, 168), near_arm=(-44, 34), open_hand=True, tilt=-3, busy=True, far_front=True),
    ),
    "dance": (
        Pose(
            lean=-4,
            tilt=-6,
            near_arm=(-112, -150),
            far_arm=(84, 128),
            near_leg=(-6, -2, -12),
            far_leg=(58, -30, -30),
            open_hand=True,
        ),
        Pose(
            lean=6,
            tilt=-2,
            near_arm=(-70, -110),
            far_arm=(140, 176),
            near_leg=(4, 0, 0),
            far_leg=(30, 22, -18),
            open_hand=True,
        ),
    ),
    "jump": (
        Pose(
            lean=2,
            tilt=-6,
            near_arm=(-116, -140),
            far_arm=(112, 138),
            near_leg=(18, -66, -40),
            far_leg=(48, -40, -30),
            lift=0.16,
            open_hand=True,
        ),
    ),
    "read": (
        Pose(
            tilt=7,
            near_arm=(-12, 58),
            far_arm=(28, 122),
            far_front=True,
            prop="open_book",
            busy=True,
        ),
    ),
    "eat": (Pose(near_arm=(-20, -8), far_arm=(24, 148), far_front=True, prop="snack", busy=True, fist=True),),
    "hold": (Pose(far_arm=(34, 112), far_front=True, fist=True, busy=True),),
    "swim": (
        Pose(
            lean=74,
            tilt=34,
            near_arm=(20, 58),
            far_arm=(112, 98),
            near_leg=(-74, -92, -70),
            far_leg=(-88, -80, -60),
            base="air",
            busy=True,
            open_hand=True,
        ),
    ),
    "fly": (
        Pose(
            lean=58,
            tilt=20,
            near_arm=(-36, -50),
            far_arm=(86, 92),
            near_leg=(-58, -76, -64),
            far_leg=(-70, -62, -60),
            base="air",
            busy=True,
            fist=True,
        ),
    ),
}
"""By action; one of them is drawn by lot. "seated" is "sit" on a seat."""

_PROP_POSES: dict[str, Callable[[Pose], Pose]] = {
    "read": lambda pose: replace(
        pose, near_arm=(-12, 58), far_arm=(28, 122), far_front=True, prop="open_book", busy=True, tilt=7
    ),
}


def pose_of(action: str | None, seated: bool, rng: Rng) -> Pose:
    """A pose for the action, slightly varied; seated: with the seat at y = 0 and the legs below."""
    key = "seated" if seated and action not in ("ride", "sleep") else action or "stand"
    choices = POSES.get(key, STANDING)
    pose = choices[int(rng.integers(len(choices)))]
    if seated and action in _PROP_POSES:
        pose = _PROP_POSES[action](pose)
    return _loosened(pose, rng)


def _loosened(pose: Pose, rng: Rng) -> Pose:
    """The pose with every free limb a little elsewhere, so that no two stand alike."""
    sway = rng.normal(0, 1, 5)
    near, far = pose.near_arm, pose.far_arm
    if not pose.busy:
        near = _turned(near, float(sway[0]) * 3)
        far = _turned(far, float(sway[1]) * 3)
    return replace(pose, near_arm=near, far_arm=far, tilt=pose.tilt + float(sway[2]) * 2)


def _turned(angles: Pair, degrees: float) -> Pair:
    return angles[0] + degrees, angles[1] + degrees
