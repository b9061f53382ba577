"""What bears text inside a picture: wooden signs, labels, speech bubbles. Each returns where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import Points, box, ellipse, smooth
from limner.engines.sketch.paint.inking import Colors, Corners, colors_on, ground_of, ink_block
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.palette import WHITE, lch, mix, shift, to_lab
from limner.engines.sketch.paint.raster import Pixels, Rgb
from limner.engines.sketch.paint.typesetting import Block, fitted

_INK: Rgb = (44.0, 34.0, 46.0)
_WOOD, _POST = lch(0.62, 0.085, 62), lch(0.48, 0.07, 55)
_PAPER = lch(0.975, 0.018, 90)
_LETTER_PX_SHARE = 0.075


@dataclass(frozen=True, slots=True)
class _Seat:
    """A way to seat a bubble: its centre, from the mouth, in half widths and half heights of the bubble."""

    x: float
    y: float
    liking: float


_SEATS = (
    _Seat(0.75, -1.55, 0.0),
    _Seat(-0.75, -1.55, 0.02),
    _Seat(1.45, -0.75, 0.06),
    _Seat(-1.45, -0.75, 0.08),
    _Seat(0.0, -1.75, 0.1),
    _Seat(1.5, 0.5, 0.2),
    _Seat(-1.5, 0.5, 0.22),
)


def bubble(pixels: Pixels, text: str, bearer: Corners | None, taken: Sequence[Corners]) -> Corners | None:
    """A speech bubble with its tail to the bearer's mouth, or to nobody in particular."""
    height, width = pixels.shape[:2]
    short = min(width, height)
    block = fitted(text, width * 0.40, height * 0.20, short * _LETTER_PX_SHARE)
    if block is None:
        return None
    half_w = block.ink.shape[1] / 2 + short * 0.035
    half_h = block.ink.shape[0] / 2 + short * 0.035
    mouth = _mouth(bearer, width, height)
    x, y = _seated(mouth, bearer[1] if bearer else mouth[1], half_w, half_h, width, height, taken)
    _draw_bubble(_over(pixels), x, y, half_w, half_h, mouth, short)
    _center(pixels, block, x, y, Colors(_INK, _PAPER))
    return x - half_w, y - half_h, x + half_w, y + half_h


def _mouth(bearer: Corners | None, width: int, height: int) -> tuple[float, float]:
    if bearer is None:
        return width * 0.34, height * 0.56
    x0, y0, x1, y1 = bearer
    return (x0 + x1) / 2, y0 + (y1 - y0) * 0.16


def _seated(
    mouth: tuple[float, float],
    head: float,
    half_w: float,
    half_h: float,
    width: int,
    height: int,
    taken: Sequence[Corners],
) -> tuple[float, float]:
    """The centre of the bubble where it covers least; head: the row that those above clear."""
    found: list[tuple[float, float, float]] = []
    for seat in _SEATS:
        x = mouth[0] + seat.x * half_w
        y = mouth[1] + seat.y * half_h
        if seat.y < -1:
            y = min(y, head - half_h - height * 0.025)
        inside_x = min(max(x, half_w + width * 0.02), max(width - half_w - width * 0.02, width / 2))
        inside_y = min(max(y, half_h + height * 0.02), max(height - half_h - height * 0.02, height / 2))
        pushed = abs(inside_x - x) / half_w + abs(inside_y - y) / half_h
        covered = sum(_shared(inside_x, inside_y, half_w, half_h, other) for other in taken)
        found.append((covered / (4 * half_w * half_h) * 4 + pushed * 0.4 + seat.liking, inside_x, inside_y))
    _, x, y = min(found)
    return x, y


def _shared(x: float, y: float, half_w: float, half_h: float, other: Corners) -> float:
    wide = min(x + half_w, other[2]) - max(x - half_w, other[0])
    high = min(y + half_h, other[3]) - max(y - half_h, other[1])
    return max(0.0, wide) * max(0.0, high)


