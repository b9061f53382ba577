"""A server whose pictures lie in a bucket: what its clients get, also while the bucket is away."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest

from limner.api.files import CHUNK_BYTES
from limner.testing import RunningServer, running_server

if TYPE_CHECKING:
    from tests.storage.conftest import S3Server

MODEL = "doubao-seedream-4-0-250828"
BOUND_S = 20.0


@contextmanager
def server_of(
    bucket: S3Server, tmp_path: Path, prefix: str, links: str = "store", fallback: str = "fail"
) -> Iterator[RunningServer]:
    """A server that keeps its pictures there."""
    chosen = bucket.settings(tmp_path, prefix)
    with running_server(
        storage_url=chosen.storage_url,
        storage_options=chosen.storage_options,
        storage_links=links,
        storage_fallback=fallback,
    ) as server:
        yield server


@pytest.fixture(scope="module")
def signing(s3_server: S3Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The links are the bucket's own."""
    with server_of(s3_server, tmp_path_factory.mktemp("a"), "signing") as server:
        yield server


@pytest.fixture(scope="module")
def serving(s3_server: S3Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The links are this server's."""
    with server_of(s3_server, tmp_path_factory.mktemp("b"), "serving", links="limner") as server:
        yield server


def ask(server: RunningServer, **fields: object) -> httpx.Response:
    return httpx.post(
        f"{server.base_url}/v1/images/generations",
        json={"model": MODEL, "prompt": "a cat", "size": "1K"} | fields,
        headers={"Authorization": f"Bearer {server.api_key}"},
        trust_env=False,
        timeout=60,
    )


def link_of(server: RunningServer, **fields: object) -> str:
    return str(ask(server, **fields).raise_for_status().json()["data"][0]["url"])


def get(link: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(link, headers=named, trust_env=False)


def test_the_link_leads_to_the_bucket_itself(signing: RunningServer, s3_server: S3Server) -> None:
    link = link_of(signing)
    assert link.startswith(f"{s3_server.url}/pictures/signing/")
    answer = get(link)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.content[:2] == b"\xff\xd8"


@pytest.mark.parametrize("which", ["signing", "serving"])
def test_a_picture_can_be_edited_by_its_link_though_its_address_is_not_public(
    which: str, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue(which)
    first = link_of(server)
    edited = ask(server, prompt="make it winter", image=first)
    assert edited.status_code == 200
    stripped = ask(server, prompt="make it winter", image=first.partition("#")[0])
    assert stripped.status_code == (400 if which == "signing" else 200)


def test_base64_comes_from_the_picture_in_the_bucket(signing: RunningServer) -> None:
    answer = ask(signing, response_format="b64_json").json()["data"][0]
    assert base64.b64decode(answer["b64_json"])[:2] == b"\xff\xd8"


def test_our_own_link_reads_from_the_bucket(serving: RunningServer, s3_server: S3Server) -> None:
    link = link_of(serving)
    assert link.startswith(f"{serving.base_url}/files/")
    answer = get(link)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    name = urlsplit(link).path.rpartition("/")[2]
    assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    head = httpx.head(link, trust_env=False)
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(answer.content)))
    again = get(link, If_None_Match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_ranges_are_read_from_the_bucket(serving: RunningServer) -> None:
    link = link_of(serving)
    whole = get(link)
    size = len(whole.content)
    parts = {
        "bytes=10-19": slice(10, 20),
        "bytes=10-": slice(10, None),
        "bytes=-5": slice(size - 5, None),
        "bytes=-999999999": slice(0, None),
        "bytes=0-999999999": slice(0, None),
    }
    for header, part in parts.items():
        answer = get(link, Range=header)
        assert (answer.status_code, answer.content) == (206, whole.content[part]), header
        start, stop, _ = part.indices(size)
        assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{size}"
    assert get(link, Range=f"bytes={size}-").status_code == 416
    assert get(link, Range="bytes=5-2").status_code == 200
    assert get(link, Range="bytes=0-4", If_Range=whole.headers["etag"]).status_code == 206
    assert get(link, Range="bytes=0-4", If_Range='"another"').status_code == 200


@pytest.mark.parametrize("size", [CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES - 1])
def test_a_large_picture_comes_whole_though_it_is_read_in_chunks(serving: RunningServer, size: int) -> None:
    name = f"021757396757123{size:038x}_0.png"
    data = bytes(range(251)) * (size // 251 + 1)
    put = serving.service.storage.put(name, data[:size], "image/png")
    asyncio.run_coroutine_threadsafe(put, serving.loop).result(60)
    query = serving.service.signer.sign(name, time.time())
    assert get(f"{serving.base_url}/files/{name}?{query}").content == data[:size]


def test_while_the_bucket_is_away_answers_fail_in_the_envelope(
    own_s3_server: S3Server, tmp_path: Path
) -> None:
    with server_of(own_s3_server, tmp_path, "away", links="limner") as server:
        link = link_of(server)
        own_s3_server.stop()
        began = time.monotonic()
        refused = ask(server)
        assert refused.status_code in (500, 503)
        assert refused.json()["error"]["code"]
        unread = get(link)
        assert unread.status_code == 503
        assert unread.json()["error"]["code"] == "ServiceUnavailable"
        assert time.monotonic() - began < BOUND_S
        own_s3_server.start()
        assert get(link_of(server)).status_code == 200


def test_with_a_folder_to_fall_back_on_clients_notice_nothing(
    own_s3_server: S3Server, tmp_path: Path
) -> None:
    with server_of(own_s3_server, tmp_path, "", fallback="local") as server:
        own_s3_server.stop()
        link = link_of(server)
        assert link.startswith(f"{server.base_url}/files/")
        assert get(link).status_code == 200
        assert ask(server, prompt="make it winter", image=link).status_code == 200
