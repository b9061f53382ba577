"""References: which sources are read, from where, and what a card makes of them."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from limner.catalog import load_catalog
from limner.errors import BadRequest, EmptyImage, InvalidImage, InvalidParameter
from limner.media.fetch import Fetcher
from limner.references import References, decode_base64
from limner.storage.local import LocalStorage
from limner.storage.signing import Signer

V4 = load_catalog().find("doubao-seedream-4-0-250828")
EDIT_3 = load_catalog().find("doubao-seededit-3-0-i2i-250628")
NAME = "02" + "1" * 13 + "a" * 38 + "_0.png"
TTL_S = 3600


def picture(width: int = 32, height: int = 24, format: str = "png") -> bytes:
    pixels = np.full((height, width, 3), 90, np.uint8)
    return cv2.imencode("." + format, pixels)[1].tobytes()


def data_uri(data: bytes, format: str = "png") -> str:
    return f"data:image/{format};base64,{base64.b64encode(data).decode()}"


@dataclass(frozen=True)
class World:
    references: References
    storage: LocalStorage
    signer: Signer

    def link(
        self, name: str = NAME, now: float | None = None, host: str = "https://elsewhere.example"
    ) -> str:
        return f"{host}/files/{name}?{self.signer.sign(name, time.time() if now is None else now)}"

    async def refusal(self, source: str | bytes) -> BadRequest:
        with pytest.raises(BadRequest) as error:
            await self.references.fetch((source,), V4)
        assert error.value.param == "image"
        return error.value


@asynccontextmanager
async def world(folder: Path) -> AsyncIterator[World]:
    """Storage, links and a fetcher that may reach public hosts only, so that nothing here opens a socket."""
    storage, signer = LocalStorage(folder / "pictures"), Signer(b"k" * 32, TTL_S)
    references = References(storage, signer, Fetcher())
    try:
        yield World(references, storage, signer)
    finally:
        await references.close()


async def test_uploads_data_uris_and_own_links_arrive_in_order(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.storage.put(NAME, picture(60, 20), "image/png")
        sources = (picture(40, 20, "jpg"), data_uri(picture(50, 20)), here.link())
        found = await here.references.fetch(sources, V4)
    assert [(r.format, r.width, r.height) for r in found] == [
        ("jpeg", 40, 20),
        ("png", 50, 20),
        ("png", 60, 20),
    ]
    assert found[2].data == picture(60, 20)


async def test_no_sources_are_no_references(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        assert await here.references.fetch((), V4) == ()


@pytest.mark.parametrize("host", ["http://127.0.0.1:8000", "http://10.0.0.1", "https://limner.example"])
async def test_an_own_link_is_read_from_storage_on_whatever_host(tmp_path: Path, host: str) -> None:
    async with world(tmp_path) as here:
        await here.storage.put(NAME, picture(), "image/png")
        [found] = await here.references.fetch((here.link(host=host),), V4)
    assert found.data == picture()


async def test_a_link_that_is_tampered_with_or_expired_is_a_foreign_url(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.storage.put(NAME, picture(), "image/png")
        home = "http://127.0.0.1:9"
        for link in (
            here.link(host=home)[:-1] + "x",
            here.link(host=home, now=time.time() - TTL_S - 5),
            f"{home}/files/{NAME}",
        ):
            error = await here.refusal(link)
            assert isinstance(error, InvalidParameter) and "invalid url specified" in error.message


async def test_an_own_link_to_a_picture_that_is_gone_is_refused(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        error = await here.refusal(here.link())
    assert isinstance(error, InvalidParameter) and "invalid url specified" in error.message


@pytest.mark.parametrize(
    "source",
    [
        "asset://1",
        "file:///etc/passwd",
        "ftp://pictures.example/1.png",
        "/etc/passwd",
        "image-1",
        base64.b64encode(picture()).decode(),
        "data:text/plain;base64,aGk=",
        "data:image/PNG;base64,aGk=",
        "data:image/png,aGk=",
        "http://127.0.0.1:9/1.png",
        "http://[::1]:9/1.png",
        "http://169.254.169.254/latest",
        "http://",
        "https://\ud83d.example/1.png",
    ],
)
async def test_any_other_source_is_an_invalid_url(tmp_path: Path, source: str) -> None:
    async with world(tmp_path) as here:
        error = await here.refusal(source)
    assert type(error) is InvalidParameter
    assert error.message == (
        "The parameter `image` specified in the request is not valid: invalid url specified."
    )


@pytest.mark.parametrize("source", ["", " \n", b"", "data:image/png;base64,"])
async def test_an_empty_source_is_an_empty_image(tmp_path: Path, source: str | bytes) -> None:
    async with world(tmp_path) as here:
        assert isinstance(await here.refusal(source), EmptyImage)


@pytest.mark.parametrize(
    "source",
    [
        "data:image/png;base64,!!!!",
        "data:image/png;base64,aGk",
        "data:image/png;base64,图片",
        "data:image/png;base64,\ud83d\ud83d",
        data_uri(picture())[:60],
        data_uri(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg+xml"),
        data_uri(b"%PDF-1.7"),
        b"PK\x03\x04" + bytes(60),
        picture()[:20],
    ],
)
async def test_what_is_no_picture_is_an_invalid_image(tmp_path: Path, source: str | bytes) -> None:
    async with world(tmp_path) as here:
        assert isinstance(await here.refusal(source), InvalidImage)


async def test_the_format_is_judged_by_the_bytes_and_not_by_what_the_uri_says(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        [found] = await here.references.fetch((data_uri(picture(format="jpg"), "png"),), V4)
    assert found.format == "jpeg"


async def test_the_limits_of_the_card_hold_for_every_reference(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.references.fetch((picture(15, 15), picture(240, 15)), V4)
        for bad in (picture(14, 30), picture(241, 15)):
            with pytest.raises(InvalidParameter):
                await here.references.fetch((picture(), bad), V4)
        with pytest.raises(InvalidImage, match="webp is not among"):
            await here.references.fetch((picture(format="webp"),), EDIT_3)


@pytest.mark.parametrize("over", [0, 1])
async def test_a_file_of_as_many_bytes_as_the_card_takes_and_one_more(tmp_path: Path, over: int) -> None:
    assert EDIT_3.references is not None
    data = picture(format="jpg")
    data += bytes(EDIT_3.references.max_bytes + over - len(data))
    async with world(tmp_path) as here:
        for source in (data, data_uri(data)):
            if over:
                with pytest.raises(InvalidParameter, match="exceeds 10 MB"):
                    await here.references.fetch((source,), EDIT_3)
            else:
                [found] = await here.references.fetch((source,), EDIT_3)
                assert len(found.data) == EDIT_3.references.max_bytes


class Stalled(Fetcher):
    """A fetcher whose hosts never answer."""

    def __init__(self) -> None:
        super().__init__()
        self.given_up: list[str] = []
        self.asked = asyncio.Event()

    async def fetch(self, url: str, *, max_bytes: int) -> bytes:
        self.asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.given_up.append(url)
        raise AssertionError("unreachable")


@pytest.mark.parametrize("bad", [b"no picture", None])
async def test_when_one_reference_fails_or_the_client_leaves_the_others_are_given_up(
    tmp_path: Path, bad: bytes | None
) -> None:
    fetcher = Stalled()
    references = References(LocalStorage(tmp_path), Signer(b"k" * 32, TTL_S), fetcher)
    sources: tuple[str | bytes, ...] = ("https://a.example/1", "https://a.example/2")
    async with asyncio.timeout(10):
        if bad is not None:
            with pytest.raises(InvalidImage):
                await references.fetch((*sources, bad), V4)
            await asyncio.sleep(0)
        else:
            fetching = asyncio.create_task(references.fetch(sources, V4))
            await fetcher.asked.wait()
            fetching.cancel()
            with pytest.raises(asyncio.CancelledError):
                await fetching
    assert fetcher.given_up == list(sources)


@pytest.mark.parametrize("length", [0, 1, 2, 3, 4])
def test_base64_of_every_padding_is_read(length: int) -> None:
    data = bytes(range(length))
    encoded = base64.b64encode(data)
    assert decode_base64(encoded.decode()) == decode_base64(memoryview(encoded)) == data


async def test_base64_that_is_far_too_long_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    """It is no base64 at all, and that is not what the error says."""
    async with world(tmp_path) as here:
        refusal = await here.refusal("data:image/png;base64," + "!" * (42 << 20))
    assert "exceeds 30 MB" in refusal.message
