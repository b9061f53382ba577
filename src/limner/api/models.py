"""GET /v1/models: OpenAI's list, each model with its card, and every other spelling and alias."""

from __future__ import annotations

import calendar
from typing import Any

from fastapi import APIRouter, Request

from limner.api.body import authorise
from limner.api.context import service_of
from limner.catalog import Card
from limner.errors import ModelNotFound
from limner.limits import may_use

router = APIRouter(tags=["Models"])
OWNER = "limner"


@router.get("/v1/models", summary="List the models and their cards", response_model=None)
@router.get("/api/v3/models", include_in_schema=False, response_model=None)
async def list_models(request: Request) -> dict[str, Any]:
    """Every model that the key may use, with what it accepts: sizes, presets, limits, fields."""
    limits = (await authorise(request)).limits
    catalog = service_of(request).catalog
    aliases = [(name, catalog.find(target)) for name, target in catalog.aliases.items()]
    named = [(card.id, card) for card in catalog.cards] + aliases
    return {
        "object": "list",
        "data": [_model(request, name, card) for name, card in named if may_use(limits, card, name)],
    }


@router.get("/v1/models/{model}", summary="Show one model and its card", response_model=None)
async def show_model(request: Request, model: str) -> dict[str, Any]:
    """One model by its id, another spelling of it, or an alias."""
    limits = (await authorise(request)).limits
    card = service_of(request).catalog.find(model)
    if not may_use(limits, card, model):
        raise ModelNotFound.named(model)
    return _model(request, model, card)


def _model(request: Request, name: str, card: Card) -> dict[str, Any]:
    catalog = service_of(request).catalog
    presets = {
        preset: {ratio: str(size) for ratio, size in catalog.presets.get(preset, {}).items()}
        for preset in card.presets
    }
    return {
        "id": name,
        "object": "model",
        "created": _created(card.id),
        "owned_by": OWNER,
        "card": card.to_json() | {"presets": presets},
    }


def _created(model: str) -> int:
    """The date at the end of an id, YYMMDD, as Unix time."""
    date = model.rpartition("-")[2]
    year, month, day = (int(date[start : start + 2]) for start in (0, 2, 4))
    return calendar.timegm((2000 + year, month, day, 0, 0, 0))
