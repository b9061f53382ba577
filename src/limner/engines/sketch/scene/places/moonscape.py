"""Ground on other worlds: the Moon under the Earth, a crater's rim, red mesas, an ice moon."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import crag, ridge_line
from limner.engines.sketch.paint.cosmos import hue_of, nebula, regolith, stars
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.globes import globe
from limner.engines.sketch.paint.noise import profile
from limner.engines.sketch.paint.palette import lch, mix
from limner.engines.sketch.paint.raster import Rgb, floats
from limner.engines.sketch.scene.places.dustland import barren, crest, rocks
from limner.engines.sketch.scene.places.ground import Ground, Setting, sun_side, vary
from limner.engines.sketch.scene.places.redworld import gorge, mesas
from limner.engines.sketch.scene.places.space import contrast_hue, earth, giant, moon, space_light, sun_vector

_DUST = (lch(0.30, 0.02, 285), lch(0.60, 0.015, 270), lch(0.86, 0.012, 90))
_ICE = (lch(0.48, 0.07, 255), lch(0.78, 0.055, 230), lch(0.97, 0.015, 210))
_BASALT = (lch(0.22, 0.04, 300), lch(0.44, 0.05, 310), lch(0.70, 0.06, 330))
_LIFT = {"dawn": 0.02, "day": 0.03, "dusk": 0.01, "night": 0.0}


def plain(canvas: Canvas, setting: Setting) -> Ground:
    """A wide lunar plain with hills, the Earth above."""
    floor = canvas.height * vary(canvas, 0.62, 0.68)
    _stars_above(canvas, setting, int(floor) + 4, 0.35)
    side, short = sun_side(canvas), canvas.short
    globe(
        canvas,
        canvas.width * (0.5 - side * 0.22),
        canvas.height * vary(canvas, 0.24, 0.30, "earth"),
        short * 0.135,
        earth(),
        sun_vector(canvas),
        "earth",
    )
    for k in range(2):
        _hills(
            canvas,
            floor + short * 0.012 * k,
            short * (0.13 - 0.05 * k),
            2.2 + k,
            _DUST,
            0.40 - 0.3 * k,
            f"hills{k}",
        )
    regolith(canvas, crest(canvas, floor, 0.018), _DUST, side, "plain", 20)
    rocks(canvas, floor, _DUST)
    return barren(canvas, floor, space_light(canvas))


def rim(canvas: Canvas, setting: Setting) -> Ground:
    """On the rim of a great crater; its far wall across the picture."""
    horizon = canvas.height * vary(canvas, 0.40, 0.46)
    _stars_above(canvas, setting, int(horizon) + 4, 0.6)
    side, width, height, short = sun_side(canvas), canvas.width, canvas.height, canvas.short
    globe(
        canvas,
        width * (0.5 + side * 0.28),
        horizon * 0.42,
        short * 0.05,
        moon(60),
        sun_vector(canvas),
        "moon",
    )
    tones = _BASALT if canvas.stream("stone").random() < 0.5 else _DUST
    _hills(canvas, horizon + short * 0.03, short * 0.10, 2.4, tones, 0.3, "far-peaks")
    near = height * 0.74
    x = np.linspace(-6, width + 6, 120)
    regolith(
        canvas,
        np.column_stack([x, np.full(120, horizon + short * 0.02)]).astype(np.float32),
        tones,
        side,
        "basin",
        12,
    )
    _bowl(canvas, horizon, near, tones, side)
    lip = (
        near
        - short * 0.055 * np.cos((x / width - 0.5) * 5.0)
        + short * 0.03 * (profile(120, 5, canvas.stream("lip"), 4) - 0.5)
    )
    canvas.fill(
        np.concatenate([np.column_stack([x, lip - short * 0.012]), [(width, height), (0, height)]]),
        tones[0],
        alpha=0.5,
        blur=short * 0.02,
    )
    regolith(canvas, floats(np.column_stack([x, lip])), tones, side, "lip-ground", 9)
    rocks(canvas, near, tones)
    return barren(canvas, near + short * 0.01, space_light(canvas))


def highlands(canvas: Canvas, setting: Setting) -> Ground:
    """Lunar mountains on both sides of a valley, the Earth low between them."""
    floor = canvas.height * vary(canvas, 0.60, 0.65)
    _stars_above(canvas, setting, int(floor + canvas.short * 0.06), 0.7)
    side, short, width = sun_side(canvas), canvas.short, canvas.width
    globe(
        canvas,
        width * (0.5 + side * 0.05),
        floor - short * 0.20,
        short * 0.085,
        earth(),
        sun_vector(canvas),
        "earth",
    )
    _hills(canvas, floor, short * 0.09, 3.5, _DUST, 0.45, "far-range")
    for k, (x, wide, tall) in enumerate(((0.16, 0.50, 0.34), (0.90, 0.44, 0.27), (0.02, 0.44, 0.46))):
        _peak(
            canvas,
            width * (x if side > 0 else 1 - x),
            floor + short * 0.02 * k,
            short * wide,
            short * tall,
            _DUST,
            k,
        )
    regolith(canvas, crest(canvas, floor + short * 0.03, 0.02), _DUST, side, "valley", 14)
    rocks(canvas, floor, _DUST)
    return barren(canvas, floor + short * 0.03, space_light(canvas))


def _peak(
    canvas: Canvas, x: float, foot: float, wide: float, tall: float, tones: tuple[Rgb, Rgb, Rgb], k: int
) -> None:
    """A worn mountain of bare rock."""
    rng = canvas.stream(f"peak{k}")
    points = [(-0.85, 0.0), (-0.5, 0.38), (-0.22, 0.80), (0.0, 1.0), (0.20, 0.78), (0.48, 0.46), (0.90, 0.0)]
    outline = ridge_line([(x + a * wide, foot - b * tall) for a, b in points], wide * 0.012, rng, 10)
    lit, shade = mix(tones[1], tones[2], 0.5), mix(tones[0], (10, 8, 24), 0.35)
    crag(canvas, floats(outline), (lit, shade), sun_side(canvas), f"peak-rock{k}")


def ice(canvas: Canvas, setting: Setting) -> Ground:
    """A cracked white plain with spires of ice, a ringed giant over the horizon."""
    floor = canvas.height * vary(canvas, 0.64, 0.70)
    hue = _stars_above(canvas, setting, int(floor) + 4, 0.8)
    side, short, width = sun_side(canvas), canvas.short, canvas.width
    look = replace(giant(contrast_hue(canvas, hue, "giant"), True), tilt=-20.0 * side)
    globe(
        canvas,
        width * (0.5 - side * 0.17),
        floor * vary(canvas, 0.46, 0.54, "giant"),
        short * 0.19,
        look,
        sun_vector(canvas),
        "giant",
    )
    for k in range(2):
        _hills(
            canvas,
            floor + short * 0.01 * k,
            short * (0.10 - 0.03 * k),
            3 + k,
            _ICE,
            0.45 - 0.25 * k,
            f"ice-hills{k}",
        )
    regolith(canvas, crest(canvas, floor, 0.012), _ICE, side, "ice-plain", 0)
    _cracks(canvas, floor)
    for k, (x, y, tall) in enumerate(
        ((0.05, 0.30, 0.26), (0.14, 0.16, 0.15), (0.95, 0.36, 0.20), (0.86, 0.14, 0.11))
    ):
        _spire(
            canvas, width * (x if side > 0 else 1 - x), floor + (canvas.height - floor) * y, short * tall, k
        )
    return barren(canvas, floor, space_light(canvas))


def _stars_above(canvas: Canvas, setting: Setting, bottom: int, amount: float) -> float:
    hue = hue_of(setting.palette) + vary(canvas, -25, 25, "space-hue") + 250
    nebula(canvas, hue, bottom, amount, _LIFT[setting.palette.time])
    stars(canvas, bottom, 380)
    return hue


def _hills(
    canvas: Canvas,
    floor: float,
    rise: float,
    cells: float,
    tones: tuple[Rgb, Rgb, Rgb],
    dim: float,
    name: str,
) -> None:
    """Bare hills, each slope in light or in shade."""
    side, rng = sun_side(canvas), canvas.stream(name)
    x = np.linspace(-6, canvas.width + 6, 140)
    y = floor - rise * profile(140, cells * max(1.0, canvas.width / canvas.short) ** 0.7, rng, 5, 0.45)
    lit, shade = mix(tones[1], tones[2], 0.35), mix(tones[0], (10, 8, 24), 0.35)
    base = [(canvas.width + 6, floor + 40), (-6, floor + 40)]
    canvas.fill(
        np.concatenate([np.column_stack([x, y]), base]),
        mix(lit, shade, dim),
        mix(tones[1], shade, 0.35 + dim * 0.5),
    )
    slope = np.gradient(y) * side
    for i in range(2, 138):
        if slope[i] > 0.25 * rise / 14:
            deep = rise * 0.5 * min(1.0, float(slope[i]) / rise * 9)
            canvas.polygon(
                [
                    (x[i], y[i]),
                    (x[i + 1], y[i + 1]),
                    (x[i + 1] - side * deep * 0.5, y[i + 1] + deep),
                    (x[i] - side * deep * 0.5, y[i] + deep),
                ],
                mix(shade, lit, 0.25 * dim + 0.12),
            )


def _bowl(canvas: Canvas, horizon: float, near: float, tones: tuple[Rgb, Rgb, Rgb], side: float) -> None:
    """The inside of a crater as wide as the picture."""
    width, short = canvas.width, canvas.short
    middle = horizon + (near - horizon) * 0.56
    rx, ry = width * 0.56, (near - horizon) * 0.44
    shade, light = mix(tones[0], (8, 6, 20), 0.45), mix(tones[1], tones[2], 0.55)
    canvas.fill(
        ellipse(width / 2, middle - ry * 0.10, rx * 1.05, ry * 1.10, 0, 80),
        light,
        mix(tones[1], tones[0], 0.2),
        blur=short * 0.006,
    )
    canvas.fill(
        ellipse(width / 2, middle, rx, ry, 0, 80),
        shade,
        mix(tones[1], tones[0], 0.4),
        0 if side < 0 else 180,
        blur=short * 0.008,
    )
    canvas.fill(
        ellipse(width / 2 - side * rx * 0.06, middle + ry * 0.22, rx * 0.74, ry * 0.56, 0, 80),
        mix(tones[1], tones[0], 0.45),
        mix(tones[1], tones[2], 0.1),
        blur=short * 0.02,
    )
    for k, (x, tall) in enumerate(((0.50, 0.34), (0.56, 0.22))):
        at, foot = width * x, middle + ry * 0.34
        high = ry * tall * 2
        rng = canvas.stream(f"central{k}")
        outline = ridge_line(
            [(at - high * 0.9, foot), (at, foot - high), (at + high, foot)], high * 0.05, rng
        )
        crag(canvas, outline, (mix(tones[1], tones[2], 0.4), shade), side, f"central-rock{k}")


def _cracks(canvas: Canvas, floor: float) -> None:
    """Blue fissures that widen towards the viewer."""
    rng, height, short = canvas.stream("cracks"), canvas.height, canvas.short
    blue = mix(_ICE[0], _ICE[1], 0.25)
    for _ in range(11):
        x, t = canvas.width * float(rng.uniform(-0.1, 1.1)), float(rng.random()) ** 1.2
        y, points = floor + short * 0.03 + (height - floor) * t, []
        step = short * (0.03 + 0.10 * t)
        heading = float(rng.choice([-1, 1]))
        for _ in range(8):
            points.append((x, y))
            x += heading * step * float(rng.uniform(0.5, 1.2))
            y += step * float(rng.normal(0.05, 0.16))
        canvas.line(points, blue, (1 + 5 * t) * canvas.unit)
        canvas.line(np.add(points, (0, (1 + 3 * t) * canvas.unit)), _ICE[2], max(1.0, 1.5 * t * canvas.unit))


def _spire(canvas: Canvas, x: float, foot: float, tall: float, k: int) -> None:
    """Crystals of ice leaning apart, each with a lit and a shaded face."""
    rng, side = canvas.stream(f"spire{k}"), sun_side(canvas)
    for lean, share in ((-0.30, 0.6), (0.34, 0.72), (0.02, 1.0)):
        high, half = tall * share * float(rng.uniform(0.9, 1.1)), tall * 0.10 * (0.6 + 0.4 * share)
        base, tip = x + lean * tall * 0.5, (x + lean * tall * 0.9, foot - high)
        shoulder = foot - high * 0.78
        edge = math.copysign(half * 0.15, side)
        left = [
            (base - half, foot),
            (base - half * 0.8 + lean * high * 0.3, shoulder),
            tip,
            (base + edge, foot),
        ]
        right = [
            (base + half, foot),
            (base + half * 0.8 + lean * high * 0.3, shoulder),
            tip,
            (base + edge, foot),
        ]
        for face, lit in ((left, side < 0), (right, side > 0)):
            canvas.fill(
                face, mix(_ICE[1], _ICE[2], 0.85 if lit else 0.1), mix(_ICE[0], _ICE[1], 0.7 if lit else 0.2)
            )


LAYOUTS = (plain, rim, highlands, ice)
WORLDS = (mesas, ice, gorge, rim)
"""Planets other than the Moon."""
