"""The five tools, over a running server and over a service of the same process."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import httpx
import pytest
from PIL import Image

from limner.engines.fake import FakeEngine, Script
from limner.mcp.over_http import ServerBackend
from limner.mcp.references import Sources
from limner.mcp.tools import Tools
from limner.testing import RunningServer, running_server

if TYPE_CHECKING:
    from tests.mcp.conftest import Connect

USUAL = "doubao-seedream-5-0-260128"
TOOLS = {"generate", "edit", "series", "list_models", "get_picture"}


def fetched(url: str) -> bytes:
    if url.startswith("file://"):
        return Path(unquote(urlsplit(url).path)).read_bytes()
    return httpx.get(url, trust_env=False).raise_for_status().content


async def test_a_client_sees_five_tools_that_say_what_they_take(
    before: Connect, server: RunningServer
) -> None:
    async with before(server) as caller:
        tools = {tool.name: tool for tool in (await caller.client.list_tools()).tools}
    assert set(tools) == TOOLS
    for tool in tools.values():
        assert tool.description and len(tool.description) < 300
        assert all(field.get("description") for field in tool.input_schema["properties"].values())
    assert tools["generate"].input_schema["required"] == ["prompt"]
    assert tools["edit"].input_schema["required"] == ["instruction", "pictures"]
    assert tools["series"].input_schema["required"] == ["prompt", "count"]
    assert tools["get_picture"].annotations and tools["get_picture"].annotations.read_only_hint


async def test_descriptions_have_the_limits_of_the_usual_model(
    before: Connect, server: RunningServer
) -> None:
    async with before(server) as caller:
        tools = {tool.name: tool.description or "" for tool in (await caller.client.list_tools()).tools}
    assert f"{USUAL}: 2K or 3K or 4K, or WIDTHxHEIGHT of 3.69 to 16.78 million pixels" in tools["generate"]
    assert "up to 14" in tools["edit"]
    assert "at most 15" in tools["series"]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_picture_comes_inline_and_as_a_link(
    before: Connect, server: RunningServer, mode: str
) -> None:
    async with before(server, mode=mode) as caller:
        answer = await caller.call("generate", prompt="a fox", size="2K", seed=7)
    assert not answer.is_error
    (shown,) = answer.shown
    assert (shown.format, shown.size) == ("JPEG", (1024, 1024))
    (link,) = answer.links
    assert link.mime_type == "image/jpeg"
    assert link.meta == {"limner/picture": {"id": answer.ids[0], "size": "2048x2048", "seed": 7}}
    assert fetched(link.uri).startswith(b"\xff\xd8")
    assert f"Picture {answer.ids[0]}: 2048x2048 jpeg, seed 7, {link.uri}" in answer.text
    assert answer.result.structured_content is None


async def test_in_process_a_link_names_a_file(in_process: Connect) -> None:
    async with in_process() as caller:
        answer = await caller.call("generate", prompt="a fox")
        assert answer.urls[0].startswith("file:///")
        assert fetched(answer.urls[0]).startswith(b"\xff\xd8")


async def test_progress_grows_up_to_the_last_picture(before: Connect, server: RunningServer) -> None:
    async with before(server) as caller:
        await caller.call("series", prompt="a house", count=3)
    done = [step[0] for step in caller.steps]
    assert done == sorted(set(done))
    assert caller.steps[-1][:2] == (3.0, 3.0)
    assert caller.steps[0][2] == "accepted"
    assert {f"picture {number} is there" for number in (1, 2, 3)} <= {step[2] for step in caller.steps}


@pytest.mark.parametrize("count", [1, 6, 15])
async def test_a_series_has_as_many_pictures_as_were_asked_for(
    before: Connect, server: RunningServer, count: int
) -> None:
    async with before(server) as caller:
        answer = await caller.call("series", prompt="a house", count=count)
    assert len(answer.shown) == len(answer.links) == len(set(answer.ids)) == count


async def test_a_series_of_sixteen_is_refused_before_anything_is_made(
    before: Connect, server: RunningServer
) -> None:
    async with before(server) as caller:
        answer = await caller.call("series", prompt="a house", count=16)
    assert answer.is_error
    assert "less than or equal to 15" in answer.text


async def test_a_past_picture_is_edited_by_its_id(before: Connect, server: RunningServer) -> None:
    async with before(server) as caller:
        first = await caller.call("generate", prompt="a fox")
        plain = await caller.call("generate", prompt="make it winter", size="2K", seed=1)
        edited = await caller.call("edit", instruction="make it winter", pictures=first.ids, seed=1)
    assert close(edited.shown[0], (5, 5), first.shown[0], (500, 500))
    assert close(edited.shown[0], (500, 500), plain.shown[0], (500, 500))
    assert not close(plain.shown[0], (5, 5), first.shown[0], (500, 500))


async def test_in_process_a_past_picture_is_edited_by_its_id_or_its_link(
    in_process: Connect, tmp_path: Path
) -> None:
    async with in_process(folders=[tmp_path / "data" / "pictures"]) as caller:
        first = await caller.call("generate", prompt="a fox")
        for name in (first.ids[0], first.ids[0].partition("/")[0], first.urls[0]):
            edited = await caller.call("edit", instruction="make it winter", pictures=[name])
            assert close(edited.shown[0], (5, 5), first.shown[0], (500, 500)), edited.text


def close(one: Image.Image, at: tuple[int, int], other: Image.Image, there: tuple[int, int]) -> bool:
    """Whether two pictures have the same colour at these places, JPEG's losses aside."""
    pairs = zip(colour(one, at), colour(other, there), strict=True)
    return all(abs(a - b) <= 6 for a, b in pairs)


