"""Where sea meets sand: wet sand, dry sand, the last lines of foam, shells and dune grass."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse, star
from limner.engines.sketch.paint.land import blades, brushwork
from limner.engines.sketch.paint.noise import profile
from limner.engines.sketch.paint.palette import WHITE, Palette, lch, mix
from limner.engines.sketch.paint.raster import Floats, Rgb, floats
from limner.engines.sketch.paint.waves import surf

_SHELLS = ((0.90, 0.04, 60), (0.82, 0.08, 35), (0.92, 0.03, 330), (0.74, 0.09, 50))


def sand_color(palette: Palette) -> Rgb:
    """Dry sand in this light; snow in winter."""
    dry = palette.lit(lch(0.95, 0.01, 240) if palette.snowy else lch(0.86, 0.065, 80), 0.95)
    return mix(dry, palette.middle, 0.28) if palette.night else dry


def foam_color(palette: Palette) -> Rgb:
    """Foam in this light."""
    return mix(WHITE, palette.horizon, {"day": 0.12, "dawn": 0.3, "dusk": 0.4}.get(palette.time, 0.55))


def waterline(canvas: Canvas, level: float, wave: float, slope: float = 0.0, name: str = "shore") -> Floats:
    """(200, 2) points of the edge of the sea about row level; wave, slope: bays, rise to the right, px."""
    x = np.linspace(-6, canvas.width + 6, 200)
    t = x / canvas.width
    noise = profile(200, 2.2, canvas.stream(name), 3, 0.4) - 0.5
    return floats(np.column_stack([x, level + wave * noise + slope * (0.5 - t)]))


def strand(canvas: Canvas, palette: Palette, edge: Floats, wash: float) -> None:
    """Sand from edge, (n, 2) points, to the lower edge; wash: width of the wet band, in pixels."""
    width, height, short = canvas.width, canvas.height, canvas.short
    dry = sand_color(palette)
    wet = mix(palette.lit(lch(0.62, 0.06, 70), 0.7), palette.horizon, 0.3)
    shade = mix(dry, palette.dark, 0.2)
    below = [(width + 6, height + 6), (-6, height + 6)]
    canvas.fill(
        np.concatenate([edge - (0, wash * 0.3), below]), mix(wet, dry, 0.15), alpha=0.45, blur=wash * 0.25
    )
    canvas.fill(np.concatenate([edge, below]), wet, mix(wet, dry, 0.2))
    uneven = wash * (0.8 + 0.9 * profile(len(edge), 4, canvas.stream("strand-wet"), 3))
    rise = edge + np.column_stack([np.zeros(len(edge)), uneven])
    canvas.fill(np.concatenate([rise, below]), dry, shade, blur=short * 0.010)
    brushwork(canvas, float(edge[:, 1].min()) + wash * 0.6, height, "strand-brush", 0.05, 2, 1100)
    surf(canvas, edge, wash * 0.8, foam_color(palette), "strand-surf", 3)


def shells(canvas: Canvas, palette: Palette, top: float, name: str = "shells") -> None:
    """A few shells, pebbles and a starfish on the sand below row top."""
    if palette.snowy:
        return
    rng, unit = canvas.stream(name), canvas.unit
    for t in np.sort(rng.random(22)).tolist():
        x, y = float(rng.random()) * canvas.width, top + t * (canvas.height - top)
        size = (4 + 9 * t) * unit * float(rng.uniform(0.5, 1.2))
        color = palette.local(*_SHELLS[int(rng.integers(4))], 0.9)
        canvas.fill(
            ellipse(x + size * 0.3, y + size * 0.25, size * 1.2, size * 0.5, 0, 16), palette.dark, alpha=0.25
        )
        canvas.polygon(ellipse(x, y, size, size * 0.66, float(rng.uniform(-30, 30)), 18), color)
        canvas.polygon(
            ellipse(x - size * 0.2, y - size * 0.2, size * 0.5, size * 0.3, 0, 14), mix(color, WHITE, 0.4)
        )
    x, y = canvas.width * float(rng.uniform(0.1, 0.9)), top + (canvas.height - top) * 0.8
    canvas.polygon(
        star(x, y, 17 * unit, 5, 0.45) * (1, 0.75) + (0, y * 0.25), palette.local(0.68, 0.16, 40, 0.9)
    )


def dune_grass(
    canvas: Canvas, palette: Palette, x: float, y: float, size: float, name: str, count: int = 60
) -> None:
    """A clump of long bent grass with its foot about (x, y), size px tall."""
    rng = canvas.stream(name)
    low, high = (
        ((0.62, 0.03, 90), (0.88, 0.03, 95)) if palette.snowy else ((0.50, 0.08, 125), (0.80, 0.10, 105))
    )
    dark, light = palette.local(*low, 0.5), palette.local(*high, 1.0)
    feet_x = x + rng.normal(0, size * 0.30, count)
    feet_y = y + np.abs(rng.normal(0, size * 0.05, count))
    tone = rng.random((count, 1))
    color = np.asarray(dark) * (1 - tone) + np.asarray(light) * tone
    lean = rng.normal(0.15, 0.38, count) + (feet_x - x) / size * 0.8
    tall = size * rng.uniform(0.45, 1.0, count)
    blades(
        canvas,
        floats(feet_x),
        floats(feet_y),
        floats(tall),
        floats(lean),
        floats(color),
        floats(np.full(count, size * 0.012)),
    )
