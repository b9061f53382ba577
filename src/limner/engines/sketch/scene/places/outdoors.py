"""What every place under the sky has: a horizon where the camera wants it, a sky, and ground to stand on."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.flora import treeline
from limner.engines.sketch.paint.land import hills
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.paint.sky import sky
from limner.engines.sketch.paint.yard import rock
from limner.engines.sketch.scene.places.ground import (
    Ground,
    Setting,
    Surface,
    light_of,
    sun_at,
    sun_side,
    underfoot,
    vary,
)

__all__ = [
    "aside",
    "boulders",
    "far_hills",
    "far_wood",
    "ground_at",
    "horizon_at",
    "open_horizon",
    "open_sky",
    "sun_side",
    "vary",
    "waterside",
    "wood_color",
]

_CAMERA = {"low": 0.10, "above": -0.15, "close": -0.05}
"""How far each camera moves the horizon, in shares of the height."""
_SIZE = {"close": 1.25, "above": 0.88}


def horizon_at(canvas: Canvas, setting: Setting, high: float, low: float) -> float:
    """The row of the horizon: between high and low (shares of the height), moved by the camera."""
    share = vary(canvas, high, low) + _CAMERA.get(setting.camera or "", 0.0)
    return canvas.height * min(0.82, max(0.22, share))


def aside(setting: Setting, side: float, usual: float, far: float) -> float:
    """Where a way or water meets the lower edge: usual from the middle, far when somebody stands there."""
    return 0.5 - side * (far if setting.figures else usual)


def open_sky(
    canvas: Canvas,
    setting: Setting,
    horizon: float,
    clouds: tuple[float, float] = (0.3, 0.75),
    sun: bool = True,
    rise: float = 1.0,
) -> tuple[float, float]:
    """Paint the sky down to the horizon, calmer under a title; returns where the sun or moon is.

    rise: below 1 the sun stands higher, as if the horizon were at that share of its row.
    """
    at = sun_at(canvas, setting.palette, horizon * rise)
    cover = vary(canvas, *clouds, "cloudiness") * (0.5 if setting.titled else 1.0)
    palette = setting.palette
    sky(canvas, palette, int(horizon) + 4, at if sun else None, cover)
    canvas.pixels[int(horizon) + 4 :] = np.round(mix(palette.grass(0.6, 0.8), palette.haze, 0.4)).astype(
        np.uint8
    )
    return at


def open_horizon(
    canvas: Canvas,
    setting: Setting,
    share: tuple[float, float],
    clouds: tuple[float, float] = (0.3, 0.75),
    sun: bool = True,
    rise: float = 1.0,
) -> float:
    """Paint the sky down to a horizon between two shares of the height; returns its row."""
    horizon = horizon_at(canvas, setting, *share)
    open_sky(canvas, setting, horizon, clouds, sun, rise)
    return horizon


def ground_at(
    canvas: Canvas,
    setting: Setting,
    horizon: float,
    near: float = 0.30,
    far: float = 0.94,
    surface: Surface = "grass",
    water: tuple[float, float] | None = None,
    size: float = 1.0,
) -> Ground:
    """Ground whose feet stand from near, a share of the way down from the horizon, to far, one of the height.

    Grass becomes snow in winter.
    """
    palette = setting.palette
    under = underfoot(palette, surface) if surface == "grass" else surface
    stand = (horizon + (canvas.height - horizon) * near, max(horizon + 1, canvas.height * far))
    large = size * _SIZE.get(setting.camera or "", 1.0)
    return Ground(under, horizon, stand, light_of(canvas, palette), water, large)


def waterside(
    canvas: Canvas,
    palette: Palette,
    surface: Surface,
    horizon: float,
    edge: float,
    stand: tuple[float, float],
    water: tuple[float, float],
) -> Ground:
    """Ground from the row edge on, before water that reaches from there to the horizon.

    stand: where feet are, a share of the way down from the edge and one of the height. water: shares of the
    way from the horizon to the edge.
    """
    near, deep = canvas.height - edge, edge - horizon
    feet = (edge + near * stand[0], canvas.height * stand[1])
    boats = (horizon + deep * water[0], horizon + deep * water[1])
    return Ground(underfoot(palette, surface), horizon, feet, light_of(canvas, palette), boats)


def wood_color(palette: Palette, haze: float) -> Rgb:
    """The ground under pines."""
    own = palette.grass(0.35, 0.6) if palette.snowy else palette.local(0.46, 0.075, 148, 0.6)
    return mix(own, palette.haze, haze)


def boulders(canvas: Canvas, palette: Palette, top: float, count: int) -> None:
    """Rocks to either side, larger to the front, the middle left free."""
    rng = canvas.stream("boulders")
    for t in sorted(rng.random(count).tolist()):
        u = float(rng.uniform(0.0, 0.30))
        x = u if rng.random() < 0.5 else 1 - u
        y = top + (canvas.height - top) * (0.06 + 0.86 * t)
        rock(
            canvas,
            palette,
            x * canvas.width,
            y,
            canvas.short * (0.02 + 0.075 * t),
            rng,
            0.25 * (1 - t),
            sun_side(canvas),
        )


def far_hills(canvas: Canvas, palette: Palette, horizon: float, tall: float = 1.0) -> None:
    """Three rows of hills in haze."""
    short = canvas.short
    for k, (high, haze) in enumerate(((0.17, 0.72), (0.11, 0.46), (0.06, 0.22))):
        row = horizon + short * (0.010 + 0.012 * k)
        color = mix(palette.grass(0.45 + 0.2 * k, 0.8), mix(palette.haze, palette.middle, 0.35), haze)
        foot = mix(color, palette.haze, 0.40)
        end = horizon + short * 0.05
        hills(canvas, row, short * high * tall, 2.2 + k, color, foot, f"hill{k}", end, short * 0.14)


def far_wood(
    canvas: Canvas, palette: Palette, row: float, haze: float, name: str, tall: float = 0.05
) -> None:
    """The edge of a distant wood: leaves of the season, or pines in winter."""
    if palette.snowy:
        treeline(
            canvas,
            row,
            canvas.short * tall,
            wood_color(palette, haze),
            mix(palette.haze, palette.local(0.5, 0.03, 230), 0.5),
            name,
            True,
        )
        return
    dark, light = (mix(palette.leaf(a, b), palette.haze, haze) for a, b in ((0.1, 0.4), (0.8, 0.9)))
    treeline(canvas, row, canvas.short * tall, dark, light, name)
