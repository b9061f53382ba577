"""Unfinished looks at the pictures of a call, while its loop runs.

A look is what the denoiser expects the picture to become, pooled down before the VAE decodes it, so that it
costs a small part of a step. It changes nothing of the picture. Where models are offloaded to main memory,
each look moves the VAE to the device and back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

import simplejpeg
import torch
import torch.nn.functional as F
from diffusers import DiffusionPipeline, SchedulerMixin
from diffusers.utils.torch_utils import get_module_execution_device

from limner.engines.diffusers.families import Family
from limner.engines.diffusers.messages import Call
from limner.engines.diffusers.worker.loaded import LoadedPipeline
from limner.types import Encoded, Size

if TYPE_CHECKING:
    from limner.types import PixelArray

LONGER_SIDE = 384
"""Most pixels along the longer side of a look."""

JPEG_QUALITY = 85

Levels: TypeAlias = Callable[[SchedulerMixin, int, torch.Tensor], tuple[torch.Tensor, torch.Tensor]]
"""How much of a sample is picture, and how much noise, at a step's index or its timestep."""


@dataclass(frozen=True, slots=True)
class SchedulerStep:
    """What one step of a scheduler was given. index: among all that the scheduler counts."""

    output: torch.Tensor
    timestep: torch.Tensor
    sample: torch.Tensor
    index: int


class Looks:
    """The looks of one call on a pipeline. While it is entered it sees what the pipeline's scheduler sees."""

    def __init__(self, loaded: LoadedPipeline, call: Call, pipeline: DiffusionPipeline) -> None:
        self._family = loaded.family
        self._call = call
        self._pipeline = pipeline
        self._scheduler = pipeline.scheduler
        self._due: tuple[int, ...] = ()
        self._calls = 0
        self._seen: SchedulerStep | None = None

    def __enter__(self) -> Self:
        if self._call.previews:
            self._scheduler.step = self._watched(self._scheduler.step)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        vars(self._scheduler).pop("step", None)
        self._seen = None

    def after(self, step: int) -> Iterator[tuple[int, int, Encoded]]:
        """(part, number, look) of every part, when a look is due after this step; both count from 0."""
        seen, self._seen = self._seen, None
        if seen is None or step not in self._due:
            return
        with torch.no_grad():
            looks = self._pixels(expected(self._scheduler, seen))
        number = self._due.index(step)
        for part, pixels in enumerate(looks):
            yield part, number, encoded(pixels)

    def _pixels(self, latents: torch.Tensor) -> Iterable[PixelArray]:
        vae = getattr(self._pipeline, "vae", None)
        picture = as_picture(latents, self._family, self._call.size, vae) if vae is not None else None
        if picture is None:
            return ()
        return _decoded(vae, pooled(picture, getattr(self._pipeline, "vae_scale_factor", 8)))

    def _watched(self, step: Callable[..., object]) -> Callable[..., object]:
        @wraps(step)  # pipelines read its signature to learn what it takes
        def watched(
            output: torch.Tensor, timestep: torch.Tensor, sample: torch.Tensor, *rest: object, **named: object
        ) -> object:
            result = step(output, timestep, sample, *rest, **named)
            if self._calls == 0:  # before its loop a pipeline does not know how many steps it does
                total = getattr(self._pipeline, "num_timesteps", self._call.steps)
                self._due = due_steps(total, self._call.previews)
            if self._calls in self._due:
                index = getattr(self._scheduler, "step_index", None) or 1
                self._seen = SchedulerStep(output, timestep, sample, index - 1)
            self._calls += 1
            return result

        return watched


