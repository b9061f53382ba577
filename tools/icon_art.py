"""From the layers of an icon to what the gouache painter can paint: forms, and marks on them.

The packed form of an icon is read by src/limner/engines/sketch/paint/icons.py, which describes it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from icon_svg import BOX, FORM, INK, MARK, PX, SMALL, Layer, layers, mask_of, plain_svg

STEPS = 1024
"""Of packed coordinates along the longest side."""
GLASS = np.array([0.90, 0.94, 0.97])
MIN_AREA, TOLERANCE = 0.45, 0.10


@dataclass(frozen=True)
class Packed:
    """tallness: the height as a share of the longer side."""

    data: bytes
    tallness: float


def pack(body: str, unframed: bool = False) -> Packed:
    """The icon of an SVG body, compressed; unframed: without its first path, which is a square ground."""
    return packed(plain_svg(body), unframed)


def packed(svg: str, unframed: bool = False) -> Packed:
    forms = arranged(list(layers(svg))[1 if unframed else 0 :])
    every = np.concatenate([c for form in forms for c in form.contours])
    low, high = every.min(0), every.max(0)
    size = float((high - low).max())
    origin = np.array([(low[0] + high[0]) / 2, high[1]])
    out = bytearray()
    for form in forms:
        for layer in (form, *form.marks):
            out += record(layer, origin, STEPS / size)
    return Packed(zlib.compress(bytes(out), 9), float(high[1] - low[1]) / size)


def record(layer: Layer, origin: np.ndarray, scale: float) -> bytes:
    color = np.clip(np.round(layer.color * 255), 0, 255).astype(int).tolist()
    soft = int(min(255, round(layer.softness * scale / 4)))
    out = bytearray([layer.kind, *color, round(layer.alpha * 255), soft, len(layer.contours)])
    for contour in layer.contours:
        points = np.round((contour - origin) * (scale, -scale)).astype(int)
        points = in_short_steps(points)
        out += np.array([len(points), *points[0]], "<i2").tobytes()
        out += np.diff(points, axis=0).astype(np.int8).tobytes()
    return bytes(out)


def in_short_steps(points: np.ndarray) -> np.ndarray:
    """The same closed line with no step longer than a signed byte holds, and without repeated points."""
    out = [points[0]]
    for a, b in pairwise(points):
        count = int(np.ceil(np.abs(b - a).max() / 127)) or 0
        out += [np.round(a + (b - a) * k / count).astype(int) for k in range(1, count + 1)]
    return np.array(out)


def arranged(found: list[Layer]) -> list[Layer]:
    """Forms from back to front, each with the marks that lie on it."""
    owner = np.full((BOX * PX, BOX * PX), -1)
    shown = np.zeros((BOX * PX, BOX * PX, 3))
    forms: list[Layer] = []
    for layer in (piece for number, whole in enumerate(found) for piece in pieces(whole, number)):
        mask = mask_of(layer.contours)
        area = mask.sum() / PX**2
        if area < MIN_AREA or layer.alpha < 0.08:
            continue
        covered = float((owner[mask] >= 0).mean())
        below = shown[mask & (owner >= 0)].mean(0) if covered else layer.color
        depth = float(cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3).max()) / PX
        contrast = float(np.abs(below - layer.color).max())
        seen = mask
        if is_mark(layer, covered, area, depth, contrast):
            if contrast > 0.2 and layer.alpha > 0.85:
                draw_ink(forms, layer, owner, mask)
            else:
                mark_forms(forms, layer, owner[mask], depth)
                seen = mask & (owner >= 0)
        elif layer.alpha < 0.35:
            continue
        else:
            owner[mask] = add_form(forms, formed(layer, area, depth))
        share = seen[..., None] * layer.alpha
        shown = shown * (1 - share) + mean_color(layer) * share
    visible = np.bincount(owner[owner >= 0].ravel(), minlength=len(forms))
    return [simplified(form) for form, count in zip(forms, visible, strict=True) if count > 8]


def pieces(layer: Layer, number: int) -> list[Layer]:
    """A layer's islands, each with its holes, for one path may hold both eyes and whiskers."""
    contours = sorted(layer.contours, key=lambda c: -abs(cv2.contourArea(c.astype(np.float32))))
    islands: list[list[np.ndarray]] = []
    for contour in contours:
        around = [island for island in islands if inside(contour, island[0])]
        if around:
            around[-1].append(contour)
        else:
            islands.append([contour])
    return [replace(layer, contours=island, path=number) for island in islands]


