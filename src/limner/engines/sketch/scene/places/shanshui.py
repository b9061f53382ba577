"""Mountains and water in brush and ink: peaks in mist, a gorge, hills over empty water, a fall, bamboo."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from limner.engines.sketch.paint.brushes import InkLayer
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.palette import mix
from limner.engines.sketch.paint.raster import Rgb, floats, smoothstep
from limner.engines.sketch.paint.washland import INK, PAPER, SEAL, Wash, disc, mist, sheet, wash_range
from limner.engines.sketch.scene.places.ground import Ground, Layout, Setting, light_of, sun_side, vary

_TINTS: dict[str, Rgb] = {"spring": (222, 120, 142), "autumn": (196, 84, 40)}
"""What colour a season leaves on its trees, as dots."""


def peaks(canvas: Canvas, setting: Setting) -> Ground:
    """Ranges behind ranges in mist, a bluff with pines at one side."""
    base = _begun(canvas, setting)
    side = sun_side(canvas)
    _far(canvas, base * 0.96)
    middle = 0.5 + side * vary(canvas, -0.05, 0.26, "middle-peak")
    wash_range(canvas, base * 1.02, Wash(0.50, 2.6, 2.1, 0.62, 0.22, middle), "middle")
    mist(canvas, base * 0.98, canvas.short * 0.10, "low-mist")
    wash_range(canvas, base * 1.17, Wash(0.34, 2.2, 1.7, 0.84, 0.15, 0.5 - side * 0.30), "near")
    mist(canvas, base * 1.17, canvas.short * 0.08, "near-mist")
    strokes = InkLayer(canvas, "strokes")
    _bluff(strokes, setting, -side, 0.30 if setting.figures else 0.42)
    strokes.birds(canvas.width * (0.5 + side * 0.22), base * 0.36, canvas.short * 0.011, 4)
    strokes.lay(wet=canvas.unit * 0.8)
    return _stand(canvas, setting, base)


def gorge(canvas: Canvas, setting: Setting) -> Ground:
    """Cliffs on both sides of an empty river, with a boat."""
    base = _begun(canvas, setting)
    side = sun_side(canvas)
    _far(canvas, base * 0.92)
    for k, (where, tall, depth) in enumerate(
        ((0.5 + side * 0.36, vary(canvas, 0.46, 0.60, "tall"), 0.62), (0.5 - side * 0.40, 0.44, 0.86))
    ):
        row = base * (1.02 + 0.10 * k)
        wash_range(canvas, row, Wash(tall, 1.5, 2.4, depth, 0.20 - 0.04 * k, where), f"cliff{k}")
        mist(canvas, row, canvas.short * 0.07, f"cliff-mist{k}")
    strokes = InkLayer(canvas, "strokes")
    if not setting.figures:
        strokes.boat(
            canvas.width * (0.5 + side * 0.10), base + (canvas.height - base) * 0.52, canvas.short * 0.12, 1
        )
    strokes.ripples(canvas.width * 0.5, base * 1.22, canvas.short * 0.3, 4)
    _bluff(strokes, setting, side, 0.24)
    strokes.birds(canvas.width * 0.5, base * 0.30, canvas.short * 0.010, 5)
    strokes.lay(wet=canvas.unit * 0.8)
    return _stand(canvas, setting, base, water=True)


def far_hills(canvas: Canvas, setting: Setting) -> Ground:
    """Low hills over wide empty water, a sun, a boat, a tree that leans in from the side."""
    base = _begun(canvas, setting)
    side = sun_side(canvas)
    _sun(canvas, setting, 0.5 + side * 0.20, 0.24)
    for k, (tall, depth) in enumerate(((0.26, 0.30), (0.20, 0.46), (0.12, 0.72))):
        row = base * (0.88 + 0.05 * k)
        wash_range(
            canvas,
            row,
            Wash(tall, 3.0 - 0.3 * k, 1.5, depth, 0.12, vary(canvas, 0.15, 0.85, f"top{k}")),
            f"hill{k}",
        )
        mist(canvas, row, canvas.short * 0.05, f"hill-mist{k}")
    strokes = InkLayer(canvas, "strokes")
    if not setting.figures:
        strokes.boat(
            canvas.width * (0.5 + side * 0.08), base + (canvas.height - base) * 0.40, canvas.short * 0.13, -1
        )
    strokes.ripples(canvas.width * (0.5 - side * 0.2), base * 1.12, canvas.short * 0.26, 3)
    x, foot = canvas.width * (0.5 - side * 0.43), canvas.height * 0.93
    strokes.rock(x, foot + canvas.short * 0.05, canvas.short * 0.34, canvas.short * 0.12)
    strokes.splashed(
        x + side * canvas.short * 0.02, foot - canvas.short * 0.04, canvas.short * 0.44, 0.85, _bare(setting)
    )
    strokes.birds(canvas.width * (0.5 + side * 0.1), base * 0.40, canvas.short * 0.010, 6)
    strokes.lay(wet=canvas.unit * 0.8)
    _season(canvas, setting, x, foot - canvas.short * 0.34, canvas.short * 0.16)
    return _stand(canvas, setting, base, water=True)


def waterfall(canvas: Canvas, setting: Setting) -> Ground:
    """One great mountain, a fall down its face, a pavilion among trees."""
    base = _begun(canvas, setting)
    side = sun_side(canvas)
    _far(canvas, base * 0.94)
    middle = 0.5 - side * vary(canvas, -0.10, 0.20, "massif-peak")
    crest = wash_range(canvas, base * 1.08, Wash(0.57, 1.9, 2.4, 0.88, 0.24, middle, 1.3), "massif")
    x = canvas.width * (middle + 0.035)
    top = float(crest[min(len(crest) - 1, max(0, int(x)))]) + canvas.short * 0.13
    _fall(canvas, x, top, base * 1.02)
    mist(canvas, base * 1.02, canvas.short * 0.13, "spray", 1.0)
    strokes = InkLayer(canvas, "strokes")
    foot = base * 1.16
    at = canvas.width * (0.5 + side * 0.26)
    for dx, tall in ((-0.12, 0.17), (0.13, 0.20), (0.19, 0.15)):
        strokes.splashed(
            at + dx * canvas.short, foot + canvas.short * 0.01, canvas.short * tall, 0.75, _bare(setting)
        )
    strokes.pavilion(at, foot, canvas.short * 0.11)
    for dx in (-0.20, -0.06, 0.10, 0.24):
        strokes.rock(
            at + dx * canvas.short, foot + canvas.short * 0.035, canvas.short * 0.17, canvas.short * 0.05, 0.7
        )
    strokes.lay(wet=canvas.unit * 0.8)
    shore = ellipse(at, foot + canvas.short * 0.052, canvas.short * 0.44, canvas.short * 0.026)
    canvas.fill(shore, PAPER, blur=canvas.short * 0.022)
    near = InkLayer(canvas, "near-strokes")
    _bluff(near, setting, -side, 0.24)
    near.lay(wet=canvas.unit * 0.8)
    _season(canvas, setting, at + canvas.short * 0.13, foot - canvas.short * 0.13, canvas.short * 0.07)
    return _stand(canvas, setting, base)


def bamboo_by_hills(canvas: Canvas, setting: Setting) -> Ground:
    """Bamboo at one side, pale hills and empty paper at the other."""
    base = _begun(canvas, setting)
    side = sun_side(canvas)
    _sun(canvas, setting, 0.5 + side * 0.26, 0.22)
    wash_range(canvas, base * 1.02, Wash(0.24, 2.6, 1.6, 0.36, 0.14, 0.5 + side * 0.24), "hill")
    mist(canvas, base, canvas.short * 0.09, "hill-mist")
    _stalks(canvas, ((0.40, 0.020, 0.34), (0.30, 0.026, 0.45)), -side, "pale")
    _stalks(canvas, ((0.45, 0.040, 0.92), (0.36, 0.030, 0.85), (0.25, 0.020, 0.75)), -side, "dark")
    return _stand(canvas, setting, base)


def bamboo_grove(canvas: Canvas, setting: Setting) -> Ground:
    """Stalks on both sides of a clearing, pale ones in the mist behind."""
    base = _begun(canvas, setting)
    for side in (-1.0, 1.0):
        _stalks(canvas, ((0.12, 0.014, 0.20), (0.20, 0.018, 0.28), (0.30, 0.022, 0.34)), side, f"pale{side}")
    mist(canvas, base, canvas.short * 0.14, "grove-mist")
    lead = sun_side(canvas)
    _stalks(canvas, ((0.46, 0.044, 0.95), (0.37, 0.032, 0.85)), lead, "dark")
    _stalks(canvas, ((0.44, 0.034, 0.85),), -lead, "dark-other")
    return _stand(canvas, setting, base)


def bamboo_rocks(canvas: Canvas, setting: Setting) -> Ground:
    """A garden rock with bamboo behind it: the scholar's picture."""
    base = _begun(canvas, setting)
    side = sun_side(canvas)
    _sun(canvas, setting, 0.5 + side * 0.24, 0.22)
    _stalks(canvas, ((0.16, 0.018, 0.36), (0.32, 0.022, 0.45)), -side, "pale")
    _stalks(canvas, ((0.36, 0.030, 0.90), (0.24, 0.024, 0.85), (0.13, 0.016, 0.70)), -side, "dark")
    strokes = InkLayer(canvas, "strokes")
    short, x = canvas.short, canvas.width * (0.5 - side * 0.30)
    strokes.rock(x, canvas.height * 1.01, short * 0.36, short * 0.30, 0.85)
    strokes.rock(x + side * short * 0.20, canvas.height * 1.01, short * 0.24, short * 0.12, 0.7)
    strokes.lay(wet=canvas.unit)
    return _stand(canvas, setting, base)


