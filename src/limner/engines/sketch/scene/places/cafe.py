"""A cafe: the counter, tables at the window, a terrace front from inside, a snug corner."""

from __future__ import annotations

from limner.engines.sketch.paint import (
    crockery,
    furniture,
    homeware,
    houseplants,
    kitchenware,
    storage,
    windows,
)
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.kitchenware import COUNTER
from limner.engines.sketch.paint.parts import moved
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.inside import Interior, interior


def counter(canvas: Canvas, setting: Setting) -> Ground:
    """The counter with its machine and cakes, the menu on the wall behind."""
    room = interior(canvas, setting, ("bricks", "tiles"), "tiles")
    room.hang(kitchenware.menu(0.27, 0.20, room.stream("menu")), 0.02, 0.315)
    for k, v in enumerate((0.345, 0.445)):
        room.hang(kitchenware.pantry(0.44, room.stream(f"pantry{k}")), 0.43, v)
    room.put(kitchenware.counter(0.98, "cloth"), 0.5, 0.16)
    room.put(moved(kitchenware.espresso_machine(), -0.27, COUNTER + 0.008), 0.5, 0.16)
    room.put(moved(kitchenware.pastries(0.36), 0.18, COUNTER + 0.008), 0.5, 0.16)
    room.put(moved(crockery.cake_stand(), -0.08, COUNTER + 0.008), 0.5, 0.16)
    _lamps(room, (0.2, 0.5, 0.8), 0.50)
    room.greenery(0.985, 0.26, 0.30)
    return room.ground(0.50)


def window_tables(canvas: Canvas, setting: Setting) -> Ground:
    """Little tables along a shop window over the street."""
    room = interior(canvas, setting, ("panels", "plain"))
    room.window(room.area(0.07, 0.17, 0.93, 0.50), (4, 1), town=True)
    _lamps(room, (0.25, 0.75), 0.50)
    if room.free_of("table", "chair"):
        for t in (0.22, 0.76):
            _table_for_two(room, t, 0.22)
    room.greenery(0.5, 0.08, 0.26)
    return room.ground(0.48)


def snug(canvas: Canvas, setting: Setting) -> Ground:
    """A sofa corner with books, pictures and a low table."""
    room = interior(canvas, setting, ("bricks", "panels"))
    for k, (t, v) in enumerate(((0.40, 0.34), (0.55, 0.32), (0.68, 0.36))):
        room.hang(homeware.picture(0.12, 0.15 if k % 2 else 0.12, k), t, v)
    case = storage.bookcase(0.22, 0.44, 5, room.stream("bookcase"))
    room.put(moved(case, -0.11, 0), 0.14, 0.03)
    room.put(homeware.rug(0.36, room.rug_depth, "accent"), 0.55, 0.58)
    if room.free_of("sofa", "chair"):
        room.put(furniture.sofa(0.46, 2), 0.58, 0.18)
        room.put(furniture.cushion(-0.12, 0.135, 0.04, "accent", 8), 0.58, 0.18)
    if not setting.figures:
        room.put(kitchenware.cafe_table(0.13), 0.60, 0.60, 1.1)
        room.put(moved(crockery.mug("white"), -0.03, 0.13), 0.60, 0.60, 1.1)
        room.put(moved(crockery.cake_stand(), 0.05, 0.13), 0.60, 0.60, 0.9)
    room.lamp(0.29, 0.14)
    room.greenery(0.95, 0.18, 0.34)
    return room.ground(0.48)


def corner_door(canvas: Canvas, setting: Setting) -> Ground:
    """A tall window, a glass case and a table for two."""
    room = interior(canvas, setting, ("stripes", "panels", "dots"), "tiles")
    area = room.area(0.52, 0.12, 0.92, 0.51)
    room.window(area, (3, 3), town=True, arched=False)
    windows.curtains(canvas, room.tones, area, room.shell.up(0.03), "accent", 0.06)
    room.hang(kitchenware.menu(0.20, 0.17, room.stream("menu")), 0.04, 0.36)
    room.put(kitchenware.counter(0.44, "second"), 0.17, 0.10)
    room.put(moved(kitchenware.pastries(0.30), -0.02, COUNTER + 0.008), 0.17, 0.10)
    if room.free_of("table", "chair"):
        _table_for_two(room, 0.70, 0.26)
    _lamps(room, (0.17, 0.70), 0.49)
    return room.ground(0.48)


def _table_for_two(room: Interior, t: float, depth: float) -> None:
    room.put(furniture.chair("wood", "accent", 1), t - 0.115, depth)
    room.put(furniture.chair("wood", "accent", -1), t + 0.115, depth)
    room.put(kitchenware.cafe_table(), t, depth + 0.03)
    room.put(moved(crockery.mug("white"), -0.035, 0.19), t, depth + 0.03)
    room.put(
        moved(houseplants.vase("cloth", room.stream(f"vase{t}"), 0.05), 0.035, 0.19), t, depth + 0.03, 1.0
    )


def _lamps(room: Interior, columns: tuple[float, ...], v: float) -> None:
    for t in columns:
        room.pendant(t, v, "dark", 0.05, 0.6)


LAYOUTS = (counter, window_tables, snug, corner_door)
