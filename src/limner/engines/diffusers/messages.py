"""What the engine and its device processes say to each other.

Frozen values that pickle without torch. One call runs at a time on a device; loads run beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from limner.engines.diffusers.checkpoint import Checkpoint, DType, Offload
from limner.types import Encoded, Size

if TYPE_CHECKING:
    from limner.types import PixelArray

Trouble: TypeAlias = Literal["out_of_memory", "not_finite", "failed"]
"""What went wrong: no device memory left, a picture that is not numbers, anything else."""

Batches: TypeAlias = Literal["prompts", "copies", "none"]
"""What may share a call: pictures with different prompts, only those with the same, nothing."""


@dataclass(frozen=True, slots=True)
class SpeedOptions:
    """What trades exactness, memory or start time for speed; see settings.py for what each costs."""

    compile: bool = False
    warm_sizes: tuple[Size, ...] = ()
    attention: str | None = None
    step_cache: float | None = None
    fp8: bool = False
    offload: Offload = "none"
    tile_above_pixels: int = 2048 * 2048


@dataclass(frozen=True, slots=True)
class DeviceConfig:
    """What a device process is told when it starts. device: "auto", or as torch names it, e.g. "cuda:1".

    threads: of torch on the CPU; None: torch's own choice. deterministic: only algorithms that repeat.
    """

    device: str = "auto"
    dtype: DType = "auto"
    speed: SpeedOptions = field(default_factory=SpeedOptions)
    prompt_cache_bytes: int = 256 << 20
    upscaler: Path | None = None
    threads: int | None = None
    deterministic: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceInput:
    """One reference and the size to give it first.

    image: (h, w, 3) uint8 sRGB; the bytes of a file only until the engine has decoded them.
    """

    image: bytes | PixelArray
    size: Size


@dataclass(frozen=True, slots=True)
class Part:
    """One picture of a call."""

    prompt: str
    seed: int


@dataclass(frozen=True, slots=True)
class Call:
    """One run of a pipeline. All its parts share everything but prompt and seed.

    size: what the model makes. target: what the client gets; the picture is cropped and resized to it.
    previews: how many unfinished looks at each part.
    """

    id: int
    checkpoint: str
    parts: tuple[Part, ...]
    size: Size
    target: Size
    steps: int
    guidance: float
    references: tuple[ReferenceInput, ...] = ()
    previews: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """Put a checkpoint on the device. folder: where its weights lie."""

    checkpoint: Checkpoint
    folder: Path


@dataclass(frozen=True, slots=True)
class Unload:
    """Free the device of a checkpoint; what is not loaded is no error."""

    checkpoint: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop a call within one step. It is Ended all the same; a call that is over already is no error."""

    call: int


Order: TypeAlias = Call | Load | Unload | Cancel
"""What a device process is told."""


@dataclass(frozen=True, slots=True)
class Up:
    """The process can work. memory_bytes: of the device in all."""

    device: str
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Unfit:
    """The process cannot work as it is configured, and ends; the text is for whoever configured it."""

    text: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A checkpoint is on the device. bytes: that its weights take there. batches: what may share a call."""

    checkpoint: str
    bytes: int
    batches: Batches = "prompts"


@dataclass(frozen=True, slots=True)
class LoadFailed:
    """A checkpoint could not be loaded; the text is for the log."""

    checkpoint: str
    trouble: Trouble
    text: str


@dataclass(frozen=True, slots=True)
class Unloaded:
    """A checkpoint is no longer on the device."""

    checkpoint: str


@dataclass(frozen=True, slots=True)
class Stepped:
    """The loop of a call has done so many steps."""

    call: int
    steps_done: int
    steps_total: int


@dataclass(frozen=True, slots=True)
class Looked:
    """An unfinished look at a part; number counts from 0."""

    call: int
    part: int
    number: int
    image: Encoded


@dataclass(frozen=True, slots=True)
class Made:
    """A finished part: (h, w, 3) uint8 sRGB of the call's target size."""

    call: int
    part: int
    pixels: PixelArray


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A part that came out as no picture; the call's other parts may be well."""

    call: int
    part: int
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Ended:
    """A call is over, and nothing of it is left on the device. trouble: None when it ran to its end."""

    call: int
    cancelled: bool = False
    trouble: Trouble | None = None
    text: str = ""


CallEvent: TypeAlias = Stepped | Looked | Made | Spoiled | Ended
Report: TypeAlias = Up | Unfit | Loaded | LoadFailed | Unloaded | CallEvent
"""What a device process says."""
