"""OpenAI's names: an alias of that kind answers as OpenAI's clients expect, any other as Seedream does."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from PIL import Image

from limner.conformance.expect import assert_error
from limner.testing import RunningServer, running_server

MODEL = "doubao-seedream-4-0-250828"
GENERATIONS, EDITS = "/v1/images/generations", "/v1/images/edits"
SEEDREAM_USAGE = {"generated_images", "output_tokens", "total_tokens"}
Connect = Callable[[RunningServer], httpx.Client]


@pytest.fixture(scope="module")
def aliased_server() -> Iterator[RunningServer]:
    aliases = dict.fromkeys(("gpt-image-1", "chatgpt-image-latest", "our-gpt-image-1"), MODEL)
    with running_server(aliases=aliases) as server:
        yield server


@pytest.fixture
def client(aliased_server: RunningServer, connect: Connect) -> httpx.Client:
    return connect(aliased_server)


def _ask(client: httpx.Client, model: str, **fields: object) -> dict[str, Any]:
    body = {"model": model, "prompt": "a fox", "size": "1K"} | fields
    answer = client.post(GENERATIONS, json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("model", ["gpt-image-1", "chatgpt-image-latest"])
def test_pictures_come_as_base64_by_openai_s_names(client: httpx.Client, model: str) -> None:
    (picture,) = _ask(client, model)["data"]
    assert "url" not in picture
    assert Image.open(io.BytesIO(base64.b64decode(picture["b64_json"]))).size == (1024, 1024)


@pytest.mark.parametrize("model", [MODEL, "seedream-4-0-250828", "our-gpt-image-1"])
def test_pictures_come_as_links_by_every_other_name(client: httpx.Client, model: str) -> None:
    answer = _ask(client, model)
    assert "b64_json" not in answer["data"][0]
    assert answer["data"][0]["url"].startswith("http")
    assert set(answer["usage"]) == SEEDREAM_USAGE


def test_links_come_by_openai_s_names_when_asked_for(client: httpx.Client) -> None:
    (picture,) = _ask(client, "gpt-image-1", response_format="url")["data"]
    assert "b64_json" not in picture
    assert picture["url"].startswith("http")


def test_a_size_of_auto_is_the_card_s_default_by_openai_s_names_alone(client: httpx.Client) -> None:
    assert _ask(client, "gpt-image-1", size="auto")["data"][0]["size"] == "2048x2048"
    refused = client.post(GENERATIONS, json={"model": MODEL, "prompt": "a fox", "size": "auto"})
    assert_error(refused, 400, "InvalidParameter", "size")


def test_usage_has_the_fields_of_openai_s(client: httpx.Client) -> None:
    used = _ask(client, "gpt-image-1")["usage"]
    assert set(used) == {*SEEDREAM_USAGE, "input_tokens", "input_tokens_details"}
    assert used["input_tokens_details"] == {"text_tokens": 0, "image_tokens": 0}
    assert used["input_tokens"] + used["output_tokens"] == used["total_tokens"] == 4096


def test_the_edit_form_follows_the_name_too(client: httpx.Client) -> None:
    files = [("image[]", ("a.png", _png(), "image/png"))]
    answers = [
        client.post(EDITS, data={"model": model, "prompt": "make it night", "size": "auto"}, files=files)
        for model in ("gpt-image-1", MODEL)
    ]
    assert answers[0].status_code == 200
    assert "b64_json" in answers[0].json()["data"][0]
    assert_error(answers[1], 400, "InvalidParameter", "size")


def test_a_job_by_openai_s_name_has_the_same_answer_when_it_is_fetched(client: httpx.Client) -> None:
    made = client.post(GENERATIONS, json={"model": "gpt-image-1", "prompt": "a fox", "size": "1K"})
    job = client.get(f"/v1/images/jobs/{made.headers['X-Limner-Job-Id']}").json()
    assert job["result"] == made.json()


def test_a_stream_by_openai_s_name_carries_the_picture(client: httpx.Client) -> None:
    body = {"model": "gpt-image-1", "prompt": "a fox", "size": "1K", "stream": True}
    text = client.post(GENERATIONS, json=body).text
    assert '"b64_json":"' in text
    assert '"input_tokens":0' in text
