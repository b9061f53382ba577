"""The settings of the diffusers engine: the table [engines.diffusers] of limner.toml.

Each trade of exactness, memory or start time for speed is one setting, with one sentence on what it costs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from limner.config import Settings
from limner.engines.diffusers.checkpoint import DType, Offload
from limner.engines.diffusers.messages import DeviceConfig, SpeedOptions
from limner.errors import ConfigError
from limner.setting_types import Texts
from limner.types import Size

_STRICT = ConfigDict(frozen=True, extra="forbid")


def _sizes(value: object) -> object:
    texts = value.split(",") if isinstance(value, str) else value
    if not isinstance(texts, (list, tuple)) or not all(isinstance(text, str) for text in texts):
        raise ValueError("sizes such as 1024x1024 are expected")
    return tuple(_size(text) for text in texts if text.strip())


def _size(text: str) -> Size:
    width, _, height = text.strip().lower().partition("x")
    if not (width.isdigit() and height.isdigit() and int(width) and int(height)):
        raise ValueError(f"{text!r} is not a size such as 1024x1024")
    return Size(int(width), int(height))


Sizes: TypeAlias = Annotated[tuple[Size, ...], BeforeValidator(_sizes)]


class LoraTable(BaseModel):
    """One entry of loras in a checkpoint's table."""

    model_config = _STRICT

    source: str = Field(description="A file, a folder or a hub id.")
    file: str | None = Field(None, description="Which file of the folder or repository.")
    scale: float = Field(1.0, ge=-4.0, le=4.0, description="How strongly it works.")


class CheckpointTable(BaseModel):
    """[engines.diffusers.checkpoints.NAME]: a checkpoint of one's own, or changes to one that is known."""

    model_config = _STRICT

    source: str | None = Field(None, description="A local folder, or a hub id.")
    revision: str | None = Field(None, description="Branch, tag or commit at the hub.")
    family: str | None = Field(None, description="The pipeline family; default: read off the weights.")
    licence: str | None = Field(None, description="A note on the licence, shown by limner models list.")
    references: tuple[int, int] | None = Field(
        None, description="The fewest and the most references that it takes; default: as its family's do."
    )
    steps: int | None = Field(None, ge=1, le=200, description="Steps of the denoise loop.")
    guidance: float | None = Field(
        None, ge=0, le=30, description="The pipeline's guidance when a request says none."
    )
    distilled: bool | None = Field(None, description="Guidance is in the weights; requests do not set it.")
    max_pixels: int | None = Field(None, ge=65536, description="The largest area that it is good at.")
    dtype: DType | None = Field(None, description="What the weights are loaded as.")
    device: str | None = Field(None, description="The only device that it is loaded on, e.g. cuda:1.")
    offload: Offload | None = Field(None, description="As the engine's setting of this name.")
    loras: tuple[LoraTable, ...] | None = Field(None, description="LoRAs that are loaded with it.")
    strength: float | None = Field(
        None, gt=0, le=1, description="How far an edit goes from its picture, where the family changes one."
    )
    note: str | None = Field(None, description="Anything, shown by limner models list.")