def _draw_bubble(
    canvas: Canvas, x: float, y: float, half_w: float, half_h: float, mouth: tuple[float, float], short: int
) -> None:
    line = max(1.2, short * 0.0045)
    outer, inner = (_pebble(x, y, half_w + grow, half_h + grow) for grow in (line, 0.0))
    drop = short * 0.006
    canvas.fill(outer + np.array([drop * 0.5, drop], np.float32), _INK, alpha=0.25, blur=max(1.0, drop))
    canvas.polygon(outer, _INK)
    canvas.polygon(_tail(x, y, half_w, half_h, mouth, short, line), _INK)
    canvas.polygon(inner, _PAPER)
    canvas.polygon(_tail(x, y, half_w, half_h, mouth, short, 0.0), _PAPER)


def _pebble(x: float, y: float, half_w: float, half_h: float) -> Points:
    """A rounded box that bulges a little."""
    t = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    c, s = np.cos(t), np.sin(t)
    power = 0.52
    return np.stack(
        [x + half_w * np.sign(c) * np.abs(c) ** power, y + half_h * np.sign(s) * np.abs(s) ** power], 1
    ).astype(np.float32)


def _tail(
    x: float, y: float, half_w: float, half_h: float, mouth: tuple[float, float], short: int, grow: float
) -> Points:
    """From inside the bubble towards the mouth, ending a little before it."""
    toward = np.array([mouth[0] - x, mouth[1] - y])
    length = float(np.hypot(*toward)) + 1e-6
    unit = toward / length
    side = np.array([-unit[1], unit[0]])
    edge = 1 / max(abs(unit[0]) / half_w, abs(unit[1]) / half_h)
    tip = unit * max(edge + short * 0.02, min(length - short * 0.03, edge + short * 0.12))
    root, half = unit * edge * 0.8, short * 0.017 + grow
    bend = side * short * 0.008
    points = [root - side * half, (root + tip) / 2 - side * half * 0.6 + bend, tip + unit * grow * 2]
    points += [(root + tip) / 2 + side * half * 0.6 + bend, root + side * half]
    return np.asarray(smooth(points, steps=6) + np.array([x, y]), np.float32)


def label(pixels: Pixels, text: str, bearer: Corners | None) -> Corners | None:
    """A paper label on the bearer's front, or a tag in the lower left."""
    height, width = pixels.shape[:2]
    short = min(width, height)
    x0, y0, x1, y1 = bearer or (width * 0.05, height * 0.70, width * 0.40, height * 1.0)
    wide, high = (x1 - x0), (y1 - y0)
    block = fitted(text, wide * 0.56, high * 0.24, short * 0.08, max_lines=3)
    if block is None:
        return None
    x, y = (x0 + x1) / 2, y0 + high * 0.60
    half_w = block.ink.shape[1] / 2 + block.px * 0.38
    half_h = block.ink.shape[0] / 2 + block.px * 0.32
    canvas, edge = _over(pixels), max(1.0, block.px * 0.05)
    radius = half_h * 0.22
    canvas.fill(
        box(x - half_w, y - half_h + edge, x + half_w, y + half_h + edge * 2, radius),
        _INK,
        alpha=0.3,
        blur=edge * 2,
    )
    canvas.polygon(
        box(x - half_w - edge, y - half_h - edge, x + half_w + edge, y + half_h + edge, radius), _INK
    )
    canvas.fill(box(x - half_w, y - half_h, x + half_w, y + half_h, radius), _PAPER, shift(_PAPER, -0.04))
    _center(pixels, block, x, y, Colors(_INK, _PAPER))
    return x - half_w, y - half_h, x + half_w, y + half_h


def sign(
    pixels: Pixels, text: str, bearer: Corners | None, board: bool, taken: Sequence[Corners]
) -> Corners | None:
    """Letters on the bearer when that is a board, else on a wooden board hung on it, else on a signpost."""
    if bearer is None:
        return _signpost(pixels, text, taken)
    x0, y0, x1, y1 = bearer
    wide, high = x1 - x0, y1 - y0
    if board:
        return _lettered(
            pixels, text, (x0 + wide * 0.12, y0 + high * 0.08, x1 - wide * 0.12, y0 + high * 0.52)
        )
    block = fitted(text, wide * 0.62, high * 0.16, min(pixels.shape[:2]) * 0.07, max_lines=2)
    if block is None:
        return None
    return _board(pixels, block, (x0 + x1) / 2, y0 + high * 0.62)