def bamboo_river(canvas: Canvas, setting: Setting) -> Ground:
    """Far hills over water, seen past bamboo."""
    ground = far_hills_bare(canvas, setting)
    side = sun_side(canvas)
    _stalks(canvas, ((0.47, 0.036, 0.95), (0.40, 0.026, 0.85), (0.33, 0.018, 0.5)), side, "dark")
    return ground


def far_hills_bare(canvas: Canvas, setting: Setting) -> Ground:
    """Low hills over wide empty water and a boat."""
    base = _begun(canvas, setting)
    side = sun_side(canvas)
    for k, (tall, depth) in enumerate(((0.30, 0.32), (0.18, 0.52))):
        row = base * (0.90 + 0.05 * k)
        wash_range(
            canvas, row, Wash(tall, 2.6, 1.7, depth, 0.13, vary(canvas, 0.2, 0.8, f"top{k}")), f"hill{k}"
        )
        mist(canvas, row, canvas.short * 0.05, f"hill-mist{k}")
    strokes = InkLayer(canvas, "strokes")
    if not setting.figures:
        strokes.boat(
            canvas.width * (0.5 - side * 0.14), base + (canvas.height - base) * 0.45, canvas.short * 0.14, 1
        )
    strokes.ripples(canvas.width * (0.5 - side * 0.2), base * 1.15, canvas.short * 0.3, 4)
    strokes.lay(wet=canvas.unit * 0.8)
    return _stand(canvas, setting, base, water=True)


