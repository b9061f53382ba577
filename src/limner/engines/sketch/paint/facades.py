"""House fronts seen straight on, painted flat in metres: walls, windows, shops, roofs."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.elevation import GROUND_M, STOREY_M, Facade, Sheet, window
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import WHITE, Palette, mix
from limner.engines.sketch.paint.raster import floats
from limner.engines.sketch.paint.shopfronts import GROUNDS, ROOFS


def front(facade: Facade, palette: Palette, lit: float, across: float, upright: float, rng: Rng) -> Sheet:
    """The front as a picture of across by upright pixels per metre; lit: 0 in shade, 1 in the sun."""
    sheet = Sheet(facade, palette, lit, across, upright)
    _wall(sheet, rng)
    _storeys(sheet, rng)
    GROUNDS[facade.ground](sheet, rng)
    ROOFS[facade.roof](sheet, rng)
    return sheet


def _wall(sheet: Sheet, rng: Rng) -> None:
    """Plaster from light above to dim below, with a few strokes of its own colour."""
    facade, rows = sheet.facade, sheet.height
    wall = sheet.local(facade.wall)
    t = np.linspace(1.05, 0.88, rows, dtype=np.float32)[:, None, None]
    sheet.pixels[:] = np.clip(floats(wall) * t, 0, 255).astype(np.uint8)
    for _ in range(12 if sheet.fine else 0):
        x, y = float(rng.random()) * facade.width_m, float(rng.random()) * facade.height_m
        tone = mix(wall, WHITE if rng.random() < 0.5 else sheet.palette.dark, float(rng.uniform(0.03, 0.09)))
        sheet.line(
            [(x, y), (x + float(rng.uniform(0.3, 1.2)), y + 0.03)], tone, float(rng.uniform(0.06, 0.16))
        )
    edge = mix(wall, sheet.palette.dark, 0.28)
    sheet.box(0, 0, 0.07, facade.wall_m, edge)
    sheet.box(facade.width_m - 0.07, 0, facade.width_m, facade.wall_m, edge)


def _storeys(sheet: Sheet, rng: Rng) -> None:
    """Rows of windows and the ledges between them."""
    facade = sheet.facade
    trim = sheet.local(facade.trim)
    count = max(1, round(facade.width_m / 2.0))
    step = facade.width_m / count
    wide, tall = min(1.05, step * 0.52), float(rng.choice([1.55, 1.75, 1.9]))
    arched = bool(rng.random() < 0.25)
    for storey in range(1, facade.storeys):
        foot = GROUND_M + STOREY_M * (storey - 1)
        sheet.box(0, foot - 0.10, facade.width_m, foot + 0.08, trim)
        sheet.box(0, foot - 0.16, facade.width_m, foot - 0.10, mix(trim, sheet.palette.dark, 0.35))
        for i in range(count):
            middle = step * (i + 0.5)
            window(sheet, middle - wide / 2, foot + 0.75, wide, tall, rng, arched)
    top = facade.wall_m
    sheet.box(-0.1, top - 0.22, facade.width_m + 0.1, top, trim)
    sheet.box(-0.1, top - 0.30, facade.width_m + 0.1, top - 0.22, mix(trim, sheet.palette.dark, 0.4))
