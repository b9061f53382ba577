"""Named random streams and the noises made from them.

Every layer draws from its own generator, so that one word more in a prompt leaves the others in place.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from limner.engines.sketch.paint.raster import CUBIC, LINEAR, Floats, floats, resize

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Streams:
    """Generators by name; the same seed and name always give the same numbers."""

    seed: int

    def __call__(self, name: str) -> Rng:
        digest = hashlib.blake2b(f"{self.seed}|{name}".encode(), digest_size=8).digest()
        return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))

    def turn(self, name: str, count: int) -> int:
        """One of count; that many seeds in a row give each of them once."""
        lap, at = divmod(self.seed, count)
        return int(Streams(lap)(f"{name}/{count}").permutation(count)[at])


def fbm(
    width: int, height: int, cells_x: float, cells_y: float, rng: Rng, octaves: int = 5, gain: float = 0.5
) -> Floats:
    """(height, width) fractal noise in 0..1 about 0.5; octave k has cells * 2^k cells."""
    out = np.zeros((height, width), np.float32)
    amplitude, total = 1.0, 0.0
    for k in range(octaves):
        columns = max(2, int(min(cells_x * 2**k + 3, width)))
        rows = max(2, int(min(cells_y * 2**k + 3, height)))
        out += np.float32(amplitude) * resize(
            rng.random((rows, columns), np.float32), width, height, CUBIC
        ).reshape(height, width)
        total += amplitude
        amplitude *= gain
    return floats(np.clip((out / np.float32(total) - 0.5) * 1.5 + 0.5, 0, 1))


def tileable(size: int, cells: int, rng: Rng, octaves: int = 5, gain: float = 0.5) -> Floats:
    """(size, size) fractal noise in 0..1 whose edges meet; size and cells are powers of two."""
    out = np.zeros((size, size), np.float32)
    amplitude, total = 1.0, 0.0
    for k in range(octaves):
        count = cells * 2**k
        if count > size // 2:
            break
        step = size // count
        values = cv2.copyMakeBorder(rng.random((count, count), np.float32), 2, 2, 2, 2, cv2.BORDER_WRAP)
        big = resize(np.asarray(values, np.float32), (count + 4) * step, (count + 4) * step, CUBIC)
        out += np.float32(amplitude) * big[2 * step : 2 * step + size, 2 * step : 2 * step + size]
        total += amplitude
        amplitude *= gain
    return floats(np.clip((out / np.float32(total) - 0.5) * 1.5 + 0.5, 0, 1))


def profile(count: int, cells: float, rng: Rng, octaves: int = 6, gain: float = 0.5) -> Floats:
    """(count,) fractal noise in 0..1: the outline of a ridge."""
    return floats(fbm(count, 1, cells, 1, rng, octaves, gain)[0])


def blotches(width: int, height: int, cell_px: float, rng: Rng, octaves: int = 3) -> Floats:
    """(height, width) value noise about 0.5 whose largest blobs are cell_px wide."""
    out = np.zeros((height, width), np.float32)
    amplitude, total = 1.0, 0.0
    for k in range(octaves):
        cell = max(2.0, cell_px / 2**k)
        values = rng.random((int(height / cell) + 3, int(width / cell) + 3), np.float32)
        columns, rows = int(values.shape[1] * cell), int(values.shape[0] * cell)
        out += np.float32(amplitude) * resize(values, columns, rows, CUBIC)[:height, :width]
        total += amplitude
        amplitude *= 0.55
    return out / np.float32(total)


def mottling(width: int, height: int, cell_px: float, rng: Rng, octaves: int = 3) -> Floats:
    """blotches about 0, cut from one sheet at a place of rng's choice; large ones are made anew."""
    sheet = _sheet(octaves)
    factor = cell_px / _SHEET_CELL_PX
    columns, rows = int(width / factor) + 2, int(height / factor) + 2
    if max(columns, rows) > len(sheet):
        return blotches(width, height, cell_px, rng, octaves) - np.float32(0.5)
    x, y = int(rng.integers(len(sheet) - columns + 1)), int(rng.integers(len(sheet) - rows + 1))
    part = sheet[y : y + rows, x : x + columns]
    return resize(part, int(columns * factor) + 1, int(rows * factor) + 1, CUBIC)[:height, :width]


@lru_cache(maxsize=4)
def _sheet(octaves: int) -> Floats:
    """Mottling for every body: a square of it."""
    return blotches(_SHEET_PX, _SHEET_PX, _SHEET_CELL_PX, np.random.default_rng(9), octaves) - np.float32(0.5)


_SHEET_PX, _SHEET_CELL_PX = 768, 8.0
_DITHER = np.random.default_rng(7).random((512, 512), np.float32)
_DITHER.flags.writeable = False


def dither(width: int, height: int) -> Floats:
    """A fixed read-only (height, width) pattern in 0..1 that keeps soft gradients from banding."""
    if height <= 512 and width <= 512:
        return _DITHER[:height, :width]
    return _tiled(height // 512 + 1, width // 512 + 1)[:height, :width]


@lru_cache(maxsize=4)
def _tiled(rows: int, columns: int) -> Floats:
    tiles = np.tile(_DITHER, (rows, columns))
    tiles.flags.writeable = False
    return tiles


def waves(width: int, height: int, rng: Rng) -> Floats:
    """(height, width) fine horizontal ripples about 0, in -0.5..0.5."""
    values = rng.random((max(height // 3, 2), max(width // 24, 2)), np.float32)
    return resize(values, width, height, LINEAR) - np.float32(0.5)
