"""Fetch: from what a client gave as an image to a Reference with checked header facts.

A source is an uploaded file, a data URI, one of our own signed links (read from storage, so that
generate-then-edit works on any host) or a public URL. Jobs that may outlive this process have theirs
kept in storage. Pixels are not decoded here.
"""

from __future__ import annotations

import asyncio
import binascii
import re
import time
from collections.abc import Iterable, Sequence

import pybase64

from limner.catalog import Card
from limner.checks import check_reference
from limner.errors import EmptyImage, InvalidImage, InvalidParameter, RouteNotFound
from limner.media.decode import probe
from limner.media.fetch import Fetcher
from limner.storage.base import Storage
from limner.storage.signing import Signer
from limner.types import Reference

INPUT_TYPE = "application/octet-stream"
_DATA_URI = re.compile(r"data:image/[a-z0-9.+-]+;base64,")


class References:
    """Brings references in, each within its card's limits."""

    def __init__(self, storage: Storage, signer: Signer, fetcher: Fetcher) -> None:
        self._storage = storage
        self._signer = signer
        self._fetcher = fetcher

    async def fetch(self, sources: tuple[str | bytes, ...], card: Card) -> tuple[Reference, ...]:
        """The references in order. Raises BadRequest errors that name `image`."""
        coming = [asyncio.ensure_future(self._one(source, card)) for source in sources]
        try:
            return tuple(await asyncio.gather(*coming))
        finally:
            for reference in coming:
                reference.cancel()

    async def keep(self, job_id: str, sources: tuple[str | bytes, ...]) -> None:
        """Put into storage what a job has to find again after a restart: pictures that are no links."""
        for number, source in enumerate(sources):
            if not is_link(source):
                data = source if isinstance(source, bytes) else decode_data_uri(source)
                await self._storage.put(input_name(job_id, number), data, INPUT_TYPE)

    async def kept(self, job_id: str, links: Sequence[str | None]) -> tuple[str | bytes, ...]:
        """The sources again, those that were kept in the place of each None."""
        return tuple(
            [
                link if link is not None else await self._storage.get(input_name(job_id, number))
                for number, link in enumerate(links)
            ]
        )

    async def forget(self, job_id: str, sources: tuple[str | bytes, ...]) -> None:
        """The job has ended."""
        for number, source in enumerate(sources):
            if not is_link(source):
                await self._storage.delete(input_name(job_id, number))

    async def close(self) -> None:
        await self._fetcher.close()

    async def _one(self, source: str | bytes, card: Card) -> Reference:
        assert card.references is not None
        data = await self._bytes(source, card.references.max_bytes)
        if not data:
            raise EmptyImage
        reference = await asyncio.to_thread(probe, data)
        check_reference(reference, card)
        return reference

    async def _bytes(self, source: str | bytes, max_bytes: int) -> bytes:
        if isinstance(source, bytes):
            return source
        if not source.strip():
            raise EmptyImage
        if source[:5].lower() == "data:":
            return decode_data_uri(source, max_bytes)
        if not source.lower().startswith(("http://", "https://")):
            raise InvalidParameter.named("image", "invalid url specified")
        name = self._signer.own_link(source, time.time())
        return await self._own(name) if name else await self._fetcher.fetch(source, max_bytes=max_bytes)

    async def _own(self, name: str) -> bytes:
        try:
            return await self._storage.get(name)
        except RouteNotFound as error:
            raise InvalidParameter.named("image", "invalid url specified") from error


def is_link(source: str | bytes) -> bool:
    """Whether a source says where a picture is, rather than being one."""
    return isinstance(source, str) and source[:5].lower() != "data:"


def input_name(job_id: str, number: int) -> str:
    """What reference number of a job is called in storage while the job may have to run again."""
    return f"{job_id}_in{number}.bin"


def decode_data_uri(uri: str, max_bytes: int | None = None) -> bytes:
    """The picture in a data URI, which may have so many bytes. Raises InvalidImage, InvalidParameter."""
    match = _DATA_URI.match(uri)
    if match is None:
        raise InvalidParameter.named("image", "invalid url specified")
    if max_bytes is not None and (len(uri) - match.end()) * 3 // 4 > max_bytes + 2:
        raise InvalidParameter.named("image", f"image size exceeds {max_bytes >> 20} MB")
    return decode_base64(uri[match.end() :])


def decode_pieces(pieces: Iterable[memoryview]) -> bytes:
    """The bytes of strict base64 that comes in pieces, cut anywhere. Raises InvalidImage."""
    decoded: list[bytes] = []
    rest = b""
    for piece in pieces:
        head = min(-len(rest) % 4, len(piece))
        rest += piece[:head]
        if len(rest) % 4:
            continue
        tail = len(piece) - (len(piece) - head) % 4
        decoded += [decode_base64(rest), decode_base64(piece[head:tail])]
        rest = bytes(piece[tail:])
    decoded.append(decode_base64(rest))
    full = [part for part in decoded if part]
    if any(len(part) % 3 for part in full[:-1]):
        raise InvalidImage  # padding before the end
    return b"".join(full)


def decode_base64(text: str | bytes | memoryview) -> bytes:
    """The bytes of strict base64, given as text or as its ASCII bytes. Raises InvalidImage."""
    try:
        return pybase64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidImage from error
