"""Remote references: one guarded download from a URL that a client chose.

Owns which addresses may be reached, the byte cap and the deadline; knows nothing of pictures.
ssrfguard checks every resolved address and pins it for the connection; each redirect starts anew.
Not covered: what a public host answers, requests that have effects on a public host, ports (all
are open), and a lookup that never returns: its thread stays until the system's resolver gives up.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Iterable, Sequence
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING

from limner.errors import ConfigError, InvalidParameter

if TYPE_CHECKING:
    import httpx
    from ssrfguard import Policy
    from ssrfguard.httpx import AsyncClient

MAX_REDIRECTS = 5
MAX_LOOKUPS = 64
_HEADERS = {"accept": "image/*,*/*;q=0.5", "accept-encoding": "identity", "user-agent": "limner"}


class Fetcher:
    """Fetches references over http and https from public hosts, on any port.

    allow_networks: networks that may be fetched from although they are not public.
    timeout_s: for one whole fetch: names, connections, redirects and the body.
    Raises ConfigError for a network that cannot be allowed, such as a NAT64 prefix.
    """

    def __init__(
        self, *, allow_networks: Sequence[IPv4Network | IPv6Network] = (), timeout_s: float = 10.0
    ) -> None:
        self._allow_networks = tuple(allow_networks)
        self._timeout_s = timeout_s
        self._client: AsyncClient | None = None
        self._loading = asyncio.Lock()
        self._running: set[asyncio.Task[bytes]] = set()
        self._lookups = threading.BoundedSemaphore(MAX_LOOKUPS)
        if self._allow_networks:
            self._policy()

    async def fetch(self, url: str, *, max_bytes: int) -> bytes:
        """The body behind url, as it was sent; at most max_bytes.

        Raises InvalidParameter, which names the limit or the deadline, but never why a URL is refused.
        """
        client = await self._ready_client()
        work = asyncio.create_task(self._download(client, url, max_bytes))
        self._running.add(work)
        work.add_done_callback(self._forget)
        try:
            # Not wait_for: it would wait for a cancelled lookup, whose thread cannot be interrupted.
            await asyncio.wait({work}, timeout=self._timeout_s)
        finally:
            work.cancel()
        if not work.done():
            raise _timed_out(url)
        return work.result()

    async def close(self) -> None:
        """End what is still running and the connections with it."""
        for work in self._running:
            work.cancel()
        if self._client is not None:
            await self._client.aclose()

    def _forget(self, work: asyncio.Task[bytes]) -> None:
        self._running.discard(work)
        if not work.cancelled():
            work.exception()

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
            headers=_HEADERS,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=0),
        )

    def _policy(self) -> Policy:
        from ssrfguard import Policy

        try:
            return Policy(allowed_networks=self._allow_networks, allowed_ports=frozenset(range(1, 65536)))
        except ValueError as error:
            raise ConfigError(f"fetch_allow: {error}") from error

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

    async def _download(self, client: AsyncClient, url: str, max_bytes: int) -> bytes:
        import httpx
        from ssrfguard import SSRFGuardError

        try:
            return await _follow(client, url, max_bytes)
        except httpx.TimeoutException as error:
            raise _timed_out(url) from error
        except (SSRFGuardError, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise _refused() from error


async def _follow(client: AsyncClient, url: str, max_bytes: int) -> bytes:
    """Walks redirects itself: httpx would read the body of each one whole, and decode it."""
    request = client.build_request("GET", url)
    for _ in range(MAX_REDIRECTS + 1):
        response = await client.send(request, stream=True)
        try:
            if response.next_request is None:
                return await _read(response, max_bytes)
            request = response.next_request
        finally:
            await response.aclose()
    raise _refused()


async def _read(response: httpx.Response, max_bytes: int) -> bytes:
    """The raw body: an encoded one is refused, since identity was asked for and bombs are cheap."""
    if (
        response.status_code != 200
        or response.headers.get("content-encoding", "identity").lower() != "identity"
    ):
        raise _refused()
    if int(response.headers.get("content-length", 0)) > max_bytes:
        raise _too_large(max_bytes)
    body = bytearray()
    async for chunk in response.aiter_raw():
        if len(body) + len(chunk) > max_bytes:
            raise _too_large(max_bytes)
        body += chunk
    return bytes(body)


def _refused() -> InvalidParameter:
    return InvalidParameter.named("image", "invalid url specified")


def _too_large(max_bytes: int) -> InvalidParameter:
    return InvalidParameter.named("image", f"the image is larger than {max_bytes} bytes")


def _timed_out(url: str) -> InvalidParameter:
    return InvalidParameter(f"Timeout while downloading url={url}.", param="image")