def _begun(canvas: Canvas, setting: Setting) -> float:
    """The paper is laid out; returns the row where land and mist meet."""
    sheet(canvas, setting.palette.night)
    if setting.palette.night:
        _moon(canvas)
    move = {"low": 0.08, "above": -0.10}.get(setting.camera or "", 0.0)
    return canvas.height * (vary(canvas, 0.62, 0.67) + move)


def _far(canvas: Canvas, row: float) -> None:
    """Two pale ranges, hardly more than breath."""
    wash_range(
        canvas, row * 0.92, Wash(0.52, 3.2, 1.9, 0.20, 0.22, vary(canvas, 0.25, 0.75, "far-peak")), "far0"
    )
    mist(canvas, row * 0.84, canvas.short * 0.10, "far-mist0")
    wash_range(canvas, row, Wash(0.44, 3.0, 1.8, 0.36, 0.20, 0.34), "far1")
    mist(canvas, row * 0.97, canvas.short * 0.12, "far-mist1")


def _moon(canvas: Canvas) -> None:
    at = canvas.width * (0.5 + sun_side(canvas) * 0.26), canvas.height * 0.17
    disc(canvas, *at, canvas.short * 0.055, mix(PAPER, (255, 255, 255), 0.5), 0.95)


def _sun(canvas: Canvas, setting: Setting, x: float, y: float) -> None:
    """A thin red sun; by night the moon is there already."""
    if not setting.palette.night:
        disc(canvas, canvas.width * x, canvas.height * y, canvas.short * 0.052, SEAL, 0.62)


