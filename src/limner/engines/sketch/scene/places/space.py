"""Space without ground: a nebula, a planet's limb, a ringed giant with moons, a comet, a galaxy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import boulder
from limner.engines.sketch.paint.cosmos import comet, galaxy, hue_of, nebula, stars
from limner.engines.sketch.paint.globes import Globe, globe
from limner.engines.sketch.paint.light import LIGHTS, Light
from limner.engines.sketch.paint.palette import WHITE, lch, mix
from limner.engines.sketch.paint.streetware import shine
from limner.engines.sketch.scene.places.ground import Ground, Setting, sun_side, vary

_LIFT = {"dawn": 0.03, "day": 0.04, "dusk": 0.02, "night": 0.0}
_PLANET_HUES = (25, 45, 65, 350, 195, 235, 260, 165, 305)


def space_light(canvas: Canvas) -> Light:
    """Hard light from one side, and the dim violet of the sky."""
    light = LIGHTS["day"].from_side(sun_side(canvas))
    return replace(
        light,
        ambient=(0.42, 0.40, 0.62),
        bounce=(0.36, 0.30, 0.52),
        haze=(0.34, 0.30, 0.50),
        shadow=(0.06, 0.05, 0.12),
    )


def giant(hue: float, ringed: bool = False) -> Globe:
    """A banded planet of this hue."""
    tones = (lch(0.40, 0.11, hue + 25), lch(0.66, 0.13, hue), lch(0.90, 0.06, hue - 25))
    return Globe("bands", tones, -18, lch(0.84, 0.06, hue - 10) if ringed else None, lch(0.72, 0.12, hue))


def contrast_hue(canvas: Canvas, hue: float, name: str) -> float:
    """A planet's hue that stands out from a sky of this hue."""
    apart = [h for h in _PLANET_HUES if abs((h - hue + 180) % 360 - 180) > 70]
    return float(apart[int(canvas.stream(name + "-hue").integers(len(apart)))])


def moon(hue: float) -> Globe:
    """A grey or tinted moon with craters."""
    return Globe("craters", (lch(0.38, 0.03, hue), lch(0.64, 0.035, hue), lch(0.90, 0.02, hue)))


def earth() -> Globe:
    """A blue planet with land and clouds."""
    return Globe(
        "seas", (lch(0.46, 0.13, 250), lch(0.62, 0.12, 230), (250, 252, 255)), -20, None, lch(0.78, 0.10, 235)
    )


def sun_vector(canvas: Canvas, rise: float = -0.45) -> tuple[float, float, float]:
    """Where the light comes from: x right, y down, z to the viewer."""
    return sun_side(canvas) * 0.8, rise, 0.55


def clouds(canvas: Canvas, setting: Setting) -> Ground:
    """A great nebula, a small planet and drifting rocks."""
    hue = _deep(canvas, setting, 1.25, 460)
    side, short = sun_side(canvas), canvas.short
    x, y = canvas.width * (0.5 - side * 0.24), canvas.height * vary(canvas, 0.26, 0.34)
    globe(
        canvas, x, y, short * 0.10, giant(contrast_hue(canvas, hue, "planet")), sun_vector(canvas), "planet"
    )
    globe(
        canvas, x + side * short * 0.17, y - short * 0.07, short * 0.022, moon(60), sun_vector(canvas), "moon"
    )
    _drift(canvas, hue)
    return _floating(canvas)


def limb(canvas: Canvas, setting: Setting) -> Ground:
    """The bright edge of a huge planet below, its sun rising over it."""
    hue = _deep(canvas, setting, 0.8, 480)
    side, width, height, short = sun_side(canvas), canvas.width, canvas.height, canvas.short
    rise = vary(canvas, 0.70, 0.76)
    reach = max(width, height) * 0.95
    sun_x = width * (0.5 + side * 0.26)
    look = earth() if canvas.stream("limb").random() < 0.6 else giant(contrast_hue(canvas, hue, "world"))
    shine(canvas, [(sun_x, height * rise, short * 0.75, 0.5)], lch(0.86, 0.10, 70))
    globe(
        canvas,
        width * (0.5 - side * 0.08),
        height * rise + reach,
        reach,
        look,
        (side * 0.55, -0.95, 0.12),
        "world",
    )
    shine(canvas, [(sun_x, height * rise + short * 0.02, short * 0.30, 0.9)], lch(0.94, 0.08, 85))
    canvas.glow(sun_x, height * rise + short * 0.02, short * 0.07, WHITE, 1.0, 1.4)
    globe(
        canvas,
        width * (0.5 - side * 0.30),
        height * 0.26,
        short * 0.06,
        moon(40),
        sun_vector(canvas, 0.2),
        "moon",
    )
    return _floating(canvas)


