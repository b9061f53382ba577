"""Icon art as bodies: read one at a time from a packed file, painted and recoloured like any other body.

It knows labels only as keys. A packed icon is a list of layers, a form followed by the marks on it, each:
kind, red, green, blue, alpha, softness in 1/256 (a byte each), the number of contours (a byte), and of each
contour the number of points and the first point (int16), then steps from point to point (int8). 1024 steps
are the longer side; x counts from the middle, y upward from the foot. tools/build_icons.py writes it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from limner.engines.sketch.paint.body import Anchor, Body, Form, Mark, Outline
from limner.engines.sketch.paint.curves import Points
from limner.engines.sketch.paint.light import Ink
from limner.engines.sketch.paint.palette import from_lab, to_lab
from limner.engines.sketch.paint.raster import floats

_FOLDER = files("limner") / "assets" / "icons"
_FORM, _SMALL, _MARK, _INK = range(4)
_STEPS, _SOFT_STEPS = np.float32(1024), 256
_COLORED, _HUE_REACH = 0.045, 40.0
_SEAM = 0.012
_GROUND, _FOOT_GAP, _MIN_FOOT = 0.035, 0.16, 0.03

Doubles: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an icon lies in the file, its family (a subgroup of Unicode's), and height / longer side."""

    offset: int
    size: int
    family: str
    tallness: float


@dataclass(frozen=True, slots=True)
class Finish:
    """How the forms of an icon are painted; see Form."""

    round: float = 0.16
    fur: float = 0.055
    shag: float = 0.08
    gloss: float = 0.0
    texture: float = 0.8
    glow: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """contours: closed, in units, a hole cut in by a seam. color: (3,) RGB 0..1."""

    kind: int
    color: Ink
    alpha: float
    softness: float
    contours: tuple[Points, ...]

    @property
    def area(self) -> float:
        """In square units, weighed by how much it covers."""
        return float(sum(abs(cv2.contourArea(c)) for c in self.contours)) * self.alpha


@cache
def entries() -> dict[str, Entry]:
    """Every icon by its label."""
    text = zlib.decompress((_FOLDER / "index.bin").read_bytes())
    return {label: Entry(*fields) for label, fields in json.loads(text).items()}


@lru_cache(maxsize=64)
def layers(label: str) -> tuple[Layer, ...]:
    """The art of one icon, back to front; raises KeyError for a label without any."""
    entry = entries()[label]
    with (_FOLDER / "icons.bin").open("rb") as file:
        file.seek(entry.offset)
        data = zlib.decompress(file.read(entry.size))
    found, at = [], 0
    while at < len(data):
        layer, at = _layer(data, at)
        found.append(layer)
    return tuple(found)


def _layer(data: bytes, at: int) -> tuple[Layer, int]:
    kind, red, green, blue, alpha, soft, count = data[at : at + 7]
    at += 7
    contours = []
    for _ in range(count):
        length, x, y = (int(v) for v in np.frombuffer(data, "<i2", 3, at))
        steps = np.frombuffer(data, np.int8, 2 * (length - 1), at + 6).reshape(-1, 2)
        points = np.concatenate([[[x, y]], steps]).cumsum(0)
        contours.append((points / _STEPS).astype(np.float32))
        at += 6 + 2 * (length - 1)
    color = floats([red, green, blue]) / np.float32(255)
    return Layer(kind, color, alpha / 255, soft / _SOFT_STEPS, tuple(contours)), at


def icon(
    label: str,
    finish: Finish,
    color: Ink | None = None,
    skin: Ink | None = None,
    hovers: bool = False,
    doubled: bool = False,
) -> Body:
    """The body of an icon, its longer side one unit; color replaces the hue that most of it has.

    skin replaces the yellow that people have in this art. hovers: it is in the air and touches no ground.
    doubled: the art is cut off at its right side, where its mirror image goes on.
    """
    art: Sequence[Layer] = _doubled(layers(label)) if doubled else layers(label)
    if skin is not None:
        art = recolored(art, skin, _skin)
    if color is not None:
        art = recolored(art, color)
    forms: list[Form] = []
    for layer in art:
        if layer.kind == _MARK:
            forms[-1] = replace(forms[-1], marks=(*forms[-1].marks, *_marks(layer)))
        else:
            forms.append(_form(layer, finish))
    return Body(forms, () if hovers else feet_of(forms), hovers, anchors=anchors_of(forms))


def _doubled(art: Sequence[Layer]) -> list[Layer]:
    """The art from its left end to the middle, and its mirror image from there on."""
    right = max(float(c[:, 0].max()) for layer in art for c in layer.contours) - _SEAM
    middle, mirror = np.array([right, 0], np.float32), np.array([-1, 1], np.float32)
    halves = [tuple(c - middle for c in layer.contours) for layer in art]
    return [
        replace(layer, contours=(*half, *(c * mirror for c in half)))
        for layer, half in zip(art, halves, strict=True)
    ]


