"""A place to work: a home office, a desk from the front, one at the window, a drawing table."""

from __future__ import annotations

from limner.engines.sketch.paint import crockery, furniture, homeware, houseplants, storage, windows
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.parts import Piece, moved
from limner.engines.sketch.scene.places import table
from limner.engines.sketch.scene.places.ground import Ground, Setting
from limner.engines.sketch.scene.places.inside import Interior, interior

_HIGH = 0.214


def home_office(canvas: Canvas, setting: Setting) -> Ground:
    """A desk with a screen and a chair, shelves above it."""
    room = interior(canvas, setting, ("plain", "dots", "stripes"))
    room.window(room.area(0.07, 0.25, 0.44, 0.51), (2, 2), town=bool(room.stream("town").random() < 0.5))
    _shelves(room, 0.58, (0.335, 0.44))
    room.put(homeware.rug(0.32, room.rug_depth, "second"), 0.5, 0.60)
    room.put(furniture.desk(0.66), 0.46, 0.12)
    if room.free_of("computer", "laptop"):
        _on_desk(room, 0.46, 0.12, homeware.monitor(0.23), 0.04)
    _on_desk(room, 0.46, 0.12, crockery.mug("white"), 0.21)
    if room.free_of("lamp"):
        _on_desk(room, 0.46, 0.12, homeware.desk_lamp(), -0.25)
        room.glow(0.28, room.shell.down(0.12) - 0.34 * room.shell.size, 0.7)
    if room.free_of("chair"):
        room.put(furniture.office_chair(), 0.36, 0.42)
    room.greenery(0.95, 0.26, 0.32)
    return room.ground(0.50)


def front(canvas: Canvas, setting: Setting) -> Ground:
    """The desk top seen from the front, books and a lamp at its ends."""
    return table.desk_top(canvas, setting)


def window_desk(canvas: Canvas, setting: Setting) -> Ground:
    """A long board under a broad window, with a laptop and plants."""
    room = interior(canvas, setting, ("panels", "plain"))
    area = room.area(0.16, 0.27, 0.84, 0.52)
    room.window(area, (4, 1), town=True)
    windows.curtains(canvas, room.tones, area, room.shell.up(0.22), "second", 0.05)
    room.put(furniture.table(0.86, 0.20), 0.5, 0.14)
    if room.free_of("computer", "laptop"):
        room.put(moved(homeware.laptop(), 0, 0.212), 0.5, 0.14)
    books = storage.books(0.13, 0.10, room.stream("books"))
    room.put(moved(books, -0.38, 0.215), 0.5, 0.14)
    if room.free_of("plant"):
        room.put(moved(houseplants.plant(3, 0.15, room.stream("trail"), "white"), 0.36, 0.215), 0.5, 0.14)
    room.put(moved(crockery.mug("accent"), 0.16, 0.212), 0.5, 0.14)
    if room.free_of("lamp"):
        room.put(moved(homeware.table_lamp("cloth"), -0.20, 0.212), 0.5, 0.14)
        room.glow(0.37, room.shell.down(0.14) - 0.34 * room.shell.size, 0.8)
    if room.free_of("chair"):
        room.put(furniture.chair("wood", "accent", 1), 0.27, 0.44, 1.15)
    return room.ground(0.55)


def drawing_table(canvas: Canvas, setting: Setting) -> Ground:
    """A studio: a tall bookcase, an easel with a sketch, a table of pots and brushes."""
    room = interior(canvas, setting, ("bricks", "plain"))
    room.window(room.area(0.52, 0.22, 0.80, 0.52), (2, 3))
    case = storage.bookcase(0.24, 0.46, 5, room.stream("bookcase"))
    room.put(moved(case, -0.12, 0), 0.14, 0.03)
    room.hang(homeware.picture(0.13, 0.16, int(room.stream("art").integers(4))), 0.335, 0.33)
    room.put(homeware.square_rug(0.36, room.rug_depth, "accent"), 0.5, 0.62)
    room.put(furniture.desk(0.56), 0.50, 0.12)
    _on_desk(room, 0.50, 0.12, homeware.paper_sheet(), 0.0)
    _on_desk(room, 0.50, 0.12, homeware.brushes(), 0.17)
    _on_desk(room, 0.50, 0.12, storage.stack(room.stream("stack"), 3), -0.20)
    if room.free_of("lamp"):
        _on_desk(room, 0.50, 0.12, homeware.desk_lamp("cloth"), -0.10)
        room.glow(0.46, room.shell.down(0.12) - 0.34 * room.shell.size, 0.7)
    room.greenery(0.93, 0.20, 0.36)
    return room.ground(0.45)


def _on_desk(room: Interior, t: float, depth: float, piece: Piece, x: float) -> None:
    room.put(moved(piece, x, _HIGH), t, depth)


def _shelves(room: Interior, t: float, heights: tuple[float, ...]) -> None:
    for k, v in enumerate(heights):
        rng = room.stream(f"shelf{k}")
        room.hang(storage.shelf(0.36), t, v)
        room.hang(moved(storage.books(float(rng.uniform(0.12, 0.2)), 0.082, rng), 0.02 + 0.10 * k, 0), t, v)
        if room.free_of("plant"):
            small = houseplants.plant(1 if k else 3, 0.12, rng)
            room.hang(moved(small, 0.31 if k == 0 else 0.05, 0), t, v)


LAYOUTS = (home_office, front, window_desk, drawing_table)
