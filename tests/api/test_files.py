"""Links to pictures: who may read, and what a reader gets."""

from __future__ import annotations

import io
import time
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image

from limner.conformance.expect import assert_error
from limner.testing import API_KEY, RunningServer, running_server

MODEL = "doubao-seedream-4-0-250828"


@pytest.fixture(scope="module")
def link(server: RunningServer) -> str:
    return _make_picture(server)


def _make_picture(server: RunningServer) -> str:
    answer = httpx.post(
        f"{server.base_url}/v1/images/generations",
        json={"model": MODEL, "prompt": "a cat", "size": "1K"},
        headers={"Authorization": f"Bearer {API_KEY}"},
        trust_env=False,
    )
    return str(answer.json()["data"][0]["url"])


def _get(link: str, **headers: str) -> httpx.Response:
    return httpx.get(link, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_a_link_needs_no_key_and_gives_the_whole_picture(link: str) -> None:
    answer = _get(link)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert int(answer.headers["content-length"]) == len(answer.content)
    name = urlsplit(link).path.rpartition("/")[2]
    assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
    assert Image.open(io.BytesIO(answer.content)).size == (1024, 1024)


def test_head_tells_the_length_without_the_picture(link: str) -> None:
    answer = httpx.head(link)
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == len(_get(link).content)


def test_a_range_is_a_part_of_the_picture(link: str) -> None:
    whole, part = _get(link).content, _get(link, Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, whole[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole)}"


def test_a_range_behind_the_end_is_refused_in_the_envelope(link: str) -> None:
    answer = _get(link, Range="bytes=99999999-")
    assert answer.status_code == 416
    assert answer.json()["error"]["type"] == "BadRequest"


def test_an_unchanged_picture_is_not_sent_again(link: str) -> None:
    answer = _get(link, If_None_Match=_get(link).headers["etag"])
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link.partition("?")[0],
        lambda link: link + "0",
        lambda link: link.replace("expires=1", "expires=2"),
        lambda link: link.replace("_0.jpeg", "_1.jpeg"),
        lambda link: link.replace("_0.jpeg", "_0.png"),
        lambda link: link.replace("signature=", "sig="),
    ],
)
def test_a_link_that_was_changed_is_refused(link: str, change: object) -> None:
    assert callable(change)
    assert_error(_get(change(link)), 403, "AccessDenied")


def test_an_expired_link_is_refused(server: RunningServer, link: str) -> None:
    name = urlsplit(link).path.rpartition("/")[2]
    query = server.service.signer.sign(name, time.time() - 86400 - 1)
    assert_error(_get(f"{server.base_url}/files/{name}?{query}"), 403, "AccessDenied")


@pytest.mark.parametrize(
    "path",
    ["../signing.key", "..%2fsigning.key", "%2e%2e/api_key.sha256", "a/b", "%00", "02.jpeg", "/etc/passwd"],
)
def test_a_path_that_names_no_picture_is_refused(server: RunningServer, path: str) -> None:
    answer = httpx.get(f"{server.base_url}/files/{path}", trust_env=False)
    assert answer.status_code in (403, 404)
    assert answer.json()["error"]["code"] in ("AccessDenied", "NotFound")


def test_a_signed_link_to_a_swept_picture_is_not_found() -> None:
    with running_server() as server:
        link = _make_picture(server)
        name = urlsplit(link).path.rpartition("/")[2]
        file = next((server.service.settings.data_dir / "pictures").rglob(name))
        file.unlink()
        assert_error(_get(link), 404, "NotFound")
