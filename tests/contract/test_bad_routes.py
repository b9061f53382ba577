"""Paths, hosts and headers that were made to mislead."""

from __future__ import annotations

import httpx
import pytest

from limner.conformance.expect import answer_of, assert_client_error, assert_error, check
from limner.conformance.target import Target
from limner.conformance.wire import GENERATIONS, authorization, generate, get


@pytest.mark.parametrize(
    "path",
    [
        "/files/",
        "/files/%2e%2e",
        "/files/../../etc/passwd",
        "/files/%2e%2e/%2e%2e/etc/passwd",
        "/files/..%2f..%2fetc%2fpasswd",
        "/files/%2fetc%2fpasswd",
        "/files//etc/passwd",
        "/files/..%5c..%5cetc",
        "/files/a%00.jpg",
        "/files/" + "a" * 5000,
        "/files/%ff%fe.jpg",
        "/files/CON.jpg?expires=99999999999&signature=x",
        "/files/a.jpg?expires=NaN&signature=%ff",
        "/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_a_path_that_leads_out_is_refused(root_url: str, target: Target, path: str) -> None:
    assert_client_error(get(target, httpx.URL(root_url).copy_with(raw_path=path.encode()).__str__()))


@pytest.mark.parametrize(
    "host",
    ['"><script>', "a b", "a/b", "user@evil.example", "evil.example:99999", "a" * 5000, "a\\b", "[::1", ""],
)
def test_a_host_that_is_none_is_never_in_a_link(target: Target, host: str) -> None:
    response = generate(target, "4.0", {"Host": host}, size="1280x720")
    if response.status_code == 200:
        data = answer_of(response)["data"]
        url = data[0]["url"] if isinstance(data, list) else ""
        check(httpx.URL(url).host not in ("", "evil.example"), "the link is one, and not to it", response)
    else:
        check(400 <= response.status_code < 500, "a 4xx", response)


def test_forwarded_headers_of_strangers_are_not_believed(root_url: str, target: Target) -> None:
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example;proto=https",
    }
    response = generate(target, "4.0", headers, size="1280x720")
    data = answer_of(response)["data"]
    url = data[0]["url"] if isinstance(data, list) else ""
    check(url.startswith(root_url), f"the link begins with {root_url}", response)


@pytest.mark.parametrize("value", ["a" * 5000, "<b>", "é", "a\tb"], ids=["long", "markup", "latin-1", "tab"])
def test_a_strange_client_request_id_never_breaks_the_answer(target: Target, value: str) -> None:
    headers = {"X-Client-Request-Id": value}
    sent = {name: text.encode("latin-1").decode("latin-1") for name, text in headers.items()}
    url = target.base_url + GENERATIONS
    with httpx.Client(timeout=60) as client:
        raw = [(k.encode(), v.encode("latin-1")) for k, v in {**authorization(target), **sent}.items()]
        response = client.post(url, json={}, headers=raw)
    assert_error(response, 400, "MissingParameter")
