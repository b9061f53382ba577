"""Vessels: cup, bowl of noodles, teapot, bottle, vase of flowers."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Anchor, Body, Form, Shape, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.matter import (
    WHITE,
    Matter,
    bands,
    matter,
    pattern,
    rect,
    solid,
    steam,
    turned,
)

_GREENS = (
    (-0.40, 0.60, "5a9a3c"),
    (-0.30, 0.565, "6aac48"),
    (-0.46, 0.645, "4f8a38"),
    (-0.22, 0.60, "5a9a3c"),
    (-0.34, 0.64, "78b850"),
)


def _filled(y: float, rx: float, ry: float, content: str, rim: Matter) -> list[Form]:
    """A rim seen from above, and what the vessel holds."""
    return [
        solid(oval(0, y, rx, ry), rim.lighter(0.35), 0.03, 2, cast=0.3),
        Form(
            shapes=[oval(0, y - 0.012, rx * 0.9, ry * 0.78)],
            color=ink(content),
            fur=0.05,
            shag=0,
            flow=2,
            round=0.02,
            cast=0,
            outline=0.4,
            gloss=0.2,
        ),
    ]


def cup(look: Look) -> Body:
    """A steaming cup on its saucer."""
    china = matter(look, "e8e0d2", "4a86a8", "d07a4a", "6a9a7a", gloss=0.6)
    side = turned([(0.40, 0.72), (0.39, 0.42), (0.30, 0.16), (0.18, 0.08)], 5)
    handle = tube(
        [(0.34, 0.62), (0.54, 0.62), (0.58, 0.42), (0.44, 0.28), (0.30, 0.28)],
        [0.045, 0.04, 0.04, 0.04, 0.045],
    )
    stripe = bands(1, 0.50, 0.60, 0.5, blended(china.color, WHITE, 0.55)) or []
    forms = [
        steam(0.0, 0.80, 0.42, 2),
        solid(oval(0, 0.07, 0.62, 0.075), china.lighter(0.2), 0.05, 2),
        solid(oval(0, 0.085, 0.36, 0.04), china.darker(0.2), 0.02, 2, cast=0),
        solid(handle, china, 0.04),
        solid(side, china, 0.3, 2, pattern(look, 0.1, 0.7, 0.5) or stripe),
        *_filled(0.72, 0.40, 0.105, "5a3420", china),
    ]
    return Body(
        forms,
        ((0.0, 0.5),),
        anchors={"grip": Anchor(0.5, 0.45), "top": Anchor(0, 0.74, 0.3), "face": Anchor(0, 0.38, 0.26)},
    )


def _noodles() -> list[Form]:
    """Strands in the broth, and some that the chopsticks lift."""
    rng = np.random.default_rng(11)
    colors = ("f6dc92", "ecc878", "f8e4a8")
    strands: list[list[Shape]] = [[], [], []]
    for k in range(12):
        x, y = float(rng.uniform(-0.40, 0.06)), float(rng.uniform(0.55, 0.645))
        spine = [(x, y), (x + 0.14, y + 0.03), (x + 0.28, y - 0.01), (x + 0.40, y + 0.02)]
        strands[k % 3].append(tube(spine, [0.02], 2))
    for k, x in enumerate(np.linspace(-0.04, 0.17, 6)):
        spine = [(float(x), 0.60), (float(x) + 0.02, 0.80), (0.15 + 0.022 * k, 1.01)]
        strands[k % 3].append(tube(spine, [0.019, 0.016], 3))
    return [
        Form(shapes=shapes, color=ink(color), melt=0.002, cast=0.6, outline=0.9, texture=0.2)
        for shapes, color in zip(strands, colors, strict=True)
    ]


def _egg() -> list[Form]:
    yolk = oval(0.37, 0.605, 0.075, 0.042, -8)
    return [
        solid(oval(0.36, 0.60, 0.15, 0.075, -8), Matter(ink("fbf7ec"), 0.3, 0.03), 0.06),
        Form(shapes=[yolk], color=ink("f0a030"), round=0.04, gloss=0.6, cast=0, outline=0.3),
    ]


def _chopsticks() -> list[Form]:
    wood = Matter(ink("7a4628"), 0.2, 0.03)
    return [
        solid(tube([(0.06 + d, 0.96 + 1.2 * d), (0.98, 1.16 + 1.4 * d)], [0.014, 0.026], 1), wood)
        for d in (0.0, 0.05)
    ]


def bowl(look: Look) -> Body:
    """A bowl of steaming noodles with egg, greens and chopsticks."""
    china = matter(look, "f2ece0", "c8483c", "3f6f9a", "e8e2d4", gloss=0.6)
    side = turned([(0.74, 0.60), (0.70, 0.42), (0.56, 0.20), (0.32, 0.08), (0.29, 0.0)], 5)
    band_color = "c8402f" if float(china.color.mean()) > 0.75 else blended(china.color, WHITE, 0.6)
    band = tube([(-0.72, 0.50), (-0.4, 0.42), (0, 0.40), (0.4, 0.42), (0.72, 0.50)], [0.03])
    seaweed = poly([(0.46, 0.62), (0.66, 0.60), (0.76, 0.84), (0.54, 0.88)])
    forms = [
        steam(-0.2, 0.76, 0.5, 3),
        solid(seaweed, Matter(ink("26362c"), 0.3, 0.05), 0.03),
        solid(side, china, 0.35, 2, pattern(look, 0.1, 0.5, 0.8) or [mark(band, band_color, 0.004)]),
        *_filled(0.60, 0.74, 0.15, "d08a3a", china),
        *_noodles(),
        *(
            Form(shapes=[oval(x, y, 0.045, 0.024)], color=ink(color), round=0.03, cast=0.3)
            for x, y, color in _GREENS
        ),
        *_egg(),
        *_chopsticks(),
    ]
    return Body(
        forms,
        ((0.0, 0.30),),
        anchors={
            "inside": Anchor(0, 0.6, 0.5),
            "top": Anchor(0, 0.66, 0.5),
            "grip": Anchor(0, 0.2),
            "face": Anchor(0, 0.3, 0.4),
        },
    )


def teapot(look: Look) -> Body:
    """A round teapot."""
    china = matter(look, "c8584a", "4a7f9a", "e8dcc4", "7a9a6a", gloss=0.7)
    body = turned([(0.20, 0.74), (0.44, 0.62), (0.54, 0.38), (0.44, 0.12), (0.24, 0.02)], 6)
    spout = tube([(0.40, 0.28), (0.62, 0.36), (0.70, 0.56), (0.82, 0.70)], [0.13, 0.085, 0.06, 0.05])
    handle = tube(
        [(-0.42, 0.60), (-0.70, 0.64), (-0.78, 0.40), (-0.62, 0.20), (-0.44, 0.20)],
        [0.05, 0.045, 0.045, 0.045, 0.05],
    )
    petal = blended(china.color, WHITE, 0.75) if float(china.color.mean()) < 0.7 else ink("c8584a")
    lid = turned([(0.06, 0.86), (0.22, 0.80), (0.30, 0.72)], 5)
    flower = [
        mark(
            oval(0.09 * np.cos(a) - 0.02, 0.36 + 0.09 * np.sin(a), 0.055, 0.055),
            petal,
            0.006,
        )
        for a in np.radians(np.arange(0, 360, 72))
    ]
    heart = mark(oval(-0.02, 0.36, 0.04), "f0c050", 0.004)
    forms = [
        steam(0.86, 0.76, 0.34, 2),
        solid(handle, china.darker(0.1), 0.05),
        solid(spout, china, 0.06),
        solid(body, china, 0.42, 4, pattern(look, 0.06, 0.7, 0.6) or [*flower, heart]),
        solid(lid, china.lighter(0.12), 0.08, 2),
        solid(oval(0, 0.90, 0.07), china.darker(0.1), 0.06),
    ]
    return Body(
        forms,
        ((0.0, 0.30),),
        anchors={"grip": Anchor(-0.74, 0.42), "top": Anchor(0, 0.86, 0.15), "face": Anchor(0, 0.36, 0.3)},
    )


def bottle(look: Look) -> Body:
    """A corked glass bottle with a blank label."""
    glass = matter(look, "4f8a5a", "4a80a0", "9a6a3a", gloss=1.0, fur=0.04)
    glass = Matter(glass.color, 1.0, 0.04)
    side = turned(
        [(0.085, 1.22), (0.085, 0.98), (0.14, 0.86), (0.25, 0.74), (0.26, 0.40), (0.255, 0.04), (0.20, 0.0)],
        5,
    )
    shine = [
        mark(
            tube([(-0.17, 0.68), (-0.185, 0.2)], [0.022, 0.018]),
            blended(glass.color, WHITE, 0.75),
            0.012,
            0.8,
        ),
        mark(tube([(-0.05, 1.16), (-0.05, 0.96)], [0.014]), blended(glass.color, WHITE, 0.7), 0.008, 0.7),
        mark(oval(0.06, 0.3, 0.14, 0.3), blended(glass.color, WHITE, 0.25), 0.06, 0.6),
    ]
    paper = poly([(-0.258, 0.20), (0, 0.18), (0.258, 0.20), (0.26, 0.56), (0, 0.54), (-0.26, 0.56)])
    forms = [
        solid(rect(-0.06, 1.20, 0.06, 1.33), Matter(ink("c09060"), 0, 0.05), 0.06),
        solid(side, glass, 0.25, 88, [*shine, *pattern(look, 0.6, 0.9, 0.3)]),
        solid(turned([(0.105, 1.24), (0.105, 1.18)], 4), glass.darker(0.15), 0.04),
        solid(
            paper,
            Matter(ink("f6efdc"), 0, 0.05),
            0.03,
            2,
            [
                mark(tube([(-0.22, 0.245), (0, 0.228), (0.22, 0.245)], [0.006]), "c8a45a", 0.002),
                mark(tube([(-0.22, 0.515), (0, 0.498), (0.22, 0.515)], [0.006]), "c8a45a", 0.002),
            ],
            0.2,
        ),
    ]
    return Body(
        forms,
        ((0.0, 0.24),),
        anchors={"face": Anchor(0, 0.37, 0.21), "grip": Anchor(0, 0.9), "top": Anchor(0, 1.33, 0.06)},
    )


_BLOOMS = (
    (-0.30, 1.12, "e8708a"),
    (0.02, 1.28, "f0c04a"),
    (0.32, 1.14, "d8584a"),
    (-0.12, 0.98, "f6efe2"),
    (0.18, 0.99, "9a70b8"),
)


def _bloom(x: float, y: float, color: str, radius: float = 0.135) -> list[Form]:
    angles = np.radians(np.arange(0, 360, 60) + 20)
    petals = [
        oval(x + radius * 0.62 * np.cos(a), y + radius * 0.62 * np.sin(a), radius * 0.52) for a in angles
    ]
    return [
        Form(shapes=petals, color=ink(color), fur=0.04, shag=0.05, round=0.05, melt=0.012, cast=0.7),
        Form(
            shapes=[oval(x, y, radius * 0.36)],
            color=ink("e8a83a" if color != "f0c04a" else "8a5a2a"),
            round=0.04,
            cast=0.4,
        ),
    ]


def vase(look: Look) -> Body:
    """A vase full of flowers."""
    clay = matter(look, "5a8ab0", "d8c4a4", "b8644a", "7a9a84", gloss=0.5)
    body = turned([(0.17, 0.70), (0.13, 0.60), (0.30, 0.38), (0.26, 0.12), (0.16, 0.0)], 6)
    stems = [line([(x * 0.2, 0.66), (x * 0.6, 0.85), (x, y)], 0.022, "5a8f42") for x, y, _ in _BLOOMS]
    leaves = [blob([(0.06 * s, 0.74), (0.24 * s, 0.90), (0.46 * s, 0.88), (0.28 * s, 0.74)]) for s in (-1, 1)]
    band = [
        mark(tube([(-0.30, 0.30), (0, 0.27), (0.30, 0.30)], [0.026]), blended(clay.color, WHITE, 0.6), 0.005)
    ]
    forms = [
        Form(lines=stems),
        *[Form(shapes=[leaf], color=ink("5f9a48"), fur=0.06, shag=0.05, round=0.05) for leaf in leaves],
        *[form for spot in _BLOOMS for form in _bloom(*spot)],
        solid(body, clay, 0.3, 2, pattern(look, 0.06, 0.5, 0.35) or band),
        solid(oval(0, 0.70, 0.17, 0.035), clay.darker(0.2), 0.02, cast=0.2),
    ]
    return Body(
        forms,
        ((0.0, 0.2),),
        anchors={"grip": Anchor(0, 0.3), "top": Anchor(0, 0.72, 0.15), "face": Anchor(0, 0.3, 0.2)},
    )


ROLES: dict[str, Role] = {
    "cup": Role(cup, 0.21, home="table"),
    "bowl": Role(bowl, 0.25, home="table"),
    "teapot": Role(teapot, 0.26, home="table"),
    "bottle": Role(bottle, 0.38, home="table"),
    "vase": Role(vase, 0.40, home="table"),
}
