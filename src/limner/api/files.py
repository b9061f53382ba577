"""Pictures by signed link: no key, but a signature; range, ETag and file name as a file server has them.

Not covered: who holds the link. Whoever has it may read the picture until it expires.
"""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response, StreamingResponse

from limner.api.context import service_of
from limner.api.errors import error_answer
from limner.errors import AccessDenied, RangeNotSatisfiable
from limner.media.thumbnail import thumbnail
from limner.service import Service
from limner.storage.base import Storage, StoredFile, is_file_name

router = APIRouter()
_ONE_RANGE = re.compile(r"bytes\s*=\s*(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")
CHUNK_BYTES = 4 << 20
"""What is read from a bucket at once, so that many slow readers of large pictures do not fill the memory."""


@router.get("/files/{name}/thumbnail", include_in_schema=False)
async def read_thumbnail(request: Request, name: str) -> Response:
    """The picture behind a link, small and as JPEG; made anew each time, since clients keep it."""
    service = _opened(request, name)
    headers = {"Cache-Control": _cache_control(service), "X-Content-Type-Options": "nosniff"}
    async with request.app.state.thumbnail_turn:  # the other workers are for those who wait for new pictures
        small = await service.workers.call(thumbnail, await service.storage.get(name))
    return Response(small, headers=headers, media_type="image/jpeg")


@router.api_route("/files/{name:path}", methods=["GET", "HEAD"], include_in_schema=False)
async def read_file(request: Request, name: str) -> Response:
    """The picture behind a link."""
    service = _opened(request, name)
    file = await service.storage.stat(name)
    headers = _headers(file, _cache_control(service))
    if request.headers.get("if-none-match") in (file.etag, "*"):
        return Response(status_code=304, headers=headers)
    if _is_behind_the_end(request.headers.get("range", ""), file.size_bytes):
        length = {"Content-Range": f"bytes */{file.size_bytes}"}
        return error_answer(RangeNotSatisfiable(), request, length)
    if file.path is None:
        return await _from_store(service.storage, file, request, headers)
    return FileResponse(file.path, headers=headers, media_type=file.media_type)


def _opened(request: Request, name: str) -> Service:
    """The service, if the link opens this file. Raises AccessDenied for one that is not ours or too old."""
    service = service_of(request)
    if not is_file_name(name):
        raise AccessDenied
    service.signer.verify(name, request.url.query, time.time())
    return service


def _is_behind_the_end(header: str, size_bytes: int) -> bool:
    """Whether a single range begins behind the end; Starlette would answer that outside the envelope."""
    match = _ONE_RANGE.fullmatch(header.strip())
    return match is not None and (int(match[1]) >= size_bytes if match[1] else int(match[3]) == 0)


async def _from_store(
    storage: Storage, file: StoredFile, request: Request, headers: dict[str, str]
) -> Response:
    """A file that lies elsewhere, or one range of it; a store that fails does so before the answer begins."""
    span = _span(request, file)
    start, stop = span or (0, file.size_bytes)
    headers |= {"Accept-Ranges": "bytes", "Content-Length": str(stop - start)}
    if span:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{file.size_bytes}"
    status = 206 if span else 200
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=file.media_type)
    first = await storage.get(file.name, start, min(start + CHUNK_BYTES, stop))
    chunks = _chunks(storage, file.name, first, start, stop)
    return StreamingResponse(chunks, status_code=status, headers=headers, media_type=file.media_type)


async def _chunks(storage: Storage, name: str, first: bytes, start: int, stop: int) -> AsyncIterator[bytes]:
    yield first
    for position in range(start + CHUNK_BYTES, stop, CHUNK_BYTES):
        yield await storage.get(name, position, min(position + CHUNK_BYTES, stop))


def _span(request: Request, file: StoredFile) -> tuple[int, int] | None:
    """The bytes that a single range asks for; None: all of them."""
    match = _ONE_RANGE.fullmatch(request.headers.get("range", "").strip())
    if match is None or request.headers.get("if-range", file.etag) != file.etag:
        return None
    if match[3]:
        return max(0, file.size_bytes - int(match[3])), file.size_bytes
    stop = min(int(match[2]) + 1, file.size_bytes) if match[2] else file.size_bytes
    return (int(match[1]), stop) if int(match[1]) < stop else None


def _cache_control(service: Service) -> str:
    return f"private, max-age={service.settings.url_ttl_s}, immutable"


def _headers(file: StoredFile, cache_control: str) -> dict[str, str]:
    return {
        "ETag": file.etag,
        "Cache-Control": cache_control,
        "Content-Disposition": f'inline; filename="{file.name}"',
        "X-Content-Type-Options": "nosniff",
    }
