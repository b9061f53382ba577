"""A park: lawns with trees and a path, an avenue, a bench by the pond, blossom overhead."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.flora import Tones, leaf_tones, tree
from limner.engines.sketch.paint.land import course, fallen_leaves, lawn, path
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, mix
from limner.engines.sketch.paint.water import lake_water, reeds
from limner.engines.sketch.paint.woods import bank, bough
from limner.engines.sketch.paint.yard import bench, flower_bed, lamp_post, shadow, snow_of
from limner.engines.sketch.scene.places.garden import snowy_leaves
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.outdoors import (
    far_hills,
    ground_at,
    horizon_at,
    open_horizon,
    open_sky,
    sun_side,
    vary,
)


def lawns(canvas: Canvas, setting: Setting) -> Ground:
    """Trees on wide lawns and a path that winds between them."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.46, 0.52), (0.4, 0.8))
    rng = canvas.stream("lawns")
    _wood(canvas, palette, horizon, rng)
    _turf(canvas, palette, horizon)
    side = sun_side(canvas)
    path(canvas, palette, course(canvas, horizon + short * 0.02, 0.5 + side * 0.16, 0.5, 0.24, "way", 0.14))
    for x, t, tall in ((0.30, 0.06, 0.24), (0.72, 0.09, 0.28), (0.10, 0.20, 0.44), (0.92, 0.26, 0.50)):
        at = (canvas.width * (x + float(rng.normal(0, 0.02))), horizon + (canvas.height - horizon) * t)
        _shaded_tree(canvas, palette, *at, short * tall, rng, 0.16 if t < 0.1 else 0.0)
    lamp_post(
        canvas,
        palette,
        canvas.width * (0.5 - side * 0.24),
        horizon + (canvas.height - horizon) * 0.40,
        short * 0.24,
    )
    return ground_at(canvas, setting, horizon, 0.40, 0.95)