def rings(canvas: Canvas, setting: Setting) -> Ground:
    """A ringed giant and three moons."""
    hue = _deep(canvas, setting, 0.85, 420)
    side, width, height, short = sun_side(canvas), canvas.width, canvas.height, canvas.short
    x, y = width * (0.5 + side * vary(canvas, 0.12, 0.20, "giant-x")), height * vary(canvas, 0.32, 0.40)
    look = replace(giant(contrast_hue(canvas, hue, "giant"), True), tilt=-16.0 * side)
    globe(
        canvas,
        width * (0.5 - side * 0.38),
        height * 0.18,
        short * 0.035,
        moon(250),
        sun_vector(canvas),
        "moon-a",
    )
    globe(canvas, x, y, short * 0.205, look, sun_vector(canvas), "giant")
    globe(
        canvas,
        width * (0.5 - side * 0.30),
        height * 0.62,
        short * 0.072,
        giant(contrast_hue(canvas, hue, "moon-b")),
        sun_vector(canvas),
        "moon-b",
    )
    globe(
        canvas,
        width * (0.5 + side * 0.40),
        height * 0.74,
        short * 0.026,
        moon(30),
        sun_vector(canvas),
        "moon-c",
    )
    return _floating(canvas)


def wanderer(canvas: Canvas, setting: Setting) -> Ground:
    """A comet crosses a field of stars."""
    hue = _deep(canvas, setting, 0.55, 720)
    side, width, height, short = -sun_side(canvas), canvas.width, canvas.height, canvas.short
    head = (width * (0.5 + side * 0.16), height * vary(canvas, 0.50, 0.58))
    reach = min(short * 0.85, width * 0.62)
    comet(
        canvas,
        head,
        (head[0] - side * reach, head[1] - min(reach * 0.62, height * 0.5)),
        lch(0.80, 0.10, hue - 30),
    )
    globe(
        canvas,
        width * (0.5 + side * 0.34),
        height * 0.20,
        short * 0.085,
        giant(contrast_hue(canvas, hue, "planet")),
        sun_vector(canvas),
        "planet",
    )
    globe(
        canvas,
        width * (0.5 - side * 0.36),
        height * 0.84,
        short * 0.05,
        moon(280),
        sun_vector(canvas),
        "moon",
    )
    return _floating(canvas)


def spiral(canvas: Canvas, setting: Setting) -> Ground:
    """A spiral galaxy fills the sky."""
    hue = _deep(canvas, setting, 0.35, 620)
    side = sun_side(canvas)
    x, y = canvas.width * (0.5 - side * 0.06), canvas.height * vary(canvas, 0.40, 0.46)
    galaxy(canvas, x, y, canvas.short * 0.56, hue)
    globe(
        canvas,
        canvas.width * (0.5 + side * 0.36),
        canvas.height * 0.80,
        canvas.short * 0.09,
        giant(contrast_hue(canvas, hue, "planet"), True),
        sun_vector(canvas),
        "planet",
    )
    return _floating(canvas)


def _deep(canvas: Canvas, setting: Setting, amount: float, count: int) -> float:
    """The dark with its clouds and stars; returns its hue."""
    hue = hue_of(setting.palette) + vary(canvas, -25, 25, "space-hue") + 250
    nebula(canvas, hue, canvas.height, amount, _LIFT[setting.palette.time])
    stars(canvas, canvas.height, count)
    return hue


def _drift(canvas: Canvas, hue: float) -> None:
    """Rocks that float across the lower part."""
    rng, short = canvas.stream("drift"), canvas.short
    tones = (mix(lch(0.66, 0.05, hue + 40), WHITE, 0.1), lch(0.24, 0.05, hue))
    for t in np.sort(rng.random(16)).tolist():
        x = float(rng.random())
        y = 0.70 + 0.18 * (x - 0.5) * sun_side(canvas) + float(rng.normal(0, 0.06))
        boulder(
            canvas,
            x * canvas.width,
            y * canvas.height,
            short * (0.010 + 0.045 * t**3),
            tones,
            sun_side(canvas),
            rng,
        )


def _floating(canvas: Canvas) -> Ground:
    """Nothing to stand on: bodies float about the middle and cast no shadow."""
    height = canvas.height
    return Ground(
        "none",
        height * 0.02,
        (height * 0.58, height * 0.86),
        space_light(canvas),
        (height * 0.18, height * 0.8),
        shadow=0.0,
    )


LAYOUTS = (clouds, rings, limb, wanderer, spiral)
