"""Flowers by the thousand: heads of a few kinds as stacked outlines, strewn over meadows or set in rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.curves import Points
from limner.engines.sketch.paint.noise import fbm
from limner.engines.sketch.paint.palette import Lch, Palette, mix
from limner.engines.sketch.paint.raster import Floats, Rgb, draw_polygons, floats

_POINTS = 28
_TURN = np.linspace(0, 2 * np.pi, _POINTS, endpoint=False)
_SPECK_PX, _TINY_PX = 1.2, 2.4


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One outline of a head in units of its radius, y down.

    tone multiplies the flower's colour; own stands in its stead.
    """

    outline: Points
    tone: float = 1.0
    own: Lch | None = None
    stem: bool = False


def _petalled(petals: int, size: float, depth: float, turn: float = 0.0, squash: float = 0.85) -> Points:
    radius = size * (1 - depth * (0.5 - 0.5 * np.cos(petals * (_TURN + turn))) ** 2)
    return floats(np.column_stack([radius * np.cos(_TURN), radius * np.sin(_TURN) * squash]))


def _through(points: list[tuple[float, float]]) -> Points:
    """A closed polygon through these, with as many points as every part has."""
    p = np.asarray([*points, points[0]], np.float32)
    at = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(p, axis=0).T))])
    t = np.linspace(0, at[-1], _POINTS, endpoint=False)
    return floats(np.column_stack([np.interp(t, at, p[:, 0]), np.interp(t, at, p[:, 1])]))


def _stalk(long: float, wide: float = 0.10) -> _Part:
    return _Part(_through([(-wide, long), (-wide * 0.5, 0), (wide * 0.5, 0), (wide, long)]), stem=True)


def _leaf(side: int, long: float, out: float) -> _Part:
    blade = [
        (0, long),
        (side * out * 0.55, long * 0.62),
        (side * out, long * 0.30),
        (side * out * 0.28, long * 0.6),
    ]
    return _Part(_through([*blade, (0, long * 0.85)]), 1.12, stem=True)


def _disc(radius: float, y: float = 0.0, own: Lch | None = None, tone: float = 1.0) -> _Part:
    ring = np.column_stack([radius * np.cos(_TURN), y + radius * 0.9 * np.sin(_TURN)])
    return _Part(floats(ring), tone, own)


_CUP = [(-0.62, 0.30), (-0.72, -0.35), (-0.55, -1.0), (-0.25, -0.62), (0, -1.05), (0.25, -0.62), (0.55, -1.0),
        (0.72, -0.35), (0.62, 0.30), (0.25, 0.62), (-0.25, 0.62)]  # fmt: skip
_FRONT = [(-0.36, 0.50), (-0.46, -0.20), (0, -0.92), (0.46, -0.20), (0.36, 0.50), (0, 0.60)]
_HALF_SPIKE = [
    (0.24, -1.3),
    (0.2, -0.9),
    (0.38, -0.6),
    (0.28, -0.25),
    (0.44, 0.05),
    (0.28, 0.35),
    (0.42, 0.6),
]
_SPIKE = [(-0.20, 0.9), *((-x, y) for x, y in reversed(_HALF_SPIKE)), (0, -1.9), *_HALF_SPIKE, (0.20, 0.9)]
_YELLOW, _BROWN, _BLACK = (0.84, 0.15, 85), (0.40, 0.07, 55), (0.28, 0.03, 320)
KINDS: dict[str, tuple[_Part, ...]] = {
    "daisy": (
        _stalk(3.4),
        _leaf(1, 3.4, 0.9),
        _Part(_petalled(7, 1.0, 0.55), 0.86),
        _Part(_petalled(7, 0.86, 0.5, 0.4), 1.0),
        _disc(0.27, own=_YELLOW),
    ),
    "cosmos": (
        _stalk(4.2, 0.07),
        _Part(_petalled(5, 1.0, 0.42), 0.9),
        _Part(_petalled(5, 0.80, 0.40, 0.3), 1.06),
        _disc(0.22, own=_YELLOW),
    ),
    "tulip": (
        _stalk(3.4, 0.13),
        _leaf(-1, 3.4, 1.1),
        _leaf(1, 3.3, 0.9),
        _Part(_through(_CUP), 0.84),
        _Part(_through(_FRONT), 1.06),
    ),
    "poppy": (
        _stalk(3.6, 0.06),
        _Part(_petalled(4, 1.05, 0.22, 0.3), 0.82),
        _Part(_petalled(4, 0.86, 0.20, 0.9, 0.72), 1.04),
        _disc(0.24, own=_BLACK),
    ),
    "sunflower": (
        _stalk(4.6, 0.14),
        _leaf(1, 4.4, 1.5),
        _leaf(-1, 3.6, 1.3),
        _Part(_petalled(14, 1.12, 0.42), 0.84),
        _Part(_petalled(14, 1.0, 0.40, 0.22), 1.0),
        _disc(0.50, own=_BROWN),
        _disc(0.30, own=(0.32, 0.05, 50)),
    ),
    "lavender": (_stalk(3.2, 0.09), _leaf(1, 3.0, 0.7), _Part(_through(_SPIKE), 0.84),
                 _Part(_through([(x * 0.55 + 0.1, y * 0.92 - 0.1) for x, y in _SPIKE]), 1.12)),
}  # fmt: skip


