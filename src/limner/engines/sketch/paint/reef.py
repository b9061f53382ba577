"""Under water: light from the surface, distant reefs, corals, kelp, sponges, shoals, bubbles."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse, smooth, stroke
from limner.engines.sketch.paint.land import brushwork, hills
from limner.engines.sketch.paint.noise import Rng, fbm, profile
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix, ramp, to_lab
from limner.engines.sketch.paint.raster import Rgb, draw_polygons, floats, grid, resize, smoothstep

_TONES = {"dawn": (0.02, 195.0), "day": (0.0, 212.0), "dusk": (-0.08, 262.0), "night": (-0.20, 258.0)}
_ZENITH = {"dawn": 0.65, "day": 0.62, "dusk": 0.40, "night": 0.16}
"""The usual lightness of the zenith: a brighter sky makes brighter water."""
CORALS = (
    (0.66, 0.19, 15),
    (0.72, 0.16, 45),
    (0.62, 0.18, 345),
    (0.70, 0.14, 310),
    (0.82, 0.14, 90),
    (0.74, 0.11, 180),
)
"""OKLCH of what grows on a reef."""


@dataclass(frozen=True, slots=True)
class Water:
    """The colours of the water, from the surface down; shift: lightness added at this hour."""

    top: Rgb
    middle: Rgb
    deep: Rgb
    shift: float

    def at(self, color: Rgb, far: float) -> Rgb:
        """A colour seen through water; far 0..1."""
        return mix(color, mix(self.middle, self.deep, 0.3), 0.10 + 0.62 * far)


def water_of(palette: Palette, turn: float) -> Water:
    """The water of the hour; turn: degrees of hue."""
    shift, hue = _TONES[palette.time]
    level, a, b = to_lab(palette.zenith)
    shift += (float(level) - _ZENITH[palette.time]) * 0.35
    hue += turn + (math.degrees(math.atan2(float(b), float(a))) % 360 - 255) * 0.5
    return Water(
        lch(0.90 + shift * 1.2, 0.075, hue - 20),
        lch(0.62 + shift, 0.105, hue),
        lch(0.30 + shift * 0.5, 0.085, hue + 22),
        shift,
    )


def column(canvas: Canvas, water: Water, rays: float = 1.0, x: float = 0.5) -> None:
    """Fill the picture with water, lit from a point above at share x of the width."""
    width, height = max(canvas.width // 4, 8), max(canvas.height // 4, 8)
    stops = [
        (0.0, water.top),
        (0.32, mix(water.top, water.middle, 0.75)),
        (0.62, mix(water.middle, water.deep, 0.45)),
        (1.0, water.deep),
    ]
    body = resize(ramp(stops, 64)[:, None], 1, height).reshape(height, 1, 3).repeat(width, 1)
    rng = canvas.stream("rays")
    px, py = grid(width, height)
    px, py = px - np.float32(width * x), py + np.float32(0.18 * height)
    streaks = np.interp(np.arctan2(px, py), np.linspace(-1.5, 1.5, 512), profile(512, 22, rng, 3, 0.6))
    away = np.hypot(px, py) / min(width, height)
    shine = smoothstep(0.44, 0.85, streaks) * np.exp(-away * 1.15) * 0.9 * rays + 0.75 * np.exp(-away * 2.6)
    body += (floats(mix(water.top, WHITE, 0.5)) - body) * np.clip(shine, 0, 1)[..., None]
    canvas.soft(body)
    brushwork(canvas, 0, canvas.height, "water-brush", 0.07, 84, 700)


def ripples(canvas: Canvas, water: Water, bottom: int) -> None:
    """The surface seen from below, in rows 0..bottom."""
    rows, columns = max(bottom // 3, 4), max(canvas.width // 3, 4)
    net = fbm(columns, rows, 7 * canvas.width / canvas.short, 20, canvas.stream("ripples"), 3)
    fade = np.linspace(1, 0, rows, dtype=np.float32)[:, None]
    canvas.veil(
        smoothstep(0.52, 0.74, net) * fade * np.float32(0.8),
        mix(water.top, WHITE, 0.7),
        0,
        bottom,
        screen=True,
    )


def far_reefs(canvas: Canvas, water: Water, floor: float, rise: float = 0.22, cells: float = 5.0) -> None:
    """Three ridges in the blue distance."""
    for k in range(3):
        far, near = (
            mix(water.middle, water.deep, 0.30 + 0.22 * k),
            mix(water.middle, water.deep, 0.6 + 0.2 * k),
        )
        hills(
            canvas,
            floor + canvas.short * 0.03 * k,
            canvas.short * rise * (1 - 0.24 * k),
            cells,
            far,
            near,
            f"reef{k}",
        )


def sand_floor(canvas: Canvas, water: Water, floor: float) -> None:
    """Rippled sand from row floor down, with a net of light on it."""
    sand = mix(lch(0.82 + water.shift, 0.06, 85), water.middle, 0.40)
    hills(
        canvas,
        floor + canvas.short * 0.03,
        canvas.short * 0.05,
        2,
        mix(sand, water.middle, 0.35),
        mix(sand, water.deep, 0.25),
        "floor",
        reach=canvas.height - floor,
    )
    top = int(floor + canvas.short * 0.02)
    rows = (canvas.height - top) // 2
    if rows < 8:
        return
    rng = canvas.stream("sand-ripples")
    for t in np.linspace(0.06, 1, 13) ** 1.5:
        x = np.linspace(-5, canvas.width + 5, 60)
        y = (
            floor
            + canvas.short * 0.03
            + (canvas.height - floor) * t
            + canvas.short * 0.022 * t * (profile(60, 6, rng, 3) - 0.5) * 2
        )
        canvas.line(np.column_stack([x, y]), mix(sand, water.deep, 0.22), (1 + 2.4 * t) * canvas.unit)
    net = np.exp(-np.abs(fbm(canvas.width // 2, rows, 12, 16, canvas.stream("caustics"), 2) - 0.5) * 26)
    canvas.veil(
        (net * np.linspace(0.05, 0.5, rows)[:, None]).astype(np.float32),
        mix(water.top, WHITE, 0.5),
        top,
        screen=True,
    )


Grower = Callable[[Canvas, float, float, float, Rgb, Rgb, Rng], None]


def fan(canvas: Canvas, x: float, y: float, size: float, color: Rgb, dark: Rgb, rng: Rng) -> None:
    """A sea fan: a flat lattice of ribs."""
    ribs = np.linspace(0.35, 2.8, 15)
    for angle in ribs:
        c, s = float(np.cos(angle)), float(np.sin(angle))
        tip = float(angle + rng.normal(0, 0.05))
        rib = smooth(
            [
                (x, y),
                (x + c * size * 0.4, y - s * size * 0.5),
                (x + math.cos(tip) * size * 0.85, y - math.sin(tip) * size * 0.95),
            ],
            steps=5,
        )
        canvas.polygon(
            stroke(rib, size * 0.055, size * 0.020), mix(color, dark, abs(float(angle) - 1.57) / 2)
        )
    t = np.linspace(0.4, 2.74, 20)
    for q in (0.35, 0.55, 0.75, 0.92):
        arc = np.column_stack([x + np.cos(t) * size * 0.85 * q, y - np.sin(t) * size * 0.95 * q])
        canvas.line(arc, mix(color, dark, 0.3), max(1.0, size * 0.014))


def branches(canvas: Canvas, x: float, y: float, size: float, color: Rgb, dark: Rgb, rng: Rng) -> None:
    """A branching coral, paler at its tips."""
    foot = np.full((4, 2), (x, y))
    angle, length, wide = np.array([0.9, 1.35, 1.8, 2.25]), np.full(4, size * 0.27), size * 0.085
    for level in range(4):
        step = np.column_stack([np.cos(angle), -np.sin(angle)])
        tip = foot + step * length[:, None]
        side = np.column_stack([-step[:, 1], step[:, 0]]) * wide / 2
        quads = np.stack([foot - side, tip - side * 0.78, tip + side * 0.78, foot + side], 1)
        tone = mix(dark, color, 0.5 + level / 6)
        draw_polygons(canvas.pixels, quads, np.full((len(tip), 3), tone))
        ends = tone if level < 3 else mix(color, WHITE, 0.3)
        for px, py in tip.tolist():
            canvas.dot(px, py, wide * 0.42, ends)
        foot, wide = np.repeat(tip, 2, 0), wide * 0.78
        angle = np.repeat(angle, 2) + np.tile([-0.42, 0.42], len(tip)) + rng.normal(0, 0.12, 2 * len(tip))
        length = np.repeat(length, 2) * rng.uniform(0.68, 0.85, 2 * len(tip))


def tubes(canvas: Canvas, x: float, y: float, size: float, color: Rgb, dark: Rgb, rng: Rng) -> None:
    """Tube sponges of unequal height."""
    for k in rng.permutation(6).tolist():
        tx, tall, half = x + (k - 2.5) * size * 0.15, size * float(rng.uniform(0.4, 0.95)), size * 0.082
        canvas.fill(
            box(tx - half, y - tall, tx + half, y + size * 0.1, half * 0.4), mix(color, WHITE, 0.12), dark, 15
        )
        canvas.polygon(ellipse(tx, y - tall, half, half * 0.45, 0, 20), mix(color, WHITE, 0.35))
        canvas.polygon(ellipse(tx, y - tall, half * 0.65, half * 0.27, 0, 16), mix(dark, (10, 10, 30), 0.35))


def brain(canvas: Canvas, x: float, y: float, size: float, color: Rgb, dark: Rgb, rng: Rng) -> None:
    """A round coral with winding furrows."""
    canvas.fill(ellipse(x, y - size * 0.1, size * 0.6, size * 0.42), mix(color, WHITE, 0.2), dark, 70)
    for _ in range(15):
        angle, out = float(rng.random()) * 6.28, float(rng.random()) ** 0.5
        px, py = (
            x + math.cos(angle) * out * size * 0.48,
            y - size * 0.12 + math.sin(angle) * out * size * 0.31,
        )
        worm = [
            (px - size * 0.07, py),
            (px, py - size * 0.03),
            (px + size * 0.04, py + size * 0.025),
            (px + size * 0.09, py),
        ]
        canvas.line(smooth(worm, steps=4), mix(dark, color, 0.4), max(1.0, size * 0.022))


def anemone(canvas: Canvas, x: float, y: float, size: float, color: Rgb, dark: Rgb, rng: Rng) -> None:
    """A crown of swaying arms on a short foot."""
    canvas.fill(
        box(x - size * 0.20, y - size * 0.28, x + size * 0.20, y + size * 0.08, size * 0.08),
        mix(color, dark, 0.4),
        dark,
    )
    for angle in np.sort(rng.uniform(0.15, 2.99, 26)).tolist():
        reach, bend = size * float(rng.uniform(0.40, 0.66)), float(rng.normal(0, 0.35))
        mx, my = x + math.cos(angle) * reach * 0.55, y - size * 0.25 - math.sin(angle) * reach * 0.55
        tip = (x + math.cos(angle + bend) * reach, y - size * 0.25 - math.sin(angle + bend) * reach)
        arm = smooth([(x + math.cos(angle) * size * 0.16, y - size * 0.24), (mx, my), tip], steps=4)
        canvas.polygon(stroke(arm, size * 0.055, size * 0.03), mix(dark, color, float(rng.uniform(0.5, 1))))
        canvas.dot(tip[0], tip[1], size * 0.024, mix(color, WHITE, 0.45))


def seagrass(canvas: Canvas, x: float, y: float, size: float, color: Rgb, dark: Rgb, rng: Rng) -> None:
    """A tuft of narrow swaying leaves."""
    t = np.linspace(0, 1, 14)
    green = mix(lch(0.58, 0.12, 135), color, 0.12)
    for _ in range(9):
        foot = x + float(rng.normal(0, size * 0.22))
        sway = foot + np.sin(t * 4 + rng.random() * 6) * size * 0.10 * t + size * 0.1 * t**2
        leaf = np.column_stack([sway, y - size * float(rng.uniform(0.7, 1.5)) * t])
        canvas.polygon(
            stroke(leaf, size * 0.075, size * 0.012), mix(green, dark, float(rng.uniform(0.15, 0.6)))
        )


GROWERS: tuple[Grower, ...] = (fan, branches, tubes, brain, anemone, seagrass, branches)


def grow(canvas: Canvas, water: Water, x: float, y: float, size: float, far: float, rng: Rng) -> None:
    """One plant or coral with its foot at (x, y), seen through water; far 0..1."""
    lightness, chroma, hue = CORALS[int(rng.integers(len(CORALS)))]
    color = water.at(lch(lightness + water.shift * 0.5, chroma, hue), far)
    GROWERS[int(rng.integers(len(GROWERS)))](canvas, x, y, size, color, mix(color, water.deep, 0.55), rng)


def kelp(
    canvas: Canvas, water: Water, x: float, foot: float, tall: float, wide: float, far: float, rng: Rng
) -> None:
    """A stalk with leaves on both sides that sways upward from (x, foot)."""
    color = water.at(lch(0.52 + water.shift, 0.11, 125), far)
    t = np.linspace(0, 1, 26)
    phase = float(rng.random()) * 6
    spine = floats(np.column_stack([x + np.sin(t * 5 + phase) * wide * 1.6 * t, foot - tall * t]))
    canvas.polygon(stroke(spine, wide * 0.22, wide * 0.08), mix(color, water.deep, 0.3))
    sign = np.where(np.arange(2, 25) % 2, 1.0, -1.0)
    at, long = spine[2:25], wide * (1.6 - t[2:25] * 0.6)
    steps = ((0, 0), (0.45, -0.42), (0.8, -0.40), (1, -0.22), (0.7, -0.08), (0.35, 0.0))
    leaves = np.stack([at + np.column_stack([sign * long * a, long * b]) for a, b in steps], 1)
    lit = np.asarray([mix(color, mix(water.top, color, 0.4), 0.55 * float(v)) for v in t[2:25]])
    draw_polygons(canvas.pixels, leaves, lit)
