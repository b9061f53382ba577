"""The nouns that every layer shares: what is asked for, what comes in, what engines yield.

Frozen values without behaviour beyond derived facts. Nothing here knows HTTP, files or engines.
The words are those of docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from limner.errors import RequestError

    PixelArray: TypeAlias = NDArray[np.uint8]

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
OutputFormat: TypeAlias = Literal["jpeg", "png"]
Delivery: TypeAlias = Literal["url", "b64_json"]

FAKE_SCRIPT_OPTION = "fake"
"""The engine option that scripts the fake engine."""

REQUEST_ID_PATTERN = r"02[0-9]{13}[0-9a-f]{38}"
"""The form of every request id, as a regular expression; a job, its files and its rows go by it."""

SEED_LIMIT = 2**31
"""Seeds are in [0, SEED_LIMIT)."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    @property
    def pixels(self) -> int:
        return self.width * self.height

    @property
    def ratio(self) -> float:
        return self.width / self.height

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class SizeRule:
    """A size that is not known before the references are: a preset such as "2K", or "adaptive"."""

    preset: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What a client asks for, before a card has judged it. None means: not given.

    images: as the client gave them, a URL or data URI as text, or an uploaded file's bytes.
    webhook_url: who is told when the job has ended.
    unknown: names of fields that no card knows. sent: the client's own fields but its images, for relays.
    """

    model: str | None = None
    prompt: str | None = None
    images: tuple[str | bytes, ...] = ()
    size: str | None = None
    seed: int | None = None
    guidance_scale: float | None = None
    series: str | None = None
    max_pictures: int | None = None
    n: int | None = None
    delivery: str | None = None
    watermark: bool | None = None
    output_format: str | None = None
    prompt_mode: str | None = None
    tools: tuple[str, ...] | None = None
    layer_decomposition: bool | None = None
    stream: bool | None = None
    partial_images: int | None = None
    webhook_url: str | None = None
    unknown: tuple[str, ...] = ()
    engine_options: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """A request that its card accepts: every default filled in, every wire name gone.

    model: the name that was asked for. card: the card's id. seed: that of picture 0; picture i has
    seed_of(i). count: how many pictures to make. series: whether they belong together.
    size: a rule until the references are there; engines always see a Size.
    engine_options: directives for one engine in particular, such as the fake's script.
    ignored: names of fields that were sent and have no effect on this model.
    skip: indexes of pictures that are there already, from before a restart; engines need not make them.
    """

    id: str
    model: str
    card: str
    prompt: str
    size: Size | SizeRule
    seed: int
    images: tuple[str | bytes, ...] = ()
    guidance_scale: float | None = None
    count: int = 1
    series: bool = False
    watermark: bool = True
    output_format: OutputFormat = "jpeg"
    delivery: Delivery = "url"
    prompt_mode: str = "standard"
    tools: tuple[str, ...] = ()
    stream: bool = False
    partial_images: int = 0
    ignored: tuple[str, ...] = ()
    engine_options: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, JSON] = field(default_factory=dict)
    skip: frozenset[int] = frozenset()

    @property
    def pixel_size(self) -> Size:
        """The size in pixels; asking before the references are there is our own bug."""
        assert isinstance(self.size, Size), "the size is still a rule"
        return self.size

    @property
    def indexes(self) -> tuple[int, ...]:
        """The pictures that have to be made, in order."""
        return tuple(index for index in range(self.count) if index not in self.skip)

    def seed_of(self, index: int) -> int:
        """The seed that makes picture index again, alone."""
        return (self.seed + index) % SEED_LIMIT


@dataclass(frozen=True, slots=True)
class Reference:
    """One input picture: its file bytes and the facts in its header.

    width and height are those of the upright picture, after EXIF orientation.
    media.decode.decode_pixels gives its pixels.
    """

    data: bytes
    format: str
    width: int
    height: int

    @property
    def ratio(self) -> float:
        return self.width / self.height


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as the bytes of a file, e.g. from a relay."""

    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one picture is; steps_done runs from 0 to steps_total."""

    index: int
    steps_done: int
    steps_total: int


@dataclass(frozen=True, slots=True)
class Preview:
    """An unfinished look at picture index; number counts the previews of that picture from 0."""

    index: int
    number: int
    image: Encoded


@dataclass(frozen=True, slots=True)
class Picture:
    """One made picture: (h, w, 3) uint8 sRGB pixels, or the bytes of a file.

    notes: what the engine wants to be kept in the file's metadata, e.g. the scene that it drew.
    """

    index: int
    seed: int
    image: PixelArray | Encoded
    description: str = ""
    revised_prompt: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PictureFailed:
    """Picture index could not be made; the rest of a series may still come."""

    index: int
    error: RequestError


Event: TypeAlias = Progress | Preview | Picture | PictureFailed
"""What an engine yields. Every event can be pickled: an engine may live in another process."""
