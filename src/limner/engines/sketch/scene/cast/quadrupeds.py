"""Four-legged bodies in profile, facing right: standing, walking, running, leaping or lying asleep."""

from __future__ import annotations

from dataclasses import replace

from limner.engines.sketch.paint.body import Anchor, Body, Form, Mark, blob, mark, oval, poly, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.builds import GAITS, Build, Pair
from limner.engines.sketch.scene.cast.coats import Coat, markings, ruff
from limner.engines.sketch.scene.cast.heads import head
from limner.engines.sketch.scene.cast.long_heads import long_head, mane
from limner.engines.sketch.scene.cast.look import Look

_NIGHTISH = (0.12, 0.06, 0.10)


def quadruped(coat: Coat, build: Build, look: Look, pose: str) -> Body:
    """The body in a pose: stand, walk, run, jump or sleep."""
    if pose == "sleep":
        return _lying(coat, build, look)
    gait = GAITS[pose]
    raised = replace(build, height=build.height * (1 + gait.rise))
    color, half = coat.color(look), build.length / 2
    hips = (-half + 0.06, half - 0.04, -half + 0.13, half - 0.11)
    legs = [
        _leg(coat, raised, color, x, foot, hind=k % 2 == 0, far=k > 1)
        for k, (x, foot) in enumerate(zip(hips, gait.feet, strict=True))
    ]
    tail = _tail(coat, raised, color, look, flying=pose in ("run", "jump"))
    forms = [*legs[2][0], *legs[3][0], tail, *_upper(coat, raised, color, look, [*legs[0][0], *legs[1][0]])]
    feet = tuple(foot for _, foot in legs)
    return Body(forms, feet, anchors=_anchors(raised))


def _upper(coat: Coat, build: Build, color: Ink, look: Look, near: list[Form]) -> list[Form]:
    """Torso, near legs, mane and head."""
    forms: list[Form] = []
    x, y = build.nape
    if build.long_face is None:
        face = replace(coat.face, closed=look.action == "sleep")
        ruff_forms = ruff(coat, x, y, build.head)
        own = head(x, y, build.head, color, coat.fur * 0.8, face)
        return [_torso(coat, build, color, look), *near, *ruff_forms, *own]
    crest, fall = mane(build.long_face, build.shoulder, build.nape, build.head, coat.fur)
    forms += [*crest, _torso(coat, build, color, look), *near]
    tint = ink(build.long_face.color) if build.long_face.color else color
    forms += long_head(build.long_face, build.nape, build.head, tint, coat.fur, look.action == "sleep")
    return [*forms, *fall]


def _anchors(build: Build) -> dict[str, Anchor]:
    x, y = build.nape
    return {
        "back": Anchor(-0.02, build.height + build.waist * 0.85),
        "head": Anchor(x, y + build.head * 0.9),
        "mouth": Anchor(x + build.head * 1.2, y - build.head * 0.6),
    }


def _leg(
    coat: Coat, build: Build, color: Ink, x: float, foot: Pair, *, hind: bool, far: bool
) -> tuple[list[Form], Pair]:
    """One leg with its hoof or paw, and its foot for the ground."""
    h, leg, thigh = build.height, build.leg, build.thigh
    swing, lift = foot[0] * h, foot[1] * h
    top, ankle = h - 0.06, x + swing
    if hind:
        bend = 0.10 if abs(swing) < 0.3 * h else 0.02
        spine = [
            (x, top),
            (x + 0.05 + swing * 0.25, h * 0.60 + lift * 0.3),
            (x - bend + swing * 0.62, h * 0.32 + lift * 0.7),
            (ankle, lift + 0.05),
        ]
        radii = [thigh * 1.25, thigh * 0.80, leg * 1.05, leg * 0.88]
    else:
        spine = [
            (x, top),
            (x + swing * 0.30, h * 0.52 + lift * 0.3),
            (x + swing * 0.72, h * 0.27 + lift * 0.8),
            (ankle, lift + 0.05),
        ]
        radii = [thigh * 0.90, leg * 1.45, leg * 1.0, leg * 0.88]
    marks: list[Mark] = []
    if coat.socks:
        band = poly(
            [
                (ankle - 0.3, lift + h * 0.22),
                (ankle + 0.3, lift + h * 0.22),
                (ankle + 0.3, lift - 0.2),
                (ankle - 0.3, lift - 0.2),
            ]
        )
        marks.append(mark(band, blended(coat.socks, _NIGHTISH, 0.25 if far else 0), 0.02))
    limb = Form(
        shapes=[tube(spine, radii)],
        color=blended(color, _NIGHTISH, 0.3 if far else 0),
        fur=coat.fur * 0.7,
        dark=0.35 if far else 0,
        marks=marks,
        cast=0.4 if far else 0.15,
        outline=0.9 if far else 0.35,
    )
    return [limb, _foot(coat, build, color, ankle, lift, far)], (ankle + 0.02, leg * 2.2)


