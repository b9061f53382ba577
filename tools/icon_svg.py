"""From the SVG of an icon to layers: polygons with a colour, or with two where it has a gradient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import cv2
import numpy as np
from lxml import etree
from picosvg.svg import SVG
from picosvg.svg_types import SVGPath
from PIL import ImageColor

SVG_NS = "{http://www.w3.org/2000/svg}"
BOX = 128
PX = 4
"""Pixels per unit of the box, where colours and overlaps are measured."""
FORM, SMALL, MARK, INK = 0, 1, 2, 3
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
