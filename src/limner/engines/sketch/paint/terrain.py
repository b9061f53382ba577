"""Mountain ranges: a jagged crest whose faces, snow and woods are found by running it down the slope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Rng, fbm
from limner.engines.sketch.paint.palette import Palette, mix, ramp, shift
from limner.engines.sketch.paint.raster import (
    CUBIC,
    Floats,
    Pixels,
    Rgb,
    blend,
    floats,
    resize,
    smoothstep,
    to_bytes,
)

_STEP, _LEVELS = 2, 80
_SNOW_LINE = {"spring": 0.60, "summer": 0.68, "autumn": 0.64, "winter": 0.22}
_HAZE = {"dawn": 0.92, "day": 0.86, "dusk": 0.84, "night": 0.72}


@dataclass(frozen=True, slots=True)
class Range:
    """One range: tall: share of the short side; peaks: how many on a square picture; focus: where the
    tallest stands; haze: 0 near to 1 far; wooded: share of its height under trees; plain: a hill-like crest.
    """

    tall: float
    peaks: float = 3.0
    focus: float = 0.5
    haze: float = 0.3
    wooded: float = 0.0
    snow: float = 0.0
    rough: float = 1.0


def crest(canvas: Canvas, form: Range, name: str) -> Floats:
    """(columns,) heights 0..1 of a range's outline, one for every second column."""
    rng = canvas.stream(name)
    count = canvas.width // _STEP + 1
    wide = canvas.width / canvas.short
    x = np.linspace(0, wide, count, dtype=np.float32)
    number = max(2, round(form.peaks * wide))
    at = (np.arange(number) + 0.5 + rng.uniform(-0.32, 0.32, number)) / number
    tall = rng.uniform(0.45, 0.82, number)
    main = int(np.argmin(np.abs(at - form.focus)))
    at[main], tall[main] = form.focus, 1.0
    half = tall * rng.uniform(0.9, 1.25, number) * 1.7 / form.peaks
    heights = np.zeros(count, np.float32)
    for center, height, reach in zip(at * wide, tall, half, strict=True):
        cone = height * (1 - (np.abs(x - center) / reach) ** rng.uniform(0.82, 1.05))
        heights = np.maximum(heights, cone)
    heights = np.maximum(heights, 0.12)
    return floats(heights + (_jags(rng, x, form.peaks) - 0.5) * 0.30 * form.rough * heights)


def _jags(rng: Rng, x: Floats, peaks: float) -> Floats:
    """Broken lines of ever shorter spans, in 0..1 about 0.5."""
    out, amplitude, total = np.zeros_like(x), 1.0, 0.0
    for octave in range(6):
        step = 0.5 / peaks / 1.9**octave
        knots = np.arange(int(x[-1] / step) + 3) * step
        out += np.float32(amplitude) * np.interp(x, knots, rng.random(len(knots))).astype(np.float32)
        total += amplitude
        amplitude *= 0.62
    return floats(out / total)


def mountain_range(
    canvas: Canvas, palette: Palette, base: float, form: Range, name: str, sun_side: float
) -> Floats:
    """Paint a range standing on row base, lit from the sun's side; returns the (width,) rows of its crest."""
    tall = canvas.short * form.tall
    rows = base - crest(canvas, form, name) * tall
    top = max(int(rows.min()) - 1, 0)
    height = int(base) - top
    full = floats(np.interp(np.arange(canvas.width), np.arange(len(rows)) * _STEP, rows))
    if height < 4:
        return full
    y = top + np.arange(0, height, _STEP, dtype=np.float32)[:, None]
    below = (y - rows[None]) / np.float32(tall)
    risen = np.clip((base - y) / np.float32(tall), 0, 1.2)
    broad, fine = _grain(canvas, len(rows), len(y), name)
    lit = _faces(rows / np.float32(tall), below, broad, fine, sun_side)
    color = _painted(palette, form, lit, risen - below * 0.30, broad, fine)
    foot = smoothstep(0.62, 0.0, risen) * np.float32(0.5 + 0.3 * form.haze)
    color = blend(color, _flat(color, _air(palette)), np.ascontiguousarray(np.broadcast_to(foot, lit.shape)))
    layer = resize(color, canvas.width, height, CUBIC)
    mask = np.clip(top + np.arange(height, dtype=np.float32)[:, None] - full[None] + 0.5, 0, 1)
    end = min(top + height, canvas.height)
    part = slice(0, end - top)
    canvas.pixels[top:end] = blend(
        canvas.pixels[top:end], np.ascontiguousarray(layer[part]), np.ascontiguousarray(mask[part])
    )
    return full


def _flat(like: Pixels, color: Rgb) -> Pixels:
    height, width = like.shape[:2]
    return np.broadcast_to(np.tile(to_bytes(color), width), (height, 3 * width)).copy().reshape(like.shape)


def _air(palette: Palette) -> Rgb:
    return mix(palette.haze, palette.middle, 0.22)


