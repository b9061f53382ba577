"""The whole way: a real server, a real device process, tiny random weights, and what a client sees."""

from __future__ import annotations

import base64
import json
import os
import signal
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from openai import OpenAI
from PIL import Image

from limner.conformance.pictures import reference
from limner.testing import RunningServer, running_server

pytestmark = pytest.mark.needs_more

FOUR = "doubao-seedream-4-0-250828"
THREE = "doubao-seedream-3-0-t2i-250415"
PATH = "/v1/images/generations"
BASE = {"model": FOUR, "prompt": "a red fox", "size": "1024x1024", "seed": 7, "watermark": False}
TIMEOUT_S = 60


@pytest.fixture(scope="module")
def server(checkpoint_folder: Callable[[str], Path]) -> Iterator[RunningServer]:
    """Two checkpoints on one device: klein, and for 3.0 a Z-Image that takes its time."""
    small = {"max_pixels": 256 * 256, "licence": "none"}
    tables = {
        "klein": {"source": str(checkpoint_folder("flux2-klein")), "references": [0, 4], "steps": 4, **small},
        "patient": {"source": str(checkpoint_folder("z-image")), "steps": 60, **small},
    }
    models = {"doubao-seedream-3-0-*": ["patient"], "*": ["klein"]}
    device = {"devices": ["cpu"], "threads": 1, "reference_tokens": 1024}
    diffusers = {"checkpoints": tables, "models": models, **device}
    with running_server(engine="diffusers", engine_tables={"diffusers": diffusers}) as running:
        yield running


@pytest.fixture
def client(server: RunningServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {server.api_key}"}
    with httpx.Client(base_url=server.base_url, headers=headers, timeout=TIMEOUT_S) as client:
        yield client


def pictures(answer: httpx.Response) -> list[Image.Image]:
    assert answer.status_code == 200, answer.text
    return [opened(row["b64_json"]) for row in answer.json()["data"]]


def opened(b64: str) -> Image.Image:
    picture = Image.open(BytesIO(base64.b64decode(b64)))
    picture.load()
    return picture


def ask(client: httpx.Client, **changes: Any) -> httpx.Response:
    return client.post(PATH, json={**BASE, "response_format": "b64_json", **changes})


def frames(client: httpx.Client, **changes: Any) -> list[dict[str, Any]]:
    """Every event of a streamed answer."""
    answer = ask(client, stream=True, **changes)
    assert answer.status_code == 200, answer.text
    lines = [line.removeprefix("data: ") for line in answer.text.splitlines() if line.startswith("data: {")]
    return [json.loads(line) for line in lines]


def test_a_picture_is_made_at_the_very_size_that_was_asked_for(client: httpx.Client) -> None:
    for size in ("1024x1024", "1281x721"):
        (picture,) = pictures(ask(client, size=size))
        assert f"{picture.width}x{picture.height}" == size


def test_the_same_request_gives_the_same_picture_and_another_seed_another_one(client: httpx.Client) -> None:
    first, again, other = (ask(client, seed=seed).json()["data"][0]["b64_json"] for seed in (7, 7, 8))
    assert first == again != other


def test_the_file_says_which_weights_made_it(client: httpx.Client) -> None:
    data = base64.b64decode(ask(client).json()["data"][0]["b64_json"])
    assert b"klein" in data and b"diffusers" in data


def test_previews_come_with_the_stream_when_they_are_asked_for(client: httpx.Client) -> None:
    events = frames(client, partial_images=2)
    kinds = [event["type"].removeprefix("image_generation.") for event in events]
    assert kinds == ["partial_image", "partial_image", "partial_succeeded", "completed"]
    assert [event["partial_image_index"] for event in events[:2]] == [0, 1]
    assert all(opened(event["b64_json"]).width <= 512 for event in events[:2])
    assert [event["type"] for event in frames(client)] == [event["type"] for event in events[2:]]


def test_the_openai_sdk_streams_previews(server: RunningServer) -> None:
    sdk = OpenAI(base_url=f"{server.base_url}/v1", api_key=server.api_key)
    extra = {"seed": 7, "watermark": False}
    stream = sdk.images.generate(
        model=FOUR, prompt="a red fox", size="1024x1024", stream=True, partial_images=1, extra_body=extra
    )
    kinds = [str(event.type) for event in stream]
    assert kinds[0] == "image_generation.partial_image"
    assert kinds[-1] == "image_generation.completed"


@pytest.mark.parametrize("count", [1, 3, 4])
def test_references_change_the_picture(client: httpx.Client, count: int) -> None:
    colours = ("teal", "gold", "crimson", "black")[:count]
    references = [reference(colour=colour) for colour in colours]
    (made,) = pictures(ask(client, image=references))
    (plain,) = pictures(ask(client))
    assert made.size == plain.size and made.tobytes() != plain.tobytes()


def test_more_references_than_any_checkpoint_takes_are_refused(client: httpx.Client) -> None:
    answer = ask(client, image=[reference()] * 5)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "image" and "4" in answer.json()["error"]["message"]


def test_a_series_comes_in_order_and_its_later_pictures_know_the_first(client: httpx.Client) -> None:
    changes = {
        "prompt": "the same fox in spring, summer, autumn and winter",
        "sequential_image_generation": "auto",
        "sequential_image_generation_options": {"max_images": 4},
    }
    events = frames(client, **changes)
    made = [event for event in events if event["type"].endswith("partial_succeeded")]
    assert [event["image_index"] for event in made] == [0, 1, 2, 3]
    assert len({event["b64_json"] for event in made}) == 4
    alone = ask(client, prompt=changes["prompt"], seed=made[1]["seed"])
    assert alone.json()["data"][0]["b64_json"] != made[1]["b64_json"]


def test_4k_is_made_small_and_enlarged(client: httpx.Client) -> None:
    (picture,) = pictures(ask(client, size="4096x4096"))
    assert picture.size == (4096, 4096)


def test_a_cancelled_job_frees_the_device_and_the_next_picture_is_right(client: httpx.Client) -> None:
    before = ask(client).json()["data"][0]["b64_json"]
    slow = {**BASE, "model": THREE}
    job = client.post(PATH, json=slow, headers={"Prefer": "respond-async"})
    assert job.status_code == 202, job.text
    with client.stream("GET", job.headers["location"] + "/events") as events:
        next(line for line in events.iter_lines() if '"steps_done":3' in line.replace(" ", ""))
        ended = client.delete(job.headers["location"])
    assert ended.status_code in (200, 202, 204)
    assert ask(client).json()["data"][0]["b64_json"] == before
    assert client.get(job.headers["location"]).json()["state"] == "cancelled"


def test_a_killed_device_process_is_replaced_and_its_picture_made_once_more(
    server: RunningServer, client: httpx.Client
) -> None:
    before = ask(client).json()["data"][0]["b64_json"]
    slow = {**BASE, "model": THREE}
    job = client.post(PATH, json=slow, headers={"Prefer": "respond-async"})
    with client.stream("GET", job.headers["location"] + "/events") as events:
        seen = events.iter_lines()
        next(line for line in seen if "steps_done" in line)
        (pid,) = server.service.lanes["diffusers"].engine.process_ids  # type: ignore[attr-defined]
        os.kill(pid, signal.SIGKILL)
        next(line for line in seen if "job.done" in line)
    assert ask(client).json()["data"][0]["b64_json"] == before
    assert client.get("/readyz").status_code == 200
