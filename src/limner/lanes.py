"""Lanes: each engine with the queue before it, and which of them a model's requests take."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from limner.catalog import Card
from limner.config import Settings
from limner.engines import make_engine
from limner.engines.base import Engine, EngineContext, Mode
from limner.errors import ConfigError, InvalidParameter
from limner.jobs.admission import Queue
from limner.routes import engine_of
from limner.types import ImageRequest

_REFUSALS: Mapping[Mode, tuple[str, str]] = {
    "text_to_image": ("image", "what serves this model changes pictures, and needs one"),
    "edit": ("image", "what serves this model takes no pictures"),
    "fusion": ("image", "what serves this model takes one picture"),
    "series": ("sequential_image_generation", "what serves this model makes one picture at a time"),
}
"""The field that asks for a mode, and why it cannot be had."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One engine, the queue before it, and behind it the room for pictures that are being finished."""

    name: str
    engine: Engine
    queue: Queue
    finishing: asyncio.Semaphore


def make_lanes(context: EngineContext, engines: Mapping[str, Engine]) -> dict[str, Lane]:
    """A lane for every engine that the settings name. engines: ready ones by name, used instead.

    Raises ConfigError.
    """
    settings = context.settings
    names = tuple(dict.fromkeys((settings.engine, *settings.routes.values())))
    if strangers := settings.max_concurrent.keys() - set(names):
        raise ConfigError(f"max_concurrent names engines that serve nothing: {', '.join(sorted(strangers))}")
    lanes: dict[str, Lane] = {}
    for name in names:
        engine = engines.get(name) or make_engine(name, context)
        most = engine.capabilities().max_in_flight
        slots = min(most, settings.max_concurrent.get(name, most))
        lanes[name] = Lane(name, engine, Queue(slots, settings.queue_limit), asyncio.Semaphore(slots))
    return lanes


def check_modes(request: ImageRequest, lane: Lane) -> None:
    """Whether the lane's engine makes what is asked for. Raises InvalidParameter."""
    for mode in sorted(_modes_of(request) - lane.engine.capabilities().modes):
        param, reason = _REFUSALS[mode]
        raise InvalidParameter.named(param, reason)


def _modes_of(request: ImageRequest) -> set[Mode]:
    by_references: Sequence[Mode] = ("text_to_image", "edit", "fusion")
    modes = {by_references[min(len(request.images), 2)]}
    return modes | {"series"} if request.count > 1 else modes


def lane_of(model: str, card: Card, lanes: Mapping[str, Lane], settings: Settings) -> Lane:
    """The lane that a route gives this model, by any of its names; else that of the default engine."""
    return lanes[engine_of(model, card, settings)]
