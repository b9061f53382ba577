"""Requests to URLs that a client chose: only to public addresses, bounded in time.

Owns which addresses may be reached, the lookups, the HTTP client and the deadline; knows nothing of
what is sent or read. ssrfguard checks every resolved address and pins it for the connection; whoever
follows a redirect starts anew here.
Not covered: what a public host answers, requests that have effects on a public host, ports (all
are open), and a lookup that never returns: its thread stays until the system's resolver gives up.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING, Any, TypeVar

from limner.errors import ConfigError, LimnerError

if TYPE_CHECKING:
    from ssrfguard import Policy
    from ssrfguard.httpx import AsyncClient

T = TypeVar("T")

MAX_LOOKUPS = 64


class Unreachable(LimnerError):
    """A URL that may not be reached, or cannot be."""


class TooSlow(Unreachable):
    """A URL that was not done with within the deadline."""


class Guard:
    """Reaches public hosts over http and https, on any port.

    setting: the name of the setting that allow_networks come from, for errors.
    allow_networks: networks that may be reached although they are not public.
    timeout_s: for one whole use: names, connections, redirects and bodies.
    Raises ConfigError for a network that cannot be allowed, such as a NAT64 prefix.
    """

    def __init__(
        self,
        setting: str,
        *,
        allow_networks: Sequence[IPv4Network | IPv6Network] = (),
        timeout_s: float,
        headers: Mapping[str, str],
    ) -> None:
        self._setting = setting
        self._allow_networks = tuple(allow_networks)
        self._timeout_s = timeout_s
        self._headers = headers
        self._made_policy: Policy | None = None
        self._client: AsyncClient | None = None
        self._loading = asyncio.Lock()
        self._running: set[asyncio.Task[Any]] = set()
        self._lookups = threading.BoundedSemaphore(MAX_LOOKUPS)
        if self._allow_networks:
            self._policy()

    def may_try(self, url: str) -> bool:
        """Whether url is one that could be reached, as far as that is seen without a lookup."""
        from ssrfguard import SSRFGuardError

        try:
            self._policy().check_url(url)
        except (SSRFGuardError, ValueError):
            return False
        return True

    async def use(self, work: Callable[[AsyncClient], Awaitable[T]]) -> T:
        """What work does with the guarded client. Raises Unreachable, or TooSlow past the deadline."""
        client = await self._ready_client()
        task = asyncio.create_task(_reported(work, client))
        self._running.add(task)
        task.add_done_callback(self._forget)
        try:
            # Not wait_for: it would wait for a cancelled lookup, whose thread cannot be interrupted.
            await asyncio.wait({task}, timeout=self._timeout_s)
        finally:
            task.cancel()
        if not task.done():
            raise TooSlow
        return task.result()

    async def close(self) -> None:
        """End what is still running and the connections with it."""
        for task in self._running:
            task.cancel()
        if self._client is not None:
            await self._client.aclose()

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()

    async def _ready_client(self) -> AsyncClient:
        async with self._loading:
            if self._client is None:
                self._client = await asyncio.to_thread(self._make_client)
            return self._client

    def _make_client(self) -> AsyncClient:
        """Imports here: httpx and a certificate store cost a third of a second and 20 MB."""
        import httpx
        from ssrfguard.httpx import AsyncClient

        # It logs each URL at level INFO, and a client's URL may be signed.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        return AsyncClient(
            policy=self._policy(),
            resolver=self._look_up,
            trust_env=False,
            follow_redirects=False,
            timeout=self._timeout_s,
            headers=dict(self._headers),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=0),
        )

    def _policy(self) -> Policy:
        from ssrfguard import Policy

        if self._made_policy is None:
            try:
                self._made_policy = Policy(
                    allowed_networks=self._allow_networks, allowed_ports=frozenset(range(1, 65536))
                )
            except ValueError as error:
                raise ConfigError(f"{self._setting}: {error}") from error
        return self._made_policy

    def _look_up(
        self, host: str, port: int, family: int, kind: int, protocol: int, flags: int
    ) -> Iterable[tuple[int, int, int, str, tuple[str | int | bytes, ...]]]:
        """getaddrinfo, for at most MAX_LOOKUPS names at a time: a stalled one keeps its thread."""
        if not self._lookups.acquire(blocking=False):
            raise socket.gaierror(socket.EAI_AGAIN, "too many lookups are waiting for an answer")
        try:
            return socket.getaddrinfo(host, port, family, kind, protocol, flags)
        finally:
            self._lookups.release()


async def _reported(work: Callable[[AsyncClient], Awaitable[T]], client: AsyncClient) -> T:
    import httpx
    from ssrfguard import SSRFGuardError

    try:
        return await work(client)
    except httpx.TimeoutException as error:
        raise TooSlow from error
    except (SSRFGuardError, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise Unreachable from error
