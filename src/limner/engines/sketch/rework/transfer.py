"""The look of one picture given to another: its palette, its tones, the grain of its surface."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from limner.engines.sketch.paint.raster import CUBIC, Floats, Pixels, Rgb, blur, floats, resize
from limner.engines.sketch.rework.lab import from_lab, lab_of
from limner.engines.sketch.rework.masks import small

_LEVELS = 33
_PATCH_PX, _MAX_GRAIN = 160, 5.0
_HUES = 5


def styled_like(image: Pixels, style: Pixels) -> Pixels:
    """The image in the tones, the colours and the surface of the style picture."""
    lab, other = lab_of(image), lab_of(small(style, 320))
    smooth = _smoothness(lab) - _smoothness(other)
    if smooth > 0.6:
        lab = lab_of(_painterly(image))
    lab[..., 0] += (_matched(lab[..., 0], other[..., 0]) - lab[..., 0]) * np.float32(0.8)
    lab = _recolored(lab, other)
    lab[..., 0] += _surface(style, image.shape[1], image.shape[0])
    return from_lab(lab)


def _smoothness(lab: Floats) -> float:
    """The typical size of fine differences of lightness."""
    light = np.ascontiguousarray(lab[..., 0])
    return float(np.abs(light - blur(light, 1.5)).mean())


def _painterly(image: Pixels) -> Pixels:
    """Fine detail gathered into patches of colour."""
    half = resize(image, max(8, image.shape[1] // 2), max(8, image.shape[0] // 2))
    calm = cv2.bilateralFilter(half, 7, 32, 6)
    return resize(np.asarray(calm, np.uint8), image.shape[1], image.shape[0], CUBIC)


def _matched(values: Floats, wanted: Floats) -> Floats:
    """The values with the distribution of wanted, gently: steep parts are flattened."""
    shares = np.linspace(0, 100, _LEVELS)
    source, target = np.percentile(values[::3, ::3], shares), np.percentile(wanted, shares)
    source = np.maximum.accumulate(source + np.linspace(0, 1e-3, _LEVELS))
    gain = np.clip(np.gradient(target) / np.maximum(np.gradient(source), 0.15), 0.35, 2.2)
    curve = np.concatenate([[0], np.cumsum((gain[1:] + gain[:-1]) / 2 * np.diff(source))])
    curve += float(np.median(target)) - float(np.interp(50, shares, curve))
    return floats(np.interp(values, source, curve))


def _recolored(lab: Floats, other: Floats) -> Floats:
    """Colours by lightness: each level takes the mean colour and the spread that the other has there."""
    out = lab.copy()
    edges = np.linspace(0, 100, _HUES + 1)
    centers = (edges[1:] + edges[:-1]) / 2
    for channel in (1, 2):
        mine = [_stats(lab, channel, a, b) for a, b in pairwise(edges)]
        theirs = [_stats(other, channel, a, b) for a, b in pairwise(edges)]
        level = out[..., 0]
        mean_in, spread_in = (np.interp(level, centers, [m[k] for m in mine]) for k in (0, 1))
        mean_out, spread_out = (np.interp(level, centers, [t[k] for t in theirs]) for k in (0, 1))
        ratio = np.clip(spread_out / np.maximum(spread_in, 2.0), 0.25, 2.2)
        moved = (out[..., channel] - mean_in) * ratio + mean_out
        out[..., channel] += (floats(moved) - out[..., channel]) * np.float32(0.85)
    return out


def _stats(lab: Floats, channel: int, low: float, high: float) -> tuple[float, float]:
    """Mean and spread of a channel in a band of lightness, drawn to those of the whole where it is thin."""
    values, level = lab[..., channel][::2, ::2], lab[..., 0][::2, ::2]
    part = values[(level >= low - 6) & (level <= high + 6)]
    trust = len(part) / (len(part) + 0.02 * values.size)
    mean = float(part.mean()) if len(part) else 0.0
    spread = float(part.std()) if len(part) else 0.0
    return (
        mean * trust + float(values.mean()) * (1 - trust),
        spread * trust + float(values.std()) * (1 - trust) + 1e-3,
    )


def _surface(style: Pixels, width: int, height: int) -> Floats:
    """The style's fine texture, from its calmest patch: differences of lightness."""
    longest = max(style.shape[:2])
    sized = style if longest <= 1024 else small(style, 1024)
    light = np.ascontiguousarray(lab_of(sized)[..., 0])
    fine = light - blur(light, 3.0)
    rows, columns = fine.shape
    patch = min(_PATCH_PX, rows, columns)
    if patch < 8:
        return np.zeros((height, width), np.float32)
    spots = [(y, x) for y in range(0, rows - patch + 1, patch) for x in range(0, columns - patch + 1, patch)]
    y, x = min(spots, key=lambda spot: _patterned(fine[spot[0] : spot[0] + patch, spot[1] : spot[1] + patch]))
    tile = _grain_like(np.clip(fine[y : y + patch, x : x + patch], -6, 6))
    times = (height // patch + 1, width // patch + 1)
    return floats(np.tile(tile, times)[:height, :width])


def _grain_like(tile: Floats) -> Floats:
    """A texture of the tile's frequencies in which nothing of what it showed can be seen; its edges meet."""
    weights = np.abs(np.fft.rfft2(tile))
    phases = np.random.default_rng(6).random(weights.shape) * 2j * np.pi
    grain = np.fft.irfft2(weights * np.exp(phases), s=tile.shape)
    return floats(
        np.clip(grain * (float(tile.std()) / max(1e-6, float(grain.std()))), -_MAX_GRAIN, _MAX_GRAIN)
    )


def _patterned(fine: Floats) -> float:
    """How far a patch of texture shows things or lines rather than an even grain."""
    across, down = float(np.abs(np.diff(fine, axis=1)).mean()), float(np.abs(np.diff(fine, axis=0)).mean())
    return float(fine.std()) + 8 * abs(float(np.log((across + 0.02) / (down + 0.02))))


def main_color(image: Pixels, mask: Floats) -> Rgb | None:
    """The colour that most of what lies under the mask has; None where the mask is empty."""
    if float(mask.sum()) < 24:
        return None
    tiny = small(image)
    cover = resize(np.ascontiguousarray(mask, np.float32), tiny.shape[1], tiny.shape[0])
    values = tiny[cover > 0.5].reshape(-1, 3)
    if len(values) < 8:
        return None
    keys = (values // 32).astype(np.int32) @ np.array([64, 8, 1], np.int32)
    vivid = np.ptp(values.astype(np.int32), axis=1)
    main = int(np.bincount(keys, 0.15 + vivid / 80).argmax())
    r, g, b = (float(v) for v in np.median(values[keys == main], 0))
    return r, g, b
