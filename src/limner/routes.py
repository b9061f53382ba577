"""Which engine answers which model: the settings' routes, the first pattern that fits."""

from __future__ import annotations

from fnmatch import fnmatchcase

from limner.catalog import Card, Catalog
from limner.config import Settings


def engine_of(model: str, card: Card, settings: Settings) -> str:
    """The name of the engine that a route gives this model, by any of its names; else the default one."""
    names = (model, card.id, *card.names)
    for pattern, engine in settings.routes.items():
        if any(fnmatchcase(name, pattern) for name in names):
            return engine
    return settings.engine


def cards_of(engine: str, catalog: Catalog, settings: Settings) -> tuple[Card, ...]:
    """The cards of which an engine may be asked for pictures, by one of their names or an alias."""
    names = [name for card in catalog.cards for name in (card.id, *card.names)]
    asked = {name: catalog.find(name) for name in (*names, *catalog.aliases)}
    served = {card.id for name, card in asked.items() if engine_of(name, card, settings) == engine}
    return tuple(card for card in catalog.cards if card.id in served)