def heads(
    canvas: Canvas,
    palette: Palette,
    kind: str,
    x: Floats,
    y: Floats,
    radius: Floats,
    color: Floats,
    stem: Rgb,
) -> None:
    """Flowers of one kind with their heads at (x, y), in the order given, which should be far to near."""
    specks, tiny = radius < _SPECK_PX, radius < _TINY_PX
    _speckle(canvas, x[specks], y[specks], radius[specks], color[specks])
    small = tiny & ~specks
    for px, py, r, c in zip(
        x[small].tolist(), y[small].tolist(), radius[small].tolist(), color[small].tolist(), strict=True
    ):
        canvas.dot(px, py, r - 0.4, c)
    if tiny.all():
        return
    parts = KINDS[kind]
    at = np.column_stack([x, y])[~tiny]
    outlines = np.stack([part.outline for part in parts])
    shapes = outlines[None] * radius[~tiny][:, None, None, None] + at[:, None, None]
    tones = np.stack([_toned(palette, part, color[~tiny], stem) for part in parts], 1)
    draw_polygons(canvas.pixels, shapes.reshape(-1, _POINTS, 2), tones.reshape(-1, 3))


def _speckle(canvas: Canvas, x: Floats, y: Floats, radius: Floats, color: Floats) -> None:
    """Flowers smaller than a pixel or two tint those that they cover."""
    seen = (x >= 0) & (x < canvas.width) & (y >= 0) & (y < canvas.height)
    columns, rows = x[seen].astype(int), y[seen].astype(int)
    share = np.clip(np.pi * radius[seen] ** 2, 0, 1)[:, None]
    below = canvas.pixels[rows, columns].astype(np.float32)
    canvas.pixels[rows, columns] = np.clip(below + (color[seen] - below) * share, 0, 255).astype(np.uint8)


def _toned(palette: Palette, part: _Part, color: Floats, stem: Rgb) -> Floats:
    if part.stem:
        return floats(np.clip(np.tile(np.asarray(stem) * part.tone, (len(color), 1)), 0, 255))
    if part.own:
        return floats(np.tile(palette.local(*part.own, 0.9), (len(color), 1)))
    return floats(np.clip(color * part.tone + (12 if part.tone > 1 else 0), 0, 255))


WILD: dict[str, tuple[tuple[str, Lch], ...]] = {
    "spring": (("daisy", (0.97, 0.01, 90)), ("cosmos", (0.80, 0.13, 350)), ("tulip", (0.86, 0.15, 92)),
               ("cosmos", (0.74, 0.12, 310)), ("tulip", (0.70, 0.18, 15))),
    "summer": (("daisy", (0.97, 0.01, 90)), ("cosmos", (0.88, 0.16, 92)), ("poppy", (0.64, 0.21, 27)),
               ("cosmos", (0.66, 0.14, 285)), ("cosmos", (0.78, 0.13, 350))),
    "autumn": (("daisy", (0.72, 0.16, 55)), ("cosmos", (0.80, 0.15, 80)), ("daisy", (0.60, 0.17, 35)),
               ("cosmos", (0.62, 0.13, 330))),
}  # fmt: skip
"""Kinds and colours of the flowers that grow by themselves in each season."""

FIELD: dict[str, tuple[tuple[str, Lch], ...]] = {
    "spring": (("cosmos", (0.82, 0.12, 352)), ("cosmos", (0.90, 0.07, 350)), ("daisy", (0.97, 0.01, 90))),
    "summer": (("poppy", (0.62, 0.22, 27)), ("poppy", (0.66, 0.21, 32)), ("poppy", (0.58, 0.22, 24))),
    "autumn": (("daisy", (0.74, 0.16, 60)), ("daisy", (0.62, 0.18, 38)), ("daisy", (0.84, 0.15, 88))),
    "winter": (("tulip", (0.60, 0.16, 300)), ("tulip", (0.72, 0.12, 305)), ("tulip", (0.88, 0.15, 92))),
}
"""What fills a whole field in each season; in winter the crocuses that come through the snow."""


