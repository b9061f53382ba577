"""What every request carries: its id, the service, and the address under which clients see us.

A plain ASGI middleware gives each request its id and puts it on each answer; nothing else is touched.
"""

from __future__ import annotations

import ipaddress
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from limner.config import Settings
from limner.jobs.job import new_request_id
from limner.service import Service

_CLIENT_ID = re.compile(r"[\x21-\x7e]{1,128}")
_HOST = re.compile(r"(?:[A-Za-z0-9._~-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::(\d{1,5}))?")


class RequestIds:
    """Gives every request an id, and puts it and the client's own on the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, now = time.perf_counter(), time.time()
        request_id = new_request_id(now)
        client_id = _client_request_id(Headers(scope=scope), now)
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_ids(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers["X-Client-Request-Id"] = client_id
                headers["X-Envoy-Upstream-Service-Time"] = str(int((time.perf_counter() - began) * 1000))
            await send(message)

        await self.app(scope, receive, send_with_ids)


def _client_request_id(headers: Headers, now: float) -> str:
    given = headers.get("x-client-request-id", "")
    if _CLIENT_ID.fullmatch(given):
        return given
    return f"unknown-{datetime.fromtimestamp(now, UTC):%Y%m%d%H%M%S}-{secrets.token_hex(4)}"


def request_id_of(connection: HTTPConnection) -> str:
    return str(connection.scope["state"]["request_id"])


def service_of(connection: HTTPConnection) -> Service:
    service = connection.app.state.service
    assert isinstance(service, Service)
    return service


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links to pictures: the store's own where it signs them, else ours as this client sees us."""

    service: Service
    base_url: str

    async def to(self, name: str) -> str:
        """An absolute, signed link that holds from now on for url_ttl_s."""
        service = self.service
        if service.settings.storage_links == "store":
            link = await service.storage.link(name, service.settings.url_ttl_s)
            if link is not None:
                return service.signer.mark(link, name, service.clock())
        return self._own(name)

    def thumbnail(self, name: str) -> str:
        """The same for the picture made small, which only this server does."""
        return self._own(name, "/thumbnail")

    def _own(self, name: str, small: str = "") -> str:
        query = self.service.signer.sign(name, self.service.clock())
        return f"{self.base_url}/files/{name}{small}?{query}"


def links_of(connection: HTTPConnection) -> Links:
    service = service_of(connection)
    return Links(service, base_url(connection, service.settings))


def base_url(connection: HTTPConnection, settings: Settings) -> str:
    """public_url, else what the request says; Forwarded headers are believed from trusted proxies only."""
    if settings.public_url:
        return settings.public_url
    scheme, host = connection.url.scheme, connection.headers.get("host", "")
    if _is_trusted(connection, settings):
        forwarded = forwarded_fields(connection.headers)
        scheme = forwarded.get("proto", scheme)
        host = forwarded.get("host", host)
    if not _is_host(host):
        server = connection.scope.get("server") or (settings.host, settings.port)
        host = f"{server[0]}:{server[1]}"
    return f"{scheme if scheme in ('http', 'https') else 'http'}://{host}"


def _is_host(text: str) -> bool:
    match = _HOST.fullmatch(text)
    return match is not None and int(match[1] or 0) <= 65535


def forwarded_fields(headers: Headers) -> Mapping[str, str]:
    """proto and host as the nearest proxy gives them: Forwarded (RFC 7239), else X-Forwarded-*."""
    fields: dict[str, str] = {}
    for name in ("proto", "host"):
        if value := headers.get(f"x-forwarded-{name}"):
            fields[name] = value.split(",")[0].strip()
    for pair in headers.get("forwarded", "").split(",")[0].split(";"):
        name, _, value = pair.partition("=")
        if name.strip().lower() in ("proto", "host") and value:
            fields[name.strip().lower()] = value.strip().strip('"')
    return fields


def _is_trusted(connection: HTTPConnection, settings: Settings) -> bool:
    if connection.client is None or not settings.trusted_proxies:
        return False
    try:
        address = ipaddress.ip_address(connection.client.host)
    except ValueError:
        return False
    return any(address in ipaddress.ip_network(network) for network in settings.trusted_proxies)


def header_list(names: tuple[str, ...]) -> str:
    """Names that clients chose, made safe to stand in a header."""
    return ", ".join(quote(name[:64], safe="-_.~[]", errors="replace") for name in names[:32])
