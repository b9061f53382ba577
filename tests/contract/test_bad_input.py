"""Bad input: always a 4xx in the envelope, never a 5xx, never a word about the machine."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from limner.conformance.answers import one_picture
from limner.conformance.expect import answer_of, assert_client_error, assert_error, check
from limner.conformance.pictures import data_uri, encode, plain, png_header_only, reference
from limner.conformance.target import Target
from limner.conformance.wire import GENERATIONS, announce, authorization, generate, get, post

MODEL = "doubao-seedream-4-0-250828"
SMALL_LIMIT_BYTES = 10_000  # of small_target, in conftest.py

BROKEN_JSON = {
    "empty": b"",
    "a space": b" ",
    "cut": b'{"model": "a", "prompt": ',
    "no quotes": b"{model: a}",
    "two values": b'{"model": "a"} {"prompt": "b"}',
    "a comment": b'{"model": "a", /* x */ "prompt": "b"}',
    "a comma too many": b'{"model": "a", "prompt": "b",}',
    "NUL": b"\x00",
    "invalid UTF-8": b'{"model": "a", "prompt": "\xff\xfe"}',
    "UTF-16": '{"model": "a", "prompt": "b"}'.encode("utf-16"),
    "overlong UTF-8": b'{"model": "a", "prompt": "\xc0\xaf"}',
    "raw surrogate": b'{"model": "a", "prompt": "\xed\xa0\x80"}',
    "raw control character": b'{"model": "a", "prompt": "\x01"}',
    "NaN": f'{{"model": "{MODEL}", "prompt": "b", "seed": NaN}}'.encode(),
    "Infinity": f'{{"model": "{MODEL}", "prompt": "b", "seed": -Infinity}}'.encode(),
    "a huge exponent": f'{{"model": "{MODEL}", "prompt": "b", "seed": 1e999999}}'.encode(),
    "5000 digits": f'{{"model": "{MODEL}", "prompt": "b", "seed": {"9" * 5000}}}'.encode(),
    "a form": b"model=a&prompt=b",
    "gzip": gzip.compress(b'{"model": "a", "prompt": "b"}'),
}

DEPTH = 200_000
DEEP = {
    "lists": b"[" * DEPTH,
    "objects": b'{"a":' * DEPTH,
    "closed lists": b"[" * DEPTH + b"]" * DEPTH,
    "lists in a field": b'{"model": "a", "prompt": ' + b"[" * DEPTH + b"]" * DEPTH + b"}",
    "lists in an unknown field": (
        f'{{"model": "{MODEL}", "prompt": "b", "x": '.encode() + b"[" * DEPTH + b"]" * DEPTH + b"}"
    ),
}

STRINGS = ("model", "prompt", "size", "response_format", "output_format", "sequential_image_generation")
BOOLEANS = ("watermark", "stream", "layer_decomposition")
NUMBERS = ("seed",)
OBJECTS = ("optimize_prompt_options", "sequential_image_generation_options")
LISTS = ("tools",)

VALUES: dict[str, object] = {
    "string": "a",
    "number": 7,
    "fraction": 7.5,
    "huge": 10**400,
    "boolean": True,
    "list": [1],
    "strings": ["a"],
    "object": {"a": 1},
    "nested": [[[]]],
}
SUITABLE = {
    **dict.fromkeys(STRINGS, frozenset({"string"})),
    **dict.fromkeys(BOOLEANS, frozenset({"boolean"})),
    **dict.fromkeys(NUMBERS, frozenset({"number"})),
    **dict.fromkeys(OBJECTS, frozenset({"object"})),
    **dict.fromkeys(LISTS, frozenset[str]()),
    "image": frozenset[str](),
}
WRONG_TYPES = [
    pytest.param(name, value, id=f"{name} as {kind}")
    for name, suitable in SUITABLE.items()
    for kind, value in VALUES.items()
    if kind not in suitable
]
BAD_COUNTS: tuple[object, ...] = ("4", 4.5, True, [4], {}, 10**400)
BAD_MODES: tuple[object, ...] = (1, True, ["fast"], {})
NESTED_WRONG = [
    *({"sequential_image_generation_options": {"max_images": value}} for value in BAD_COUNTS),
    *({"optimize_prompt_options": {"mode": value}} for value in BAD_MODES),
]


def svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><rect/></svg>'


def eps() -> bytes:
    return b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 320 240\n(/etc/passwd) run\nshowpage\n"


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.png", encode(plain(320, 240)))
    return buffer.getvalue()


def png_with_size_of(width: int, height: int) -> bytes:
    """Real pixels of 320x240 under a header that claims another size."""
    claimed = png_header_only(width, height)
    real = encode(plain(320, 240))
    return claimed[:33] + real[33:]


FILES: dict[str, bytes] = {
    "SVG": svg(),
    "SVG with a prologue": b'<?xml version="1.0"?>' + svg(),
    "EPS": eps(),
    "PDF": b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n",
    "zip": zipped(),
    "HTML": b"<html><img src=x></html>",
    "one byte": b"\x89",
    "a PNG's signature": encode(plain(320, 240))[:8],
    "a PNG's header": encode(plain(320, 240))[:33],
    "a cut PNG": encode(plain(320, 240))[:-60],
    "a JPEG's start": encode(plain(320, 240), "jpeg")[:3],
    "a JPEG without its scan": encode(plain(320, 240), "jpeg")[:200],
    "a cut WebP": encode(plain(320, 240), "webp")[:40],
    "a cut GIF": encode(plain(320, 240), "gif")[:12],
    "a cut BMP": encode(plain(320, 240), "bmp")[:40],
    "a cut TIFF": encode(plain(320, 240), "tiff")[:60],
    "a PNG of 60000x60000": png_header_only(60_000, 60_000),
    "a PNG of 2^31-1 a side": png_header_only(2**31 - 1, 2**31 - 1),
    "a PNG of 0x0": png_header_only(0, 0),
    "a PNG that claims 5000x5000": png_header_only(5000, 5000),
    "a PNG with fewer rows than it claims": png_with_size_of(320, 5000),
    "PPM": encode(plain(320, 240), "ppm"),
    "ICO": encode(plain(64, 64), "ico"),
    "PCX": encode(plain(320, 240), "pcx"),
    "TGA": encode(plain(320, 240), "tga"),
    "AVIF's beginning": b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf" + bytes(200),
    "HEIC's beginning": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + bytes(200),
}

DATA_URIS = {
    "no comma": "data:image/png;base64",
    "no base64": "data:image/png,abc",
    "percent": "data:image/png;base64,%%%%",
    "spaces": "data:image/png;base64,iVBO Rw0K Gg==",
    "a text": "data:text/html;base64,PGh0bWw+",
    "no type": "data:;base64,iVBORw0KGgo=",
    "full-width letters": "data:image/png;base64,ｉＶＢＯ",
}

URLS = {
    "a bad port": "http://example.invalid:99999999/a.png",
    "a newline": "http://example.invalid/\r\nX-Evil: 1",
    "an open bracket": "http://[::1/a.png",
    "credentials": "http://user:secret@127.0.0.1/a.png",
    "a very long host": "http://" + "a" * 5000 + ".invalid/a.png",
    "javascript": "javascript:alert(1)",
    "gopher": "gopher://127.0.0.1:6379/_FLUSHALL",
    "a path": "/etc/passwd",
    "a share": "\\\\host\\share\\a.png",
    "NUL": "http://127.0.0.1\x00.example.invalid/",
}


@pytest.mark.parametrize("body", BROKEN_JSON.values(), ids=BROKEN_JSON)
def test_a_body_that_is_no_json_is_refused(target: Target, body: bytes) -> None:
    assert_error(post(target, body), 400, "InvalidParameter")


@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_refused(target: Target, body: bytes) -> None:
    assert_error(post(target, body), 400, "InvalidParameter")


@pytest.mark.parametrize("body", [b"null", b"[]", b'"a"', b"7", b"true", b'[{"model": "a"}]'])
def test_json_that_is_no_object_is_refused(target: Target, body: bytes) -> None:
    assert_error(post(target, body), 400, "InvalidParameter")


def test_an_empty_object_misses_the_model(target: Target) -> None:
    assert_error(post(target, {}), 400, "MissingParameter")


@pytest.mark.parametrize(("name", "value"), WRONG_TYPES)
def test_a_value_of_the_wrong_type_is_refused_by_name(target: Target, name: str, value: object) -> None:
    body = json.dumps({"model": MODEL, "prompt": "a fox", name: value}).encode()
    response = post(target, body)
    assert_client_error(response)
    check(response.json()["error"]["param"].startswith(name), f"param is {name}", response)


@pytest.mark.parametrize("fields", NESTED_WRONG, ids=str)
def test_a_wrong_type_inside_an_object_is_refused_by_name(target: Target, fields: dict[str, object]) -> None:
    body = {"model": MODEL, "prompt": "a fox", "sequential_image_generation": "auto", **fields}
    response = post(target, json.dumps(body).encode())
    assert_client_error(response)
    check(response.json()["error"]["param"].startswith(next(iter(fields))), "param is its name", response)


def test_a_key_given_twice_is_no_error_of_ours(target: Target) -> None:
    body = f'{{"model": "no-such", "model": "{MODEL}", "prompt": "a", "prompt": "b", "size": "1280x720"}}'
    response = post(target, body.encode())
    check(response.status_code in (200, 400), "the last one counts, or it is refused", response)


@pytest.mark.parametrize("escaped", [r"\u0000", r"\ufffe\uffff", r"\u202e\u2066", r"\ud83e\udd8a", r"\b\f"])
def test_any_text_is_a_prompt(target: Target, escaped: str) -> None:
    body = f'{{"model": "{MODEL}", "prompt": "x {escaped}", "size": "1280x720"}}'
    one_picture(target, post(target, body.encode()), "4.0")


@pytest.mark.parametrize("escaped", [r"\ud800", r"\udfff\ud800", r"a \ud83d fox"])
def test_a_lone_surrogate_is_no_text(target: Target, escaped: str) -> None:
    body = f'{{"model": "{MODEL}", "prompt": "x {escaped}", "size": "1280x720"}}'
    assert_error(post(target, body.encode()), 400, "InvalidParameter")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
        "a/b; c=d",
        "application/json; charset=utf-16",
    ],
)
def test_a_content_type_that_is_not_json_never_breaks_the_server(target: Target, content_type: str) -> None:
    body = json.dumps({"model": MODEL, "prompt": "a fox", "size": "1280x720"}).encode()
    response = post(target, body, {"Content-Type": content_type})
    if response.status_code != 200:
        assert_client_error(response)


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_a_compressed_body_is_not_unpacked(target: Target, encoding: str) -> None:
    body = gzip.compress(json.dumps({"model": MODEL, "prompt": "a fox"}).encode())
    assert_client_error(post(target, body, {"Content-Encoding": encoding}))


def _padded(byte_count: int) -> bytes:
    body = json.dumps({"model": MODEL, "prompt": "a fox", "size": "1280x720"}).encode()
    return body + b" " * (byte_count - len(body))


def test_a_body_at_the_limit_is_accepted_and_one_byte_more_is_413(small_target: Target) -> None:
    one_picture(small_target, post(small_target, _padded(SMALL_LIMIT_BYTES)), "4.0")
    refusal = post(small_target, _padded(SMALL_LIMIT_BYTES + 1))
    assert_error(refusal, 413, "RequestBodyTooLarge")


def test_a_body_that_is_announced_as_too_long_is_refused_unread(small_target: Target) -> None:
    headers = {**authorization(small_target), "Content-Length": str(SMALL_LIMIT_BYTES + 1)}
    status, _, body = announce(small_target, headers)
    assert status == 413
    assert json.loads(body)["error"]["code"] == "RequestBodyTooLarge"


def _chunks(byte_count: int) -> Iterator[bytes]:
    body = _padded(byte_count)
    for start in range(0, len(body), 1000):
        yield body[start : start + 1000]


def test_a_chunked_body_is_counted_as_it_comes(small_target: Target) -> None:
    url = small_target.base_url + GENERATIONS
    with httpx.Client(headers=authorization(small_target), timeout=60) as client:
        whole = client.post(url, content=_chunks(SMALL_LIMIT_BYTES))
        check(whole.status_code == 200, "at the limit", whole)
        refusal = client.post(url, content=_chunks(SMALL_LIMIT_BYTES + 1))
    assert_error(refusal, 413, "RequestBodyTooLarge")


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_a_file_that_is_no_accepted_picture_is_refused(target: Target, data: bytes) -> None:
    response = generate(target, "4.0", image=data_uri(data), size="1280x720")
    assert_client_error(response)
    check(response.json()["error"]["param"] == "image", "param is image", response)


@pytest.mark.parametrize("uri", DATA_URIS.values(), ids=DATA_URIS)
def test_a_broken_data_uri_is_refused(target: Target, uri: str) -> None:
    body = json.dumps({"model": MODEL, "prompt": "a fox", "image": uri}).encode()
    response = post(target, body)
    assert_client_error(response)
    check(response.json()["error"]["param"] == "image", "param is image", response)


@pytest.mark.parametrize("url", URLS.values(), ids=URLS)
def test_a_broken_or_forbidden_url_is_refused(target: Target, url: str) -> None:
    body = json.dumps({"model": MODEL, "prompt": "a fox", "image": [url]}).encode()
    response = post(target, body)
    assert_error(response, 400, "InvalidParameter", "image")
    check("secret" not in response.text, "credentials are not repeated", response)


def test_a_picture_under_another_type_is_read_as_what_it_is(target: Target) -> None:
    lying = data_uri(encode(plain(320, 240), "jpeg"), "png")
    response = generate(target, "4.0", image=lying, size="1280x720")
    if response.status_code != 200:
        assert_error(response, 400, "InvalidImageURL.InvalidFormat", "image")


def test_a_thousand_pictures_are_refused_at_once(target: Target) -> None:
    assert_error(generate(target, "4.0", image=[reference(32, 32)] * 1000), 400, "InvalidParameter", "image")


@pytest.mark.parametrize(
    "path",
    [
        "/files/",
        "/files/..",
        "/files/../../etc/passwd",
        "/files/%2e%2e/%2e%2e/etc/passwd",
        "/files/..%2f..%2fetc%2fpasswd",
        "/files/%2fetc%2fpasswd",
        "/files//etc/passwd",
        "/files/..%5c..%5cetc",
        "/files/a%00.jpg",
        "/files/" + "a" * 5000,
        "/files/%ff%fe.jpg",
        "/files/CON.jpg?expires=99999999999&signature=x",
        "/files/a.jpg?expires=NaN&signature=%ff",
        "/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_a_path_that_leads_out_is_refused(root_url: str, target: Target, path: str) -> None:
    assert_client_error(get(target, httpx.URL(root_url).copy_with(raw_path=path.encode()).__str__()))


@pytest.mark.parametrize(
    "host",
    ['"><script>', "a b", "a/b", "user@evil.example", "evil.example:99999", "a" * 5000, "a\\b", "[::1", ""],
)
def test_a_host_that_is_none_is_never_in_a_link(target: Target, host: str) -> None:
    response = generate(target, "4.0", {"Host": host}, size="1280x720")
    if response.status_code == 200:
        data = answer_of(response)["data"]
        url = data[0]["url"] if isinstance(data, list) else ""
        check(httpx.URL(url).host not in ("", "evil.example"), "the link is one, and not to it", response)
    else:
        check(400 <= response.status_code < 500, "a 4xx", response)


def test_forwarded_headers_of_strangers_are_not_believed(root_url: str, target: Target) -> None:
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example;proto=https",
    }
    response = generate(target, "4.0", headers, size="1280x720")
    data = answer_of(response)["data"]
    url = data[0]["url"] if isinstance(data, list) else ""
    check(url.startswith(root_url), f"the link begins with {root_url}", response)


@pytest.mark.parametrize("value", ["a" * 5000, "<b>", "é", "a\tb"], ids=["long", "markup", "latin-1", "tab"])
def test_a_strange_client_request_id_never_breaks_the_answer(target: Target, value: str) -> None:
    headers = {"X-Client-Request-Id": value}
    sent = {name: text.encode("latin-1").decode("latin-1") for name, text in headers.items()}
    url = target.base_url + GENERATIONS
    with httpx.Client(timeout=60) as client:
        raw = [(k.encode(), v.encode("latin-1")) for k, v in {**authorization(target), **sent}.items()]
        response = client.post(url, json={}, headers=raw)
    assert_error(response, 400, "MissingParameter")


def test_refused_requests_leave_no_file_behind(target: Target, data_dir: Path) -> None:
    before = sorted(data_dir.rglob("*"))
    for image in (
        data_uri(svg()),
        data_uri(zipped()),
        data_uri(png_header_only(60_000, 60_000)),
        "file:///etc/passwd",
    ):
        assert_client_error(generate(target, "4.0", image=image))
    assert sorted(data_dir.rglob("*")) == before
