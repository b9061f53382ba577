"""A printed poster: sunburst, bands, a great circle, mid-century shapes, leaves, a landscape."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint import ornament, printwork
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box, ellipse, smooth, star
from limner.engines.sketch.paint.inks import Inks, light_on
from limner.engines.sketch.paint.palette import mix, shift
from limner.engines.sketch.scene.places.ground import Ground, Setting, vary
from limner.engines.sketch.scene.places.printed import inks_of

_AT_SEA = frozenset(
    [
        "palm",
        "surfboard",
        "boat",
        "ship",
        "umbrella",
        "fish",
        "whale",
        "dolphin",
        "crab",
        "shell",
        "lighthouse",
        "sailboat",
        "turtle",
        "starfish",
        "anchor",
    ]
)
_IN_HILLS = frozenset(
    [
        "mountain",
        "pine",
        "bear",
        "deer",
        "fox",
        "wolf",
        "tent",
        "tree",
        "house",
        "castle",
        "cow",
        "sheep",
        "horse",
        "rabbit",
        "balloon",
        "eagle",
        "owl",
    ]
)


def sunburst(canvas: Canvas, setting: Setting) -> Ground:
    """Rays, a striped sun, and sea, hills or a plain floor below it."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    x, y = width * 0.5, height * 0.60
    printwork.flat(canvas, inks.ground, inks.second)
    printwork.sunburst(canvas, x, y, inks.paper, 0.22)
    radius = min(short * 0.36, height * 0.34)
    printwork.striped_sun(canvas, x, y, radius, inks.accent, mix(inks.accent, inks.second, 0.35))
    top = height * 0.76
    if setting.nouns & _IN_HILLS:
        printwork.ridges(canvas, inks, height * 0.70, 3)
    elif setting.nouns & _AT_SEA or not setting.nouns:
        printwork.sea(canvas, inks, top)
    else:
        printwork.floor_strip(canvas, inks, height * 0.84)
    return _finished(canvas, inks, 0.90, 0.955)


def bands(canvas: Canvas, setting: Setting) -> Ground:
    """Broad diagonal bands, a circle and halftone dots."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, inks.ground)
    side = 1 if canvas.stream("side").random() < 0.5 else -1
    angle = -35.0 * side
    start = -height * 0.02
    for k, color in enumerate((inks.second, inks.accent, inks.cool, inks.deep)):
        printwork.band(canvas, start + short * (0.10 + 0.155 * k), short * 0.155, color, angle)
    printwork.band(canvas, start + short * 0.72, canvas.height, mix(inks.deep, inks.cool, 0.25), angle)
    x, y, radius = width * 0.5, height * 0.60, min(short * 0.33, height * 0.31)
    printwork.disc_of(canvas, x, y, radius * 1.07, inks.paper)
    printwork.disc_of(canvas, x, y, radius, shift(inks.second, 0.02), mix(inks.ground, inks.paper, 0.35))
    corner = width * (0.5 - side * 0.5)
    printwork.halftone(canvas, corner, 0, short * 0.36, short * 0.030, mix(inks.ground, inks.deep, 0.20))
    return _finished(canvas, inks, 0.84, 0.90, frame=False)


def great_circle(canvas: Canvas, setting: Setting) -> Ground:
    """A gradient in a frame, with a great circle and rings behind what is shown."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, mix(inks.ground, inks.cool, 0.18), mix(inks.second, inks.paper, 0.25))
    x, y, radius = width * 0.5, height * 0.57, min(short * 0.34, height * 0.33)
    for k in range(4):
        tone = mix(inks.ground, inks.paper, 0.45)
        printwork.ring(canvas, x, y, radius * (1.14 + 0.15 * k), short * (0.007 - 0.0012 * k), tone)
    printwork.disc_of(
        canvas, x, y, radius, mix(inks.accent, inks.paper, 0.12), mix(inks.accent, inks.second, 0.30)
    )
    top = height * 0.82
    floor = mix(inks.cool, inks.deep, 0.22)
    canvas.polygon(box(0, top, width, height + 2), floor)
    canvas.polygon(box(0, top, width, top + short * 0.012), inks.paper)
    for k in range(5):
        line = top + (height - top) * (0.22 + 0.17 * k)
        canvas.polygon(box(width * 0.06, line, width * 0.94, line + short * 0.004), shift(floor, 0.05))
    return _finished(canvas, inks, 0.865, 0.92)


