"""The gouache painter: bodies in a light, as pictures with transparency.

Each form is lit as a relief, mottled, edged with a lost-and-found line, and covered with brush strokes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from limner.engines.sketch.paint import strokes
from limner.engines.sketch.paint.body import Anchor, Body, Form, Line
from limner.engines.sketch.paint.light import Light, ink
from limner.engines.sketch.paint.medium import GOUACHE, Medium
from limner.engines.sketch.paint.noise import Rng, mottling
from limner.engines.sketch.paint.raster import (
    AREA,
    Floats,
    blur,
    draw_line,
    floats,
    gradient,
    resize,
    warp,
)
from limner.engines.sketch.paint.relief import Frame, Relief, relief_of
from limner.engines.sketch.paint.shading import Tones, lit_colors

_OCCLUSION = 0.62
_MAX_PAINTED_PX = 340


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """pixels: (h, w, 4) float32 0..1, premultiplied. (x, y): its ground point.

    feet: in px from x. anchors: in px from (x, y), y upward. extent: left, bottom, right and top likewise,
    as exact as the body's measures, so that layouts agree at every size.
    """

    pixels: Floats
    x: float
    y: float
    feet: tuple[tuple[float, float], ...]
    floats: bool
    anchors: Mapping[str, Anchor]
    extent: tuple[float, float, float, float]

    def scaled(self, factor: float, flip: bool = False) -> Sprite:
        """The same sprite larger, smaller or mirrored."""
        height, width = self.pixels.shape[:2]
        wide, high = max(1, round(width * factor)), max(1, round(height * factor))
        image = resize(self.pixels, wide, high, AREA if factor < 1 else 2) if factor != 1 else self.pixels
        sign = -1 if flip else 1
        image = np.ascontiguousarray(image[:, ::sign])
        x = (width - self.x if flip else self.x) * factor
        feet = tuple((sign * foot * factor, half * factor) for foot, half in self.feet)
        anchors = {name: _scaled(anchor, factor, sign) for name, anchor in self.anchors.items()}
        left, bottom, right, top = (v * factor for v in self.extent)
        extent = (-right, bottom, -left, top) if flip else (left, bottom, right, top)
        return Sprite(np.clip(image, 0, 1), x, self.y * factor, feet, self.floats, anchors, extent)


def _scaled(anchor: Anchor, factor: float, sign: float = 1) -> Anchor:
    return Anchor(sign * anchor.x * factor, anchor.y * factor, anchor.half * factor)


def paint(body: Body, height_px: float, light: Light, rng: Rng, medium: Medium = GOUACHE) -> Sprite:
    """The body height_px tall, times its own tall; large ones are painted smaller and enlarged."""
    height_px *= body.tall
    painted_px = height_px if body.plain else min(height_px, _MAX_PAINTED_PX)
    low, high = body.bounds()
    scale = painted_px / max(1e-3, float(high[1] - min(low[1], 0)))
    margin = int(10 + 0.07 * scale)
    width = int((high[0] - low[0]) * scale) + 2 * margin
    height = int((high[1] - low[1]) * scale) + 2 * margin
    frame = Frame(scale, margin - float(low[0]) * scale, margin + float(high[1]) * scale, width, height)
    towards = np.asarray(light.towards, np.float32)
    tones = Tones(
        light,
        towards / np.linalg.norm(towards),
        mottling(width, height, 0.16 * scale, rng, 4),
        mottling(width, height, max(3, 0.025 * scale), rng, 2),
        medium,
    )
    out = np.zeros((height, width, 4), np.float32)
    for form in body.forms:
        _paint_form(out, form, frame, tones, rng)
    if not body.plain and not medium.tones:
        _light_mass(out, frame, tones, 0 if body.floats else 0.2)
    feet = tuple((x * scale, half * scale) for x, half in body.feet)
    anchors = {name: _scaled(anchor, scale) for name, anchor in body.anchors.items()}
    x0, y0, x1, y1 = (float(v) * scale for v in (*low, *high))
    sprite = Sprite(np.clip(out, 0, 1), frame.x, frame.y, feet, body.floats, anchors, (x0, y0, x1, y1))
    return sprite if painted_px == height_px else sprite.scaled(height_px / painted_px)


def _paint_form(out: Floats, form: Form, frame: Frame, tones: Tones, rng: Rng) -> None:
    relief = relief_of(form, frame) if form.shapes else None
    if relief is not None:
        color, tone = lit_colors(form, relief, frame, tones)
        alpha = _alpha(form, relief, frame, tones)
        if form.cast:
            _cast_below(out, form, relief, alpha, frame, tones)
        over(out[relief.window], color, alpha)
        if form.fur and tone is not None and tones.medium.strokes:
            strokes.along(out, form, color, relief, frame, rng, tones.medium.strokes)
    for drawn in form.lines:
        _draw(out, drawn, frame, tones.light)


def _alpha(form: Form, relief: Relief, frame: Frame, tones: Tones) -> Floats:
    """What the form covers; a brush leaves its edge a little uneven."""
    edge = relief.distance + np.float32(0.5)
    if not form.flat and tones.medium.texture:
        coarse, fine = tones.coarse[relief.window], tones.fine[relief.window]
        share = min(2.2, frame.scale / 200) * min(1.0, tones.medium.texture)
        edge += (coarse * 1.44 + fine * 0.8) * np.float32(share)
    return floats(np.minimum(np.maximum(edge, 0), 1))


def over(base: Floats, color: Floats, alpha: Floats) -> None:
    """Lay planar colours (3, h, w) over a premultiplied (h, w, 4) picture in place."""
    planes = [np.minimum(np.maximum(plane, 0), 1.3) for plane in color]
    layer = cv2.merge([*planes, np.ones_like(alpha)])
    base[:] = cv2.blendLinear(np.ascontiguousarray(base), layer, 1 - alpha, alpha)


def _cast_below(out: Floats, form: Form, relief: Relief, alpha: Floats, frame: Frame, tones: Tones) -> None:
    """Darken what is already painted around the form, away from the light."""
    spread = max(1.5, 0.035 * frame.scale)
    border = int(3 * spread + 4)
    rows, columns = alpha.shape
    x0, y0 = max(0, relief.x - border), max(0, relief.y - border)
    x1, y1 = min(frame.width, relief.x + columns + border), min(frame.height, relief.y + rows + border)
    below = out[y0:y1, x0:x1]
    mask = np.zeros((y1 - y0, x1 - x0), np.float32)
    mask[relief.y - y0 : relief.y - y0 + rows, relief.x - x0 : relief.x - x0 + columns] = alpha
    step = max(1, int(spread / 2))
    small = resize(mask, mask.shape[1] // step, mask.shape[0] // step, AREA)
    reach = spread * 0.9 / step
    shift = [[1, 0, -float(tones.towards[0]) * reach], [0, 1, float(tones.towards[1]) * reach]]
    shadow = blur(warp(small, shift, small.shape[1], small.shape[0]), spread / step)
    share = np.minimum(shadow * np.float32(_OCCLUSION * form.cast * 0.8), 0.85)
    _dim(below, [1 - share * (1 - float(k) * 0.75) for k in tones.light.ambient])


def _dim(part: Floats, shares: list[Floats]) -> None:
    """Multiply the colours of a premultiplied picture in place by three small maps."""
    height, width = part.shape[:2]
    whole = cv2.merge([*(floats(s) for s in shares), np.ones_like(floats(shares[0]))])
    part *= resize(np.asarray(whole, np.float32), width, height)


def _draw(out: Floats, drawn: Line, frame: Frame, light: Light) -> None:
    points = frame.pixels(drawn.points)
    width = drawn.width * frame.scale
    pad = int(width) + 3
    x0, y0 = (int(v) for v in np.maximum(points.min(0) - pad, 0))
    x1 = min(int(points[:, 0].max()) + pad, frame.width)
    y1 = min(int(points[:, 1].max()) + pad, frame.height)
    if x1 <= x0 or y1 <= y0:
        return
    mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
    draw_line(mask, points - np.array([x0, y0], np.float32), (255 * min(1.0, max(0.35, width)),), width)
    alpha = mask.astype(np.float32) / np.float32(255)
    lit = drawn.color * (ink(light.key) * np.float32(0.4) + ink(light.ambient) * np.float32(0.6))
    over(out[y0:y1, x0:x1], np.broadcast_to(lit[:, None, None], (3, *alpha.shape)), alpha)


def _light_mass(out: Floats, frame: Frame, tones: Tones, settle: float) -> None:
    """Light the whole body once more as one mass, and darken it towards the ground."""
    height, width = out.shape[:2]
    sigma = 0.13 * frame.scale
    step = max(1, int(sigma / 4))
    small = blur(resize(np.ascontiguousarray(out[..., 3]), width // step, height // step, AREA), sigma / step)
    dx, dy = gradient(small)
    slope = (-dx * tones.towards[0] + dy * tones.towards[1]) * np.float32(8 * sigma / step * 0.55)
    lit = np.tanh(slope)
    dim, bright = np.maximum(-lit, 0) * np.float32(0.42), np.maximum(lit, 0) * np.float32(0.16)
    rows = (np.arange(small.shape[0], dtype=np.float32) + 0.5) * np.float32(height / small.shape[0])
    low = np.clip((rows - (frame.y - 0.35 * frame.scale)) / (0.38 * frame.scale), 0, 1)[:, None]
    shares = []
    for ambient, key in zip(tones.light.ambient, tones.light.key, strict=True):
        mass = (1 - dim * (1 - ambient * 0.55)) * (1 + bright * key)
        shares.append(mass * (1 - low * settle * (1 - ambient * 0.6)))
    _dim(out, shares)
