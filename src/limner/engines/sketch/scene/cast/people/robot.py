"""A friendly tin robot that moves as people do."""

from __future__ import annotations

from dataclasses import replace

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, line, mark, oval, tube
from limner.engines.sketch.paint.light import Ink, ink
from limner.engines.sketch.scene.cast.look import Look
from limner.engines.sketch.scene.cast.people.person import darker, paler
from limner.engines.sketch.scene.cast.people.poses import pose_of
from limner.engines.sketch.scene.cast.people.skeleton import Arm, Leg, Pair, Physique, Skeleton, bend, reach

_TIN = Physique(
    head=0.150, torso=0.300, shoulders=0.150, waist=0.140, hips=0.130, upper_arm=0.125, forearm=0.115,
    thigh=0.140, shin=0.130, arm=0.030, leg=0.036, hand=0.036, foot=0.125,
)  # fmt: skip
_JOINT, _LAMP, _GLASS = "5a6472", "f8d860", "23344a"
_SKULL = (
    (-1.0, -0.72),
    (-1.04, 0.0),
    (-0.98, 0.76),
    (0.0, 0.86),
    (0.98, 0.76),
    (1.04, 0.0),
    (1.0, -0.72),
    (0.0, -0.80),
)
_SCREEN = (
    (-0.62, -0.42),
    (-0.68, 0.06),
    (-0.60, 0.46),
    (0.14, 0.52),
    (0.84, 0.46),
    (0.90, 0.06),
    (0.84, -0.42),
    (0.14, -0.48),
)
_CHEST = (
    (-0.98, 0.96),
    (0.0, 1.0),
    (0.98, 0.96),
    (1.02, 0.5),
    (0.94, 0.02),
    (0.0, -0.04),
    (-0.94, 0.02),
    (-1.02, 0.5),
)


def robot(look: Look) -> Body:
    """Boxes, hoses and a lit face, about one unit tall."""
    color = look.or_one_of("8fb8c8", "c8ccd4", "e8a04c", "7ab89a", "d86a5a")
    pose = pose_of(look.action, "seated" in look.traits, look.rng)
    bones = bend(_TIN, pose)
    far = [*_arm(bones.far_arm, color, 0.0 if pose.far_front else 0.25)]
    legs = [*_leg(bones.near_leg, color, 0.0)]
    if not pose.one_leg:
        legs = [*_leg(bones.far_leg, color, 0.25), *legs]
    trunk = _trunk(bones, color)
    forms = [*([] if pose.far_front else far), *([*trunk, *legs] if pose.legs_front else [*legs, *trunk])]
    forms += [
        *_head(bones, color, asleep=pose.asleep),
        *(far if pose.far_front else []),
        *_arm(bones.near_arm, color, 0.0),
    ]
    body = Body(forms, _feet(bones), pose.base == "air", anchors=_anchors(bones))
    low, high = body.bounds()
    return replace(body, tall=float(high[1] - min(low[1], 0)))


def _hand(bones: Arm) -> Pair:
    return reach(bones.wrist, bones.angle, _TIN.hand)


def _anchors(bones: Skeleton) -> dict[str, Anchor]:
    head, mouth = bones.head([(0.0, 0.9), (0.14, -0.2)])
    return {"hand": Anchor(*_hand(bones.far_arm)), "head": Anchor(*head, _TIN.head), "mouth": Anchor(*mouth)}


def _feet(bones: Skeleton) -> tuple[tuple[float, float], ...]:
    if bones.pose.base in ("air", "seat"):
        return ()
    return tuple((leg.ankle[0] + 0.02, 0.085) for leg in (bones.near_leg, bones.far_leg))


def _hose(points: list[Pair], radius: float, dark: float) -> Form:
    return Form(shapes=[tube(points, [radius])], color=ink(_JOINT), dark=dark, gloss=0.3, cast=0.4)