def _bluff(strokes: InkLayer, setting: Setting, side: float, tall: float) -> None:
    """Rocks at a lower corner with pines on them."""
    canvas = strokes.canvas
    short, x, foot = canvas.short, canvas.width * (0.5 + side * 0.40), canvas.height * 0.99
    spots = ((0.10, 0.34, 0.17), (-0.08, 0.26, 0.11), (0.22, 0.26, 0.22))
    strokes.pine(x + side * short * 0.03, foot - short * 0.12, short * tall, -side * 0.16)
    strokes.pine(x + side * short * 0.13, foot - short * 0.14, short * tall * 0.66, side * 0.05)
    for dx, wide, high in spots:
        strokes.rock(x + side * dx * short, foot, short * wide, short * high, 0.9)


def _fall(canvas: Canvas, x: float, top: float, foot: float) -> None:
    """A fall of bare paper down the face of a mountain."""
    if foot - top < 8:
        return
    rng = canvas.stream("fall")
    wide = canvas.short * 0.011
    for k, dx in enumerate((0.0, 1.1, -0.8)):
        start = top + (foot - top) * 0.10 * k
        line = [(x + wide * (dx + 0.3 * float(rng.normal())), y) for y in (start, (start + foot) / 2)]
        line.append((x + wide * dx * 1.8, foot))
        for (x0, y0), (x1, y1) in pairwise(line):
            half = wide * (0.6 if k == 0 else 0.28)
            shape = [(x0 - half, y0), (x0 + half, y0), (x1 + half * 1.3, y1), (x1 - half * 1.3, y1)]
            canvas.fill(shape, PAPER, alpha=0.92, blur=wide * 0.3)


def _stalks(canvas: Canvas, stalks: tuple[tuple[float, float, float], ...], side: float, name: str) -> None:
    """Bamboo at the given places: from the middle outward, width, tone."""
    layer = InkLayer(canvas, name)
    for out, wide, tone in stalks:
        lean = -side * canvas.short * float(layer.rng.uniform(0.01, 0.07))
        x = canvas.width * (0.5 + side * out)
        layer.bamboo(x, canvas.height * 1.02, -canvas.short * 0.05, canvas.short * wide, lean, tone)
    layer.lay(wet=canvas.unit * 1.0)


def _bare(setting: Setting) -> float:
    return 0.85 if setting.palette.season == "winter" else 0.0


def _season(canvas: Canvas, setting: Setting, x: float, y: float, reach: float) -> None:
    """Blossom or red leaves on the tree about (x, y)."""
    tint = _TINTS.get(setting.palette.season)
    if tint is None:
        return
    layer = InkLayer(canvas, "season")
    for _ in range(9):
        at = layer.rng.normal(0, reach * 0.6, 2)
        layer.dots(x + float(at[0]), y + float(at[1]) * 0.8, reach * 0.30, 9, 0.9)
    layer.lay(tint, wet=canvas.unit)


def _stand(canvas: Canvas, setting: Setting, base: float, water: bool = False) -> Ground:
    """Near the lower edge, on paper that a thin wash makes ground."""
    height = canvas.height
    if setting.figures and not water:
        rows = np.linspace(0.0, 1.0, 24, dtype=np.float32)[:, None]
        canvas.veil(floats(np.repeat(smoothstep(0.1, 0.9, rows) * np.float32(0.15), 2, 1)), INK, int(base))
    rows_of_water = (base * 1.06, base + (height - base) * 0.72) if water else None
    stand = (base + (height - base) * 0.42, height * 0.955)
    return Ground("floor", base, stand, light_of(canvas, setting.palette), rows_of_water, 1.0, 0.35)


_HILLS: tuple[Layout, ...] = (peaks, waterfall, gorge, far_hills)
_WATERS: tuple[Layout, ...] = (far_hills, gorge, peaks, waterfall)
_BAMBOO: tuple[Layout, ...] = (bamboo_by_hills, bamboo_grove, bamboo_rocks, bamboo_river)
LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "mountains": _HILLS,
    **dict.fromkeys(("lake", "river"), _WATERS),
    "bamboo": _BAMBOO,
}
"""By place."""
