"""Another background behind the main subject: a place of ours, a colour, or a blur of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from limner.engines.sketch.paint.palette import NAMED, Palette
from limner.engines.sketch.paint.raster import Pixels, Rgb, blur
from limner.engines.sketch.rework.cutout import Cut, cut
from limner.engines.sketch.rework.lab import luma, mixed
from limner.engines.sketch.rework.paste import framed, laid, solid
from limner.engines.sketch.rework.retouch import erased
from limner.engines.sketch.scene.compose import compose
from limner.engines.sketch.words.spec import SceneSpec

_WHITE: Rgb = (255, 255, 255)
_LEAST_SURE = 0.25


def swapped(image: Pixels, scene: SceneSpec, seed: int) -> Pixels:
    """The main subject before another scene; a picture without one lies on it as a framed card."""
    subject = cut(image)
    if scene.background and scene.place in (None, "plain"):
        return on_color(image, subject, scene.background)
    behind = painted(scene, image.shape[1], image.shape[0], seed)
    if subject.confidence < _LEAST_SURE:
        return framed(behind, image)
    return laid(behind, image, solid(subject))


def painted(scene: SceneSpec, width: int, height: int, seed: int) -> Pixels:
    """A place of ours without lettering."""
    spec = replace(scene, seed=seed, layout_seed=seed, texts=(), style=None, camera=None)
    return compose(spec, width, height).pixels


def on_color(image: Pixels, subject: Cut, color: str) -> Pixels:
    """The subject on a plain ground; the whole picture when there is none to be found."""
    rgb = _WHITE if color == "white" else NAMED[color]
    if subject.confidence < _LEAST_SURE:
        return image
    ground = np.empty_like(image)
    ground[:] = np.round(rgb).astype(np.uint8)
    return laid(ground, image, solid(subject), match=False, shadow=0.22)


def cut_out(image: Pixels, color: str) -> Pixels:
    """The subject alone on a plain ground."""
    return on_color(image, cut(image), color)


def defocused(image: Pixels, subject: Cut, amount: float) -> Pixels:
    """The background out of focus, without the subject's colours bleeding into it."""
    alpha = solid(subject)
    sigma = max(1.0, min(image.shape[:2]) * 0.016 * amount)
    if subject.confidence < _LEAST_SURE:
        return blur(image, sigma * 0.6)
    return mixed(blur(erased(image, alpha), sigma), image, alpha)


def hour_of(image: Pixels) -> str:
    """The light that painted bodies need so as to look at home in the picture."""
    mean = image[::4, ::4].reshape(-1, 3).mean(0)
    light = float(luma(image[::4, ::4]).mean())
    if light < 0.24:
        return "night"
    return "dusk" if float(mean[0] - mean[2]) > 45 and light < 0.62 else "day"


def palette_of(image: Pixels) -> Palette:
    """A palette for what is painted into the picture."""
    lower = image[image.shape[0] * 2 // 3 :: 4, ::4].reshape(-1, 3)
    snowy = float(lower.mean()) > 205 and float(np.ptp(lower.mean(0))) < 22
    return Palette(hour_of(image), "winter" if snowy else "summer")
