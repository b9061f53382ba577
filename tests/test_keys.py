"""API keys: which header opens the door, how long an answer is believed, where the first key comes from."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import pytest

from limner.errors import AccessDenied, AuthenticationError, ConfigError, RowConflict, Unavailable
from limner.keys import (
    CACHE_MOST,
    CACHE_S,
    HASH_FILE,
    Key,
    KeyStore,
    Limits,
    digest_of,
    first_key,
    make_key,
)


class Source:
    """Keys in a dictionary, which counts how often it is asked."""

    def __init__(self) -> None:
        self.keys: dict[str, Key] = {}
        self.names: set[str] = set()
        self.asked = 0
        self.is_down = False

    async def by_digest(self, digest: str) -> Key | None:
        self.asked += 1
        await asyncio.sleep(0)
        if self.is_down:
            raise Unavailable
        return self.keys.get(digest)

    async def add(self, digest: str, name: str, limits: Limits, expires_at: float | None) -> Key:
        await asyncio.sleep(0)
        if name in self.names:
            raise RowConflict
        self.names.add(name)
        key = self.keys[digest] = Key(digest[:12], name, limits, expires_at)
        return key

    async def is_empty(self) -> bool:
        return not self.names

    async def made(self, name: str = "ci", expires_at: float | None = None) -> tuple[str, Key]:
        secret = make_key()
        return secret, await self.add(digest_of(secret.encode()), name, Limits(), expires_at)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def bearer(secret: str) -> bytes:
    return f"Bearer {secret}".encode()


def with_configured(secret: str) -> KeyStore:
    return KeyStore(Source(), configured=secret)


async def refused(store: KeyStore, header: bytes | None) -> AuthenticationError:
    with pytest.raises(AuthenticationError) as caught:
        await store.verify(header)
    return caught.value


def test_a_made_key_has_256_random_bits() -> None:
    assert make_key().startswith("lim-")
    assert len(make_key()) == 47
    assert make_key() != make_key()


async def test_a_key_of_the_source_opens_the_door() -> None:
    source = Source()
    secret, key = await source.made()
    assert await KeyStore(source).verify(bearer(secret)) == key


async def test_a_configured_key_opens_the_door_beside_it_and_has_no_limits() -> None:
    source = Source()
    secret, key = await source.made()
    store = KeyStore(source, configured="mine")
    configured = await store.verify(b"Bearer mine")
    assert (configured.id, configured.limits) == (hashlib.sha256(b"mine").hexdigest()[:12], Limits())
    assert await store.verify(bearer(secret)) == key


@pytest.mark.parametrize(
    "header", [b"Bearer k3y", b"bearer k3y", b"BEARER k3y", b"Bearer  k3y", b" Bearer k3y\t"]
)
async def test_the_scheme_may_be_in_any_case(header: bytes) -> None:
    assert (await with_configured("k3y").verify(header)).name == "configured"


OTHER_HEADERS = [
    *(None, b"", b" ", b"k3y", b"Bearer", b"Bearer ", b"Bearerk3y", b"Bearer\tk3y", b"Bearer:k3y"),
    *(b"Basic k3y", b"Token k3y", b"Bearer k3", b"Bearer k3y1", b"Bearer K3Y", b"Bearer k3y k3y"),
    *(b"Bearer k3y,k3y", b'Bearer "k3y"', b"Bearer k3y\xff", b"Bearer k3y\x00", b"Bearer k3y\nX: 1"),
    *(
        "Bearer ké3y".encode(),
        "Bearer k3y".encode("utf-16"),
        "Ｂearer k3y".encode(),
        b"Bearer " + b"k" * 100_000,
    ),
    b"Bearer " + hashlib.sha256(b"k3y").hexdigest().encode(),
]


@pytest.mark.parametrize("header", OTHER_HEADERS)
async def test_any_other_header_is_refused(header: bytes | None) -> None:
    error = await refused(with_configured("k3y"), header)
    assert error.status == 401
    assert "k3y" not in error.message


async def test_a_key_is_refused_from_its_last_second_on_even_if_it_was_just_asked_for() -> None:
    source, clock = Source(), Clock()
    secret, _ = await source.made(expires_at=clock.now + 1)
    store = KeyStore(source, clock=clock)
    await store.verify(bearer(secret))
    clock.now += 1
    assert "expired" in (await refused(store, bearer(secret))).message


async def test_a_revoked_key_is_refused_after_two_seconds() -> None:
    source, clock = Source(), Clock()
    secret, key = await source.made()
    store = KeyStore(source, monotonic=clock)
    await store.verify(bearer(secret))
    source.keys.clear()
    clock.now += CACHE_S - 0.01
    assert await store.verify(bearer(secret)) == key
    clock.now += 0.01
    await refused(store, bearer(secret))


async def test_a_key_that_this_server_revokes_is_refused_at_once() -> None:
    source = Source()
    secret, _ = await source.made()
    store = KeyStore(source, monotonic=Clock())
    await store.verify(bearer(secret))
    source.keys.clear()
    store.forget()
    await refused(store, bearer(secret))


async def test_a_crowd_with_one_key_asks_the_source_once() -> None:
    source = Source()
    secret, key = await source.made()
    store = KeyStore(source, monotonic=Clock())
    assert await asyncio.gather(*(store.verify(bearer(secret)) for _ in range(500))) == [key] * 500
    assert source.asked == 1


async def test_an_unknown_key_is_looked_for_once_and_what_we_never_made_not_at_all() -> None:
    source = Source()
    store = KeyStore(source, monotonic=Clock())
    unknown = make_key()
    for secret in (unknown, unknown, unknown, "guess", unknown + "x", "sk-" + "a" * 43):
        await refused(store, bearer(secret))
    assert source.asked == 1


async def test_a_flood_of_unknown_keys_does_not_grow_what_is_remembered() -> None:
    source = Source()
    store = KeyStore(source, monotonic=Clock())
    flood = [make_key() for _ in range(CACHE_MOST + 1)]
    for secret in flood:
        await refused(store, bearer(secret))
    await refused(store, bearer(flood[-1]))
    assert source.asked == len(flood)
    await refused(store, bearer(flood[0]))
    assert source.asked == len(flood) + 1


async def test_a_source_that_does_not_answer_is_not_remembered() -> None:
    source = Source()
    secret, key = await source.made()
    store = KeyStore(source, monotonic=Clock())
    source.is_down = True
    with pytest.raises(Unavailable):
        await store.verify(bearer(secret))
    source.is_down = False
    assert await store.verify(bearer(secret)) == key


async def test_who_leaves_while_a_key_is_looked_for_takes_no_answer_from_others() -> None:
    source = Source()
    secret, key = await source.made()
    store = KeyStore(source, monotonic=Clock())
    leaving = asyncio.ensure_future(store.verify(bearer(secret)))
    staying = asyncio.ensure_future(store.verify(bearer(secret)))
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == key
    assert leaving.cancelled()


async def test_only_the_admin_key_opens_the_admin_api() -> None:
    source = Source()
    secret, _ = await source.made()
    store = KeyStore(source, configured="mine", admin_key="chief")
    await store.verify_admin(b"Bearer chief")
    for valid in (secret, "mine"):
        with pytest.raises(AccessDenied):
            await store.verify_admin(bearer(valid))
    for header in (None, b"Bearer chie", b"Bearer chief1"):
        with pytest.raises(AuthenticationError):
            await store.verify_admin(header)


async def test_without_an_admin_key_the_admin_api_is_closed_to_everybody() -> None:
    for header in (None, b"Bearer mine", b"Bearer None", b"Bearer chief"):
        with pytest.raises(AccessDenied, match="admin_key is not set"):
            await with_configured("mine").verify_admin(header)


async def test_the_admin_key_is_no_key_for_pictures() -> None:
    await refused(KeyStore(Source(), configured="mine", admin_key="chief"), b"Bearer chief")


def test_one_secret_cannot_be_both_keys() -> None:
    with pytest.raises(ConfigError, match="must not be the same") as caught:
        KeyStore(Source(), configured="s3cret", admin_key="s3cret")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("setting", ["configured", "admin_key"])
@pytest.mark.parametrize("key", ["", " ", "a b", "a\n", "clé", "\x7f", "键"])
def test_a_key_that_no_header_can_carry_stops_the_start_unseen(setting: str, key: str) -> None:
    with pytest.raises(ConfigError, match="printable ASCII") as caught:
        KeyStore(Source(), **{setting: key})  # type: ignore[arg-type]
    assert not key.strip() or key not in str(caught.value)


async def test_the_first_start_makes_a_key_and_later_ones_do_not(tmp_path: Path) -> None:
    source = Source()
    secret = await first_key(source, tmp_path)
    assert secret is not None
    assert (await KeyStore(source).verify(bearer(secret))).name == "default"
    assert await first_key(source, tmp_path) is None


async def test_of_starts_at_the_same_time_one_makes_the_key(tmp_path: Path) -> None:
    source = Source()
    shown = await asyncio.gather(*(first_key(source, tmp_path) for _ in range(20)))
    assert len([secret for secret in shown if secret is not None]) == 1


async def test_where_there_is_a_key_no_other_is_made(tmp_path: Path) -> None:
    source = Source()
    await source.made("ci")
    assert await first_key(source, tmp_path) is None


async def test_the_key_of_an_older_installation_stays_valid(tmp_path: Path) -> None:
    secret = make_key()
    (tmp_path / HASH_FILE).write_text(hashlib.sha256(secret.encode()).hexdigest() + "\n")
    source = Source()
    await source.made("ci")
    assert await first_key(source, tmp_path) is None
    key = await KeyStore(source).verify(bearer(secret))
    assert (key.id, key.name) == (hashlib.sha256(secret.encode()).hexdigest()[:12], "default")
    assert [*tmp_path.iterdir()] == []
    assert await first_key(source, tmp_path) is None


async def test_of_starts_at_the_same_time_all_find_the_older_key_taken_over(tmp_path: Path) -> None:
    secret = make_key()
    (tmp_path / HASH_FILE).write_text(hashlib.sha256(secret.encode()).hexdigest() + "\n")
    source = Source()
    assert await asyncio.gather(*(first_key(source, tmp_path) for _ in range(5))) == [None] * 5
    assert (await KeyStore(source).verify(bearer(secret))).name == "default"


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"0" * 64, b"0" * 63 + b"\n", b"g" * 64 + b"\n", b"0" * 64 + b"\n\n", b"\xff"]
)
async def test_a_corrupt_hash_file_stops_the_start_and_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / HASH_FILE).write_bytes(content)
    source = Source()
    with pytest.raises(ConfigError, match=r"api_key\.sha256.*limner keys create"):
        await first_key(source, tmp_path)
    assert (tmp_path / HASH_FILE).read_bytes() == content
    assert await source.is_empty()
