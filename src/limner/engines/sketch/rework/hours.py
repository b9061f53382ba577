"""Another hour of the day in a picture of which nothing is known: its light, its sky, stars, the moon."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.palette import Palette, lch, ramp
from limner.engines.sketch.paint.raster import Floats, Pixels, Rgb, blur, floats, grid, smoothstep, to_bytes
from limner.engines.sketch.rework import masks
from limner.engines.sketch.rework.filters import saturated, tinted
from limner.engines.sketch.rework.lab import luma, mixed

Hour: TypeAlias = Callable[[Pixels, Streams], Pixels]

_STARS = 240
_NIGHT_SKY: tuple[tuple[float, Rgb], ...] = ((0.0, (10, 14, 42)), (0.55, (28, 42, 92)), (1.0, (74, 98, 150)))
_SUNSET: tuple[tuple[float, Rgb], ...] = (
    (0.0, (86, 72, 136)),
    (0.55, (232, 118, 96)),
    (1.0, (255, 196, 112)),
)
_SUNRISE: tuple[tuple[float, Rgb], ...] = (
    (0.0, (128, 158, 212)),
    (0.6, (244, 186, 176)),
    (1.0, (255, 228, 176)),
)


def night(image: Pixels, streams: Streams) -> Pixels:
    """Deep blue and dark; what shone warm still shines; stars and a moon where there is sky."""
    above = masks.sky(image)
    disc = masks.sun(image, above)
    if disc:
        above = np.maximum(above, _disc(above, *disc))
    tone = floats(image) * np.float32(1 / 255)
    light = luma(image)
    moonlit = light[..., None] * floats([0.07, 0.13, 0.29]) + tone * floats([0.46, 0.41, 0.48])
    moonlit = np.power(np.clip(moonlit, 0, 1), np.float32(1.12))
    lamp = _lamps(image, light) * (1 - above)
    halo = np.clip(blur(lamp, max(1.0, min(image.shape[:2]) * 0.025)) * 1.5, 0, 1) * 0.35
    moonlit += tone * floats([1.0, 0.74, 0.40]) * np.clip(lamp, 0, 1)[..., None] * np.float32(0.8)
    moonlit += halo[..., None] * floats([0.55, 0.33, 0.12])
    out = to_bytes(moonlit * 255)
    calm = np.clip(above - (_disc(above, *disc) if disc else 0), 0, 1)
    dark = mixed(out, _sky_like(image, calm, _NIGHT_SKY, 0.22), above * np.float32(0.94))
    return _with_stars(dark, above, streams, disc)


def _disc(like: Floats, x: float, y: float, radius: float) -> Floats:
    """1 on a disc and a little about it."""
    columns, rows = grid(like.shape[1], like.shape[0])
    return np.asarray(smoothstep(radius * 1.5, radius * 1.2, np.hypot(columns - x, rows - y)), np.float32)


def _lamps(image: Pixels, light: Floats) -> Floats:
    """Small parts that are warm and brighter than what is about them."""
    warm = floats(image[..., 0]) - floats(image[..., 2])
    around = blur(light, max(2.0, min(image.shape[:2]) * 0.03))
    return np.asarray(
        smoothstep(0.10, 0.26, light - around) * smoothstep(40, 90, warm) * smoothstep(0.55, 0.75, light),
        np.float32,
    )


def _sky_like(image: Pixels, above: Floats, stops: tuple[tuple[float, Rgb], ...], texture: float) -> Pixels:
    """A sky of these colours down to where the picture's own ends, with its clouds faintly in it."""
    height = image.shape[0]
    rows = np.flatnonzero(above.mean(1) > 0.05)
    end = int(rows.max()) + 1 if len(rows) else height
    colors = ramp(list(stops), max(2, end))
    full = np.vstack([colors, np.repeat(colors[-1:], max(0, height - len(colors)), 0)])[:height]
    light = luma(image)
    clouds = (light - blur(light, max(2.0, min(image.shape[:2]) * 0.08)))[..., None]
    return to_bytes(full[:, None] * (1 + clouds * np.float32(texture * 8)))


