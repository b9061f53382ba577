"""What stands around the routes: health, CORS, documentation, models, errors that nobody foresaw."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Sequence

import httpx
import pytest

from limner.api.seedream import GenerationBody
from limner.catalog import load_catalog
from limner.conformance.expect import assert_error
from limner.engines.fake import FakeEngine
from limner.testing import API_KEY, RunningServer, running_server
from limner.types import Event, ImageRequest, Progress, Reference

Connect = Callable[[RunningServer], httpx.Client]
MODEL = "doubao-seedream-4-0-250828"


class BrokenEngine(FakeEngine):
    """Fails in a way that nobody foresaw."""

    async def generate(
        self, request: ImageRequest, references: Sequence[Reference]
    ) -> AsyncGenerator[Event, None]:
        yield Progress(0, 1 // 0, 1)


class ColdEngine(FakeEngine):
    """Never gets ready."""

    async def start(self) -> None:
        return None


def test_health_needs_no_key(client: httpx.Client) -> None:
    for path, body in (("healthz", {"status": "ok"}), ("readyz", {"ready": True})):
        assert httpx.get(client.base_url.join(path), trust_env=False).json() == body


def test_a_server_whose_engine_is_not_ready_says_so() -> None:
    with running_server(engines={"fake": ColdEngine()}) as server:
        answer = httpx.get(f"{server.base_url}/readyz", trust_env=False)
    assert (answer.status_code, answer.json()) == (503, {"ready": False})


def test_an_unforeseen_error_tells_nothing_of_the_machine() -> None:
    with running_server(engines={"fake": BrokenEngine()}) as server:
        answer = httpx.post(
            f"{server.base_url}/v1/images/generations",
            json={"model": MODEL, "prompt": "x"},
            headers={"Authorization": f"Bearer {API_KEY}"},
            trust_env=False,
        )
    assert_error(answer, 500, "InternalServiceError")
    assert "division" not in answer.text


def test_browsers_are_let_in_from_the_origins_that_are_set(connect: Connect) -> None:
    with running_server(cors_origins=["https://app.example"]) as server:
        client = connect(server)
        ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
        path = "/v1/images/generations"
        allowed = client.options(path, headers={"Origin": "https://app.example", **ask})
        refused = client.options(path, headers={"Origin": "https://evil.example", **ask})
    assert allowed.headers["access-control-allow-origin"] == "https://app.example"
    assert "authorization" in allowed.headers["access-control-allow-headers"]
    assert "access-control-allow-origin" not in refused.headers


def test_without_origins_no_browser_is_let_in(client: httpx.Client) -> None:
    answer = client.get("/healthz", headers={"Origin": "https://app.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_the_schema_names_every_field(client: httpx.Client) -> None:
    schema = client.get("/openapi.json").json()
    body = schema["components"]["schemas"]["GenerationRequest"]
    assert set(body["properties"]) == set(GenerationBody.model_fields)
    assert body["required"] == ["model", "prompt"]
    assert {"/v1/images/generations", "/v1/images/edits", "/v1/models", "/readyz"} <= set(schema["paths"])


def test_every_reference_in_the_schema_leads_somewhere(client: httpx.Client) -> None:
    text = client.get("/openapi.json").text
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/(\w+)"', text)) <= set(schemas)


def test_the_documentation_page_loads_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/docs").text
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert loaded
    for url in loaded:
        assert url.startswith("docs/assets/")
        assert client.get(f"/{url}").status_code == 200


def test_models_are_listed_with_their_cards(client: httpx.Client) -> None:
    answer = client.get("/v1/models").json()
    assert answer["object"] == "list"
    assert [row["id"] for row in answer["data"]] == [card.id for card in load_catalog().cards]
    card = next(row["card"] for row in answer["data"] if row["id"] == MODEL)
    assert card["presets"]["2K"]["16:9"] == "2848x1600"
    assert card["references"]["max"] == 14
    assert (card["min_pixels"], card["max_pixels"]) == (921600, 16777216)


def test_one_model_is_shown_by_any_of_its_names(client: httpx.Client) -> None:
    assert client.get("/v1/models/seedream-4-0-250828").json()["card"]["id"] == MODEL
    assert_error(client.get("/v1/models/nothing"), 404, "InvalidEndpointOrModel.NotFound", "model")


def test_an_alias_is_listed_and_answered_under_its_own_name(connect: Connect) -> None:
    with running_server(aliases={"gpt-image-1": MODEL}) as server:
        client = connect(server)
        listed = [row["id"] for row in client.get("/v1/models").json()["data"]]
        made = client.post(
            "/v1/images/generations", json={"model": "gpt-image-1", "prompt": "x", "size": "1K"}
        ).json()
    assert "gpt-image-1" in listed
    assert made["model"] == "gpt-image-1"


@pytest.mark.parametrize(
    ("method", "path", "allow"), [("GET", "/v1/images/generations", "POST"), ("POST", "/v1/models", "GET")]
)
def test_a_wrong_method_is_told_the_right_one(
    client: httpx.Client, method: str, path: str, allow: str
) -> None:
    answer = client.request(method, path)
    assert_error(answer, 405, "MethodNotAllowed")
    assert answer.headers["allow"] == allow
