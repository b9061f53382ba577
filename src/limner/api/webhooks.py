"""GET /v1/webhooks/secret: what a key's owner needs to tell our webhooks from a stranger's."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from limner.api.body import authorise
from limner.api.context import service_of

router = APIRouter(prefix="/v1/webhooks", tags=["Jobs"])


@router.get("/secret", summary="Show the secret that signs this key's webhooks")
async def show_secret(request: Request) -> JSONResponse:
    """The secret of this key, as Standard Webhooks libraries take it; it stays the same."""
    key = await authorise(request)
    secret = service_of(request).webhooks.secret_of(key.id)
    return JSONResponse({"secret": secret}, headers={"Cache-Control": "no-store"})
