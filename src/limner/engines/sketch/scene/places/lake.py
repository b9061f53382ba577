"""A lake: ranges in a mirror, reeds in morning mist, an island of pines, a jetty."""

from __future__ import annotations

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.flora import leaf_tones, pine, pine_colors, pine_row, tree_row
from limner.engines.sketch.paint.land import hills, meadow_ground
from limner.engines.sketch.paint.palette import Palette, mix, shift
from limner.engines.sketch.paint.terrain import massif
from limner.engines.sketch.paint.water import lake_water, reeds
from limner.engines.sketch.paint.woods import bank
from limner.engines.sketch.paint.yard import snow_of
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import (
    boulders,
    far_wood,
    ground_at,
    horizon_at,
    open_sky,
    sun_side,
    vary,
)


def mirror(canvas: Canvas, setting: Setting) -> Ground:
    """Mountains and a wooded shore, twice."""
    palette, height = setting.palette, canvas.height
    shore = int(horizon_at(canvas, setting, 0.50, 0.56))
    sun = open_sky(canvas, setting, shore, rise=0.7)
    massif(canvas, palette, shore, sun_side(canvas), 0.342, 3, 0.2)
    for k in range(2):
        tall = (0.02 + 0.012 * k, 0.045 + 0.02 * k)
        pine_row(canvas, palette, shore + 2, *tall, 0.38 - 0.22 * k, f"shore{k}", 0.40)
    if palette.season in ("spring", "autumn"):
        tree_row(canvas, palette, shore + 2, 0.04, 0.08, 0.18, "shore-trees", 10)
    near = int(height * 0.86)
    lake_water(canvas, palette, shore + 2, height, sun)
    _bank(canvas, palette, near)
    water = (shore + (near - shore) * 0.25, shore + (near - shore) * 0.8)
    return _on_bank(canvas, setting, shore, near, water)


def misty_reeds(canvas: Canvas, setting: Setting) -> Ground:
    """Pale hills over still water, reeds before it."""
    palette, short, height = setting.palette, canvas.short, canvas.height
    shore = int(horizon_at(canvas, setting, 0.46, 0.52))
    sun = open_sky(canvas, setting, shore, (0.2, 0.5))
    air = mix(palette.haze, palette.sun, 0.3)
    for k, haze in enumerate((0.80, 0.62, 0.44)):
        color = mix(palette.local(0.50, 0.06, 190, 0.6), palette.haze, haze)
        hills(
            canvas,
            shore + 2,
            short * (0.20 - 0.05 * k),
            2.0 + 0.8 * k,
            color,
            mix(color, air, 0.7),
            f"hill{k}",
            shore + 4,
        )
        canvas.mist(shore - short * 0.01, short * 0.06, air, 0.8, f"fog{k}")
    far_wood(canvas, palette, shore + 2, 0.40, "wood", 0.045)
    lake_water(canvas, palette, shore + 2, height, sun, 0.4)
    canvas.mist(shore + short * 0.02, short * 0.07, air, 0.9, "low-mist")
    near = int(height * 0.88)
    _bank(canvas, palette, near)
    for k, (x, tall) in enumerate(((0.05, 0.34), (0.16, 0.24), (0.93, 0.30), (0.83, 0.18))):
        reeds(canvas, palette, canvas.width * x, near + short * 0.03, short * 0.06, short * tall, f"reeds{k}")
    return _on_bank(
        canvas, setting, shore, near, (shore + (near - shore) * 0.3, shore + (near - shore) * 0.85)
    )


def island(canvas: Canvas, setting: Setting) -> Ground:
    """A small island with pines in a wide lake."""
    palette, short, height = setting.palette, canvas.short, canvas.height
    shore = int(horizon_at(canvas, setting, 0.40, 0.45))
    sun = open_sky(canvas, setting, shore, rise=0.8)
    massif(canvas, palette, shore, sun_side(canvas), 0.20, 2, 0.2)
    far_wood(canvas, palette, shore + 2, 0.5, "wood", 0.03)
    lake_water(canvas, palette, shore + 2, height, sun, 0.7)
    x = canvas.width * vary(canvas, 0.34, 0.66, "island")
    _islet(canvas, palette, x, height * 0.585, short * 0.20)
    near = int(height * 0.90)
    _bank(canvas, palette, near)
    boulders(canvas, palette, near - short * 0.01, 7)
    water = (shore + (near - shore) * 0.55, shore + (near - shore) * 0.88)
    return _on_bank(canvas, setting, shore, near, water)


