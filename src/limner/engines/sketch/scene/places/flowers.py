"""Fields of flowers: rows to the vanishing point, a wild meadow, sunflowers, poppies under one tree."""

from __future__ import annotations

from limner.engines.sketch.paint.blooms import rows, wildflowers
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cottages import cottage
from limner.engines.sketch.paint.flora import tree, tree_row
from limner.engines.sketch.paint.land import lawn, meadow_ground
from limner.engines.sketch.paint.palette import Lch, Palette, mix
from limner.engines.sketch.paint.terrain import massif
from limner.engines.sketch.paint.yard import shadow
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import (
    far_hills,
    far_wood,
    ground_at,
    open_horizon,
    sun_side,
    vary,
)

_ROWS: tuple[tuple[str, tuple[Lch, ...]], ...] = (
    ("tulip", ((0.62, 0.21, 25), (0.88, 0.16, 92), (0.80, 0.13, 355), (0.95, 0.02, 90), (0.58, 0.17, 320))),
    ("lavender", ((0.60, 0.15, 300), (0.66, 0.14, 292), (0.56, 0.15, 305))),
    ("tulip", ((0.86, 0.09, 350), (0.72, 0.18, 0), (0.95, 0.03, 350), (0.64, 0.20, 12))),
    ("cosmos", ((0.88, 0.16, 90), (0.95, 0.03, 95), (0.78, 0.17, 60), (0.62, 0.15, 262))),
)
_CROPS = {"tulip": ("tulips",), "lavender": ("lavender",), "cosmos": ("wildflowers",)}
"""The features that ask for a crop."""


def in_rows(canvas: Canvas, setting: Setting) -> Ground:
    """Tulips or lavender in rows, a farmhouse among trees at their end."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.38, 0.43), (0.4, 0.8))
    far_hills(canvas, palette, horizon)
    top = horizon + short * 0.045
    rng = canvas.stream("farm")
    x = canvas.width * (0.5 + sun_side(canvas) * 0.20)
    for dx, tall in ((-0.15, 0.12), (0.13, 0.16), (0.20, 0.11)):
        tree(canvas, palette, x + dx * short, top, short * tall, rng, 0.15)
    cottage(canvas, palette, x, top, short * 0.13, rng, 0.12)
    lawn(canvas, palette, top - short * 0.012)
    kind, colors = _crop(canvas, setting)
    if not palette.snowy:
        vanish = canvas.width * (0.5 - sun_side(canvas) * 0.14)
        rows(canvas, palette, top, vanish, kind, colors, "rows", 1250)
    else:
        wildflowers(canvas, palette, top, "crocuses", 420, calm=0.5, patchy=0.45)
    _fireflies(canvas, palette, top)
    return ground_at(canvas, setting, horizon, 0.40, 0.95)


def _crop(canvas: Canvas, setting: Setting) -> tuple[str, tuple[Lch, ...]]:
    """What grows here: as asked, else as the picture's own numbers say."""
    asked = [row for row in _ROWS if any(feature in _CROPS[row[0]] for feature in setting.features)]
    crops = asked or list(_ROWS)
    return crops[int(canvas.stream("crop").integers(len(crops)))]


def wild(canvas: Canvas, setting: Setting) -> Ground:
    """A meadow thick with wild flowers before mountains."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.44, 0.50), (0.3, 0.7))
    massif(canvas, palette, horizon, sun_side(canvas), 0.24, 2, 0.3)
    far_wood(canvas, palette, horizon + short * 0.012, 0.35, "wood", 0.05)
    meadow_ground(canvas, palette, horizon, flowers=0.0)
    wildflowers(canvas, palette, horizon + short * 0.02, "drift", 900, 1.0, calm=0.5, patchy=0.35)
    _fireflies(canvas, palette, horizon)
    return ground_at(canvas, setting, horizon, 0.34, 0.95)


def sunflowers(canvas: Canvas, setting: Setting) -> Ground:
    """Sunflowers to the horizon, which is low, under a big sky."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.55, 0.60), (0.5, 0.9))
    far_hills(canvas, palette, horizon, 0.8)
    tree_row(canvas, palette, horizon + short * 0.012, 0.04, 0.09, 0.3, "far-trees", 6)
    lawn(canvas, palette, horizon)
    if not palette.snowy:
        vanish = canvas.width * vary(canvas, 0.3, 0.7, "vanish")
        colors: tuple[Lch, ...] = ((0.86, 0.165, 85), (0.84, 0.17, 80), (0.88, 0.16, 92))
        rows(canvas, palette, horizon + short * 0.02, vanish, "sunflower", colors, "rows", 640, 0.17, 1.75)
    else:
        wildflowers(canvas, palette, horizon + short * 0.02, "crocuses", 420, 1.2, calm=0.5, patchy=0.5)
    _fireflies(canvas, palette, horizon)
    return ground_at(canvas, setting, horizon, 0.45, 0.96)


def poppies(canvas: Canvas, setting: Setting) -> Ground:
    """A slope of flowers of one kind under a single tree."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.58, 0.63), (0.2, 0.6))
    far_hills(canvas, palette, horizon, 0.5)
    meadow_ground(canvas, palette, horizon, flowers=0.0)
    x = canvas.width * (0.5 - sun_side(canvas) * vary(canvas, 0.18, 0.26, "tree"))
    foot = horizon + short * 0.045
    shadow(canvas, palette, x - sun_side(canvas) * short * 0.08, foot + short * 0.01, short * 0.24, 0.4)
    tree(
        canvas,
        palette,
        x,
        foot,
        min(short * 0.50, horizon * 0.84),
        canvas.stream("tree"),
        sun_side=sun_side(canvas),
    )
    wildflowers(
        canvas, palette, horizon + short * 0.02, "field", 900, 1.05, calm=0.5, field=True, patchy=0.30
    )
    _fireflies(canvas, palette, horizon)
    return ground_at(canvas, setting, horizon, 0.40, 0.95)


def _fireflies(canvas: Canvas, palette: Palette, top: float) -> None:
    """Points of warm light over the flowers, at night."""
    if not palette.night or palette.snowy:
        return
    rng = canvas.stream("fireflies")
    light = mix((190, 255, 140), (255, 240, 170), 0.5)
    for _ in range(46):
        x, y = (
            float(rng.random()) * canvas.width,
            top + (canvas.height - top) * float(rng.random()) ** 0.8 - canvas.short * 0.04,
        )
        canvas.glow(x, y, 15 * canvas.unit, light, 0.75)
        canvas.dot(x, y, 2.0 * canvas.unit, mix(light, (255, 255, 255), 0.4))


LAYOUTS = (in_rows, wild, sunflowers, poppies)
