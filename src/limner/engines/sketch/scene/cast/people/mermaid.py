"""A mermaid's tail in place of legs."""

from __future__ import annotations

import math

from limner.engines.sketch.paint.body import Form, Mark, blob, mark, oval, tube
from limner.engines.sketch.scene.cast.people.clothes import chest
from limner.engines.sketch.scene.cast.people.person import Person, darker, paler
from limner.engines.sketch.scene.cast.people.skeleton import Pair

_CURVE = ((0.0, 0.0), (0.03, -0.14), (0.0, -0.27), (-0.06, -0.36), (-0.02, -0.43), (0.10, -0.45))
_FIN = ((0.0, 0.0), (0.10, 0.07), (0.20, 0.13), (0.17, 0.03), (0.22, -0.07), (0.10, -0.035))


def tail(person: Person) -> list[Form]:
    """A scaly tail with a fin, curved under the body."""
    x, y = person.bones.pelvis
    lean = math.radians(person.bones.pose.lean)
    c, s = math.cos(lean), math.sin(lean)

    def placed(a: float, b: float) -> Pair:
        return x + a * c + b * s, y - a * s + b * c

    spine = [placed(a, b) for a, b in _CURVE]
    r = person.build.hips
    end_x, end_y = _CURVE[-1]
    fin = blob([placed(end_x - 0.01 + a, end_y + b) for a, b in _FIN], 6)
    scales: list[Mark] = []
    for row in range(7):
        for column in (-1, 0, 1):
            a = column * 0.05 + (0.025 if row % 2 else 0)
            px, py = placed(a, -0.05 - row * 0.045)
            scales.append(mark(oval(px, py, 0.024, 0.016), paler(person.top, 0.35), 0.004, 0.5))
            scales.append(mark(oval(px, py + 0.007, 0.022, 0.015), person.top, 0.004, 0.8))
    body = tube(spine, [r * 1.02, r * 0.92, r * 0.66, r * 0.42, r * 0.26, r * 0.2])
    return [
        Form(
            shapes=[fin], color=darker(person.top, 0.12), fur=0.09, shag=0.05, flow=20, round=0.03, cast=0.5
        ),
        Form(shapes=[body], color=person.top, fur=0.03, shag=0, marks=scales, gloss=0.35, cast=0.6),
    ]


def trunk(person: Person) -> list[Form]:
    """A bare trunk with two shells."""
    size = person.build.torso
    tone = paler(person.top, 0.35)
    outline = [(-0.36, 1.05), (-0.9, 0.95), (-0.94, 0.64), (-1.0, 0.2), (-0.9, -0.05), (0.9, -0.05)]
    outline += [(1.0, 0.2), (0.92, 0.64), (0.86, 0.95), (0.36, 1.05)]
    forms = [Form(shapes=[blob(chest(person, outline), 5)], color=person.skin, texture=0.5, round=0.08)]
    for u in (-0.40, 0.48):
        px, py = chest(person, [(u, 0.66)])[0]
        forms.append(
            Form(shapes=[oval(px, py, size * 0.14, size * 0.12)], color=tone, round=0.03, gloss=0.3, cast=0.4)
        )
    return forms
