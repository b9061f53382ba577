"""A stage: curtains and spots, a studio sweep, podium steps, beams in a dark hall."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse
from limner.engines.sketch.paint.light import LIGHTS, Light
from limner.engines.sketch.paint.noise import fbm
from limner.engines.sketch.paint.palette import WHITE, lch, mix, ramp, shift
from limner.engines.sketch.paint.raster import Rgb, blend, blur, coverage, grid, remap
from limner.engines.sketch.paint.shell import mottle
from limner.engines.sketch.paint.surfaces import planks
from limner.engines.sketch.scene.places.ground import Ground, Setting, sun_side
from limner.engines.sketch.scene.places.printed import inks_of

_VELVETS = ((0.42, 0.15, 25), (0.36, 0.12, 300), (0.38, 0.09, 255), (0.40, 0.09, 160))
_SPOTLIGHT = Light(
    (-0.35, 0.80, 0.55),
    (1.18, 1.08, 0.92),
    (0.46, 0.42, 0.56),
    (0.50, 0.40, 0.34),
    (1.0, 0.94, 0.80),
    (0.40, 0.28, 0.30),
    (0.12, 0.08, 0.14),
)


def theatre(canvas: Canvas, setting: Setting) -> Ground:
    """Velvet curtains drawn aside, boards, and spots from above."""
    width, height, short = canvas.width, canvas.height, canvas.short
    asked = (setting.background, *setting.colors, lch(*_VELVETS[canvas.turn("velvet", len(_VELVETS))]))
    velvet = next(color for color in asked if color)
    edge = height * 0.70
    back = shift(velvet, -0.16, 0.7)
    canvas.fill(box(0, 0, width, edge + 2), shift(back, -0.06), shift(back, 0.05))
    _velvet(canvas, 0, width, edge, shift(velvet, -0.10, 0.85), "backcloth")
    canvas.fill(box(0, 0, width, edge), shift(back, -0.12), alpha=0.42)
    planks(canvas, edge, lch(0.50, 0.075, 55), "stage-boards")
    canvas.fill(
        box(0, edge - short * 0.01, width, edge + short * 0.03),
        (12.0, 6.0, 10.0),
        alpha=0.5,
        blur=short * 0.015,
    )
    for x in (0.30, 0.5, 0.70):
        _beam(
            canvas,
            (width * x, -short * 0.05),
            (width * (0.5 + (x - 0.5) * 0.6), height * 0.86),
            short * 0.20,
            (255.0, 244.0, 214.0),
            0.26,
        )
    reach = min(width * 0.20, short * 0.26)
    _velvet(canvas, -short * 0.02, reach, height * 0.985, velvet, "left")
    _velvet(canvas, width - reach, width + short * 0.02, height * 0.985, velvet, "right")
    _valance(canvas, velvet)
    return Ground(
        "floor",
        edge - height * 0.2,
        (height * 0.78, height * 0.93),
        _SPOTLIGHT,
        size=1.15,
        shadow=0.9,
        span=(reach * 0.9, width - reach * 0.9),
    )


def sweep(canvas: Canvas, setting: Setting) -> Ground:
    """A studio's paper sweep, floor and wall in one soft curve."""
    inks = inks_of(canvas, setting, setting.background)
    width, height, short = canvas.width, canvas.height, canvas.short
    base = setting.background or (inks.ground if not inks.dark else shift(inks.ground, 0.08))
    rows = [
        shift(base, -0.05),
        base,
        shift(base, 0.035),
        shift(base, -0.02),
        shift(base, 0.02),
        shift(base, -0.03),
    ]
    canvas.soft(np.array(rows, np.float32)[:, None].repeat(3, 1))
    canvas.glow(
        width * (0.5 + sun_side(canvas) * 0.18), height * 0.42, short * 0.70, mix(base, WHITE, 0.6), 0.38, 1.7
    )
    canvas.fill(
        ellipse(width / 2, height * 0.86, short * 0.42, short * 0.085),
        shift(base, 0.06),
        alpha=0.5,
        blur=short * 0.04,
    )
    return Ground(
        "none",
        height * 0.30,
        (height * 0.78, height * 0.88),
        LIGHTS["day"].from_side(sun_side(canvas)),
        size=1.25,
        shadow=0.7,
    )


