"""Pictures by signed link: no key, but a signature; range, ETag and file name as a file server has them.

Not covered: who holds the link. Whoever has it may read the picture until it expires.
"""

from __future__ import annotations

import time

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from limner.api.context import service_of
from limner.errors import AccessDenied
from limner.storage.base import StoredFile, is_file_name

router = APIRouter()


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
    if file.path is None:
        return Response(await service.storage.get(name), headers=headers, media_type=file.media_type)
    return FileResponse(file.path, headers=headers, media_type=file.media_type)


def _headers(file: StoredFile, ttl_s: int) -> dict[str, str]:
    return {
        "ETag": file.etag,
        "Cache-Control": f"private, max-age={ttl_s}, immutable",
        "Content-Disposition": f'inline; filename="{file.name}"',
        "X-Content-Type-Options": "nosniff",
    }
