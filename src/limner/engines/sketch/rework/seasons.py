"""Another season or weather in a picture of which nothing is known: leaves, snow, what falls from the sky."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import cv2
import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.noise import Streams, fbm
from limner.engines.sketch.paint.palette import Palette
from limner.engines.sketch.paint.raster import Floats, Pixels, blur, grid, smoothstep, to_bytes
from limner.engines.sketch.rework import masks
from limner.engines.sketch.rework.cutout import SURE, cut
from limner.engines.sketch.rework.filters import saturated, tinted
from limner.engines.sketch.rework.lab import from_lab, lab_of, luma, mixed
from limner.engines.sketch.scene import weather

Season: TypeAlias = Callable[[Pixels, Streams], Pixels]


def winter(image: Pixels, streams: Streams) -> Pixels:
    """Snow on the ground and on what faces up, bare pale colours, a white sky, flakes."""
    above, green = masks.sky(image), masks.greenery(image)
    lab = lab_of(image)
    own = _own_color(image, lab, green, above)
    lying = np.clip(_facing_up(image) * 0.85 + _on_the_ground(image, green, streams), 0, 0.95)
    lying *= (1 - above) * (1 - 0.9 * own) * smoothstep(8, 30, lab[..., 0])
    keep = (0.42 + 0.5 * own)[..., None]
    lab[..., 1:] *= keep
    lab[..., 2] -= 3.5 * (1 - own)
    lab[..., 0] += (14 - 0.14 * lab[..., 0]) * (1 - own)
    texture = lab[..., 0] - blur(np.ascontiguousarray(lab[..., 0]), max(2.0, min(image.shape[:2]) * 0.02))
    snow = np.dstack(
        [np.clip(91 + texture * 0.55, 70, 99), np.full_like(texture, -0.6), np.full_like(texture, -4)]
    )
    lab += (snow - lab) * lying[..., None]
    pale = np.dstack([lab[..., 0] * 0.55 + 38, lab[..., 1] * 0.5, lab[..., 2] * 0.45])
    lab += (pale - lab) * (above * 0.7)[..., None]
    return weathered(from_lab(lab), "snow", streams, "day", "winter")


def _own_color(image: Pixels, lab: Floats, green: Floats, above: Floats) -> Floats:
    """Strong colours, which people and painted things have, and the main subject: they stay."""
    vivid = smoothstep(24, 42, np.hypot(lab[..., 1], lab[..., 2])) * (1 - green) * (1 - above)
    warm = smoothstep(-2, 8, lab[..., 1])
    subject = cut(image)
    sure = subject.confidence >= SURE and float(subject.alpha.mean()) < 0.3
    kept = subject.alpha * np.float32(0.8 if sure else 0.0) * (1 - green)
    return np.maximum(np.asarray(np.maximum(vivid * warm, kept), np.float32), masks.skin(image))


def _facing_up(image: Pixels) -> Floats:
    """Upper edges: brighter than what lies just above them is not asked, only that something begins."""
    light = blur(luma(image), max(0.8, min(image.shape[:2]) * 0.002))
    step = max(1, image.shape[0] // 170)
    change = np.abs(light - np.roll(light, step, 0))
    change[:step] = 0
    return np.asarray(blur(smoothstep(0.05, 0.16, change).astype(np.float32), 0.8), np.float32)


def _on_the_ground(image: Pixels, green: Floats, streams: Streams) -> Floats:
    """A blanket over grass and over the lower part, with some holes."""
    height, width = image.shape[:2]
    _, y = grid(width, height)
    low = smoothstep(0.42, 0.72, y / height)
    noise = fbm(width, height, 9, 9, streams("edit-snow"), 4)
    patches = 0.30 + 0.70 * smoothstep(0.16, 0.44, noise + 0.26 * low)
    soft = blur(np.ascontiguousarray(green), max(1.0, min(height, width) * 0.006))
    return np.asarray(patches * np.maximum(soft * (0.35 + 0.65 * low), low * 0.85), np.float32)


Hues: TypeAlias = tuple[tuple[float, float], ...]
"""Lab a and b, to vary between."""


def _with_leaves(image: Pixels, mask: Floats, hues: Hues, share: float, streams: Streams) -> Pixels:
    """What lies under the mask takes hues that vary from place to place, at its own lightness."""
    height, width = image.shape[:2]
    lab = lab_of(image)
    patches = fbm(width, height, 7, 7, streams("edit-leaves"), 4)
    positions = np.linspace(0.32, 0.68, len(hues))
    chroma = np.clip(np.hypot(lab[..., 1], lab[..., 2]) / 46, 0.35, 1.25)
    for channel in (0, 1):
        wanted = np.interp(patches, positions, [hue[channel] for hue in hues]).astype(np.float32) * chroma
        lab[..., 1 + channel] += (wanted - lab[..., 1 + channel]) * mask * np.float32(share)
    lab[..., 0] += 4 * mask * np.float32(share)
    return from_lab(lab)


def _crowns(image: Pixels, green: Floats) -> Floats:
    """Leaves rather than lawns: greenery that is rough and not in the lowest part."""
    light = luma(image)
    size = max(1.0, min(image.shape[:2]) * 0.006)
    rough = blur(np.abs(light - blur(light, size)), size * 3)
    _, y = grid(image.shape[1], image.shape[0])
    return np.asarray(
        green * smoothstep(0.012, 0.03, rough) * smoothstep(0.78, 0.55, y / image.shape[0]), np.float32
    )


def autumn(image: Pixels, streams: Streams) -> Pixels:
    """Crowns between gold and rust, straw-coloured grass, a warm light."""
    green = masks.greenery(image)
    crowns = _crowns(image, green)
    dry = _with_leaves(image, np.clip(green - crowns, 0, 1), ((-2, 40), (8, 46), (16, 44)), 0.8, streams)
    return tinted(_with_leaves(dry, crowns, ((8, 60), (30, 56), (46, 44)), 0.95, streams), 1.05, 0.98, 0.87)


def spring(image: Pixels, streams: Streams) -> Pixels:
    """Fresh yellow-green, and blossom in the crowns."""
    height, width = image.shape[:2]
    green = masks.greenery(image)
    fresh = saturated(_with_leaves(image, green, ((-26, 44), (-32, 40)), 0.7, streams), 1.12)
    dots = fbm(width, height, 60, 60, streams("edit-blossom"), 3)
    where = _crowns(image, green) * smoothstep(0.54, 0.62, dots)
    light = luma(fresh)
    pink = to_bytes(np.stack([light * 70 + 196, light * 90 + 138, light * 80 + 168], 2))
    return tinted(mixed(fresh, pink, where * np.float32(0.9)), 1.04, 1.03, 1.01)


def summer(image: Pixels, streams: Streams) -> Pixels:
    """Full green in strong sun."""
    full = _with_leaves(image, masks.greenery(image), ((-28, 36), (-36, 40)), 0.45, streams)
    return tinted(saturated(full, 1.28), 1.06, 1.04, 0.94)


SEASONS: dict[str, Season] = {"winter": winter, "autumn": autumn, "spring": spring, "summer": summer}


def weathered(
    image: Pixels, name: str, streams: Streams, time: str = "day", season: str = "summer"
) -> Pixels:
    """The picture in another weather; clear weather takes haze away."""
    if name == "clear":
        return _cleared(image)
    if name not in weather.WEATHERS:
        return image
    canvas = Canvas(image.shape[1], image.shape[0], streams)
    canvas.pixels = image.copy()
    weather.WEATHERS[name](canvas, Palette(time, season))
    return canvas.pixels


def _cleared(image: Pixels) -> Pixels:
    """Contrast and colour that fog or rain took."""
    low, high = (float(v) for v in np.percentile(image[::4, ::4], (1, 99)))
    stretched = cv2.convertScaleAbs(
        image, alpha=235 / max(60.0, high - low), beta=-low * 235 / max(60.0, high - low) + 8
    )
    return saturated(np.asarray(stretched, np.uint8), 1.25)