def _with_stars(
    image: Pixels, above: Floats, streams: Streams, disc: tuple[float, float, float] | None
) -> Pixels:
    height, width = image.shape[:2]
    if float(above.mean()) < 0.02:
        return image
    canvas = Canvas(width, height, streams)
    canvas.pixels = image.copy()
    rng = canvas.stream("edit-stars")
    for size in rng.random(_STARS) ** 3:
        x, y = int(rng.random() * width), int(rng.random() * height * 0.75)
        if above[y, x] > 0.9:
            canvas.dot(x, y, canvas.short * (0.0007 + 0.0016 * float(size)), (226, 232, 255))
    spot = (disc[0], disc[1]) if disc else _room_for_moon(canvas, above)
    if spot:
        _moon(canvas, *spot, disc[2] if disc else canvas.short * 0.042)
    return canvas.pixels


def _room_for_moon(canvas: Canvas, above: Floats) -> tuple[float, float] | None:
    """Where there is enough sky about it."""
    room = blur(above, canvas.short * 0.07)
    for x, y in ((0.80, 0.16), (0.20, 0.16), (0.62, 0.14), (0.38, 0.14)):
        if room[int(y * canvas.height), int(x * canvas.width)] > 0.93:
            return x * canvas.width, y * canvas.height
    return None


def _moon(canvas: Canvas, x: float, y: float, radius: float) -> None:
    canvas.glow(x, y, radius * 5.5, (170, 190, 240), 0.5)
    canvas.dot(x, y, radius, (244, 242, 226))
    for dx, dy, size in ((-0.3, -0.2, 0.24), (0.28, 0.22, 0.18), (0.05, 0.45, 0.13)):
        canvas.dot(x + dx * radius, y + dy * radius, size * radius, (224, 222, 208))


def dusk(image: Pixels, streams: Streams) -> Pixels:
    """The light of a low sun: warm heights, violet depths, a burning sky."""
    return _low_sun(image, _SUNSET, (1.12, 0.86, 0.70), (0.60, 0.48, 0.66), 0.86)


def dawn(image: Pixels, streams: Streams) -> Pixels:
    """The light of the early sun: rosy and pale."""
    return _low_sun(image, _SUNRISE, (1.10, 1.0, 0.90), (0.84, 0.78, 0.92), 0.80)


def _low_sun(
    image: Pixels,
    stops: tuple[tuple[float, Rgb], ...],
    key: tuple[float, float, float],
    shade: tuple[float, float, float],
    share: float,
) -> Pixels:
    above = masks.sky(image)
    light = smoothstep(0.15, 0.75, luma(image))[..., None]
    lit = floats(image) * (floats(shade) * (1 - light) + floats(key) * light)
    out = mixed(to_bytes(lit), _sky_like(image, above, stops, 0.16), above * np.float32(share))
    return _haze(out, stops[-1][1])


def _haze(image: Pixels, color: Rgb) -> Pixels:
    """A warm glow about the upper third."""
    _, y = grid(4, image.shape[0])
    band = np.exp(-(((y[:, :1] / image.shape[0] - 0.40) / 0.24) ** 2)) * np.float32(0.20)
    tone = floats(image)
    return to_bytes(tone + (255 - tone) * band[..., None] * floats(color) / 255)


def day(image: Pixels, streams: Streams) -> Pixels:
    """Clear light: a dark picture is lifted, a coloured cast taken back, the sky made blue."""
    mean = float(luma(image).mean())
    power = float(np.clip(np.log(0.52) / np.log(max(mean, 0.02)), 0.45, 1.0))
    lifted = np.power(floats(image) / 255, np.float32(power)) * 255
    cast = np.clip(lifted.mean() / np.maximum(lifted.mean((0, 1)), 12), 0.8, 1.25)
    out = saturated(to_bytes(lifted * (1 + (cast - 1) * 0.6)), 1.15)
    above = masks.sky(image)
    palette = Palette("day")
    stops = ((0.0, lch(0.66, 0.12, 245)), (0.6, palette.middle), (1.0, palette.horizon))
    return tinted(mixed(out, _sky_like(image, above, stops, 0.22), above * np.float32(0.75)), 1.02, 1.02, 1.0)


HOURS: dict[str, Hour] = {"night": night, "dusk": dusk, "dawn": dawn, "day": day}
