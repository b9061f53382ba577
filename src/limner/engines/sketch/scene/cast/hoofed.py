"""Hoofed animals and the elephant, in profile on four legs."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Anchor, Body, Form, blob, eye, line, mark, oval, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.builds import POSES, Build
from limner.engines.sketch.scene.cast.coats import Coat
from limner.engines.sketch.scene.cast.heads import Face
from limner.engines.sketch.scene.cast.long_heads import LongFace
from limner.engines.sketch.scene.cast.look import Builder, Look, Role
from limner.engines.sketch.scene.cast.quadrupeds import quadruped

_NO_FACE = Face()


def _coat(
    colors: tuple[str, ...],
    belly: str,
    tail: str,
    fur: float = 0.07,
    socks: str | None = None,
    pattern: str = "",
    pattern_color: str = "2e2428",
) -> Coat:
    return Coat(
        colors=colors,
        belly=belly,
        face=_NO_FACE,
        tail=tail,
        fur=fur,
        socks=socks,
        pattern=pattern,
        pattern_color=pattern_color,
        natural={"red": "9a4e28", "brown": "7a4e30"},
    )


def _equine(face: LongFace, leg: float = 1.0) -> Build:
    return Build(
        length=0.90,
        height=0.98 * leg,
        chest=0.235,
        waist=0.215,
        hip=0.228,
        leg=0.046,
        thigh=0.125,
        neck=(0.28, 0.52),
        neck_radii=(0.225, 0.13),
        head=0.215,
        long_face=face,
        hoofed=True,
    )


def _bovine(face: LongFace) -> Build:
    return Build(
        length=0.98,
        height=0.80,
        chest=0.27,
        waist=0.27,
        hip=0.26,
        leg=0.050,
        thigh=0.125,
        neck=(0.26, 0.22),
        neck_radii=(0.24, 0.17),
        head=0.215,
        long_face=face,
        hoofed=True,
    )


def _small(
    face: LongFace, girth: float = 0.22, neck: tuple[float, float] = (0.20, 0.26), head: float = 0.18
) -> Build:
    return Build(
        length=0.76,
        height=0.62,
        chest=girth,
        waist=girth,
        hip=girth,
        leg=0.042,
        thigh=0.10,
        neck=neck,
        neck_radii=(girth * 0.75, 0.11),
        head=head,
        long_face=face,
        hoofed=True,
    )


def _deer(face: LongFace) -> Build:
    return Build(
        length=0.84,
        height=0.94,
        chest=0.19,
        waist=0.165,
        hip=0.18,
        leg=0.034,
        thigh=0.10,
        neck=(0.20, 0.46),
        neck_radii=(0.165, 0.10),
        head=0.165,
        long_face=face,
        hoofed=True,
    )


_GIRAFFE = Build(
    length=0.74,
    height=1.04,
    chest=0.205,
    waist=0.175,
    hip=0.175,
    leg=0.040,
    thigh=0.10,
    neck=(0.40, 0.96),
    neck_radii=(0.19, 0.085),
    head=0.155,
    long_face=LongFace(ear="side", horns="knobs", horn_color="7a5030", muzzle="f0dcb4"),
    hoofed=True,
)
_CAMEL = Build(
    length=0.92,
    height=0.94,
    chest=0.23,
    waist=0.21,
    hip=0.21,
    leg=0.046,
    thigh=0.115,
    neck=(0.36, 0.40),
    neck_radii=(0.17, 0.10),
    head=0.175,
    long_face=LongFace(ear="tall", muzzle="d8b080"),
    hoofed=True,
    humps=(-0.18, 0.16),
)
_KINDS: dict[str, tuple[Coat, Build, float, str]] = {
    "horse": (
        _coat(("8f5730", "6a4030", "b08050", "e8e0d4"), "d8b894", "horse", socks="efe2d2"),
        _equine(LongFace(mane="33201a")),
        0.46,
        "meadow",
    ),
    "unicorn": (
        _coat(("f6f0f4",), "ffffff", "horse", socks="f0d8e8"),
        _equine(LongFace(mane="e89ac8", horns="unicorn", horn_color="f2c85a", muzzle="f4d4dc")),
        0.48,
        "flowers",
    ),
    "zebra": (
        _coat(("f4f1ea",), "f8f6f0", "tuft", fur=0.05, pattern="bands", pattern_color="28242a"),
        _equine(LongFace(mane="28242a", muzzle="3a343a"), 0.94),
        0.44,
        "meadow",
    ),
    "donkey": (
        _coat(("8f8a88", "7a6a60"), "e0dcd8", "tuft"),
        _equine(LongFace(mane="3a3436", muzzle="e8e4e0"), 0.84),
        0.40,
        "meadow",
    ),
    "deer": (
        _coat(("b0713a",), "f2dfc4", "stub", fur=0.06, pattern="spots", pattern_color="fbeedd"),
        _deer(LongFace(ear="side", horns="antlers", horn_color="8a6a48")),
        0.48,
        "forest",
    ),
    "reindeer": (
        _coat(("8a6a50",), "e8dcc8", "stub", fur=0.08),
        _deer(LongFace(ear="side", horns="antlers", horn_color="c8a878", muzzle="d8402e")),
        0.48,
        "snowfield",
    ),
    "cow": (
        _coat(("f4efe6",), "f6e8dc", "tuft", fur=0.06, pattern="patches", pattern_color="352a2c"),
        _bovine(LongFace(ear="side", horns="bull", muzzle="e8b4a8", blunt=1.35, snout=0.9)),
        0.38,
        "meadow",
    ),
    "ox": (
        _coat(("8a5a38", "5a4438"), "a87a54", "tuft"),
        _bovine(LongFace(ear="side", horns="bull", muzzle="4a3838", blunt=1.3, snout=0.9)),
        0.40,
        "meadow",
    ),
    "sheep": (
        _coat(("f4efe4",), "f8f4ec", "puff", fur=0.12, socks="3a3438"),
        _small(LongFace(color="4a4244", ear="side", snout=0.85), 0.27, (0.18, 0.18)),
        0.28,
        "meadow",
    ),
    "goat": (
        _coat(("e8e0d4", "a88a6a"), "f6f0e6", "stub", fur=0.08),
        _small(LongFace(ear="side", horns="goat", horn_color="a89a80"), 0.20),
        0.30,
        "mountains",
    ),
    "pig": (
        _coat(("f0a8a4", "e8b0a0"), "f8ccc4", "curl", fur=0.03),
        _small(LongFace(ear="flop", muzzle="e08a8a", blunt=1.5, snout=0.72), 0.255, (0.20, 0.08), 0.205),
        0.26,
        "meadow",
    ),
    "llama": (
        _coat(("f0e4d0", "c8a078"), "f8f0e4", "puff", fur=0.12),
        _deer(LongFace(ear="tall", muzzle="d8c0a8", snout=0.8)),
        0.44,
        "mountains",
    ),
    "giraffe": (
        _coat(("f0cf8a",), "f8e8c0", "tuft", fur=0.04, pattern="net", pattern_color="a8642c"),
        _GIRAFFE,
        0.66,
        "meadow",
    ),
    "camel": (_coat(("c89a62",), "e0bf90", "tuft", fur=0.08), _CAMEL, 0.44, "desert"),
}


def _animal(name: str) -> Builder:
    coat, build, _, _ = _KINDS[name]
    return lambda look: quadruped(coat, build, look, POSES.get(look.action or "", "stand"))


def elephant(look: Look) -> Body:
    """An elephant with its trunk curled up."""
    color = look.or_one_of("9a9aa8", "8a90a0", "a89a98")
    dark = blended(color, (0.12, 0.08, 0.16), 0.16)
    swing = 0.10 if look.action in ("walk", "run", "dance") else 0.02

    def leg(x: float, dx: float) -> tuple[Form, Form]:
        limb = tube([(x, 0.56), (x + dx * 0.4, 0.30), (x + dx, 0.07)], [0.17, 0.125, 0.125])
        nails = [mark(oval(x + dx + k * 0.06, 0.03, 0.026, 0.03), "f2e8dc", 0.006) for k in (-0.8, 0.6, 1.8)]
        shape = Form(shapes=[limb], color=color, fur=0.06, shag=0, marks=nails, cast=0.6)
        return Form(shapes=[limb], color=dark, fur=0.06, shag=0, dark=0.3), shape

    far = [leg(-0.28, swing)[0], leg(0.30, -swing)[0]]
    near = [leg(-0.42, -swing)[1], leg(0.18, swing)[1]]
    torso = [tube([(-0.42, 0.66), (0.0, 0.72), (0.34, 0.68)], [0.32, 0.37, 0.31])]
    skull = [
        oval(0.56, 0.86, 0.27, 0.29),
        tube(
            [(0.66, 0.76), (0.84, 0.50), (0.94, 0.34), (1.10, 0.36), (1.13, 0.52)],
            [0.19, 0.13, 0.10, 0.075, 0.05],
        ),
    ]
    folds = [
        line([(0.72 + 0.045 * k, 0.66 - 0.075 * k), (0.80 + 0.045 * k, 0.70 - 0.070 * k)], 0.012, dark)
        for k in range(4)
    ]
    ear = blob([(0.44, 1.06), (0.20, 1.12), (0.04, 0.90), (0.10, 0.62), (0.30, 0.56), (0.42, 0.74)], 6)
    inner = mark(
        blob([(0.40, 1.0), (0.22, 1.04), (0.12, 0.88), (0.17, 0.68), (0.30, 0.64), (0.38, 0.76)], 5),
        blended(color, (0.95, 0.62, 0.60), 0.4),
        0.03,
        0.8,
    )
    tusk = tube([(0.70, 0.60), (0.84, 0.46), (0.98, 0.50)], [0.045, 0.036, 0.012])
    forms = [
        *far,
        Form(shapes=[tube([(-0.70, 0.74), (-0.84, 0.50), (-0.82, 0.32)], [0.035, 0.025, 0.03])], color=dark),
        Form(shapes=torso, color=color, fur=0.07, shag=0, round=0.36, texture=1.2),
        *near,
        Form(shapes=skull, color=color, fur=0.06, shag=0, melt=0.06, round=0.26, lines=folds, texture=1.2),
        Form(shapes=[tusk], color=ink("f8f2e2"), gloss=0.3),
        Form(shapes=[ear], color=color, fur=0.07, shag=0, round=0.08, marks=[inner], cast=1.2),
        *eye(0.68, 0.92, 0.036, "2a1a16"),
    ]
    feet = ((-0.42, 0.15), (0.18, 0.15), (-0.28, 0.13), (0.30, 0.13))
    anchors = {"back": Anchor(-0.08, 1.04), "head": Anchor(0.56, 1.14), "mouth": Anchor(0.86, 0.56)}
    return Body(forms, feet, anchors=anchors)


ROLES = {
    **{name: Role(_animal(name), height, home=home) for name, (_, _, height, home) in _KINDS.items()},
    "elephant": Role(elephant, 0.56, home="meadow"),
}
