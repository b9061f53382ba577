"""GET / and /static/...: the playground's files, which ask nothing of another host.

Not covered: who may open the page. It holds no secret; whatever it shows comes through the API, with a key.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from contextlib import suppress
from importlib.resources import files
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import Response

from limner.api.context import links_of
from limner.errors import RequestError, RouteNotFound

router = APIRouter()
INDEX = "index.html"
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{pictures}; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}
"""no-cache: kept, but asked for by ETag each time, so that an upgrade is seen at once."""
LINK_TIMEOUT_S = 2
_NAME = re.compile(r"(?:[a-z][a-z0-9_-]*/)*[a-z][a-z0-9_.-]*\.([a-z]+)")
_ANY_PICTURE = f"02{0:051}_0.png"
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+")


@router.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
async def read_page(request: Request) -> Response:
    """The page, whose policy lets in pictures from where this server's links lead."""
    origin = await _picture_origin(request)
    policy = POLICY.format(pictures=f" {origin}" if origin else "")
    return _answer(request, INDEX, {"Content-Security-Policy": policy})


@router.api_route("/static/{name:path}", methods=["GET", "HEAD"], include_in_schema=False)
async def read_static(request: Request, name: str) -> Response:
    """One script, style or picture of the page."""
    return _answer(request, name, {"Content-Security-Policy": POLICY.format(pictures="")})


def _answer(request: Request, name: str, headers: dict[str, str]) -> Response:
    match = _NAME.fullmatch(name)
    if match is None or match[1] not in MEDIA_TYPES:
        raise RouteNotFound
    try:
        data = files("limner").joinpath("web", "static", name).read_bytes()
    except OSError as error:
        raise RouteNotFound from error
    encoding = "gzip" if "gzip" in request.headers.get("accept-encoding", "") else None
    headers = HEADERS | headers | {"ETag": f'"{hashlib.sha256(data).hexdigest()[:32]}-{encoding}"'}
    if request.headers.get("if-none-match") in (headers["ETag"], "*"):
        return Response(status_code=304, headers=headers)
    if encoding:
        data, headers["Content-Encoding"] = gzip.compress(data, mtime=0), encoding
    return Response(data, headers=headers, media_type=MEDIA_TYPES[match[1]])


async def _picture_origin(request: Request) -> str | None:
    """Scheme and host of links to pictures; None while the store cannot say."""
    with suppress(RequestError, TimeoutError):
        async with asyncio.timeout(LINK_TIMEOUT_S):
            link = urlsplit(await links_of(request).to(_ANY_PICTURE))
        origin = f"{link.scheme}://{link.netloc}"
        return origin if _ORIGIN.fullmatch(origin) else None
    return None
