"""Weather over a finished scene, whose palette has set the light already."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse, smooth, stroke
from limner.engines.sketch.paint.noise import fbm
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.raster import Rgb, blend, draw_lines, draw_polygons

_LEAVES = {"spring": (0.88, 0.07, 350), "summer": (0.60, 0.12, 135), "autumn": (0.68, 0.16, 55)}


def rain(canvas: Canvas, palette: Palette) -> None:
    """Slanting streaks near and far, a veil of spray above the ground."""
    canvas.veil(np.full((4, 4), 0.12, np.float32), mix(palette.middle, (110, 120, 135), 0.6))
    _streaks(canvas, palette, "rain", 520, 0.22)
    spray = np.linspace(0, 0.16, 16, dtype=np.float32)[:, None] * np.ones((1, 2), np.float32)
    canvas.veil(spray, mix(palette.haze, WHITE, 0.2), int(canvas.height * 0.55), canvas.height)


def storm(canvas: Canvas, palette: Palette) -> None:
    """Dark rolling clouds, lightning and driving rain."""
    _dark_clouds(canvas, palette)
    _lightning(canvas)
    _streaks(canvas, palette, "storm", 620, 0.42)


def snow(canvas: Canvas, palette: Palette) -> None:
    """Flakes, few of them near and large."""
    rng = canvas.stream("flakes")
    color = mix(WHITE, palette.haze, 0.08)
    for near in np.sort(rng.random(int(330 * min(4.0, canvas.width / canvas.short))) ** 3).tolist():
        x, y = float(rng.random()) * canvas.width, float(rng.random()) * canvas.height
        radius = canvas.short * (0.0013 + 0.0042 * near)
        if near > 0.5:
            canvas.fill(
                ellipse(x, y, radius * 1.4, radius * 1.4, 0, 12), color, alpha=0.75, blur=radius * 0.5
            )
        else:
            canvas.dot(x, y, radius, color)


def fog(canvas: Canvas, palette: Palette) -> None:
    """A veil that is thickest about the horizon, and drifting bands."""
    rows = np.linspace(0, 1, 32, dtype=np.float32)[:, None]
    air = mix(palette.haze, WHITE, 0.0 if palette.night else 0.25)
    canvas.veil(0.68 * np.exp(-(((rows - 0.45) / 0.28) ** 2)) * np.ones((1, 2), np.float32), air)
    for y, strength, name in ((0.42, 0.6, "fog0"), (0.60, 0.5, "fog1"), (0.80, 0.22, "fog2")):
        canvas.mist(canvas.height * y, canvas.short * 0.13, mix(air, WHITE, 0.12), strength, name)


def wind(canvas: Canvas, palette: Palette) -> None:
    """Curls of moving air, and leaves or petals carried along; snow in winter."""
    rng = canvas.stream("wind")
    air = mix(palette.horizon, WHITE, 0.6)
    for _ in range(int(7 * min(3.0, max(1.0, canvas.width / canvas.short)))):
        x, y = float(rng.random()) * canvas.width, canvas.height * float(rng.uniform(0.10, 0.75))
        _gust(canvas, x, y, canvas.short * float(rng.uniform(0.12, 0.26)), air)
    _carried(canvas, palette, 46, mix(WHITE, air, 0.2))


def season(canvas: Canvas, palette: Palette) -> None:
    """Petals of spring or leaves of autumn on their way down; nothing at other times."""
    if palette.season in ("spring", "autumn"):
        _carried(canvas, palette, 34, WHITE)


def _carried(canvas: Canvas, palette: Palette, usual_count: int, otherwise: Rgb) -> None:
    """Leaves or petals of the season in the air; flecks of another colour where it has none."""
    rng = canvas.stream("carried")
    known = palette.season in _LEAVES
    tone = palette.local(*_LEAVES[palette.season], 0.95) if known else otherwise
    count = int(usual_count * min(3.0, max(1.0, canvas.width / canvas.short)))
    at = np.column_stack([rng.random(count) * canvas.width, canvas.height * rng.uniform(0.08, 0.95, count)])
    turn = rng.normal(-0.3, 0.7, count)
    size = canvas.short * rng.uniform(0.004, 0.010, count)[:, None]
    along = np.column_stack([np.cos(turn), np.sin(turn)]) * size
    across = np.column_stack([-np.sin(turn), np.cos(turn)]) * size * 0.42
    shapes = np.stack([at - along, at - across, at + along, at + across], 1)
    shades = np.clip(np.asarray(tone) * rng.uniform(0.8, 1.15, (count, 1)), 0, 255)
    draw_polygons(canvas.pixels, shapes, shades)


def cloudy(canvas: Canvas, palette: Palette) -> None:
    """Shadows of clouds over the land; the sky itself is the palette's."""
    columns, rows = max(canvas.width // 12, 4), max(canvas.height // 12, 4)
    shade = np.clip((fbm(columns, rows, 3, 6, canvas.stream("cloud-shadows"), 3) - 0.45) * 2, 0, 1)
    fall = np.linspace(0, 1, rows, dtype=np.float32)[:, None] > 0.55
    canvas.veil((shade * fall * 0.25).astype(np.float32), palette.dark)


def clear(canvas: Canvas, palette: Palette) -> None:
    """Nothing in the air."""


def _streaks(canvas: Canvas, palette: Palette, name: str, count: int, lean: float) -> None:
    """Rain that leans to the left as it falls, translucent."""
    rng = canvas.stream(name)
    count = int(count * min(4.0, max(1.0, canvas.width / canvas.short)))
    start = np.column_stack(
        [rng.random(count) * canvas.width * 1.15, (rng.random(count) * 1.1 - 0.1) * canvas.height]
    )
    near = rng.random(count) ** 2
    tall = canvas.short * (0.014 + 0.042 * near)
    lines = np.stack([start, start + np.column_stack([-tall * lean, tall])], 1)
    layer = canvas.pixels.copy()
    color = np.tile(mix(palette.haze, WHITE, 0.6), (count, 1))
    draw_lines(layer, lines, color, canvas.unit * (0.9 + 1.5 * near))
    canvas.pixels = blend(canvas.pixels, layer, np.full(layer.shape[:2], 0.5, np.float32))


def _dark_clouds(canvas: Canvas, palette: Palette) -> None:
    """Heavy rolls of cloud over the upper half."""
    rows, columns = max(canvas.height // 8, 8), max(canvas.width // 8, 8)
    wide = max(1.0, canvas.width / canvas.short)
    shape = fbm(columns, rows, 3 * wide, 7, canvas.stream("rolls"), 4)
    fade = np.clip(1 - np.linspace(0, 2.1, rows, dtype=np.float32), 0, 1)[:, None] ** 0.7
    canvas.veil(
        (np.clip((shape - 0.38) * 2.6, 0, 1) * fade * 0.72).astype(np.float32),
        mix(palette.dark, palette.zenith, 0.35),
    )
    light = np.clip((shape - np.roll(shape, 2, 0)) * 9, 0, 1) * fade * 0.28
    canvas.veil(light.astype(np.float32), mix(palette.horizon, WHITE, 0.2))


def _lightning(canvas: Canvas) -> None:
    """One forked bolt with its glow."""
    rng = canvas.stream("lightning")
    white, violet = lch(0.985, 0.02, 280), lch(0.80, 0.10, 285)
    x = canvas.width * (0.5 + float(rng.choice([-1.0, 1.0])) * float(rng.uniform(0.16, 0.32)))
    bolt = _bolt(canvas, rng, x, -0.02, float(rng.uniform(0.46, 0.58)))
    at = bolt[len(bolt) // 2]
    canvas.glow(float(at[0]), float(at[1]), canvas.short * 0.5, violet, 0.55, 1.6)
    for k in (len(bolt) // 3, len(bolt) // 2, 2 * len(bolt) // 3):
        end = min(0.62, float(bolt[k][1]) / canvas.height + float(rng.uniform(0.10, 0.2)))
        fork = _bolt(
            canvas,
            rng,
            float(bolt[k][0]),
            float(bolt[k][1]) / canvas.height,
            end,
            float(rng.choice([-1.6, 1.6])),
        )
        canvas.polygon(stroke(fork, 3.4 * canvas.unit, 1.0), white)
    canvas.fill(stroke(bolt, 22 * canvas.unit, 8 * canvas.unit), violet, alpha=0.5, blur=9 * canvas.unit)
    canvas.polygon(stroke(bolt, 7 * canvas.unit, 2.4 * canvas.unit), white)


def _bolt(
    canvas: Canvas, rng: np.random.Generator, x: float, top: float, end: float, lean: float = 0.0
) -> np.ndarray:
    """(n, 2) points of a jagged fall from share top to share end of the height."""
    count = max(4, int((end - top) * 28))
    steps = rng.normal(lean, 1.3, count) * canvas.short * 0.012
    return np.column_stack([x + np.cumsum(steps), np.linspace(top, end, count) * canvas.height])


def _gust(canvas: Canvas, x: float, y: float, long: float, color: Rgb) -> None:
    """A line of wind that ends in a curl."""
    t = np.linspace(0, 1, 9)
    tail = [(x + long * u, y + long * 0.05 * float(np.sin(u * 5))) for u in t.tolist()]
    turn = np.linspace(0.4, 4.6, 8)
    end = np.array(tail[-1]) - np.array([0, long * 0.10])
    curl = end + np.column_stack([long * 0.16 * np.sin(turn), long * 0.10 * np.cos(turn)])
    line = smooth(np.concatenate([tail, curl]), steps=4)
    canvas.fill(stroke(line, long * 0.006, long * 0.018), color, alpha=0.55)


WEATHERS: dict[str, Callable[[Canvas, Palette], None]] = {
    "rain": rain,
    "snow": snow,
    "fog": fog,
    "storm": storm,
    "wind": wind,
    "cloudy": cloudy,
    "clear": clear,
}
