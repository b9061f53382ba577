"""The admin API: who may use it, and that what it changes holds from the next request on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from limner.testing import RunningServer, running_server

ADMIN_KEY = "lim-admin-key"
MODEL = "doubao-seedream-4-0-250828"
ROUTES = [
    ("POST", "/admin/keys"),
    ("GET", "/admin/keys"),
    ("GET", "/admin/keys/default"),
    ("PATCH", "/admin/keys/default"),
    ("DELETE", "/admin/keys/default"),
    ("POST", "/admin/keys/default/rotate"),
    ("GET", "/admin/usage"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running_server(admin_key=ADMIN_KEY) as running:
        yield running


@pytest.fixture
def admin(client: httpx.Client) -> httpx.Client:
    """A client with the admin key."""
    client.headers["Authorization"] = f"Bearer {ADMIN_KEY}"
    return client


@pytest.fixture
def make(admin: httpx.Client, request: pytest.FixtureRequest) -> Callable[..., dict[str, Any]]:
    """Makes a key that is named after the test."""

    def made(**limits: object) -> dict[str, Any]:
        name = request.node.originalname[:60]
        answer = admin.post("/admin/keys", json={"name": name, **limits})
        assert answer.status_code == 201, answer.text
        facts = answer.json()
        assert isinstance(facts, dict)
        return facts

    return made


def draw(server: RunningServer, key: str, model: str = MODEL, **fields: object) -> httpx.Response:
    body = {"model": model, "prompt": "a fox", "size": "1K", **fields}
    headers = {"Authorization": f"Bearer {key}"}
    url = f"{server.base_url}/v1/images/generations"
    with httpx.Client(trust_env=False, timeout=20) as client:
        return client.post(url, json=body, headers=headers)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_only_the_admin_key_opens_a_route(server: RunningServer, method: str, path: str) -> None:
    with httpx.Client(base_url=server.base_url, trust_env=False) as client:
        for headers, expected in (
            ({}, (401, "AuthenticationError")),
            ({"Authorization": "Bearer wrong"}, (401, "AuthenticationError")),
            ({"Authorization": f"Bearer {server.api_key}"}, (403, "AccessDenied")),
        ):
            assert code(client.request(method, path, headers=headers)) == expected


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_without_an_admin_key_every_route_is_closed(
    method: str, path: str, connect: Callable[[RunningServer], httpx.Client], closed: RunningServer
) -> None:
    answer = connect(closed).request(method, path)
    assert code(answer) == (403, "AccessDenied")
    assert "admin API is closed: admin_key is not set" in answer.json()["error"]["message"]


@pytest.fixture(scope="module")
def closed() -> Iterator[RunningServer]:
    with running_server() as running:
        yield running


def test_the_admin_key_draws_no_pictures(server: RunningServer) -> None:
    assert code(draw(server, ADMIN_KEY)) == (401, "AuthenticationError")


def test_a_key_is_in_the_answer_that_makes_it_and_in_no_other(
    server: RunningServer, admin: httpx.Client, make: Callable[..., dict[str, Any]]
) -> None:
    made = make(models=["doubao-*"], images_per_minute=60, monthly_megapixels=12.5, expires_at=4e9)
    secret = made.pop("key")
    assert draw(server, secret).status_code == 200
    assert admin.get(f"/admin/keys/{made['id']}").json() == made
    assert admin.get(f"/admin/keys/{made['name']}").json() == made
    listed = admin.get("/admin/keys")
    assert made == {"object": "key", **next(key for key in listed.json()["data"] if key["id"] == made["id"])}
    assert secret not in listed.text
    assert listed.headers["cache-control"] == "no-store"
    assert {name: made[name] for name in ("state", "models", "images_per_minute", "monthly_pictures")} == {
        "state": "valid",
        "models": ["doubao-*"],
        "images_per_minute": 60,
        "monthly_pictures": None,
    }


def test_a_name_is_given_once(admin: httpx.Client, make: Callable[..., dict[str, Any]]) -> None:
    name = make()["name"]
    answer = admin.post("/admin/keys", json={"name": name})
    assert code(answer) == (400, "InvalidParameter")
    assert answer.json()["error"]["param"] == "name"


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "a b"}, "name"),
        ({"name": "a" * 65}, "name"),
        ({"name": "a", "colour": "red"}, "colour"),
        ({"name": "a", "images_per_minute": 0}, "images_per_minute"),
        ({"name": "a", "images_per_minute": "5"}, "images_per_minute"),
        ({"name": "a", "concurrent_jobs": True}, "concurrent_jobs"),
        ({"name": "a", "monthly_pictures": -1}, "monthly_pictures"),
        ({"name": "a", "models": [""]}, "models"),
        ({"name": "a", "models": "doubao-*"}, "models"),
        ({"name": "a", "key": "mine"}, "key"),
    ],
)
def test_a_body_that_is_not_understood_makes_no_key(
    admin: httpx.Client, body: dict[str, object], param: str
) -> None:
    answer = admin.post("/admin/keys", json=body)
    assert code(answer) == (400, "InvalidParameter")
    assert answer.json()["error"]["param"] == param
    assert "a" not in [key["name"] for key in admin.get("/admin/keys").json()["data"]]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"a"', b'{"name": "a", "monthly_megapixels": Infinity}'])
def test_what_is_no_json_object_makes_no_key(admin: httpx.Client, body: bytes) -> None:
    assert admin.post("/admin/keys", content=body).status_code == 400


def test_a_change_keeps_what_was_not_sent_and_holds_from_the_next_request_on(
    server: RunningServer, admin: httpx.Client, make: Callable[..., dict[str, Any]]
) -> None:
    made = make(images_per_minute=100, monthly_pictures=100)
    assert draw(server, made["key"]).status_code == 200
    changed = admin.patch(f"/admin/keys/{made['id']}", json={"models": ["other"], "monthly_pictures": None})
    limits = [changed.json()[name] for name in ("models", "images_per_minute", "monthly_pictures")]
    assert limits == [["other"], 100, None]
    assert code(draw(server, made["key"])) == (403, "AccessDenied")
    admin.patch(f"/admin/keys/{made['id']}", json={"models": None})
    assert draw(server, made["key"]).status_code == 200


def test_a_rotated_key_ends_at_once_and_the_new_one_begins(
    server: RunningServer, admin: httpx.Client, make: Callable[..., dict[str, Any]]
) -> None:
    made = make(images_per_minute=100)
    assert draw(server, made["key"]).status_code == 200
    rotated = admin.post(f"/admin/keys/{made['id']}/rotate").json()
    assert {**rotated, "key": ""} == {**made, "key": ""}
    assert code(draw(server, made["key"])) == (401, "AuthenticationError")
    assert draw(server, rotated["key"]).status_code == 200


def test_a_revoked_key_ends_at_once_and_for_good(
    server: RunningServer, admin: httpx.Client, make: Callable[..., dict[str, Any]]
) -> None:
    made = make()
    path = f"/admin/keys/{made['id']}"
    assert draw(server, made["key"]).status_code == 200
    revoked = admin.delete(path).json()
    assert (revoked["state"], revoked["revoked_at"] is not None) == ("revoked", True)
    assert code(draw(server, made["key"])) == (401, "AuthenticationError")
    assert admin.delete(path).json() == revoked
    assert code(admin.post(f"{path}/rotate")) == (400, "InvalidParameter")
    assert code(admin.patch(path, json={})) == (400, "InvalidParameter")
    assert admin.get(path).json() == revoked


def test_a_key_that_expired_is_refused(
    server: RunningServer, admin: httpx.Client, make: Callable[..., dict[str, Any]]
) -> None:
    made = make(expires_at=1.0)
    assert made["state"] == "expired"
    answer = draw(server, made["key"])
    assert code(answer) == (401, "AuthenticationError")
    assert "expired" in answer.json()["error"]["message"]
    admin.patch(f"/admin/keys/{made['id']}", json={"expires_at": None})
    assert draw(server, made["key"]).status_code == 200


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_a_key_that_there_is_not_is_not_found(admin: httpx.Client, method: str) -> None:
    answer = admin.request(method, "/admin/keys/nobody", json={} if method == "PATCH" else None)
    assert code(answer) == (404, "NotFound")


def test_limits_are_kept_on_the_wire_and_say_when_to_come_again(
    server: RunningServer, make: Callable[..., dict[str, Any]]
) -> None:
    key = make(images_per_minute=2)["key"]
    assert [draw(server, key).status_code for _ in range(2)] == [200, 200]
    answer = draw(server, key)
    assert code(answer) == (429, "ModelAccountIpmRateLimitExceeded")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert draw(server, key, "doubao-seedream-4-5-251128", size="2K").status_code == 200


def test_a_key_is_shown_the_models_that_it_may_use_and_no_others(
    server: RunningServer, make: Callable[..., dict[str, Any]]
) -> None:
    key = make(models=["doubao-seedream-4-*", "seedream-3*"])["key"]
    with httpx.Client(base_url=server.base_url, trust_env=False) as client:
        client.headers["Authorization"] = f"Bearer {key}"
        listed = [model["id"] for model in client.get("/v1/models").json()["data"]]
        shown = client.get(f"/v1/models/{MODEL}")
        hidden = client.get("/v1/models/doubao-seedream-5-0-260128")
    assert MODEL in listed
    assert "doubao-seedream-5-0-260128" not in listed
    assert shown.status_code == 200
    assert code(hidden) == (404, "InvalidEndpointOrModel.NotFound")


def test_a_budget_is_settled_on_what_was_delivered(
    server: RunningServer, admin: httpx.Client, make: Callable[..., dict[str, Any]]
) -> None:
    made = make(monthly_pictures=2)
    key = made["key"]
    assert draw(server, key, prompt="").status_code == 400
    assert draw(server, key).status_code == 200
    assert draw(server, key).status_code == 200
    answer = draw(server, key)
    assert code(answer) == (429, "QuotaExceeded")
    assert int(answer.headers["retry-after"]) >= 1
    admin.patch(f"/admin/keys/{made['id']}", json={"monthly_pictures": 3})
    assert draw(server, key).status_code == 200


def test_the_bill_tells_keys_apart(
    server: RunningServer, admin: httpx.Client, make: Callable[..., dict[str, Any]]
) -> None:
    made = make()
    draw(server, made["key"])
    (row,) = admin.get("/admin/usage", params={"by": "key,model", "key": made["id"]}).json()["data"]
    facts = [row[name] for name in ("key", "key_name", "model", "requests", "pictures")]
    assert facts == [made["id"], made["name"], MODEL, 1, 1]
    everybody = admin.get("/admin/usage").json()["data"]
    assert made["id"] in [row["key"] for row in everybody]