def _lettered(pixels: Pixels, text: str, room: Corners) -> Corners | None:
    block = fitted(text, room[2] - room[0], room[3] - room[1], room[3] - room[1], max_lines=3)
    if block is None:
        return None
    colors = colors_on(pixels, room)
    dark = float(to_lab(ground_of(pixels, room))[0]) < 0.6
    plain = Colors(_PAPER if dark else _INK, _INK if dark else _PAPER, outline=colors.outline * 0.5)
    _center(pixels, block, (room[0] + room[2]) / 2, (room[1] + room[3]) / 2, plain)
    return room


def _signpost(pixels: Pixels, text: str, taken: Sequence[Corners]) -> Corners | None:
    """A board on a post that stands in the freer lower corner."""
    height, width = pixels.shape[:2]
    short = min(width, height)
    block = fitted(text, width * 0.34, height * 0.13, short * 0.075, max_lines=2)
    if block is None:
        return None
    half_w = block.ink.shape[1] / 2 + block.px * 0.5
    foot, y = height * 0.93, height * 0.93 - short * 0.26
    places = [
        min(max(half_w + width * 0.03, width * at), width - half_w - width * 0.03) for at in (0.22, 0.78, 0.5)
    ]
    covered = [sum(_shared(x, y, half_w, short * 0.12, other) for other in taken) for x in places]
    x = places[int(np.argmin(covered))]
    canvas, thick = _over(pixels), short * 0.016
    canvas.fill(ellipse(x + thick, foot, thick * 3.5, thick * 0.9), _INK, alpha=0.4, blur=thick * 0.6)
    canvas.fill(box(x - thick, y, x + thick, foot, 2), shift(_POST, 0.05), shift(_POST, -0.12), 0)
    return _board(pixels, block, x, y)


def _board(pixels: Pixels, block: Block, x: float, y: float) -> Corners:
    """A painted wooden board about the block, centred on (x, y)."""
    canvas, px = _over(pixels), block.px
    half_w = block.ink.shape[1] / 2 + px * 0.5
    half_h = block.ink.shape[0] / 2 + px * 0.38
    edge, radius = max(1.0, px * 0.07), px * 0.14
    canvas.fill(
        box(x - half_w, y - half_h + edge * 2, x + half_w + edge, y + half_h + edge * 4, radius),
        _INK,
        alpha=0.35,
        blur=edge * 2.5,
    )
    canvas.polygon(
        box(x - half_w - edge, y - half_h - edge, x + half_w + edge, y + half_h + edge, radius),
        shift(_WOOD, -0.26),
    )
    canvas.fill(
        box(x - half_w, y - half_h, x + half_w, y + half_h, radius * 0.8),
        shift(_WOOD, 0.06),
        shift(_WOOD, -0.05),
    )
    _grain(canvas, x, y, half_w, half_h, edge)
    _center(
        pixels, block, x, y, Colors(mix(_PAPER, WHITE, 0.2), shift(_WOOD, -0.34), outline=0.05, shade=0.25)
    )
    return x - half_w, y - half_h, x + half_w, y + half_h


def _grain(canvas: Canvas, x: float, y: float, half_w: float, half_h: float, edge: float) -> None:
    rng = Streams(5)("grain")
    for t in rng.uniform(-0.85, 0.85, 7):
        start, end = np.sort(rng.uniform(-0.95, 0.95, 2))
        row = [(x + half_w * s, y + half_h * (t + rng.normal(0, 0.02))) for s in np.linspace(start, end, 4)]
        canvas.line(row, shift(_WOOD, -0.07), max(1.0, edge * 0.4))
    for side in (-0.93, 0.93):
        canvas.dot(x + half_w * side, y - half_h * 0.62, edge * 0.9, shift(_WOOD, -0.3))
        canvas.dot(x + half_w * side, y + half_h * 0.62, edge * 0.9, shift(_WOOD, -0.3))


def _center(pixels: Pixels, block: Block, x: float, y: float, colors: Colors) -> None:
    high, wide = block.ink.shape
    ink_block(pixels, block.ink, round(x - wide / 2), round(y - high / 2), block.px, colors)


def _over(pixels: Pixels) -> Canvas:
    """A canvas that paints into these pixels."""
    canvas = Canvas(1, 1, Streams(0))
    canvas.height, canvas.width = pixels.shape[:2]
    canvas.short = min(canvas.width, canvas.height)
    canvas.unit = canvas.short / 1024
    canvas.pixels = pixels
    return canvas
