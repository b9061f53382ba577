"""The lower and the upper end of a house front: shops and doors, gables and other roofs."""

from __future__ import annotations

from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.elevation import GROUND_M, LIT_SHARE, Sheet, pane_color, window
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import WHITE, lch, mix
from limner.engines.sketch.paint.raster import Rgb, draw_polygon

_GOODS = (
    (0.70, 0.16, 25),
    (0.80, 0.14, 85),
    (0.66, 0.12, 150),
    (0.64, 0.12, 255),
    (0.76, 0.12, 340),
    (0.86, 0.06, 70),
)


def _shop(sheet: Sheet, rng: Rng) -> None:
    """A shop: sign board, display windows with goods, a glazed door."""
    facade, palette = sheet.facade, sheet.palette
    wood = sheet.local(facade.shop)
    dark, light = mix(wood, palette.dark, 0.40), mix(wood, WHITE, 0.25)
    width = facade.width_m
    sheet.box(0.15, 0, width - 0.15, GROUND_M - 0.18, wood)
    sheet.box(0.10, 2.62, width - 0.10, 3.22, dark)
    sheet.box(0.18, 2.70, width - 0.18, 3.14, mix(wood, palette.dark, 0.12))
    for k in range(int(width * 1.1) if sheet.fine else 0):
        x = 0.7 + k * (width - 1.4) / max(1, int(width * 1.1) - 1)
        sheet.box(x - 0.14, 2.84, x + 0.14, 3.00, mix(light, lch(0.88, 0.11, 85), 0.5))
    door_x = float(rng.choice([0.35, width - 1.45, width / 2 - 0.55]))
    shown = LIT_SHARE[palette.time] > 0
    inside = lch(0.88, 0.10, 80) if shown else mix(palette.middle, palette.dark, 0.5)
    for x0, x1 in _gaps(width, door_x):
        _display(sheet, x0, x1, inside, rng)
    sheet.box(door_x, 0.05, door_x + 1.1, 2.45, dark)
    sheet.box(door_x + 0.16, 0.75, door_x + 0.94, 2.28, mix(inside, palette.dark, 0.12))
    sheet.box(door_x + 0.84, 1.05, door_x + 0.92, 1.30, lch(0.85, 0.10, 85))


def _gaps(width: float, door_x: float) -> list[tuple[float, float]]:
    """What is left for display windows beside a door at door_x."""
    spans = [(0.35, door_x - 0.15), (door_x + 1.25, width - 0.35)]
    return [(a, b) for a, b in spans if b - a > 0.7]


def _display(sheet: Sheet, x0: float, x1: float, inside: Rgb, rng: Rng) -> None:
    frame = mix(sheet.local(sheet.facade.shop), WHITE, 0.35)
    sheet.box(x0, 0.55, x1, 2.48, frame)
    sheet.box(x0 + 0.08, 0.63, x1 - 0.08, 2.40, inside)
    sheet.polygon(
        [(x0 + 0.08, 2.40), (x0 + (x1 - x0) * 0.55, 2.40), (x0 + 0.08, 1.2)], mix(inside, WHITE, 0.22)
    )
    x = x0 + 0.28 if sheet.fine else x1
    while x < x1 - 0.25:
        color = sheet.local(_GOODS[int(rng.integers(len(_GOODS)))])
        tall, half = float(rng.uniform(0.25, 0.75)), float(rng.uniform(0.08, 0.18))
        if rng.random() < 0.5:
            sheet.box(x - half, 0.63, x + half, 0.63 + tall, color)
        else:
            sheet.polygon(ellipse(x, 0.63 + half, half, half, 0, 16), color)
        x += half * 2 + float(rng.uniform(0.10, 0.3))
    if x1 - x0 > 1.8:
        sheet.box((x0 + x1) / 2 - 0.04, 0.63, (x0 + x1) / 2 + 0.04, 2.40, frame)


def _door(sheet: Sheet, rng: Rng) -> None:
    """A dwelling: a panelled door with steps, windows beside it."""
    facade, palette = sheet.facade, sheet.palette
    sheet.box(0, 0, facade.width_m, 0.55, mix(sheet.local(facade.wall), palette.dark, 0.30))
    x = facade.width_m * float(rng.choice([0.24, 0.5, 0.76])) - 0.6
    trim, wood = sheet.local(facade.trim), sheet.local(facade.shop)
    sheet.box(x - 0.15, 0, x + 1.35, 2.75, trim)
    sheet.polygon(ellipse(x + 0.6, 2.62, 0.75, 0.42, 0, 24), trim)
    sheet.box(x, 0.15, x + 1.2, 2.35, wood)
    sheet.polygon(ellipse(x + 0.6, 2.42, 0.58, 0.30, 0, 24), pane_color(sheet, rng)[0])
    for px in (x + 0.12, x + 0.66):
        for py in (0.35, 1.25):
            sheet.box(px, py, px + 0.42, py + 0.75, mix(wood, palette.dark, 0.28))
    sheet.box(x + 1.02, 1.10, x + 1.10, 1.22, lch(0.85, 0.10, 85))
    sheet.box(x - 0.25, 0, x + 1.45, 0.15, mix(trim, palette.dark, 0.2))
    for at in (facade.width_m * 0.2, facade.width_m * 0.5, facade.width_m * 0.8):
        if abs(at - x - 0.6) > 1.35 and at > 0.7 and at < facade.width_m - 0.7:
            window(sheet, at - 0.45, 0.95, 0.9, 1.5, rng)


