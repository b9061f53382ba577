"""A running server as a backend: where the key goes, and connections that break."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from PIL import Image

from limner.cli.failures import RemoteError
from limner.cli.outcomes import Wanted
from limner.mcp.backend import Accepted, Delivered, Kept, News, PictureId, Waiting
from limner.mcp.over_http import MAX_FILE_BYTES, ServerBackend, root_of
from limner.testing import RunningServer, running_server

JOB = "02" + "1" * 51
KEY = "lim-a-secret"
WANTED = Wanted("a fox", "doubao-seedream-5-0-260128")


@dataclass
class Scripted:
    """A server that answers with what stands for a path, and keeps what it was asked."""

    answers: dict[str, list[bytes]]
    status: int = 200
    url: str = ""
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)


@contextmanager
def serving(script: Scripted) -> Iterator[Scripted]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            script.asked.append(
                (f"{self.command} {self.path}", self.headers["Authorization"], self.headers["Last-Event-ID"])
            )
            answers = script.answers.get(self.path, [b"{}"])
            content = answers.pop(0) if len(answers) > 1 else answers[0]
            self.send_response(script.status)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = _answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        script.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield script
        finally:
            server.shutdown()
            thread.join()


def frame(event_id: str, **data: object) -> bytes:
    return f"id: {event_id}\nevent: {data['type']}\ndata: {json.dumps(data)}\n\n".encode()


async def news_of(backend: ServerBackend) -> list[News]:
    return [news async for news in backend.make(WANTED)]


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/", "/api/v3"])
async def test_the_address_may_be_that_of_either_api(server: RunningServer, end: str) -> None:
    assert root_of(server.base_url + end) == server.base_url
    async with ServerBackend(server.base_url + end, server.api_key) as backend:
        assert len(await backend.models()) == 5


async def test_events_go_on_where_they_were_cut_off() -> None:
    events = f"/v1/images/jobs/{JOB}/events"
    first = frame("0.1", type="job.queued", position=2) + frame("1", type="job.picture", image_index=0)
    second = frame("2", type="job.picture", image_index=1) + frame("3", type="job.done")
    answers = {"/v1/images/generations": [json.dumps({"id": JOB}).encode()], events: [first, second]}
    with serving(Scripted(answers)) as script:
        async with ServerBackend(script.url, KEY) as backend:
            news = await news_of(backend)
    assert news[1:] == [Waiting(2), Delivered(0), Delivered(1)]
    assert [last_id for path, _, last_id in script.asked if path == f"GET {events}"] == [None, "1"]
    assert not any(path.startswith("DELETE") for path, _, _ in script.asked)


async def test_a_job_that_is_given_up_is_cancelled() -> None:
    events = f"/v1/images/jobs/{JOB}/events"
    answers = {
        "/v1/images/generations": [json.dumps({"id": JOB}).encode()],
        events: [frame("1", type="job.picture", image_index=0)],
    }
    with serving(Scripted(answers)) as script:
        async with ServerBackend(script.url, KEY) as backend:
            making = backend.make(WANTED)
            await anext(making)
            await anext(making)
            await making.aclose()
    assert script.asked[-1][0] == f"DELETE /v1/images/jobs/{JOB}"


async def test_a_failure_of_the_job_is_raised_as_the_server_said_it() -> None:
    error = {"code": "DeadlineExceeded", "message": "too late"}
    answers = {
        "/v1/images/generations": [json.dumps({"id": JOB}).encode()],
        f"/v1/images/jobs/{JOB}/events": [frame("1", type="job.failed", error=error)],
    }
    with serving(Scripted(answers)) as script:
        async with ServerBackend(script.url, KEY) as backend:
            with pytest.raises(RemoteError, match="too late") as failed:
                await news_of(backend)
    assert failed.value.code == "DeadlineExceeded"


async def test_the_key_is_not_sent_to_where_a_picture_lies() -> None:
    with serving(Scripted({"/x.jpeg": [b"a picture"]})) as script:
        async with ServerBackend("http://127.0.0.1:9", KEY) as backend:
            link = f"{script.url}/x.jpeg"
            kept = Kept(PictureId(JOB, 0), link, link, "1x1", 1, "image/jpeg")
            assert await backend.read(kept) == b"a picture"
    assert script.asked == [("GET /x.jpeg", None, None)]


async def test_a_file_without_an_end_is_not_read_to_its_end() -> None:
    with serving(
        Scripted({"/x.jpeg": [bytes(MAX_FILE_BYTES + 1)], "/y.jpeg": [bytes(MAX_FILE_BYTES)]})
    ) as script:
        async with ServerBackend(script.url, KEY) as backend:
            over, within = (
                Kept(PictureId(JOB, 0), f"{script.url}/{name}.jpeg", "", "1x1", 1, "image/jpeg")
                for name in "xy"
            )
            assert len(await backend.read(within)) == MAX_FILE_BYTES
            with pytest.raises(RemoteError, match="more than"):
                await backend.read(over)


async def test_no_server_is_said_with_its_address() -> None:
    async with ServerBackend("http://127.0.0.1:9", KEY) as backend:
        with pytest.raises(RemoteError, match=r"http://127\.0\.0\.1:9") as failed:
            await backend.models()
    assert failed.value.code == "ServerUnreachable"


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b"{}", b'{"data": [{"id": 1}]}', b'{"data": 1}'])
async def test_another_kind_of_server_is_said(answer: bytes) -> None:
    with serving(Scripted({"/v1/models": [answer]})) as script:
        async with ServerBackend(script.url, KEY) as backend:
            with pytest.raises(RemoteError, match="is this Limner") as failed:
                await backend.models()
    assert failed.value.code == "UnreadableAnswer"


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"error": 1}'])
async def test_a_refusal_without_a_reason_has_its_status(answer: bytes) -> None:
    with serving(Scripted({"/v1/models": [answer]}, status=502)) as script:
        async with ServerBackend(script.url, KEY) as backend:
            with pytest.raises(RemoteError) as failed:
                await backend.models()
    assert failed.value.code == "HTTP502"


async def test_a_picture_that_was_deleted_is_listed_no_longer() -> None:
    with running_server() as server:
        async with ServerBackend(server.base_url, server.api_key) as backend:
            first, *_ = await news_of(backend)
            assert isinstance(first, Accepted)
            (kept,) = await backend.find(first.job_id)
            assert Image.open(io.BytesIO(await backend.read(kept))).size == (2048, 2048)
            headers = {"Authorization": f"Bearer {server.api_key}"}
            httpx.delete(f"{server.base_url}/v1/images/{first.job_id}", headers=headers, trust_env=False)
            assert await backend.find(first.job_id) == ()
