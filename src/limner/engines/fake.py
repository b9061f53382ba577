"""The fake engine: deterministic, instant and scriptable, for tests, ours and other people's.

A script is text such as "delay_s=5, fail=2": delay_s waits before the pictures, refuse=N and fail=N
refuse or break picture N (counted from 1), 429 answers as an overloaded server does. Over HTTP it comes
in X-Limner-Fake, when the setting fake_script allows it.
It draws a flat colour that follows from prompt and seed, and a band of each reference's mean colour.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from limner.engines.base import ALL_MODES, Capabilities, Engine, EngineContext, Mode
from limner.errors import (
    InternalError,
    InvalidParameter,
    RequestError,
    SensitiveOutputImage,
    ServerOverloaded,
)
from limner.types import (
    FAKE_SCRIPT_OPTION,
    Encoded,
    Event,
    ImageRequest,
    Picture,
    PictureFailed,
    Progress,
    Reference,
    Size,
)

if TYPE_CHECKING:
    from limner.types import PixelArray
    from limner.workers import Workers

REMEMBERED = 1000
"""Requests that the engine keeps for tests to look at, without their pictures."""
Colour: TypeAlias = tuple[int, int, int]
N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True)
class Script:
    """What goes wrong, and when. refuse and fail: the number of a picture, from 1; 0: none."""

    delay_s: float = 0.0
    refuse: int = 0
    fail: int = 0
    overloaded: bool = False

    @classmethod
    def parse(cls, text: str) -> Script:
        """A script from text. Raises InvalidParameter that names the header."""
        values: dict[str, str] = {}
        for part in filter(None, (part.strip() for part in text.split(","))):
            name, _, value = part.partition("=")
            values[name.strip()] = value.strip()
        try:
            script = cls(
                delay_s=_number(values.pop("delay_s", "0"), float),
                refuse=_number(values.pop("refuse", "0"), int),
                fail=_number(values.pop("fail", "0"), int),
                overloaded=values.pop("429", None) is not None,
            )
        except ValueError as error:
            raise InvalidParameter.named("X-Limner-Fake", "numbers are expected") from error
        if values:
            raise InvalidParameter.named("X-Limner-Fake", f"unknown: {', '.join(values)}")
        return script

    def error_of(self, index: int) -> RequestError | None:
        """What becomes of picture index, None when it is made."""
        return {self.refuse: SensitiveOutputImage(), self.fail: InternalError()}.get(index + 1)


def _number(text: str, kind: Callable[[str], N]) -> N:
    """A number from 0 to an hour of seconds. Raises ValueError."""
    value = kind(text)
    if not 0 <= value <= 3600:
        raise ValueError(text)
    return value


class FakeEngine:
    """Makes flat pictures at once. encoded: yield these ready file bytes instead of pixels.

    workers: draw and decode the references there; without workers references are not looked at.
    gate: an event that pictures wait for, so that a test holds an engine without sleeping. steps: each
    picture takes one from it, so that a test stops within a series.
    """

    def __init__(
        self,
        script: Script | None = None,
        *,
        encoded: Encoded | None = None,
        workers: Workers | None = None,
        modes: frozenset[Mode] = ALL_MODES,
        max_in_flight: int = 8,
        gate: asyncio.Event | None = None,
        steps: asyncio.Semaphore | None = None,
    ) -> None:
        self.script = script or Script()
        self.encoded = encoded
        self.workers = workers
        self.gate = gate
        self.steps = steps
        self.max_in_flight = max_in_flight
        self.modes = modes
        self.requests: deque[ImageRequest] = deque(maxlen=REMEMBERED)
        self.closed_early = 0
        self._ready = False

    def capabilities(self) -> Capabilities:
        return Capabilities(self.modes, self.max_in_flight)

    async def start(self) -> None:
        self._ready = True

    def ready(self) -> bool:
        return self._ready

    async def generate(
        self, request: ImageRequest, references: Sequence[Reference]
    ) -> AsyncGenerator[Event, None]:
        self.requests.append(replace(request, images=(), sent={}))
        text = request.engine_options.get(FAKE_SCRIPT_OPTION)
        script = self.script if text is None else Script.parse(text)
        if script.overloaded:
            raise ServerOverloaded
        try:
            bands = [await self._colour(reference) for reference in references]
            await self._wait(script)
            for index in request.indexes:
                yield Progress(index, 0, 1)
                if self.steps is not None:
                    await self.steps.acquire()
                error = script.error_of(index)
                yield PictureFailed(index, error) if error else await self._picture(request, index, bands)
        except (GeneratorExit, asyncio.CancelledError):
            self.closed_early += 1
            raise

    async def _wait(self, script: Script) -> None:
        if script.delay_s:
            await asyncio.sleep(script.delay_s)
        if self.gate is not None:
            await self.gate.wait()

    async def _colour(self, reference: Reference) -> Colour:
        return await self.workers.call(mean_colour, reference.data) if self.workers else (255, 255, 255)

    async def _picture(self, request: ImageRequest, index: int, bands: Sequence[Colour]) -> Picture:
        seed = request.seed_of(index)
        image = self.encoded or await self._draw(request.prompt, seed, request.pixel_size, tuple(bands))
        return Picture(index, seed, image, description=f"fake picture {index}")

    async def _draw(self, prompt: str, seed: int, size: Size, bands: tuple[Colour, ...]) -> PixelArray:
        if self.workers is None:
            return draw(prompt, seed, size, bands)
        return await self.workers.call(draw, prompt, seed, size, bands)

    async def close(self) -> None:
        self._ready = False


def mean_colour(data: bytes) -> Colour:
    """The mean colour of a reference. Raises InvalidImage for a file that cannot be decoded."""
    from limner.media.decode import decode_pixels

    red, green, blue = (round(value) for value in decode_pixels(data, Size(32, 32)).mean(axis=(0, 1)))
    return red, green, blue


def draw(prompt: str, seed: int, size: Size, bands: tuple[Colour, ...] = ()) -> PixelArray:
    """(h, w, 3) uint8: a colour that follows from prompt and seed, and a band for each reference."""
    import numpy as np

    digest = hashlib.sha256(f"{seed}|{prompt}".encode("utf-8", "surrogatepass")).digest()
    pixels = np.empty((size.height, size.width, 3), np.uint8)
    pixels[:] = tuple(digest[:3])
    band = max(1, size.height // 32)
    for number, colour in enumerate(bands):
        pixels[2 * number * band : (2 * number + 1) * band] = colour
    return pixels


def make(context: EngineContext) -> Engine:
    """The factory behind the entry point."""
    return FakeEngine(workers=context.workers)
