"""Furred animals with round faces: their coats and builds, sitting or on four legs."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Body, mark, tube
from limner.engines.sketch.scene.cast.builds import POSES, Build
from limner.engines.sketch.scene.cast.coats import Coat
from limner.engines.sketch.scene.cast.heads import Face
from limner.engines.sketch.scene.cast.look import Builder, Look, Role
from limner.engines.sketch.scene.cast.quadrupeds import quadruped
from limner.engines.sketch.scene.cast.sitters import sitting

_INK = "2a282e"
_PANDA_PATCHES = (
    mark(tube([(-0.10, 0.92), (0.06, 0.80), (0.40, 0.84)], [0.10, 0.13, 0.13]), _INK),
    mark(tube([(0.20, 0.75), (0.26, 0.3), (0.26, 0)], [0.14, 0.12, 0.12]), _INK),
    mark(tube([(-0.20, 0.06), (0.10, 0.04)], [0.10, 0.10]), _INK),
)


def _build(scale: float = 1.0, bulk: float = 1.0, leg: float = 1.0, head: float = 0.24) -> Build:
    """A cat-like body; scale of its legs, bulk of its trunk."""
    return Build(
        length=0.74 * (0.9 + 0.1 * bulk),
        height=0.52 * leg,
        chest=0.175 * bulk,
        waist=0.160 * bulk,
        hip=0.168 * bulk,
        leg=0.044 * scale * (0.6 + 0.4 * bulk),
        thigh=0.105 * (0.5 + 0.5 * bulk),
        neck=(0.10, 0.20),
        neck_radii=(0.145 * bulk, 0.125),
        head=head,
    )


COATS: dict[str, Coat] = {
    "cat": Coat(
        colors=("e79a3c", "8a8078", "d8b48a", "5a5560"),
        belly="fff3e2",
        tail="thin",
        fur=0.07,
        stripes=0.35,
        natural={"red": "d07a30"},
        face=Face(
            muzzle="fff3e2", ear_inside="e8a8a0", nose="c8625c", iris="6f9a3a", whiskers=True, cheek=0.25
        ),
    ),
    "dog": Coat(
        colors=("c98a4b", "e8d8c0", "8a5a38"),
        belly="fbf0df",
        tail_tip="fff4e6",
        fur=0.08,
        collar=True,
        natural={"red": "b0602c"},
        face=Face(muzzle="fbf0df", ear="flop", ear_color="7a4726", long_snout=True, iris="4a2a14"),
    ),
    "fox": Coat(
        colors=("d9692a",),
        belly="fbefe0",
        tail="bushy",
        tail_tip="fff4e6",
        socks="3a2320",
        fur=0.11,
        natural={"red": "d9622a", "orange": "e07a2c"},
        face=Face(
            mask="fdf1e2", muzzle="fdf1e2", cheek=0.9, ear_tip="3a2320", ear_inside="4a2c28", iris="7a4a14"
        ),
    ),
    "wolf": Coat(
        colors=("8a8f98",),
        belly="eef0f2",
        tail="bushy",
        tail_tip="5a5e68",
        fur=0.11,
        face=Face(
            mask="eceff2", muzzle="f2f2f2", cheek=0.9, iris="c8a22e", ear_inside="4a4248", ear_tip="5a5e68"
        ),
    ),
    "raccoon": Coat(
        colors=("8a8884",),
        belly="d8d4cc",
        tail="bushy",
        tail_tip="3a383c",
        socks="3a383c",
        fur=0.10,
        face=Face(
            mask="e8e6e2",
            muzzle="eceae6",
            cheek=0.7,
            ear_inside="4a4648",
            patches=((-0.30, 0.10, 0.24, 0.15, -20, "3a383c"), (0.56, 0.10, 0.22, 0.15, 20, "3a383c")),
        ),
    ),
    "tiger": Coat(
        colors=("e88a30",),
        belly="fff2e0",
        tail="thin",
        fur=0.07,
        stripes=0.9,
        bulk=1.15,
        head_radius=0.29,
        pattern="stripes",
        natural={"white": "f4efe6"},
        face=Face(
            muzzle="fff4e6",
            ear="round",
            ear_inside="fff0dc",
            nose="c8706a",
            iris="c8962e",
            whiskers=True,
            cheek=0.6,
            patches=tuple(
                (x, y, 0.14, 0.035, a, _INK)
                for x, y, a in (
                    (-0.16, 0.74, 14),
                    (0.42, 0.74, -14),
                    (0.13, 0.62, 0),
                    (-0.74, -0.02, -18),
                    (0.84, -0.02, 18),
                    (-0.76, -0.22, -8),
                )
            ),
        ),
    ),
    "lion": Coat(
        colors=("dca052",),
        belly="f6e2bc",
        tail="thin",
        tail_tip="8a4e24",
        mane="9a5a28",
        fur=0.07,
        bulk=1.15,
        head_radius=0.27,
        bib=False,
        face=Face(muzzle="f8e8c8", ear="round", ear_inside="c88a50", nose="8a4a3c", iris="a8702a", cheek=0.3),
    ),
    "leopard": Coat(
        colors=("e0ac5a",),
        belly="fbf0dc",
        tail="thin",
        fur=0.07,
        bulk=1.08,
        pattern="spots",
        patches=tuple(
            mark(tube([(x, y), (x + 0.02, y + 0.01)], [0.028]), "4a3020", 0.006, 0.9)
            for x, y in (
                (-0.28, 0.30),
                (-0.16, 0.42),
                (-0.30, 0.46),
                (-0.06, 0.60),
                (-0.18, 0.58),
                (-0.10, 0.26),
                (-0.02, 0.44),
                (-0.06, 0.76),
            )
        ),
        face=Face(
            muzzle="fff4e2",
            ear="round",
            ear_inside="fff0dc",
            nose="b0605a",
            iris="8a9a3a",
            whiskers=True,
            cheek=0.4,
        ),
    ),
    "bear": Coat(
        colors=("7a4e30",),
        belly="b98a5c",
        fur=0.10,
        bib=False,
        bulk=1.18,
        head_radius=0.29,
        tail="stub",
        face=Face(muzzle="d6b084", ear="round", ear_inside="5a3822", long_snout=True),
    ),
    "polar bear": Coat(
        colors=("f2f0ea",),
        belly="fbfaf6",
        fur=0.10,
        bib=False,
        bulk=1.2,
        head_radius=0.28,
        tail="stub",
        face=Face(muzzle="fbfaf4", ear="round", ear_inside="c8c0b8", long_snout=True),
    ),
    "panda": Coat(
        colors=("f4f2ee",),
        belly="f4f2ee",
        socks=_INK,
        bib=False,
        bulk=1.2,
        head_radius=0.31,
        tail="stub",
        pattern="yoke",
        pattern_color=_INK,
        patches=_PANDA_PATCHES,
        face=Face(
            muzzle="fbfaf6",
            ear="round",
            ear_inside=_INK,
            ear_color=_INK,
            patches=((-0.27, 0.08, 0.17, 0.24, -28, _INK), (0.54, 0.08, 0.15, 0.23, 28, _INK)),
        ),
    ),
    "koala": Coat(
        colors=("9a9aa4",),
        belly="e8e6e8",
        fur=0.09,
        bulk=1.1,
        head_radius=0.31,
        tail="stub",
        face=Face(muzzle="b8b6be", ear="round", ear_inside="e8d8d8", nose="2c2a30", long_snout=True),
    ),
    "monkey": Coat(
        colors=("8a5a38",),
        belly="e0b890",
        tail="thin",
        fur=0.08,
        bib=False,
        head_radius=0.28,
        face=Face(mask="ecc8a0", muzzle="ecc8a0", ear="round", ear_inside="ecc8a0", nose="6a4030"),
    ),
    "rabbit": Coat(
        colors=("c8b49c", "efe6da", "a89078"),
        belly="fbf4ea",
        tail="puff",
        tail_tip="fffaf2",
        bulk=1.05,
        face=Face(muzzle="fbf4ea", ear="long", ear_inside="e8a8a0", nose="d0766a"),
    ),
    "mouse": Coat(
        colors=("a8a0a0", "b89880"),
        belly="f2ece8",
        tail="thin",
        fur=0.06,
        bulk=1.05,
        head_radius=0.28,
        face=Face(muzzle="f2e8e4", ear="round", ear_inside="e8a8a8", nose="d88a8a", whiskers=True),
    ),
    "squirrel": Coat(
        colors=("b8642e", "a05a30"),
        belly="fbeedc",
        tail="plume",
        fur=0.09,
        natural={"red": "b8562a"},
        face=Face(muzzle="fbeedc", cheek=0.3, ear_inside="d89a80", nose="3a2420", iris="2a1a12"),
    ),
}
_BUILDS: dict[str, Build] = {
    "wolf": _build(leg=1.14, bulk=1.06),
    "dog": _build(leg=1.06),
    "tiger": _build(1.2, 1.32, 1.16, 0.27),
    "lion": _build(1.2, 1.32, 1.16, 0.26),
    "leopard": _build(1.1, 1.14, 1.06, 0.25),
    "bear": _build(1.7, 1.62, 1.14, 0.27),
    "polar bear": _build(1.7, 1.62, 1.14, 0.26),
    "panda": _build(1.7, 1.60, 1.04, 0.30),
    "koala": _build(1.3, 1.30, 0.86, 0.30),
    "rabbit": _build(0.9, 1.02, 0.72, 0.23),
    "mouse": _build(0.7, 1.0, 0.60, 0.24),
    "squirrel": _build(0.8, 0.92, 0.70, 0.22),
}
_SIZES: dict[str, tuple[float, str]] = {
    "cat": (0.25, "meadow"),
    "dog": (0.29, "meadow"),
    "fox": (0.30, "forest"),
    "wolf": (0.36, "forest"),
    "raccoon": (0.25, "forest"),
    "tiger": (0.40, "bamboo"),
    "lion": (0.42, "meadow"),
    "leopard": (0.38, "forest"),
    "bear": (0.42, "forest"),
    "polar bear": (0.44, "snowfield"),
    "panda": (0.38, "bamboo"),
    "koala": (0.30, "forest"),
    "monkey": (0.32, "forest"),
    "rabbit": (0.22, "meadow"),
    "mouse": (0.13, "meadow"),
    "squirrel": (0.18, "park"),
}


def _animal(name: str) -> Builder:
    coat, build = COATS[name], _BUILDS.get(name, _build())

    def body(look: Look) -> Body:
        """In any action that is none on four legs, it sits."""
        pose = POSES.get(look.action or "")
        return quadruped(coat, build, look, pose) if pose else sitting(coat, look)

    return body


ROLES = {name: Role(_animal(name), height, home=home) for name, (height, home) in _SIZES.items()}
