"""A greeting card: corner sprigs, a party, a wreath, baubles, a scalloped label. It minds the season."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from limner.engines.sketch.paint import ornament, printwork
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import box
from limner.engines.sketch.paint.inks import Inks, light_on
from limner.engines.sketch.paint.palette import Palette, mix, shift
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.printed import inks_of

_WINTRY = frozenset(("snowman", "reindeer", "penguin", "sled", "santa claus", "christmas tree", "mrs. claus"))


def corner_sprigs(canvas: Canvas, setting: Setting) -> Ground:
    """Paper in a ruled border, sprigs and blossoms in its corners."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, inks.ground)
    inset = short * 0.055
    page = mix(inks.paper, inks.second, 0.12)
    canvas.polygon(box(inset, inset, width - inset, height - inset, short * 0.02), page)
    printwork.frame(canvas, mix(inks.accent, page, 0.35), 0.085, 0.005)
    rng = canvas.stream("corners")
    greens = _greens(inks, setting)
    for cx, cy, heading in ((0, 0, 45), (1, 0, 135), (1, 1, 225), (0, 1, 315)):
        x, y = width * cx + (1 - 2 * cx) * short * 0.06, height * cy + (1 - 2 * cy) * short * 0.06
        big = 0.52 if cy == 0 and _crowned(setting) else 1.0 if (cx + cy) % 2 == 0 else 0.72
        for turn in (-42, 0, 42):
            reach = short * (0.25 if turn else 0.19) * big
            ornament.sprig(canvas, x, y, reach, heading + turn, greens, inks.accent)
        _cluster(canvas, x, y, heading, short * 0.115 * big, inks, setting, rng)
    return _finished(canvas, inks, 0.80, 0.86)


def party(canvas: Canvas, setting: Setting) -> Ground:
    """Bunting above, confetti all over, a floor below."""
    inks = _inks(canvas, setting)
    height, short = canvas.height, canvas.short
    printwork.flat(canvas, mix(inks.second, inks.paper, 0.35) if not inks.dark else inks.ground, inks.second)
    rng = canvas.stream("confetti")
    for x, y in printwork.scattered(canvas, rng, short * 0.105):
        middle = abs(x / canvas.width - 0.5) < 0.36 and 0.14 < y / height < 0.80
        if not middle or rng.random() < 0.12:
            ornament.confetto(canvas, x, y, short * float(rng.uniform(0.022, 0.042)), inks, rng)
    ornament.bunting(canvas, inks, -short * 0.008, short * 0.045, "bunting")
    floor = mix(inks.ground, inks.accent, 0.25)
    t = np.linspace(0, canvas.width, 60)
    hill = height * 0.83 - short * 0.03 * np.sin(np.linspace(0, math.pi, 60))
    canvas.polygon(
        np.concatenate([np.column_stack([t, hill]), [(canvas.width, height + 2), (0, height + 2)]]), floor
    )
    for k in range(40):
        canvas.dot(
            float(rng.random()) * canvas.width,
            height * float(rng.uniform(0.86, 1.0)),
            short * 0.006,
            inks.bright[k % 4],
        )
    return _finished(canvas, inks, 0.87, 0.93)


def wreath(canvas: Canvas, setting: Setting) -> Ground:
    """A ring of leaves with room inside it."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    page = mix(inks.paper, inks.second, 0.35) if not inks.dark else inks.ground
    printwork.flat(canvas, page)
    printwork.frame(canvas, mix(inks.accent, page, 0.3), 0.04, 0.006)
    rng, greens = canvas.stream("wreath"), _greens(inks, setting)
    rx, ry = width * 0.5 - short * 0.155, height * 0.5 - short * 0.155
    rx, ry = min(rx, ry * 1.8), min(ry, rx * 1.8)
    count = int(34 * max(1.0, (rx + ry) / short / 0.7))
    for k in range(count):
        a = 2 * math.pi * k / count
        if _crowned(setting) and math.sin(a) < -0.25:
            continue
        x, y = width / 2 + rx * math.cos(a), height / 2 + ry * math.sin(a)
        heading = math.degrees(math.atan2(ry * math.cos(a), -rx * math.sin(a)))
        lean = 28 if k % 2 else -28
        ornament.sprig(
            canvas,
            x,
            y,
            short * float(rng.uniform(0.10, 0.15)),
            heading + lean,
            greens[k % 2 :] + greens[:1],
            inks.accent,
        )
    for k in range(7):
        a = 2 * math.pi * (k / 7) + 0.35
        if _crowned(setting) and math.sin(a) < -0.1:
            continue
        x, y = width / 2 + rx * math.cos(a), height / 2 + ry * math.sin(a)
        motif = ornament.SEASONAL[_season(setting)][0]
        motif(canvas, x, y, short * float(rng.uniform(0.075, 0.11)), inks, rng)
    return _finished(canvas, inks, 0.68, 0.74, 0.85)


def hanging(canvas: Canvas, setting: Setting) -> Ground:
    """Baubles on threads over a deep ground in a gold rule, snow or petals in the air."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    base = inks.ground if inks.dark else mix(inks.cool, inks.deep, 0.45)
    printwork.flat(canvas, shift(base, -0.02), shift(base, 0.06))
    rng = canvas.stream("air")
    night = _night(inks)
    for x, y in printwork.scattered(canvas, rng, short * 0.14):
        if rng.random() < 0.55:
            motif = ornament.snowflake if _season(setting) == "winter" else ornament.sparkle
            motif(canvas, x, y, short * float(rng.uniform(0.02, 0.045)), night, rng)
    printwork.frame(canvas, (222.0, 188.0, 110.0), 0.03, 0.006)
    count = max(5, round(6 * width / short))
    for k in range(count):
        x = width * (k + 0.5) / count
        outer = abs(x / width - 0.5) * 2
        if setting.titled and outer < 0.70:
            continue
        drop = height * (0.05 + 0.17 * outer + float(rng.uniform(0, 0.05)))
        color = (inks.accent, (222.0, 188.0, 110.0), inks.paper, inks.cool if inks.dark else inks.second)[
            k % 4
        ]
        ornament.bauble(canvas, x, drop, short * float(rng.uniform(0.07, 0.10)), color, inks)
    columns = np.linspace(0, width, 80)
    for k in range(2):
        snow = height * (0.84 + 0.07 * k) - short * 0.035 * np.sin(columns / width * math.pi * 1.5 + k * 2.2)
        tone = mix(inks.paper, base, 0.10 + 0.10 * (1 - k))
        canvas.polygon(
            np.concatenate([np.column_stack([columns, snow]), [(width, height + 2), (0, height + 2)]]), tone
        )
    return _finished(canvas, inks, 0.88, 0.94)


