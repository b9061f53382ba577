"""Lanes: each engine with the queue before it, and which of them a model's requests take."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from limner.catalog import Card
from limner.config import Settings
from limner.engines import make_engine
from limner.engines.base import Engine, EngineContext
from limner.errors import ConfigError
from limner.jobs.admission import Queue
from limner.routes import engine_of


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


def lane_of(model: str, card: Card, lanes: Mapping[str, Lane], settings: Settings) -> Lane:
    """The lane that a route gives this model, by any of its names; else that of the default engine."""
    return lanes[engine_of(model, card, settings)]
