"""Windows: frames with panes, what is seen through them, curtains, and the sunlight they let in."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import Points, box, ellipse
from limner.engines.sketch.paint.flora import crown
from limner.engines.sketch.paint.land import hills
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix, shift
from limner.engines.sketch.paint.parts import Tones
from limner.engines.sketch.paint.raster import Floats, Pixels, blend, coverage, resize
from limner.engines.sketch.paint.shell import Shell
from limner.engines.sketch.paint.sky import sky

_VIEW_PX = 300
_WINDOW_LIGHTS = (lch(0.88, 0.10, 80), lch(0.82, 0.13, 68), lch(0.93, 0.05, 95))


def view(
    canvas: Canvas, palette: Palette, wide: float, high: float, town: bool, weather: str | None
) -> Pixels:
    """What lies outside a window wide by high px: hills and trees, or a town; in the weather of the scene."""
    share = _VIEW_PX / max(wide, high, 1.0)
    seed = int(canvas.stream("view").integers(2**31))
    outside = Canvas(max(24, int(wide * share)), max(24, int(high * share)), Streams(seed))
    width, height = outside.width, outside.height
    horizon = height * 0.70
    low = 0.55 if palette.time in ("dawn", "dusk") else 0.28
    sky(outside, palette, int(horizon) + 4, (width * 0.70, height * low), 0.55)
    if town:
        _town(outside, palette, horizon)
    for k in range(1 if town else 3):
        far = mix(palette.leaf(0.75, 0.9), palette.haze, 0.72 - 0.26 * k)
        near = mix(palette.leaf(0.45, 0.8), palette.haze, 0.55 - 0.25 * k)
        row = horizon + height * (0.16 if town else 0.09 * k)
        hills(outside, row, height * (0.05 if town else 0.20 - 0.03 * k), 2, far, near, f"view-hill{k}")
    _bushes(outside, palette)
    if weather in _FALLING:
        _FALLING[weather](outside)
    return outside.pixels


def _town(outside: Canvas, palette: Palette, horizon: float) -> None:
    """Towers in haze, with lit windows in the evening."""
    width, height = outside.width, outside.height
    rng = outside.stream("town")
    for layer in range(3):
        tone = mix(palette.local(0.66 - 0.08 * layer, 0.045, 245, 0.7), palette.haze, 0.70 - 0.24 * layer)
        x = -width * 0.05
        while x < width:
            wide, tall = (
                width * float(rng.uniform(0.06, 0.12)),
                height * float(rng.uniform(0.14, 0.44 - 0.07 * layer)),
            )
            top = horizon + height * 0.14 - tall
            outside.fill(box(x, top, x + wide, height), shift(tone, 0.03), shift(tone, -0.03), 0)
            if layer:
                _panes(outside, palette, (x, top, x + wide), horizon, shift(tone, 0.10))
            x += wide * float(rng.uniform(1.0, 1.5))


def _panes(
    outside: Canvas,
    palette: Palette,
    tower: tuple[float, float, float],
    horizon: float,
    day: tuple[float, float, float],
) -> None:
    rng = outside.stream(f"panes{int(tower[0])}")
    step = outside.short * 0.026
    share = {"dawn": 0.15, "day": 0.0, "dusk": 0.4, "night": 0.5}[palette.time]
    for y in np.arange(tower[1] + step, horizon + outside.height * 0.1, step * 1.3):
        for x in np.arange(tower[0] + step * 0.6, tower[2] - step, step):
            lit = rng.random() < share
            color = _WINDOW_LIGHTS[int(rng.integers(3))] if lit else day
            if lit or not palette.night:
                outside.polygon(box(x, y, x + step * 0.5, y + step * 0.62), color)


def _bushes(outside: Canvas, palette: Palette) -> None:
    rng = outside.stream("bushes")
    greens = (palette.leaf(0.15, 0.4), palette.leaf(0.5, 0.7), palette.leaf(0.9, 0.95))
    for t in np.arange(0.0, 1.05, 0.12):
        radius = outside.short * float(rng.uniform(0.07, 0.12))
        crown(
            outside,
            outside.width * t,
            outside.height * float(rng.uniform(0.95, 1.02)),
            radius,
            greens,
            rng,
            50,
        )


def _rain(outside: Canvas) -> None:
    rng = outside.stream("drops")
    for x, y, long in rng.random((160, 3)):
        start = np.array([x * outside.width, y * outside.height])
        end = start + np.array([-0.012, 0.05]) * outside.height * (0.5 + long)
        tone = outside.pixels[min(int(start[1]), outside.height - 1), min(int(start[0]), outside.width - 1)]
        red, green, blue = (float(v) for v in tone)
        outside.line([start, end], mix((red, green, blue), WHITE, 0.35), 1)


def _snow(outside: Canvas) -> None:
    rng = outside.stream("flakes")
    for x, y, size in rng.random((120, 3)):
        outside.dot(
            x * outside.width, y * outside.height, outside.short * (0.004 + 0.008 * size), (244, 247, 252)
        )


_FALLING = {"rain": _rain, "snow": _snow}


def window(
    canvas: Canvas,
    tones: Tones,
    area: tuple[float, float, float, float],
    view: Pixels,
    panes: tuple[int, int] = (2, 2),
    arched: bool = False,
) -> None:
    """A window over an area (x0, y0, x1, y1), showing view (h, w, 3) through panes across and down."""
    x0, y0, x1, y1 = area
    if x1 - x0 < 6 or y1 - y0 < 6:
        return
    trim, bar = tones["trim"], max(2.0, canvas.short * 0.014)
    canvas.fill(
        _pane(x0 - bar * 2, y0 - bar * 2, x1 + bar * 2, y1 + bar * 2, arched),
        tones["shadow"],
        alpha=0.25,
        blur=bar,
    )
    canvas.fill(_pane(x0 - bar, y0 - bar, x1 + bar, y1 + bar, arched), shift(trim, 0.01), shift(trim, -0.06))
    _through(canvas, _pane(x0, y0, x1, y1, arched), view)
    for k in range(1, panes[0]):
        x = x0 + (x1 - x0) * k / panes[0]
        canvas.fill(box(x - bar * 0.4, y0, x + bar * 0.4, y1), trim, shift(trim, -0.09), 0)
    for k in range(1, panes[1]):
        y = y0 + (y1 - y0) * k / panes[1]
        canvas.fill(box(x0, y - bar * 0.4, x1, y + bar * 0.4), trim, shift(trim, -0.09))
    canvas.fill(
        box(x0 - bar * 2, y1 + bar * 1.4, x1 + bar * 2, y1 + bar * 2.6),
        tones["shadow"],
        alpha=0.3,
        blur=bar * 0.7,
    )
    canvas.fill(
        box(x0 - bar * 2.2, y1 + bar * 0.2, x1 + bar * 2.2, y1 + bar * 1.5, bar * 0.2),
        shift(trim, 0.02),
        shift(trim, -0.13),
    )


def _pane(x0: float, y0: float, x1: float, y1: float, arched: bool) -> Points:
    if not arched:
        return box(x0, y0, x1, y1)
    t = np.linspace(np.pi, 2 * np.pi, 30)
    radius = (x1 - x0) / 2
    top = np.column_stack([(x0 + x1) / 2 + radius * np.cos(t), y0 + radius + radius * np.sin(t)])
    return np.concatenate([top, [(x1, y1), (x0, y1)]]).astype(np.float32)


def round_window(
    canvas: Canvas, tones: Tones, center: tuple[float, float], radius: float, view: Pixels
) -> None:
    """A round window with a cross of bars."""
    (x, y), trim, bar = center, tones["trim"], max(2.0, canvas.short * 0.016)
    canvas.fill(ellipse(x, y + bar, radius + bar, radius + bar), tones["shadow"], alpha=0.3, blur=bar)
    canvas.fill(ellipse(x, y, radius + bar, radius + bar, 0, 60), shift(trim, 0.01), shift(trim, -0.08))
    _through(canvas, ellipse(x, y, radius, radius, 0, 60), view)
    canvas.polygon(box(x - bar * 0.35, y - radius, x + bar * 0.35, y + radius), shift(trim, -0.03))
    canvas.polygon(box(x - radius, y - bar * 0.35, x + radius, y + bar * 0.35), shift(trim, -0.03))


def _through(canvas: Canvas, outline: Points, view: Pixels) -> None:
    """Show a picture through an outline."""
    left, top = (int(v) for v in np.maximum(np.floor(outline.min(0)), 0))
    right, bottom = (int(v) for v in np.minimum(np.ceil(outline.max(0)), (canvas.width, canvas.height)))
    if right <= left or bottom <= top:
        return
    whole = np.ceil(outline.max(0)) - np.floor(outline.min(0))
    shown = resize(view, int(whole[0]), int(whole[1]))
    x, y = left - int(np.floor(outline[:, 0].min())), top - int(np.floor(outline[:, 1].min()))
    shown = np.ascontiguousarray(shown[y : y + bottom - top, x : x + right - left])
    mask: Floats = coverage(
        outline - np.array([left, top], np.float32), right - left, bottom - top
    ) / np.float32(255)
    part = canvas.pixels[top:bottom, left:right]
    part[:] = blend(np.ascontiguousarray(part), shown, mask.astype(np.float32))


def curtains(
    canvas: Canvas,
    tones: Tones,
    area: tuple[float, float, float, float],
    foot: float,
    tone: str = "cream",
    broad: float = 0.085,
) -> None:
    """Curtains at both sides of a window area, down to row foot, on a rail."""
    x0, y0, x1, _ = area
    unit, color = canvas.short, tones[tone]
    rail = tones["wood"]
    folds = 6
    for side in (-1, 1):
        start = x0 - unit * broad * 0.62 if side < 0 else x1 - unit * broad * 0.38
        step = unit * broad / folds
        for k in range(folds):
            x = start + k * step
            light = 0.025 if k % 2 else -0.05
            fold = box(x, y0 - unit * 0.03, x + step * 1.12, foot, unit * 0.002)
            canvas.fill(fold, shift(color, light), shift(color, light - 0.07), 0)
    canvas.fill(
        box(x0 - unit * 0.085, y0 - unit * 0.040, x1 + unit * 0.085, y0 - unit * 0.029, 3),
        shift(rail, 0.02),
        shift(rail, -0.09),
    )


def sunlight(canvas: Canvas, palette: Palette, shell: Shell, x0: float, x1: float, lean: float) -> None:
    """What a window lets in: slanting panes on the floor."""
    if palette.night:
        return
    color = mix(palette.sun, WHITE, 0.3)
    strength = {"dawn": 0.30, "day": 0.34, "dusk": 0.30}[palette.time]
    for left, right in ((0.0, 0.47), (0.53, 1.0)):
        for near, far in ((1.12, 1.34), (1.38, 1.68)):
            ends = [(left, near), (right, near), (right, far), (left, far)]
            quad = [shell.out(x0 + (x1 - x0) * t, shell.y1, k) for t, k in ends]
            slanted = [(x + lean * (y - shell.y1), y) for x, y in quad]
            canvas.fill(slanted, color, alpha=strength, blur=7 * canvas.unit)
