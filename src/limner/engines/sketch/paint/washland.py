"""Mountains in Chinese ink: ranges in graded washes that run out into mist, on bare paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.noise import fbm, profile
from limner.engines.sketch.paint.raster import Floats, Rgb, floats, remap, resize, smoothstep

PAPER: Rgb = (246, 241, 228)
INK: Rgb = (30, 32, 38)
_FAR_INK: Rgb = (74, 88, 102)
SEAL: Rgb = (182, 44, 36)


@dataclass(frozen=True, slots=True)
class Wash:
    """A range in ink. tall: share of the short side; peaks: on a square picture; steep: 1 cones, 3 pillars.

    depth: how dark at its crest; fade: over how much of the short side the wash runs out into mist.
    """

    tall: float
    peaks: float
    steep: float
    depth: float
    fade: float
    focus: float = 0.5
    texture: float = 1.0


def sheet(canvas: Canvas, night: bool) -> None:
    """Paper, washed over with thin ink by night."""
    tone = 0.72 if night else 1.0
    rng = canvas.stream("paper")
    clouds = fbm(96, 96, 3, 3, rng, 4)[..., None] - np.float32(0.5)
    rows = np.linspace(0.0, 1.0, 96, dtype=np.float32)[:, None, None]
    light = tone + (1 - tone) * rows**1.3
    canvas.soft(floats(PAPER) * (light + clouds * np.float32(0.10 if night else 0.035)))


def wash_range(canvas: Canvas, base: float, form: Wash, name: str) -> Floats:
    """Paint a range that stands in mist on row base; returns the (width,) rows of its crest."""
    rows = base - _crest(canvas, form, name) * np.float32(canvas.short * form.tall)
    full = floats(np.interp(np.arange(canvas.width), np.arange(len(rows)) * 2, rows))
    top, end = max(0, int(rows.min()) - 4), min(canvas.height, int(base))
    if end - top < 4:
        return full
    y = np.arange(top, end, 2, dtype=np.float32)[:, None]
    below = (y - rows[None]) / np.float32(canvas.short * form.fade)
    inside = np.clip((y - rows[None]) * 0.5 + 0.5, 0, 1)
    rise = smoothstep(base, base - canvas.short * form.tall * 0.55, y)
    canvas.veil(floats(inside * np.minimum(rise * 1.6 + 0.25, 1)), PAPER, top, end)
    deep = np.maximum(below, 0)
    streaks = _hanging(canvas, deep, form, name)
    wash = np.float32(0.30) * np.exp(-deep * np.float32(0.9)) + np.float32(0.62) * np.exp(
        -deep * np.float32(3.2)
    ) * (np.float32(0.35) + streaks)
    wash += np.maximum(streaks - np.float32(0.62), 0) * np.exp(-deep) * np.float32(1.5 * form.texture)
    line = np.exp(-((below * np.float32(canvas.short * form.fade / (canvas.unit * 3.2))) ** 2))
    press = profile(len(rows), 16, canvas.stream(name + "-press"), 3)
    wash += line * np.maximum(press * np.float32(1.5) - np.float32(0.45), 0)[None] * np.float32(0.55)
    far = min(1.0, max(0.0, 1.25 - form.depth * 1.3))
    color = _mixed(INK, _FAR_INK, far)
    canvas.veil(floats(np.minimum(wash * inside * rise * form.depth, 0.93)), color, top, end)
    return full


def _crest(canvas: Canvas, form: Wash, name: str) -> Floats:
    """Heights 0..1 of the outline, one for every second column."""
    rng = canvas.stream(name)
    wide = canvas.width / canvas.short
    count = canvas.width // 2 + 1
    x = np.linspace(0, wide, count, dtype=np.float32)
    number = max(2, round(form.peaks * wide))
    at = (np.arange(number) + 0.5 + rng.uniform(-0.38, 0.38, number)) / number
    tall = rng.uniform(0.28, 0.80, number)
    main = int(np.argmin(np.abs(at - form.focus)))
    at[main], tall[main] = form.focus, 1.0
    heights = np.zeros(count, np.float32)
    for center, height in zip(at * wide, tall, strict=True):
        reach = height**0.6 * rng.uniform(0.75, 1.15) * 1.15 / form.peaks
        lean = x - center + np.float32(rng.normal(0, 0.03)) * (1 - np.abs(x - center) / reach)
        dome = height * (1 - np.minimum(np.abs(lean) / reach, 1.2) ** form.steep)
        heights = np.maximum(heights, dome)
    heights = np.maximum(heights, 0.10)
    rough = profile(count, 5 * form.peaks * wide, canvas.stream(name + "-rough"), 5, 0.58) - np.float32(0.5)
    return floats(heights * (1 + rough * np.float32(0.34)))


def _hanging(canvas: Canvas, deep: Floats, form: Wash, name: str) -> Floats:
    """Streaks 0..1 that hang from the crest and lean with the slope."""
    rows, columns = deep.shape
    rng = canvas.stream(name + "-streaks")
    wide = canvas.width / canvas.short
    tile = fbm(columns, 64, 46 * wide, 2.6, rng, 4, 0.62)
    x = np.broadcast_to(np.arange(columns, dtype=np.float32)[None], deep.shape)
    sway = resize(
        fbm(max(2, columns // 8), max(2, rows // 8), 6 * wide, 5, rng, 2) - np.float32(0.5), columns, rows
    )
    reach = np.float32(columns / wide * 0.05)
    return remap(tile, x + sway * reach * np.float32(0.8), deep * np.float32(15) + sway * 4, "mirror")


def mist(canvas: Canvas, row: float, half_height: float, name: str, strength: float = 0.9) -> None:
    """Empty paper that drifts across about a row."""
    canvas.mist(row, half_height, PAPER, strength, name)


def disc(canvas: Canvas, x: float, y: float, radius: float, color: Rgb, strength: float) -> None:
    """A sun in thin red, or a moon left white."""
    canvas.fill(ellipse(x, y, radius, radius), color, alpha=strength, blur=max(1.0, radius * 0.05))


def _mixed(a: Rgb, b: Rgb, share: float) -> Rgb:
    red, green, blue = (p * (1 - share) + q * share for p, q in zip(a, b, strict=True))
    return red, green, blue
