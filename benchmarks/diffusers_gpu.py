"""Claim, on one H200: the denoise loop reaches 55 % of what the chip does in bf16, 70 % compiled; Limner adds
at most 3 % to a bare pipeline call; 8 clients at 512x512 get 2.5 times the pictures of one.

loop: plain diffusers from encoded prompts to latents, FLOPs counted, against --ceiling; needs only torch and
diffusers. server: the same pictures by a bare call, by the engine's own loop in this process, and by a whole
server over HTTP, in turn. clients: the server again. All weights are random, of the released dimensions.
Without a GPU it is skipped; --tiny --device cpu runs all of it with next to no weights: that shows that it
works and tells nothing about speed, so that there are no limits then.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from _gates import Row

if TYPE_CHECKING:
    import torch
    from _diffusers.loop import Case, Measured

GROUPS = ("loop", "server", "clients")
EAGER_SHARE, COMPILED_SHARE = 0.55, 0.70
NEEDED = ("torch", "diffusers", "transformers", "accelerate")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. deadline: on the monotonic clock."""

    device: torch.device
    tiny: bool
    rounds: int
    ceiling_tflop_per_s: float
    deadline: float
    weights: Path | None


@dataclass(frozen=True, slots=True)
class Result:
    """A group's figures: for the JSON file, and those with a limit."""

    figures: list[dict[str, object]]
    rows: list[Row]


def loop_result(options: Options) -> Result:
    from _diffusers.loop import Measured, run

    backend = "aot_eager" if options.tiny else "inductor"
    print(
        f"denoise loop, encoded prompts to latents; compiled: regional, dynamic shapes, {backend}\n{_HEADER}"
    )
    taken: list[Measured] = []
    figures: list[dict[str, object]] = []
    for result in run(
        options.device, tiny=options.tiny, rounds=options.rounds, deadline=options.deadline, backend=backend
    ):
        if isinstance(result, Measured):
            taken.append(result)
            print(_line(result, options), flush=True)
            figures.append(_figures(result, options))
        else:
            print(f"{result[0]}: not measured, {result[1]}", flush=True)
    return Result(figures, [] if options.tiny else list(_loop_rows(taken, options.ceiling_tflop_per_s)))


_COLUMNS = (("ms/step", 8), ("s/picture", 9), ("TFLOP/step", 10), ("TFLOP/s", 8), ("share", 6), ("GiB", 6))
_HEADER = " ".join([f"{'case':50}", *(f"{name:>{width}}" for name, width in _COLUMNS)])


def _line(measured: Measured, options: Options) -> str:
    share = "-" if options.tiny else f"{measured.tflop_per_s / options.ceiling_tflop_per_s:.1%}"
    memory = "-" if measured.peak_gib is None else f"{measured.peak_gib:.1f}"
    return (
        f"{measured.case!s:50} {measured.s_per_step * 1e3:8.1f} {measured.s_per_picture:9.3f} "
        f"{measured.flop_per_step / 1e12:10.4g} {measured.tflop_per_s:8.4g} {share:>6} {memory:>6}"
    )


def _figures(measured: Measured, options: Options) -> dict[str, object]:
    case = measured.case
    return {
        "group": "loop",
        "model": case.architecture.title,
        "px": case.px,
        "batch": case.batch,
        "references": case.references,
        "compiled": case.compiled,
        "ms_per_step": measured.s_per_step * 1e3,
        "s_per_picture": measured.s_per_picture,
        "tflop_per_step": measured.flop_per_step / 1e12,
        "tflop_per_s": measured.tflop_per_s,
        "share_of_ceiling": None if options.tiny else measured.tflop_per_s / options.ceiling_tflop_per_s,
        "peak_gib": measured.peak_gib,
    }


def _loop_rows(taken: list[Measured], ceiling: float) -> Iterator[Row]:
    shares = {_place(measured.case): measured.tflop_per_s / ceiling for measured in taken}
    for model in ("Z-Image", "Qwen-Image"):
        for compiled, least in ((False, EAGER_SHARE), (True, COMPILED_SHARE)):
            claim = f"{model} 1024x1024 {'compiled' if compiled else 'eager'}"
            share = shares.get((model, 1024, 1, compiled), float("nan"))
            yield Row(claim, share, "", least, f"share of {ceiling:g} TFLOP/s", at_least=True)


def _place(case: Case) -> tuple[str, int, int, bool]:
    return case.architecture.title, case.px, case.batch, case.compiled


MEASURES: dict[str, Callable[[Options], Result]] = {"loop": loop_result}


def missing(device: str | None) -> str | None:
    """Why nothing can be measured here; None: it can."""
    absent = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if absent:
        return f"not installed: {', '.join(absent)} (pip install '.[diffusers]')"
    import torch

    if device is None and not torch.cuda.is_available():
        return "no GPU; --tiny --device cpu runs it with next to no weights"
    return None


def quieten() -> None:
    """Nothing is fetched, and other people's remarks do not run through the table."""
    os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    logging.getLogger("torchao").setLevel(logging.ERROR)
    import diffusers
    import transformers

    diffusers.logging.set_verbosity_error()
    transformers.logging.set_verbosity_error()


def machine(device: torch.device) -> dict[str, str]:
    import diffusers
    import torch

    name = torch.cuda.get_device_name(device) if device.type == "cuda" else platform.processor() or "CPU"
    return {"device": name, "torch": torch.__version__, "diffusers": diffusers.__version__}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--device", help="as torch names it; default: the GPU")
    parser.add_argument("--tiny", action="store_true", help="next to no weights, small pictures, no limits")
    parser.add_argument("--only", default=",".join(GROUPS), help="of loop,server,clients")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--minutes", type=float, default=9.0, help="begin nothing after so many (default 9)")
    parser.add_argument("--ceiling", type=float, default=790.0, help="TFLOP/s of the device, dense bf16")
    parser.add_argument("--weights", type=Path, help="folder for 20 GB of random weights; default: temporary")
    parser.add_argument("--json", type=Path, help="file for all figures")
    chosen = parser.parse_args()
    chosen.groups = [group for group in GROUPS if group in chosen.only.split(",")]
    if unknown := set(chosen.only.split(",")) - set(GROUPS):
        parser.error(f"--only knows {', '.join(GROUPS)}, not {', '.join(sorted(unknown))}")
    return chosen


def main() -> None:
    began = time.monotonic()
    chosen = arguments()
    if reason := missing(chosen.device):
        print(f"skipped: {reason}")
        return
    quieten()
    import torch

    device = torch.device(chosen.device or "cuda")
    rounds = 1 if chosen.tiny else 2 if chosen.quick else 5
    deadline = began + chosen.minutes * 60
    options = Options(device, chosen.tiny, rounds, chosen.ceiling, deadline, chosen.weights)
    if device.type == "cpu":
        torch.set_num_threads(1)
    facts = machine(device)
    print(", ".join(f"{name} {value}" for name, value in facts.items()))
    figures: list[dict[str, object]] = []
    rows: list[Row] = []
    for group in chosen.groups:
        result = MEASURES[group](options)
        figures += result.figures
        rows += result.rows
        if chosen.json:
            chosen.json.write_text(
                json.dumps({"machine": facts, "tiny": chosen.tiny, "figures": figures}, indent=1)
            )
    conclude(rows, tiny=chosen.tiny)


def conclude(rows: list[Row], *, tiny: bool) -> None:
    """Print the limits and end: 1 when one is missed."""
    for row in rows:
        print(row)
    if tiny:
        print("no limits with --tiny: the figures show that it runs, not how fast the models are")
    sys.exit(any(row.missed for row in rows))


if __name__ == "__main__":
    main()
