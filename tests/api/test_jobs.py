"""Jobs over HTTP: every way of reading one tells the same, and its owner alone may read or cancel it."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from limner.conformance.expect import assert_error
from limner.engines.fake import FakeEngine
from limner.testing import RunningServer, running_server
from limner.types import Encoded, Event, ImageRequest, Preview, Progress, Reference

Connect = Callable[[RunningServer], httpx.Client]
Held = tuple[RunningServer, FakeEngine, Callable[[], None]]
Hold = Callable[..., AbstractContextManager[Held]]
Served = Callable[[RunningServer, FakeEngine, int], None]
Billed = Callable[[RunningServer], tuple[int, int]]
MODEL = "doubao-seedream-4-0-250828"
PATH = "/v1/images/generations"
JOBS = "/v1/images/jobs"
BODY = {"model": MODEL, "prompt": "a cat", "size": "1280x720", "watermark": False}
SERIES = BODY | {
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 3},
}
B64 = BODY | {"response_format": "b64_json"}
ASYNC = {"Prefer": "respond-async"}
UNKNOWN = "02" + "1" * 13 + "a" * 38
FINAL = ("job.done", "job.failed", "job.cancelled")


@dataclass(frozen=True)
class Frame:
    """One server-sent event."""

    name: str
    id: str | None
    data: dict[str, Any]


def frames_of(lines: Iterator[str]) -> Iterator[Frame]:
    """Server-sent events as they come."""
    fields: dict[str, str] = {}
    for line in lines:
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value
        elif fields:
            if fields["data"] != "[DONE]":
                yield Frame(fields["event"], fields.get("id"), json.loads(fields["data"]))
            fields = {}


def follow(client: httpx.Client, job_id: str, after: str | None = None) -> list[Frame]:
    """All events of a job, up to its end."""
    headers = {} if after is None else {"Last-Event-ID": after}
    answer = client.get(f"{JOBS}/{job_id}/events", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    return list(frames_of(iter(answer.text.split("\n"))))


def unsigned(text: str) -> str:
    """The same with the queries of links cut off."""
    return re.sub(r"(/files/[0-9a-z_.]+)\?[^\"]*", r"\1", text)


def start(client: httpx.Client, body: dict[str, Any], **headers: str) -> str:
    """The id of a new asynchronous job."""
    answer = client.post(PATH, json=body, headers=ASYNC | headers)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def wait(client: httpx.Client, job_id: str) -> dict[str, Any]:
    """The job once it has ended."""
    assert follow(client, job_id)[-1].name in FINAL
    job: dict[str, Any] = client.get(f"{JOBS}/{job_id}").json()
    return job


# The same in every way


@pytest.mark.parametrize("script", ["", "refuse=2", "fail=2", "refuse=1"])
@pytest.mark.parametrize("delivery", ["url", "b64_json"])
def test_the_result_of_a_job_is_the_very_body_of_the_plain_answer(
    client: httpx.Client, delivery: str, script: str
) -> None:
    body = SERIES | {"response_format": delivery}
    plain = client.post(PATH, json=body, headers={"X-Limner-Fake": script})
    assert plain.status_code == 200
    job = client.get(f"{JOBS}/{plain.headers['x-limner-job-id']}")
    assert job.headers["cache-control"] == "no-store"
    assert unsigned(job.text).endswith(f',"result":{unsigned(plain.text)}}}')
    assert job.json()["state"] == "done"


@pytest.mark.parametrize(("script", "status"), [("refuse=1", 400), ("fail=1", 500), ("429", 429)])
def test_the_error_of_a_job_is_the_very_error_of_the_plain_answer(
    client: httpx.Client, script: str, status: int
) -> None:
    plain = client.post(PATH, json=BODY, headers={"X-Limner-Fake": script})
    assert plain.status_code == status
    job = client.get(f"{JOBS}/{plain.headers['x-request-id']}").json()
    assert job["error"] == plain.json()["error"]
    assert "result" not in job


def test_a_stream_and_its_job_tell_the_same(client: httpx.Client) -> None:
    with client.stream(
        "POST", PATH, json=SERIES | {"stream": True}, headers={"X-Limner-Fake": "refuse=2"}
    ) as stream:
        frames = list(frames_of(stream.iter_lines()))
        job_id = stream.headers["x-limner-job-id"]
    result = client.get(f"{JOBS}/{job_id}").json()["result"]
    told = [frame.data for frame in frames if frame.name.startswith("image_generation.partial_")]
    shown = ("url", "size", "seed", "error")
    assert [{name: each[name] for name in shown if name in each} for each in map(_unsigned, told)] == [
        {name: each[name] for name in shown if name in each} for each in map(_unsigned, result["data"])
    ]
    assert (frames[-1].data["usage"], frames[-1].data["created"]) == (result["usage"], result["created"])


def _unsigned(data: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(unsigned(json.dumps(data)))
    return fields


@pytest.mark.parametrize("delivery", ["url", "b64_json"])
def test_the_events_of_a_job_and_its_result_tell_the_same(client: httpx.Client, delivery: str) -> None:
    job_id = start(client, SERIES | {"response_format": delivery}, **{"X-Limner-Fake": "refuse=2"})
    frames = follow(client, job_id)
    result = client.get(f"{JOBS}/{job_id}").json()["result"]
    assert _unsigned(frames[-1].data["result"]) == _unsigned(result)
    pictures = [frame for frame in frames if frame.name in ("job.picture", "job.picture_failed")]
    assert [frame.name for frame in pictures] == ["job.picture", "job.picture_failed", "job.picture"]
    for frame, picture in zip(pictures, result["data"], strict=True):
        assert picture.keys() <= frame.data.keys()
        assert _unsigned(picture).items() <= _unsigned(frame.data).items()


def test_a_plain_job_has_events_too(client: httpx.Client) -> None:
    plain = client.post(PATH, json=BODY)
    frames = follow(client, plain.headers["x-limner-job-id"])
    assert [frame.name for frame in frames if frame.id in ("1", "2")] == ["job.picture", "job.done"]


def test_pictures_in_base64_are_those_that_the_links_lead_to(client: httpx.Client) -> None:
    jobs = [wait(client, start(client, BODY | {"response_format": way})) for way in ("url", "b64_json")]
    file = client.get(jobs[0]["result"]["data"][0]["url"]).content
    assert base64.b64decode(jobs[1]["result"]["data"][0]["b64_json"]) == file


# Asked for and not waited for


def test_who_asks_for_it_is_told_at_once_where_the_job_is(
    connect: Connect, hold: Hold, until_served: Served
) -> None:
    with hold() as (server, engine, go):
        client = connect(server)
        answer = client.post(PATH, json=BODY | {"made_up": 1}, headers=ASYNC)
        job = answer.json()
        assert answer.status_code == 202
        assert answer.headers["location"] == f"{JOBS}/{job['id']}"
        assert answer.headers["preference-applied"] == "respond-async"
        assert answer.headers["x-limner-job-id"] == answer.headers["x-request-id"] == job["id"]
        assert answer.headers["x-limner-ignored"] == "made_up"
        assert (job["object"], job["model"], job["pictures_total"]) == ("image.job", MODEL, 1)
        assert job["state"] in ("queued", "running")
        until_served(server, engine, 1)
        running = client.get(answer.headers["location"]).json()
        assert (running["state"], running["progress"]) == ("running", 0)
        assert "result" not in running and "position" not in running
        go()
        done = wait(client, job["id"])
        assert (done["state"], done["progress"], done["pictures_done"]) == ("done", 1, 1)


def test_who_is_ready_to_wait_gets_the_answer_itself_if_it_comes_in_time(client: httpx.Client) -> None:
    answer = client.post(PATH, json=BODY, headers={"Prefer": "respond-async, wait=20"})
    assert (answer.status_code, len(answer.json()["data"])) == (200, 1)


def test_who_is_ready_to_wait_gets_the_address_if_it_does_not_come_in_time(
    connect: Connect, hold: Hold
) -> None:
    with hold() as (server, _, go):
        client = connect(server)
        answer = client.post(PATH, json=BODY, headers=[("Prefer", "wait=1"), ("Prefer", "Respond-Async")])
        assert answer.status_code == 202
        go()
        assert wait(client, answer.json()["id"])["state"] == "done"


@pytest.mark.parametrize("prefer", ["wait=5", "return=minimal", "", "handling=lenient, foo; bar"])
def test_other_preferences_change_nothing(client: httpx.Client, prefer: str) -> None:
    answer = client.post(PATH, json=BODY, headers={"Prefer": prefer})
    assert (answer.status_code, "preference-applied" in answer.headers) == (200, False)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (BODY | {"size": "1x1"}, 400, "InvalidParameter"),
        (BODY | {"model": "no-model"}, 404, "InvalidEndpointOrModel.NotFound"),
        ({"model": MODEL}, 400, "MissingParameter"),
        (BODY | {"webhook_url": "http://127.0.0.1/x"}, 400, "InvalidParameter"),
        (BODY | {"image": "data:image/png;base64,%%%"}, 400, "InvalidImageURL.InvalidFormat"),
    ],
)
def test_what_is_refused_at_once_is_a_plain_error_although_nobody_would_wait(
    client: httpx.Client, body: dict[str, Any], status: int, code: str
) -> None:
    assert_error(client.post(PATH, json=body, headers=ASYNC), status, code)


def test_a_refusal_leaves_no_job_behind(connect: Connect, billed: Billed) -> None:
    with running_server() as server:
        client = connect(server)
        refused = client.post(PATH, json=BODY | {"size": "1x1"}, headers=ASYNC).headers["x-request-id"]
        assert client.get(f"{JOBS}/{refused}").status_code == 404
        assert client.get(f"/v1/images/{refused}").status_code == 404
        assert client.get(JOBS).json()["data"] == []
        assert billed(server) == (1, 0)


def test_a_job_whose_reference_is_no_good_fails(client: httpx.Client) -> None:
    job = wait(client, start(client, BODY | {"image": "ftp://host/x.png"}))
    assert (job["state"], job["error"]["code"]) == ("failed", "InvalidParameter")
    assert job["error"]["message"].endswith(f"Request id: {job['id']}")


def test_a_job_in_the_queue_says_how_many_come_first_and_moves_up(
    connect: Connect, hold: Hold, until_served: Served
) -> None:
    with hold(max_in_flight=1, in_steps=True) as (server, engine, go):
        client = connect(server)
        first, second, third = (start(client, BODY) for _ in range(3))
        until_served(server, engine, 1)
        assert [_position(client, each) for each in (first, second, third)] == [None, 1, 2]
        with client.stream("GET", f"{JOBS}/{third}/events") as stream:
            frames = frames_of(stream.iter_lines())
            assert next(frames).data["position"] == 2
            go()
            moved = next(frame for frame in frames if frame.name == "job.queued")
            assert moved.data["position"] == 1
            assert _position(client, third) == 1
            go()
            go()
            assert [frame.name for frame in frames][-1] == "job.done"


def _position(client: httpx.Client, job_id: str) -> int | None:
    position: int | None = client.get(f"{JOBS}/{job_id}").json().get("position")
    return position


# Events


def test_a_reader_who_was_cut_off_goes_on_where_it_was(client: httpx.Client) -> None:
    job_id = start(client, SERIES)
    frames = follow(client, job_id)
    assert [frame.id for frame in frames if frame.name == "job.picture"] == ["1", "2", "3"]
    assert frames[-1].id == "4"
    again = follow(client, job_id)
    for number, frame in enumerate(again):
        rest = follow(client, job_id, after=frame.id)
        assert [(each.name, each.id) for each in rest] == [
            (each.name, each.id) for each in again[number + 1 :]
        ]


def test_a_reader_who_comes_in_the_middle_gets_what_was_and_what_comes(connect: Connect, hold: Hold) -> None:
    with hold(in_steps=True) as (server, _, go):
        client = connect(server)
        job_id = start(client, SERIES)
        with client.stream("GET", f"{JOBS}/{job_id}/events") as stream:
            frames = frames_of(stream.iter_lines())
            go()
            seen = next(frame for frame in frames if frame.name == "job.picture")
        half = client.get(f"{JOBS}/{job_id}").json()
        assert (half["state"], half["pictures_done"]) == ("running", 1)
        assert half["progress"] == pytest.approx(1 / 3, abs=0.001)
        with client.stream("GET", f"{JOBS}/{job_id}/events", headers={"Last-Event-ID": "1"}) as stream:
            go()
            go()
            rest = list(frames_of(stream.iter_lines()))
    assert seen.data["image_index"] == 0
    assert [frame.data["image_index"] for frame in rest if frame.name == "job.picture"] == [1, 2]
    assert rest[-1].name == "job.done"


def test_progress_is_told_in_steps_and_ids_sort_by_number(client: httpx.Client) -> None:
    job_id = start(client, SERIES)
    live = follow(client, job_id)
    for frame in live:
        assert frame.data["job_id"] == job_id and frame.data["type"] == frame.name
    positions = [tuple(int(part) for part in (frame.id or "").split(".")) for frame in live]
    assert positions == sorted(positions) and len(set(positions)) == len(positions)


class Previewing(FakeEngine):
    """Shows an unfinished look at each picture, and how far it is."""

    async def generate(
        self, request: ImageRequest, references: Sequence[Reference]
    ) -> AsyncGenerator[Event, None]:
        async for event in super().generate(request, references):
            if isinstance(event, Progress):
                yield Progress(event.index, 1, 4)
                yield Preview(event.index, 0, Encoded(b"look", "image/jpeg", 64, 36))
            else:
                yield event


def test_progress_and_previews_are_events_while_the_job_runs(connect: Connect) -> None:
    steps = asyncio.Semaphore(0)
    with running_server(engines={"fake": Previewing(steps=steps)}) as server:
        client = connect(server)
        job_id = start(client, BODY)
        with client.stream("GET", f"{JOBS}/{job_id}/events") as stream:
            frames = []
            for frame in frames_of(stream.iter_lines()):
                frames.append(frame)
                if frame.name == "job.progress":
                    assert client.get(f"{JOBS}/{job_id}").json()["progress"] == 0.25
                    server.loop.call_soon_threadsafe(steps.release)
    assert [frame.name for frame in frames] == [
        "job.queued",
        "job.fetched",
        "job.started",
        "job.progress",
        "job.preview",
        "job.picture",
        "job.done",
    ]
    assert [frame.id for frame in frames] == ["0.1", "0.2", "0.3", "0.4", "0.5", "1", "2"]
    by_name = {frame.name: frame.data for frame in frames}
    assert by_name["job.fetched"]["size"] == "1280x720"
    assert by_name["job.progress"].items() >= {"image_index": 0, "steps_done": 1, "steps_total": 4}.items()
    assert by_name["job.preview"].items() >= {"b64_json": "bG9vaw==", "size": "64x36"}.items()


@pytest.mark.parametrize("event_id", ["x", "1.2.3", "-1", "1234567", "1." + "9" * 10])
def test_an_event_id_that_we_never_gave_is_refused(client: httpx.Client, event_id: str) -> None:
    job_id = start(client, BODY)
    answer = client.get(f"{JOBS}/{job_id}/events", headers={"Last-Event-ID": event_id})
    assert_error(answer, 400, "InvalidParameter", "Last-Event-ID")


def test_events_go_on_after_a_restart_of_the_server(
    connect: Connect, tmp_path: Path, hold: Hold, billed: Billed
) -> None:
    with hold(in_steps=True, data_dir=tmp_path) as (server, _, go):
        client = connect(server)
        job_id = start(client, SERIES | {"response_format": "b64_json"})
        with client.stream("GET", f"{JOBS}/{job_id}/events") as stream:
            frames = frames_of(stream.iter_lines())
            go()
            first = next(frame for frame in frames if frame.name == "job.picture")
            server.call(server.service.stop(0))
            assert [frame.name for frame in frames if frame.name in FINAL] == []
    with running_server(data_dir=tmp_path) as server:
        client = connect(server)
        rest = follow(client, job_id, after=first.id)
        whole = follow(client, job_id)
        result = client.get(f"{JOBS}/{job_id}").json()["result"]
        assert billed(server) == (1, 3)
    assert [frame.data["image_index"] for frame in rest if frame.name == "job.picture"] == [1, 2]
    pictures = [frame for frame in whole if frame.name == "job.picture"]
    assert [frame.id for frame in pictures] == ["1", "2", "3"]
    assert pictures[0].data["b64_json"] == first.data["b64_json"] == result["data"][0]["b64_json"]
    assert (rest[-1].name, rest[-1].id) == ("job.done", "4")


# Cancelling


def test_a_job_in_the_queue_is_cancelled_and_never_reaches_the_engine(
    connect: Connect, hold: Hold, until_served: Served, billed: Billed
) -> None:
    with hold(max_in_flight=1) as (server, engine, go):
        client = connect(server)
        running, queued = start(client, BODY), start(client, BODY)
        until_served(server, engine, 1)
        assert client.delete(f"{JOBS}/{queued}").json()["state"] == "cancelled"
        go()
        assert wait(client, running)["state"] == "done"
        assert len(engine.requests) == 1
        job = wait(client, queued)
        assert (job["state"], job["error"]["code"]) == ("cancelled", "JobCancelled")
        assert billed(server) == (2, 1)


def test_a_running_job_is_cancelled_and_what_was_stored_stays_and_is_billed(
    connect: Connect, hold: Hold, billed: Billed
) -> None:
    with hold(in_steps=True) as (server, engine, go):
        client = connect(server)
        job_id = start(client, SERIES)
        go()
        with client.stream("GET", f"{JOBS}/{job_id}/events") as stream:
            frames = frames_of(stream.iter_lines())
            next(frame for frame in frames if frame.name == "job.picture")
            cancelled = client.delete(f"{JOBS}/{job_id}")
            assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
            assert [frame.name for frame in frames][-1] == "job.cancelled"
        assert engine.closed_early == 1
        [picture] = client.get(f"/v1/images/{job_id}").json()["data"]
        assert client.get(picture["url"]).status_code == 200
        assert billed(server) == (1, 1)
        assert client.delete(f"{JOBS}/{job_id}").json()["state"] == "cancelled"


def test_who_waits_for_a_cancelled_job_is_told_so(connect: Connect, hold: Hold, billed: Billed) -> None:
    with hold() as (server, engine, _):
        client = connect(server)

        async def cancel() -> None:
            while not engine.requests:
                await asyncio.sleep(0.001)
            [job] = server.service.jobs.values()
            await server.service.cancel(job)

        cancelling = asyncio.run_coroutine_threadsafe(cancel(), server.loop)
        assert_error(client.post(PATH, json=BODY), 400, "JobCancelled")
        cancelling.result(20)
        assert billed(server) == (1, 0)


def test_cancelling_what_has_ended_changes_nothing(client: httpx.Client) -> None:
    job_id = start(client, BODY)
    assert wait(client, job_id)["state"] == "done"
    assert client.delete(f"{JOBS}/{job_id}").json()["state"] == "done"
    assert wait(client, job_id)["state"] == "done"


# The list


def test_own_jobs_are_listed_the_newest_first_in_pages(connect: Connect) -> None:
    with running_server() as server:
        client = connect(server)
        ids = [client.post(PATH, json=BODY).headers["x-limner-job-id"] for _ in range(5)]
        ids.sort(reverse=True)
        seen: list[str] = []
        after: dict[str, str] = {}
        pages = []
        while True:
            page = client.get(JOBS, params={"limit": 2, **after}).json()
            seen += [job["id"] for job in page["data"]]
            pages.append((len(page["data"]), page["has_more"]))
            if not page["has_more"]:
                break
            after = {"after": seen[-1]}
        assert seen == ids
        assert pages == [(2, True), (2, True), (1, False)]
        job = client.get(JOBS).json()["data"][0]
        assert (job["state"], job["pictures_total"], job["pictures_done"]) == ("done", 1, 1)
        assert job["prompt"] == "a cat"


def test_a_job_of_the_list_can_be_asked_for_again_with_its_own_request(client: httpx.Client) -> None:
    body = SERIES | {"seed": 7, "output_format": None, "prompt": "a cat " * 1000}
    job_id = client.post(PATH, json=body).headers["x-limner-job-id"]
    job = client.get(JOBS, params={"limit": 1}).json()["data"][0]
    assert (job["id"], job["references"]) == (job_id, 0)
    assert job["request"] == {name: value for name, value in body.items() if value is not None}
    assert client.get(f"{JOBS}/{job_id}").json()["request"] == job["request"]
    again = client.post(PATH, json=job["request"])
    assert again.status_code == 200
    assert len(again.json()["data"]) == 3


def test_of_references_the_list_keeps_links_and_counts_the_rest(client: httpx.Client) -> None:
    link = client.post(PATH, json=BODY).json()["data"][0]["url"]
    upload = "data:image/png;base64," + client.post(PATH, json=B64).json()["data"][0]["b64_json"]

    def listed(image: str | list[str]) -> tuple[int, object]:
        job_id = client.post(PATH, json=BODY | {"image": image}).headers["x-limner-job-id"]
        job = client.get(JOBS, params={"limit": 1}).json()["data"][0]
        alone = client.get(f"{JOBS}/{job_id}").json()
        assert (alone["request"], alone["references"]) == (job["request"], job["references"])
        return job["references"], job["request"].get("image")

    assert listed(link) == (1, link)
    assert listed([upload, link]) == (2, [link])
    assert listed(upload) == (1, None)


def test_the_list_tells_nobody_where_a_webhook_goes(client: httpx.Client) -> None:
    client.post(PATH, json=BODY | {"webhook_url": "https://example.com/secret"})
    listed = client.get(JOBS, params={"limit": 1})
    assert "webhook_url" not in listed.json()["data"][0]["request"]
    assert "secret" not in listed.text


def test_the_list_can_be_of_one_state(connect: Connect, hold: Hold, until_served: Served) -> None:
    with hold() as (server, engine, go):
        client = connect(server)
        held = start(client, BODY)
        failed = start(client, BODY | {"image": "ftp://x"})
        wait(client, failed)
        until_served(server, engine, 1)

        def listed(state: str) -> list[str]:
            return [job["id"] for job in client.get(JOBS, params={"state": state}).json()["data"]]

        assert (listed("failed"), listed("done")) == ([failed], [])
        assert listed("running") + listed("queued") == [held]
        error = client.get(JOBS, params={"state": "failed"}).json()["data"][0]["error"]
        assert error["code"] == "InvalidParameter"
        go()
        wait(client, held)
        assert listed("done") == [held]


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"state": "lost"}, {"limit": ""}]
)
def test_a_list_that_cannot_be_is_refused_by_name(client: httpx.Client, query: dict[str, str]) -> None:
    assert_error(client.get(JOBS, params=query), 400, "InvalidParameter", next(iter(query)))


def test_the_longest_page_has_a_hundred_jobs(client: httpx.Client) -> None:
    assert client.get(JOBS, params={"limit": 100}).status_code == 200


# Whose they are


def test_another_key_sees_nothing_of_a_job(connect: Connect, stranger: Connect) -> None:
    with running_server() as server, stranger(server) as other:
        client = connect(server)
        job_id = start(client, BODY)
        wait(client, job_id)
        for method, path in (
            ("GET", f"{JOBS}/{job_id}"),
            ("DELETE", f"{JOBS}/{job_id}"),
            ("GET", f"{JOBS}/{job_id}/events"),
            ("GET", f"/v1/images/{job_id}"),
            ("DELETE", f"/v1/images/{job_id}"),
        ):
            assert_error(other.request(method, path), 404, "NotFound")
        assert other.get(JOBS).json() == {"object": "list", "data": [], "has_more": False}
        assert wait(client, job_id)["state"] == "done"


def test_another_key_does_not_cancel_a_job_that_runs(connect: Connect, stranger: Connect, hold: Hold) -> None:
    with hold() as (server, _, go), stranger(server) as other:
        client = connect(server)
        job_id = start(client, BODY)
        assert_error(other.delete(f"{JOBS}/{job_id}"), 404, "NotFound")
        assert_error(other.get(f"{JOBS}/{job_id}/events"), 404, "NotFound")
        go()
        assert wait(client, job_id)["state"] == "done"


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", JOBS), ("GET", f"{JOBS}/{UNKNOWN}"), ("DELETE", f"{JOBS}/{UNKNOWN}"),
     ("GET", f"{JOBS}/{UNKNOWN}/events")],
)  # fmt: skip
def test_without_a_key_nothing_is_told(server: RunningServer, method: str, path: str) -> None:
    answer = httpx.request(method, server.base_url + path, trust_env=False)
    assert_error(answer, 401, "AuthenticationError")


@pytest.mark.parametrize("job_id", [UNKNOWN, "x", UNKNOWN[:-1], UNKNOWN.upper() + "g", "..%2f.."])
def test_a_job_that_is_not_there_is_not_found(client: httpx.Client, job_id: str) -> None:
    for path in (f"{JOBS}/{job_id}", f"{JOBS}/{job_id}/events"):
        assert_error(client.get(path), 404, "NotFound")


def test_what_is_not_offered_on_a_path_is_not_allowed(client: httpx.Client) -> None:
    for method, path in (("POST", JOBS), ("PUT", f"{JOBS}/{UNKNOWN}"), ("GET", PATH)):
        assert_error(client.request(method, path), 405, "MethodNotAllowed")
