"""From the SVG of an icon to layers that the gouache painter can paint: forms, and marks on them.

The packed form of an icon is read by src/limner/engines/sketch/paint/icons.py, which describes it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

import cv2
import numpy as np
from lxml import etree
from picosvg.svg import SVG
from picosvg.svg_types import SVGPath
from PIL import ImageColor

SVG_NS = "{http://www.w3.org/2000/svg}"
BOX = 128
PX = 4
"""Pixels per unit of the box, where overlaps are measured."""
STEPS = 1024
"""Of packed coordinates along the longest side."""
FORM, SMALL, MARK, INK = 0, 1, 2, 3
GLASS = np.array([0.90, 0.94, 0.97])
MIN_AREA, TOLERANCE = 0.45, 0.10
RGBA = re.compile(r"rgba\((\d+), (\d+), (\d+), ([\d.]+)\)")


@dataclass
class Layer:
    """What one path paints: its contours in the box, its colour, how opaque it is, its second colour."""

    contours: list[np.ndarray]
    color: np.ndarray
    alpha: float
    tints: list[Layer] = field(default_factory=list)
    softness: float = 0.0
    kind: int = FORM
    marks: list[Layer] = field(default_factory=list)
    path: int = 0


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


def layers(svg: str) -> Iterator[Layer]:
    """The paths of a plain SVG, gradients as a colour and a tint."""
    root = etree.fromstring(svg)
    gradients = {g.get("id"): g for g in root.iter(SVG_NS + "linearGradient", SVG_NS + "radialGradient")}
    for path in root.iter(SVG_NS + "path"):
        contours = flattened(path.get("d"))
        fill, opacity = path.get("fill", "black"), float(path.get("opacity", "1"))
        opacity *= float(path.get("fill-opacity", "1"))
        if not contours or fill == "none":
            continue
        if fill.startswith("url("):
            yield graded(contours, gradients[fill[5:-1]], opacity)
        else:
            color = color_of(fill)
            yield Layer(contours, color[:3], opacity * float(color[3]))


def plain_svg(body: str) -> str:
    """The same picture as filled paths and gradients only."""
    names = f'xmlns="{SVG_NS[1:-1]}" xmlns:xlink="http://www.w3.org/1999/xlink"'
    body = body.replace(' href="#', ' xlink:href="#')
    return str(SVG.fromstring(f'<svg {names} viewBox="0 0 {BOX} {BOX}">{body}</svg>').topicosvg().tostring())


def flattened(d: str) -> list[np.ndarray]:
    """A path as closed polygons."""
    contours: list[list[tuple[float, float]]] = [[]]
    for command, args in SVGPath(d=d).as_cmd_seq():
        if command == "M":
            contours.append([args])
        elif command == "L":
            contours[-1].append(args)
        elif command in "CQ":
            control = np.array([contours[-1][-1], *zip(args[::2], args[1::2], strict=True)])
            contours[-1] += [tuple(p) for p in bezier(control)]
        elif command == "Z":
            contours.append([contours[-1][0]])
        else:
            raise ValueError(f"unexpected {command} in a path")
    return [np.array(c, np.float64) for c in contours if len(c) > 2]


def bezier(control: np.ndarray, count: int = 12) -> np.ndarray:
    t = np.linspace(0, 1, count + 1)[1:, None]
    while len(control) > 1:
        if control.ndim == 2:
            control = control[:, None, :]
        control = control[:-1] * (1 - t) + control[1:] * t
    return control[0]


def color_of(text: str) -> np.ndarray:
    """Red, green, blue and alpha in 0..1."""
    if parts := RGBA.fullmatch(text):
        red, green, blue, alpha = (float(v) for v in parts.groups())
        return np.array([red / 255, green / 255, blue / 255, alpha])
    return np.array(ImageColor.getcolor(text, "RGBA")) / 255


def graded(contours: list[np.ndarray], gradient: etree._Element, opacity: float) -> Layer:
    """A gradient as the mean of its darker part, and one soft tint where the other part is."""
    mask = mask_of(contours)
    t = positions(gradient)
    offsets, colors, alphas = stops(gradient)
    inside = np.clip(t[mask], 0, 1)
    if not len(inside):
        return Layer(contours, colors[0], 0.0)
    alpha = opacity * float(np.interp(inside, offsets, alphas).mean())
    middle = float(np.median(inside))
    lower, upper = inside <= middle, inside > middle
    mean = np.array([np.interp(inside, offsets, colors[:, c]).mean() for c in range(3)])
    if alpha < 0.6 or not upper.any():
        return Layer(contours, mean, alpha)
    shade = [
        np.array([np.interp(inside[m], offsets, colors[:, c]).mean() for c in range(3)])
        for m in (lower, upper)
    ]
    if np.abs(shade[0] - shade[1]).max() < 0.035:
        return Layer(contours, mean, alpha)
    width = float(np.sqrt(mask.sum())) / PX
    region = [c for c in outlines(t > middle) if len(c) > 2]
    return Layer(
        contours, shade[0], alpha, tints=[Layer(region, shade[1], 1.0, softness=0.16 * width, kind=MARK)]
    )


def stops(gradient: etree._Element) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    found = []
    for stop in gradient.iter(SVG_NS + "stop"):
        text = stop.get("offset", "0")
        offset = float(text.rstrip("%")) / (100 if "%" in text else 1)
        color = color_of(stop.get("stop-color", "black"))
        found.append((offset, color[:3], float(color[3]) * float(stop.get("stop-opacity", "1"))))
    offsets, colors, alphas = zip(*found, strict=True)
    return np.maximum.accumulate(offsets), np.array(colors), np.array(alphas)


def positions(gradient: etree._Element) -> np.ndarray:
    """Where every pixel of the box lies along the gradient."""
    numbers = {
        k: float(v.rstrip("%")) for k, v in gradient.items() if re.fullmatch(r"-?[\d.]+(e-?\d+)?%?", v)
    }
    matrix = np.eye(3)
    if transform := gradient.get("gradientTransform"):
        a, b, c, d, e, f = (float(v) for v in re.findall(r"-?[\d.]+(?:e-?\d+)?", transform))
        matrix = np.array([[a, c, e], [b, d, f], [0, 0, 1]])
    inverse = np.linalg.inv(matrix)
    y, x = (np.mgrid[0 : BOX * PX, 0 : BOX * PX] + 0.5) / PX
    u = inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2]
    v = inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2]
    g = {name: numbers.get(name, 0.0) for name in ("x1", "y1", "x2", "y2", "cx", "cy", "r")}
    if gradient.tag.endswith("radialGradient"):
        return np.hypot(u - g["cx"], v - g["cy"]) / max(1e-6, g["r"])
    dx, dy = g["x2"] - g["x1"], g["y2"] - g["y1"]
    return ((u - g["x1"]) * dx + (v - g["y1"]) * dy) / (dx * dx + dy * dy + 1e-9)


def mask_of(contours: list[np.ndarray]) -> np.ndarray:
    mask = np.zeros((BOX * PX, BOX * PX), np.uint8)
    cv2.fillPoly(mask, [np.round(c * PX * 16).astype(np.int32) for c in contours], 1, cv2.LINE_8, 4)
    return mask.astype(bool)


def outlines(mask: np.ndarray) -> list[np.ndarray]:
    """A region of pixels as rough polygons in the box; holes are filled."""
    padded = np.pad(mask.astype(np.uint8), 40, mode="edge")
    found, _ = cv2.findContours(padded, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return [(cv2.approxPolyDP(c, 4, True)[:, 0] - 40.0) / PX for c in found]


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
