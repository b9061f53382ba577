"""Which engine answers which model."""

from __future__ import annotations

from limner.catalog import Card, Catalog, load_catalog
from limner.config import Settings
from limner.routes import cards_of, engine_of

EDITS = "doubao-seededit-3-0-i2i-250628"
FOUR = "doubao-seedream-4-0-250828"


def catalog_of(settings: Settings) -> Catalog:
    return load_catalog().with_aliases(settings.aliases)


def ids(cards: tuple[Card, ...]) -> list[str]:
    return [card.id for card in cards]


def test_the_first_route_that_fits_any_name_of_a_model_decides() -> None:
    settings = Settings(routes={"seedream-4-0-*": "fake", "doubao-*": "diffusers"})
    card = load_catalog().find(FOUR)
    assert engine_of(FOUR, card, settings) == "fake"
    assert engine_of(EDITS, load_catalog().find(EDITS), settings) == "diffusers"


def test_a_model_without_a_route_goes_to_the_default_engine() -> None:
    assert engine_of(FOUR, load_catalog().find(FOUR), Settings(engine="diffusers")) == "diffusers"


def test_an_engine_serves_the_cards_that_are_routed_to_it() -> None:
    settings = Settings(routes={EDITS: "diffusers"})
    assert ids(cards_of("diffusers", catalog_of(settings), settings)) == [EDITS]
    assert EDITS not in ids(cards_of("sketch", catalog_of(settings), settings))


def test_a_card_that_only_an_alias_routes_is_served_too() -> None:
    settings = Settings(aliases={"gpt-image-1": FOUR}, routes={"gpt-image-1": "diffusers"})
    assert ids(cards_of("diffusers", catalog_of(settings), settings)) == [FOUR]