def _foot(coat: Coat, build: Build, color: Ink, x: float, y: float, far: bool) -> Form:
    leg, dark = build.leg, 0.3 if far else 0.0
    if build.hoofed:
        hoof = blob(
            [(x - leg * 0.9, y + 0.085), (x + leg * 0.9, y + 0.085), (x + leg * 1.4, y), (x - leg, y)]
        )
        return Form(shapes=[hoof], color=ink("3a2a24"), cast=0.2, dark=dark, round=0.05)
    paw = oval(x + leg * 0.45, y + leg * 0.62, leg * 1.45, leg * 0.72)
    tint = ink(coat.socks) if coat.socks else color
    return Form(
        shapes=[paw],
        color=blended(tint, _NIGHTISH, dark),
        cast=0.3,
        dark=dark,
        round=0.05,
        fur=0.04,
        shag=0.1,
    )


def _torso(coat: Coat, build: Build, color: Ink, look: Look) -> Form:
    half, h, length = build.length / 2, build.height, build.length
    hip, waist, chest = build.hip, build.waist, build.chest
    spine = [
        (-half + 0.02, h),
        (-half + length * 0.3, h),
        (0, h - 0.015),
        (length * 0.28, h - 0.02),
        (half, h - 0.02),
    ]
    barrel = tube(spine, [hip, (hip + waist) / 2, waist, (waist + chest) / 2, chest])
    (sx, sy), (nx, ny) = build.shoulder, build.nape
    wide, slim = build.neck_radii
    bow = 0.03 if build.long_face else 0.0
    neck = tube(
        [(sx, sy), ((sx + nx) / 2 + bow, (sy + ny) / 2), (nx, ny)], [wide, (wide + slim) * 0.48, slim]
    )
    haunch = tube([(-half + 0.10, h), (-half + 0.12, h - 0.15)], [hip * 0.92, build.thigh * 1.1])
    under = [
        (-half, h - hip * 0.75),
        (0, h - waist * 0.45),
        (half, h - chest * 0.5),
        (half + 0.2, h - 0.3),
        (0, h - 0.5),
        (-half, h - 0.4),
    ]
    marks = [mark(blob(under), coat.pale(look, color), 0.05, 0.85)]
    marks += markings(coat, length, h, waist, look)
    humps = [oval(x, h + waist * 0.95, 0.15, 0.19) for x in build.humps]
    shapes = [barrel, neck, haunch, *humps]
    return Form(shapes=shapes, color=color, fur=coat.fur, marks=marks, melt=0.10, round=0.3)


def _lying(coat: Coat, build: Build, look: Look) -> Body:
    """Asleep on the ground, paws forward and eyes closed."""
    low = replace(
        build, height=build.chest * 0.92, neck=(0.10, max(0.02, build.head * 0.55 - build.chest * 0.3))
    )
    color, half, h = coat.color(look), build.length / 2, low.height
    look = replace(look, action="sleep")
    paws = [
        tube(
            [(half - 0.10, h * 0.45), (half + 0.10, build.leg), (half + 0.34, build.leg * 0.9)],
            [build.leg * 1.6, build.leg * 1.1, build.leg],
        )
    ]
    haunch = [
        oval(-half + 0.10, h * 0.72, build.hip * 0.95, h * 0.72),
        tube([(-half + 0.06, build.leg), (-half + 0.34, build.leg)], [build.leg * 1.1, build.leg]),
    ]
    near = [
        Form(shapes=haunch, color=color, fur=coat.fur * 0.8, melt=0.05, cast=0.4, outline=0.5),
        Form(shapes=paws, color=color, fur=coat.fur * 0.6, cast=0.4, outline=0.6),
    ]
    tail = _curled_tail(coat, low, color)
    return Body(
        [tail, *_upper(coat, low, color, look, near)], ((0.0, build.length * 0.6),), anchors=_anchors(low)
    )