def _plain(sheet: Sheet, rng: Rng) -> None:
    """Only a plinth."""
    sheet.box(0, 0, sheet.facade.width_m, 0.7, mix(sheet.local(sheet.facade.wall), sheet.palette.dark, 0.25))


def _flat(sheet: Sheet, rng: Rng) -> None:
    """A parapet."""
    facade = sheet.facade
    sheet.box(
        0,
        facade.wall_m,
        facade.width_m,
        facade.height_m,
        mix(sheet.local(facade.trim), sheet.palette.dark, 0.12),
    )
    _cover(sheet, [(0, facade.height_m), (facade.width_m, facade.height_m)])


def _gable(sheet: Sheet, rng: Rng) -> None:
    """A pointed gable with an attic window, tiles along its edges."""
    facade = sheet.facade
    w, low, high = facade.width_m, facade.wall_m, facade.height_m
    _keep(sheet, [(0, low), (w / 2, high), (w, low)])
    window(sheet, w / 2 - 0.4, low + 0.4, 0.8, 1.1, rng)
    tile = sheet.palette.lit(lch(0.95, 0.01, 240), 0.9) if sheet.palette.snowy else sheet.local(facade.tile)
    for x in (0.0, w):
        sheet.polygon([(x, low), (w / 2, high), (w / 2, high - 0.42), (x, low - 0.36)], tile)


def _steps(sheet: Sheet, rng: Rng) -> None:
    """A gable that rises in steps, capped with stone."""
    facade = sheet.facade
    w, low, high = facade.width_m, facade.wall_m, facade.height_m
    rise, run = (high - low) / 4, w / 8.5
    outline: list[tuple[float, float]] = []
    for k in range(4):
        outline += [(run * k, low + rise * k), (run * k, low + rise * (k + 1))]
    outline += [(w - x, y) for x, y in reversed(outline)]
    _keep(sheet, outline)
    cap = sheet.palette.lit(lch(0.95, 0.01, 240), 0.9) if sheet.palette.snowy else sheet.local(facade.trim)
    for k in range(4):
        top = low + rise * (k + 1)
        end = run * (k + 1) + 0.05 if k < 3 else w / 2 + 0.05
        sheet.box(run * k, top - 0.16, end, top, cap)
        sheet.box(w - end, top - 0.16, w - run * k, top, cap)
    window(sheet, w / 2 - 0.4, low + 0.35, 0.8, 1.1, rng)


def _mansard(sheet: Sheet, rng: Rng) -> None:
    """A steep roof with dormers and chimneys."""
    facade, palette = sheet.facade, sheet.palette
    w, low, high = facade.width_m, facade.wall_m, facade.height_m
    slate = palette.lit(lch(0.93, 0.012, 240), 0.85) if palette.snowy else sheet.local(facade.tile)
    _keep(
        sheet,
        [(0, low), (0.35, high - 0.3), (0.35, high), (w - 0.35, high), (w - 0.35, high - 0.3), (w, low)],
    )
    sheet.box(0, low, w, high, slate)
    for k in range(6 if sheet.fine else 0):
        y = low + (high - low) * (k + 1) / 7
        sheet.line([(0, y), (w, y)], mix(slate, palette.dark, 0.18), 0.05)
    sheet.box(0, high - 0.28, w, high - 0.12, mix(slate, palette.dark, 0.3))
    count = max(1, round(w / 2.6))
    for i in range(count):
        x = w * (i + 0.5) / count
        sheet.box(x - 0.62, low + 0.25, x + 0.62, low + 1.85, sheet.local(facade.trim))
        sheet.polygon(
            [(x - 0.78, low + 1.85), (x, low + 2.35), (x + 0.78, low + 1.85)], mix(slate, palette.dark, 0.25)
        )
        window(sheet, x - 0.38, low + 0.42, 0.76, 1.25, rng)


def _keep(sheet: Sheet, outline: list[tuple[float, float]]) -> None:
    """House only below the outline, (x, y) in metres from left to right."""
    sheet.alpha[: max(0, sheet.height - round(sheet.facade.wall_m * sheet.upright))] = 0
    draw_polygon(sheet.alpha, sheet.points(outline), (255,))


def _cover(sheet: Sheet, edge: list[tuple[float, float]]) -> None:
    """Stone, or snow, along the upper edge."""
    palette = sheet.palette
    cap = (
        palette.lit(lch(0.96, 0.01, 240), 0.9)
        if palette.snowy
        else mix(sheet.local(sheet.facade.trim), WHITE, 0.1)
    )
    (x0, y0), (x1, y1) = edge
    sheet.polygon([(x0, y0), (x1, y1), (x1, y1 - 0.22), (x0, y0 - 0.22)], cap)


GROUNDS = {"shop": _shop, "door": _door, "plain": _plain}
ROOFS = {"flat": _flat, "gable": _gable, "steps": _steps, "mansard": _mansard}
