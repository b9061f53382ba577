"""/admin: keys and bills, for who has the admin key. A key is in the answer that makes it, and in no other.

Not covered: who reads the admin key; it is meant for a network that its owner trusts, or for TLS.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import JSONResponse, Response

from limner.api.body import authorise_admin, read_body
from limner.api.context import service_of
from limner.api.usage import By, Day, bill
from limner.errors import BadRequest, InvalidParameter, RouteNotFound, RowConflict
from limner.keys import NAME_PATTERN, Limits, digest_of, make_key
from limner.ledger.keys import KeyRecord
from limner.ledger.usage import dimensions

router = APIRouter(prefix="/admin", tags=["Admin"], dependencies=[Depends(authorise_admin)])
NO_STORE = {"Cache-Control": "no-store"}
Body = TypeVar("Body", bound="KeyChange")


class KeyChange(BaseModel):
    """What may be changed of a key; null takes a limit away."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)

    models: list[Annotated[str, Field(min_length=1, max_length=128)]] | None = Field(None, max_length=100)
    images_per_minute: int | None = Field(None, ge=1)
    concurrent_jobs: int | None = Field(None, ge=1)
    monthly_pictures: int | None = Field(None, ge=0)
    monthly_megapixels: float | None = Field(None, ge=0)
    expires_at: float | None = Field(None, gt=0, description="Unix seconds.")

    def limits(self, before: Limits) -> Limits:
        """The limits, those that were not sent as before."""
        sent = self.model_dump(exclude_unset=True, exclude={"expires_at", "name"})
        if "models" in sent:
            sent["models"] = tuple(sent["models"] or ())
        return replace(before, **sent)


class NewKey(KeyChange):
    """A key to be made."""

    name: str = Field(pattern=NAME_PATTERN)


def _reads(model: type[BaseModel]) -> dict[str, Any]:
    """What the documentation says of a body that is read raw."""
    content = {"application/json": {"schema": model.model_json_schema()}}
    return {"requestBody": {"required": True, "content": content}}


@router.post("/keys", summary="Make a key", status_code=201, openapi_extra=_reads(NewKey))
async def create_key(request: Request) -> Response:
    """The key itself is in this answer only."""
    body = await _body(request, NewKey)
    secret = make_key()
    try:
        record = await service_of(request).key_table.add(
            digest_of(secret.encode()), body.name, body.limits(Limits()), body.expires_at
        )
    except RowConflict as error:
        raise InvalidParameter.named("name", "there is, or was, a key of this name") from error
    return _shown(request, record, secret, status=201)


@router.get("/keys", summary="List the keys")
async def list_keys(request: Request) -> Response:
    """Every key there ever was, the oldest first."""
    service = service_of(request)
    data = [record.to_json(service.clock()) for record in await service.key_table.list()]
    return JSONResponse({"object": "list", "data": data}, headers=NO_STORE)


@router.get("/keys/{wanted}", summary="Show a key's limits")
async def show_key(request: Request, wanted: str) -> Response:
    """A key by its id or name."""
    return _shown(request, await _find(request, wanted))


@router.patch("/keys/{wanted}", summary="Change a key's limits", openapi_extra=_reads(KeyChange))
async def change_key(request: Request, wanted: str) -> Response:
    """What is not sent stays as it is; null takes a limit away."""
    body = await _body(request, KeyChange)
    key = (await _find(request, wanted)).key
    expires_at = body.expires_at if "expires_at" in body.model_fields_set else key.expires_at
    _require_alive(await service_of(request).key_table.change(key.id, body.limits(key.limits), expires_at))
    return await _changed(request, key.id)


@router.post("/keys/{wanted}/rotate", summary="Put a new key in a key's place")
async def rotate_key(request: Request, wanted: str) -> Response:
    """Name, limits and bill stay; the old key ends at once, and the new one is in this answer only."""
    key = (await _find(request, wanted)).key
    secret = make_key()
    _require_alive(await service_of(request).key_table.rotate(key.id, digest_of(secret.encode())))
    return await _changed(request, key.id, secret)


@router.delete("/keys/{wanted}", summary="Revoke a key")
async def revoke_key(request: Request, wanted: str) -> Response:
    """It ends for good; what it has used stays on the bill."""
    key = (await _find(request, wanted)).key
    await service_of(request).key_table.revoke(key.id)
    return await _changed(request, key.id)


@router.get("/usage", summary="What all keys were delivered")
async def read_usage(
    request: Request, by: By = "key", since: Day = None, until: Day = None, key: str | None = None
) -> Response:
    """The bill, by key, model and day. key: of this one only, by its id."""
    return await bill(request, dimensions(by), since, until, key)


async def _body(request: Request, model: type[Body]) -> Body:
    raw = b"".join(await read_body(request))
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        if not first["loc"]:
            raise BadRequest("The request body is not a JSON object that can be read.") from error
        detail = "there is no such field" if first["type"] == "extra_forbidden" else first["msg"].lower()
        raise InvalidParameter.named(str(first["loc"][0])[:64], detail) from error


async def _find(request: Request, wanted: str) -> KeyRecord:
    record = await service_of(request).key_table.find(wanted)
    if record is None:
        raise RouteNotFound("There is no key with this id or name.")
    return record


def _require_alive(has_changed: bool) -> None:
    if not has_changed:
        raise BadRequest("The key is revoked.")


async def _changed(request: Request, key_id: str, secret: str | None = None) -> Response:
    """The key as it is now; this server believes nothing else from now on."""
    service_of(request).keys.forget()
    return _shown(request, await _find(request, key_id), secret)


def _shown(request: Request, record: KeyRecord, secret: str | None = None, status: int = 200) -> Response:
    facts = {"object": "key", **record.to_json(service_of(request).clock())}
    return JSONResponse(facts if secret is None else facts | {"key": secret}, status, headers=NO_STORE)