def podium(canvas: Canvas, setting: Setting) -> Ground:
    """Round steps before an arch, for showing one thing."""
    inks = inks_of(canvas, setting, setting.background)
    width, height, short = canvas.width, canvas.height, canvas.short
    wall = mix(inks.ground, inks.second, 0.5)
    canvas.soft(
        np.array([shift(wall, 0.0), shift(wall, 0.04), shift(wall, 0.01)], np.float32)[:, None].repeat(2, 1)
    )
    floor = height * 0.74
    canvas.fill(box(0, floor, width, height), shift(wall, -0.03), shift(wall, 0.02))
    for at, scale, tone in (
        (0.5, 0.33, mix(inks.cool, wall, 0.35)),
        (0.5, 0.27, mix(inks.accent, wall, 0.35)),
    ):
        t = np.linspace(math.pi, 2 * math.pi, 60)
        spring = floor - short * 0.26
        arc = np.column_stack([width * at + short * scale * np.cos(t), spring + short * scale * np.sin(t)])
        outline = np.concatenate(
            [arc, [(width * at + short * scale, floor), (width * at - short * scale, floor)]]
        )
        canvas.fill(outline, shift(tone, 0.04), shift(tone, -0.03))
    for k, (rx, top, deep) in enumerate(((0.44, 0.86, 0.075), (0.33, 0.80, 0.070))):
        tone = mix(inks.paper, inks.ground, 0.25 + 0.18 * (1 - k))
        x, y, ry = width / 2, height * top, short * rx * 0.20
        canvas.fill(
            ellipse(x, y + short * deep, short * rx * 1.06, ry * 1.15),
            inks.deep,
            alpha=0.22,
            blur=short * 0.025,
        )
        side = np.concatenate(
            [_lower(x, y + short * deep, short * rx, ry), [(x - short * rx, y), (x + short * rx, y)]]
        )
        canvas.fill(side, shift(tone, -0.02), shift(tone, -0.14), 0)
        canvas.fill(ellipse(x, y, short * rx, ry, 0, 80), shift(tone, 0.06), shift(tone, 0.0), 30)
    mottle(canvas, "paint", 0.02)
    stand = (height * 0.79, height * 0.82)
    reach = short * 0.30
    return Ground(
        "none",
        height * 0.3,
        stand,
        LIGHTS["day"].from_side(sun_side(canvas)),
        size=1.05,
        shadow=0.7,
        span=(width / 2 - reach, width / 2 + reach),
    )


def _lower(x: float, y: float, rx: float, ry: float) -> np.ndarray:
    t = np.linspace(0, math.pi, 40)
    return np.column_stack([x + rx * np.cos(t), y + ry * np.sin(t)])