def _curled_tail(coat: Coat, build: Build, color: Ink) -> Form:
    """A tail along the ground, round the flank."""
    _, radii, fur = _TAILS[coat.tail]
    back, h = -build.length / 2, build.height
    thick = max(radii) * 0.9
    spine = [(back, h * 0.6), (back - 0.14, h * 0.30), (back - 0.02, thick), (back + 0.34, thick * 0.8)]
    marks = [mark(oval(*spine[-1], 0.12), coat.tail_tip, 0.03)] if coat.tail_tip else []
    shape = tube(spine, [thick * 0.6, thick, thick, thick * 0.5])
    return Form(shapes=[shape], color=color, fur=coat.fur * min(fur, 1.5), marks=marks, cast=0.5)


def _tail(coat: Coat, build: Build, color: Ink, look: Look, *, flying: bool) -> Form:
    spine, radii, fur = _TAILS[coat.tail]
    x, y = -build.length / 2, build.height + build.hip * 0.45
    drop = 0.35 if flying else 1.0
    reach = 1.5 if flying else 1.0
    low = 0.04
    points = [(x + a * reach, max(low, y + (b * drop if b < 0 else b))) for a, b in spine]
    tint = (
        ink(build.long_face.mane)
        if coat.tail == "horse" and build.long_face and build.long_face.mane
        else color
    )
    marks = []
    if coat.tail_tip:
        tx, ty = points[-1]
        marks.append(mark(oval(tx, ty, 0.12), coat.tail_tip, 0.03))
    shapes = [tube(points, radii)]
    if coat.tail == "tuft":
        shapes.append(oval(*points[-1], 0.055, 0.075))
    return Form(shapes=shapes, color=tint, fur=coat.fur * fur, marks=marks, cast=0.5, melt=0.02)


_TAILS: dict[str, tuple[tuple[Pair, ...], tuple[float, ...], float]] = {
    "horse": (((-0.08, 0.04), (-0.26, -0.06), (-0.34, -0.34), (-0.28, -0.62)), (0.05, 0.09, 0.11, 0.03), 2.4),
    "bushy": (((-0.06, 0.0), (-0.30, -0.02), (-0.54, 0.10), (-0.74, 0.30)), (0.08, 0.13, 0.16, 0.03), 1.5),
    "thin": (
        ((-0.04, 0.04), (-0.26, 0.0), (-0.44, 0.12), (-0.48, 0.34), (-0.38, 0.44)),
        (0.06, 0.055, 0.05, 0.045, 0.035),
        0.8,
    ),
    "up": (((-0.04, 0.02), (-0.18, 0.12), (-0.26, 0.28), (-0.22, 0.42)), (0.07, 0.06, 0.05, 0.025), 0.8),
    "tuft": (
        ((-0.04, 0.04), (-0.18, -0.06), (-0.26, -0.30), (-0.28, -0.50)),
        (0.045, 0.032, 0.028, 0.026),
        0.8,
    ),
    "plume": (
        ((-0.04, 0.0), (-0.22, 0.10), (-0.34, 0.40), (-0.24, 0.66), (-0.34, 0.80)),
        (0.06, 0.12, 0.15, 0.13, 0.03),
        1.6,
    ),
    "stub": (((-0.06, 0.02), (-0.18, -0.06)), (0.07, 0.035), 1.2),
    "puff": (((-0.06, 0.06), (-0.12, 0.08)), (0.10, 0.10), 1.2),
    "curl": (
        ((-0.04, 0.02), (-0.14, 0.06), (-0.20, 0.14), (-0.13, 0.18), (-0.10, 0.10)),
        (0.035, 0.03, 0.028, 0.024, 0.02),
        0.5,
    ),
}
"""Spine from the rump, radii, and how much longer its fur is."""