def due_steps(steps: int, previews: int) -> tuple[int, ...]:
    """After which steps, counted from 0, there are looks: evenly spread, never after the last."""
    counts = {max(1, number * steps // (previews + 1)) for number in range(1, previews + 1)}
    return tuple(sorted(count - 1 for count in counts if count < steps))


def expected(scheduler: SchedulerMixin, seen: SchedulerStep) -> torch.Tensor:
    """The latents, without noise, that the denoiser expected at a step; noisy ones of unknown schedulers."""
    output, sample = seen.output.float(), seen.sample.float()
    levels = _LEVELS.get(type(scheduler).__name__)
    if levels is None:
        return sample
    config = scheduler.config
    kind = config.get("prediction_type", "flow_prediction")
    picture, noise = (level.to(sample.device) for level in levels(scheduler, seen.index, seen.timestep))
    if kind == "sample":
        return output
    if kind == "flow_prediction":
        return sample - noise * output
    if kind == "v_prediction":
        length = (picture**2 + noise**2) ** 0.5
        return picture / length**2 * sample - noise / length * output
    return (sample - noise * output) / picture


def _flow(scheduler: SchedulerMixin, index: int, timestep: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    noise = scheduler.sigmas[index]
    return 1 - noise, noise


def _exploding(
    scheduler: SchedulerMixin, index: int, timestep: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    noise = scheduler.sigmas[index]
    return torch.ones_like(noise), noise


def _preserving(
    scheduler: SchedulerMixin, index: int, timestep: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    if scheduler.config.get("use_flow_sigmas") or scheduler.config.prediction_type == "flow_prediction":
        return _flow(scheduler, index, timestep)
    picture = (1 + scheduler.sigmas[index] ** 2) ** -0.5
    return picture, picture * scheduler.sigmas[index]


def _by_timestep(
    scheduler: SchedulerMixin, index: int, timestep: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    kept = scheduler.alphas_cumprod[int(timestep)]
    return kept**0.5, (1 - kept) ** 0.5


_LEVELS: dict[str, Levels] = {
    "FlowMatchEulerDiscreteScheduler": _flow,
    "EulerDiscreteScheduler": _exploding,
    "EulerAncestralDiscreteScheduler": _exploding,
    "DPMSolverMultistepScheduler": _preserving,
    "UniPCMultistepScheduler": _preserving,
    "DEISMultistepScheduler": _preserving,
    "DDIMScheduler": _by_timestep,
    "DDPMScheduler": _by_timestep,
    "LCMScheduler": _by_timestep,
    "PNDMScheduler": _by_timestep,
}


def as_picture(
    latents: torch.Tensor, family: Family, size: Size, vae: torch.nn.Module
) -> torch.Tensor | None:
    """Latents of the loop as the VAE takes them, (b, c, h, w); None where it is not known how they lie."""
    config = vae.config
    if family.latents == "flux2":  # tokens, not channels, have a mean and a spread
        spread = (vae.bn.running_var + config.batch_norm_eps).sqrt()
        latents = latents * spread.to(latents) + vae.bn.running_mean.to(latents)
    picture = latents if family.latents == "spatial" else _unpacked(latents, size)
    channels = config.get("latent_channels") or config.get("z_dim")
    if picture is None or picture.ndim != 4 or picture.shape[1] != channels:
        return None
    if family.latents == "flux2":
        return picture
    mean, spread = config.get("latents_mean") or 0.0, config.get("latents_std") or 1.0
    scale, shift = config.get("scaling_factor") or 1.0, config.get("shift_factor") or 0.0
    return picture * _per_channel(spread, picture) / scale + _per_channel(mean, picture) + shift


def _per_channel(values: float | list[float], latents: torch.Tensor) -> torch.Tensor:
    return torch.tensor(values, dtype=latents.dtype, device=latents.device).reshape(1, -1, 1, 1)


def _unpacked(tokens: torch.Tensor, size: Size) -> torch.Tensor | None:
    """(b, rows * columns, c * 2 * 2) as (b, c, 2 * rows, 2 * columns); None where no rows make the size."""
    batch, count, width = tokens.shape
    rows = round((count * size.height / size.width) ** 0.5)
    columns = count // rows
    if rows * columns != count or rows * size.width != columns * size.height:
        return None
    squares = tokens.view(batch, rows, columns, width // 4, 2, 2)
    return squares.permute(0, 3, 1, 4, 2, 5).reshape(batch, width // 4, 2 * rows, 2 * columns)


def pooled(latents: torch.Tensor, vae_scale: int) -> torch.Tensor:
    """The same picture with at most LONGER_SIDE pixels along its longer side once it is decoded."""
    height, width = latents.shape[-2:]
    shrink = LONGER_SIDE / (vae_scale * max(height, width))
    if shrink >= 1:
        return latents
    target = max(1, round(height * shrink)), max(1, round(width * shrink))
    return F.interpolate(latents, target, mode="area")


def _decoded(vae: torch.nn.Module, latents: torch.Tensor) -> PixelArray:
    """(b, h, w, 3) uint8 of latents (b, c, h, w)."""
    overflows = vae.dtype == torch.float16 and vae.config.get("force_upcast", False)
    if overflows:
        vae.to(torch.float32)
    latents = latents.to(get_module_execution_device(vae), vae.dtype)
    frames = "z_dim" in vae.config  # a VAE for video, of which a picture is one frame
    decoded = vae.decode(latents.unsqueeze(2) if frames else latents, return_dict=False)[0]
    if overflows:
        vae.to(torch.float16)
    pictures = decoded[:, :, 0] if frames else decoded
    levels = (pictures.float().nan_to_num() / 2 + 0.5).clamp(0, 1) * 255
    pixels: PixelArray = levels.round().to(torch.uint8).permute(0, 2, 3, 1).cpu().numpy()
    return pixels


def encoded(pixels: PixelArray) -> Encoded:
    """A look as a file, without the facts that finished pictures have inside."""
    height, width, _ = pixels.shape
    data = simplejpeg.encode_jpeg(pixels.copy(order="C"), JPEG_QUALITY, "RGB", "420")
    return Encoded(data, "image/jpeg", width, height)
