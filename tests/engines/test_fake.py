"""The fake engine: the same pictures for the same request, and bad days on demand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import replace

import cv2
import numpy as np
import pytest

from limner.engines.base import ALL_MODES, Capabilities
from limner.engines.fake import FakeEngine, Script, draw, mean_colour
from limner.errors import (
    InternalError,
    InvalidImage,
    InvalidParameter,
    SensitiveOutputImage,
    ServerOverloaded,
)
from limner.types import Encoded, Event, ImageRequest, Picture, PictureFailed, Progress, Reference, Size
from limner.workers import Workers

REQUEST = ImageRequest("02" + "1" * 51, "m", "m-1", "a cat", Size(96, 64), seed=7)


def png(red: int, green: int, blue: int) -> Reference:
    pixels = np.full((32, 32, 3), (blue, green, red), np.uint8)
    return Reference(cv2.imencode(".png", pixels)[1].tobytes(), "png", 32, 32)


async def events_of(engine: FakeEngine, request: ImageRequest, *references: Reference) -> list[Event]:
    async with aclosing(engine.generate(request, references)) as events:
        return [event async for event in events]


async def pixels_of(engine: FakeEngine, request: ImageRequest, *references: Reference) -> list[bytes]:
    events = await events_of(engine, request, *references)
    return [bytes(np.asarray(event.image)) for event in events if isinstance(event, Picture)]


async def test_progress_and_then_the_picture_in_the_size_that_was_asked_for() -> None:
    progress, picture = await events_of(FakeEngine(), REQUEST)
    assert progress == Progress(0, 0, 1)
    assert isinstance(picture, Picture)
    assert (picture.index, picture.seed) == (0, 7)
    assert isinstance(picture.image, np.ndarray)
    assert (picture.image.shape, picture.image.dtype.name) == ((64, 96, 3), "uint8")


async def test_the_same_request_gives_the_same_picture_and_another_one_does_not() -> None:
    [first] = await pixels_of(FakeEngine(), REQUEST)
    assert await pixels_of(FakeEngine(), replace(REQUEST, id="02" + "2" * 51)) == [first]
    assert await pixels_of(FakeEngine(), replace(REQUEST, seed=8)) != [first]
    assert await pixels_of(FakeEngine(), replace(REQUEST, prompt="a dog")) != [first]


async def test_each_picture_of_a_series_can_be_made_again_alone() -> None:
    series = await pixels_of(FakeEngine(), replace(REQUEST, count=3))
    assert len(set(series)) == 3
    for index, pixels in enumerate(series):
        assert await pixels_of(FakeEngine(), replace(REQUEST, seed=REQUEST.seed_of(index))) == [pixels]


async def test_seeds_go_on_from_zero_after_the_last() -> None:
    events = await events_of(FakeEngine(), replace(REQUEST, seed=2**31 - 1, count=2))
    assert [event.seed for event in events if isinstance(event, Picture)] == [2**31 - 1, 0]


async def test_each_reference_shows_as_a_band_of_its_mean_colour() -> None:
    engine = FakeEngine(workers=Workers(0))
    _, picture = await events_of(engine, REQUEST, png(255, 0, 0), png(0, 0, 255))
    assert isinstance(picture, Picture) and isinstance(picture.image, np.ndarray)
    band = 64 // 32
    assert (picture.image[:band] == (255, 0, 0)).all()
    assert (picture.image[2 * band : 3 * band] == (0, 0, 255)).all()
    plain = draw("a cat", 7, Size(96, 64))
    assert (picture.image[3 * band :] == plain[3 * band :]).all()


async def test_a_reference_that_cannot_be_decoded_ends_the_request() -> None:
    broken = Reference(png(1, 2, 3).data[:-30], "png", 32, 32)
    with pytest.raises(InvalidImage):
        await events_of(FakeEngine(workers=Workers(0)), REQUEST, broken)


def test_the_mean_colour_of_a_picture() -> None:
    assert mean_colour(png(10, 200, 30).data) == (10, 200, 30)


async def test_ready_encoded_bytes_are_passed_on_as_they_are() -> None:
    encoded = Encoded(b"\xff\xd8", "image/jpeg", 96, 64)
    _, picture = await events_of(FakeEngine(encoded=encoded), REQUEST)
    assert isinstance(picture, Picture) and picture.image is encoded


async def test_it_is_ready_between_start_and_close() -> None:
    engine = FakeEngine()
    assert not engine.ready()
    await engine.start()
    assert engine.ready()
    await engine.close()
    assert not engine.ready()


def test_it_says_what_it_can_do() -> None:
    assert FakeEngine(max_in_flight=3).capabilities() == Capabilities(ALL_MODES, 3)
    assert FakeEngine(modes=frozenset({"edit"})).capabilities().modes == {"edit"}


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", Script()),
        ("delay_s=5", Script(delay_s=5.0)),
        ("delay_s=0.25, refuse=1", Script(delay_s=0.25, refuse=1)),
        (" fail = 2 ,refuse=3,", Script(fail=2, refuse=3)),
        ("429", Script(overloaded=True)),
        ("delay_s=3600", Script(delay_s=3600)),
    ],
)
def test_a_script_is_read(text: str, script: Script) -> None:
    assert Script.parse(text) == script


@pytest.mark.parametrize(
    "text",
    [
        *(
            "delay_s=soon",
            "delay_s",
            "delay_s=-1",
            "delay_s=3600.1",
            "delay_s=inf",
            "delay_s=nan",
            "refuse=1.5",
        ),
        *("refuse=-1", "fail=", "explode=1", "delay_s=1 refuse=1"),
    ],
)
def test_a_script_that_says_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidParameter) as error:
        Script.parse(text)
    assert error.value.param == "X-Limner-Fake"


@pytest.mark.parametrize(
    ("script", "kinds"),
    [
        (Script(), [Picture, Picture, Picture]),
        (Script(refuse=2), [Picture, SensitiveOutputImage, Picture]),
        (Script(fail=3), [Picture, Picture, InternalError]),
        (Script(refuse=1, fail=2), [SensitiveOutputImage, InternalError, Picture]),
        (Script(refuse=4), [Picture, Picture, Picture]),
    ],
)
async def test_a_script_decides_what_becomes_of_each_picture(
    script: Script, kinds: list[type[object]]
) -> None:
    events = await events_of(FakeEngine(script), replace(REQUEST, count=3))
    results = [event for event in events if not isinstance(event, Progress)]
    assert [type(r.error) if isinstance(r, PictureFailed) else type(r) for r in results] == kinds


async def test_the_request_s_own_script_comes_before_the_engine_s() -> None:
    options: Mapping[str, str] = {"fake": "refuse=1"}
    engine = FakeEngine(Script(fail=1))
    _, failed = await events_of(engine, replace(REQUEST, engine_options=options))
    assert isinstance(failed, PictureFailed) and isinstance(failed.error, SensitiveOutputImage)


async def test_an_overloaded_day_refuses_the_whole_request() -> None:
    with pytest.raises(ServerOverloaded):
        await events_of(FakeEngine(Script(overloaded=True)), REQUEST)


async def begin(engine: FakeEngine) -> tuple[AsyncIterator[Event], asyncio.Task[Event]]:
    """A request whose first event is being waited for."""
    events = engine.generate(REQUEST, ())
    first = asyncio.ensure_future(anext(events))
    await asyncio.sleep(0)
    return events, first


async def test_a_gate_holds_the_pictures_until_it_opens() -> None:
    gate = asyncio.Event()
    _, first = await begin(FakeEngine(gate=gate))
    assert not first.done()
    gate.set()
    assert await first == Progress(0, 0, 1)


async def test_an_iterator_that_is_closed_early_is_counted_and_one_that_ends_is_not() -> None:
    engine = FakeEngine()
    await events_of(engine, REQUEST)
    assert engine.closed_early == 0
    async with aclosing(engine.generate(REQUEST, ())) as events:
        await anext(events)
    assert engine.closed_early == 1
    held = FakeEngine(gate=asyncio.Event())
    _, first = await begin(held)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert held.closed_early == 1


async def test_it_remembers_what_it_was_asked() -> None:
    engine = FakeEngine()
    await events_of(engine, REQUEST)
    assert list(engine.requests) == [REQUEST]
