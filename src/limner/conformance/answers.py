"""Successful generation answers, plain and streamed: shape, usage, and every picture decoded."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from limner.conformance import wire
from limner.conformance.expect import Broken, answer_of, check
from limner.conformance.pictures import Seen, look
from limner.conformance.target import Target

SIZELESS = ("3.0", "seededit")
"""Families whose answers carry no size."""

FRAME = re.compile(rb"(?:event: (?P<event>[^\n]+)\n)?data: (?P<data>[^\n]+)\n\n")
KEEP_ALIVE = re.compile(rb":[^\n]*\n\n")


@dataclass(frozen=True, slots=True)
class Frame:
    """One server-sent event: its name and the one JSON object of its data."""

    event: str
    data: dict[str, Any]


def pictures_of(
    target: Target,
    response: httpx.Response,
    family: str,
    *,
    count: int | None = 1,
    delivery: str = "url",
    file_format: str = "jpeg",
) -> list[Seen]:
    """The decoded pictures of a plain answer, after a check of its whole shape and arithmetic.

    count None: any number from one.
    """
    body = answer_of(response)
    check(list(body)[:4] == ["model", "created", "data", "usage"], "keys are in the API's order", response)
    created = body["created"]
    check(isinstance(created, int) and created > 1_600_000_000, "created is in seconds", response)
    entries = _entries(body, response)
    check(len(entries) >= 1 and count in (None, len(entries)), f"expected {count} pictures", response)
    seen = [picture_of(target, entry, family, response, delivery, file_format) for entry in entries]
    check_usage(body["usage"], seen, response)
    return seen


def one_picture(
    target: Target, response: httpx.Response, family: str, *, delivery: str = "url", file_format: str = "jpeg"
) -> Seen:
    """The only picture of a plain answer."""
    return pictures_of(target, response, family, delivery=delivery, file_format=file_format)[0]


def picture_of(
    target: Target,
    entry: Mapping[str, Any],
    family: str,
    response: httpx.Response,
    delivery: str = "url",
    file_format: str = "jpeg",
) -> Seen:
    """The decoded picture of one entry or event, after a check of what the entry says of it."""
    other = {"url": "b64_json", "b64_json": "url"}[delivery]
    check(delivery in entry and other not in entry, f"{delivery} and no {other}", response)
    check("error" not in entry or entry["error"] is None, "a picture has no error", response)
    seen = look(_file_of(target, entry, delivery, response))
    check(seen.format == file_format, f"expected {file_format}, the file is {seen.format}", response)
    if family in SIZELESS:
        check("size" not in entry, f"{family} returns no size", response)
    else:
        check(entry.get("size") == seen.size, f"size is the file's own, {seen.size}", response)
    return seen


def check_usage(usage: Any, seen: Sequence[Seen], response: httpx.Response) -> None:
    """usage counts the pictures, and one token for every 256 pixels, rounded down once."""
    tokens = sum(picture.width * picture.height for picture in seen) // 256
    expected = {"generated_images": len(seen), "output_tokens": tokens, "total_tokens": tokens}
    counted = {name: usage.get(name) for name in expected}
    check(counted == expected, f"expected usage {expected}", response)


def frames_of(response: httpx.Response) -> list[Frame]:
    """The events of a stream without its closing [DONE], after a check of every byte of the framing."""
    check(response.status_code == 200, "expected status 200", response)
    content_type = response.headers.get("content-type", "")
    check(content_type.startswith("text/event-stream"), "a stream is text/event-stream", response)
    frames: list[Frame] = []
    rest = response.content
    while match := KEEP_ALIVE.match(rest) or FRAME.match(rest):
        rest = rest[match.end() :]
        if match.re is FRAME and match["data"] != b"[DONE]":
            frames.append(_frame(match, response))
        elif match.re is FRAME:
            check(match["event"] is None, "[DONE] has no event line", response)
            check(rest == b"", "nothing follows [DONE]", response)
            return frames
    raise Broken(f"not an event, one data line and a blank line: {rest[:200]!r}", response)


def streamed_pictures(
    target: Target, response: httpx.Response, family: str, *, delivery: str = "url", file_format: str = "jpeg"
) -> list[Seen]:
    """The decoded pictures of a stream in which nothing failed, after a check of its order and usage."""
    *parts, last = frames_of(response)
    names = [frame.event for frame in parts if frame.event != "image_generation.partial_image"]
    check(set(names) == {"image_generation.partial_succeeded"}, "only successes come first", response)
    check(last.event == "image_generation.completed", "completed comes last", response)
    done = [frame.data for frame in parts if frame.event == "image_generation.partial_succeeded"]
    indexes = [data["image_index"] for data in done]
    check(indexes == list(range(len(done))), "image_index counts from 0", response)
    times = [data["created"] for data in [*done, last.data]]
    check(times == sorted(times), "created never falls", response)
    seen = [picture_of(target, data, family, response, delivery, file_format) for data in done]
    check_usage(last.data["usage"], seen, response)
    return seen


def _entries(body: Mapping[str, object], response: httpx.Response) -> list[dict[str, Any]]:
    data = body["data"]
    if not isinstance(data, list):
        raise Broken("data is a list", response)
    check(all(isinstance(entry, dict) for entry in data), "every entry is an object", response)
    return data


def _file_of(target: Target, entry: Mapping[str, Any], delivery: str, response: httpx.Response) -> bytes:
    if delivery == "b64_json":
        return base64.b64decode(entry["b64_json"], validate=True)
    check(str(entry["url"]).startswith(("http://", "https://")), "the url is absolute", response)
    fetched = wire.get(target, entry["url"])
    check(fetched.status_code == 200, "the url can be fetched without a key", fetched)
    return fetched.content


def _frame(match: re.Match[bytes], response: httpx.Response) -> Frame:
    event = (match["event"] or b"").decode()
    data = json.loads(match["data"])
    check(isinstance(data, dict), "data is one JSON object", response)
    if event != "error":
        check(data.get("type") == event, "the event's name is the data's type", response)
    return Frame(event, data)