class DiffusersSettings(BaseModel):
    """What the engine is told when it starts; frozen from then on."""

    model_config = _STRICT

    profile: Literal["fast", "quality"] = Field(
        "fast", description="Which checkpoints answer the models: those of few steps, or the best."
    )
    models: dict[str, Texts] = Field(
        {},
        description="Model name patterns and the checkpoints that answer them; the first that takes the "
        "request's references makes the picture. Others keep what the profile says.",
    )
    checkpoints: dict[str, CheckpointTable] = Field(
        {}, description="Checkpoints of one's own, or changes to those that are known."
    )
    weights_dir: Path | None = Field(
        None, description="Folder for weights from the hub; default: the hub's own cache."
    )
    devices: Texts = Field(
        ("auto",), description="One process each, e.g. cuda:0, cuda:1; auto: every NVIDIA GPU, else the CPU."
    )
    dtype: DType = Field(
        "auto", description="auto: bfloat16; float16 for UNets on older GPUs; float32 on the CPU."
    )
    memory_gib: float | None = Field(
        None,
        gt=0,
        description="Weights that a device keeps loaded; over it the longest unused go. "
        "Default: 80 % of the device's memory.",
    )
    deterministic: bool = Field(
        False, description="The same request gives the same pixels: no batches. Costs throughput."
    )
    batch_tokens: int = Field(
        6144,
        ge=0,
        description="Waiting pictures share a call up to this many image tokens (1024 for 512x512); "
        "0: never. Pictures of a batch differ in the last bits from the same made alone.",
    )
    batch_wait_ms: int = Field(
        20, ge=0, le=1000, description="Longest that a small picture waits for company. Costs its latency."
    )
    reference_tokens: int = Field(
        16384, ge=1024, description="Image tokens of all references; more are shrunk. Less is faster."
    )
    prompt_cache_mib: int = Field(
        256, ge=0, description="Prompts that were encoded and are kept, per device. Costs device memory."
    )
    compile: bool = Field(
        False,
        description="Compile the denoiser's blocks. Costs minutes at the start, for warm_sizes each, and "
        "needs a C compiler.",
    )
    warm_sizes: Sizes = Field(
        (), description="Sizes that are made once at the start, so that no request pays for the first time."
    )
    attention: str | None = Field(
        None,
        pattern="^_?[a-z0-9_]+$",
        description="Attention backend of diffusers, e.g. _native_cudnn or sage. Some round more coarsely.",
    )
    step_cache: float | None = Field(
        None,
        gt=0,
        le=1,
        description="Skip blocks while the residual changes less than this, e.g. 0.1, in models of 20 "
        "steps or more. Costs detail, and batches.",
    )
    fp8: bool = Field(
        False,
        description="Weights and activations of the denoiser in 8 bits. Costs some fidelity; faster only on "
        "GPUs with 8-bit arithmetic (Ada, Hopper and later).",
    )
    offload: Offload = Field(
        "none",
        description="Keep weights in main memory: whole models, or groups of layers. Costs speed. "
        "No effect on the CPU.",
    )
    tile_above_pixels: int = Field(
        2048 * 2048,
        ge=0,
        description="Decode larger pictures in tiles. Saves memory, costs some time and can show seams.",
    )
    upscaler: Path | None = Field(
        None, description="Real-ESRGAN weights (RRDBNet, .safetensors or .pth); default: a Lanczos filter."
    )
    threads: int | None = Field(None, ge=1, description="Threads of torch on the CPU; default: torch's own.")

    @property
    def speed(self) -> SpeedOptions:
        return SpeedOptions(
            compile=self.compile,
            warm_sizes=self.warm_sizes,
            attention=self.attention,
            step_cache=self.step_cache,
            fp8=self.fp8,
            offload=self.offload,
            tile_above_pixels=self.tile_above_pixels,
        )

    def device_config(self, device: str) -> DeviceConfig:
        """What the process of this device is told."""
        return DeviceConfig(
            device=device,
            dtype=self.dtype,
            speed=self.speed,
            prompt_cache_bytes=self.prompt_cache_mib << 20,
            upscaler=self.upscaler,
            threads=self.threads,
            deterministic=self.deterministic,
        )


def diffusers_settings(settings: Settings) -> DiffusersSettings:
    """The engine's settings in force. Raises ConfigError that names the setting and its value."""
    table = settings.engines.get("diffusers", {})
    try:
        return DiffusersSettings.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        raise ConfigError(f"engines.diffusers.{name}: there is no such setting")
    reason = first["msg"].removeprefix("Value error, ")
    raise ConfigError(f"engines.diffusers.{name} = {first['input']!r}: {reason}")
