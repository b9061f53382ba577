"""Ground on other worlds: the Moon under the Earth, a crater's rim, red mesas, an ice moon."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.cliffs import boulder, crag, ridge_line
from limner.engines.sketch.paint.cosmos import globe, hue_of, nebula, regolith, stars
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.light import Light
from limner.engines.sketch.paint.noise import fbm, profile
from limner.engines.sketch.paint.palette import WHITE, lch, mix, ramp
from limner.engines.sketch.paint.raster import Floats, Rgb, floats
from limner.engines.sketch.scene.places.ground import Ground, Setting, sun_side, vary
from limner.engines.sketch.scene.places.space import contrast_hue, earth, giant, moon, space_light, sun_vector

_DUST = (lch(0.30, 0.02, 285), lch(0.60, 0.015, 270), lch(0.86, 0.012, 90))
_RED = (lch(0.34, 0.09, 30), lch(0.60, 0.12, 42), lch(0.82, 0.09, 62))
_ICE = (lch(0.48, 0.07, 255), lch(0.78, 0.055, 230), lch(0.97, 0.015, 210))
_BASALT = (lch(0.22, 0.04, 300), lch(0.44, 0.05, 310), lch(0.70, 0.06, 330))
_DUSTY_SKY = {
    "dawn": ((0.62, 0.07, 30), (0.78, 0.08, 55), (0.92, 0.06, 80)),
    "day": ((0.64, 0.09, 45), (0.78, 0.085, 60), (0.90, 0.06, 75)),
    "dusk": ((0.34, 0.09, 340), (0.58, 0.13, 25), (0.84, 0.11, 60)),
    "night": ((0.15, 0.05, 300), (0.25, 0.07, 340), (0.40, 0.09, 20)),
}
_LIFT = {"dawn": 0.02, "day": 0.03, "dusk": 0.01, "night": 0.0}


def plain(canvas: Canvas, setting: Setting) -> Ground:
    """A wide lunar plain with hills, the Earth above."""
    floor = canvas.height * vary(canvas, 0.62, 0.68)
    _stars_above(canvas, setting, int(floor) + 4, 0.35)
    side, short = sun_side(canvas), canvas.short
    globe(
        canvas,
        canvas.width * (0.5 - side * 0.22),
        canvas.height * vary(canvas, 0.24, 0.30, "earth"),
        short * 0.135,
        earth(),
        sun_vector(canvas),
        "earth",
    )
    for k in range(2):
        _hills(
            canvas,
            floor + short * 0.012 * k,
            short * (0.13 - 0.05 * k),
            2.2 + k,
            _DUST,
            0.40 - 0.3 * k,
            f"hills{k}",
        )
    regolith(canvas, _crest(canvas, floor, 0.018), _DUST, side, "plain", 20)
    _rocks(canvas, floor, _DUST)
    return _ground(canvas, floor, space_light(canvas))


def rim(canvas: Canvas, setting: Setting) -> Ground:
    """On the rim of a great crater; its far wall across the picture."""
    horizon = canvas.height * vary(canvas, 0.40, 0.46)
    _stars_above(canvas, setting, int(horizon) + 4, 0.6)
    side, width, height, short = sun_side(canvas), canvas.width, canvas.height, canvas.short
    globe(
        canvas,
        width * (0.5 + side * 0.28),
        horizon * 0.42,
        short * 0.05,
        moon(60),
        sun_vector(canvas),
        "moon",
    )
    tones = _BASALT if canvas.stream("stone").random() < 0.5 else _DUST
    _hills(canvas, horizon + short * 0.03, short * 0.10, 2.4, tones, 0.3, "far-peaks")
    near = height * 0.74
    x = np.linspace(-6, width + 6, 120)
    regolith(
        canvas,
        np.column_stack([x, np.full(120, horizon + short * 0.02)]).astype(np.float32),
        tones,
        side,
        "basin",
        12,
    )
    _bowl(canvas, horizon, near, tones, side)
    lip = (
        near
        - short * 0.055 * np.cos((x / width - 0.5) * 5.0)
        + short * 0.03 * (profile(120, 5, canvas.stream("lip"), 4) - 0.5)
    )
    canvas.fill(
        np.concatenate([np.column_stack([x, lip - short * 0.012]), [(width, height), (0, height)]]),
        tones[0],
        alpha=0.5,
        blur=short * 0.02,
    )
    regolith(canvas, floats(np.column_stack([x, lip])), tones, side, "lip-ground", 9)
    _rocks(canvas, near, tones)
    return _ground(canvas, near + short * 0.01, space_light(canvas))


def highlands(canvas: Canvas, setting: Setting) -> Ground:
    """Lunar mountains on both sides of a valley, the Earth low between them."""
    floor = canvas.height * vary(canvas, 0.60, 0.65)
    _stars_above(canvas, setting, int(floor + canvas.short * 0.06), 0.7)
    side, short, width = sun_side(canvas), canvas.short, canvas.width
    globe(
        canvas,
        width * (0.5 + side * 0.05),
        floor - short * 0.20,
        short * 0.085,
        earth(),
        sun_vector(canvas),
        "earth",
    )
    _hills(canvas, floor, short * 0.09, 3.5, _DUST, 0.45, "far-range")
    for k, (x, wide, tall) in enumerate(((0.16, 0.50, 0.34), (0.90, 0.44, 0.27), (0.02, 0.44, 0.46))):
        _peak(
            canvas,
            width * (x if side > 0 else 1 - x),
            floor + short * 0.02 * k,
            short * wide,
            short * tall,
            _DUST,
            k,
        )
    regolith(canvas, _crest(canvas, floor + short * 0.03, 0.02), _DUST, side, "valley", 14)
    _rocks(canvas, floor, _DUST)
    return _ground(canvas, floor + short * 0.03, space_light(canvas))


def gorge(canvas: Canvas, setting: Setting) -> Ground:
    """Between red walls that open on a plain."""
    time, side, short, width = setting.palette.time, sun_side(canvas), canvas.short, canvas.width
    floor = canvas.height * vary(canvas, 0.60, 0.66)
    zenith, middle, low = (lch(*c) for c in _DUSTY_SKY[time])
    _dusty_sky(canvas, int(floor + short * 0.06), zenith, middle, low)
    if time in ("night", "dusk"):
        stars(canvas, int(floor * 0.8), 240)
    _small_sun(canvas, width * (0.5 - side * 0.08), floor * 0.5, low, time)
    tones = _dimmed(_RED, zenith, {"night": 0.55, "dusk": 0.18}.get(time, 0.0))
    for k, (reach, rise) in enumerate(((0.40, 0.24), (0.30, 0.38), (0.19, 0.54))):
        for s in (-1, 1):
            _gorge_wall(
                canvas,
                s,
                reach,
                floor + short * 0.03 * k,
                short * rise,
                tones,
                mix(middle, low, 0.4),
                0.45 - 0.2 * k,
            )
    regolith(canvas, _crest(canvas, floor + short * 0.04, 0.02), tones, side, "gorge-floor", 3)
    _rocks(canvas, floor, tones)
    light = space_light(canvas)
    return _ground(canvas, floor + short * 0.04, light if time == "night" else _dusty(light))


def mesas(canvas: Canvas, setting: Setting) -> Ground:
    """Red table mountains under a dusty sky with two small moons."""
    floor = canvas.height * vary(canvas, 0.58, 0.64)
    time, side, short, width = setting.palette.time, sun_side(canvas), canvas.short, canvas.width
    zenith, middle, low = (lch(*c) for c in _DUSTY_SKY[time])
    _dusty_sky(canvas, int(floor + short * 0.06), zenith, middle, low)
    if time in ("night", "dusk"):
        stars(canvas, int(floor * 0.8), 240)
    _small_sun(canvas, width * (0.5 + side * 0.27), floor * (0.34 if time == "day" else 0.66), low, time)
    globe(
        canvas,
        width * (0.5 - side * 0.24),
        floor * 0.28,
        short * 0.036,
        moon(40),
        sun_vector(canvas),
        "phobos",
    )
    globe(
        canvas,
        width * (0.5 - side * 0.07),
        floor * 0.16,
        short * 0.016,
        moon(40),
        sun_vector(canvas),
        "deimos",
    )
    tones = _dimmed(_RED, zenith, {"night": 0.55, "dusk": 0.18}.get(time, 0.0))
    for k, (x, wide, tall) in enumerate(((0.30, 0.34, 0.16), (0.78, 0.26, 0.24), (0.10, 0.26, 0.30))):
        at = width * (x if side > 0 else 1 - x)
        _mesa(
            canvas,
            at,
            floor + short * 0.016 * k,
            short * wide,
            short * tall,
            tones,
            mix(middle, low, 0.4),
            0.5 - 0.2 * k,
            k,
        )
    regolith(canvas, _crest(canvas, floor, 0.02), tones, side, "red-plain", 5)
    _rocks(canvas, floor, tones)
    light = space_light(canvas)
    return _ground(canvas, floor, light if time == "night" else _dusty(light))


def _dusty(light: Light) -> Light:
    """The same light through red dust."""
    return replace(
        light,
        key=(1.12, 0.94, 0.78),
        ambient=(0.62, 0.48, 0.44),
        bounce=(0.66, 0.40, 0.30),
        haze=(0.80, 0.58, 0.46),
    )


def _peak(
    canvas: Canvas, x: float, foot: float, wide: float, tall: float, tones: tuple[Rgb, Rgb, Rgb], k: int
) -> None:
    """A worn mountain of bare rock."""
    rng = canvas.stream(f"peak{k}")
    points = [(-0.85, 0.0), (-0.5, 0.38), (-0.22, 0.80), (0.0, 1.0), (0.20, 0.78), (0.48, 0.46), (0.90, 0.0)]
    outline = ridge_line([(x + a * wide, foot - b * tall) for a, b in points], wide * 0.012, rng, 10)
    lit, shade = mix(tones[1], tones[2], 0.5), mix(tones[0], (10, 8, 24), 0.35)
    crag(canvas, floats(outline), (lit, shade), sun_side(canvas), f"peak-rock{k}")


def _gorge_wall(
    canvas: Canvas,
    s: int,
    reach: float,
    foot: float,
    tall: float,
    tones: tuple[Rgb, Rgb, Rgb],
    haze: Rgb,
    share: float,
) -> None:
    """One red cliff at the left (s = -1) or the right."""
    rng, width = canvas.stream(f"gorge{s}{reach}"), canvas.width
    points = [
        (-0.05, 1.0),
        (reach * 0.55, 0.96),
        (reach * 0.72, 0.62),
        (reach * 0.80, 0.28),
        (reach * 1.15, 0.0),
        (-0.05, -0.1),
    ]
    outline = ridge_line(
        [(width * (x if s < 0 else 1 - x), foot - y * tall) for x, y in points], canvas.short * 0.007, rng, 10
    )
    lit, shade = mix(mix(tones[1], tones[2], 0.5), haze, share), mix(tones[0], haze, share)
    crag(canvas, floats(outline), (lit, shade), sun_side(canvas), f"gorge-rock{s}{reach}")


def ice(canvas: Canvas, setting: Setting) -> Ground:
    """A cracked white plain with spires of ice, a ringed giant over the horizon."""
    floor = canvas.height * vary(canvas, 0.64, 0.70)
    hue = _stars_above(canvas, setting, int(floor) + 4, 0.8)
    side, short, width = sun_side(canvas), canvas.short, canvas.width
    look = replace(giant(contrast_hue(canvas, hue, "giant"), True), tilt=-20.0 * side)
    globe(
        canvas,
        width * (0.5 - side * 0.17),
        floor * vary(canvas, 0.46, 0.54, "giant"),
        short * 0.19,
        look,
        sun_vector(canvas),
        "giant",
    )
    for k in range(2):
        _hills(
            canvas,
            floor + short * 0.01 * k,
            short * (0.10 - 0.03 * k),
            3 + k,
            _ICE,
            0.45 - 0.25 * k,
            f"ice-hills{k}",
        )
    regolith(canvas, _crest(canvas, floor, 0.012), _ICE, side, "ice-plain", 0)
    _cracks(canvas, floor)
    for k, (x, y, tall) in enumerate(
        ((0.05, 0.30, 0.26), (0.14, 0.16, 0.15), (0.95, 0.36, 0.20), (0.86, 0.14, 0.11))
    ):
        _spire(
            canvas, width * (x if side > 0 else 1 - x), floor + (canvas.height - floor) * y, short * tall, k
        )
    return _ground(canvas, floor, space_light(canvas))


def _stars_above(canvas: Canvas, setting: Setting, bottom: int, amount: float) -> float:
    hue = hue_of(setting.palette) + vary(canvas, -25, 25, "space-hue") + 250
    nebula(canvas, hue, bottom, amount, _LIFT[setting.palette.time])
    stars(canvas, bottom, 380)
    return hue


def _crest(canvas: Canvas, floor: float, rough: float) -> Floats:
    x = np.linspace(-6, canvas.width + 6, 160)
    bend = canvas.short * 0.030 * np.cos((x / canvas.width - 0.5) * 2.2)
    return floats(
        np.column_stack([x, floor - bend - canvas.short * rough * profile(160, 5, canvas.stream("crest"), 5)])
    )


def _hills(
    canvas: Canvas,
    floor: float,
    rise: float,
    cells: float,
    tones: tuple[Rgb, Rgb, Rgb],
    dim: float,
    name: str,
) -> None:
    """Bare hills, each slope in light or in shade."""
    side, rng = sun_side(canvas), canvas.stream(name)
    x = np.linspace(-6, canvas.width + 6, 140)
    y = floor - rise * profile(140, cells * max(1.0, canvas.width / canvas.short) ** 0.7, rng, 5, 0.45)
    lit, shade = mix(tones[1], tones[2], 0.35), mix(tones[0], (10, 8, 24), 0.35)
    base = [(canvas.width + 6, floor + 40), (-6, floor + 40)]
    canvas.fill(
        np.concatenate([np.column_stack([x, y]), base]),
        mix(lit, shade, dim),
        mix(tones[1], shade, 0.35 + dim * 0.5),
    )
    slope = np.gradient(y) * side
    for i in range(2, 138):
        if slope[i] > 0.25 * rise / 14:
            deep = rise * 0.5 * min(1.0, float(slope[i]) / rise * 9)
            canvas.polygon(
                [
                    (x[i], y[i]),
                    (x[i + 1], y[i + 1]),
                    (x[i + 1] - side * deep * 0.5, y[i + 1] + deep),
                    (x[i] - side * deep * 0.5, y[i] + deep),
                ],
                mix(shade, lit, 0.25 * dim + 0.12),
            )


def _rocks(canvas: Canvas, floor: float, tones: tuple[Rgb, Rgb, Rgb]) -> None:
    rng, short, height = canvas.stream("rocks"), canvas.short, canvas.height
    side = sun_side(canvas)
    for t in np.sort(rng.random(15)).tolist():
        x = canvas.width * float(rng.random())
        y = floor + (height - floor) * (0.10 + 0.88 * t)
        size = short * (0.008 + 0.05 * t**2) * float(rng.uniform(0.5, 1.1))
        canvas.fill(
            ellipse(x - side * size * 0.55, y + size * 0.05, size * 0.75, size * 0.14),
            mix(tones[0], (8, 6, 20), 0.5),
            alpha=0.6,
            blur=size * 0.06,
        )
        boulder(canvas, x, y, size, (mix(tones[1], tones[2], 0.6), mix(tones[0], (8, 6, 20), 0.2)), side, rng)


def _bowl(canvas: Canvas, horizon: float, near: float, tones: tuple[Rgb, Rgb, Rgb], side: float) -> None:
    """The inside of a crater as wide as the picture."""
    width, short = canvas.width, canvas.short
    middle = horizon + (near - horizon) * 0.56
    rx, ry = width * 0.56, (near - horizon) * 0.44
    shade, light = mix(tones[0], (8, 6, 20), 0.45), mix(tones[1], tones[2], 0.55)
    canvas.fill(
        ellipse(width / 2, middle - ry * 0.10, rx * 1.05, ry * 1.10, 0, 80),
        light,
        mix(tones[1], tones[0], 0.2),
        blur=short * 0.006,
    )
    canvas.fill(
        ellipse(width / 2, middle, rx, ry, 0, 80),
        shade,
        mix(tones[1], tones[0], 0.4),
        0 if side < 0 else 180,
        blur=short * 0.008,
    )
    canvas.fill(
        ellipse(width / 2 - side * rx * 0.06, middle + ry * 0.22, rx * 0.74, ry * 0.56, 0, 80),
        mix(tones[1], tones[0], 0.45),
        mix(tones[1], tones[2], 0.1),
        blur=short * 0.02,
    )
    for k, (x, tall) in enumerate(((0.50, 0.34), (0.56, 0.22))):
        at, foot = width * x, middle + ry * 0.34
        high = ry * tall * 2
        rng = canvas.stream(f"central{k}")
        outline = ridge_line(
            [(at - high * 0.9, foot), (at, foot - high), (at + high, foot)], high * 0.05, rng
        )
        crag(canvas, outline, (mix(tones[1], tones[2], 0.4), shade), side, f"central-rock{k}")


def _dusty_sky(canvas: Canvas, bottom: int, zenith: Rgb, middle: Rgb, low: Rgb) -> None:
    rows, width = max(bottom // 4, 8), max(canvas.width // 4, 8)
    air = np.repeat(ramp([(0, zenith), (0.6, middle), (1, low)], rows)[:, None], width, 1)
    veil = fbm(width, rows, 2, 7, canvas.stream("dust-veil"), 4)
    t = np.linspace(0.2, 1, rows, dtype=np.float32)[:, None]
    air += (floats(mix(low, WHITE, 0.25)) - air) * (np.clip(veil - 0.45, 0, 1) * 0.9 * t)[..., None]
    canvas.soft(air, 0, bottom)


def _small_sun(canvas: Canvas, x: float, y: float, low: Rgb, time: str) -> None:
    if time == "night":
        return
    canvas.glow(x, y, canvas.short * 0.42, mix(low, WHITE, 0.4), 0.7, 2.0)
    canvas.fill(ellipse(x, y, canvas.short * 0.024, canvas.short * 0.024), mix(low, WHITE, 0.85))


def _dimmed(tones: tuple[Rgb, Rgb, Rgb], color: Rgb, share: float) -> tuple[Rgb, Rgb, Rgb]:
    a, b, c = (mix(tone, color, share) for tone in tones)
    return a, b, c


def _mesa(
    canvas: Canvas,
    x: float,
    foot: float,
    wide: float,
    tall: float,
    tones: tuple[Rgb, Rgb, Rgb],
    haze: Rgb,
    share: float,
    k: int,
) -> None:
    """A flat-topped mountain with a skirt of scree."""
    rng, side = canvas.stream(f"mesa{k}"), sun_side(canvas)
    top = foot - tall
    points = [
        (-0.72, 0.0),
        (-0.46, 0.42),
        (-0.40, 0.94),
        (-0.20, 1.0),
        (0.24, 0.97),
        (0.38, 0.90),
        (0.44, 0.40),
        (0.74, 0.0),
    ]
    outline = ridge_line([(x + a * wide, foot - b * tall) for a, b in points], wide * 0.008, rng, 9)
    lit, shade = mix(mix(tones[1], tones[2], 0.5), haze, share), mix(tones[0], haze, share)
    crag(canvas, floats(outline), (lit, shade), side, f"mesa-rock{k}")
    for level in (0.86, 0.72, 0.60):
        y = foot - tall * level
        half = wide * (0.37 + (1 - level) * 0.10)
        line = ridge_line([(x - half, y), (x + half * 0.97, y + top * 0.0)], wide * 0.004, rng, 24)
        canvas.line(line, mix(shade, lit, 0.2), max(1.0, tall * 0.025))


def _cracks(canvas: Canvas, floor: float) -> None:
    """Blue fissures that widen towards the viewer."""
    rng, height, short = canvas.stream("cracks"), canvas.height, canvas.short
    blue = mix(_ICE[0], _ICE[1], 0.25)
    for _ in range(11):
        x, t = canvas.width * float(rng.uniform(-0.1, 1.1)), float(rng.random()) ** 1.2
        y, points = floor + short * 0.03 + (height - floor) * t, []
        step = short * (0.03 + 0.10 * t)
        heading = float(rng.choice([-1, 1]))
        for _ in range(8):
            points.append((x, y))
            x += heading * step * float(rng.uniform(0.5, 1.2))
            y += step * float(rng.normal(0.05, 0.16))
        canvas.line(points, blue, (1 + 5 * t) * canvas.unit)
        canvas.line(np.add(points, (0, (1 + 3 * t) * canvas.unit)), _ICE[2], max(1.0, 1.5 * t * canvas.unit))


def _spire(canvas: Canvas, x: float, foot: float, tall: float, k: int) -> None:
    """Crystals of ice leaning apart, each with a lit and a shaded face."""
    rng, side = canvas.stream(f"spire{k}"), sun_side(canvas)
    for lean, share in ((-0.30, 0.6), (0.34, 0.72), (0.02, 1.0)):
        high, half = tall * share * float(rng.uniform(0.9, 1.1)), tall * 0.10 * (0.6 + 0.4 * share)
        base, tip = x + lean * tall * 0.5, (x + lean * tall * 0.9, foot - high)
        shoulder = foot - high * 0.78
        edge = math.copysign(half * 0.15, side)
        left = [
            (base - half, foot),
            (base - half * 0.8 + lean * high * 0.3, shoulder),
            tip,
            (base + edge, foot),
        ]
        right = [
            (base + half, foot),
            (base + half * 0.8 + lean * high * 0.3, shoulder),
            tip,
            (base + edge, foot),
        ]
        for face, lit in ((left, side < 0), (right, side > 0)):
            canvas.fill(
                face, mix(_ICE[1], _ICE[2], 0.85 if lit else 0.1), mix(_ICE[0], _ICE[1], 0.7 if lit else 0.2)
            )


def _ground(canvas: Canvas, floor: float, light: Light) -> Ground:
    deep = canvas.height - floor
    return Ground("none", floor, (floor + deep * 0.28, floor + deep * 0.86), light, shadow=0.95)


LAYOUTS = (plain, rim, highlands, ice)
WORLDS = (mesas, ice, gorge, rim)
"""Planets other than the Moon."""
