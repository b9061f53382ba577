"""The tools over streamable HTTP: behind a key, for the hosts and origins that are named, on one path.

A page in a browser that rebinds a name to this machine has neither the key nor a Host that is allowed.
Not covered: encryption, which a proxy in front has to add; what holders of the key do with it, for all have
the same one; who holds a picture's link, which opens it without a key until it expires.
"""

from __future__ import annotations

import hmac
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from limner.api import files
from limner.api.context import RequestIds
from limner.api.errors import install_error_handlers
from limner.errors import ConfigError
from limner.service import Service

PATH = "/mcp"
FILES_PATH = "/files/"
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
MAX_BODY_BYTES = 64 << 20
"""A data URI of the largest reference that a model takes, and more."""
HANG_UP_AFTER_S = 5


class RequireKey:
    """Lets through who sends the key, and signed links to files; everybody else gets 401."""

    def __init__(self, app: ASGIApp, api_key: str) -> None:
        self.app = app
        self._key = api_key.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(FILES_PATH) or self._has_key(scope):
            await self.app(scope, receive, send)
            return
        text = "The API key is missing or wrong: send `Authorization: Bearer KEY`."
        answer = {"error": {"code": "AuthenticationError", "message": text}}
        await JSONResponse(answer, 401, {"WWW-Authenticate": "Bearer"})(scope, receive, send)

    def _has_key(self, scope: Scope) -> bool:
        scheme, _, secret = Headers(scope=scope).get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(secret.strip().encode(), self._key)


def make_app(
    mcp: MCPServer, *, api_key: str, port: int, hosts: Sequence[str], service: Service | None
) -> FastAPI:
    """The app: the tools at /mcp and, with a service in this process, its files by signed link.

    hosts: names under which clients may ask, beside those of loopback, without a port.
    """
    guard = transport_security(hosts, port)
    inner = mcp.streamable_http_app(
        streamable_http_path=PATH, max_request_body_size=MAX_BODY_BYTES, transport_security=guard
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with mcp.session_manager.run():
            yield

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.router.routes.extend(inner.routes)
    if service is not None:
        app.state.service = service
        app.include_router(files.router)
    install_error_handlers(app)
    app.add_middleware(RequireKey, api_key=api_key)
    app.add_middleware(RequestIds)
    return app


def transport_security(hosts: Sequence[str], port: int) -> TransportSecuritySettings:
    """Loopback at this port, and the named hosts at this port or behind a proxy at the usual ones."""
    local = [f"{name}:{port}" for name in LOOPBACK_NAMES]
    named = [name + end for name in hosts for end in ("", f":{port}")]
    return TransportSecuritySettings(
        allowed_hosts=local + named,
        allowed_origins=[f"http://{name}" for name in local + named] + [f"https://{name}" for name in named],
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises ConfigError where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ConfigError(f"cannot listen on host {host}, port {port}: {error.strerror or error}") from error


def make_server(app: FastAPI) -> uvicorn.Server:
    """A server for the app, to be run by serve(sockets=[listener]); a signal ends it."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=HANG_UP_AFTER_S,
    )
    return uvicorn.Server(config)