def draw_ink(forms: list[Layer], layer: Layer, owner: np.ndarray, mask: np.ndarray) -> None:
    """A crisp detail, together with the last of its colour where nothing lies between them."""
    color = mean_color(layer)
    same = [k for k, f in enumerate(forms) if f.kind == INK and np.abs(f.color - color).max() < 0.02]
    if same and owner[mask].max() <= same[-1]:
        number = same[-1]
        forms[number].contours = [*forms[number].contours, *layer.contours]
    else:
        number = len(forms)
        forms.append(Layer(layer.contours, color, 1.0, kind=INK))
    owner[mask] = number


def mark_forms(forms: list[Layer], layer: Layer, below: np.ndarray, depth: float) -> None:
    """A mark on every form that lies below it."""
    softness = 0.25 if layer.alpha > 0.85 else min(1.5, 0.3 * depth)
    mark = Layer(layer.contours, mean_color(layer), layer.alpha, softness=softness, kind=MARK)
    for number in np.unique(below):
        if number >= 0 and (below == number).sum() > 6:
            forms[number].marks.append(mark)


def mean_color(layer: Layer) -> np.ndarray:
    return (layer.color + layer.tints[0].color) / 2 if layer.tints else layer.color


def is_mark(layer: Layer, covered: float, area: float, depth: float, contrast: float) -> bool:
    """Whether a layer is colour on what lies below it, and not a thing of its own."""
    if covered < 0.5 or (covered < 0.93 and layer.alpha > 0.85 and depth > 1.2):
        return False
    return layer.alpha < 0.85 or contrast < 0.16 or area < 90 or depth < 3


def add_form(forms: list[Layer], form: Layer) -> int:
    """The number of a new form; another island of the same path becomes part of the last one."""
    last = forms[-1] if forms else None
    if last and (last.path, last.kind) == (form.path, form.kind) and not last.marks and not form.marks:
        last.contours = [*last.contours, *form.contours]
    else:
        forms.append(form)
    return len(forms) - 1


def formed(layer: Layer, area: float, depth: float) -> Layer:
    kind = SMALL if area < 60 or depth < 1.6 else FORM
    tints = layer.tints if kind == FORM and layer.alpha > 0.85 else []
    color = layer.color if tints else mean_color(layer)
    if layer.alpha < 0.85:
        color = color * layer.alpha + GLASS * (1 - layer.alpha)
    return replace(layer, color=color, alpha=1.0, kind=kind, marks=list(tints), tints=[])


def simplified(layer: Layer) -> Layer:
    contours = [c for c in joined([thinned(c) for c in layer.contours]) if len(c) > 2]
    return replace(layer, contours=contours, marks=[simplified(mark) for mark in layer.marks])


def thinned(contour: np.ndarray) -> np.ndarray:
    return cv2.approxPolyDP(contour.astype(np.float32)[:, None], TOLERANCE, True)[:, 0].astype(np.float64)


def joined(contours: list[np.ndarray]) -> list[np.ndarray]:
    """Outer contours, each with its holes cut in by a seam of no width."""
    contours = [c for c in contours if len(c) > 2]
    contours.sort(key=lambda c: -abs(cv2.contourArea(c.astype(np.float32))))
    outer: list[np.ndarray] = []
    for contour in contours:
        around = [k for k, o in enumerate(outer) if inside(contour, o)]
        if around:
            outer[around[-1]] = seamed(outer[around[-1]], contour)
        else:
            outer.append(contour)
    return outer


def inside(contour: np.ndarray, other: np.ndarray) -> bool:
    points = other.astype(np.float32)[:, None]
    sides = [cv2.pointPolygonTest(points, (float(x), float(y)), False) for x, y in contour]
    return float(np.mean(np.array(sides) >= 0)) > 0.9


def seamed(outer: np.ndarray, hole: np.ndarray) -> np.ndarray:
    gaps = np.linalg.norm(outer[:, None] - hole[None], axis=2)
    i, j = np.unravel_index(int(gaps.argmin()), gaps.shape)
    return np.concatenate([outer[: i + 1], hole[j:], hole[: j + 1], outer[i:]])
