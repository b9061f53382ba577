"""Settings that a client can see: n, aliases, public_url, lifetime of links, CORS."""

from __future__ import annotations

from typing import Any

import httpx

from limner.conformance.answers import one_picture, pictures_of
from limner.conformance.expect import answer_of, assert_error, check, ignored_fields
from limner.conformance.target import Target
from limner.conformance.wire import GENERATIONS, generate, post
from limner.testing import RunningServer, running_server


def target_of(server: RunningServer) -> Target:
    return Target(f"{server.base_url}/v1", server.api_key, timeout_s=60)


def seeds(response: httpx.Response) -> list[int]:
    data: Any = answer_of(response)["data"]
    return [entry["seed"] for entry in data]


def test_n_makes_a_series_when_it_is_set_so() -> None:
    with running_server(n_mode="series") as server:
        target = target_of(server)
        response = generate(target, "4.0", n=3, size="1280x720")
        pictures_of(target, response, "4.0", count=3)
        check("n" not in ignored_fields(response), "n had an effect", response)


def test_n_makes_separate_pictures_when_it_is_set_so() -> None:
    with running_server(n_mode="independent") as server:
        target = target_of(server)
        response = generate(target, "3.0", n=3, seed=7)
        pictures_of(target, response, "3.0", count=3)
        assert len(set(seeds(response))) == 3
        for n in (0, 16):
            assert_error(generate(target, "4.0", n=n), 400, "InvalidParameter", "n")


def test_an_alias_is_a_model_and_is_echoed() -> None:
    with running_server(aliases={"our-model": "doubao-seedream-4-0-250828"}) as server:
        target = target_of(server)
        response = post(target, {"model": "our-model", "prompt": "a fox", "size": "1280x720"})
        one_picture(target, response, "4.0")
        assert answer_of(response)["model"] == "our-model"


def test_links_begin_with_the_public_url() -> None:
    with running_server(public_url="https://pictures.example/limner") as server:
        data: Any = answer_of(generate(target_of(server), "4.0", size="1280x720"))["data"]
        assert data[0]["url"].startswith("https://pictures.example/limner/files/")


def test_links_follow_a_trusted_proxy() -> None:
    with running_server(trusted_proxies=("127.0.0.0/8",)) as server:
        headers = {"X-Forwarded-Host": "pictures.example", "X-Forwarded-Proto": "https"}
        data: Any = answer_of(generate(target_of(server), "4.0", headers, size="1280x720"))["data"]
        assert data[0]["url"].startswith("https://pictures.example/files/")


def test_the_same_prompt_makes_the_same_seed_when_it_is_set_so() -> None:
    with running_server(seed_default="prompt") as server:
        target = target_of(server)
        first, again, other = (
            seeds(generate(target, "4.0", prompt=prompt, size="1280x720")) for prompt in ("a", "a", "b")
        )
    assert first == again != other


def test_seeds_are_random_when_they_are_set_so() -> None:
    with running_server(seed_default="random") as server:
        target = target_of(server)
        made = {seeds(generate(target, "4.0", seed=-1, size="1280x720"))[0] for _ in range(3)}
    assert len(made) == 3


def preflight(target: Target, origin: str) -> httpx.Response:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    with httpx.Client(timeout=60) as client:
        return client.options(target.base_url + GENERATIONS, headers=headers)


def test_browsers_of_a_listed_origin_may_call_and_others_may_not() -> None:
    with running_server(cors_origins=("https://app.example",)) as server:
        target = target_of(server)
        allowed = preflight(target, "https://app.example")
        assert allowed.is_success
        assert allowed.headers["access-control-allow-origin"] == "https://app.example"
        assert "authorization" in allowed.headers["access-control-allow-headers"].lower()
        refused = preflight(target, "https://evil.example")
        assert "access-control-allow-origin" not in refused.headers
        wrong_key = {"Origin": "https://app.example", "Authorization": "Bearer wrong"}
        refusal = generate(target, "4.0", wrong_key)
        assert_error(refusal, 401, "AuthenticationError")
        check("access-control-allow-origin" in refusal.headers, "a page can read the error", refusal)
