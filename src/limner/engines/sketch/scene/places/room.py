"""A living room: a sofa under a window, a reading corner, a fireplace, a loft with a wall of glass."""

from __future__ import annotations

from limner.engines.sketch.paint import crockery, furniture, hearth, homeware, houseplants, storage, windows
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.parts import moved
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.inside import Interior, interior


def sofa_under_window(canvas: Canvas, setting: Setting) -> Ground:
    """A sofa before a curtained window, with lamp, plant and rug."""
    room = interior(canvas, setting, ("plain", "stripes", "dots", "panels"))
    area = room.area(0.27, 0.25, 0.77, 0.505)
    room.window(area, (3, 1), town=bool(room.stream("town").random() < 0.5))
    windows.curtains(canvas, room.tones, area, room.shell.up(0.03))
    _gallery(room, 0.055, 0.30)
    _spread_rug(room, 0.5, 0.60)
    if room.free_of("sofa", "couch", "chair", "bed"):
        _dressed_sofa(room, 0.52, 0.17)
    room.lamp(0.16, 0.16)
    room.greenery(0.94, 0.20, 0.30)
    if not setting.figures:
        room.put(furniture.coffee_table(), 0.52, 0.70)
        room.put(moved(storage.stack(room.stream("stack")), -0.05, 0.088), 0.52, 0.70)
        room.put(moved(crockery.mug("accent"), 0.06, 0.084), 0.52, 0.70)
    return room.ground(0.42)


def reading_corner(canvas: Canvas, setting: Setting) -> Ground:
    """A bookcase, a wing chair and an arched window."""
    room = interior(canvas, setting, ("plain", "panels", "dots"))
    room.window(room.area(0.60, 0.16, 0.84, 0.50), (2, 3), arched=True)
    if room.free_of("bookshelf"):
        case = storage.bookcase(0.29, 0.47, 5, room.stream("bookcase"))
        room.put(moved(case, -0.145, 0), 0.20, 0.03)
    _spread_rug(room, 0.55, 0.55)
    room.lamp(0.42, 0.14, 0.42)
    if room.free_of("chair", "sofa", "armchair"):
        room.put(furniture.armchair(), 0.58, 0.30)
        room.put(furniture.cushion(0.0, 0.20, 0.042, "second", 8), 0.58, 0.30)
        room.put(furniture.side_table(), 0.77, 0.34)
        room.put(moved(crockery.mug("cloth"), 0.01, 0.13), 0.77, 0.34)
    room.greenery(0.965, 0.22, 0.31)
    return room.ground(0.50)


def fireside(canvas: Canvas, setting: Setting) -> Ground:
    """A fireplace between two chairs, a picture above it."""
    room = interior(canvas, setting, ("panels", "plain", "stripes"))
    snowy = setting.palette.snowy
    for t0, t1 in ((0.03, 0.22), (0.78, 0.97)):
        area = room.area(t0, 0.21, t1, 0.50)
        room.window(area, (2, 3), light=False)
        windows.curtains(canvas, room.tones, area, room.shell.up(0.03), "second", 0.05)
    _spread_rug(room, 0.5, 0.62, square=True)
    room.put(hearth.fireplace(stockings=snowy), 0.5, 0.03)
    room.hang(moved(homeware.picture(0.19, 0.14, int(room.stream("art").integers(4))), -0.095, 0), 0.5, 0.36)
    room.put(moved(houseplants.vase("cloth", room.stream("vase"), 0.06), -0.14, 0.262), 0.5, 0.03)
    room.put(moved(homeware.clock(0.028), 0.14, 0.292), 0.5, 0.03)
    hearth.firelight(canvas, room.x(0.5), room.shell.up(0.06), room.shell.size, setting.palette)
    if room.free_of("chair", "armchair", "sofa"):
        room.put(furniture.armchair("cloth"), 0.17, 0.34)
        room.put(furniture.cushion(0.0, 0.20, 0.040, "accent", -8), 0.17, 0.34)
        room.put(furniture.armchair("cloth"), 0.83, 0.34)
    room.greenery(0.985, 0.10, 0.25, 1)
    return room.ground(0.45)


def loft(canvas: Canvas, setting: Setting) -> Ground:
    """Bricks, a wall of glass over the town, plants and a low sofa."""
    room = interior(canvas, setting, "bricks")
    area = room.area(0.22, 0.10, 0.97, 0.535)
    room.window(area, (5, 3), town=True)
    _spread_rug(room, 0.55, 0.58, square=True)
    if room.free_of("sofa", "couch", "chair"):
        room.put(furniture.sofa(0.46, 2, "cloth", 0.22), 0.62, 0.20)
        room.put(furniture.cushion(-0.12, 0.115, 0.038, "accent", -10), 0.62, 0.20)
        room.put(furniture.cushion(0.12, 0.115, 0.038, "second", 10), 0.62, 0.20)
    room.lamp(0.30, 0.16, 0.40)
    room.greenery(0.09, 0.16, 0.42, 0)
    room.greenery(0.955, 0.28, 0.30, 2)
    room.pendant(0.10, 0.47)
    return room.ground(0.45)


def _gallery(room: Interior, t: float, v: float) -> None:
    rng = room.stream("gallery")
    first = int(rng.integers(4))
    room.hang(homeware.picture(0.095, 0.125, first), t, v)


def _spread_rug(room: Interior, t: float, depth: float, square: bool = False) -> None:
    tone = ("second", "accent", "cloth")[int(room.stream("rug").integers(3))]
    room.put(
        homeware.square_rug(0.40, room.rug_depth, tone)
        if square
        else homeware.rug(0.36, room.rug_depth, tone),
        t,
        depth,
    )


def _dressed_sofa(room: Interior, t: float, depth: float) -> None:
    room.put(furniture.sofa(), t, depth)
    for x, tone, size, turn in (
        (-0.15, "accent", 0.042, -10),
        (0.10, "second", 0.036, 6),
        (0.155, "accent", 0.042, 12),
    ):
        room.put(furniture.cushion(x, 0.135, size, tone, turn), t, depth)


LAYOUTS = (sofa_under_window, reading_corner, fireside, loft)
