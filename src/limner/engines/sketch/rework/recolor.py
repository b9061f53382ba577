"""One thing in another colour: its light and shade stay, and so does what it has of other colours."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.palette import NAMED
from limner.engines.sketch.paint.raster import Floats, Pixels, Rgb, smoothstep
from limner.engines.sketch.rework.lab import from_lab, lab_color, lab_of, mixed

_GREY_CHROMA = 10.0
_MIN_WEIGHT = 24.0


def recolored(image: Pixels, mask: Floats, color: str, all_of_it: bool = False) -> Pixels:
    """The picture with what lies under the mask in a named colour; outside it nothing changes.

    all_of_it: whether parts of another colour are taken along.
    """
    return tinted_as(image, mask, NAMED[color], all_of_it)


def tinted_as(image: Pixels, mask: Floats, color: Rgb, all_of_it: bool) -> Pixels:
    """The same for any colour."""
    rows, columns = np.flatnonzero(mask.max(1) > 0.01), np.flatnonzero(mask.max(0) > 0.01)
    if not len(rows):
        return image
    window = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    lab = lab_of(np.ascontiguousarray(image[window]))
    share = mask[window] * (1.0 if all_of_it else _own_part(lab, mask[window]))
    out = image.copy()
    part = np.ascontiguousarray(image[window])
    out[window] = mixed(part, from_lab(_shifted(lab, share, lab_color(color))), share)
    return out


def _own_part(lab: Floats, mask: Floats) -> Floats:
    """How far each pixel has the thing's main colour rather than eyes, belly, windows."""
    a, b = lab[..., 1], lab[..., 2]
    chroma = np.hypot(a, b)
    weight = mask * chroma
    if float(mask.sum()) < _MIN_WEIGHT or float(weight.sum() / mask.sum()) < _GREY_CHROMA:
        return np.asarray(smoothstep(8, 24, lab[..., 0]), np.float32)
    hue = np.arctan2(b, a)
    counts, edges = np.histogram(hue, 36, (-np.pi, np.pi), weights=weight)
    counts = counts + np.roll(counts, 1) + np.roll(counts, -1)
    main = float(edges[int(np.argmax(counts))]) + np.pi / 36
    away = np.abs((hue - main + np.pi) % (2 * np.pi) - np.pi)
    typical = float(np.percentile(chroma[mask > 0.5], 75)) if (mask > 0.5).any() else 40.0
    colored = smoothstep(0.14, 0.36, chroma / max(typical, 1.0))
    return np.asarray(colored * smoothstep(1.1, 0.7, away), np.float32)


def _shifted(lab: Floats, share: Floats, wanted: Floats) -> Floats:
    """Mean lightness and hue go to what is wanted; differences of lightness and of chroma stay."""
    total = float(share.sum()) + 1e-3
    level = float((lab[..., 0] * share).sum()) / total
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    mean = float((chroma * share).sum()) / total
    spread = 0.85 if 25 < wanted[0] < 85 else 0.6
    lightness = wanted[0] * 0.82 + level * 0.18 + (lab[..., 0] - level) * spread
    vivid = np.clip(chroma / max(mean, 6.0), 0.55, 1.35) if mean > _GREY_CHROMA else np.ones_like(chroma)
    out = np.empty_like(lab)
    out[..., 0] = np.clip(lightness, 2, 99)
    shaded = vivid * np.clip(0.55 + out[..., 0] / max(90.0, 1.6 * float(wanted[0])), 0.4, 1.15)
    out[..., 1], out[..., 2] = wanted[1] * shaded, wanted[2] * shaded
    return out