def jetty(canvas: Canvas, setting: Setting) -> Ground:
    """A wooden jetty that leads out from the shore."""
    palette, short, height = setting.palette, canvas.short, canvas.height
    shore = int(horizon_at(canvas, setting, 0.42, 0.47))
    sun = open_sky(canvas, setting, shore, rise=0.9)
    rng = canvas.stream("far-shore")
    for k, haze in enumerate((0.66, 0.42)):
        color = mix(palette.grass(0.4, 0.7), palette.haze, haze)
        hills(
            canvas,
            shore + 2,
            short * (0.17 - 0.06 * k),
            2.2,
            color,
            mix(color, palette.haze, 0.4),
            f"hill{k}",
            shore + 4,
        )
    bank(
        canvas,
        shore - short * 0.02,
        short * 0.05,
        leaf_tones(palette, rng, 0.30, 0.2),
        "trees",
        shore + 3,
        260,
    )
    lake_water(canvas, palette, shore + 2, height, sun, 0.5)
    near = int(height * 0.87)
    _bank(canvas, palette, near)
    _planks(canvas, palette, near + short * 0.06, shore + (near - shore) * 0.42)
    for k, x in enumerate((0.06, 0.94)):
        reeds(canvas, palette, canvas.width * x, near + short * 0.03, short * 0.07, short * 0.20, f"reeds{k}")
    return _on_bank(
        canvas, setting, shore, near, (shore + (near - shore) * 0.3, shore + (near - shore) * 0.8)
    )


def _on_bank(
    canvas: Canvas, setting: Setting, shore: float, near: float, water: tuple[float, float]
) -> Ground:
    """Feet on the near bank; boats on the water, which is ice in winter all the same."""
    share = (near + (canvas.height - near) * 0.40 - shore) / max(1.0, canvas.height - shore)
    return ground_at(canvas, setting, shore, share, 0.96, water=water)


def _bank(canvas: Canvas, palette: Palette, y: int) -> None:
    shade = mix(palette.grass(0.0, 0.3), palette.dark, 0.35)
    hills(canvas, y + canvas.short * 0.012, canvas.short * 0.035, 1.6, shade, shade, "ground")
    meadow_ground(canvas, palette, y, flowers=0.7)


def _islet(canvas: Canvas, palette: Palette, x: float, y: float, half: float) -> None:
    """A hump of grass with pines, and its dark image below it."""
    rng = canvas.stream("islet")
    image = mix(palette.local(0.34, 0.05, 170, 0.4), palette.dark, 0.3)
    canvas.fill(ellipse(x, y + half * 0.30, half * 0.92, half * 0.62), image, alpha=0.34, blur=half * 0.12)
    canvas.fill(ellipse(x, y, half * 1.02, half * 0.10), mix(palette.horizon, palette.middle, 0.3), alpha=0.8)
    ground = palette.grass(0.7, 0.9)
    hump = ellipse(x, y, half, half * 0.26)
    canvas.fill(hump[hump[:, 1] <= y + half * 0.04], ground, mix(ground, palette.dark, 0.45), 90)
    places = sorted((float(rng.uniform(-0.62, 0.62)), float(rng.uniform(0.55, 1.15))) for _ in range(9))
    for u, tall in sorted(places, key=lambda p: -abs(p[0])):
        face, lit, snow = pine_colors(palette, float(rng.random()), 0.10)
        foot = y - half * 0.22 * (1 - u * u) + half * 0.07
        pine(canvas, x + u * half, foot, half * tall * (1.25 - abs(u)), face, rng, lit, snow)


def _planks(canvas: Canvas, palette: Palette, near: float, far: float) -> None:
    """A jetty in perspective, its posts standing in the water."""
    short = canvas.short
    x0 = canvas.width * 0.5 + sun_side(canvas) * -short * 0.16
    x1 = canvas.width * 0.5 + sun_side(canvas) * -short * 0.05
    wood = palette.local(0.60, 0.055, 62, 0.85)
    steps = 17
    for k in range(steps):
        t0, t1 = (k / steps) ** 0.72, ((k + 0.86) / steps) ** 0.72
        edges = []
        for t in (t0, t1):
            x, half = x0 + (x1 - x0) * t, short * (0.095 - 0.062 * t)
            edges.append((x - half, x + half, near + (far - near) * t))
        (a, b, y0), (c, d, y1) = edges
        if k % 4 == 2:
            for post in (a, b):
                canvas.line([(post, y0 - short * 0.012), (post, y0 + short * (0.05 - 0.03 * t0))],
                            shift(wood, -0.22), short * (0.014 - 0.007 * t0))  # fmt: skip
        tone = snow_of(palette, 0.85) if palette.snowy else shift(wood, 0.03 * ((k * 7) % 3 - 1))
        canvas.polygon([(a, y0), (b, y0), (d, y1), (c, y1)], tone)
        canvas.polygon(
            [(a, y0), (b, y0), (b, y0 + short * 0.006), (a, y0 + short * 0.006)], shift(wood, -0.2)
        )


LAYOUTS = (mirror, misty_reeds, island, jetty)
