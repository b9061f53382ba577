"""What a picture of the illustrator costs, prompt by prompt: time, memory, cold start, two at once.

Every figure is of one thread in a warm process, without encoding, and stands beside its ratio to a fixed
workload of numpy and cv2 timed in the same run: ratios are what runs on other machines are compared by.
Exits 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import cv2
import numpy as np
from _gates import Row, report

from limner.engines.sketch.picture import draw
from limner.engines.sketch.render import render
from limner.engines.sketch.task import RenderTask
from limner.engines.sketch.words.parse import parse
from limner.workers import Workers

PLACES = (
    "a mountain lake at dawn",
    "a city skyline at night",
    "a coral reef under the sea",
    "沙漠里的沙丘，日落",
    "a cozy living room in the evening",
    "a field of tulips in spring",
    "deep space with a nebula",
    "abstract background in blue and gold",
)
SUBJECTS = (
    "a red fox in a snowy forest at night",
    "a girl with a red umbrella and a dog on a rainy street",
    "三只小猫坐在沙发上",
    "a lighthouse and a sailing boat at sunset",
    "a knight riding a white horse in front of a castle",
    "a bowl of ramen on a wooden table",
    "a poster with a palm tree and a surfboard",
)
PAINTERLY = (
    "a lighthouse on the coast at sunset, oil painting",
    "a fox in a winter forest, watercolor",
    "江南水乡，水墨画",
    "a cat on a windowsill, pencil sketch",
    "a village under the stars, in the style of van Gogh",
)
SIDES = {"1K": 1024, "2K": 2048, "4K": 4096}
GROUPS = (
    ("place", PLACES, {"1K": 0.12, "2K": 0.4, "4K": 0.9}),
    ("subjects", SUBJECTS, {"1K": 0.35, "2K": 0.9, "4K": 1.5}),
    ("painterly", PAINTERLY, {"1K": 0.5, "2K": 1.2, "4K": 1.8}),
)
WORST = {"1K": 0.9, "2K": 1.8, "4K": 2.5}
MAX_COLD_S, MAX_PEAK_MB, MIN_GAIN = 1.2, 700, 1.2
SEED = 3


def reference() -> None:
    """The fixed workload: noise, a resize, a blur, a remap and a blend at 1024 x 1024."""
    noise = np.random.default_rng(0).random((256, 256, 3), np.float32)
    big = cv2.resize(noise, (1024, 1024), interpolation=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(big, (0, 0), 6)
    y, x = np.mgrid[0:1024, 0:1024].astype(np.float32)
    turned = cv2.remap(soft, x + soft[..., 0] * 40, y, cv2.INTER_LINEAR)
    np.clip(turned * 0.7 + big * 0.3, 0, 1)


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The best of some rounds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def picture_s(prompt: str, side: int, rounds: int) -> float:
    return seconds(lambda: render(RenderTask(prompt, side, side, SEED)), rounds)


def group_rows(rounds: int, unit_s: float) -> list[Row]:
    rows = []
    for size, side in SIDES.items():
        worst = 0.0
        for name, prompts, limits in GROUPS:
            taken = {prompt: picture_s(prompt, side, rounds) for prompt in prompts}
            rows += [Row(f"{size} {p[:40]}", s, "s", beside=f"{s / unit_s:5.1f}x") for p, s in taken.items()]
            middle = median(taken.values())
            rows.append(Row(f"{size} {name}: median", middle, "s", limits[size], f"{middle / unit_s:5.1f}x"))
            worst = max(worst, *taken.values())
        rows.append(Row(f"{size} slowest", worst, "s", WORST[size], f"{worst / unit_s:5.1f}x"))
    return rows


_ALONE = """
import resource, sys, time
start = time.perf_counter()
from limner.engines.sketch.picture import draw
from limner.engines.sketch.render import render
from limner.engines.sketch.task import RenderTask
render(RenderTask(sys.argv[1], int(sys.argv[2]), int(sys.argv[2]), 3))
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)
"""


def alone(prompt: str, side: int) -> tuple[float, float]:
    """Wall seconds and peak resident MB of a new process that draws one picture, its start included."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _ALONE, prompt, str(side)], check=True, capture_output=True, text=True
    )
    return time.perf_counter() - start, float(done.stdout.split()[1])


def _drawn(prompt: str, threads: int) -> None:
    """Runs in a worker."""
    cv2.setNumThreads(threads)
    draw(parse(prompt, SEED), 1024, 1024)


def _worked(_prompt: str, threads: int) -> None:
    """Runs in a worker: what two processes can gain on this machine at all."""
    cv2.setNumThreads(threads)
    reference()


async def rate(work: Callable[[str, int], None], workers_count: int, threads: int, rounds: int) -> float:
    """Calls a second of so many workers."""
    workers = Workers(workers_count)
    await workers.start()
    prompts = SUBJECTS[:4] * (2 * rounds)
    await asyncio.gather(*(workers.call(work, p, threads) for p in SUBJECTS[:4] * (2 * workers_count)))
    start = time.perf_counter()
    await asyncio.gather(*(workers.call(work, prompt, threads) for prompt in prompts))
    taken_s = time.perf_counter() - start
    await workers.close()
    return len(prompts) / taken_s


async def gain_rows(rounds: int) -> list[Row]:
    """Two at once over one at a time, with one thread a worker (as served) and with two."""
    rows = []
    for name, work, threads in (
        ("one thread each, as served", _drawn, 1),
        ("two threads each", _drawn, 2),
        ("reference workload alone", _worked, 1),
    ):
        one, two = [await rate(work, count, threads, rounds) for count in (1, 2)]
        beside = f"{one:.1f} -> {two:.1f} a second"
        rows.append(Row(f"two workers over one: {name}", two / one, "x", beside=beside))
    short = MIN_GAIN - rows[0].figure
    return [*rows, Row(f"two workers, short of {MIN_GAIN}x by", max(0.0, short), "x", 0.0)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round each")
    rounds = 1 if parser.parse_args().quick else 3
    cv2.setNumThreads(1)
    for prompt in (PLACES[0], SUBJECTS[0], *PAINTERLY[:2]):
        picture_s(prompt, 512, 1)
    unit_s = seconds(reference, 9)
    rows = [Row("reference workload", unit_s, "s"), *group_rows(rounds, unit_s)]
    cold = min(alone(SUBJECTS[0], 1024)[0] for _ in range(rounds))
    peak = max(alone(prompt, 4096)[1] for prompt in (SUBJECTS[2], PAINTERLY[0], PAINTERLY[1]))
    rows.append(Row("first picture of a cold process, 1K", cold, "s", MAX_COLD_S))
    rows.append(Row("peak memory at 4K", peak, "MB", MAX_PEAK_MB))
    rows += asyncio.run(gain_rows(rounds))
    report(rows)


if __name__ == "__main__":
    main()
