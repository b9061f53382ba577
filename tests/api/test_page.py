"""The page's routes: what is served with which headers, and nothing from outside its folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

import limner
from limner.testing import RunningServer, running_server

STATIC = Path(limner.__file__).parent / "web" / "static"
NAMES = sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file())


@pytest.fixture
def browser(server: RunningServer) -> Iterator[httpx.Client]:
    """A client without a key."""
    with httpx.Client(base_url=server.base_url, trust_env=False) as client:
        yield client


def status_of(server: RunningServer, path: str) -> int:
    """The status for a path that is sent as it is; httpx would tidy it."""
    with closing(HTTPConnection("127.0.0.1", urlsplit(server.base_url).port)) as connection:
        connection.putrequest("GET", path)
        connection.endheaders()
        return connection.getresponse().status


def policy_of(answer: httpx.Response) -> dict[str, list[str]]:
    """The directives of the answer's Content-Security-Policy."""
    parts = [part.split() for part in answer.headers["content-security-policy"].split(";")]
    return {name: values for name, *values in parts}


def test_the_page_opens_without_a_key_and_lets_no_other_host_in(
    server: RunningServer, browser: httpx.Client
) -> None:
    answer = browser.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    policy = policy_of(answer)
    assert policy.pop("img-src") == ["'self'", "data:", "blob:", server.base_url]
    assert policy == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


def test_every_file_is_served_as_it_lies_on_the_disk(browser: httpx.Client) -> None:
    types = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    assert len(NAMES) > 10
    for name in NAMES:
        answer = browser.get(f"/static/{name}")
        assert answer.content == (STATIC / name).read_bytes(), name
        assert answer.headers["content-type"].partition(";")[0] == types[name.rpartition(".")[2]]
        assert policy_of(answer)["default-src"] == ["'none'"]


def test_a_file_is_compressed_for_those_who_can_read_that(browser: httpx.Client) -> None:
    plain = browser.get("/static/js/main.js", headers={"Accept-Encoding": "identity"})
    packed = browser.get("/static/js/main.js", headers={"Accept-Encoding": "gzip, br"})
    assert packed.content == plain.content
    assert "content-encoding" not in plain.headers and packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/", "/static/js/main.js"])
def test_a_browser_asks_each_time_and_gets_nothing_twice(browser: httpx.Client, path: str) -> None:
    first = browser.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = browser.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    assert browser.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/static/js/main.js"])
def test_head_says_what_get_would(browser: httpx.Client, path: str) -> None:
    head = browser.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == browser.get(path).headers["content-length"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/js",
        "/static/js/",
        "/static/nothing.js",
        "/static/index.html/x.js",
        "/static/js/none/../main.js",
        "/static/../__init__.py",
        "/static/%2e%2e/%2e%2e/__init__.py",
        "/static/..%2f..%2fcatalog.toml",
        "/static//etc/passwd",
        "/static/js/.%00main.js",
        "/static/js/main.js%00.css",
        "/static/js\\main.js",
    ],
)
def test_nothing_else_is_served(server: RunningServer, path: str) -> None:
    assert status_of(server, "/static/js/main.js") == 200
    assert status_of(server, path) == 404


def test_pictures_are_let_in_from_where_links_lead() -> None:
    with running_server(public_url="https://pictures.example") as server:
        answer = httpx.get(server.base_url, trust_env=False)
    assert policy_of(answer)["img-src"][-1] == "https://pictures.example"


def test_a_host_header_cannot_add_to_the_policy(server: RunningServer, browser: httpx.Client) -> None:
    for host in ("evil.example; script-src *", "evil.example,*", "*"):
        answer = browser.get("/", headers={"Host": host})
        if answer.status_code == 200:
            assert policy_of(answer)["script-src"] == ["'self'"]
            assert policy_of(answer)["img-src"][3:] == [server.base_url]


def test_pictures_in_a_bucket_are_let_in_from_the_bucket_even_while_it_is_down() -> None:
    bucket = "http://127.0.0.1:9"
    options = {
        "endpoint": bucket,
        "access_key_id": "id",
        "secret_access_key": "secret",
        "region": "us-east-1",
        "allow_http": "true",
    }
    with running_server(storage_url="s3://pictures", storage_options=options) as server:
        answer = httpx.get(server.base_url, trust_env=False)
    assert policy_of(answer)["img-src"][-1] == bucket
