"""Files and addresses that are no pictures: refused by name, before anything is drawn or kept."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from limner.conformance.expect import assert_client_error, assert_error, check
from limner.conformance.pictures import data_uri, encode, plain, png_header_only, reference
from limner.conformance.target import Target
from limner.conformance.wire import generate, post

MODEL = "doubao-seedream-4-0-250828"


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
