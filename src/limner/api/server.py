"""Serving: the app on uvicorn, and a server that tells when it is up."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING

from limner.assembly import make_service
from limner.config import Settings
from limner.service import Service

if TYPE_CHECKING:
    import uvicorn

SHUTDOWN_GRACE_S = 10


def make_server(service: Service) -> uvicorn.Server:
    """A uvicorn server for a service that is not started yet; it starts with the server."""
    # Here, for they take half a second to import: serve() has the workers start meanwhile.
    import uvicorn

    from limner.api.app import create_app

    settings = service.settings
    config = uvicorn.Config(
        create_app(service),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=SHUTDOWN_GRACE_S,
    )
    return uvicorn.Server(config)


def serve(settings: Settings) -> None:
    """Serve until a signal says stop. Raises ConfigError when it cannot start."""
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    service = make_service(settings)
    service.workers.spawn()
    make_server(service).run()


def port_of(server: uvicorn.Server) -> int:
    """The port that a started server listens on."""
    for listener in server.servers:
        for sock in listener.sockets:
            if sock.family in (socket.AF_INET, socket.AF_INET6):
                return int(sock.getsockname()[1])
    raise RuntimeError("the server does not listen")
