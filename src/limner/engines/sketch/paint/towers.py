"""Cities from afar: towers in layers of haze with lit windows, a bridge, a quay, roofs, a branch."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette, lch, mix, shift
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.paint.streetware import Spot, after_dark, puff, shine

_WALLS = (
    (0.86, 0.025, 80),
    (0.78, 0.05, 50),
    (0.74, 0.05, 240),
    (0.82, 0.04, 200),
    (0.62, 0.07, 35),
    (0.66, 0.05, 245),
    (0.80, 0.05, 20),
)
_LAMPS = (
    lch(0.88, 0.10, 80),
    lch(0.82, 0.13, 68),
    lch(0.93, 0.05, 95),
    lch(0.80, 0.08, 60),
    lch(0.86, 0.06, 220),
)
_LIT_SHARE = {"dawn": 0.5, "day": 0.95, "dusk": 0.7, "night": 0.6}
_KINDS = ("flat", "spire", "gable", "slant", "steps", "dome", "flat", "flat")


def skyline(
    canvas: Canvas,
    palette: Palette,
    foot: float,
    hero: float,
    tall: float,
    low: float = 0.08,
    layers: int = 3,
    name: str = "city",
) -> None:
    """Layers of towers on row foot, tallest about column hero (share of the width).

    tall, low: heights of the tallest and the lowest, shares of the short side.
    """
    for layer in range(layers):
        rng = canvas.stream(f"{name}{layer}")
        far = 1 - layer / max(1, layers - 1)
        x = -30 * canvas.unit
        while x < canvas.width:
            width = plot(canvas) * float(rng.uniform(0.045, 0.095)) * (1.05 - 0.35 * far)
            near_hero = math.exp(-(((x + width / 2) / canvas.width - hero) ** 2) / (0.035 if layer else 0.09))
            share = (0.28 + 0.72 * float(rng.random())) * (0.30 + 0.70 * near_hero) * (0.62 + 0.38 * far)
            wall = mix(
                _wall(palette, rng), palette.haze, (0.04 if palette.time == "day" else 0.10) + 0.56 * far
            )
            kind = _KINDS[int(rng.integers(len(_KINDS)))]
            tower(
                canvas,
                palette,
                (x, width, foot, canvas.short * (low + (tall - low) * share)),
                wall,
                kind,
                rng,
                far,
            )
            x += width * float(rng.uniform(0.88, 1.16))
        if layer < layers - 1:
            canvas.mist(
                foot - canvas.short * 0.02,
                canvas.short * 0.10,
                mix(palette.haze, palette.sun, 0.2),
                0.5,
                f"{name}-smog{layer}",
            )
    rng = canvas.stream(name + "-hero")
    wall = mix(_wall(palette, rng), palette.zenith, 0.3)
    width = canvas.short * 0.085
    tower(
        canvas,
        palette,
        (hero * canvas.width - width / 2, width, foot, canvas.short * tall * 1.05),
        wall,
        "steps",
        rng,
        0.12,
    )


def plot(canvas: Canvas) -> float:
    """The measure of what stands in rows: the short side, but no more than five to the width."""
    return max(canvas.short, canvas.width / 5)


def _wall(palette: Palette, rng: Rng) -> Rgb:
    if palette.time == "night":
        tone = mix(palette.dark, palette.middle, 0.32)
        return shift(tone, float(rng.uniform(-0.05, 0.06)), 1.1, float(rng.uniform(-40, 40)))
    wall = palette.local(*_WALLS[int(rng.integers(len(_WALLS)))], 0.75)
    return mix(wall, mix(palette.zenith, palette.dark, 0.3), 0.45) if palette.time == "dusk" else wall


def tower(
    canvas: Canvas,
    palette: Palette,
    at: tuple[float, float, float, float],
    wall: Rgb,
    kind: str,
    rng: Rng,
    far: float,
) -> None:
    """One building; at: left edge, width, foot, height in pixels. far: 1 the farthest."""
    x, width, foot, tall = at
    top = foot - tall
    lit = mix(wall, palette.sun, 0.0 if palette.night else 0.2)
    dark = mix(wall, palette.dark, 0.35 * (1 - 0.6 * far))
    tiers = (
        ((0.0, 1.0, 0.22), (0.14, 0.86, 0.10), (0.28, 0.72, 0.0))
        if kind in ("steps", "spire")
        else ((0.0, 1.0, 0.0),)
    )
    shade = width * float(rng.choice([0.26, 0.34, 0.0]))
    for a, b, drop in tiers:
        x0, x1, y = x + a * width, x + b * width, top + drop * tall
        slant = width * 0.30 if kind == "slant" else 0.0
        canvas.fill([(x0, y + slant), (x1, y), (x1, foot), (x0, foot)], lit, mix(wall, palette.haze, 0.3))
        seam = x1 - shade * (b - a)
        if shade:
            canvas.fill(
                [(seam, y + slant * shade / width), (x1, y), (x1, foot), (seam, foot)],
                dark,
                mix(dark, palette.haze, 0.3),
            )
        windows(canvas, palette, (x0, y + slant, seam, foot), wall, rng, far)
        if shade:
            windows(canvas, palette, (seam, y + slant, x1, foot), dark, rng, far, 0.6)
    _crown(canvas, palette, at, kind, lit, dark)


def _crown(
    canvas: Canvas, palette: Palette, at: tuple[float, float, float, float], kind: str, lit: Rgb, dark: Rgb
) -> None:
    """What stands on the roof."""
    x, width, foot, tall = at
    top, middle = foot - tall, x + width / 2
    if kind in ("steps", "spire"):
        canvas.polygon(
            [(middle - width * 0.05, top), (middle, top - tall * 0.20), (middle + width * 0.05, top)], lit
        )
        if after_dark(palette):
            canvas.dot(middle, top - tall * 0.20, 1.8 * canvas.unit, lch(0.7, 0.2, 25))
    elif kind == "gable":
        canvas.polygon([(x, top + 1), (middle, top - width * 0.5), (x + width, top + 1)], dark)
    elif kind == "dome":
        canvas.polygon(ellipse(middle, top + 1, width * 0.42, width * 0.36, 0, 40)[20:], dark)
        canvas.line([(middle, top - width * 0.3), (middle, top - width * 0.75)], dark, 2 * canvas.unit)
    elif kind == "flat":
        canvas.polygon(box(x + width * 0.2, top - width * 0.13, x + width * 0.48, top + 1), dark)
        canvas.polygon(box(x + width * 0.6, top - width * 0.08, x + width * 0.8, top + 1), lit)
    if palette.snowy:
        canvas.polygon(box(x, top - 1, x + width, top + width * 0.05), palette.lit(lch(0.96, 0.01, 240), 0.9))


def windows(
    canvas: Canvas,
    palette: Palette,
    wall_box: tuple[float, float, float, float],
    wall: Rgb,
    rng: Rng,
    far: float,
    share: float = 1.0,
) -> None:
    """A grid of panes inside wall_box, (x0, y0, x1, y1), of which share is drawn."""
    cell = max(4.0, (14 - 7 * far) * canvas.unit)
    own = np.random.default_rng(int(rng.integers(2**32)))
    tall = cell * float(own.choice([1.15, 1.5, 1.9]))
    x0, y0 = int(max(wall_box[0] + cell * 0.5, 0)), int(max(wall_box[1] + cell, 0))
    x1, y1 = int(min(wall_box[2] - cell * 0.2, canvas.width)), int(min(wall_box[3] - cell, canvas.height))
    if x1 - x0 < cell or y1 - y0 < tall:
        return
    table = np.asarray(_pane_colors(palette, wall, far), np.float32)
    column, row = np.arange(x1 - x0) / cell, np.arange(y1 - y0) / tall
    ci, ri = column.astype(int), row.astype(int)
    pick = own.integers(0, len(table), (ri[-1] + 1, ci[-1] + 1))
    shown = own.random(pick.shape) < _LIT_SHARE[palette.time] * share
    inside = ((row % 1) < 0.6)[:, None] & ((column % 1) < 0.55)[None] & shown[ri][:, ci]
    part = canvas.pixels[y0:y1, x0:x1]
    part[inside] = table[pick[ri][:, ci][inside]].astype(np.uint8)


def _pane_colors(palette: Palette, wall: Rgb, far: float) -> list[Rgb]:
    if palette.time == "day":
        return [mix(wall, palette.zenith, share) for share in (0.5, 0.35, 0.6)]
    if palette.night:
        return [mix(c, wall, 0.12 + 0.55 * far) for c in _LAMPS] + [mix(wall, palette.middle, 0.35)] * 2
    return [mix(c, wall, 0.25 + 0.4 * far) for c in _LAMPS[:3]] + [mix(wall, palette.zenith, 0.4)] * 3


def embankment(canvas: Canvas, palette: Palette, y: float) -> None:
    """A quay wall with a row of round trees, and lamps after dark."""
    rng, short = canvas.stream("embankment"), canvas.short
    stone = mix(palette.dark, palette.haze, 0.4)
    canvas.fill(box(0, y, canvas.width, y + short * 0.016), stone, mix(palette.dark, palette.haze, 0.15))
    tones = (palette.leaf(0.0, 0.2), palette.leaf(0.4, 0.6), palette.leaf(0.8, 1.0))
    x = 0.0
    while x < canvas.width:
        radius = short * float(rng.uniform(0.012, 0.024))
        puff(canvas, x, y - radius * 0.8, radius, tones, rng)
        x += radius * float(rng.uniform(1.2, 2.6)) * plot(canvas) / short
    if not after_dark(palette):
        return
    lights: list[Spot] = []
    for x in (np.arange(0.03, 1.0, 0.055 * plot(canvas) / canvas.width) * canvas.width).tolist():
        canvas.line([(x, y + 2), (x, y - short * 0.028)], palette.dark, 1.5 * canvas.unit)
        canvas.dot(x, y - short * 0.03, 2.6 * canvas.unit, lch(0.93, 0.09, 85))
        lights.append((x, y - short * 0.03, short * 0.03, 0.75))
    shine(canvas, lights)


def bridge(canvas: Canvas, palette: Palette, y: float, x0: float, x1: float, tall: float) -> None:
    """A suspension bridge from x0 to x1 with its deck over row y and towers tall px high."""
    steel = mix(mix(palette.dark, lch(0.5, 0.12, 30), 0.35), palette.haze, 0.22)
    lit = mix(steel, palette.sun, 0.25)
    deck = y - tall * 0.13
    left, right = x0 + (x1 - x0) * 0.27, x0 + (x1 - x0) * 0.73
    xs = np.linspace(x0, x1, 91)
    inner = ((xs - (left + right) / 2) / ((right - left) / 2)) ** 2
    outer = np.where(xs < left, (xs - x0) / (left - x0), (x1 - xs) / (x1 - right))
    rise = np.where((xs < left) | (xs > right), np.clip(outer, 0, 1) ** 1.6, 0.12 + 0.88 * inner)
    cable = np.column_stack([xs, deck - tall * rise])
    for a, b in cable[::2].tolist():
        canvas.line([(a, b), (a, deck)], mix(steel, palette.haze, 0.3), 1)
    canvas.line(cable, steel, 3 * canvas.unit)
    canvas.fill(box(x0 - 9, deck, x1 + 9, deck + tall * 0.07), lit, steel)
    for t in (left, right):
        for s in (-1, 1):
            middle = t + s * tall * 0.06
            canvas.fill(
                box(middle - tall * 0.024, deck - tall * 1.08, middle + tall * 0.024, y + tall * 0.18, 2),
                lit,
                steel,
            )
        for share in (0.2, 0.55, 0.95):
            canvas.polygon(
                box(
                    t - tall * 0.07, deck - tall * share, t + tall * 0.07, deck - tall * share + tall * 0.047
                ),
                steel,
            )
    if after_dark(palette):
        for a, b in cable[::3].tolist():
            canvas.dot(a, b, 1.8 * canvas.unit, lch(0.93, 0.08, 85))
        shine(canvas, [(a, deck, tall * 0.11, 0.8) for a in xs[::6].tolist()])
