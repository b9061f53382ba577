"""What a client says in headers about how its job is to be run, as Terms.

Idempotency-Key; Prefer: respond-async, wait=S (RFC 7240); X-Limner-On-Disconnect: keep or cancel;
X-Limner-Timeout-S. It knows no body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi import Request

from limner.api.context import base_url, service_of
from limner.errors import InvalidParameter
from limner.jobs.job import Terms

_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_WAIT = re.compile(r"wait\s*=\s*\"?(\d{1,6})\"?")
ON_DISCONNECT = {"keep": True, "cancel": False}


@dataclass(frozen=True, slots=True)
class Preference:
    """RFC 7240's. wait_s: how long the client would rather wait for the answer itself."""

    respond_async: bool = False
    wait_s: int = 0


def preference_of(request: Request) -> Preference:
    """What Prefer says; unknown preferences are ignored, as the RFC demands."""
    lines = request.headers.getlist("prefer")
    wishes = [wish.partition(";")[0].strip().lower() for line in lines for wish in line.split(",")]
    waits = [int(match[1]) for wish in wishes if (match := _WAIT.fullmatch(wish))]
    return Preference("respond-async" in wishes, waits[0] if waits else 0)


def terms_of(request: Request) -> Terms:
    """The terms. Raises InvalidParameter that names the header."""
    keeps = _choice(request, "X-Limner-On-Disconnect", ON_DISCONNECT)
    return Terms(
        detached=keeps or preference_of(request).respond_async,
        timeout_s=_timeout_s(request),
        idempotency_key=_idempotency_key(request),
        base_url=base_url(request, service_of(request).settings),
    )


def _choice(request: Request, header: str, choices: dict[str, bool]) -> bool:
    value = request.headers.get(header)
    if value is None:
        return False
    try:
        return choices[value.strip().lower()]
    except KeyError as error:
        raise InvalidParameter.named(header, f"it must be one of: {', '.join(choices)}") from error


def _timeout_s(request: Request) -> float | None:
    value = request.headers.get("X-Limner-Timeout-S")
    if value is None:
        return None
    try:
        timeout_s = float(value)
    except ValueError as error:
        raise InvalidParameter.named("X-Limner-Timeout-S", "a number of seconds is expected") from error
    if not 0 < timeout_s < 1e9:
        raise InvalidParameter.named("X-Limner-Timeout-S", "it must be more than 0")
    return timeout_s


def _idempotency_key(request: Request) -> str | None:
    value = request.headers.get("Idempotency-Key")
    if value is not None and not _IDEMPOTENCY_KEY.fullmatch(value):
        raise InvalidParameter.named(
            "Idempotency-Key", "it must have 1 to 255 printable ASCII characters without spaces"
        )
    return value
