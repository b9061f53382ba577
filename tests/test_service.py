"""The service: one request through all its stages, as its job's log and its storage show it."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pybase64
import pytest

from limner.api.seedream import read_ask
from limner.assembly import make_service, open_service, running
from limner.config import load_settings
from limner.engines.fake import FakeEngine, Script
from limner.errors import (
    ConfigError,
    InternalError,
    InvalidParameter,
    MissingParameter,
    ModelNotFound,
    RequestError,
    RouteNotFound,
    SensitiveInputText,
    SensitiveOutputImage,
    ServerOverloaded,
    TooManyJobs,
)
from limner.jobs.events import (
    Cancelled,
    Done,
    Failed,
    Fetched,
    JobEvent,
    PictureRefused,
    PictureStored,
    Progressed,
    Queued,
    Started,
    Usage,
)
from limner.jobs.job import Job, Terms
from limner.keys import Key
from limner.lanes import lane_of
from limner.media.metadata import read_facts
from limner.safety import AllowAll, PictureVerdict, Policy, PromptVerdict
from limner.service import Service
from limner.types import Ask, Encoded, Event, ImageRequest, Picture, PictureFailed, Reference, Size

V3 = "doubao-seedream-3-0-t2i-250415"
V4 = "doubao-seedream-4-0-250828"
V45 = "doubao-seedream-4-5-251128"
EDIT_3 = "doubao-seededit-3-0-i2i-250628"
KEY = Key("tester")
ASK = Ask(model=V3, prompt="a cat", size="512x512", watermark=False)
SERIES = replace(ASK, model=V4, size="1280x720", series="auto", max_pictures=3)
SMALL = Size(512, 512)
DEADLINE_S = 20


def make(folder: Path, *, policy: Policy | None = None, engines: Any = None, **settings: Any) -> Service:
    values = {"data_dir": folder / "data", "api_key": "k", "engine": "fake", "worker_processes": 0}
    return make_service(
        load_settings({**values, **settings}, env={}),
        engines=engines or {"fake": FakeEngine()},
        policy=policy,
    )


@asynccontextmanager
async def world(
    folder: Path, engine: FakeEngine | None = None, policy: Policy | None = None, **settings: Any
) -> AsyncIterator[Service]:
    """A running service with a fake engine, in a folder of its own; a test that hangs fails."""
    service = make(folder, policy=policy, engines={"fake": engine or FakeEngine()}, **settings)
    async with asyncio.timeout(DEADLINE_S), running(service):
        yield service


async def log_of(job: Job) -> list[JobEvent]:
    return [event async for event in job.follow()]


async def ask(service: Service, wanted: Ask) -> list[JobEvent]:
    return await log_of(await service.submit(wanted, KEY))


def kinds(events: Sequence[JobEvent]) -> list[type[JobEvent]]:
    return [type(event) for event in events]


def outcomes(events: Sequence[JobEvent]) -> list[tuple[int, object]]:
    """What became of each picture: its index, and the type of its error, or of the event."""
    return [
        (event.index, type(event.error) if isinstance(event, PictureRefused) else PictureStored)
        for event in events
        if isinstance(event, PictureStored | PictureRefused)
    ]


async def until(job: Job, kind: type[JobEvent]) -> None:
    """Return when the log has an event of this kind."""
    async for event in job.follow():
        if isinstance(event, kind):
            return
    raise AssertionError(f"the job ended without {kind.__name__}: {job.events}")


async def test_the_log_of_a_request_tells_its_stages_in_order(tmp_path: Path) -> None:
    async with world(tmp_path) as service:
        job = await service.submit(replace(ASK, seed=7), KEY)
        events = await log_of(job)
    assert kinds(events) == [Queued, Fetched, Started, Progressed, PictureStored, Done]
    assert events[:2] == [Queued(0), Fetched(SMALL)]
    stored, done = events[-2:]
    assert isinstance(stored, PictureStored) and isinstance(done, Done)
    assert (stored.index, stored.seed, stored.size, stored.media_type) == (0, 7, SMALL, "image/jpeg")
    assert stored.name == f"{job.id}_0.jpeg"
    assert done.usage == Usage(1, SMALL.pixels)
    assert stored.at <= done.at
    assert {"fetch", "generate", "finish", "store"} <= set(job.stage_s)


async def test_the_request_id_may_come_from_the_caller_and_else_each_job_has_its_own(tmp_path: Path) -> None:
    given = "02" + "1" * 13 + "a" * 38
    async with world(tmp_path) as service:
        jobs = [await service.submit(ASK, KEY, given), *[await service.submit(ASK, KEY) for _ in range(2)]]
        for job in jobs:
            await log_of(job)
    assert jobs[0].id == given
    assert len({job.id for job in jobs}) == 3


async def test_a_picture_is_in_storage_before_anyone_is_told(tmp_path: Path) -> None:
    seen = 0
    async with world(tmp_path) as service:
        job = await service.submit(SERIES, KEY)
        async for event in job.follow():
            if isinstance(event, PictureStored):
                file = tmp_path / "data" / "pictures"
                assert [path for path in file.rglob("*") if path.name == event.name]
                assert (await service.storage.stat(event.name)).size_bytes > 0
                seen += 1
    assert seen == 3


async def test_the_stored_file_is_the_picture_and_says_how_it_was_made(tmp_path: Path) -> None:
    async with world(tmp_path) as service:
        job = await service.submit(replace(ASK, model=V4, size="1280x720", seed=9), KEY)
        stored = next(event for event in await log_of(job) if isinstance(event, PictureStored))
        data = await service.picture_bytes(job, stored)
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None and pixels.shape == (720, 1280, 3)
    facts = read_facts(data)
    assert facts is not None and facts.software.startswith("Limner ")
    assert (facts.model, facts.seed) == (V4, 9)


@pytest.mark.parametrize("delivery", ["url", "b64_json"])
async def test_the_bytes_of_a_picture_are_the_same_from_the_job_and_from_storage(
    tmp_path: Path, delivery: str
) -> None:
    async with world(tmp_path) as service:
        job = await service.submit(replace(ASK, delivery=delivery), KEY)
        stored = next(event for event in await log_of(job) if isinstance(event, PictureStored))
        assert await service.picture_bytes(job, stored) == await service.storage.get(stored.name)


async def test_only_a_picture_with_a_mark_has_one(tmp_path: Path) -> None:
    async with world(tmp_path, seed_default="prompt") as service:
        pictures = []
        for marked in (False, True):
            wanted = replace(ASK, model="doubao-seedream-5.0-lite", size="2560x1440", output_format="png")
            job = await service.submit(replace(wanted, watermark=marked), KEY)
            stored = next(event for event in await log_of(job) if isinstance(event, PictureStored))
            data = np.frombuffer(await service.picture_bytes(job, stored), np.uint8)
            pictures.append(cv2.imdecode(data, cv2.IMREAD_COLOR))
    plain, marked_picture = pictures
    assert plain is not None and marked_picture is not None
    rows, columns = np.nonzero((plain != marked_picture).any(axis=2))
    assert rows.size > 0
    assert rows.min() > 1440 * 0.8 and columns.min() > 2560 * 0.6


async def test_the_same_request_gives_the_same_file_when_seeds_come_from_prompts(tmp_path: Path) -> None:
    async with world(tmp_path, seed_default="prompt") as service:
        files = []
        for _ in range(2):
            job = await service.submit(ASK, KEY)
            stored = next(event for event in await log_of(job) if isinstance(event, PictureStored))
            files.append(await service.picture_bytes(job, stored))
    assert files[0] == files[1]


async def test_pictures_of_a_series_come_in_order_each_with_its_seed(tmp_path: Path) -> None:
    async with world(tmp_path) as service:
        events = await ask(service, replace(SERIES, seed=100))
    stored = [event for event in events if isinstance(event, PictureStored)]
    assert [(event.index, event.seed) for event in stored] == [(0, 100), (1, 101), (2, 102)]
    assert [event.name[-7:] for event in stored] == ["_0.jpeg", "_1.jpeg", "_2.jpeg"]
    assert isinstance(events[-1], Done) and events[-1].usage == Usage(3, 3 * 1280 * 720)


async def test_a_refused_picture_leaves_the_others_and_is_not_counted(tmp_path: Path) -> None:
    async with world(tmp_path, FakeEngine(Script(refuse=2))) as service:
        events = await ask(service, SERIES)
    assert outcomes(events) == [(0, PictureStored), (1, SensitiveOutputImage), (2, PictureStored)]
    assert isinstance(events[-1], Done) and events[-1].usage.generated_images == 2


async def test_a_picture_that_fails_inside_ends_the_series_and_closes_the_engine(tmp_path: Path) -> None:
    engine = FakeEngine(Script(fail=2))
    async with world(tmp_path, engine) as service:
        events = await ask(service, SERIES)
    assert outcomes(events) == [(0, PictureStored), (1, InternalError)]
    assert isinstance(events[-1], Done) and events[-1].usage.generated_images == 1
    assert engine.closed_early == 1


class FailsToStore:
    """Storage whose disk is full from some picture on."""

    def __init__(self, inner: Any, index: int) -> None:
        self.inner = inner
        self.index = index

    async def put(self, name: str, data: bytes, media_type: str) -> None:
        if f"_{self.index}." in name:
            raise InternalError
        await self.inner.put(name, data, media_type)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


async def test_a_picture_that_cannot_be_stored_is_not_delivered_and_ends_the_series(tmp_path: Path) -> None:
    async with world(tmp_path) as service:
        delivery = replace(service.making.delivery, storage=FailsToStore(service.storage, 1))
        service.making = replace(service.making, delivery=delivery)
        events = await ask(service, SERIES)
    assert outcomes(events) == [(0, PictureStored), (1, InternalError)]
    assert isinstance(events[-1], Done) and events[-1].usage.generated_images == 1


async def test_a_single_picture_that_is_refused_ends_in_done_with_nothing_delivered(tmp_path: Path) -> None:
    async with world(tmp_path, FakeEngine(Script(refuse=1))) as service:
        events = await ask(service, ASK)
        assert list((tmp_path / "data" / "pictures").rglob("*.*")) == []
    assert outcomes(events) == [(0, SensitiveOutputImage)]
    assert isinstance(events[-1], Done) and events[-1].usage == Usage()


@pytest.mark.parametrize(
    ("wanted", "error", "param"),
    [
        (replace(ASK, model=None), MissingParameter, "model"),
        (replace(ASK, model=""), MissingParameter, "model"),
        (replace(ASK, model="dall-e-3"), ModelNotFound, "model"),
        (replace(ASK, prompt=None), MissingParameter, "prompt"),
        (replace(ASK, size="1x1"), InvalidParameter, "size"),
    ],
)
async def test_what_check_refuses_never_becomes_a_job(
    tmp_path: Path, wanted: Ask, error: type[RequestError], param: str
) -> None:
    engine = FakeEngine()
    async with world(tmp_path, engine) as service:
        with pytest.raises(error) as refusal:
            await service.submit(wanted, KEY)
        assert service.jobs == {}
    assert refusal.value.param == param
    assert list(engine.requests) == []


async def test_a_reference_that_cannot_be_had_fails_the_job_before_the_engine_is_asked(
    tmp_path: Path,
) -> None:
    engine = FakeEngine()
    async with world(tmp_path, engine) as service:
        events = await ask(service, replace(SERIES, images=("asset://1",)))
    assert kinds(events) == [Queued, Failed]
    assert isinstance(events[-1], Failed) and events[-1].error.param == "image"
    assert list(engine.requests) == []


async def test_a_preset_is_settled_by_the_first_reference_before_the_engine_is_asked(tmp_path: Path) -> None:
    engine = FakeEngine()
    picture = cv2.imencode(".png", np.zeros((30, 45, 3), np.uint8))[1].tobytes()
    async with world(tmp_path, engine) as service:
        events = await ask(service, replace(SERIES, size="1K", images=(picture,), max_pictures=1))
    assert events[1] == Fetched(Size(1248, 832))
    assert engine.requests[0].pixel_size == Size(1248, 832)


async def test_an_engine_that_refuses_the_request_fails_the_job_with_its_own_words(tmp_path: Path) -> None:
    async with world(tmp_path, FakeEngine(Script(overloaded=True))) as service:
        events = await ask(service, ASK)
    assert kinds(events) == [Queued, Fetched, Started, Failed]
    assert isinstance(events[-1], Failed) and isinstance(events[-1].error, ServerOverloaded)


class Broken(FakeEngine):
    """An engine with a fault."""

    async def generate(self, request: ImageRequest, references: Sequence[Reference]) -> Any:
        async for event in super().generate(request, references):
            yield event
            raise ZeroDivisionError("a secret of the machine")


async def test_an_engine_s_fault_is_told_without_its_details(tmp_path: Path) -> None:
    async with world(tmp_path, Broken()) as service:
        events = await ask(service, ASK)
    last = events[-1]
    assert isinstance(last, Failed) and type(last.error) is InternalError
    assert "secret" not in last.error.message


async def test_encoded_bytes_are_delivered_as_they_came_with_the_size_that_they_have(tmp_path: Path) -> None:
    data = cv2.imencode(".jpg", np.zeros((300, 400, 3), np.uint8))[1].tobytes()
    engine = FakeEngine(encoded=Encoded(data, "image/jpeg", 400, 300))
    async with world(tmp_path, engine) as service:
        job = await service.submit(ASK, KEY)
        events = await log_of(job)
        stored = next(event for event in events if isinstance(event, PictureStored))
        assert await service.picture_bytes(job, stored) == data
    assert stored.size == Size(400, 300)
    assert isinstance(events[-1], Done) and events[-1].usage == Usage(1, 120_000)


async def test_two_readers_of_a_job_and_one_who_comes_late_see_the_same(tmp_path: Path) -> None:
    async with world(tmp_path) as service:
        job = await service.submit(SERIES, KEY)
        first, second = await asyncio.gather(log_of(job), log_of(job))
        assert first == second == await log_of(job)


async def test_cancelling_closes_the_engine_s_iterator_and_frees_place_and_slot(tmp_path: Path) -> None:
    gate = asyncio.Event()
    engine = FakeEngine(gate=gate, max_in_flight=1)
    async with world(tmp_path, engine, queue_limit=0) as service:
        job = await service.submit(ASK, KEY)
        await until(job, Started)
        with pytest.raises(ServerOverloaded):
            await service.submit(ASK, KEY)
        job.cancel()
        assert kinds(await log_of(job)) == [Queued, Fetched, Started, Cancelled]
        assert engine.closed_early == 1
        assert service.jobs == {}
        gate.set()
        assert isinstance((await ask(service, ASK))[-1], Done)


async def test_a_job_that_is_cancelled_before_its_first_step_ends_and_frees_its_place(tmp_path: Path) -> None:
    async with world(tmp_path, FakeEngine(max_in_flight=1), queue_limit=0) as service:
        job = await service.submit(ASK, KEY)
        job.cancel()
        assert kinds(await log_of(job)) == [Queued, Cancelled]
        assert service.jobs == {}
        assert isinstance((await ask(service, ASK))[-1], Done)


async def test_a_waiting_job_that_is_cancelled_never_reaches_the_engine(tmp_path: Path) -> None:
    gate = asyncio.Event()
    engine = FakeEngine(gate=gate, max_in_flight=1)
    async with world(tmp_path, engine, queue_limit=1) as service:
        running_job, waiting = [await service.submit(ASK, KEY) for _ in range(2)]
        await until(running_job, Started)
        await until(waiting, Fetched)
        waiting.cancel()
        assert kinds(await log_of(waiting)) == [Queued, Fetched, Cancelled]
        gate.set()
        assert isinstance((await log_of(running_job))[-1], Done)
    assert len(engine.requests) == 1


async def test_cancelling_a_job_that_has_ended_changes_nothing(tmp_path: Path) -> None:
    async with world(tmp_path) as service:
        job = await service.submit(ASK, KEY)
        before = await log_of(job)
        job.cancel()
        assert await log_of(job) == before


async def test_a_full_queue_refuses_and_says_when_to_come_again(tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with world(tmp_path, FakeEngine(gate=gate, max_in_flight=1), queue_limit=2) as service:
        jobs = [await service.submit(ASK, KEY) for _ in range(3)]
        assert [job.events[0] for job in jobs] == [Queued(0), Queued(1), Queued(2)]
        for _ in range(2):
            with pytest.raises(ServerOverloaded) as refusal:
                await service.submit(ASK, KEY)
            assert refusal.value.retry_after_s is not None and refusal.value.retry_after_s >= 1
        gate.set()
        for job in jobs:
            assert isinstance((await log_of(job))[-1], Done)
        assert isinstance((await ask(service, ASK))[-1], Done)


@pytest.mark.parametrize("script", [Script(), Script(refuse=1), Script(fail=1), Script(overloaded=True)])
async def test_a_place_is_given_back_however_a_job_ends(tmp_path: Path, script: Script) -> None:
    async with world(tmp_path, FakeEngine(script, max_in_flight=1), queue_limit=0) as service:
        for _ in range(3):
            assert (await ask(service, ASK))[-1]
        assert service.jobs == {}


async def test_jobs_reach_the_engine_in_the_order_of_their_coming(tmp_path: Path) -> None:
    gate = asyncio.Event()
    engine = FakeEngine(gate=gate, max_in_flight=1)
    async with world(tmp_path, engine) as service:
        jobs = [await service.submit(replace(ASK, seed=number), KEY) for number in range(6)]
        gate.set()
        for job in jobs:
            await log_of(job)
    assert [request.seed for request in engine.requests] == list(range(6))


async def test_no_more_jobs_run_at_once_than_the_engine_says(tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with world(tmp_path, FakeEngine(gate=gate, max_in_flight=2)) as service:
        jobs = [await service.submit(ASK, KEY) for _ in range(4)]
        for job in jobs[:2]:
            await until(job, Started)
        for job in jobs[2:]:
            await until(job, Fetched)
        assert [Started in kinds(job.events) for job in jobs] == [True, True, False, False]
        gate.set()
        for job in jobs:
            await until(job, Done)


async def test_a_slow_engine_s_queue_is_not_another_engine_s(tmp_path: Path) -> None:
    slow = FakeEngine(gate=asyncio.Event(), max_in_flight=1)
    engines = {"fake": FakeEngine(), "slow": slow}
    service = make(tmp_path, engines=engines, routes={V4: "slow"}, queue_limit=0)
    async with asyncio.timeout(DEADLINE_S), running(service):
        await service.submit(SERIES, KEY)
        with pytest.raises(ServerOverloaded):
            await service.submit(SERIES, KEY)
        assert isinstance((await ask(service, ASK))[-1], Done)


class Judge(AllowAll):
    """A policy that refuses a word in prompts and one picture, and may report what it found."""

    def __init__(
        self,
        picture: int | None = None,
        prompt_verdict: PromptVerdict | None = None,
        filter_results: Mapping[str, Mapping[str, object]] | None = None,
    ) -> None:
        self.picture = picture
        self.prompt_verdict = prompt_verdict or PromptVerdict()
        self.picture_verdict = PictureVerdict(filter_results)

    async def check_prompt(self, request: ImageRequest) -> PromptVerdict:
        if "forbidden" in request.prompt:
            raise SensitiveInputText
        return self.prompt_verdict

    async def check_picture(self, request: ImageRequest, picture: Picture) -> PictureVerdict:
        if picture.index == self.picture:
            raise SensitiveOutputImage
        return self.picture_verdict


async def test_a_policy_refuses_a_prompt_before_it_takes_a_place(tmp_path: Path) -> None:
    engine = FakeEngine()
    async with world(tmp_path, engine, Judge()) as service:
        with pytest.raises(SensitiveInputText):
            await service.submit(replace(ASK, prompt="a forbidden cat"), KEY)
        assert service.jobs == {}
        assert isinstance((await ask(service, ASK))[-1], Done)
    assert [request.prompt for request in engine.requests] == ["a cat"]


async def test_a_policy_refuses_one_picture_of_a_series_and_it_is_never_stored(tmp_path: Path) -> None:
    async with world(tmp_path, policy=Judge(picture=1)) as service:
        job = await service.submit(SERIES, KEY)
        events = await log_of(job)
        with pytest.raises(RouteNotFound):
            await service.storage.get(f"{job.id}_1.jpeg")
    assert outcomes(events) == [(0, PictureStored), (1, SensitiveOutputImage), (2, PictureStored)]


async def test_without_a_verdict_no_outcome_is_claimed(tmp_path: Path) -> None:
    async with world(tmp_path) as service:
        job = await service.submit(ASK, KEY)
        stored = next(event for event in await log_of(job) if isinstance(event, PictureStored))
    assert (stored.revised_prompt, stored.filter_results) == (None, None)
    assert job.prompt_verdict == PromptVerdict()


async def test_what_a_policy_found_goes_with_the_picture(tmp_path: Path) -> None:
    found = {"violence": {"filtered": False, "severity": "low"}}
    policy = Judge(prompt_verdict=PromptVerdict("a kind cat", found), filter_results=found)
    async with world(tmp_path, policy=policy) as service:
        job = await service.submit(ASK, KEY)
        stored = next(event for event in await log_of(job) if isinstance(event, PictureStored))
    assert (stored.revised_prompt, stored.filter_results) == ("a kind cat", found)
    assert job.prompt_verdict.filter_results == found


@pytest.mark.parametrize(
    ("routes", "model", "engine"),
    [
        ({}, V4, "fake"),
        ({"doubao-seedream-4-*": "other"}, V4, "other"),
        ({"doubao-seedream-4-*": "other"}, V3, "fake"),
        ({"doubao-seedream-4-*": "other"}, "seedream-4-0-250828", "other"),
        ({"seedream-4-0-250828": "other"}, V4, "other"),
        ({"*": "other"}, V3, "other"),
        ({"*-4-5-*": "fake", "*": "other"}, V45, "fake"),
        ({"*": "other", "*-4-5-*": "fake"}, V45, "other"),
        ({"team-*": "other"}, "team-cats", "other"),
        ({"doubao-seedream-4-0-*": "other"}, "team-cats", "other"),
        ({"DOUBAO-*": "other"}, V4, "fake"),
    ],
)
def test_the_first_route_whose_pattern_fits_a_name_of_the_model_picks_the_engine(
    tmp_path: Path, routes: dict[str, str], model: str, engine: str
) -> None:
    engines = {"fake": FakeEngine(), "other": FakeEngine()}
    service = make(tmp_path, engines=engines, routes=routes, aliases={"team-cats": V4})
    lane = lane_of(model, service.catalog.find(model), service.lanes, service.settings)
    assert lane.name == engine


async def test_an_alias_is_answered_under_its_own_name_with_its_card_s_rules(tmp_path: Path) -> None:
    async with world(tmp_path, aliases={"gpt-image-1": V45}) as service:
        with pytest.raises(InvalidParameter, match="at least 3686400 pixels"):
            await service.submit(replace(ASK, model="gpt-image-1"), KEY)
        job = await service.submit(replace(ASK, model="gpt-image-1", size="2560x1440"), KEY)
        await log_of(job)
    assert (job.request.model, job.request.card) == ("gpt-image-1", V45)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"routes": {"*": "flux"}}, "flux"),
        ({"engine": "flux"}, "flux"),
        ({"aliases": {"x": "no-model"}}, "no-model"),
        ({"fetch_allow": ["64:ff9b::/96"]}, "fetch_allow"),
    ],
)
def test_settings_that_name_what_is_not_there_stop_the_start(
    tmp_path: Path, settings: dict[str, Any], named: str
) -> None:
    with pytest.raises(ConfigError, match=named):
        make(tmp_path, **settings)


async def test_it_is_ready_when_every_engine_is_and_only_while_it_runs(tmp_path: Path) -> None:
    service = make(tmp_path)
    assert not service.ready()
    async with running(service):
        assert service.ready()
    assert not service.ready()


async def test_stopping_cancels_what_runs_and_what_waits(tmp_path: Path) -> None:
    engine = FakeEngine(gate=asyncio.Event(), max_in_flight=1)
    async with asyncio.timeout(DEADLINE_S):
        async with running(make(tmp_path, engines={"fake": engine})) as service:
            jobs = [await service.submit(ASK, KEY) for _ in range(3)]
            await until(jobs[0], Started)
        assert [job.events[-1] for job in jobs] == [Cancelled("stopping")] * 3
    assert engine.closed_early == 1


class Hasty(FakeEngine):
    """An engine that fails the request after its first picture."""

    async def generate(self, request: ImageRequest, references: Sequence[Reference]) -> Any:
        events: AsyncIterator[Event] = super().generate(request, references)
        async for event in events:
            yield event
            if isinstance(event, Picture | PictureFailed):
                raise InternalError


async def test_an_engine_that_gives_up_midway_fails_the_job_and_nothing_is_left_running(
    tmp_path: Path,
) -> None:
    async with world(tmp_path, Hasty()) as service:
        events = await ask(service, SERIES)
        assert service.jobs == {}
    assert isinstance(events[-1], Failed) and isinstance(events[-1].error, InternalError)


async def test_files_that_no_job_speaks_of_are_swept_from_the_start_on(tmp_path: Path) -> None:
    names = [f"02{number}{'1' * 12}{'a' * 38}_0.png" for number in range(2)]
    service = make(tmp_path, retention_s=60)
    for name, age_s in zip(names, (0, 2 * 86400), strict=True):
        await service.storage.put(name, b"x", "image/png")
        [file] = (tmp_path / "data" / "pictures").rglob(name)
        os.utime(file, (time.time() - age_s,) * 2)
    async with asyncio.timeout(DEADLINE_S), running(service):
        while list((tmp_path / "data" / "pictures").rglob(names[1])):
            await asyncio.sleep(0)
        assert await service.storage.get(names[0]) == b"x"


async def test_programs_without_http_open_a_service_of_their_settings(tmp_path: Path) -> None:
    flags = {"data_dir": tmp_path / "data", "api_key": "k", "engine": "fake", "worker_processes": 0}
    async with asyncio.timeout(DEADLINE_S), open_service(load_settings(flags, env={})) as service:
        assert isinstance((await ask(service, ASK))[-1], Done)


async def test_a_key_with_one_job_is_served_next_behind_a_key_with_a_hundred(tmp_path: Path) -> None:
    engine = FakeEngine(steps=asyncio.Semaphore(0), max_in_flight=1)
    async with world(tmp_path, engine, queue_limit=200) as service:
        many = [await service.submit(replace(ASK, seed=1), KEY) for _ in range(100)]
        await until(many[0], Started)
        one = await service.submit(replace(ASK, seed=2), Key("other"))
        assert one.events[0] == Queued(1)
        assert engine.steps is not None
        engine.steps.release()
        await until(many[0], Done)
        await until(one, Started)
        assert [request.seed for request in engine.requests] == [1, 2]


async def test_an_engine_works_on_no_more_jobs_than_it_is_allowed(tmp_path: Path) -> None:
    gate = asyncio.Event()
    engine = FakeEngine(gate=gate, max_in_flight=8)
    async with world(tmp_path, engine, max_concurrent={"fake": 2}, queue_limit=1) as service:
        jobs = [await service.submit(ASK, KEY) for _ in range(3)]
        for job in jobs[:2]:
            await until(job, Started)
        with pytest.raises(ServerOverloaded):
            await service.submit(ASK, KEY)
        assert len(engine.requests) == 2
        gate.set()
        for job in jobs:
            await until(job, Done)


async def test_a_key_has_no_more_unfinished_jobs_than_it_may(tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with world(tmp_path, FakeEngine(gate=gate), key_concurrent_jobs=2) as service:
        jobs = [await service.submit(ASK, KEY) for _ in range(2)]
        with pytest.raises(TooManyJobs) as refusal:
            await service.submit(ASK, KEY)
        assert refusal.value.retry_after_s is not None and refusal.value.retry_after_s >= 1
        other = await service.submit(ASK, Key("other"))
        gate.set()
        for job in (*jobs, other):
            await until(job, Done)
        assert isinstance((await ask(service, ASK))[-1], Done)


async def test_max_concurrent_of_an_engine_that_serves_nothing_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="flux"):
        make(tmp_path, max_concurrent={"flux": 1})


class Ticking:
    """A clock that is set back by an hour at each look."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        self.now -= 3600
        return self.now


