"""Printed motifs drawn flat: sunbursts, striped suns, seas, ridges, frames, halftones, ribbons of colour."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import Points, box, ellipse
from limner.engines.sketch.paint.inks import Inks
from limner.engines.sketch.paint.noise import Rng, profile
from limner.engines.sketch.paint.palette import mix, shift
from limner.engines.sketch.paint.raster import Rgb, floats


def flat(canvas: Canvas, color: Rgb, to: Rgb | None = None, angle: float = 90) -> None:
    """Cover the picture with a colour, or with a gradient to another."""
    if to is None:
        canvas.pixels[:] = np.clip(np.round(color), 0, 255).astype(np.uint8)
    elif angle == 90:
        stops = [mix(color, to, t) for t in np.linspace(0, 1, 9)]
        canvas.soft(np.array(stops, np.float32)[:, None].repeat(2, 1))
    else:
        canvas.fill(box(0, 0, canvas.width, canvas.height), color, to, angle)


def sunburst(canvas: Canvas, x: float, y: float, color: Rgb, alpha: float, count: int = 18) -> None:
    """Rays all round (x, y)."""
    reach = canvas.width + canvas.height
    for k in range(count):
        start, end = 2 * math.pi * k / count, 2 * math.pi * (k + 0.5) / count
        ray = [(x, y)] + [(x + reach * math.cos(a), y + reach * math.sin(a)) for a in (start, end)]
        clipped = np.clip(ray, -reach, 2 * reach)
        canvas.fill(clipped, color, alpha=alpha)


def striped_sun(canvas: Canvas, x: float, y: float, radius: float, color: Rgb, to: Rgb) -> None:
    """A disc whose lower half is cut by ever broader bars that show what lies behind it."""
    t = np.linspace(math.pi, 2 * math.pi, 60)
    upper = np.column_stack([x + radius * np.cos(t), y + radius * np.sin(t)])
    canvas.fill(upper, color, mix(color, to, 0.5))
    for k in range(6):
        low, high = k / 6 + 0.012 * k, (k + 1) / 6 - 0.010
        if high <= low:
            break
        rows = np.linspace(low, min(high, 1.0), 6)
        half = np.sqrt(np.maximum(0, 1 - rows**2)) * radius
        left = np.column_stack([x - half, y + rows * radius])
        right = np.column_stack([x + half, y + rows * radius])[::-1]
        canvas.polygon(np.concatenate([left, right]), mix(mix(color, to, 0.5), to, (k + 1) / 6))


def sea(canvas: Canvas, inks: Inks, top: float, sand: bool = True) -> None:
    """Bands of waves with white crests from row top down, and a beach before them."""
    height, width = canvas.height, canvas.width
    x = np.linspace(0, width, max(60, width // 8))
    deep = height - top
    rng = canvas.stream("swell")
    for k in range(3):
        phase = float(rng.uniform(0, 6))
        cycles = (5 - k) * max(1.0, width / canvas.short) ** 0.7
        y = top + deep * 0.21 * k + np.sin(x / width * math.pi * cycles + phase) * canvas.short * 0.012
        _under(canvas, x, y, mix(inks.cool, inks.paper, 0.30 * (2 - k) / 2))
        _crest(canvas, x, y, canvas.short * 0.009, inks.paper)
    if sand:
        y = (
            top
            + deep * 0.68
            + np.sin(x / width * math.pi * 1.3 + float(rng.uniform(0, 6))) * canvas.short * 0.02
        )
        _under(canvas, x, y - canvas.short * 0.012, mix(inks.paper, inks.cool, 0.12))
        beach = mix(inks.paper, mix(inks.ground, (255.0, 214.0, 150.0), 0.6), 0.55)
        _under(canvas, x, y, beach)
        for u, v in rng.random((int(220 * min(4.0, width / canvas.short)), 2)):
            row = top + deep * (0.74 + 0.26 * v)
            canvas.dot(u * width, row, canvas.short * 0.0014, mix(beach, inks.deep, 0.35))


def ridges(canvas: Canvas, inks: Inks, top: float, count: int = 4, trees: bool = False) -> None:
    """Layered hills, dark towards the viewer, from row top down."""
    height, width = canvas.height, canvas.width
    x = np.linspace(0, width, max(80, width // 6))
    spread = max(1.0, width / canvas.short)
    for k in range(count):
        share = k / max(1, count - 1)
        tone = mix(mix(inks.cool, inks.paper, 0.45), inks.deep, share**0.8 * 0.85)
        swing = (height - top) * (0.34 - 0.16 * share)
        lift = (height - top) * (0.92 * share) * 0.80
        y = (
            top
            + lift
            + swing * (0.5 - profile(len(x), (2.0 + k) * spread, canvas.stream(f"ridge{k}"), 4, 0.45))
        )
        _under(canvas, x, y, tone)
        if trees and 0 < k < count:
            _firs(canvas, x, y, tone, canvas.short * (0.022 + 0.022 * k), f"firs{k}")


def _firs(canvas: Canvas, x: Points | np.ndarray, y: np.ndarray, tone: Rgb, tall: float, name: str) -> None:
    rng = canvas.stream(name)
    for at in np.arange(0, canvas.width, tall * 0.42):
        column = float(at + rng.normal(0, tall * 0.15))
        foot = float(np.interp(column, x, y)) + tall * 0.15
        high = tall * float(rng.uniform(0.55, 1.25))
        half = high * 0.20
        canvas.polygon([(column - half, foot), (column, foot - high), (column + half, foot)], tone)


def _under(canvas: Canvas, x: np.ndarray, y: np.ndarray, color: Rgb) -> None:
    outline = np.concatenate(
        [np.column_stack([x, y]), [(canvas.width, canvas.height + 2), (0, canvas.height + 2)]]
    )
    canvas.polygon(outline, color)


def _crest(canvas: Canvas, x: np.ndarray, y: np.ndarray, thick: float, color: Rgb) -> None:
    canvas.polygon(np.concatenate([np.column_stack([x, y]), np.column_stack([x, y + thick])[::-1]]), color)


def frame(canvas: Canvas, color: Rgb, inset: float = 0.028, thick: float = 0.008, inner: bool = True) -> None:
    """A ruled border; inner adds a thin second line."""
    short, width, height = canvas.short, canvas.width, canvas.height
    lines = [(inset, thick)] + ([(inset + thick * 1.9, thick * 0.28)] if inner else [])
    for start, wide in lines:
        a, b = short * start, max(1.0, short * wide)
        for bar in (
            box(a, a, width - a, a + b),
            box(a, height - a - b, width - a, height - a),
            box(a, a, a + b, height - a),
            box(width - a - b, a, width - a, height - a),
        ):
            canvas.polygon(bar, color)


def ring(canvas: Canvas, x: float, y: float, radius: float, thick: float, color: Rgb) -> None:
    """A circle drawn as a line."""
    t = np.linspace(0, 2 * math.pi, 120)
    points = np.column_stack([x + radius * np.cos(t), y + radius * np.sin(t)])
    canvas.line(points, color, max(1.0, thick))


def halftone(canvas: Canvas, x: float, y: float, reach: float, step: float, color: Rgb) -> None:
    """A lattice of dots that grow smaller away from (x, y)."""
    for row, v in enumerate(np.arange(-reach, reach, step)):
        for u in np.arange(-reach + (row % 2) * step / 2, reach, step):
            near = 1 - math.hypot(float(u), float(v)) / reach
            if near > 0.08:
                canvas.dot(x + float(u), y + float(v), step * 0.42 * near**0.8, color)


def band(canvas: Canvas, offset: float, wide: float, color: Rgb, degrees: float = -35) -> None:
    """A straight band right across the picture, offset from its middle, turned by degrees."""
    reach = canvas.width + canvas.height
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    corners = [(-reach, offset), (reach, offset), (reach, offset + wide), (-reach, offset + wide)]
    middle = np.array([canvas.width / 2, canvas.height / 2])
    turned = np.array([(u * c - v * s, u * s + v * c) for u, v in corners]) + middle
    canvas.polygon(turned, color)


def floor_strip(canvas: Canvas, inks: Inks, top: float) -> None:
    """A plain ground from row top down, with a line of light on its edge."""
    tone = mix(inks.ground, inks.deep, 0.30 if not inks.dark else 0.55)
    canvas.polygon(box(0, top, canvas.width, canvas.height + 2), tone)
    canvas.polygon(box(0, top, canvas.width, top + canvas.short * 0.008), shift(tone, 0.10))


def paper_grain(canvas: Canvas, strength: float = 2.0) -> None:
    """The fine unevenness of printed paper."""
    rng = canvas.stream("paper")
    tile = floats(rng.normal(0, strength, (128, 128)))
    rows, columns = canvas.height // 128 + 1, canvas.width // 128 + 1
    noise = np.tile(tile, (rows, columns))[: canvas.height, : canvas.width]
    canvas.pixels = np.clip(canvas.pixels + noise[..., None] + 0.5, 0, 255).astype(np.uint8)


def scattered(canvas: Canvas, rng: Rng, step: float) -> list[tuple[float, float]]:
    """Points over the whole picture about step px apart, none close to another."""
    points: list[tuple[float, float]] = []
    for row, y in enumerate(np.arange(-step * 0.3, canvas.height + step, step * 0.87)):
        for x in np.arange(-step * 0.3 + (row % 2) * step / 2, canvas.width + step, step):
            points.append((float(x + rng.normal(0, step * 0.09)), float(y + rng.normal(0, step * 0.09))))
    return points


def disc_of(canvas: Canvas, x: float, y: float, radius: float, color: Rgb, to: Rgb | None = None) -> None:
    """A large smooth disc."""
    canvas.fill(ellipse(x, y, radius, radius, 0, 120), color, to)
