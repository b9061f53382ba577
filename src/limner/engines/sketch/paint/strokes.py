"""Brush strokes on a form: they follow its limbs, and near the edge they leave the outline."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.body import Form, Tube
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.raster import Floats, Pixels, draw_lines, floats, gradient
from limner.engines.sketch.paint.relief import Frame, Relief

_CLOTH = 0.12


def along(
    out: Floats, form: Form, color: Floats, relief: Relief, frame: Frame, rng: Rng, density: float = 1
) -> None:
    """Cover the form in out (premultiplied RGBA) with short strokes of its own colours, (3, h, w)."""
    length = _length_px(form, frame)
    x, y = _starts(relief, length, rng, density)
    if not len(x):
        return
    inside = relief.distance[y, x]
    outward = _outward(relief, x, y)
    near_edge = np.clip(1 - inside / (length * 0.6), 0, 1)[:, None]
    steps = _directions(form, relief, frame, x, y, outward)
    steps = steps * (1 - form.shag * near_edge) + outward * (form.shag * 0.9 * near_edge)
    steps += np.array([0, 0.15 * form.shag], np.float32) + rng.normal(0, 0.13, steps.shape)
    steps /= np.linalg.norm(steps, axis=1, keepdims=True) + 1e-6
    steps *= length * rng.uniform(0.45, 1.05, (len(x), 1))
    room = inside[:, None] + form.shag * length * rng.uniform(0.1, 0.75, (len(x), 1))
    leaving = np.clip((steps * outward).sum(1, keepdims=True), 1e-3, None)
    steps *= np.minimum(1, np.maximum(room, 0.8) / leaving)
    tint = 1 + rng.normal(0, 0.085, (len(x), 1)) + rng.normal(0, 0.018, (len(x), 3))
    width = rng.uniform(0.04, 0.14, len(x)) * length * form.dab * (1 - 0.5 * near_edge[:, 0])
    bend = rng.normal(0, 0.12, len(x))[:, None]
    starts = np.column_stack([x + relief.x, y + relief.y]).astype(np.float32)
    middle = starts + steps * 0.5 + np.column_stack([-steps[:, 1], steps[:, 0]]) * bend
    curves = np.stack([starts - steps * 0.1, middle, starts + steps * 0.9], 1)
    _brush(out, form, relief, curves, np.clip(color[:, y, x].T * tint, 0, 1), width, int(length * 1.3) + 3)


def _length_px(form: Form, frame: Frame) -> float:
    length = form.fur * frame.scale
    return length if length < 12 else 12 + (length - 12) * 0.45


def _starts(relief: Relief, length: float, rng: Rng, density: float) -> tuple[np.ndarray, np.ndarray]:
    area = float((relief.distance > 0).sum())
    count = int(np.clip(area / (length * max(1, length * 0.16)) * 0.44 * density, 12, 2400))
    height, width = relief.distance.shape
    y, x = rng.integers(0, height, count * 4), rng.integers(0, width, count * 4)
    inside = relief.distance[y, x] > 0.6
    return x[inside][:count], y[inside][:count]


def _outward(relief: Relief, x: np.ndarray, y: np.ndarray) -> Floats:
    dx, dy = gradient(relief.distance)
    normal = np.column_stack([-dx[y, x], -dy[y, x]])
    return floats(normal / (np.linalg.norm(normal, axis=1, keepdims=True) + 1e-3))


def _directions(
    form: Form, relief: Relief, frame: Frame, x: np.ndarray, y: np.ndarray, outward: Floats
) -> Floats:
    """Unit vectors: the form's own angle, else that of the nearest limb, else across the slope."""
    if form.flow is not None:
        angle = np.radians(form.flow)
        return np.tile(np.array([np.cos(angle), -np.sin(angle)], np.float32), (len(x), 1))
    tubes = [shape.points for shape in form.shapes if isinstance(shape, Tube)]
    if not tubes:
        across = np.column_stack([-outward[:, 1], outward[:, 0]])
        return floats(across * np.sign(across[:, 1:] + 1e-3))
    tails = np.concatenate([t[:-1] for t in tubes])
    heads = np.concatenate([t[1:] for t in tubes])
    at = np.column_stack([(x + relief.x - frame.x) / frame.scale, (frame.y - y - relief.y) / frame.scale])
    nearest = ((at[:, None] - ((tails + heads) / 2)[None]) ** 2).sum(2).argmin(1)
    found = (heads - tails)[nearest] * np.array([1, -1], np.float32)
    return floats(found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-6))


def _brush(
    out: Floats,
    form: Form,
    relief: Relief,
    curves: np.ndarray,
    color: Floats,
    width: np.ndarray,
    border: int,
) -> None:
    """Draw on a uint8 copy, which is where cv2 anti-aliases; cloth and walls keep their outline."""
    rows, columns = relief.distance.shape
    x0, y0 = max(0, relief.x - border), max(0, relief.y - border)
    part = out[y0 : relief.y + rows + border, x0 : relief.x + columns + border]
    copy: Pixels = (np.clip(part, 0, 1) * 255 + 0.5).astype(np.uint8)
    curves = curves - np.array([x0, y0], np.float32)
    paint = np.column_stack([color * 255, np.full(len(color), 255)])
    draw_lines(copy, curves, paint, width)
    painted = copy.astype(np.float32) / np.float32(255)
    if form.shag >= _CLOTH:
        part[:] = painted
        return
    mask = np.zeros(part.shape[:2], np.float32)
    top, left = relief.y - y0, relief.x - x0
    mask[top : top + rows, left : left + columns] = np.clip(relief.distance + 0.3 + form.shag * 12, 0, 1)
    part += (painted - part) * mask[..., None]