def _grain(canvas: Canvas, columns: int, rows: int, name: str) -> tuple[Floats, Floats]:
    rng = canvas.stream(name + "-grain")
    wide, tall = columns * _STEP / canvas.short, rows * _STEP / canvas.short
    broad = fbm(columns, rows, 9 * wide, 5 * tall, rng, 3) - np.float32(0.5)
    fine = fbm(columns, rows, 44 * wide, 13 * tall, rng, 3) - np.float32(0.5)
    return broad, fine


def _faces(rows: Floats, below: Floats, broad: Floats, fine: Floats, sun_side: float) -> Floats:
    """1 on faces to the sun: the crest compared with itself a little to either side, further down more."""
    columns = rows.shape[0]
    down = np.clip(below, 0, 1.2)
    unit = np.float32(max(below.shape[0], 8) / max(float(down.max()), 0.2))
    reach = (0.03 + 0.30 * np.minimum(down, 0.6)) * unit + broad * unit * (0.05 + 0.42 * down)
    reach = np.abs(reach + fine * unit * (0.04 + 0.10 * down)) + 1
    at = np.arange(columns, dtype=np.float32)[None]
    left = np.clip(at - reach, 0, columns - 1).astype(np.int32)
    right = np.clip(at + reach, 0, columns - 1).astype(np.int32)
    lean = (rows[left] - rows[right]) * np.float32(-sun_side) * (1 - 0.5 * np.minimum(down, 1))
    lean = lean + fine * 0.16 + broad * 0.07
    return cast(Floats, 0.8 * smoothstep(-0.07, 0.07, lean) + 0.2 * smoothstep(-0.4, 0.4, lean))


def _painted(
    palette: Palette, form: Range, lit: Floats, level: Floats, broad: Floats, fine: Floats
) -> Pixels:
    """Rock, woods at the foot, snow above its line, all in haze, looked up by what it is and how lit."""
    tones = [_ladder(palette, form, *pair) for pair in (_rock(palette), _woods(palette), _snow(palette))]
    line = _SNOW_LINE[palette.season] - form.snow
    uneven = broad * np.float32(0.30) + fine * np.float32(0.55)
    kind = np.where(level + broad * 0.26 + fine * 0.40 < form.wooded, np.uint8(_LEVELS), np.uint8(0))
    kind = np.where(level + uneven + (lit - 0.5) * 0.07 > line, np.uint8(2 * _LEVELS), kind)
    index = kind + (lit * np.float32(_LEVELS - 1)).astype(np.uint8)
    return cast(Pixels, np.take(np.concatenate(tones), index, 0))


def _ladder(palette: Palette, form: Range, shade: Rgb, light: Rgb) -> Pixels:
    """(levels, 3) colours from shade to light, in the haze of the distance."""
    haze = form.haze * _HAZE[palette.time]
    ends = [(0.0, mix(shade, _air(palette), haze)), (1.0, mix(light, _air(palette), haze * 0.88))]
    return to_bytes(ramp(ends, _LEVELS))


def _rock(palette: Palette) -> tuple[Rgb, Rgb]:
    shade = mix(palette.local(0.46, 0.035, 268, 0.25), palette.zenith, 0.25)
    return shade, mix(palette.local(0.74, 0.040, 60, 0.95), palette.sun, 0.10)


def _woods(palette: Palette) -> tuple[Rgb, Rgb]:
    if palette.snowy:
        return palette.local(0.46, 0.035, 220, 0.3), palette.local(0.70, 0.02, 220, 0.8)
    green = palette.season != "autumn"
    lit = palette.local(0.58, 0.095, 142, 0.9) if green else palette.local(0.62, 0.095, 70, 0.9)
    return mix(shift(lit, -0.16, 0.9), palette.zenith, 0.2), lit


def _snow(palette: Palette) -> tuple[Rgb, Rgb]:
    shade = mix(palette.local(0.82, 0.045, 262, 0.35), palette.zenith, 0.22)
    return shade, mix(palette.local(0.985, 0.012, 85, 1.0), palette.sun, 0.30)


def massif(
    canvas: Canvas,
    palette: Palette,
    base: float,
    sun_side: float,
    tall: float = 0.40,
    count: int = 3,
    wooded: float = 0.0,
    name: str = "range",
) -> None:
    """count ranges one before the other, the far one tallest, with mist in the valleys between."""
    rng = canvas.stream(name + "-focus")
    focus = 0.34 if rng.random() < 0.5 else 0.66
    air = mix(palette.haze, palette.sun, 0.25)
    for k in range(count):
        near = k / max(1, count - 1)
        form = Range(
            tall=tall * (1.0, 0.66, 0.40)[min(k, 2)],
            peaks=(2.1, 3.0, 3.6)[min(k, 2)],
            focus=(focus, 1 - focus * 0.8, focus + 0.1)[min(k, 2)],
            haze=0.62 - 0.42 * near,
            wooded=wooded * near + 0.16 * near,
            snow=0.10 * (1 - near) - 0.16 * near,
        )
        row = base - canvas.short * (0.03, 0.012, 0.0)[min(k, 2)]
        mountain_range(canvas, palette, row, form, f"{name}{k}", sun_side)
        band = canvas.short * (0.075, 0.055, 0.04)[min(k, 2)]
        canvas.mist(row - band * 0.3, band, air, 0.8 - 0.2 * near, f"{name}-valley{k}")