def _arm(bones: Arm, color: Ink, dark: float) -> list[Form]:
    palm = _hand(bones)
    claws = [
        tube(
            [
                palm,
                reach(palm, bones.angle + bend_out, 0.035),
                reach(palm, bones.angle + bend_out * 0.4, 0.062),
            ],
            [0.016, 0.011],
        )
        for bend_out in (-48, 48)
    ]
    cuff = tube([reach(bones.wrist, bones.angle, -0.055), bones.wrist], [0.037, 0.042])
    return [
        _hose([bones.shoulder, bones.elbow, bones.wrist], _TIN.arm * 0.78, dark),
        Form(shapes=[oval(*bones.shoulder, 0.046)], color=color, dark=dark, gloss=0.5, round=0.05, cast=0.4),
        Form(shapes=claws, color=ink(_JOINT), dark=dark, gloss=0.4, melt=0.005, cast=0.3),
        Form(shapes=[cuff], color=color, dark=dark, gloss=0.5, cast=0.4),
    ]


def _leg(bones: Leg, color: Ink, dark: float) -> list[Form]:
    x, y = bones.ankle
    toe = reach(bones.ankle, 90 + bones.foot, 0.075)
    heel = reach(bones.ankle, 90 + bones.foot, -0.035)
    foot = tube([(heel[0], heel[1] - 0.006), (x, y), (toe[0], toe[1] - 0.008)], [0.030, 0.038, 0.028])
    return [
        _hose([bones.hip, bones.knee, bones.ankle], _TIN.leg * 0.85, dark),
        Form(shapes=[foot], color=color, dark=dark, gloss=0.5, cast=0.4),
    ]


def _trunk(bones: Skeleton, color: Ink) -> list[Form]:
    (x, y), (gx, gy) = bones.torso([(0.06, 0.58), (0.06, 0.26)])
    dial = oval(x, y, 0.052)
    rivets = [
        mark(oval(px, py, 0.010), darker(color, 0.45), 0.002)
        for px, py in bones.torso([(-0.8, 0.86), (0.82, 0.86), (-0.8, 0.12), (0.78, 0.12)])
    ]
    needle = line([(x - 0.004, y - 0.006), (x + 0.026, y + 0.026)], 0.010, "c8303c")
    lamps = [
        Form(shapes=[oval(gx + dx, gy, 0.017)], color=ink(hue), gloss=0.6, cast=0.2, round=0.02)
        for dx, hue in ((-0.055, "d8403c"), (0.0, "f0c040"), (0.055, "3fa060"))
    ]
    return [
        Form(
            shapes=[blob(bones.torso(_CHEST), 6)], color=color, gloss=0.5, round=0.10, marks=rivets, cast=0.7
        ),
        Form(shapes=[dial], color=ink("f6f2e4"), round=0.02, cast=0.2, lines=[needle]),
        *lamps,
    ]


def _head(bones: Skeleton, color: Ink, *, asleep: bool) -> list[Form]:
    r, tilt = _TIN.head, bones.pose.tilt
    root, bulb, ear = bones.head([(0.0, 0.8), (0.06, 1.30), (-1.06, 0.0)])
    neck = tube([bones.torso([(0, 0.95)])[0], bones.head([(0, -0.7)])[0]], [0.045])
    eyes = []
    for x in (-0.18, 0.46):
        px, py = bones.head([(x, 0.08)])[0]
        ry = 0.03 if asleep else 0.15
        eyes.append(
            Form(shapes=[oval(px, py, 0.14 * r, ry * r, -tilt)], color=ink("9af0f0"), glow=0.12, cast=0)
        )
    smile = bones.head([(-0.10, -0.20), (0.14, -0.29), (0.38, -0.20)])
    return [
        Form(shapes=[neck], color=ink(_JOINT), gloss=0.3),
        Form(lines=[line([root, bulb], 0.014, _JOINT)]),
        Form(shapes=[oval(*bulb, 0.026)], color=ink(_LAMP), glow=0.1, cast=0.2),
        Form(shapes=[oval(*ear, 0.16 * r, 0.26 * r, -tilt)], color=ink(_JOINT), gloss=0.4, round=0.04),
        Form(shapes=[blob(bones.head(_SKULL), 6)], color=paler(color, 0.1), gloss=0.5, round=0.10, cast=0.9),
        Form(shapes=[blob(bones.head(_SCREEN), 6)], color=ink(_GLASS), gloss=0.5, round=0.03, cast=0.2),
        *eyes,
        Form(shapes=[tube(smile, [0.020 * r + 0.003])], color=ink("9af0f0"), glow=0.12, cast=0, outline=0),
    ]
