"""Things of play: ball, balloon, kite, surfboard; and a crown and a key to be found."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Anchor, Body, Form, Mark, blob, line, mark, oval, poly, tube
from limner.engines.sketch.paint.light import blended, ink
from limner.engines.sketch.scene.cast.look import Look, Role
from limner.engines.sketch.scene.cast.matter import WHITE, Matter, circle, matter, pattern, rect, solid

_GORES = ("f6f2ea", "3f80c0", "f6f2ea", "f0b838")


def ball(look: Look) -> Body:
    """A beach ball; one that has a colour wears only that and white."""
    skin = matter(look, "e04a3c", gloss=0.9)
    colors = _GORES if look.color is None else _GORES[:1]
    t = np.linspace(0, np.pi, 14)
    gores: list[Mark] = []
    for k, edge in enumerate((-1.0, -0.45, 0.1, 0.65)):
        left = np.column_stack([0.5 * edge * np.sin(t), 0.5 - 0.52 * np.cos(t)])
        right = np.column_stack([0.5 * (edge + 0.27) * np.sin(t), 0.5 - 0.52 * np.cos(t)])
        gores.append(mark(poly(np.concatenate([left, right[::-1]])), colors[k % len(colors)], 0.004))
    marks = pattern(look, 0, 1, 0.5) or gores
    cap = Form(shapes=[oval(0.03, 0.965, 0.075, 0.03)], color=ink("f6f2ea"), round=0.02, cast=0.2)
    form = Form(
        shapes=[oval(0, 0.5, 0.5)], color=skin.color, round=0.5, gloss=skin.gloss, texture=0.4, marks=marks
    )
    return Body([form, cap], ((0.0, 0.28),), anchors={"grip": Anchor(0, 0.2), "top": Anchor(0, 0.98, 0.15)})


def balloon(look: Look) -> Body:
    """A toy balloon on a string."""
    skin = matter(look, "e04a3c", "f0b83a", "4a8ad0", "d86aa8", "5ab070", gloss=0.9)
    shine = [
        mark(oval(-0.14, 1.14, 0.06, 0.11, -28), blended(skin.color, WHITE, 0.85), 0.061, 0.95),
        mark(oval(0.10, 0.78, 0.2, 0.24), blended(skin.color, WHITE, 0.3), 0.12, 0.5),
    ]
    skins = [tube([(0, 0.74), (0, 0.98)], [0.20, 0.34]), poly([(-0.05, 0.48), (0.05, 0.48), (0, 0.58)])]
    string = line([(0, 0.5), (0.05, 0.34), (-0.04, 0.17), (0.02, 0.0)], 0.014, "f4ece0")
    rubber = Form(
        shapes=skins,
        color=skin.color,
        gloss=skin.gloss,
        round=0.34,
        texture=0.3,
        melt=0.02,
        marks=[*pattern(look, 0.55, 1.3, 0.4), *shine],
    )
    return Body(
        [Form(lines=[string]), rubber],
        (),
        True,
        anchors={"grip": Anchor(0.02, 0.02), "face": Anchor(0, 0.96, 0.24)},
    )


def kite(look: Look) -> Body:
    """A diamond kite with a tail of bows, high in the wind."""
    cloth = matter(look, "d8484c", "4a86c0", "e8a83c", gloss=0.1)
    other = cloth.lighter(0.55) if look.color is not None else Matter(ink("f4d24a"), 0.1, 0.06)
    top, left, right, low = (0.22, 1.5), (-0.22, 1.06), (0.52, 1.16), (0.0, 0.56)
    middle = (0.13, 1.12)
    quarters = (
        (top, left, middle, cloth),
        (top, right, middle, other),
        (left, low, middle, other.darker(0.08)),
        (right, low, middle, cloth.darker(0.08)),
    )
    forms = [
        Form(lines=[line([low, (-0.10, 0.42), (0.04, 0.28), (-0.10, 0.14), (-0.02, 0.0)], 0.014, "f2ead8")])
    ]
    for x, y, color in ((-0.09, 0.43, cloth), (0.03, 0.29, other), (-0.09, 0.15, cloth)):
        bow = [blob([(x, y), (x + 0.11 * s, y + 0.06), (x + 0.12 * s, y - 0.05)], 4) for s in (-1, 1)]
        forms.append(solid(bow, color, 0.03))
    forms += [solid(poly(points), color, 0.025, 60, cast=0.2) for *points, color in quarters]
    sticks = [line([top, low], 0.016, "7a5638"), line([left, right], 0.016, "7a5638")]
    return Body(
        [*forms, Form(lines=sticks)],
        (),
        True,
        anchors={"grip": Anchor(-0.02, 0.0), "face": Anchor(*middle, 0.2)},
    )


def surfboard(look: Look) -> Body:
    """A surfboard stuck upright in the sand."""
    board = matter(look, "f4ecd8", "48a8b0", "e8734c", gloss=0.6)
    trim = ink("d8483c") if float(board.color.mean()) > 0.72 else blended(board.color, WHITE, 0.85)
    outline = blob(
        [
            (0.0, 1.52),
            (0.17, 1.26),
            (0.26, 0.80),
            (0.24, 0.32),
            (0.14, 0.0),
            (-0.14, 0.0),
            (-0.24, 0.32),
            (-0.26, 0.80),
            (-0.17, 1.26),
        ],
        7,
    )
    marks = [
        mark(rect(-0.4, 0.50, 0.4, 0.62), trim, 0.003),
        mark(rect(-0.4, 0.66, 0.4, 0.69), trim, 0.003),
        mark(poly([(-0.4, 1.6), (0.4, 1.6), (0.4, 1.22), (0, 1.30), (-0.4, 1.22)]), trim, 0.003),
        mark(rect(-0.006, -0.1, 0.006, 1.6), "8a6a4a", 0.002, 0.8),
    ]
    return Body(
        [solid(outline, board, 0.10, 2, pattern(look, 0.1, 1.4, 0.3) or marks)],
        ((0.0, 0.14),),
        anchors={
            "grip": Anchor(0, 0.7),
            "top": Anchor(0, 1.5, 0.05),
            "back": Anchor(0, 0.8),
            "face": Anchor(0, 0.9, 0.2),
        },
    )


def crown(look: Look) -> Body:
    """A golden crown with jewels."""
    gold = matter(look, "e8b83c", gloss=1.0)
    peaks = [
        (-0.54, 0.62),
        (-0.30, 0.40),
        (-0.27, 0.74),
        (-0.13, 0.42),
        (0.0, 0.86),
        (0.13, 0.42),
        (0.27, 0.74),
        (0.30, 0.40),
        (0.54, 0.62),
    ]
    front = poly([(-0.46, 0.08), (-0.2, 0.02), (0, 0.0), (0.2, 0.02), (0.46, 0.08), *reversed(peaks)])
    band = tube([(-0.455, 0.14), (-0.2, 0.075), (0, 0.06), (0.2, 0.075), (0.455, 0.14)], [0.055])
    pearls = [
        Form(shapes=[oval(x, y + 0.03, 0.048)], color=ink("f8f2e8"), gloss=0.9, round=0.05)
        for x, y in (peaks[0], peaks[2], peaks[4], peaks[6], peaks[8])
    ]
    jewels = [
        Form(shapes=[oval(x, y, 0.052, 0.06)], color=ink(color), gloss=1.0, round=0.05)
        for x, y, color in ((0.0, 0.24, "c8343c"), (-0.25, 0.26, "3a7ac0"), (0.25, 0.26, "3a9a6a"))
    ]
    inside = poly([(-0.50, 0.52), (-0.25, 0.36), (0.25, 0.36), (0.50, 0.52), (0.44, 0.12), (-0.44, 0.12)])
    forms = [
        solid(inside, gold.darker(0.55), 0.03),
        solid(front, gold, 0.10, 88, pattern(look, 0.1, 0.6, 0.5)),
        solid(band, gold.lighter(0.15)),
        *pearls,
        *jewels,
    ]
    return Body(forms, ((0.0, 0.4),), anchors={"grip": Anchor(0, 0.2), "top": Anchor(0, 0.8, 0.2)})


def key(look: Look) -> Body:
    """An old key with a ring like clover, leaning upright."""
    metal = matter(look, "dcaa3e", gloss=0.9, fur=0.04)
    loops = [
        tube([*circle(x, y, 0.115, 0, 360, 12)], [0.042], 2)
        for x, y in ((-0.135, 0.98), (0.135, 0.98), (0.0, 1.19))
    ]
    teeth = [rect(0.03, 0.08, 0.26, 0.16), rect(0.03, 0.22, 0.20, 0.29), rect(0.19, 0.08, 0.26, 0.22)]
    forms = [
        solid(loops, metal, 0.05),
        solid([tube([(0, 0.03), (0, 0.86)], [0.05], 1), *teeth], metal, 0.05, 89),
        solid(oval(0, 0.84, 0.10, 0.045), metal.lighter(0.2), 0.04),
        solid(oval(0, 0.76, 0.075, 0.03), metal.lighter(0.2), 0.03),
    ]
    return Body(forms, ((0.0, 0.08),), anchors={"grip": Anchor(0, 1.0), "top": Anchor(0, 1.3, 0.05)})


ROLES: dict[str, Role] = {
    "ball": Role(ball, 0.14),
    "balloon": Role(balloon, 0.28, "high"),
    "kite": Role(kite, 0.34, "high"),
    "surfboard": Role(surfboard, 0.46, home="beach"),
    "crown": Role(crown, 0.18, home="table"),
    "key": Role(key, 0.13, home="table"),
}
