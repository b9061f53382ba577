"""What a request delivered, long after: its pictures with fresh links, and to delete them.

Only ids of the form that requests have are paths here, so that all others keep their 404 and 405.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import JSONResponse, Response

from limner.api.body import authorise
from limner.api.context import Links, links_of, service_of
from limner.errors import RouteNotFound
from limner.ledger.records import PictureRecord
from limner.types import REQUEST_ID_PATTERN

router = APIRouter(prefix="/v1/images", tags=["Images"])


class _RequestId(Convertor[str]):
    regex = REQUEST_ID_PATTERN

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("request_id", _RequestId())


@router.get("/{image_id:request_id}", summary="The pictures of a request, with fresh links")
async def read_pictures(request: Request, image_id: str) -> Response:
    """The pictures that were delivered and are still kept."""
    kept = await _kept(request, image_id)
    links = links_of(request)
    data = [await _facts(picture, links) for picture in kept]
    return JSONResponse({"id": image_id, "object": "image.list", "data": data})


@router.delete("/{image_id:request_id}", summary="Delete the pictures of a request")
async def delete_pictures(request: Request, image_id: str) -> Response:
    """Links to them are dead from now on; the bill stays."""
    kept = await _kept(request, image_id)
    service = service_of(request)
    for picture in kept:
        assert picture.name is not None
        await service.storage.delete(picture.name)
    await service.job_log.store.mark_deleted(image_id, None, service.clock())
    return JSONResponse({"id": image_id, "object": "image.deleted", "deleted": len(kept)})


async def _kept(request: Request, image_id: str) -> list[PictureRecord]:
    """Raises AuthenticationError, and RouteNotFound for a job that is not there or is another key's."""
    key = await authorise(request)
    store = service_of(request).job_log.store
    record = await store.find(image_id, key.id)
    if record is None or record.state == "refused":
        raise RouteNotFound("There are no pictures with this id.")
    pictures = await store.pictures(image_id)
    return [picture for picture in pictures if picture.is_stored and picture.deleted_at is None]


async def _facts(picture: PictureRecord, links: Links) -> dict[str, Any]:
    assert picture.name is not None
    return {
        "url": await links.to(picture.name),
        "thumbnail_url": links.thumbnail(picture.name),
        "image_index": picture.index,
        "size": f"{picture.width}x{picture.height}",
        "seed": picture.seed,
        "bytes": picture.bytes,
        "output_format": (picture.media_type or "").removeprefix("image/"),
        "created": int(picture.at),
    }