async def test_a_clock_that_is_set_back_turns_no_log_around(tmp_path: Path) -> None:
    settings = {"data_dir": tmp_path, "api_key": "k", "engine": "fake", "worker_processes": 0}
    service = make_service(
        load_settings(settings, env={}), engines={"fake": FakeEngine(Script(refuse=2))}, clock=Ticking()
    )
    async with asyncio.timeout(DEADLINE_S), running(service):
        jobs = [await service.submit(SERIES, KEY) for _ in range(3)]
        for job in jobs:
            times = [
                event.at
                for event in await log_of(job)
                if isinstance(event, PictureStored | PictureRefused | Done)
            ]
            assert len(times) == 4 and times == sorted(times) and times[0] >= job.created_at
            record = await service.job_log.store.find(job.id)
            assert record is not None and record.ended_at == times[-1]
    assert len({job.id for job in jobs}) == 3


class LateFault(FakeEngine):
    """Breaks right after its second picture."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    async def generate(self, request: ImageRequest, references: Sequence[Reference]) -> Any:
        async for event in super().generate(request, references):
            yield event
            if isinstance(event, Picture) and event.index == 1:
                raise self.error


@pytest.mark.parametrize("error", [InternalError(), ZeroDivisionError(), TimeoutError()])
async def test_what_was_made_before_an_engine_broke_is_told_before_the_end(
    tmp_path: Path, error: BaseException
) -> None:
    async with world(tmp_path, LateFault(error)) as service:
        job = await service.submit(SERIES, KEY)
        events = await log_of(job)
        record = await service.job_log.store.find(job.id)
    assert outcomes(events) == [(0, PictureStored), (1, PictureStored)]
    final = events[-1]
    assert isinstance(final, Failed) and isinstance(final.error, InternalError)
    assert final.error.status == 500
    assert record is not None and (record.state, record.pictures) == ("failed", 2)


class Held(FakeEngine):
    """Makes its pictures at once and does not end."""

    async def generate(self, request: ImageRequest, references: Sequence[Reference]) -> Any:
        async for event in super().generate(request, references):
            yield event
        await asyncio.Event().wait()


async def test_a_series_that_is_whole_when_its_time_is_up_is_done(tmp_path: Path) -> None:
    async with world(tmp_path, Held()) as service:
        job = await service.submit(SERIES, KEY, terms=Terms(timeout_s=0.5))
        events = await log_of(job)
    assert isinstance(events[-1], Done) and events[-1].usage.generated_images == 3
    assert outcomes(events) == [(index, PictureStored) for index in range(3)]


BASE64 = pybase64.b64encode(np.arange(3000, dtype=np.uint16).tobytes()).decode()


@pytest.mark.parametrize("detached", [False, True])
async def test_neither_base64_nor_a_key_is_left_in_the_ledger_or_the_log(
    tmp_path: Path, detached: bool, caplog: pytest.LogCaptureFixture
) -> None:
    picture = cv2.imencode(".png", np.zeros((64, 64, 3), np.uint8))[1].tobytes()
    secret = "lim-" + "s" * 43
    body = {
        "model": V4,
        "prompt": f"a cat like data:image/png;base64,{BASE64}",
        "size": "1280x720",
        "response_format": "b64_json",
        "mask": f"data:image/png;base64,{BASE64}",
        "user": {"bare": BASE64, "list": [BASE64]},
    }
    encoded = pybase64.b64encode(picture).decode()
    images = [f"data:image/png;base64,{encoded}", BASE64]
    caplog.set_level("DEBUG", logger="limner")
    async with world(tmp_path, api_key=secret) as service:
        key = await service.keys.verify(f"Bearer {secret}".encode())
        for wanted in (body | {"image": images[0]}, body | {"image": images}, body | {"model": images[0]}):
            asked = read_ask([json.dumps(wanted).encode()])
            with suppress(RequestError):
                job = await service.submit(asked, key, terms=Terms(detached, idempotency_key=str(wanted)[:9]))
                await job.wait()
    left = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("limner.db*"))
    assert b"a cat like" in left
    for text in (BASE64[:40], BASE64[-40:], encoded[:40], secret):
        assert text.encode() not in left and text not in caplog.text
