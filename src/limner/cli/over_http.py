"""Pictures from a server that speaks the Seedream image API: one streamed request, its events as outcomes."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from limner.cli.failures import RemoteError
from limner.cli.outcomes import Made, Missed, Outcome, Wanted, file_format

if TYPE_CHECKING:
    import httpx

TIMEOUT_S = 600.0
"""As the official clients: a series takes minutes."""
CONNECT_TIMEOUT_S = 10.0
API_ROOTS = ("/v1", "/api/v3")
MAGIC = {
    b"\x89PNG": "png",
    b"\xff\xd8": "jpeg",
    b"RIFF": "webp",
    b"BM": "bmp",
    b"GIF8": "gif",
    b"II*": "tiff",
    b"MM": "tiff",
}


def endpoint(url: str) -> str:
    """The address of image generation on a server: url may end in /v1 or /api/v3, or name the host alone."""
    root = url.rstrip("/")
    return f"{root if root.endswith(API_ROOTS) else root + '/v1'}/images/generations"


def to_body(wanted: Wanted) -> dict[str, object]:
    """The request on the wire; what was not given is left out."""
    body: dict[str, object] = {
        "model": wanted.model,
        "prompt": wanted.prompt,
        "image": [image if isinstance(image, str) else _data_uri(image) for image in wanted.images] or None,
        "size": wanted.size,
        "seed": wanted.seed,
        "watermark": wanted.watermark,
        "output_format": wanted.output_format,
        "response_format": "b64_json",
        "stream": True,
    }
    if wanted.series is not None:
        body["sequential_image_generation"] = "auto"
        body["sequential_image_generation_options"] = {"max_images": wanted.series}
    return {name: value for name, value in body.items() if value is not None}


async def make_remotely(wanted: Wanted, url: str, api_key: str) -> AsyncIterator[Outcome]:
    """Ask a server and yield its pictures as they come. Raises RemoteError."""
    import httpx

    timeout = httpx.Timeout(TIMEOUT_S, connect=CONNECT_TIMEOUT_S)
    headers = {"Authorization": f"Bearer {api_key}"}
    try:
        async with (
            httpx.AsyncClient(timeout=timeout, headers=headers) as client,
            client.stream("POST", endpoint(url), json=to_body(wanted)) as response,
        ):
            async for outcome in _outcomes(response):
                yield outcome
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise RemoteError("ServerUnreachable", f"{endpoint(url)}: {error or type(error).__name__}") from error


async def _outcomes(response: httpx.Response) -> AsyncIterator[Outcome]:
    if response.status_code != 200 or "text/event-stream" not in response.headers.get("content-type", ""):
        for outcome in _from_answer(response.status_code, await response.aread()):
            yield outcome
        return
    completed = False
    async for line in response.aiter_lines():
        if line.startswith("data:") and (data := line[5:].strip()) != "[DONE]":
            event = _parse(data)
            completed = completed or event.get("type") == "image_generation.completed"
            for outcome in _from_event(event):
                yield outcome
    if not completed:
        raise RemoteError("StreamEnded", "the server ended the stream before it was complete")


def _from_event(event: Mapping[str, Any]) -> Iterator[Outcome]:
    kind, index = event.get("type"), int(event.get("image_index", 0))
    if kind == "image_generation.partial_failed":
        yield _missed(index, event["error"])
    elif kind == "image_generation.partial_succeeded":
        yield _made(index, event)
    elif event.get("error"):
        raise _remote_error(event["error"])


def _from_answer(status: int, content: bytes) -> Iterator[Outcome]:
    """A plain answer: an error, or all pictures at once from a model that does not stream."""
    answer = _parse(content)
    if status != 200 or answer.get("error"):
        raise _remote_error(answer.get("error") or {"code": f"HTTP{status}", "message": "no reason given"})
    for index, entry in enumerate(answer.get("data", [])):
        yield _missed(index, entry["error"]) if entry.get("error") else _made(index, entry)


def _made(index: int, entry: Mapping[str, Any]) -> Made:
    try:
        data = base64.b64decode(entry["b64_json"], validate=True)
    except (KeyError, TypeError, ValueError) as error:
        raise RemoteError("UnreadableAnswer", f"picture {index} has no readable b64_json") from error
    return Made(index, data, file_format(data))


def _missed(index: int, error: Mapping[str, Any]) -> Missed:
    return Missed(index, str(error.get("code")), str(error.get("message")))


def _remote_error(error: Mapping[str, Any]) -> RemoteError:
    return RemoteError(str(error.get("code")), str(error.get("message")))


def _parse(data: str | bytes) -> Mapping[str, Any]:
    try:
        parsed = json.loads(data)
    except ValueError as error:
        raise RemoteError("UnreadableAnswer", "the server's answer is not JSON") from error
    if not isinstance(parsed, dict):
        raise RemoteError("UnreadableAnswer", "the server's answer is not a JSON object")
    return parsed


def _data_uri(data: bytes) -> str:
    kind = next((name for magic, name in MAGIC.items() if data.startswith(magic)), "heic")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