def wildflowers(
    canvas: Canvas,
    palette: Palette,
    top: float,
    name: str,
    count: int = 220,
    size: float = 1.0,
    calm: float = 0.35,
    field: bool = False,
    patchy: float = 0.66,
) -> None:
    """Patches of wild flowers below row top, thicker to the front and the sides.

    calm: share of the flowers left out of the middle, where figures stand. field: one kind fills it.
    patchy: share of the ground without flowers.
    """
    rng = canvas.stream(name)
    patches = fbm(64, 64, 6, 6, canvas.stream(name + "-patches"), 3)
    count = int(min(count * 2.5, count * canvas.width / canvas.short))
    t, across = np.sort(rng.random(count * 2) ** 0.7), rng.random(count * 2)
    dense = patches[(t * 63).astype(int), (across * 63).astype(int)]
    middle = np.exp(-(((across - 0.5) / 0.22) ** 2)) * calm
    kept = np.nonzero(dense - middle * 0.25 > np.quantile(dense, patchy))[0]
    kinds = FIELD[palette.season] if field else WILD.get(palette.season, FIELD[palette.season])
    which = ((across[kept] * 5 + dense[kept] * 9 + rng.normal(0, 0.5, len(kept))) % len(kinds)).astype(int)
    deep = canvas.height - top
    jitter = rng.uniform(0.75, 1.3, len(kept))
    radius = canvas.short * (0.0015 + 0.0105 * t[kept] ** 1.7) * jitter * size
    y = top + t[kept] * deep * 1.02 - radius * 2
    stem = palette.local(0.50, 0.10, 140, 0.6) if palette.snowy else palette.grass(0.15, 0.5)
    tint = rng.normal(1, 0.05, (len(kept), 1))
    for index, (kind, color) in enumerate(kinds):
        of = np.nonzero(which == index)[0]
        paint = np.clip(np.asarray(palette.local(*color, 0.95)) * tint[of], 0, 255)
        heads(canvas, palette, kind, across[kept][of] * canvas.width, y[of], radius[of], paint, stem)


def rows(
    canvas: Canvas,
    palette: Palette,
    top: float,
    vanish: float,
    kind: str,
    colors: tuple[Lch, ...],
    name: str,
    count: int = 1500,
    gap: float = 0.13,
    size: float = 1.0,
) -> None:
    """A field in rows that meet at column vanish of row top; each row has one of colors.

    gap: between rows at the lower edge, as a share of the short side.
    """
    rng = canvas.stream(name)
    deep = (canvas.height - top) * 1.06
    air = mix(palette.haze, palette.middle, 0.2)
    lit = [palette.local(*c, 0.95) for c in colors]
    _strips(canvas, palette, top, vanish, lit, gap)
    count = int(min(count * 2, count * max(1.0, canvas.width / canvas.short) ** 0.7))
    t = np.sort(rng.random(count) ** 0.62) ** 2.0
    reach = int(canvas.width / (gap * canvas.short)) + 2
    scale = (t + 0.012) * gap * canvas.short
    spread = np.clip(canvas.width / np.maximum(scale, 1e-3), 0, 2.2 * reach * 6)
    row = np.round((rng.random(count) - vanish / canvas.width) * spread)
    x = vanish + (row + rng.normal(0, 0.13, count)) * scale
    radius = canvas.short * 0.017 * size * (0.035 + t) * rng.uniform(0.8, 1.2, count)
    y = top + deep * t - radius * 1.5
    base = np.asarray(lit)[row.astype(int) % len(lit)] * rng.normal(1, 0.06, (count, 1))
    far = np.clip(0.45 - t * 1.8, 0, 0.45)[:, None]
    heads(canvas, palette, kind, x, y, radius, np.clip(base * (1 - far) + np.asarray(air) * far, 0, 255),
          palette.grass(0.2, 0.6))  # fmt: skip


def _strips(canvas: Canvas, palette: Palette, top: float, vanish: float, lit: list[Rgb], gap: float) -> None:
    """The rows as bands of colour between earth, which is all that is seen of them far off."""
    earth = palette.grass(0.25, 0.5) if palette.season != "autumn" else palette.local(0.45, 0.06, 70, 0.6)
    deep = (canvas.height - top) * 1.06
    wide = gap * canvas.short
    reach = int((max(vanish, canvas.width - vanish)) / wide * 14) + 2
    for row in range(-min(reach, 90), min(reach, 90) + 1):
        near = [(vanish + (row - 0.34) * wide, top + deep), (vanish + (row + 0.34) * wide, top + deep)]
        far = [(vanish + (row + 0.34) * wide * 0.012, top), (vanish + (row - 0.34) * wide * 0.012, top)]
        canvas.polygon([*near, *far], mix(lit[row % len(lit)], earth, 0.45))
