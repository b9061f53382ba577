"""Links: a url works for anyone who has it unchanged, and for nobody else."""

from __future__ import annotations

import re

import httpx

from limner.conformance.case import Area
from limner.conformance.expect import Broken, answer_of, assert_error, check
from limner.conformance.pictures import look
from limner.conformance.target import Target
from limner.conformance.wire import generate, get

area = Area("links")

RANGES = (
    ("bytes=0-99", slice(0, 100)),
    ("bytes=100-199", slice(100, 200)),
    ("bytes=100-", slice(100, None)),
    ("bytes=-50", slice(-50, None)),
    ("bytes=0-99999999", slice(0, None)),
)


def _link(target: Target, **fields: object) -> str:
    response = generate(target, str(fields.pop("family", "4.0")), **fields)
    data = answer_of(response)["data"]
    if not isinstance(data, list):
        raise Broken("data is a list", response)
    return str(data[0]["url"])


def _fetched(target: Target) -> tuple[str, httpx.Response]:
    url = _link(target, size="1280x720")
    return url, get(target, url)


@area.case("a url is absolute and can be fetched without a key, twice", "1.5")
def fetch(target: Target) -> None:
    url, first = _fetched(target)
    again = get(target, url)
    check(first.status_code == again.status_code == 200, "both are 200", again)
    check(first.content == again.content, "both are the same file", again)


@area.case("a JPEG comes with its type, length, name and validator", "1.5", own_choice=True)
def jpeg_headers(target: Target) -> None:
    url, response = _fetched(target)
    headers = response.headers
    check(headers.get("content-type") == "image/jpeg", "content-type", response)
    check(headers.get("content-length") == str(len(response.content)), "content-length", response)
    check(bool(headers.get("etag")), "etag", response)
    check(headers.get("accept-ranges") == "bytes", "accept-ranges", response)
    name = httpx.URL(url).path.rsplit("/", 1)[-1]
    check(name in headers.get("content-disposition", ""), f"the file is named {name}", response)
    check(headers.get("x-content-type-options") == "nosniff", "browsers do not guess", response)


@area.case("a PNG comes as image/png", "1.5")
def png_headers(target: Target) -> None:
    response = get(target, _link(target, family="5.0", output_format="png"))
    check(response.headers.get("content-type") == "image/png", "content-type", response)
    check(look(response.content).format == "png", "it is one", response)


@area.case("a file that has not changed is 304", "1.5", own_choice=True)
def not_modified(target: Target) -> None:
    url, first = _fetched(target)
    response = get(target, url, {"If-None-Match": first.headers["etag"]})
    check(response.status_code == 304 and response.content == b"", "304 without a body", response)
    other = get(target, url, {"If-None-Match": '"another"'})
    check(other.status_code == 200, "another validator gets the file", other)


@area.rows("a range is served: {0}", "1.5", RANGES, own_choice=True)
def byte_range(target: Target, header: str, part: slice) -> None:
    url, whole = _fetched(target)
    response = get(target, url, {"Range": header})
    check(response.status_code == 206, "206", response)
    check(response.content == whole.content[part], "the very bytes", response)
    total = len(whole.content)
    start = part.indices(total)[0]
    expected = f"bytes {start}-{start + len(response.content) - 1}/{total}"
    check(response.headers.get("content-range") == expected, f"content-range is {expected}", response)


@area.case("a range past the end is 416 with the length", "1.5", own_choice=True)
def range_past_end(target: Target) -> None:
    url, whole = _fetched(target)
    response = get(target, url, {"Range": f"bytes={len(whole.content)}-"})
    check(response.status_code == 416, "416", response)
    expected = f"bytes */{len(whole.content)}"
    check(response.headers.get("content-range") == expected, f"content-range is {expected}", response)


@area.case("a link without its signature is refused", "1.5", own_choice=True)
def unsigned(target: Target) -> None:
    url = _link(target, size="1280x720")
    assert_error(get(target, url.split("?", 1)[0]), 403, "AccessDenied")


@area.case("a link of which any parameter was changed or left out is refused", "1.5", own_choice=True)
def tampered(target: Target) -> None:
    url = httpx.URL(_link(target, size="1280x720"))
    for name, value in url.params.items():
        changed = url.copy_set_param(name, _flipped(value))
        assert_error(get(target, str(changed)), 403, "AccessDenied")
        assert_error(get(target, str(url.copy_remove_param(name))), 403, "AccessDenied")


@area.case("a link's signature is good for no other file", "1.5", own_choice=True, pictures=2)
def other_file(target: Target) -> None:
    first, second = (httpx.URL(_link(target, size="1280x720")) for _ in range(2))
    swapped = first.copy_with(path=second.path)
    assert_error(get(target, str(swapped)), 403, "AccessDenied")


@area.case("a path that climbs out of the files is refused", "1.5", own_choice=True)
def climbing(target: Target) -> None:
    url = _link(target, size="1280x720")
    folder, query = url.rsplit("/", 1)[0], url.partition("?")[2]
    for path in ("..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..%5c..%5cwindows", "a%00.jpg"):
        response = get(target, f"{folder}/{path}?{query}")
        check(response.status_code in (400, 403, 404), "a refusal", response)
        check(re.search(r"root:|Traceback", response.text) is None, "nothing leaks", response)


def _flipped(value: str) -> str:
    last = "1" if value[-1:] != "1" else "2"
    return value[:-1] + last
