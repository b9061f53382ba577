"""Mountains: a peak over a misty valley, ridges in haze, an alp, a pass with a path."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.flora import pine_row
from limner.engines.sketch.paint.land import course, hills, meadow_ground, path
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.raster import Floats, floats
from limner.engines.sketch.paint.terrain import Range, massif, mountain_range
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import (
    boulders,
    ground_at,
    horizon_at,
    open_horizon,
    open_sky,
    sun_side,
    vary,
    wood_color,
)


def valley(canvas: Canvas, setting: Setting) -> Ground:
    """High peaks over layers of pines in the mist."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.62, 0.68), rise=0.5)
    massif(canvas, palette, horizon, sun_side(canvas), 0.46, 2)
    air = mix(palette.haze, palette.sun, 0.3)
    for k, haze in enumerate((0.62, 0.42, 0.22)):
        row = horizon + short * (0.00 + 0.035 * k)
        color = wood_color(palette, haze)
        hills(
            canvas,
            row,
            short * 0.05,
            2.4,
            color,
            mix(color, palette.haze, 0.35),
            f"slope{k}",
            row + short * 0.08,
        )
        gap = (0.36, 0.42, 0.55)[k]
        pine_row(
            canvas, palette, row + short * 0.012, 0.035 + 0.025 * k, 0.08 + 0.04 * k, haze, f"pines{k}", gap
        )
        canvas.mist(row + short * 0.02, short * 0.05, air, 0.7 - 0.15 * k, f"mist{k}")
    meadow_ground(canvas, palette, horizon + short * 0.10, flowers=0.8)
    return ground_at(canvas, setting, horizon + short * 0.10, 0.26)


def ridges(canvas: Canvas, setting: Setting) -> Ground:
    """Range behind range in ever paler haze, as from the basket of a balloon."""
    palette, short = setting.palette, canvas.short
    horizon = horizon_at(canvas, setting, 0.80, 0.84)
    open_sky(canvas, setting, horizon * 0.8, rise=0.55)
    air = mix(palette.haze, palette.horizon, 0.5)
    steps = ((0.40, 2.0, 0.72), (0.31, 2.6, 0.54), (0.22, 3.2, 0.36), (0.14, 3.8, 0.20))
    focus = vary(canvas, 0.3, 0.7, "focus")
    for k, (tall, peaks, haze) in enumerate(steps):
        base = canvas.height * (0.64 + 0.085 * k)
        form = Range(
            tall,
            peaks,
            focus if k % 2 == 0 else 1 - focus,
            haze,
            wooded=0.10 + 0.15 * k,
            snow=0.14 - 0.14 * k,
        )
        mountain_range(canvas, palette, base, form, f"ridge{k}", sun_side(canvas))
        color = wood_color(palette, haze)
        hills(
            canvas,
            base,
            short * 0.03,
            2.0,
            mix(color, air, 0.55),
            air,
            f"vale{k}",
            canvas.height,
            short * 0.12,
        )
        canvas.mist(base, short * 0.06, air, 0.8 - 0.1 * k, f"mist{k}")
    row = hills(
        canvas,
        canvas.height * 0.90,
        short * 0.05,
        2.2,
        wood_color(palette, 0.1),
        wood_color(palette, 0),
        "near",
    )
    pine_row(canvas, palette, row + short * 0.02, 0.05, 0.12, 0.08, "near-pines", 0.32)
    return ground_at(canvas, setting, canvas.height * 0.84, 0.5, 0.98, size=0.9)


def alp(canvas: Canvas, setting: Setting) -> Ground:
    """A flowering alp before a massif, a few boulders in the grass."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.52, 0.58), rise=0.6)
    massif(canvas, palette, horizon + short * 0.01, sun_side(canvas), 0.34, 3, 0.25)
    color = wood_color(palette, 0.36)
    rows = hills(
        canvas,
        horizon + short * 0.012,
        short * 0.09,
        1.7,
        color,
        mix(color, palette.haze, 0.2),
        "knoll",
        horizon + short * 0.1,
    )
    pine_row(canvas, palette, rows + short * 0.012, 0.03, 0.07, 0.30, "wood", 0.5)
    meadow_ground(canvas, palette, horizon + short * 0.045, flowers=1.5)
    boulders(canvas, palette, horizon + short * 0.05, 7)
    return ground_at(canvas, setting, horizon + short * 0.045, 0.28)


def mountain_pass(canvas: Canvas, setting: Setting) -> Ground:
    """A path that winds between two slopes towards one peak."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.56, 0.60), rise=0.5)
    focus = vary(canvas, 0.44, 0.56, "focus")
    side = sun_side(canvas)
    mountain_range(canvas, palette, horizon, Range(0.44, 1.7, focus, 0.34, 0.10, 0.06), "peak", side)
    canvas.mist(horizon - short * 0.02, short * 0.08, mix(palette.haze, palette.sun, 0.3), 0.7, "vale")
    for end, name in ((0.0, "left"), (1.0, "right")):
        _flank(canvas, palette, horizon, end, name)
    meadow_ground(canvas, palette, horizon + short * 0.01, flowers=0.9)
    path(canvas, palette, course(canvas, horizon + short * 0.024, focus, 0.5, 0.20, "way", 0.13))
    boulders(canvas, palette, horizon + short * 0.05, 6)
    return ground_at(canvas, setting, horizon, 0.40)


def _flank(canvas: Canvas, palette: Palette, horizon: float, end: float, name: str) -> None:
    """A wooded slope that falls from one edge of the picture to the valley."""
    short = canvas.short
    outline: Floats = _falling(canvas, horizon, end)
    color = wood_color(palette, 0.22)
    xs = range(0, canvas.width + 8, 8)
    low = horizon + short * 0.06
    shape = [(x, min(low, outline[min(x, canvas.width - 1)])) for x in xs]
    canvas.fill([*shape, (canvas.width, low), (0, low)], color, palette.grass(0.6, 0.8))
    rng = canvas.stream(f"flank-{name}")
    pine_row(
        canvas,
        palette,
        outline + short * 0.01,
        0.05,
        0.11,
        0.14,
        f"wood-{name}",
        float(rng.uniform(0.30, 0.42)),
    )


def _falling(canvas: Canvas, horizon: float, end: float) -> Floats:
    u = np.abs(np.arange(canvas.width, dtype=np.float32) / canvas.width - end)
    rise = np.clip(1 - u / 0.46, 0, 1) ** 1.25
    slope = horizon + canvas.short * (0.03 - 0.20 * rise)
    return floats(np.where(rise > 0, slope, canvas.height * 2))


LAYOUTS = (valley, ridges, alp, mountain_pass)