def scalloped(canvas: Canvas, setting: Setting) -> Ground:
    """Dots on the ground, a label with a scalloped edge in the middle."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, inks.ground)
    step = short * 0.075
    for row, y in enumerate(np.arange(0, height + step, step * 0.87)):
        for x in np.arange((row % 2) * step / 2, width + step, step):
            canvas.dot(float(x), float(y), step * 0.15, mix(inks.ground, inks.paper, 0.55))
    rx, ry = width * 0.5 - short * 0.115, height * 0.5 - short * 0.115
    _scallops(canvas, rx + short * 0.014, ry + short * 0.014, mix(inks.accent, inks.ground, 0.15))
    page = mix(inks.paper, inks.second, 0.18)
    _scallops(canvas, rx, ry, page)
    inner = short * 0.165
    ruled = (
        () if _crowned(setting) else ((inner, mix(inks.accent, page, 0.45)), (inner + short * 0.005, page))
    )
    for start, tone in ruled:
        canvas.polygon(box(start, start, width - start, height - start, short * 0.03), tone)
    rng = canvas.stream("motifs")
    for x, y in ((0.5, inner / height), (0.5, 1 - inner / height)):
        if _crowned(setting) and y < 0.5:
            continue
        for k in (-1, 0, 1):
            motif = ornament.SEASONAL[_season(setting)][0]
            motif(
                canvas,
                width * x + k * short * 0.075,
                height * y,
                short * (0.085 if k == 0 else 0.055),
                inks,
                rng,
            )
    return _finished(canvas, inks, 0.74, 0.80, 0.9)


def _scallops(canvas: Canvas, rx: float, ry: float, color: tuple[float, float, float]) -> None:
    x, y, radius = canvas.width / 2, canvas.height / 2, canvas.short * 0.042
    canvas.polygon(box(x - rx, y - ry, x + rx, y + ry), color)
    for a, b in (
        ((-rx, -ry), (rx, -ry)),
        ((-rx, ry), (rx, ry)),
        ((-rx, -ry), (-rx, ry)),
        ((rx, -ry), (rx, ry)),
    ):
        count = max(2, round(math.hypot(b[0] - a[0], b[1] - a[1]) / (radius * 1.8)))
        for t in np.linspace(0, 1, count + 1):
            canvas.dot(
                x + a[0] + (b[0] - a[0]) * float(t), y + a[1] + (b[1] - a[1]) * float(t), radius, color
            )


def _cluster(
    canvas: Canvas,
    x: float,
    y: float,
    heading: float,
    size: float,
    inks: Inks,
    setting: Setting,
    rng: np.random.Generator,
) -> None:
    motif = ornament.SEASONAL[_season(setting)][0]
    for reach, turn, share in ((0.75, -50, 0.7), (0.75, 50, 0.7), (0.25, 0, 1.0)):
        a = math.radians(heading + turn)
        motif(canvas, x + math.cos(a) * size * reach, y + math.sin(a) * size * reach, size * share, inks, rng)


def _greens(inks: Inks, setting: Setting) -> tuple[tuple[float, float, float], ...]:
    base = (176.0, 110.0, 60.0) if _season(setting) == "autumn" else (88.0, 142.0, 98.0)
    green = mix(inks.cool, base, 0.6)
    return green, shift(green, -0.09), shift(green, 0.06)


def _night(inks: Inks) -> Inks:

    return replace(inks, ground=inks.deep)


def _crowned(setting: Setting) -> bool:
    """Whether a title stands above a body, so that the upper edge is kept free."""
    return setting.titled and setting.figures > 0


def _season(setting: Setting) -> str:
    return "winter" if setting.nouns & _WINTRY else setting.palette.season


def _inks(canvas: Canvas, setting: Setting) -> Inks:
    palette = Palette(setting.palette.time, _season(setting))
    return inks_of(canvas, replace(setting, palette=palette), setting.background)


def _finished(canvas: Canvas, inks: Inks, near: float, far: float, size: float = 1.05) -> Ground:
    printwork.paper_grain(canvas, 1.6)
    height = canvas.height
    return Ground("floor", height * 0.4, (height * near, height * far), light_on(inks), size=size, shadow=0.4)


LAYOUTS = (corner_sprigs, party, wreath, hanging, scalloped)
