"""A banner: quiet on one side for words, shapes on the other: circles, waves, a slant, confetti of forms."""

from __future__ import annotations

import math

import numpy as np

from limner.engines.sketch.paint import ornament, printwork
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import smooth
from limner.engines.sketch.paint.inks import Inks, light_on
from limner.engines.sketch.paint.palette import mix, shift
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.printed import inks_of


def circles(canvas: Canvas, setting: Setting) -> Ground:
    """A gradient with great soft circles at one end and a wave along the foot."""
    inks, side = _inks(canvas, setting), _side(canvas)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, inks.ground, inks.second, 0 if side > 0 else 180)
    x = width * (0.5 + side * 0.5) - side * short * 0.45
    for radius, tone in ((0.62, 0.25), (0.46, 0.45), (0.31, 0.70)):
        printwork.disc_of(
            canvas,
            x,
            height * 0.52,
            min(short * radius, width),
            mix(inks.ground, inks.accent, tone),
            mix(inks.second, inks.accent, tone * 0.6),
        )
    printwork.halftone(
        canvas, width * (0.5 - side * 0.5), 0, short * 0.42, short * 0.045, mix(inks.ground, inks.paper, 0.35)
    )
    _wave(canvas, height * 0.86, short * 0.035, mix(inks.cool, inks.ground, 0.15), 0.0)
    _wave(canvas, height * 0.91, short * 0.030, mix(inks.cool, inks.deep, 0.25), 2.0)
    return _finished(canvas, setting, inks)


def slant(canvas: Canvas, setting: Setting) -> Ground:
    """Two colours that meet on a slant, with thin stripes beside the seam."""
    inks, side = _inks(canvas, setting), _side(canvas)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, inks.ground, shift(inks.ground, -0.03))
    seam = width * (0.5 + side * 0.04)
    lean = short * 0.24 * side
    edge = width * (1.02 if side > 0 else -0.02)
    for k, tone in enumerate((inks.paper, inks.accent, inks.deep, inks.cool)):
        shift_x = side * short * (0.0, 0.045, 0.085, 0.11)[k]
        canvas.polygon(
            [
                (seam + lean + shift_x, -2),
                (edge, -2),
                (edge, height + 2),
                (seam - lean + shift_x, height + 2),
            ],
            tone,
        )
    x = width * (0.5 + side * 0.29)
    printwork.disc_of(
        canvas, x, height * 0.5, min(short * 0.36, width * 0.3), mix(inks.cool, inks.paper, 0.28)
    )
    printwork.ring(
        canvas,
        x,
        height * 0.5,
        min(short * 0.42, width * 0.35),
        short * 0.008,
        mix(inks.cool, inks.paper, 0.45),
    )
    return _finished(canvas, setting, inks)


def layered_waves(canvas: Canvas, setting: Setting) -> Ground:
    """Waves of colour that rise towards one end."""
    inks, side = _inks(canvas, setting), _side(canvas)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, mix(inks.ground, inks.paper, 0.35), inks.ground)
    printwork.disc_of(
        canvas, width * (0.5 + side * 0.30), height * 0.34, short * 0.17, mix(inks.accent, inks.paper, 0.1)
    )
    x = np.linspace(0, width, 120)
    rise = (x / width - 0.5) * side
    rng = canvas.stream("waves")
    tones = (
        mix(inks.second, inks.accent, 0.35),
        mix(inks.accent, inks.cool, 0.30),
        mix(inks.cool, inks.paper, 0.15),
        mix(inks.cool, inks.deep, 0.35),
    )
    for k, tone in enumerate(tones):
        phase = float(rng.uniform(0, 6))
        y = (
            height * (0.66 + 0.085 * k - 0.16 * rise * (1 - k / 5))
            + np.sin(x / short * 2.6 + phase) * short * 0.035
        )
        canvas.polygon(
            np.concatenate([np.column_stack([x, y]), [(width, height + 2), (0, height + 2)]]), tone
        )
        canvas.line(np.column_stack([x, y]), shift(tone, 0.09), max(1.0, short * 0.006))
    return _finished(canvas, setting, inks)


def forms(canvas: Canvas, setting: Setting) -> Ground:
    """A free middle among cut-out forms at both ends."""
    inks = _inks(canvas, setting)
    width, height, short = canvas.width, canvas.height, canvas.short
    printwork.flat(canvas, mix(inks.second, inks.paper, 0.45) if not inks.dark else inks.ground)
    rng = canvas.stream("forms")
    for end in (-1, 1):
        for k in range(3):
            x = width * (0.5 + end * 0.5) - end * short * float(rng.uniform(0.0, 0.30))
            y = height * (0.12 + 0.38 * k)
            color = (inks.accent, inks.cool, inks.ground)[(k + (end > 0)) % 3]
            radius = short * float(rng.uniform(0.15, 0.24))
            t = np.linspace(0, 2 * math.pi, 9)[:-1]
            wobble = radius * (1 + 0.18 * np.sin(2 * t + float(rng.uniform(0, 6))))

            blob = smooth(np.column_stack([x + wobble * np.cos(t), y + wobble * np.sin(t)]), True, 10)
            canvas.polygon(blob, mix(color, inks.paper, 0.12))
    for x, y in printwork.scattered(canvas, rng, short * 0.16):
        if abs(x - width / 2) > width * 0.5 - short * 0.55 and rng.random() < 0.8:
            ornament.confetto(canvas, x, y, short * float(rng.uniform(0.04, 0.075)), inks, rng)
    printwork.frame(canvas, mix(inks.line, inks.ground, 0.55), 0.03, 0.004, inner=False)
    return _finished(canvas, setting, inks)


def _stage(canvas: Canvas, setting: Setting) -> tuple[float, float] | None:
    """The columns for bodies: beside the title in a wide banner."""
    width = canvas.width
    if not setting.titled or width < canvas.height * 1.6:
        return None
    return (width * 0.54, width * 0.97) if _side(canvas) > 0 else (width * 0.03, width * 0.46)


def _wave(canvas: Canvas, y: float, swing: float, color: tuple[float, float, float], phase: float) -> None:
    x = np.linspace(0, canvas.width, 120)
    row = y + np.sin(x / canvas.short * 3.0 + phase) * swing
    canvas.polygon(
        np.concatenate(
            [np.column_stack([x, row]), [(canvas.width, canvas.height + 2), (0, canvas.height + 2)]]
        ),
        color,
    )


def _side(canvas: Canvas) -> int:
    return 1 if canvas.stream("side").random() < 0.5 else -1


def _inks(canvas: Canvas, setting: Setting) -> Inks:
    return inks_of(canvas, setting, setting.background)


def _finished(canvas: Canvas, setting: Setting, inks: Inks) -> Ground:
    printwork.paper_grain(canvas, 1.4)
    height = canvas.height
    return Ground(
        "floor",
        height * 0.35,
        (height * 0.88, height * 0.94),
        light_on(inks),
        size=1.7,
        shadow=0.4,
        span=_stage(canvas, setting),
    )


LAYOUTS = (circles, slant, layered_waves, forms)