def atomic(canvas: Canvas, setting: Setting) -> Ground:
    """Mid-century shapes: boomerangs, bursts and drops about a free middle."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, inks.second if not inks.dark else inks.ground)
    rng = canvas.stream("atomic")
    panels = (inks.ground, inks.accent, inks.cool, mix(inks.ground, inks.deep, 0.35))
    count = max(4, round(4 * width / short))
    for k in range(count):
        x0, x1 = width * k / count, width * (k + 1) / count
        top = height * float(rng.uniform(0.30, 0.62))
        shape = smooth(
            [
                (x0, top),
                ((x0 + x1) / 2, top - height * 0.05),
                (x1, top),
                (x1, height * 0.80),
                (x0, height * 0.80),
            ],
            True,
            6,
        )
        canvas.fill(shape, mix(panels[k % 4], inks.second, 0.35), alpha=0.85)
    for _ in range(int(9 * max(1.0, width / short))):
        x, y = float(rng.random()) * width, float(rng.uniform(0.05, 0.62)) * height
        size = short * float(rng.uniform(0.03, 0.07))
        color = (inks.accent, inks.cool, inks.deep)[int(rng.integers(3))]
        if abs(x / width - 0.5) < 0.44 and setting.titled and y < height * 0.36:
            continue
        _burst(canvas, x, y, size, color, int(rng.integers(2)) == 0)
    if setting.nouns & _AT_SEA:
        printwork.sea(canvas, inks, height * 0.76)
    else:
        printwork.floor_strip(canvas, inks, height * 0.80)
    return _finished(canvas, inks, 0.88, 0.94)


def _burst(
    canvas: Canvas, x: float, y: float, size: float, color: tuple[float, float, float], rays: bool
) -> None:
    if not rays:
        canvas.polygon(star(x, y, size, 4, 0.20), color)
        return
    for k in range(8):
        a = k * math.pi / 4
        reach = size * (1.0 if k % 2 else 0.72)
        end = (x + math.cos(a) * reach, y + math.sin(a) * reach)
        canvas.line([(x, y), end], color, max(1.0, size * 0.05))
        canvas.dot(*end, size * 0.09, color)


def botanical(canvas: Canvas, setting: Setting) -> Ground:
    """Leaves and blossoms all round, paper in the middle."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, mix(inks.ground, inks.paper, 0.25), mix(inks.second, inks.paper, 0.35))
    printwork.disc_of(
        canvas, width / 2, height * 0.55, min(short * 0.40, height * 0.38), mix(inks.paper, inks.second, 0.25)
    )
    canvas.polygon(
        ellipse(width / 2, height * 0.885, short * 0.34, short * 0.045), mix(inks.cool, inks.ground, 0.35)
    )
    rng = canvas.stream("leaves")
    greens = (inks.cool, mix(inks.cool, inks.deep, 0.35), mix(inks.cool, inks.ground, 0.45))
    for x, y in _border(width, height, short * 0.115):
        if setting.titled and y == 0 and abs(x / width - 0.5) < 0.40:
            continue
        inward = math.degrees(math.atan2(height * 0.5 - y, width * 0.5 - x)) + float(rng.normal(0, 28))
        size = short * float(rng.uniform(0.15, 0.24))
        shade = int(rng.integers(3))
        ornament.sprig(canvas, x, y, size, inward, (greens[shade], greens[(shade + 1) % 3]), inks.accent)
    for x, y in _border(width, height, short * 0.21):
        ornament.blossom(
            canvas,
            x + short * float(rng.normal(0, 0.02)),
            y,
            short * float(rng.uniform(0.07, 0.12)),
            inks,
            rng,
        )
    return _finished(canvas, inks, 0.87, 0.90, frame=False)


def _border(width: float, height: float, step: float) -> list[tuple[float, float]]:
    across = np.linspace(0, width, max(2, round(width / step)) + 1)
    down = np.linspace(0, height, max(2, round(height / step)) + 1)[1:-1]
    points = [(float(x), y) for x in across for y in (0.0, height)]
    return points + [(x, float(y)) for y in down for x in (0.0, width)]


def landscape(canvas: Canvas, setting: Setting) -> Ground:
    """A travel poster: sun, flat ridges and firs in a frame."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, inks.ground, mix(inks.second, inks.paper, 0.3))
    x = width * (0.36 if canvas.stream("sun-side").random() < 0.5 else 0.64)
    for k in range(3):
        glow = mix(inks.second, inks.paper, 0.25 + 0.2 * k)
        printwork.disc_of(canvas, x, height * 0.46, short * (0.24 - 0.05 * k), glow)
    printwork.disc_of(canvas, x, height * 0.46, short * 0.105, mix(inks.accent, inks.paper, 0.15))
    if setting.nouns & _AT_SEA:
        printwork.ridges(canvas, inks, height * 0.50, 2)
        printwork.sea(canvas, inks, height * 0.70)
    else:
        printwork.ridges(canvas, inks, height * 0.46, 5, trees=True)
    return _finished(canvas, inks, 0.87, 0.94)


def _inks(canvas: Canvas, setting: Setting) -> Inks:
    return inks_of(canvas, setting, setting.background)


def _finished(canvas: Canvas, inks: Inks, near: float, far: float, frame: bool = True) -> Ground:
    if frame:
        printwork.frame(canvas, inks.paper)
    printwork.paper_grain(canvas)
    height = canvas.height
    stand = (height * near, height * far)
    size = vary(canvas, 1.15, 1.25, "size")
    return Ground("floor", height * 0.45, stand, light_on(inks), size=size, shadow=0.45)


LAYOUTS = (sunburst, bands, great_circle, atomic, botanical, landscape)
