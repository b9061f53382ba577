"""The lit colours of one form: its own colour with marks and mottling, light and shade, rim, gloss, edge.

Colours are planar here, (3, h, w) float32: numpy is several times as fast on them as on (h, w, 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from limner.engines.sketch.paint.body import Form, Mark, Tube
from limner.engines.sketch.paint.light import Ink, Light, ink
from limner.engines.sketch.paint.medium import Medium
from limner.engines.sketch.paint.raster import (
    Floats,
    Pixels,
    blur,
    coverage,
    draw_disc,
    floats,
    gradient,
    smoothstep,
)
from limner.engines.sketch.paint.relief import Frame, Relief

_TEXTURE, _LINE, _RIM = 0.55, 0.50, 0.45
_SEAM = (1.0, 0.42, 0.22)
"""The warm colour between light and shade."""
_RIM_PX = (70.0, 200.0)
"""Bodies below the first size have no light rim, which would be a fringe; above the second a full one."""


@dataclass(frozen=True, slots=True, eq=False)
class Tones:
    """What the forms of one body share: the light, a unit vector towards it, two noises, the medium."""

    light: Light
    towards: Floats
    coarse: Floats
    fine: Floats
    medium: Medium


def lit_colors(form: Form, relief: Relief, frame: Frame, tones: Tones) -> tuple[Floats, Floats | None]:
    """(3, h, w) colours of a form, and its tone 0 shade .. 1 light; flat and shining ones have no tone."""
    coarse, fine = tones.coarse[relief.window], tones.fine[relief.window]
    albedo = _albedo(form, relief, frame, tones)
    key, ambient = ink(tones.light.key), ink(tones.light.ambient)
    if form.glow:
        return albedo * np.float32(1 + form.glow), None
    if form.flat:
        albedo *= (key * np.float32(0.465) + ambient * np.float32(0.52))[:, None, None]
        _edge(albedo, form, relief, frame, tones, np.float32(0.4))
        return albedo, None
    dx, dy = gradient(relief.height)
    facing = 1 / np.sqrt(dx * dx + dy * dy + 1)
    lx, ly, lz = (float(v) for v in tones.towards)
    slant = (dy * ly - dx * lx) * facing
    rough = _TEXTURE * tones.medium.texture
    direct = slant + facing * lz + rough * (0.22 * coarse + 0.20 * fine)
    tone = _tone(direct, tones.medium) * (1 - form.dark)
    color = _mixed(albedo, tone, dy * facing, tones.light)
    _rim(color, albedo, facing, slant, frame, tones)
    gloss = form.gloss * tones.medium.gloss + tones.medium.sheen
    if gloss:
        _gloss(color, dx, dy, facing, gloss, tones)
    rounded = np.minimum(np.maximum(1 - relief.distance / max(2, 0.05 * frame.scale), 0), 1)
    color *= 1 - 0.16 * rounded * (1 - tone)
    _edge(color, form, relief, frame, tones, tone)
    return color, tone


def _albedo(form: Form, relief: Relief, frame: Frame, tones: Tones) -> Floats:
    coarse, fine = tones.coarse[relief.window], tones.fine[relief.window]
    albedo = np.empty((3, *relief.distance.shape), np.float32)
    albedo[:] = form.color[:, None, None]
    for patch in form.marks:
        _paint_mark(albedo, patch, relief, frame, tones)
    rough = _TEXTURE * form.texture * tones.medium.texture
    if not form.flat and rough:
        albedo *= 1 + rough * (0.42 * coarse + 0.30 * fine)
    return albedo


def _paint_mark(albedo: Floats, patch: Mark, relief: Relief, frame: Frame, tones: Tones) -> None:
    """Paint one mark in place, only where it reaches."""
    points = frame.pixels(patch.shape.points) - np.array([relief.x, relief.y], np.float32)
    radii = patch.shape.radii * np.float32(frame.scale) if isinstance(patch.shape, Tube) else None
    reach = 3 + 3 * patch.softness * frame.scale + (float(radii.max()) if radii is not None else 0)
    x0, y0 = np.maximum(points.min(0) - reach, 0).astype(int)
    x1, y1 = np.minimum(points.max(0) + reach + 1, albedo.shape[:0:-1]).astype(int)
    if x1 <= x0 or y1 <= y0:
        return
    local = points - np.array([x0, y0], np.float32)
    if radii is None:
        cover = coverage(local, x1 - x0, y1 - y0)
    else:
        cover = np.zeros((y1 - y0, x1 - x0), np.uint8)
        _sweep(cover, local, radii)
    mask = blur(cover.astype(np.float32) / np.float32(255), patch.softness * frame.scale)
    if patch.softness < 0.06 and tones.medium.texture:
        at = (slice(relief.y + y0, relief.y + y1), slice(relief.x + x0, relief.x + x1))
        uneven = tones.fine[at] * 1.3 + tones.coarse[at]
        share = 4 * min(1.0, tones.medium.texture)
        mask = np.clip(mask + uneven * share * mask * (1 - mask), 0, 1)
    part = albedo[:, y0:y1, x0:x1]
    part += (patch.color[:, None, None] - part) * (mask * np.float32(patch.alpha))


def _sweep(mask: Pixels, points: Floats, radii: Floats) -> None:
    for i in range(len(points) - 1):
        count = max(2, int(np.hypot(*(points[i + 1] - points[i])) / 2))
        for t in np.linspace(0, 1, count):
            x, y = points[i] * (1 - t) + points[i + 1] * t
            draw_disc(mask, float(x), float(y), float(radii[i] * (1 - t) + radii[i + 1] * t), (255,))


def _tone(direct: Floats, medium: Medium) -> Floats:
    """How much of the key light arrives, smooth or in steps."""
    tone = 0.72 * smoothstep(0.08, 0.80, direct) + 0.28 * smoothstep(0.55, 1.05, direct)
    if not medium.tones:
        return floats(tone)
    steps = [smoothstep(k - 0.03, k + 0.03, tone) for k in (np.arange(medium.tones - 1) + 1) / medium.tones]
    return floats(0.22 + 0.66 * sum(steps) / len(steps))


def _mixed(albedo: Floats, tone: Floats, down: Floats, light: Light) -> Floats:
    """Shade and light, with more colour in the shade and a warm seam between them."""
    key, ambient, bounce = ink(light.key), ink(light.ambient), ink(light.bounce)
    low = np.minimum(np.maximum(0.25 - down, 0), 1) * np.float32(0.55)
    dim = 1 - tone
    seam = tone * dim * np.float32(4 * 0.112)
    grey = (albedo[0] + albedo[1] + albedo[2]) * np.float32(1 / 3)
    richer = np.float32(0.44) + seam * np.float32(2.2)
    color = np.empty_like(albedo)
    for k in range(3):
        own = albedo[k]
        rich = np.minimum(np.maximum(own + (own - grey) * richer, 0), 1.2)
        lit = float(key[k]) * 0.96 + float(ambient[k]) * 0.10
        shade = (low * bounce[k] + ambient[k]) * dim
        color[k] = rich * shade + own * (tone * np.float32(lit) + seam * np.float32(_SEAM[k]))
    return color


def _rim(color: Floats, albedo: Floats, facing: Floats, slant: Floats, frame: Frame, tones: Tones) -> None:
    share = float(smoothstep(*_RIM_PX, frame.scale)) * _RIM * tones.medium.rim
    if share < 0.01:
        return
    away = np.maximum(1 - facing, 0)
    rim = away * away * np.sqrt(away) * smoothstep(0.25, 0.85, slant) * np.float32(share)
    for k in range(3):
        color[k] += rim * (np.float32(0.30) + np.float32(0.5) * albedo[k]) * np.float32(tones.light.rim[k])


def _gloss(color: Floats, dx: Floats, dy: Floats, facing: Floats, strength: float, tones: Tones) -> None:
    half = tones.towards + np.array([0, 0, 1], np.float32)
    hx, hy, hz = (float(v) for v in half / np.linalg.norm(half))
    spark = np.minimum(np.maximum((dy * hy - dx * hx + hz) * facing, 0), 1)
    wide = spark**9
    light = (wide * wide * wide * spark**7 * np.float32(0.9) + wide * np.float32(0.12)) * np.float32(strength)
    for k in range(3):
        color[k] += light * np.float32(tones.light.key[k])


def _edge(
    color: Floats, form: Form, relief: Relief, frame: Frame, tones: Tones, tone: Floats | np.float32
) -> None:
    """A coloured line, thick in shade and lost in light; in drawn media it is even."""
    if not form.outline * tones.medium.line:
        return
    coarse, fine = tones.coarse[relief.window], tones.fine[relief.window]
    even = min(1.0, max(0.0, tones.medium.line - 1))
    width = _LINE * form.outline * tones.medium.line * max(0.8, frame.scale / 190)
    thick = width * (1.15 - tone * (0.85 * (1 - 0.7 * even)))
    thick = thick * np.minimum(np.maximum(0.75 + 2.6 * coarse + 1.5 * fine, 0.85 * even), 1.7)
    reach = np.minimum(np.maximum(thick * 1.25 - relief.distance + 0.4, 0), 1)
    cover = reach * np.minimum(thick, 1) * np.float32(0.9)
    paint = _line_color(form.color, tones, even)
    for k in range(3):
        color[k] += (np.float32(paint[k]) - color[k]) * cover


def _line_color(color: Ink, tones: Tones, even: float) -> Ink:
    return floats(color * color * ink(tones.light.ambient) * np.float32(0.42 * (1 - 0.6 * even)))
