"""What finishing a 2048x2048 picture costs, beside bare encoders, in one run.

Prints a table and exits 1 when a gate fails: JPEG with mark and metadata at most 1.25 times bare simplejpeg,
PNG at most 1.3 times a bare writer of the same kind, and at least 25 times faster than Pillow's default.
"""

from __future__ import annotations

import argparse
import io
import struct
import time
import zlib
from collections.abc import Callable
from statistics import median

import cv2
import numpy as np
import simplejpeg
from _gates import Row, report
from isal import isal_zlib
from numpy.typing import NDArray
from PIL import Image

from limner.media.finish import FinishPlan, finish
from limner.media.metadata import Facts

SIDE = 2048
FACTS = Facts("Limner benchmark", "doubao-seedream-4-0-250828", 42, {"scene": "{}"})
MARK = "AI Generated"


def photograph(side: int, seed: int = 7) -> NDArray[np.uint8]:
    """(side, side, 3): noise with a photograph's falling spectrum, hard edges, a plain sky, sensor grain."""
    rng = np.random.default_rng(seed)
    picture = np.zeros((side, side, 3), np.float32)
    cells = 4
    while cells <= side:
        octave = rng.normal(0, 40 * (4 / cells) ** 0.6, (cells, cells, 3)).astype(np.float32)
        octave = 0.7 * octave.mean(axis=-1, keepdims=True) + 0.3 * octave
        picture += cv2.resize(octave, (side, side), interpolation=cv2.INTER_CUBIC)
        cells *= 2
    picture += 120
    for _ in range(40):
        centre = tuple(int(value) for value in rng.integers(0, side, 2))
        axes = tuple(int(value) for value in rng.integers(side // 50, side // 8, 2))
        colour = [float(value) for value in rng.integers(20, 230, 3)]
        cv2.ellipse(picture, centre, axes, float(rng.integers(180)), 0, 360, colour, -1)
    picture[: side // 6] = np.array([120, 165, 225], np.float32)
    picture += rng.normal(0, 1.2, picture.shape).astype(np.float32)
    return picture.clip(0, 255).astype(np.uint8)


def bare_jpeg(pixels: NDArray[np.uint8]) -> bytes:
    data: bytes = simplejpeg.encode_jpeg(pixels, 95, "RGB", "444")
    return data


def bare_png(pixels: NDArray[np.uint8], rows: int = 64) -> bytes:
    """The writer whose cost was measured first: average filter by numpy, isal level 3, zlib's checksums."""
    height, width, _ = pixels.shape
    lines, length = pixels.reshape(height, width * 3), width * 3
    deflate = isal_zlib.compressobj(3, isal_zlib.DEFLATED, 15)
    band = np.empty((rows, length + 1), np.uint8)
    band[:, 0] = 3
    left, above = np.empty((rows, length), np.uint8), np.empty((rows, length), np.uint8)
    out = []
    for top in range(0, height, rows):
        count = min(rows, height - top)
        current, shifted, over = lines[top : top + count], left[:count], above[:count]
        over[1:] = current[:-1]
        over[0] = lines[top - 1] if top else 0
        shifted[:, 3:], shifted[:, :3] = current[:, :-3], 0
        mean = over & shifted
        np.bitwise_xor(over, shifted, out=shifted)
        np.right_shift(shifted, 1, out=shifted)
        np.add(mean, shifted, out=mean)
        np.subtract(current, mean, out=band[:count, 1:])
        out.append(deflate.compress(band[:count].reshape(-1).data))
    out.append(deflate.flush())
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [b"\x89PNG\r\n\x1a\n"]
    for kind, body in ((b"IHDR", header), (b"IDAT", b"".join(out)), (b"IEND", b"")):
        parts.append(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))
    return b"".join(parts)


def pillow_png(pixels: NDArray[np.uint8]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def finished(output_format: str) -> Callable[[NDArray[np.uint8]], bytes]:
    plan = FinishPlan("png" if output_format == "png" else "jpeg", MARK, FACTS)
    return lambda pixels: finish(pixels, plan).data


def measure(rounds: int, slow_every: int) -> tuple[dict[str, float], dict[str, int]]:
    """Median milliseconds and bytes of each way, taken in turns; Pillow only every few rounds."""
    ways: dict[str, Callable[[NDArray[np.uint8]], bytes]] = {
        "JPEG, bare simplejpeg": bare_jpeg,
        "JPEG, finish": finished("jpeg"),
        "PNG, bare writer": bare_png,
        "PNG, finish": finished("png"),
        "PNG, Pillow default": pillow_png,
    }
    pixels = photograph(SIDE)
    sizes = {name: len(encode(pixels.copy())) for name, encode in ways.items()}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds):
        for name, encode in ways.items():
            if encode is pillow_png and number % slow_every:
                continue
            fresh = pixels.copy()
            started = time.perf_counter()
            encode(fresh)
            times[name].append((time.perf_counter() - started) * 1e3)
    return {name: median(values) for name, values in times.items()}, sizes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    rounds = 9 if parser.parse_args().quick else 41
    ms, sizes = measure(rounds, slow_every=8)
    print(f"{SIDE}x{SIDE}, medians of {rounds} interleaved rounds")
    rows = [Row(name, value, "ms", beside=f"{sizes[name] / 1e6:.2f} MB") for name, value in ms.items()]
    pairs = (
        ("JPEG, finish", "JPEG, bare simplejpeg", 1.25),
        ("PNG, finish", "PNG, bare writer", 1.3),
        ("PNG, finish", "PNG, Pillow default", 1 / 25),
    )
    report(
        rows + [Row(f"{ours} / {theirs}", ms[ours] / ms[theirs], "x", limit) for ours, theirs, limit in pairs]
    )


if __name__ == "__main__":
    main()
