"""GET /v1/usage: what the asking key was delivered; and the bill of all keys, for the admin API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from limner.api.body import authorise
from limner.api.context import service_of
from limner.ledger.usage import Dimension, dimensions, period

router = APIRouter(tags=["Usage"])
OWN_DIMENSIONS: tuple[Dimension, ...] = ("model", "day")

By = Annotated[str, Query(description="What to tell apart, with commas between; nothing: one sum.")]
Day = Annotated[str | None, Query(description="YYYY-MM-DD in UTC, the day included; without: this month.")]


@router.get("/v1/usage", summary="What the asking key was delivered")
async def read_own_usage(
    request: Request, by: By = "model", since: Day = None, until: Day = None
) -> Response:
    """Requests, pictures, megapixels, tokens and bytes, by model, day or both."""
    key = await authorise(request)
    return await bill(request, dimensions(by, OWN_DIMENSIONS), since, until, key.id)


async def bill(
    request: Request, by: Sequence[Dimension], since: str | None, until: str | None, key_id: str | None
) -> Response:
    """The rows of one key's bill, or of everybody's. Raises InvalidParameter."""
    service = service_of(request)
    begin, end = period(since, until, service.clock())
    rows = await service.usage.report(by, begin, end, key_id)
    data = [row.to_json(by) for row in rows]
    return JSONResponse({"object": "list", "since": int(begin), "until": int(end), "data": data})
