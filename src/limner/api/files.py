"""Pictures by signed link: no key, but a signature; range, ETag and file name as a file server has them.

Not covered: who holds the link. Whoever has it may read the picture until it expires.
"""

from __future__ import annotations

import re
import time

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from limner.api.context import service_of
from limner.api.errors import error_answer
from limner.errors import AccessDenied, RangeNotSatisfiable
from limner.storage.base import StoredFile, is_file_name

router = APIRouter()
_ONE_RANGE = re.compile(r"bytes\s*=\s*(?:(\d{1,18})-\d{0,18}|-(\d{1,18}))")


@router.api_route("/files/{name:path}", methods=["GET", "HEAD"], include_in_schema=False)
async def read_file(request: Request, name: str) -> Response:
    """The picture behind a link. 403 for a link that is not ours or no longer holds."""
    service = service_of(request)
    if not is_file_name(name):
        raise AccessDenied
    service.signer.verify(name, request.url.query, time.time())
    file = await service.storage.stat(name)
    headers = _headers(file, service.settings.url_ttl_s)
    if request.headers.get("if-none-match") in (file.etag, "*"):
        return Response(status_code=304, headers=headers)
    if _is_behind_the_end(request.headers.get("range", ""), file.size_bytes):
        length = {"Content-Range": f"bytes */{file.size_bytes}"}
        return error_answer(RangeNotSatisfiable(), request, length)
    if file.path is None:
        return Response(await service.storage.get(name), headers=headers, media_type=file.media_type)
    return FileResponse(file.path, headers=headers, media_type=file.media_type)


def _is_behind_the_end(header: str, size_bytes: int) -> bool:
    """Whether a single range begins behind the end; Starlette would answer that outside the envelope."""
    match = _ONE_RANGE.fullmatch(header.strip())
    return match is not None and (int(match[1]) >= size_bytes if match[1] else int(match[2]) == 0)


def _headers(file: StoredFile, ttl_s: int) -> dict[str, str]:
    return {
        "ETag": file.etag,
        "Cache-Control": f"private, max-age={ttl_s}, immutable",
        "Content-Disposition": f'inline; filename="{file.name}"',
        "X-Content-Type-Options": "nosniff",
    }
