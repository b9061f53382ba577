"""The engine protocol: what stands behind the contract and makes pictures.

An engine knows requests, references and pictures; it knows nothing of HTTP, keys or storage.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from limner.types import Event, ImageRequest, Reference

if TYPE_CHECKING:
    from limner.config import Settings
    from limner.workers import Workers

Mode: TypeAlias = Literal["text_to_image", "edit", "fusion", "series"]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do.

    max_in_flight: how many requests it works on at a time; the rest wait in its queue.
    deterministic: the same request and references give the same pixels on one machine.
    """

    modes: frozenset[Mode]
    max_in_flight: int
    previews: bool = False
    deterministic: bool = False


class Engine(Protocol):
    """Makes pictures. Progress, previews and cancelling are iteration: to stop iterating is to cancel."""

    def capabilities(self) -> Capabilities: ...

    async def start(self) -> None:
        """Warm up; ready() is False until this has returned, and longer where models are loaded behind.

        Raises ConfigError for what no waiting mends.
        """

    def ready(self) -> bool: ...

    def generate(self, request: ImageRequest, references: Sequence[Reference]) -> AsyncGenerator[Event, None]:
        """Yield the request's events, pictures in index order; the caller always closes the iterator.

        request.size is a Size, references are checked against the card. A picture that fails is a
        PictureFailed and the series goes on; raising a RequestError ends the request.
        """

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class EngineContext:
    """What a factory may use: the settings, and the processes for work that would block the loop."""

    settings: Settings
    workers: Workers


EngineFactory: TypeAlias = Callable[[EngineContext], Engine]
"""What an entry point of the group `limner.engines` names. Heavy imports belong inside it."""
