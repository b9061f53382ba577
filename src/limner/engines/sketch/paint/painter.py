"""The gouache painter: bodies in a light, as pictures with transparency.

Each form is lit as a relief, mottled, edged with a lost-and-found line, and covered with brush strokes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from limner.engines.sketch.paint import strokes
from limner.engines.sketch.paint.body import Anchor, Body, Form, Line, Mark, Tube
from limner.engines.sketch.paint.light import Ink, Light, ink
from limner.engines.sketch.paint.medium import GOUACHE, Medium
from limner.engines.sketch.paint.noise import Rng, blotches
from limner.engines.sketch.paint.raster import (
    AREA,
    Floats,
    Pixels,
    blur,
    coverage,
    draw_disc,
    draw_line,
    gradient,
    resize,
    smoothstep,
    warp,
)
from limner.engines.sketch.paint.relief import Frame, Relief, relief_of

_TEXTURE, _LINE, _OCCLUSION, _RIM = 0.55, 0.50, 0.62, 0.45
_MAX_PAINTED_PX = 340


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """pixels: (h, w, 4) float32 0..1, premultiplied. (x, y): its ground point.

    feet: in px from x. anchors: in px from (x, y), y upward.
    """

    pixels: Floats
    x: float
    y: float
    feet: tuple[tuple[float, float], ...]
    floats: bool
    anchors: Mapping[str, Anchor]

    def scaled(self, factor: float, flip: bool = False) -> Sprite:
        """The same sprite larger, smaller or mirrored."""
        height, width = self.pixels.shape[:2]
        wide, high = max(1, round(width * factor)), max(1, round(height * factor))
        image = resize(self.pixels, wide, high, AREA if factor < 1 else 2) if factor != 1 else self.pixels
        sign = -1 if flip else 1
        image = np.ascontiguousarray(image[:, ::sign])
        x = (width - self.x if flip else self.x) * factor
        feet = tuple((sign * foot * factor, half * factor) for foot, half in self.feet)
        anchors = {
            name: Anchor(sign * a.x * factor, a.y * factor, a.half * factor)
            for name, a in self.anchors.items()
        }
        return Sprite(np.clip(image, 0, 1), x, self.y * factor, feet, self.floats, anchors)


def _scaled(anchor: Anchor, factor: float, sign: float = 1) -> Anchor:
    return Anchor(sign * anchor.x * factor, anchor.y * factor, anchor.half * factor)


@dataclass(frozen=True, slots=True, eq=False)
class _Tones:
    """What the forms of one body share: the light, a unit vector towards it, and two noises."""

    light: Light
    towards: Floats
    coarse: Floats
    fine: Floats


def paint(body: Body, height_px: float, light: Light, rng: Rng, medium: Medium = GOUACHE) -> Sprite:
    """The body height_px tall; tall ones are painted smaller and enlarged."""
    painted_px = min(height_px, _MAX_PAINTED_PX)
    low, high = body.bounds()
    scale = painted_px / max(1e-3, float(high[1] - min(low[1], 0)))
    margin = int(10 + 0.07 * scale)
    width = int((high[0] - low[0]) * scale) + 2 * margin
    height = int((high[1] - low[1]) * scale) + 2 * margin
    frame = Frame(scale, margin - float(low[0]) * scale, margin + float(high[1]) * scale, width, height)
    towards = np.asarray(light.towards, np.float32)
    tones = _Tones(
        light,
        towards / np.linalg.norm(towards),
        blotches(width, height, 0.16 * scale, rng, 4) - np.float32(0.5),
        blotches(width, height, max(3, 0.025 * scale), rng, 2) - np.float32(0.5),
    )
    out = np.zeros((height, width, 4), np.float32)
    for form in body.forms:
        _paint_form(out, form, frame, tones, rng)
    if not body.plain:
        _light_mass(out, frame, tones, 0 if body.floats else 0.2)
    feet = tuple((x * scale, half * scale) for x, half in body.feet)
    anchors = {name: _scaled(anchor, scale) for name, anchor in body.anchors.items()}
    sprite = Sprite(np.clip(out, 0, 1), frame.x, frame.y, feet, body.floats, anchors)
    return sprite if painted_px == height_px else sprite.scaled(height_px / painted_px)


def _paint_form(out: Floats, form: Form, frame: Frame, tones: _Tones, rng: Rng) -> None:
    relief = relief_of(form, frame) if form.shapes else None
    if relief is not None:
        coarse, fine = tones.coarse[relief.window], tones.fine[relief.window]
        color, tone = _shade(form, relief, frame, tones)
        wobble = 0 if form.flat else (coarse * 1.44 + fine * 0.8) * min(2.2, frame.scale / 200)
        alpha = np.clip(relief.distance + 0.5 + wobble, 0, 1).astype(np.float32)
        if form.outline and not form.glow:
            _edge(color, form, relief, frame, tones, tone)
        if form.cast:
            _cast_below(out, form, relief, alpha, frame, tones)
        over(out[relief.window], np.clip(color, 0, 1.3), alpha)
        if form.fur and tone is not None:
            strokes.along(out, form, color, relief, frame, rng)
    for drawn in form.lines:
        _draw(out, drawn, frame, tones.light)


def over(base: Floats, color: Floats | Ink, alpha: Floats) -> None:
    """Lay color over a premultiplied picture in place."""
    base *= 1 - alpha[..., None]
    base[..., :3] += color * alpha[..., None]
    base[..., 3] += alpha


def _albedo(form: Form, relief: Relief, frame: Frame, coarse: Floats, fine: Floats) -> Floats:
    albedo = np.empty((*relief.distance.shape, 3), np.float32)
    albedo[:] = form.color
    for patch in form.marks:
        _paint_mark(albedo, patch, relief, frame, fine * 1.3 + coarse)
    if not form.flat:
        albedo *= (1 + _TEXTURE * form.texture * (0.42 * coarse + 0.30 * fine))[..., None]
    return albedo


def _paint_mark(albedo: Floats, patch: Mark, relief: Relief, frame: Frame, uneven: Floats) -> None:
    """Paint one mark in place, only where it reaches."""
    points = frame.pixels(patch.shape.points) - np.array([relief.x, relief.y], np.float32)
    radii = patch.shape.radii * np.float32(frame.scale) if isinstance(patch.shape, Tube) else None
    reach = 3 + 3 * patch.softness * frame.scale + (float(radii.max()) if radii is not None else 0)
    x0, y0 = np.maximum(points.min(0) - reach, 0).astype(int)
    x1, y1 = np.minimum(points.max(0) + reach + 1, albedo.shape[1::-1]).astype(int)
    if x1 <= x0 or y1 <= y0:
        return
    local = points - np.array([x0, y0], np.float32)
    if radii is None:
        cover = coverage(local, x1 - x0, y1 - y0)
    else:
        cover = np.zeros((y1 - y0, x1 - x0), np.uint8)
        _sweep(cover, local, radii)
    mask = blur(cover.astype(np.float32) / np.float32(255), patch.softness * frame.scale)
    if patch.softness < 0.06:
        mask = np.clip(mask + uneven[y0:y1, x0:x1] * 4 * mask * (1 - mask), 0, 1)
    part = albedo[y0:y1, x0:x1]
    part += (patch.color - part) * (mask * np.float32(patch.alpha))[..., None]


def _sweep(mask: Pixels, points: Floats, radii: Floats) -> None:
    for i in range(len(points) - 1):
        count = max(2, int(np.hypot(*(points[i + 1] - points[i])) / 2))
        for t in np.linspace(0, 1, count):
            x, y = points[i] * (1 - t) + points[i + 1] * t
            draw_disc(mask, float(x), float(y), float(radii[i] * (1 - t) + radii[i + 1] * t), (255,))


def _shade(form: Form, relief: Relief, frame: Frame, tones: _Tones) -> tuple[Floats, Floats | None]:
    """The lit colours of a form, and its tone 0 shade .. 1 light; flat and shining forms have no tone."""
    coarse, fine = tones.coarse[relief.window], tones.fine[relief.window]
    albedo = _albedo(form, relief, frame, coarse, fine)
    key, ambient = ink(tones.light.key), ink(tones.light.ambient)
    if form.glow:
        return albedo * np.float32(1 + form.glow), None
    if form.flat:
        return albedo * (key * 0.465 + ambient * 0.52), None
    dx, dy = gradient(relief.height)
    facing = 1 / np.sqrt(dx * dx + dy * dy + 1)
    nx, ny = -dx * facing, dy * facing
    lx, ly, lz = (float(v) for v in tones.towards)
    direct = nx * lx + ny * ly + facing * lz + _TEXTURE * (0.22 * coarse + 0.20 * fine)
    tone = 0.72 * smoothstep(0.08, 0.80, direct) + 0.28 * smoothstep(0.55, 1.05, direct)
    tone = (tone * (1 - form.dark)).astype(np.float32)
    color = _mixed(albedo, tone, ny, tones.light)
    rim = np.clip(1 - facing, 0, 1) ** 2.5 * smoothstep(0.25, 0.85, nx * lx + ny * ly) * _RIM
    color += rim[..., None] * ink(tones.light.rim) * (0.30 + 0.5 * albedo)
    if form.gloss:
        half = tones.towards + np.array([0, 0, 1], np.float32)
        half /= np.linalg.norm(half)
        spark = np.clip(nx * half[0] + ny * half[1] + facing * half[2], 0, 1)
        color += (form.gloss * (spark**34 * 0.9 + spark**9 * 0.12))[..., None] * key
    rounded = np.clip(1 - relief.distance / max(2, 0.05 * frame.scale), 0, 1)
    color *= (1 - 0.16 * rounded * (1 - tone))[..., None]
    return color.astype(np.float32), tone


def _mixed(albedo: Floats, tone: Floats, ny: Floats, light: Light) -> Floats:
    """Shade and light, with more colour in the shade and a warm seam between them."""
    key, ambient, bounce = ink(light.key), ink(light.ambient), ink(light.bounce)
    shade = ambient + bounce * (np.clip(0.25 - ny, 0, 1) * 0.55)[..., None]
    seam = (4 * tone * (1 - tone))[..., None] * np.float32(0.112)
    grey = albedo.mean(2, keepdims=True)
    rich = np.clip(albedo + (albedo - grey) * 1.1 * (0.4 + seam * 2), 0, 1.2)
    t = tone[..., None]
    color = rich * shade * (1 - t) + albedo * (key * 0.96 + ambient * 0.10) * t
    return cast(Floats, color + seam * albedo * np.array([1.0, 0.42, 0.22], np.float32))


def _edge(
    color: Floats, form: Form, relief: Relief, frame: Frame, tones: _Tones, tone: Floats | None
) -> None:
    """A coloured line, thick in shade and lost in light."""
    coarse, fine = tones.coarse[relief.window], tones.fine[relief.window]
    light_share = 0.4 if tone is None else tone
    width = _LINE * form.outline * max(0.8, frame.scale / 190) * (1.15 - light_share * 0.85)
    width = width * np.clip(0.75 + 2.6 * coarse + 1.5 * fine, 0, 1.7)
    cover = np.clip(width * 1.25 - relief.distance + 0.4, 0, 1) * np.clip(width, 0, 1) * 0.9
    line_color = form.color * form.color * ink(tones.light.ambient) * np.float32(0.42)
    color += (line_color - color) * cover[..., None].astype(np.float32)


def _cast_below(out: Floats, form: Form, relief: Relief, alpha: Floats, frame: Frame, tones: _Tones) -> None:
    """Darken what is already painted around the form, away from the light."""
    spread = max(1.5, 0.035 * frame.scale)
    border = int(3 * spread + 4)
    height, width = alpha.shape
    x0, y0 = max(0, relief.x - border), max(0, relief.y - border)
    x1, y1 = min(frame.width, relief.x + width + border), min(frame.height, relief.y + height + border)
    mask = np.zeros((y1 - y0, x1 - x0), np.float32)
    mask[relief.y - y0 : relief.y - y0 + height, relief.x - x0 : relief.x - x0 + width] = alpha
    dx, dy = -float(tones.towards[0]) * spread * 0.9, float(tones.towards[1]) * spread * 0.9
    shadow = blur(warp(mask, [[1, 0, dx], [0, 1, dy]], x1 - x0, y1 - y0), spread)
    share = np.clip(shadow * np.float32(_OCCLUSION * form.cast * 0.8), 0, 0.85)[..., None]
    out[y0:y1, x0:x1, :3] *= 1 - share * (1 - ink(tones.light.ambient) * np.float32(0.75))


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
    lit = drawn.color * (ink(light.key) * np.float32(0.4) + ink(light.ambient) * np.float32(0.6))
    over(out[y0:y1, x0:x1], lit, mask.astype(np.float32) / np.float32(255))


def _light_mass(out: Floats, frame: Frame, tones: _Tones, settle: float) -> None:
    """Light the whole body once more as one mass, and darken it towards the ground."""
    height, width = out.shape[:2]
    sigma = 0.13 * frame.scale
    step = max(1, int(sigma / 4))
    small = blur(resize(np.ascontiguousarray(out[..., 3]), width // step, height // step, AREA), sigma / step)
    dx, dy = gradient(small)
    slope = (-dx * tones.towards[0] + dy * tones.towards[1]) * 8 * sigma / step * 0.55
    lit = resize(np.tanh(slope).astype(np.float32), width, height)[..., None]
    ambient, key = ink(tones.light.ambient), ink(tones.light.key)
    out[..., :3] *= 1 - np.clip(-lit, 0, 1) * 0.42 * (1 - ambient * np.float32(0.55))
    out[..., :3] *= 1 + np.clip(lit, 0, 1) * 0.16 * key
    rows = np.arange(height, dtype=np.float32)
    low = np.clip((rows - (frame.y - 0.35 * frame.scale)) / (0.38 * frame.scale), 0, 1)[:, None, None]
    out[..., :3] *= 1 - low * np.float32(settle) * (1 - ambient * np.float32(0.6))
