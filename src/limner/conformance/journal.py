"""What was sent and answered while a case ran, whichever client sent it. Knows no case and no target."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

BILLED = re.compile(rb'"generated_images"\s*:\s*(\d+)')


class Request(Protocol):
    """What the requests of httpx and of httpx2, which the SDKs use, have in common."""

    @property
    def method(self) -> str: ...
    @property
    def url(self) -> object: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    def read(self) -> bytes: ...


class Response(Protocol):
    """What their responses have in common."""

    @property
    def request(self) -> Request: ...
    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    def read(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came back; status None: nothing did. Names of headers are in lower case."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None = None
    answer: bytes = b""
    retry_after: str = ""

    @property
    def pictures(self) -> int:
        """How many pictures the answer counts as made."""
        return sum(int(count) for count in BILLED.findall(self.answer))

    @property
    def has_key(self) -> bool:
        """Whether it went to the API; a picture's link is followed without a key."""
        return "authorization" in self.headers


class Journal:
    """The exchanges of one case, in the order in which they were begun."""

    def __init__(self) -> None:
        self._entries: list[tuple[Request | None, Exchange]] = []

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        return tuple(exchange for _, exchange in self._entries)

    def hooks(self) -> dict[str, list[Callable[..., None]]]:
        """The event hooks of a client that writes into this journal."""
        return {"request": [self._begin], "response": [self._end]}

    def add(self, exchange: Exchange) -> None:
        """Note what a client without hooks did."""
        self._entries.append((None, exchange))

    def evidence(self, blamed: object = None) -> tuple[Exchange, ...]:
        """What shows a fault: the blamed request or the last, and before a link the request that made it."""
        if not self._entries:
            return ()
        last = len(self._entries) - 1
        at = next((i for i, (request, _) in enumerate(self._entries) if request is blamed and request), last)
        exchanges = self.exchanges
        if exchanges[at].has_key:
            return (exchanges[at],)
        return (*[each for each in exchanges[:at] if each.has_key][-1:], exchanges[at])

    def _begin(self, request: Request) -> None:
        headers = {name.lower(): value for name, value in request.headers.items()}
        exchange = Exchange(request.method, str(request.url), headers, request.read())
        self._entries.append((request, exchange))

    def _end(self, response: Response) -> None:
        # Streams are read to their end here: no case looks at when a part came.
        retry_after = response.headers.get("retry-after", "")
        self._change(response.request, status=response.status_code, retry_after=retry_after)
        self._change(response.request, answer=response.read())

    def _change(self, request: Request, **values: object) -> None:
        at = max(i for i, (known, _) in enumerate(self._entries) if known is request)
        self._entries[at] = (request, replace(self._entries[at][1], **values))  # type: ignore[arg-type]
