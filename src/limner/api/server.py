"""Serving: the app on uvicorn, and a server that tells when it is up and drains before it stops."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from types import FrameType
from typing import TYPE_CHECKING

from limner.assembly import make_service
from limner.config import Settings
from limner.service import Service

if TYPE_CHECKING:
    import uvicorn

log = logging.getLogger(__name__)
HANG_UP_AFTER_S = 5
"""How long answers that are on their way may take once all jobs have ended."""


def make_server(service: Service) -> uvicorn.Server:
    """A uvicorn server for a service that is not started yet; it starts with the server.

    The first SIGTERM or SIGINT lets running jobs end, while /readyz says no; the second one stops at once.
    """
    # Here, for they take half a second to import: serve() has the workers start meanwhile.
    import uvicorn

    from limner.api.app import create_app

    class DrainingServer(uvicorn.Server):
        _draining: asyncio.Task[None] | None = None

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            if self._draining is None and self.started:
                self._loop.call_soon_threadsafe(self._begin_to_drain, sig)
            else:
                super().handle_exit(sig, frame)

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            self._loop = asyncio.get_running_loop()
            await super().startup(sockets)

        def _begin_to_drain(self, sig: int) -> None:
            if self._draining is None:
                self._draining = asyncio.create_task(self._drain(sig))

        async def _drain(self, sig: int) -> None:
            log.info("%s: no new jobs; %d run", signal.Signals(sig).name, len(service.jobs))
            await service.stop(service.settings.shutdown_grace_s)
            super().handle_exit(sig, None)

    settings = service.settings
    config = uvicorn.Config(
        create_app(service),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=HANG_UP_AFTER_S,
    )
    return DrainingServer(config)


def prepare(settings: Settings) -> Service:
    """A service that serve() takes. Raises ConfigError for settings that it could not start with."""
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    signal.signal(signal.SIGTERM, _leave)
    return make_service(settings)


def serve(service: Service) -> None:
    """Serve until a signal says stop. Raises ConfigError when it cannot start."""
    service.workers.spawn()
    make_server(service).run()


def _leave(sig: int, frame: FrameType | None) -> None:
    """Before the server takes signals over, and when it has stopped, for it raises them again then."""
    raise SystemExit(0)


def port_of(server: uvicorn.Server) -> int:
    """The port that a started server listens on."""
    for listener in server.servers:
        for sock in listener.sockets:
            if sock.family in (socket.AF_INET, socket.AF_INET6):
                return int(sock.getsockname()[1])
    raise RuntimeError("the server does not listen")
