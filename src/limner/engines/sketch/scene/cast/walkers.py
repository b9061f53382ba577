"""Standing quadrupeds in profile, facing right: horse and deer."""

from __future__ import annotations

from dataclasses import dataclass

from limner.engines.sketch.paint.body import Body, Form, Mark, blob, eye, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import Ink, blended, ink
from limner.engines.sketch.scene.cast.look import Builder, Look

_NIGHTISH = (0.12, 0.06, 0.10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Measures of a quadruped in units: length and height of the spine, radii, and where the head is."""

    colors: tuple[str, ...]
    belly: str | None = None
    length: float
    height: float
    chest: float
    waist: float
    hip: float
    leg: float
    thigh: float
    neck: tuple[float, float]
    neck_radii: tuple[float, float]
    head: float
    fur: float = 0.07
    mane: str | None = None
    socks: str | None = None
    antlers: str | None = None
    spots: tuple[tuple[float, float, float], ...] = ()

    @property
    def nape(self) -> tuple[float, float]:
        """Where the head sits."""
        return self.length / 2 + self.neck[0], self.height + self.neck[1]

    @property
    def shoulder(self) -> tuple[float, float]:
        return self.length / 2 - 0.04, self.height + 0.05


def _walker(build: Build) -> Builder:
    def make(look: Look) -> Body:
        color = look.or_one_of(*build.colors)
        half = build.length / 2
        far_hind = _leg(build, color, -half + 0.12, 0.9, front=False, far=True)
        far_fore = _leg(build, color, half - 0.10, -0.8, front=True, far=True)
        hind = _leg(build, color, -half + 0.06, -0.9, front=False, far=False)
        fore = _leg(build, color, half - 0.04, 0.9, front=True, far=False)
        feet = tuple(foot for _, foot in (far_hind, far_fore, hind, fore))
        forms = [*far_hind[0], *far_fore[0], _tail(build, color)]
        if build.mane:
            forms.append(_crest(build))
        forms += [_torso(build, color), *hind[0], *fore[0], *_head(build, color)]
        if build.mane:
            forms += _forelock(build)
        return Body(forms, feet)

    return make


def _leg(
    build: Build, color: Ink, x: float, phase: float, *, front: bool, far: bool
) -> tuple[list[Form], tuple[float, float]]:
    """One leg with its hoof, and its foot for the ground."""
    h, leg, thigh = build.height, build.leg, build.thigh
    top = h - 0.06
    if front:
        ankle = x + 0.15 * phase - 0.02 * abs(phase)
        spine = [(x, top), (x + 0.05 * phase + 0.01, h * 0.50), (x + 0.13 * phase, h * 0.26), (ankle, 0.05)]
        radii = [thigh * 0.95, leg * 1.5, leg * 0.95, leg * 0.85]
    else:
        ankle = x - 0.02 + 0.16 * phase
        knee, hock = (x + 0.06 + 0.07 * phase, h * 0.58), (x - 0.09 + 0.10 * phase, h * 0.33)
        spine = [(x, top), knee, hock, (ankle, 0.05)]
        radii = [thigh * 1.35, thigh * 0.85, leg * 1.05, leg * 0.85]
    marks: list[Mark] = []
    if build.socks:
        sock = poly([(ankle - 0.4, 0.2), (ankle + 0.4, 0.22), (ankle + 0.4, -0.2), (ankle - 0.4, -0.2)])
        marks.append(mark(sock, blended(build.socks, _NIGHTISH, 0.25 if far else 0), 0.02))
    limb = Form(
        shapes=[tube(spine, radii)],
        color=blended(color, _NIGHTISH, 0.3 if far else 0),
        fur=build.fur * 0.7,
        dark=0.35 if far else 0,
        marks=marks,
        cast=0.4 if far else 0.15,
        outline=0.9 if far else 0.35,
    )
    hoof = blob(
        [(ankle - leg * 0.9, 0.085), (ankle + leg * 0.9, 0.085), (ankle + leg * 1.45, 0), (ankle - leg, 0)]
    )
    foot = Form(shapes=[hoof], color=ink("3a2a24"), cast=0.2, dark=0.3 if far else 0, round=0.05)
    return [limb, foot], (ankle + 0.02, leg * 2.2)


def _tail(build: Build, color: Ink) -> Form:
    x, y = -build.length / 2, build.height + build.hip * 0.55
    if build.mane:
        spine = [(x - 0.10, y), (x - 0.28, y - 0.08), (x - 0.36, y - 0.36), (x - 0.30, y - 0.66)]
        return Form(
            shapes=[tube(spine, [0.05, 0.09, 0.11, 0.03])],
            color=ink(build.mane),
            fur=build.fur * 2.6,
            cast=0.5,
        )
    white = mark(oval(x - 0.25, y - 0.16, 0.07), "fff4e6", 0.02)
    stub = tube([(x - 0.14, y - 0.02), (x - 0.26, y - 0.12)], [0.06, 0.03])
    return Form(shapes=[stub], color=color, fur=build.fur * 1.2, marks=[white])


def _torso(build: Build, color: Ink) -> Form:
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
    neck = tube(
        [(sx, sy), ((sx + nx) / 2 + 0.03, (sy + ny) / 2), (nx, ny)], [wide, (wide + slim) * 0.48, slim]
    )
    haunch = tube([(-half + 0.10, h), (-half + 0.12, h - 0.15)], [hip * 0.92, build.thigh * 1.1])
    belly = ink(build.belly) if build.belly else blended(color, (1, 0.95, 0.85), 0.35)
    under = [
        (-half, h - hip * 0.75),
        (0, h - waist * 0.45),
        (half, h - chest * 0.5),
        (half + 0.2, h - 0.3),
        (0, h - 0.5),
    ]
    marks = [mark(blob([*under, (-half, h - 0.4)]), belly, 0.05, 0.85)]
    marks += [mark(oval(x, h + y, s, s * 0.8), "fbeedd", 0.012, 0.9) for x, y, s in build.spots]
    return Form(shapes=[barrel, neck, haunch], color=color, fur=build.fur, marks=marks, melt=0.10, round=0.3)


def _crest(build: Build) -> Form:
    (sx, sy), (nx, ny) = build.shoulder, build.nape
    spine = [(nx - 0.02, ny + 0.17), (nx - 0.14, ny + 0.02), (sx - 0.02, sy + 0.20), (sx - 0.22, sy + 0.16)]
    return Form(
        shapes=[tube(spine, [0.05, 0.085, 0.09, 0.02])],
        color=ink(build.mane or "33201a"),
        fur=build.fur * 2,
        cast=0,
        flow=-70,
    )


def _forelock(build: Build) -> list[Form]:
    (sx, sy), (nx, ny), r = build.shoulder, build.nape, build.head
    hair = ink(build.mane or "33201a")
    lock = tube(
        [(nx - 0.03, ny + r * 0.95), (nx + r * 0.45, ny + r * 0.60), (nx + r * 0.75, ny + r * 0.15)],
        [0.045, 0.06, 0.012],
    )
    fall = tube(
        [
            (nx - 0.06, ny + r * 0.7),
            (nx - 0.14, ny),
            ((sx + nx) / 2 - 0.10, (sy + ny) / 2 + 0.02),
            (sx - 0.06, sy + 0.12),
        ],
        [0.045, 0.085, 0.10, 0.04],
    )
    return [
        Form(shapes=[lock], color=hair, fur=build.fur * 1.8, cast=0.5, flow=-45),
        Form(shapes=[fall], color=hair, fur=build.fur * 2.2, cast=0.5, flow=-66),
    ]


def _ear(build: Build, color: Ink, dx: float, far: bool) -> Form:
    (nx, ny), r = build.nape, build.head
    if build.antlers:
        shape = [(0, 0.5 * r), (-0.14, 0.72 * r), (-0.30, 0.74 * r), (-0.18, 0.44 * r), (-0.02, 0.3 * r)]
    else:
        shape = [(-0.05, 0.55 * r), (-0.11, 0.95 * r), (-0.09, 1.35 * r), (0.01, 1.05 * r), (0.05, 0.6 * r)]
    outline = blob([(nx + dx + a, ny + b) for a, b in shape])
    return Form(shapes=[outline], color=color, fur=build.fur * 0.5, dark=0.3 if far else 0, cast=0.4)


def _antler(build: Build, dx: float, color: Ink) -> Form:
    x, y = build.nape[0] - 0.02 + dx, build.nape[1] + build.head * 0.7
    shapes = [
        tube(
            [(x, y), (x - 0.10, y + 0.20), (x - 0.06, y + 0.42), (x + 0.06, y + 0.56)],
            [0.03, 0.027, 0.022, 0.01],
        ),
        tube([(x - 0.06, y + 0.10), (x + 0.08, y + 0.24)], [0.024, 0.008]),
        tube([(x - 0.10, y + 0.24), (x - 0.24, y + 0.42)], [0.022, 0.008]),
        tube([(x - 0.08, y + 0.38), (x + 0.10, y + 0.42)], [0.02, 0.007]),
    ]
    return Form(shapes=shapes, color=color, melt=0.02, cast=0.2, texture=0.6)


def _head(build: Build, color: Ink) -> list[Form]:
    (nx, ny), r = build.nape, build.head
    tx, ty = nx + r * 1.75, ny - r * 1.15
    forms: list[Form] = []
    if build.antlers:
        forms += [
            _antler(build, 0.09, blended(build.antlers, _NIGHTISH, 0.3)),
            _antler(build, -0.02, ink(build.antlers)),
        ]
    forms.append(_ear(build, blended(color, _NIGHTISH, 0.3), 0.10, True))
    nose = mark(oval(tx, ty, r * 0.62), blended(color, (0.16, 0.10, 0.10), 0.55), 0.05)
    skull = [
        tube([(nx, ny + r * 0.08), (nx + r * 0.75, ny - r * 0.36), (tx, ty)], [r * 0.78, r * 0.58, r * 0.43]),
        oval(nx + r * 0.12, ny - r * 0.18, r * 0.70, r * 0.62),
    ]
    forms.append(
        Form(shapes=skull, color=color, fur=build.fur * 0.7, marks=[nose], melt=0.08, round=0.2, cast=0.7)
    )
    mouth = line(
        [(tx + r * 0.22, ty - r * 0.30), (tx - r * 0.10, ty - r * 0.20), (tx - r * 0.32, ty - r * 0.02)],
        0.012,
        "2a1814",
    )
    nostril = oval(tx + r * 0.20, ty + r * 0.02, r * 0.09, r * 0.06, 40)
    forms.append(Form(shapes=[nostril], color=ink("201414"), flat=True, cast=0, outline=0, lines=[mouth]))
    forms += eye(nx + r * 0.50, ny + r * 0.10, r * 0.15, "2a160e", 0.85)
    return [*forms, _ear(build, color, 0.0, False)]


horse = _walker(
    Build(
        colors=("8f5730", "6a4030", "b08050", "e8e0d4"),
        mane="33201a",
        length=0.92,
        height=1.02,
        chest=0.26,
        waist=0.225,
        hip=0.25,
        leg=0.052,
        thigh=0.15,
        neck=(0.30, 0.56),
        neck_radii=(0.25, 0.14),
        head=0.225,
        socks="efe2d2",
    )
)
deer = _walker(
    Build(
        colors=("b0713a",),
        belly="f2dfc4",
        length=0.88,
        height=0.98,
        chest=0.20,
        waist=0.165,
        hip=0.19,
        leg=0.038,
        thigh=0.115,
        neck=(0.20, 0.46),
        neck_radii=(0.17, 0.10),
        head=0.165,
        fur=0.06,
        antlers="8a6a48",
        spots=(
            (-0.40, 0.10, 0.03),
            (-0.28, 0.14, 0.028),
            (-0.15, 0.12, 0.03),
            (-0.02, 0.14, 0.026),
            (0.12, 0.10, 0.028),
            (-0.20, 0.03, 0.026),
        ),
    )
)