def colour(picture: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    found = picture.convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return tuple(int(value) for value in found)


async def test_an_edit_has_the_shape_of_its_picture(before: Connect, server: RunningServer) -> None:
    async with before(server) as caller:
        wide = await caller.call("generate", prompt="a fox", size="2848x1600")
        edited = await caller.call("edit", instruction="make it winter", pictures=wide.ids)
    assert f"Picture {edited.ids[0]}: 2848x1600 jpeg" in edited.text
    assert edited.shown[0].size == (1024, 575)


async def test_a_picture_may_come_as_a_data_uri(
    before: Connect, server: RunningServer, tmp_path: Path
) -> None:
    Image.new("RGB", (64, 64), "red").save(tmp_path / "red.png")
    uri = "data:image/png;base64," + base64.b64encode((tmp_path / "red.png").read_bytes()).decode()
    async with before(server) as caller:
        edited = await caller.call("edit", instruction="make it winter", pictures=[uri])
    assert close(edited.shown[0], (5, 5), Image.new("RGB", (1, 1), "red"), (0, 0))


async def test_a_list_that_is_written_as_text_is_read(before: Connect, server: RunningServer) -> None:
    async with before(server) as caller:
        first = await caller.call("generate", prompt="a fox")
        edited = await caller.call("edit", instruction="make it winter", pictures=json.dumps(first.ids))
    assert not edited.is_error


async def test_a_past_picture_is_shown_again(before: Connect, server: RunningServer) -> None:
    async with before(server) as caller:
        made = await caller.call("series", prompt="a house", count=2)
        again = await caller.call("get_picture", id=made.ids[1])
        both = await caller.call("get_picture", id=made.ids[0].partition("/")[0])
    assert again.ids == made.ids[1:]
    assert again.shown[0].tobytes() == made.shown[1].tobytes()
    assert both.ids == made.ids


@pytest.mark.parametrize("id", ["nonsense", "02" + "1" * 51, "../../etc/passwd", ""])
async def test_a_picture_that_is_not_there_is_an_error_that_says_so(
    before: Connect, server: RunningServer, id: str
) -> None:
    async with before(server) as caller:
        answer = await caller.call("get_picture", id=id)
    assert answer.is_error
    assert answer.text.startswith("NotFound: ")
    assert "Use an id exactly as an answer of these tools gave it." in answer.text


async def test_of_a_job_only_the_pictures_that_it_has_are_there(in_process: Connect) -> None:
    async with in_process() as caller:
        made = await caller.call("generate", prompt="a fox")
        answer = await caller.call("get_picture", id=made.ids[0].replace("/0", "/1"))
    assert answer.is_error
    assert "There is no picture" in answer.text


async def test_models_are_listed_in_words_and_for_programs(before: Connect, server: RunningServer) -> None:
    async with before(server) as caller:
        answer = await caller.call("list_models")
    listed = (answer.result.structured_content or {})["models"]
    assert [model["name"] for model in listed] == [card.id for card in server.service.catalog.cards]
    usual = next(model for model in listed if model["name"] == USUAL)
    assert usual["presets"]["2K"]["16:9"] == "2848x1600"
    assert (usual["max_references"], usual["max_series"]) == (14, 15)
    assert len(answer.text.splitlines()) == len(listed)
    assert "doubao-seededit-3-0-i2i-250628: SeedEdit 3.0 image editing." in answer.text
    assert "Edits only: it needs 1 picture to work on." in answer.text


async def test_both_ways_list_the_same_models(
    before: Connect, in_process: Connect, server: RunningServer
) -> None:
    async with before(server) as there, in_process() as here:
        assert (await there.call("list_models")).result == (await here.call("list_models")).result


@pytest.mark.parametrize("way", ["before", "in_process"])
@pytest.mark.parametrize(
    ("arguments", "code", "advice"),
    [
        ({"size": "2000x1000"}, "InvalidParameter", "Call list_models for the model's sizes"),
        ({"model": "no-such"}, "InvalidEndpointOrModel.NotFound", "use one of its names"),
        ({"prompt": ""}, "MissingParameter", "Give that value"),
        ({"references": ["data:image/png;base64,AAAA"]}, "InvalidImageURL.InvalidFormat", "JPEG, PNG"),
        ({"references": ["http://127.0.0.1:9/x.png"]}, "InvalidParameter", "change it"),
    ],
)
async def test_an_error_says_what_to_change(
    request: pytest.FixtureRequest,
    server: RunningServer,
    way: str,
    arguments: dict[str, object],
    code: str,
    advice: str,
) -> None:
    connect: Connect = request.getfixturevalue(way)
    async with connect(server) if way == "before" else connect() as caller:
        answer = await caller.call("generate", **{"prompt": "a fox", **arguments})
    assert answer.is_error
    assert answer.text.startswith(f"{code}: ")
    assert advice in answer.text
    assert "Request id" not in answer.text


async def test_a_wrong_key_of_the_server_is_said(before: Connect, server: RunningServer) -> None:
    async with ServerBackend(server.base_url, "lim-wrong-key") as backend:
        result = await Tools(backend, Sources(backend)).list_models()
    assert result.is_error
    assert "AuthenticationError" in str(result.content)
    assert "LIMNER_API_KEY" in str(result.content)


async def test_a_picture_that_is_refused_does_not_take_the_others_along(before: Connect) -> None:
    engines = {"fake": FakeEngine(Script(refuse=2))}
    with running_server(engines=engines) as server:
        async with before(server) as caller:
            answer = await caller.call("series", prompt="a house", count=3)
    assert not answer.is_error
    assert len(answer.shown) == 2
    assert "Picture 1 was not made. OutputImageSensitiveContentDetected" in answer.text
    assert "try another seed" in answer.text


async def test_a_picture_that_fails_is_an_error(before: Connect) -> None:
    engines = {"fake": FakeEngine(Script(refuse=1))}
    with running_server(engines=engines) as server:
        async with before(server) as caller:
            answer = await caller.call("generate", prompt="a house")
    assert answer.is_error
    assert answer.shown == []
    assert "OutputImageSensitiveContentDetected" in answer.text


async def test_an_overloaded_engine_is_said(before: Connect) -> None:
    with running_server(engines={"fake": FakeEngine(Script(overloaded=True))}) as server:
        async with before(server) as caller:
            answer = await caller.call("generate", prompt="a house")
    assert answer.is_error
    assert answer.text.startswith("ServerOverloaded: ")


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("way", ["before", "in_process"])
async def test_to_cancel_a_call_is_to_cancel_its_job(
    before: Connect, in_process: Connect, way: str, mode: str
) -> None:
    engine = FakeEngine(gate=asyncio.Event())
    with running_server(engines={"fake": engine}) if way == "before" else nullcontext() as server:
        connect = before(server, mode=mode) if server else in_process(engine=engine, mode=mode)
        async with connect as caller:
            call = asyncio.create_task(caller.call("generate", prompt="a fox"))
            await until(lambda: bool(engine.requests))
            call.cancel()
            await asyncio.wait({call})
            await until(lambda: engine.closed_early == 1)


async def test_a_job_that_waits_says_how_many_come_first(before: Connect) -> None:
    engine = FakeEngine(gate=asyncio.Event(), max_in_flight=1)
    with running_server(engines={"fake": engine}) as server:
        async with before(server) as caller:
            calls = [asyncio.create_task(caller.call("generate", prompt="a fox")) for _ in range(2)]
            await until(lambda: any(step[2] == "waiting: 1 come first" for step in caller.steps))
            assert engine.gate
            server.loop.call_soon_threadsafe(engine.gate.set)
            assert [answer.is_error for answer in await asyncio.gather(*calls)] == [False, False]


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)
