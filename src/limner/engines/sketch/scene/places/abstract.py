"""Backgrounds of colour alone: silk, contours, tiles, clouds of colour, arches, a low sun over bands."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint import printwork
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import smooth
from limner.engines.sketch.paint.inks import Inks, light_on
from limner.engines.sketch.paint.noise import fbm, profile
from limner.engines.sketch.paint.palette import WHITE, from_lab, mix, ramp, shift, to_lab
from limner.engines.sketch.paint.raster import AREA, CUBIC, Rgb, blur, remap, resize
from limner.engines.sketch.scene.places import pattern
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.printed import inks_of


def silk(canvas: Canvas, setting: Setting) -> Ground:
    """Ribbons that turn like cloth."""
    inks = _inks(canvas, setting)
    width, height = canvas.width, canvas.height
    printwork.flat(
        canvas, mix(inks.second, inks.paper, 0.3) if not inks.dark else inks.ground, inks.ground, 60
    )
    rng, count = canvas.stream("silk"), 44
    swings, phases = rng.uniform(0.6, 1.5, 2), rng.uniform(0, 6.28, 2)
    t = np.linspace(-0.05, 1.05, 80)
    colors = ramp(
        [(0, inks.accent), (0.3, inks.second), (0.55, inks.cool), (0.8, inks.accent), (1, inks.deep)], count
    )

    def ribbon(q: float) -> np.ndarray:
        wave = 0.16 * np.sin(3.0 * t * swings[0] + phases[0] + q * 1.4) * (1 - q * 0.3)
        row = 0.42 + wave + 0.10 * np.sin(5 * t * swings[1] + phases[1] - q * 2.2) + 0.80 * (q - 0.45)
        return np.stack([t * width, height * row], 1)

    for k in range(count):
        above, below = ribbon(k / count), ribbon((k + 1.25) / count)
        red, green, blue = (float(v) for v in colors[k])
        color = (red, green, blue)
        canvas.polygon(np.concatenate([above, below[::-1]]), color)
        canvas.line(above, mix(color, WHITE, 0.45), 1)
    across = np.linspace(0, 1, 64, dtype=np.float32)[None].repeat(2, 0)
    canvas.veil(np.clip(0.55 - across * 1.6, 0, 1) * np.float32(0.5), WHITE)
    canvas.veil(np.clip(across * 1.6 - 1.05, 0, 1) * np.float32(0.28), inks.deep)
    return _open(canvas, inks)


def contours(canvas: Canvas, setting: Setting) -> Ground:
    """Sheets of paper cut along contour lines, each casting a shadow on the next."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    columns, rows = max(16, width // 3), max(16, height // 3)
    hills = fbm(columns, rows, 1.6 * width / short, 1.6 * height / short, canvas.stream("hills"), 2, 0.4)
    hills = (hills - hills.min()) / max(1e-3, float(hills.max() - hills.min()))
    level = resize(hills, width, height, CUBIC)
    base, count = inks.cool, 8
    stops = [(0, shift(base, -0.26, 0.9)), (0.12, shift(base, -0.15)), (0.45, base)]
    if len(setting.colors) > 1:
        stops += [
            (0.62, mix(base, inks.accent, 0.75)),
            (0.85, inks.accent),
            (1, mix(inks.paper, inks.accent, 0.5)),
        ]
    else:
        stops += [(0.78, mix(base, inks.second, 0.6)), (1, mix(inks.paper, inks.second, 0.4))]
    offset = max(1, int(short * 0.012 / 3))
    top, lit = np.zeros((height, width), np.float32), np.ones((height, width), np.float32)
    for k in range(count):
        sheet = np.clip(
            (level - np.float32(0.12 + 0.10 * k)) * np.float32(short * 0.22) + np.float32(0.5), 0, 1
        )
        small = resize(sheet, columns, rows, AREA)
        shade = blur(np.roll(small, (offset, offset // 2), (0, 1)), short * 0.010 / 3)
        lit *= 1 - np.float32(0.42) * resize(shade, width, height)
        lit += (1 - lit) * sheet
        top += sheet
    color = remap(ramp(stops, 65)[None], top * np.float32(64 / count), np.zeros_like(top))
    canvas.pixels = np.clip(color * (np.float32(0.12) + np.float32(0.88) * lit)[..., None], 0, 255).astype(
        np.uint8
    )
    return _open(canvas, inks)


def tiles(canvas: Canvas, setting: Setting) -> Ground:
    """Quarter circles, stripes and discs in squares."""
    ground = pattern.quarters(canvas, setting)
    inks = _inks(canvas, setting)
    grain = fbm(max(8, canvas.width // 4), max(8, canvas.height // 4), 3, 3, canvas.stream("worn"), 3)
    canvas.veil(grain * np.float32(0.10), inks.deep)
    return _open(canvas, inks) if setting.figures == 0 else ground


def clouds_of_colour(canvas: Canvas, setting: Setting) -> Ground:
    """Colours that melt into each other, with a fine grain."""
    inks = _inks(canvas, setting)
    columns, rows = max(16, canvas.width // 6), max(16, canvas.height // 6)
    rng = canvas.stream("melt")
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    u = x / columns + (fbm(columns, rows, 1, 1, rng, 2) - 0.5) * 0.9
    v = y / rows + (fbm(columns, rows, 1, 1, rng, 2) - 0.5) * 0.9
    tones = (inks.accent, inks.second, inks.paper, inks.ground, mix(inks.accent, inks.second, 0.5), inks.cool)
    total, weight = np.zeros((rows, columns, 3)), np.zeros((rows, columns))
    for (px, py), tone in zip(rng.random((len(tones), 2)), tones, strict=True):
        near = np.exp(-((u - px) ** 2 + (v - py) ** 2) * 13) + 1e-4
        total += near[..., None] * to_lab(tone)
        weight += near
    canvas.soft(from_lab(total / weight[..., None]).astype(np.float32))
    ribs = np.sin(fbm(columns, rows, 1, 1, canvas.stream("ribs"), 2) * 40) * 0.5 + 0.5
    canvas.veil((ribs**7).astype(np.float32) * np.float32(0.26), WHITE)
    printwork.paper_grain(canvas, 3.0)
    return _open(canvas, inks)


def arches(canvas: Canvas, setting: Setting) -> Ground:
    """Rainbow arches, pebbles and a sun in earthy paint."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, mix(inks.paper, inks.second, 0.30))
    rng = canvas.stream("arches")
    side = 1 if rng.random() < 0.5 else -1
    printwork.disc_of(
        canvas, width * (0.5 - side * 0.24), height * 0.30, short * 0.16, mix(inks.accent, inks.paper, 0.12)
    )
    tones = (inks.accent, inks.second, inks.cool, inks.ground, mix(inks.cool, inks.deep, 0.4))
    for at, base, scale in ((0.5 + side * 0.20, 1.0, 0.46), (0.5 - side * 0.33, 1.0, 0.25)):
        for k, tone in enumerate(tones):
            outer = short * scale * (1 - 0.17 * k)
            _arch(canvas, width * at, height * base + 2, outer, tone)
    for k in range(3):
        x, y = width * float(rng.uniform(0.08, 0.92)), height * float(rng.uniform(0.06, 0.22))
        t = np.linspace(0, 2 * math.pi, 8)[:-1]
        r = short * float(rng.uniform(0.03, 0.06)) * (1 + 0.2 * np.sin(2 * t + k))
        canvas.polygon(
            smooth(np.column_stack([x + r * 1.3 * np.cos(t), y + r * np.sin(t)]), True, 8), tones[k]
        )
    _worn(canvas, inks)
    return _open(canvas, inks)


def low_sun(canvas: Canvas, setting: Setting) -> Ground:
    """A great sun over bands of soft hills, nearly abstract."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, inks.ground, mix(inks.second, inks.paper, 0.35))
    x = width * (0.38 if canvas.stream("sun-side").random() < 0.5 else 0.62)
    printwork.disc_of(
        canvas,
        x,
        height * 0.44,
        short * 0.23,
        mix(inks.accent, inks.paper, 0.05),
        mix(inks.accent, inks.second, 0.5),
    )
    columns = np.linspace(0, width, 120)
    tones = [mix(mix(inks.cool, inks.paper, 0.5), inks.deep, 0.05 + 0.17 * k) for k in range(5)]
    for k, tone in enumerate(tones):
        row = height * (0.56 + 0.095 * k) + short * 0.11 * (
            0.5 - profile(120, 1.6 * width / short, canvas.stream(f"band{k}"), 2)
        )
        hill = np.concatenate([np.column_stack([columns, row]), [(width, height + 2), (0, height + 2)]])
        canvas.fill(
            hill,
            shift(tone, 0.05),
            shift(tone, -0.05),
            span=(float(row.min()), float(row.min()) + short * 0.22),
        )
    _worn(canvas, inks)
    return _open(canvas, inks)


def _arch(canvas: Canvas, x: float, foot: float, outer: float, tone: Rgb) -> None:
    t = np.linspace(math.pi, 2 * math.pi, 60)
    spring = foot - outer * 0.55
    arc = np.column_stack([x + outer * np.cos(t), spring + outer * np.sin(t)])
    canvas.polygon(np.concatenate([arc, [(x + outer, foot), (x - outer, foot)]]), tone)


def _worn(canvas: Canvas, inks: Inks) -> None:
    rows, columns = max(8, canvas.height // 3), max(8, canvas.width // 3)
    worn = fbm(columns, rows, 110, 110, canvas.stream("worn"), 2)
    canvas.veil(np.clip(worn - 0.60, 0, 1) * np.float32(0.8), inks.paper)
    printwork.paper_grain(canvas, 2.5)


def _inks(canvas: Canvas, setting: Setting) -> Inks:
    return inks_of(canvas, setting, setting.background)


def _open(canvas: Canvas, inks: Inks) -> Ground:
    height = canvas.height
    return Ground(
        "floor", height * 0.4, (height * 0.84, height * 0.93), light_on(inks), size=1.15, shadow=0.5
    )


LAYOUTS = (silk, contours, tiles, clouds_of_colour, arches, low_sun)
