"""Remote references: one guarded download from a URL that a client chose.

Owns redirects, the byte cap and what a client is told; knows nothing of pictures. Which addresses may
be reached, and for how long, is guard.py's.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING

from limner.errors import InvalidParameter
from limner.media.guard import Guard, TooSlow, Unreachable

if TYPE_CHECKING:
    import httpx
    from ssrfguard.httpx import AsyncClient

MAX_REDIRECTS = 5
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
        self._guard = Guard(
            "fetch_allow", allow_networks=allow_networks, timeout_s=timeout_s, headers=_HEADERS
        )

    async def fetch(self, url: str, *, max_bytes: int) -> bytes:
        """The body behind url, as it was sent; at most max_bytes.

        Raises InvalidParameter, which names the limit or the deadline, but never why a URL is refused.
        """
        try:
            return await self._guard.use(lambda client: _follow(client, url, max_bytes))
        except TooSlow as error:
            raise _timed_out(url) from error
        except Unreachable as error:
            raise _refused() from error

    async def close(self) -> None:
        """End what is still running and the connections with it."""
        await self._guard.close()


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