def avenue(canvas: Canvas, setting: Setting) -> Ground:
    """A straight way between two rows of trees, lamps and benches along it."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.52, 0.56), (0.3, 0.7), sun=False)
    rng = canvas.stream("avenue")
    _wood(canvas, palette, horizon, rng)
    _turf(canvas, palette, horizon)
    vanish = vary(canvas, 0.44, 0.56, "vanish")
    path(canvas, palette, course(canvas, horizon + short * 0.008, vanish, 0.5, 0.52, "way", 0.0))
    tones = _alike(palette, rng)
    for t in (0.03, 0.08, 0.16, 0.30, 0.54, 0.92):
        foot = horizon + (canvas.height - horizon) * (0.02 + 0.60 * t)
        middle = canvas.width * (vanish + (0.5 - vanish) * t)
        for side in (-1, 1):
            x = middle + side * short * (0.055 + 0.56 * t)
            tall = short * (0.11 + 0.72 * t) * float(rng.uniform(0.94, 1.06))
            _shaded_tree(canvas, palette, x, foot, tall, rng, 0.45 * (1 - t) ** 3, tones)
            if t in (0.16, 0.54):
                lamp_post(
                    canvas,
                    palette,
                    x - side * short * 0.10 * t,
                    foot + short * 0.03,
                    short * (0.06 + 0.34 * t),
                )
    return ground_at(canvas, setting, horizon, 0.36, 0.95)


def by_the_pond(canvas: Canvas, setting: Setting) -> Ground:
    """A bench under a tree at the edge of a pond."""
    palette, short, height = setting.palette, canvas.short, canvas.height
    shore = int(horizon_at(canvas, setting, 0.44, 0.49))
    sun = open_sky(canvas, setting, shore, (0.4, 0.8), rise=0.9)
    rng = canvas.stream("pond")
    far_hills(canvas, palette, shore, 0.7)
    _wood(canvas, palette, shore, rng, 0.14)
    near = int(height * 0.70)
    lake_water(canvas, palette, shore + 4, near + int(short * 0.06), sun, 0.45)
    _turf(canvas, palette, near)
    side = -sun_side(canvas)
    reeds(
        canvas,
        palette,
        canvas.width * 0.5 - side * canvas.width * 0.36,
        near + short * 0.01,
        short * 0.06,
        short * 0.15,
        "reeds",
    )
    x = canvas.width * 0.5 + side * canvas.width * 0.27
    _shaded_tree(canvas, palette, x + side * short * 0.10, near + short * 0.06, short * 0.62, rng, 0.0)
    bench(canvas, palette, x - side * short * 0.10, near + short * 0.10, short * 0.24)
    share = (near + short * 0.12 - shore) / max(1.0, height - shore)
    return ground_at(
        canvas, setting, shore, share, 0.96, water=(shore + (near - shore) * 0.4, near - short * 0.03)
    )


def blossom(canvas: Canvas, setting: Setting) -> Ground:
    """Trees of one kind in rows, a bough of theirs across the sky."""
    palette, short = setting.palette, canvas.short
    horizon = open_horizon(canvas, setting, (0.54, 0.59), (0.2, 0.6))
    rng = canvas.stream("blossom")
    tones = _alike(palette, rng, blossom=1.0)
    far_hills(canvas, palette, horizon, 0.9)
    worn = tones or _snowed(palette)
    far = [mix(tone, palette.haze, 0.4) for tone in worn]
    bank(
        canvas,
        horizon - short * 0.01,
        short * 0.07,
        (far[0], far[1], far[2]),
        "far-row",
        horizon + short * 0.02,
        420,
    )
    _turf(canvas, palette, horizon)
    for x, t, tall in ((0.20, 0.05, 0.24), (0.46, 0.03, 0.19), (0.70, 0.06, 0.25), (0.94, 0.16, 0.44)):
        at = (canvas.width * (x + float(rng.normal(0, 0.02))), horizon + (canvas.height - horizon) * t)
        _shaded_tree(canvas, palette, *at, short * tall, rng, 0.12 if t < 0.1 else 0.0, tones)
    bough(canvas, palette, -1 if rng.random() < 0.5 else 1, worn, "bough", 1.25)
    _petals(canvas, palette, horizon, tones, rng)
    for x, t in ((0.10, 0.62), (0.90, 0.74)):
        spot = (canvas.width * x, horizon + (canvas.height - horizon) * t)
        beds = ((0.97, 0.01, 90), (0.90, 0.14, 95), (0.80, 0.12, 350))
        flower_bed(canvas, palette, *spot, short * 0.13, short * 0.04, rng, beds, "daisy", 1.0)
    return ground_at(canvas, setting, horizon, 0.40, 0.95)


def _alike(palette: Palette, rng: Rng, blossom: float = 0.5) -> Tones | None:
    """What all trees of a row wear; None in winter, when they are bare."""
    return None if palette.snowy else leaf_tones(palette, rng, 0.0, blossom)


def _snowed(palette: Palette) -> Tones:
    """Boughs thick with snow."""
    shade = mix(palette.local(0.80, 0.035, 255, 0.5), palette.zenith, 0.15)
    return shade, palette.local(0.92, 0.018, 250, 0.8), snow_of(palette)


def _shaded_tree(
    canvas: Canvas,
    palette: Palette,
    x: float,
    y: float,
    height: float,
    rng: Rng,
    haze: float,
    tones: Tones | None = None,
) -> None:
    """A tree with its shadow on the lawn."""
    side = sun_side(canvas)
    shadow(canvas, palette, x - side * height * 0.14, y + height * 0.01, height * 0.42, 0.38 * (1 - haze))
    worn = None
    if tones:
        dark, middle, light = (mix(tone, palette.haze, haze) for tone in tones)
        worn = (dark, middle, light)
    tree(canvas, palette, x, y, height, rng, haze, worn, side)


def _wood(canvas: Canvas, palette: Palette, horizon: float, rng: Rng, tall: float = 0.17) -> None:
    for k, haze in enumerate((0.55, 0.32)):
        high = canvas.short * (tall - 0.05 * k)
        tones = snowy_leaves(palette, haze) if palette.snowy else leaf_tones(palette, rng, haze, 0.25)
        bank(
            canvas, horizon - high * 0.35, high * 0.65, tones, f"wood{k}", horizon + canvas.short * 0.03, 620
        )


def _turf(canvas: Canvas, palette: Palette, horizon: float) -> None:
    lawn(canvas, palette, horizon)
    if palette.season == "autumn":
        fallen_leaves(canvas, palette, horizon + canvas.short * 0.03, "leaves", 260)


def _petals(canvas: Canvas, palette: Palette, top: float, tones: Tones | None, rng: Rng) -> None:
    """Petals or leaves in the air and on the grass."""
    color = palette.local(0.97, 0.01, 250, 0.95) if tones is None else tones[2]
    for t in np.sort(rng.random(70)).tolist():
        x, y = float(rng.random()) * canvas.width, canvas.height * (0.15 + 0.85 * t)
        size = canvas.short * (0.0025 + 0.0055 * float(rng.random()))
        flat = 0.4 if y > top else 0.75
        canvas.polygon(ellipse(x, y, size, size * flat, float(rng.uniform(-40, 40)), 10), color)


LAYOUTS = (lawns, avenue, by_the_pond, blossom)
