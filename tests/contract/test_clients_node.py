"""Node's clients, run as they come from their registry, against a server on loopback."""

from __future__ import annotations

import base64
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from limner.testing import RunningServer, running_server

pytestmark = pytest.mark.needs_more

MODEL = "doubao-seedream-4-0-250828"
SCRIPTS = Path(__file__).parent.parent / "node"
PACKAGES = Path(sys.prefix) / "node"
TIMEOUT_S = 120.0
Outcomes = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running_server(aliases={"gpt-image-1": MODEL}) as running:
        yield running


def outcomes_of(script: str, server: RunningServer) -> Outcomes:
    """What every call of a script gave, by its name."""
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(file, "PNG")
    target = {
        "baseUrl": f"{server.base_url}/v1",
        "apiKey": server.api_key,
        "model": MODEL,
        "picture": base64.b64encode(file.getvalue()).decode(),
    }
    run = subprocess.run(
        ["node", str(SCRIPTS / script)],
        env={"PATH": os.environ["PATH"], "PACKAGES": str(PACKAGES), "SERVER": json.dumps(target)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


def result(outcomes: Outcomes, name: str) -> Any:
    assert "result" in outcomes[name], outcomes[name]
    return outcomes[name]["result"]


@pytest.fixture(scope="module")
def openai(server: RunningServer) -> Outcomes:
    return outcomes_of("openai_client.mjs", server)


@pytest.fixture(scope="module")
def ai_sdk(server: RunningServer) -> Outcomes:
    return outcomes_of("ai_sdk.mjs", server)


@pytest.mark.parametrize("call", ["link", "ignoredFields", "editOfOne", "editOfTwo"])
def test_openai_s_client_gets_a_link(openai: Outcomes, server: RunningServer, call: str) -> None:
    (picture,) = result(openai, call)["data"]
    assert picture["url"].startswith(server.base_url)
    assert picture["size"] == "1024x1024"


@pytest.mark.parametrize("call", ["series", "seriesByForm"])
def test_openai_s_client_can_ask_for_a_series(openai: Outcomes, call: str) -> None:
    assert len(result(openai, call)["data"]) == 2


def test_openai_s_client_iterates_a_stream(openai: Outcomes, server: RunningServer) -> None:
    picture, end = result(openai, "stream")
    assert picture["type"] == "image_generation.partial_succeeded"
    assert picture["url"].startswith(server.base_url)
    assert (end["type"], end["usage"]["generated_images"]) == ("image_generation.completed", 1)


def test_openai_s_client_gets_base64_by_openai_s_name(openai: Outcomes) -> None:
    answer = result(openai, "alias")
    data = base64.b64decode(answer["data"][0]["b64_json"])
    assert Image.open(io.BytesIO(data)).size == (2048, 2048)
    assert answer["usage"]["input_tokens"] == 0


def test_openai_s_client_lists_models(openai: Outcomes) -> None:
    assert {MODEL, "gpt-image-1"} <= set(result(openai, "models"))


@pytest.mark.parametrize(("call", "status"), [("tooSmall", 400), ("wrongKey", 401)])
def test_openai_s_client_raises_what_was_refused(openai: Outcomes, call: str, status: int) -> None:
    assert openai[call]["status"] == status


@pytest.mark.parametrize("call", ["compatible", "compatibleEdit", "openai", "openaiAlias", "openaiAliasEdit"])
def test_the_ai_sdk_gets_a_picture(ai_sdk: Outcomes, call: str) -> None:
    made = result(ai_sdk, call)
    assert set(made["types"]) == {"image/jpeg"}
    assert min(made["bytes"]) > 1000


@pytest.mark.parametrize("call", ["compatibleFields", "compatibleFieldsByForm"])
def test_the_ai_sdk_passes_seedream_s_own_fields(ai_sdk: Outcomes, call: str) -> None:
    assert len(result(ai_sdk, call)["types"]) == 2


def test_the_ai_sdk_s_openai_provider_asks_twice_for_two(ai_sdk: Outcomes) -> None:
    assert len(result(ai_sdk, "openai")["types"]) == 2


def test_the_ai_sdk_s_openai_provider_edits_by_openai_s_names_only(ai_sdk: Outcomes) -> None:
    """It asks for no format and reads base64 alone; docs/compatibility.md says so."""
    assert "Invalid JSON response" in ai_sdk["openaiEditBySeedreamName"]["message"]


def test_the_ai_sdk_tells_what_was_refused(ai_sdk: Outcomes) -> None:
    refused = ai_sdk["tooSmall"]
    assert refused["status"] == 400
    assert "at least 921600 pixels" in refused["message"]
