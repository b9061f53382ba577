"""The engine protocol: what stands behind the contract and makes pictures.

An engine knows requests, references and pictures; it knows nothing of HTTP, keys or storage.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, get_args

from limner.types import Event, ImageRequest, Reference

if TYPE_CHECKING:
    from limner.config import Settings
    from limner.workers import Workers

Mode: TypeAlias = Literal["text_to_image", "edit", "fusion", "series"]
"""Without a reference, with one, with several; and, whatever the references, more than one picture."""
ALL_MODES: frozenset[Mode] = frozenset(get_args(Mode))


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do.

    modes: what else is asked for is refused before the engine hears of it.
    max_in_flight: how many requests it works on at a time; the rest wait in its queue.
    """

    modes: frozenset[Mode]
    max_in_flight: int


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
