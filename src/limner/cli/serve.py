"""`limner serve`: the server, and what a person has to know when it starts."""

from __future__ import annotations

import asyncio
import socket
import sys
from contextlib import suppress

from limner.cli.flags import with_settings
from limner.config import Settings
from limner.errors import ConfigError


def _serve(settings: Settings) -> None:
    """Serve the API until Ctrl-C."""
    from limner.api.server import prepare
    from limner.api.server import serve as run_server
    from limner.keys import judge_configured

    judge_configured(settings.api_key, settings.admin_key)
    require_free_port(settings)
    service = prepare(settings)  # it may refuse; only then a key is made and shown
    for line in greeting(settings, asyncio.run(_first_key(settings))):
        print(line, file=sys.stderr, flush=True)
    with suppress(KeyboardInterrupt):
        run_server(service)


serve = with_settings(_serve)


async def _first_key(settings: Settings) -> str | None:
    """The key of an installation that has none yet; a configured key is enough."""
    from limner.keys import first_key
    from limner.ledger.keys import KeyTable
    from limner.ledger.opening import open_database

    if settings.api_key is not None:
        return None
    async with open_database(settings) as database:
        return await first_key(KeyTable(database), settings.data_dir)


def require_free_port(settings: Settings) -> None:
    """Raise ConfigError where the server could not listen, before a key is made and shown."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise ConfigError(
            f"cannot listen on host {settings.host}, port {settings.port}: {error.strerror}"
        ) from error


def base_url(settings: Settings) -> str:
    """Where clients on this machine reach the server, unless public_url says otherwise."""
    if settings.public_url:
        return settings.public_url
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def greeting(settings: Settings, fresh_key: str | None) -> list[str]:
    """What is said before the server starts; the only place where a fresh key is ever shown."""
    url = base_url(settings)
    lines = [f"Limner  {url}/  (API: {url}/v1, its reference: {url}/docs)"]
    if fresh_key:
        lines.append(f"API key {fresh_key}")
        lines.append("        It is shown only this once; `limner keys rotate default` makes another.")
    if not settings.is_loopback and settings.public_url is None:
        lines.append(
            f"warning: listening on {settings.host} without public_url: links to pictures begin with "
            "whatever host a request names. Set public_url to the URL that clients use."
        )
    return lines
