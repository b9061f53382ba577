"""Claim, on one H200: the denoise loop reaches 55 % of what the chip does in bf16, 70 % compiled; Limner adds
at most 3 % to a bare pipeline call; 8 clients at 512x512 get 2.5 times the pictures of one.

loop: plain diffusers from encoded prompts to latents, FLOPs counted, against --ceiling; it needs torch,
diffusers and transformers only. server: the same pictures by a bare call, by the engine's own loop in this
process, and by a whole server over HTTP, in turn. clients: the server again. All weights are random, of the
released dimensions. Without a GPU it is skipped; --tiny --device cpu runs all of it with next to no weights:
that shows that it works and tells nothing about speed, so that there are no limits then.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import logging
import os
import platform
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from _gates import Row

if TYPE_CHECKING:
    import torch

GROUPS = ("loop", "server", "clients")
MODULES = {"_diffusers.loop": ("loop",), "_diffusers.serving": ("server", "clients")}
"""What measures the groups; each is imported only for its own, for the second one needs more packages."""
NEEDED = ("torch", "diffusers", "transformers")


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
    for name in ("torchao", "torch.utils._pytree"):
        logging.getLogger(name).setLevel(logging.ERROR)
    import diffusers
    import transformers

    for library in (diffusers, transformers):
        library.utils.logging.set_verbosity_error()
        library.utils.logging.disable_progress_bar()


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
    from _diffusers.options import Options

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
    for module, groups in MODULES.items():
        wanted = [group for group in groups if group in chosen.groups]
        if not wanted:
            continue
        result = importlib.import_module(module).result_of(options, wanted)
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
        print(replace(row, limit=None) if tiny else row)
    if tiny:
        print("no limits with --tiny: the figures show that it runs, not how fast the models are")
    sys.exit(not tiny and any(row.missed for row in rows))


if __name__ == "__main__":
    main()
