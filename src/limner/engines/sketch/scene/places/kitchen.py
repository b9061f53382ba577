"""A kitchen: a window over the sink, shelves by the stove, a dining nook, an island."""

from __future__ import annotations

from limner.engines.sketch.paint import crockery, furniture, houseplants, kitchenware, storage
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.kitchenware import COUNTER
from limner.engines.sketch.paint.parts import Piece, moved
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.inside import Interior, interior


def sink_window(canvas: Canvas, setting: Setting) -> Ground:
    """A long counter with the sink under a window, cupboards at both sides."""
    room = interior(canvas, setting, "tiles", "tiles")
    room.window(room.area(0.34, 0.28, 0.66, 0.51), (2, 2))
    room.hang(kitchenware.cupboard(0.26), -0.03, 0.375)
    room.hang(kitchenware.cupboard(0.26), 0.71, 0.375)
    _worktop(room, 1.05)
    room.put(moved(kitchenware.sink(), 0, COUNTER), 0.50, 0.02)
    room.put(kitchenware.stove(), 0.82, 0.03)
    _on_top(room, 0.82, 0.03, crockery.pot())
    _on_top(room, 0.13, 0.02, crockery.fruit_bowl())
    for t, tone in ((0.25, "yellow"), (0.30, "leaf2"), (0.35, "brick")):
        _on_top(room, t, 0.02, crockery.jar(tone))
    _on_top(room, 0.965, 0.02, houseplants.plant(3, 0.13, room.stream("herbs"), "white"))
    return room.ground(0.38)


def stove_and_shelves(canvas: Canvas, setting: Setting) -> Ground:
    """A stove under its hood, open shelves of dishes, a fridge."""
    room = interior(canvas, setting, "tiles", "boards")
    room.window(room.area(0.70, 0.27, 0.93, 0.50), (2, 2))
    room.hang(kitchenware.hood((room.shell.up(0.38) - room.shell.y0) / room.shell.size), 0.46, 0.385)
    for v in (0.36, 0.46):
        room.hang(kitchenware.pantry(0.27, room.stream(f"pantry{v}")), 0.12, v)
    room.hang(kitchenware.utensils(), 0.64, 0.40)
    room.put(kitchenware.counter(0.96, "second"), 0.56, 0.02)
    room.put(kitchenware.stove(), 0.46, 0.04)
    _on_top(room, 0.43, 0.04, crockery.kettle())
    _on_top(room, 0.62, 0.02, moved(storage.stack(room.stream("stack"), 2, 0.06), 0, 0))
    _on_top(room, 0.74, 0.02, houseplants.vase("white", room.stream("vase"), 0.07))
    _on_top(room, 0.86, 0.02, crockery.fruit_bowl())
    room.put(kitchenware.fridge("accent"), 0.03, 0.06)
    return room.ground(0.38)


def dining_nook(canvas: Canvas, setting: Setting) -> Ground:
    """A table with chairs at the window, a lamp above it."""
    room = interior(canvas, setting, ("panels", "stripes", "dots"), "tiles")
    room.window(room.area(0.30, 0.23, 0.72, 0.51), (3, 2))
    room.put(storage.dresser(0.24), 0.08, 0.04)
    for k, v in enumerate((0.30, 0.40)):
        room.hang(kitchenware.pantry(0.22, room.stream(f"pantry{k}")), 0.005, v)
    room.put(kitchenware.fridge("cloth"), 0.93, 0.06)
    room.pendant(0.5, 0.41, "accent", 0.07, 0.9)
    if room.free_of("table"):
        for t in (0.40, 0.60):
            room.put(furniture.chair("wood", "accent"), t, 0.16)
        room.put(furniture.table(0.46), 0.5, 0.34)
        room.put(moved(houseplants.vase("cloth", room.stream("vase"), 0.07), 0.02, 0.185), 0.5, 0.34)
        room.put(moved(crockery.mug("accent"), -0.13, 0.180), 0.5, 0.34)
        room.put(furniture.chair("wood", "accent", 1), 0.24, 0.38)
        room.put(furniture.chair("wood", "accent", -1), 0.76, 0.38)
    return room.ground(0.50)


def island(canvas: Canvas, setting: Setting) -> Ground:
    """A kitchen island with stools, lamps above it, cupboards behind."""
    room = interior(canvas, setting, ("tiles", "plain"), "boards")
    room.window(room.area(0.06, 0.27, 0.34, 0.50), (2, 2), town=True)
    for k, v in enumerate((0.34, 0.44)):
        room.hang(kitchenware.pantry(0.46, room.stream(f"pantry{k}")), 0.45, v)
    room.put(kitchenware.counter(1.0, "second"), 0.5, 0.0, 0.98)
    _on_top(room, 0.42, 0.0, crockery.kettle("accent"))
    _on_top(room, 0.78, 0.0, crockery.pot("red"))
    _on_top(room, 0.92, 0.0, houseplants.plant(1, 0.16, room.stream("herbs"), "white"))
    room.put(kitchenware.counter(0.62, "cloth", 4), 0.5, 0.30, 1.0)
    for x, piece in (
        (-0.20, crockery.fruit_bowl()),
        (0.02, crockery.cake_stand()),
        (0.22, crockery.mug("accent")),
    ):
        room.put(moved(piece, x, COUNTER + 0.008), 0.5, 0.30)
    for t in (0.28, 0.5, 0.72):
        if room.free_of("chair", "stool"):
            room.put(furniture.stool(0.19), t, 0.42)
    for t in (0.34, 0.66):
        room.pendant(t, 0.46, "accent")
    return room.ground(0.55)


def _worktop(room: Interior, width: float) -> None:
    room.put(kitchenware.counter(max(width, (room.shell.x1 - room.shell.x0) / room.shell.size)), 0.5, 0.02)


def _on_top(room: Interior, t: float, depth: float, piece: Piece) -> None:
    room.put(moved(piece, 0, COUNTER + 0.008), t, depth)


LAYOUTS = (sink_window, stove_and_shelves, dining_nook, island)
