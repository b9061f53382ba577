"""Collars, ties and scarves."""

from __future__ import annotations

from limner.engines.sketch.paint.body import Form, blob, mark, oval, poly, tube
from limner.engines.sketch.scene.cast.people import trim_shapes
from limner.engines.sketch.scene.cast.people.clothes import chest
from limner.engines.sketch.scene.cast.people.fabric import patch, size_of
from limner.engines.sketch.scene.cast.people.person import Person, darker, paler, tinted


def round_collar(person: Person, color: str | None) -> list[Form]:
    """Two round leaves at the neck."""
    white = tinted(color, paler(person.top, 0.85))
    left = blob(chest(person, trim_shapes.ROUND_COLLAR_LEFT), 5)
    right = blob(chest(person, trim_shapes.ROUND_COLLAR_RIGHT), 5)
    return [patch([left, right], white)]


def shirt_collar(person: Person, color: str | None) -> list[Form]:
    """Two pointed leaves at the neck."""
    white = tinted(color, paler(person.top, 0.85))
    left = poly(chest(person, [(0.06, 0.96), (-0.46, 1.06), (-0.48, 0.90), (-0.16, 0.80)]))
    right = poly(chest(person, [(0.06, 0.96), (0.46, 1.06), (0.46, 0.90), (0.24, 0.80)]))
    return [patch([left, right], white)]


def lapels(person: Person, color: str | None) -> list[Form]:
    """A white shirt front between lapels."""
    front = poly(chest(person, [(-0.34, 1.02), (0.06, 0.44), (0.40, 1.02)]))
    dark = darker(person.top, 0.30)
    left = poly(chest(person, [(-0.36, 1.03), (-0.56, 0.82), (-0.40, 0.76), (0.04, 0.42)]))
    right = poly(chest(person, [(0.40, 1.03), (0.58, 0.82), (0.44, 0.76), (0.08, 0.42)]))
    return [patch([front], tinted(color, "f4f0e8"), 0.1), patch([left, right], dark)]


def tie(person: Person, color: str | None) -> list[Form]:
    """A tie on the shirt front."""
    cloth = tinted(color, "b8383c")
    knot = [(-0.08, 0.97), (0.20, 0.97), (0.14, 0.88), (-0.02, 0.88)]
    blade = trim_shapes.TIE_BLADE
    return [patch([poly(chest(person, blade)), poly(chest(person, knot))], cloth, 0.2)]


def bow(person: Person, color: str | None) -> list[Form]:
    """A bow at the neck."""
    cloth = tinted(color, "c8303c")
    left = blob(chest(person, [(0.06, 0.95), (-0.36, 1.06), (-0.36, 0.84)]), 4)
    right = blob(chest(person, [(0.06, 0.95), (0.44, 1.06), (0.44, 0.84)]), 4)
    x, y = chest(person, [(0.06, 0.95)])[0]
    return [patch([left, right], cloth), patch([oval(x, y, size_of(person) * 0.045)], darker(cloth), 0.2)]


def fur_collar(person: Person, color: str | None) -> list[Form]:
    """A thick fur collar with dark flecks."""
    white = tinted(color, "f8f4ea")
    ring = chest(person, trim_shapes.FUR_COLLAR_RING)
    flecks = [mark(oval(x, y, 0.006, 0.011), "3a3030", 0.002, 0.8) for x, y in ring[1:4]]
    return [
        Form(shapes=[tube(ring, [size_of(person) * 0.10])], color=white, fur=0.035, shag=0.25, marks=flecks)
    ]


def ruff(person: Person, color: str | None) -> list[Form]:
    """A clown's pleated collar."""
    size = size_of(person) * 0.10
    ring = chest(person, trim_shapes.RUFF_RING)
    shapes = [oval(x, y, size, size * 0.8) for x, y in ring]
    return [Form(shapes=shapes, color=tinted(color, "f8f4ee"), round=0.04, melt=0.004, cast=0.7)]


def scarf(person: Person, color: str | None) -> list[Form]:
    """A knitted scarf with one end hanging."""
    wool = tinted(color, ("d8b040", "c8473c", "4a7ab0", "5a8a5a")[int(person.rng.integers(4))])
    size = size_of(person)
    ring = chest(person, [(-0.66, 1.06), (-0.1, 0.97), (0.62, 1.06)])
    end = chest(person, [(0.30, 0.98), (0.44, 0.74), (0.38, 0.46)])
    fringe = mark(tube(chest(person, [(0.1, 0.52), (0.7, 0.50)]), [0.012]), paler(wool, 0.6), 0.002, 0.9)
    return [
        Form(
            shapes=[tube(end, [size * 0.10, size * 0.12, size * 0.12])],
            color=darker(wool, 0.08),
            fur=0.035,
            shag=0.05,
            marks=[fringe],
            cast=0.7,
        ),
        Form(
            shapes=[tube(ring, [size * 0.11, size * 0.135, size * 0.11])],
            color=wool,
            fur=0.035,
            shag=0.05,
            cast=0.7,
        ),
    ]