def _marks(layer: Layer) -> list[Mark]:
    return [Mark(Outline(c), layer.color, layer.softness, layer.alpha) for c in layer.contours]


def _form(layer: Layer, finish: Finish) -> Form:
    form = Form(
        shapes=[Outline(c) for c in layer.contours],
        color=layer.color,
        dab=1.2,
        melt=0.004,
        round=0.03,
        flat=True,
        texture=finish.texture,
        glow=finish.glow,
    )
    if layer.kind == _INK:
        return replace(form, cast=0, outline=0)
    if layer.kind == _SMALL:
        return replace(form, cast=0.15, outline=0.35)
    return replace(
        form,
        fur=finish.fur,
        shag=finish.shag,
        round=finish.round,
        cast=0.6,
        outline=0.8,
        gloss=finish.gloss,
        flat=False,
    )


def feet_of(forms: Sequence[Form]) -> tuple[tuple[float, float], ...]:
    """Where forms that stand on y = 0 touch it: (x, half width), from left to right."""
    points = np.concatenate([s.points for form in forms for s in form.shapes])
    low = np.sort(points[points[:, 1] < points[:, 1].min() + _GROUND, 0])
    groups = np.split(low, np.flatnonzero(np.diff(low) > _FOOT_GAP) + 1)
    return tuple((float(g[0] + g[-1]) / 2, max(_MIN_FOOT, float(g[-1] - g[0]) / 2)) for g in groups)


def anchors_of(forms: Sequence[Form]) -> dict[str, Anchor]:
    """Where it is held, where things stand on its highest part, and where a rider would sit in its middle."""
    points = np.concatenate([s.points for form in forms for s in form.shapes])
    height = float(points[:, 1].max())
    high = points[points[:, 1] > height - 0.06, 0]
    middle = points[np.abs(points[:, 0]) < 0.14, 1]
    half = max(0.05, float(high.max() - high.min()) / 2)
    return {
        "grip": Anchor(0, height * 0.3),
        "top": Anchor(float(high.max() + high.min()) / 2, height - 0.02, half),
        "back": Anchor(0, float(middle.max()) - 0.04 if len(middle) else height),
    }


Chooser: TypeAlias = Callable[[Doubles, Doubles], NDArray[np.bool_]]
"""From the (n, 3) OKLab colours of layers and their areas to the layers to be recoloured."""


def _dominant(labs: Doubles, areas: Doubles) -> NDArray[np.bool_]:
    """Those that have the hue of most of the picture; the greys, where there is hardly any colour."""
    chroma, hue = _polar(labs)
    colored = chroma > _COLORED
    if (areas * colored).sum() < 0.25 * areas.sum():
        return np.asarray(~colored & (labs[:, 0] > 0.3), np.bool_)
    apart = np.abs((hue[:, None] - hue[None] + 180) % 360 - 180)
    near = (apart < _HUE_REACH) & colored[None] & colored[:, None]
    best = int((near * (areas * np.minimum(chroma, 0.12))[None]).sum(1).argmax())
    return np.asarray(near[best], np.bool_)


def _skin(labs: Doubles, _areas: Doubles) -> NDArray[np.bool_]:
    chroma, hue = _polar(labs)
    return np.asarray((chroma > 0.09) & (hue > 62) & (hue < 98) & (labs[:, 0] > 0.6), np.bool_)


def _polar(labs: Doubles) -> tuple[Doubles, Doubles]:
    """Chroma, and hue in degrees from 0 to 360."""
    return np.hypot(labs[:, 1], labs[:, 2]), np.degrees(np.arctan2(labs[:, 2], labs[:, 1])) % 360


def recolored(art: Sequence[Layer], color: Ink, which: Chooser = _dominant) -> list[Layer]:
    """The art with the chosen layers turned into color; what was darker or lighter stays so."""
    labs = to_lab(np.stack([layer.color for layer in art]) * np.float32(255))
    areas = np.array([layer.area for layer in art])
    chosen = which(labs, areas)
    share = (areas * chosen)[:, None] / max(1e-6, float((areas * chosen).sum()))
    usual, target = (labs * share).sum(0), to_lab(color * np.float32(255))
    chroma, usual_chroma = np.hypot(labs[:, 1], labs[:, 2]), float(np.hypot(usual[1], usual[2]))
    rich = np.clip(chroma / usual_chroma, 0.35, 1.25) if usual_chroma > _COLORED else np.ones_like(chroma)
    level = np.clip(target[0] + (labs[:, 0] - usual[0]) * 0.9, 0.06, 0.98)
    mixed = np.column_stack([level, target[1] * rich, target[2] * rich])
    rgb = from_lab(np.where(chosen[:, None], mixed, labs)) / 255
    return [replace(layer, color=floats(c)) for layer, c in zip(art, rgb, strict=True)]
