"""The denoise loop alone: plain diffusers' own pipelines, from encoded prompts to latents.

The clock runs from the end of the first step to the end of the last, with the device waited for at both. What
a step costs in FLOPs is counted on the meta device, from the calls that the pipeline makes of its denoiser.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from _gates import Row
from diffusers import DiffusionPipeline
from torch.utils._pytree import tree_map_only
from torch.utils.flop_counter import FlopCounterMode

from _diffusers.architectures import (
    KLEIN,
    QWEN_IMAGE,
    TINY_SHRINK,
    Z_IMAGE,
    Architecture,
    denoiser_of,
    loop_pipeline,
    prompt_arguments,
    reference_pictures,
)
from _diffusers.options import Options, Result

TIMED_STEPS, TINY_STEPS = 8, 2
EAGER_SHARE, COMPILED_SHARE = 0.55, 0.70


@dataclass(frozen=True, slots=True)
class Case:
    """One figure to take."""

    architecture: Architecture
    px: int
    batch: int = 1
    references: int = 0
    compiled: bool = False

    def __str__(self) -> str:
        parts = [self.architecture.title, f"{self.px}x{self.px}"]
        parts += [f"batch {self.batch}"] * (self.batch > 1)
        parts += [f"references: {self.references}"] * (self.references > 0)
        return ", ".join([*parts, "compiled" if self.compiled else "eager"])


@dataclass(frozen=True, slots=True)
class Measured:
    """What a case took. s_per_picture: the loop of as many steps as the model is used with."""

    case: Case
    s_per_step: float
    flop_per_step: int
    peak_gib: float | None

    @property
    def s_per_picture(self) -> float:
        return self.s_per_step * self.case.architecture.steps / self.case.batch

    @property
    def tflop_per_s(self) -> float:
        return self.flop_per_step / self.s_per_step / 1e12


_SHAPES = (
    (
        Z_IMAGE,
        ((1024, 1, 0), (2048, 1, 0), (1024, 2, 0), (1024, 4, 0), (512, 1, 0), (512, 2, 0), (512, 4, 0)),
    ),
    (QWEN_IMAGE, ((1024, 1, 0),)),
    (KLEIN, ((1024, 1, 0), (1024, 1, 1), (1024, 1, 4), (512, 1, 0), (512, 2, 0), (512, 4, 0))),
)


def plan(*, tiny: bool) -> list[tuple[Architecture, list[Case]]]:
    """The cases, model by model: all eager ones, then the same compiled."""
    shrink = TINY_SHRINK if tiny else 1
    return [
        (
            architecture,
            [
                Case(architecture, px // shrink, batch, references, compiled)
                for compiled in (False, True)
                for px, batch, references in shapes
            ],
        )
        for architecture, shapes in _SHAPES
    ]


@dataclass(frozen=True, slots=True)
class Bench:
    """One model on a device."""

    architecture: Architecture
    pipeline: DiffusionPipeline
    device: torch.device
    tiny: bool

    def arguments(self, case: Case) -> dict[str, Any]:
        pictures = reference_pictures(case.references, tiny=self.tiny)
        return {
            **prompt_arguments(case.architecture, case.batch, self.device),
            **case.architecture.guidance,
            **({"image": pictures} if pictures else {}),
            "width": case.px,
            "height": case.px,
            "generator": [torch.Generator("cpu").manual_seed(seed) for seed in range(case.batch)],
            "output_type": "latent",
        }

    def compile(self) -> None:
        """As the engine's setting does it; when all is tiny without generating code, which takes longer."""
        self.pipeline.transformer.compile_repeated_blocks(
            fullgraph=True, dynamic=True, backend="aot_eager" if self.tiny else "inductor"
        )

    def measure(self, case: Case, rounds: int) -> Measured:
        """Median of the rounds, after a run that warms up and shows what the denoiser is called with."""
        if self.device.type == "cuda":
            torch.cuda.reset_peak_memory_stats()
        flop = self.flop_per_step(case)
        steps = 1 + (TINY_STEPS if self.tiny else TIMED_STEPS)
        times = [self.s_per_step(case, steps) for _ in range(1 + rounds)][1:]
        peak = torch.cuda.max_memory_allocated() / 2**30 if self.device.type == "cuda" else None
        return Measured(case, statistics.median(times), flop, peak)

    def s_per_step(self, case: Case, steps: int) -> float:
        ends: list[float] = []

        def step_ended(
            _pipeline: object, step: int, _timestep: object, _tensors: object
        ) -> dict[str, object]:
            if step in (0, steps - 1):
                wait_for(self.device)
                ends.append(time.perf_counter())
            return {}

        self.pipeline(**self.arguments(case), num_inference_steps=steps, callback_on_step_end=step_ended)
        return (ends[1] - ends[0]) / (steps - 1)

    def flop_per_step(self, case: Case) -> int:
        calls: list[tuple[Any, Any]] = []

        def note(_module: object, args: object, keywords: object) -> None:
            calls.append(tree_map_only(torch.Tensor, lambda tensor: tensor.to("meta"), (args, keywords)))

        steps = 2
        hook = self.pipeline.transformer.register_forward_pre_hook(note, with_kwargs=True)
        try:
            self.pipeline(**self.arguments(case), num_inference_steps=steps)
        finally:
            hook.remove()
        dtype = self.pipeline.transformer.dtype
        copy = denoiser_of(self.architecture, torch.device("meta"), dtype, tiny=self.tiny)
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            for args, keywords in calls[: len(calls) // steps]:
                copy(*args, **keywords)
        return counter.get_total_flops()


def wait_for(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def run(options: Options) -> Iterator[Measured | tuple[Case, str]]:
    """Each case as it is measured, or with why it was not."""
    for architecture, cases in plan(tiny=options.tiny):
        if time.monotonic() > options.deadline:
            yield from ((case, "out of time") for case in cases)
            continue
        pipeline = loop_pipeline(architecture, options.device, tiny=options.tiny)
        bench = Bench(architecture, pipeline, options.device, options.tiny)
        yield from _measured(bench, cases, options)
        del bench, pipeline
        torch._dynamo.reset()
        gc.collect()
        if options.device.type == "cuda":
            torch.cuda.empty_cache()


def _measured(bench: Bench, cases: Sequence[Case], options: Options) -> Iterator[Measured | tuple[Case, str]]:
    compiled = False
    for case in cases:
        if time.monotonic() > options.deadline:
            yield case, "out of time"
            continue
        if case.compiled and not compiled:
            bench.compile()
            compiled = True
        try:
            yield bench.measure(case, options.rounds)
        except torch.OutOfMemoryError as error:
            yield case, f"out of memory: {str(error).splitlines()[0]}"


def result_of(options: Options, _groups: Collection[str]) -> Result:
    """The table, printed as it grows; the gated shares of it."""
    print(f"denoise loop, from encoded prompts to latents; compiled: by block, for all sizes\n{_HEADER}")
    taken: list[Measured] = []
    figures: list[dict[str, object]] = []
    for result in run(options):
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
