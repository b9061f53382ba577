"""A bedroom: a bed before the window, along the wall, under the eaves, beside a wardrobe."""

from __future__ import annotations

from limner.engines.sketch.paint import beds, furniture, homeware, houseplants, storage, windows
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import ellipse
from limner.engines.sketch.paint.palette import lch, mix, shift
from limner.engines.sketch.paint.parts import moved
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.inside import Interior, interior


def bed_and_window(canvas: Canvas, setting: Setting) -> Ground:
    """A broad bed between two bedside tables, the window above its head."""
    room = interior(canvas, setting, ("plain", "stripes", "panels", "dots"))
    area = room.area(0.32, 0.30, 0.68, 0.52)
    room.window(area, (2, 1), light=False)
    windows.curtains(canvas, room.tones, area, room.shell.up(0.22), "second")
    room.put(homeware.square_rug(0.44, room.rug_depth, "second"), 0.5, 0.55)
    _bedside(room, 0.10, 0.10)
    _bedside(room, 0.90, 0.10)
    if room.free_of("bed"):
        room.put(beds.bed(0.58), 0.5, 0.22)
        room.put(furniture.cushion(0.0, 0.235, 0.042, "accent", 6), 0.5, 0.22)
    room.hang(homeware.picture(0.10, 0.13, int(room.stream("art").integers(4))), 0.04, 0.33)
    return room.ground(0.52)


def bed_by_the_wall(canvas: Canvas, setting: Setting) -> Ground:
    """A bed along the wall, a tall window at its foot, a string of lights above."""
    room = interior(canvas, setting, ("dots", "plain", "stripes"))
    area = room.area(0.70, 0.16, 0.94, 0.52)
    room.window(area, (2, 3))
    windows.curtains(canvas, room.tones, area, room.shell.up(0.03), "accent", 0.07)
    _lights(room, 0.02, 0.62, 0.46)
    room.hang(homeware.picture(0.12, 0.15, 0), 0.16, 0.265)
    room.hang(homeware.picture(0.10, 0.12, 3), 0.30, 0.275)
    room.put(homeware.rug(0.30, room.rug_depth, "accent"), 0.45, 0.58)
    if room.free_of("bed"):
        room.put(beds.side_bed(0.60), 0.38, 0.20)
    room.greenery(0.95, 0.22, 0.26)
    return room.ground(0.48)


def wardrobe_side(canvas: Canvas, setting: Setting) -> Ground:
    """A bed from its foot at one side, a wardrobe and a mirror at the other."""
    room = interior(canvas, setting, ("panels", "plain"), "carpet")
    room.window(room.area(0.34, 0.26, 0.56, 0.50), (2, 2))
    room.put(storage.wardrobe(), 0.82, 0.05)
    room.put(storage.dresser(0.22), 0.54, 0.06)
    room.put(moved(houseplants.vase("cloth", room.stream("vase"), 0.075), 0.05, 0.21), 0.54, 0.06)
    room.put(moved(storage.stack(room.stream("stack"), 2, 0.06), -0.06, 0.21), 0.54, 0.06)
    if room.free_of("bed"):
        room.put(beds.bed(0.44), 0.20, 0.30, 1.05)
    room.put(homeware.rug(0.24, room.rug_depth, "second"), 0.68, 0.55)
    return room.ground(0.52)


def under_the_eaves(canvas: Canvas, setting: Setting) -> Ground:
    """An attic with a round window, the bed under it."""
    room = interior(canvas, setting, "panels")
    shell, wall = room.shell, room.tones["wall"]
    slope = mix(wall, room.tones["trim"], 0.55)
    rise = (shell.y1 - shell.y0) * 0.52
    for corner, x in ((shell.x0, shell.x0 + rise * 0.9), (shell.x1, shell.x1 - rise * 0.9)):
        canvas.fill(
            [(corner, shell.y0), (x, shell.y0), (corner, shell.y0 + rise)],
            slope,
            shift(slope, -0.07),
        )
        canvas.line(
            [(x, shell.y0), (corner, shell.y0 + rise)], shift(room.tones["wood"], -0.05), canvas.short * 0.016
        )
    radius = shell.size * 0.105
    x, y = shell.at(0.5), shell.up(0.43)
    seen = windows.view(canvas, setting.palette, 2 * radius, 2 * radius, False, setting.weather)
    windows.round_window(canvas, room.tones, (x, y), radius, seen)
    _bedside(room, 0.17, 0.10)
    if room.free_of("bed"):
        room.put(beds.bed(0.50), 0.5, 0.20)
    case = storage.bookcase(0.20, 0.20, 2, room.stream("bookcase"))
    room.put(moved(case, -0.10, 0), 0.93, 0.05)
    room.greenery(0.04, 0.24, 0.24, 1)
    room.put(homeware.rug(0.32, room.rug_depth, "accent"), 0.5, 0.66)
    return room.ground(0.52)


def _bedside(room: Interior, t: float, depth: float) -> None:
    room.put(storage.nightstand(), t, depth)
    if room.free_of("lamp"):
        room.put(moved(homeware.table_lamp(), 0, 0.155), t, depth)
        room.glow(t, room.shell.down(depth) - 0.28 * room.shell.size, 0.8)


def _lights(room: Interior, t0: float, t1: float, v: float) -> None:
    """A string of little lamps that sags between its nails."""
    canvas, size = room.canvas, room.shell.size
    x0, x1, y = room.x(t0), room.x(t1), room.shell.up(v)
    points = [
        (x0 + (x1 - x0) * k / 24, y + size * 0.045 * (1 - (2 * ((k % 12) / 12) - 1) ** 2)) for k in range(25)
    ]
    canvas.line(points, room.tones["dark"], 1.5 * canvas.unit)
    for k, (x, row) in enumerate(points[1::2]):
        color = lch(0.92, 0.10, 82) if room.lit else room.tones[("yellow", "accent", "cream")[k % 3]]
        canvas.polygon(ellipse(x, row + size * 0.008, size * 0.006, size * 0.009), color)
        if room.lit:
            canvas.glow(x, row + size * 0.008, size * 0.05, lch(0.88, 0.11, 75), 0.5)


LAYOUTS = (bed_and_window, bed_by_the_wall, wardrobe_side, under_the_eaves)