def club(canvas: Canvas, setting: Setting) -> Ground:
    """A dark hall with coloured beams, haze and a shining floor."""
    width, height, short = canvas.width, canvas.height, canvas.short
    rng = canvas.stream("club")
    hues = ((300.0, 220.0), (340.0, 260.0), (180.0, 290.0), (30.0, 330.0))[int(rng.integers(4))]
    dark = lch(0.16, 0.05, hues[0])
    edge = height * 0.72
    canvas.soft(
        np.array([shift(dark, -0.04), dark, shift(dark, 0.07)], np.float32)[:, None].repeat(2, 1),
        0,
        int(edge) + 2,
    )
    canvas.soft(
        np.array([shift(dark, 0.10), shift(dark, 0.0), shift(dark, -0.05)], np.float32)[:, None].repeat(2, 1),
        int(edge),
    )
    count = max(5, round(6 * min(4.0, width / short)))
    for k in range(count):
        x = width * (k + 0.5) / count
        color = lch(0.72, 0.20, hues[k % 2])
        target = (x + float(rng.normal(0, 0.22)) * short, height * float(rng.uniform(0.75, 0.98)))
        _beam(canvas, (x, -short * 0.03), target, short * 0.11, color, 0.42)
        canvas.glow(x, short * 0.02, short * 0.09, mix(color, WHITE, 0.6), 0.9, 1.8)
    haze = np.clip(fbm(max(8, width // 6), max(8, height // 6), 3, 4, canvas.stream("haze"), 4) - 0.35, 0, 1)
    canvas.veil(haze * np.float32(0.35), lch(0.60, 0.15, hues[1]), screen=True)
    for k in range(5):
        tone = lch(0.62, 0.18, hues[k % 2])
        canvas.fill(
            ellipse(width * (0.1 + 0.2 * k), edge + (height - edge) * 0.45, short * 0.16, short * 0.045),
            tone,
            alpha=0.35,
            blur=short * 0.03,
        )
    canvas.fill(
        box(0, edge - short * 0.004, width, edge + short * 0.004),
        lch(0.70, 0.16, hues[1]),
        alpha=0.6,
        blur=short * 0.004,
    )
    return Ground(
        "floor", edge - height * 0.2, (height * 0.80, height * 0.94), _SPOTLIGHT, size=1.15, shadow=0.8
    )


def _beam(
    canvas: Canvas,
    lamp: tuple[float, float],
    target: tuple[float, float],
    half: float,
    color: Rgb,
    strength: float,
) -> None:
    """A cone of light from a lamp, and the pool it makes."""
    columns, rows = 96, 96
    sx, sy = columns / canvas.width, rows / canvas.height
    cone = [
        (lamp[0] - half * 0.10, lamp[1]),
        (lamp[0] + half * 0.10, lamp[1]),
        (target[0] + half, target[1]),
        (target[0] - half, target[1]),
    ]
    mask = coverage([(x * sx, y * sy) for x, y in cone], columns, rows).astype(np.float32) / np.float32(255)
    fade = np.linspace(1.0, 0.35, rows, dtype=np.float32)[:, None]
    canvas.veil(blur(mask, 1.6) * fade * np.float32(strength), color, screen=True)
    canvas.fill(
        ellipse(target[0], target[1], half * 1.05, half * 0.24),
        mix(color, WHITE, 0.3),
        alpha=strength * 0.9,
        blur=half * 0.16,
    )


def _velvet(canvas: Canvas, x0: float, x1: float, bottom: float, color: Rgb, name: str) -> None:
    """Heavy folds between two columns, down to row bottom."""
    left, right, rows = max(0, int(x0)), min(canvas.width, int(x1)), min(canvas.height, int(bottom))
    if right - left < 2 or rows < 2:
        return
    rng, short = canvas.stream(name), canvas.short
    x, y = grid(right - left, rows)
    sway = np.sin(y / rows * 3.0 + rng.uniform(0, 6)) * short * 0.010
    fold = 0.62 * np.sin((x + sway) / (short * 0.0135) + rng.uniform(0, 6)) + 0.38 * np.sin(
        (x - sway) / (short * 0.031)
    )
    lut = ramp(
        [(0, shift(color, -0.20)), (0.55, color), (0.9, shift(color, 0.10)), (1, shift(color, 0.16))], 64
    )[None]
    shade = np.float32(1.06) - np.float32(0.28) * y / rows
    layer = remap(lut, (fold * 0.5 + 0.5) * 63, np.zeros_like(x)) * shade[..., None]
    edge = np.clip(
        np.minimum(x + (2 if left == 0 else 0), x[:, ::-1] + (2 if right == canvas.width else 0)) / 2, 0, 1
    )
    part = canvas.pixels[:rows, left:right]
    part[:] = blend(
        np.ascontiguousarray(part), np.clip(layer, 0, 255).astype(np.uint8), edge.astype(np.float32)
    )


def _valance(canvas: Canvas, velvet: Rgb) -> None:
    """Swags along the top with a gold fringe."""
    short, width = canvas.short, canvas.width
    count = max(3, round(4 * width / short))
    step = width / count
    gold = lch(0.76, 0.11, 82)
    for k in range(count):
        x0, x1 = step * k, step * (k + 1)
        t = np.linspace(0, math.pi, 24)
        hem = np.column_stack([np.linspace(x0, x1, 24), short * (0.075 + 0.065 * np.sin(t))])
        outline = np.concatenate([[(x0, -2)], hem, [(x1, -2)]])
        canvas.fill(outline, shift(velvet, -0.06), shift(velvet, 0.08))
        for j in (0.35, 0.65):
            fold = np.column_stack([np.linspace(x0, x1, 24), short * (0.055 + 0.065 * np.sin(t)) * j])
            canvas.line(fold, shift(velvet, -0.10), max(1.0, short * 0.006))
        canvas.line(hem, gold, max(1.5, short * 0.010))


LAYOUTS = (theatre, sweep, podium, club)
