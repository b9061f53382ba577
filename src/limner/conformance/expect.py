"""What an answer must look like: errors, pictures and usage. Each failure shows request and answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import httpx

REQUEST_ID = re.compile(r"02\d{13}[0-9a-f]{38}")
MESSAGE_REQUEST_ID = re.compile(r"Request id: (02\d{13}[0-9a-f]{38})$")
LEAKS = ("Traceback", 'File "', "site-packages", "/usr/", "/home/", "/tmp/", "/work/")
"""Words that tell a client about the machine or the code."""

STATUS_TYPES: Mapping[int, str] = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    405: "BadRequest",
    413: "BadRequest",
    416: "BadRequest",
    429: "TooManyRequests",
    500: "InternalServerError",
}


class Broken(AssertionError):
    """A claim that an answer does not hold to; as text it shows the claim, the request and the answer."""

    def __init__(self, claim: str, response: httpx.Response) -> None:
        super().__init__(f"{claim}\n{show(response)}")
        self.claim = claim
        self.response = response


def check(condition: bool, claim: str, response: httpx.Response) -> None:
    """Raise Broken unless the condition holds."""
    if not condition:
        raise Broken(claim, response)


def show(response: httpx.Response, limit: int = 800) -> str:
    """Request and answer as text, long bodies cut."""
    request = response.request
    sent = _text(_sent(request), limit)
    answer = _text(response.content, limit)
    headers = "\n".join(f"< {name}: {value}" for name, value in response.headers.items())
    return f"> {request.method} {request.url}\n> {sent}\n< {response.status_code}\n{headers}\n<\n< {answer}"


def assert_error(
    response: httpx.Response, status: int, code: str, param: str | None = None, message: str = ""
) -> None:
    """The answer is an error in the envelope, carries the request id, and tells nothing of the machine.

    param None: any. message: a part that the message must contain.
    """
    check(response.status_code == status, f"expected status {status}", response)
    error = error_of(response)
    check(error["code"] == code, f"expected code {code}", response)
    check(error["type"] == STATUS_TYPES[status], f"expected type {STATUS_TYPES[status]}", response)
    check(param is None or error["param"] == param, f"expected param {param!r}", response)
    check(message in error["message"], f"expected {message!r} in the message", response)


def assert_client_error(response: httpx.Response) -> None:
    """The answer is some 4xx in the envelope."""
    check(400 <= response.status_code < 500, "expected a 4xx", response)
    error_of(response)


def error_of(response: httpx.Response) -> dict[str, str]:
    """The envelope's inside, after a check of its shape, its request id and what it gives away."""
    content_type = response.headers.get("content-type", "")
    check(content_type.startswith("application/json"), "an error is JSON", response)
    body = _json(response)
    check(isinstance(body, dict) and list(body) == ["error"], "`error` is the only top-level key", response)
    error = body["error"]  # type: ignore[index]
    check(sorted(error) == ["code", "message", "param", "type"], "the four keys of an error", response)
    check(all(isinstance(value, str) for value in error.values()), "they are strings", response)
    request_id = response.headers.get("x-request-id", "")
    check(REQUEST_ID.fullmatch(request_id) is not None, "x-request-id has the format", response)
    named = MESSAGE_REQUEST_ID.search(error["message"])
    check(named is not None and named[1] == request_id, "the message ends with the request id", response)
    for leak in LEAKS:
        check(leak not in response.text, f"the answer gives away {leak!r}", response)
    return dict(error)


def answer_of(response: httpx.Response) -> dict[str, object]:
    """The body of a successful answer, after a check of its status, type and request id."""
    check(response.status_code == 200, "expected status 200", response)
    content_type = response.headers.get("content-type", "")
    check(content_type.startswith("application/json"), "an answer is JSON", response)
    request_id = response.headers.get("x-request-id", "")
    check(REQUEST_ID.fullmatch(request_id) is not None, "x-request-id has the format", response)
    body = _json(response)
    if not isinstance(body, dict):
        raise Broken("an answer is an object", response)
    return body


def ignored_fields(response: httpx.Response) -> set[str]:
    """The fields that Limner names as having had no effect."""
    named = response.headers.get("x-limner-ignored", "")
    return {name.strip() for name in named.split(",") if name.strip()}


def _json(response: httpx.Response) -> object:
    try:
        value: object = json.loads(response.content)
    except ValueError as exc:
        raise Broken("the answer is not JSON", response) from exc
    return value


def _sent(request: httpx.Request) -> bytes:
    try:
        return request.content
    except httpx.RequestNotRead:
        return b"(a streamed body)"


def _text(data: bytes, limit: int) -> str:
    text = data[: limit + 1].decode("utf-8", "backslashreplace")
    return text if len(data) <= limit else f"{text[:limit]}... ({len(data)} bytes)"
