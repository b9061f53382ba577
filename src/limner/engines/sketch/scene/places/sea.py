"""The open sea: swell, rough water, a path of light, islands."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import crag, ridge_line, stone, turf
from limner.engines.sketch.paint.flora import palm
from limner.engines.sketch.paint.land import hills
from limner.engines.sketch.paint.palette import WHITE, Palette, mix
from limner.engines.sketch.paint.strand import strand, waterline
from limner.engines.sketch.paint.water import glints
from limner.engines.sketch.paint.waves import deep_color, rolling, sea, shallow_color, surf
from limner.engines.sketch.scene.places.ground import (
    Ground,
    Setting,
    light_of,
    sun_side,
    underfoot,
    vary,
)
from limner.engines.sketch.scene.places.seaside import air, mirrored_box, sea_air, wave_tones

_AFLOAT = frozenset(
    (
        "boat",
        "ship",
        "sailboat",
        "canoe",
        "kayak",
        "ferry",
        "yacht",
        "fish",
        "whale",
        "dolphin",
        "shark",
        "turtle",
        "octopus",
        "jellyfish",
        "crab",
        "duck",
        "swan",
        "seal",
        "surfboard",
        "anchor",
        "island",
        "sun",
        "moon",
        "star",
        "cloud",
        "rainbow",
        "bird",
        "seagull",
        "gull",
        "parrot",
        "plane",
        "airplane",
        "balloon",
        "helicopter",
        "kite",
        "rocket",
        "dragon",
        "lightning",
    )
)
"""Nouns that need no ground at sea."""


def swell(canvas: Canvas, setting: Setting) -> Ground:
    """Long waves under a wide sky."""
    horizon, sun, palette = sea_air(canvas, setting, (0.44, 0.52), (0.5, 0.8))
    crest, body, foam = wave_tones(palette)
    tones = (mix(crest, palette.horizon, 0.2), mix(body, palette.middle, 0.12), foam)
    rolling(canvas, tones, horizon, canvas.short * 0.10, 0.35, palette.haze)
    glints(canvas, sun[0], horizon + 3, canvas.height * 0.9, mix(palette.sun, WHITE, 0.3), 90, 0.06)
    return _afloat(canvas, setting, horizon, 0.12, 0.52)


def rough(canvas: Canvas, setting: Setting) -> Ground:
    """High waves with broken crests, close to the eye."""
    horizon, _, palette = sea_air(canvas, setting, (0.50, 0.58), (0.8, 1.0))
    rolling(canvas, wave_tones(palette, 205), horizon, canvas.short * 0.26, 1.0, palette.haze)
    canvas.mist(horizon, canvas.short * 0.05, palette.haze, 0.5, "spray-mist")
    return _afloat(canvas, setting, horizon, 0.14, 0.5)


def sun_path(canvas: Canvas, setting: Setting) -> Ground:
    """Calm water up to a high horizon, and the light on it."""
    horizon = int(canvas.height * vary(canvas, 0.33, 0.40))
    x = canvas.width * (0.5 + sun_side(canvas) * vary(canvas, 0.02, 0.16, "sun-x"))
    sun = (x, horizon * (0.45 if setting.palette.time == "day" else 0.72))
    palette = air(canvas, setting, horizon + 2, sun, vary(canvas, 0.3, 0.6, "cloudiness"))
    far = mix(palette.haze, palette.middle, 0.5)
    hills(
        canvas,
        horizon + 2,
        canvas.short * 0.035,
        1.6,
        far,
        mix(far, palette.haze, 0.5),
        "far-shore",
        horizon + 2,
    )
    sea(canvas, palette, horizon, canvas.height, 0.55, None if setting.weather == "storm" else x)
    return _afloat(canvas, setting, horizon, 0.10, 0.72)


def islands(canvas: Canvas, setting: Setting) -> Ground:
    """Rocky islets one behind another in clear water."""
    horizon, _, palette = sea_air(canvas, setting, (0.40, 0.47), (0.4, 0.7))
    near = mix(shallow_color(palette), deep_color(palette), 0.35)
    sea(canvas, palette, horizon, canvas.height, 0.8, None, near)
    side, rng = sun_side(canvas), canvas.stream("islands")
    for k, (x, depth, size) in enumerate(((0.62, 0.0, 0.16), (0.20, 0.05, 0.24), (0.80, 0.15, 0.44))):
        at = x + float(rng.uniform(-0.05, 0.05))
        foot = horizon + (canvas.height - horizon) * depth
        _islet(
            canvas,
            palette,
            (0.5 + (at - 0.5) * -side) * canvas.width,
            foot,
            canvas.short * size,
            0.6 - 0.28 * k,
            k,
        )
    return _afloat(canvas, setting, horizon, 0.26, 0.72)


def _islet(canvas: Canvas, palette: Palette, x: float, foot: float, size: float, haze: float, k: int) -> None:
    """A stack of rock with turf on it, its mirror image and the surf about it."""
    rng, side = canvas.stream(f"islet{k}"), sun_side(canvas)
    lean = float(rng.uniform(-0.12, 0.12))
    profile = [
        (-0.62, 0.0),
        (-0.50, -0.16),
        (-0.30, -0.42),
        (lean, -0.62),
        (0.26, -0.50),
        (0.42, -0.20),
        (0.62, 0.0),
    ]
    points = [(x + a * size, foot + b * size * float(rng.uniform(0.8, 1.1))) for a, b in profile]
    outline = ridge_line(points, size * 0.012, rng)
    tones = stone(palette, k, haze)
    crag(canvas, outline, tones, side, f"islet-rock{k}", mix(turf(palette), palette.haze, haze), size * 0.07)
    if size > canvas.short * 0.3 and not palette.snowy:
        for _ in range(3):
            at = x + size * float(rng.uniform(-0.15, 0.2))
            palm(canvas, palette, at, foot - size * 0.44, size * float(rng.uniform(0.4, 0.55)), rng)
    mirrored_box(canvas, int(foot), int(foot + size * 0.5), 0.4, x, size * 0.75)
    edge = np.column_stack(
        [np.linspace(x - size * 0.68, x + size * 0.68, 60), np.full(60, foot + size * 0.02)]
    )
    surf(canvas, edge, size * 0.035, mix(palette.horizon, WHITE, 0.7), f"islet-surf{k}", 2)


def _afloat(canvas: Canvas, setting: Setting, horizon: int, far: float, near: float) -> Ground:
    """Boats between the shares far and near of the water; a strip of sand for those who cannot swim."""
    deep = canvas.height - horizon
    rows = (horizon + deep * far, horizon + deep * near)
    palette = setting.palette
    if setting.nouns <= _AFLOAT:
        return Ground(
            "water", horizon, (canvas.height * 0.86, canvas.height * 0.95), light_of(canvas, palette), rows
        )
    top = canvas.height - max(min(deep * 0.30, canvas.short * 0.22), canvas.height * 0.10)
    strand(canvas, palette, waterline(canvas, top, canvas.short * 0.04), canvas.short * 0.03)
    stand = (top + (canvas.height - top) * 0.42, canvas.height * 0.97)
    rows = (rows[0], min(rows[1], top))
    return Ground(underfoot(palette, "sand"), horizon, stand, light_of(canvas, palette), rows)


LAYOUTS = (swell, sun_path, islands, rough)
