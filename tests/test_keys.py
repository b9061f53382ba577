"""API keys: which header opens the door, and what is kept of a key."""

from __future__ import annotations

import hashlib
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from limner.errors import AuthenticationError, ConfigError
from limner.keys import HASH_FILE, Key, KeyStore


def store_with(key: str, folder: Path) -> KeyStore:
    store = KeyStore(folder, key)
    store.load()
    return store


def test_the_first_start_makes_a_key_and_later_ones_know_it(tmp_path: Path) -> None:
    key = KeyStore(tmp_path, None).load()
    assert key is not None
    assert key.startswith("lim-") and len(key) == 47
    later = KeyStore(tmp_path, None)
    assert later.load() is None
    digest = hashlib.sha256(key.encode()).hexdigest()
    assert later.verify(f"Bearer {key}".encode()) == Key(id=digest[:12])


def test_only_the_hash_is_kept_and_only_this_user_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    key = KeyStore(folder, None).load()
    assert key is not None
    assert [path.name for path in folder.iterdir()] == [HASH_FILE]
    assert (folder / HASH_FILE).read_text() == hashlib.sha256(key.encode()).hexdigest() + "\n"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / HASH_FILE)] == [0o700, 0o600]


def test_processes_that_start_together_show_one_key_and_all_accept_it(tmp_path: Path) -> None:
    stores = [KeyStore(tmp_path, None) for _ in range(32)]
    with ThreadPoolExecutor(16) as threads:
        shown = [key for key in threads.map(KeyStore.load, stores) if key is not None]
    assert len(shown) == 1
    assert len({store.verify(f"Bearer {shown[0]}".encode()) for store in stores}) == 1


def test_a_configured_key_wins_and_leaves_nothing_on_the_disk(tmp_path: Path) -> None:
    store = KeyStore(tmp_path / "data", "configured-key")
    assert store.load() is None
    assert store.verify(b"Bearer configured-key").id == hashlib.sha256(b"configured-key").hexdigest()[:12]
    assert not (tmp_path / "data").exists()


def test_a_configured_key_shuts_out_the_kept_one(tmp_path: Path) -> None:
    kept = KeyStore(tmp_path, None).load()
    with pytest.raises(AuthenticationError):
        store_with("configured-key", tmp_path).verify(f"Bearer {kept}".encode())


@pytest.mark.parametrize(
    "header", [b"Bearer k3y", b"bearer k3y", b"BEARER k3y", b"Bearer  k3y", b" Bearer k3y\t"]
)
def test_the_scheme_may_be_in_any_case(tmp_path: Path, header: bytes) -> None:
    assert store_with("k3y", tmp_path).verify(header) == store_with("k3y", tmp_path).verify(b"Bearer k3y")


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
def test_any_other_header_is_refused(tmp_path: Path, header: bytes | None) -> None:
    with pytest.raises(AuthenticationError) as caught:
        store_with("k3y", tmp_path).verify(header)
    assert caught.value.status == 401
    assert "k3y" not in caught.value.message


def test_nothing_is_accepted_before_the_keys_are_loaded(tmp_path: Path) -> None:
    with pytest.raises(AuthenticationError):
        KeyStore(tmp_path, "k3y").verify(b"Bearer k3y")


def test_a_reset_ends_the_old_key_and_begins_a_new_one(tmp_path: Path) -> None:
    store = KeyStore(tmp_path, None)
    old = store.load()
    new = store.reset()
    later = KeyStore(tmp_path, None)
    assert later.load() is None
    for each in (store, later):
        assert each.verify(f"Bearer {new}".encode()).id
        with pytest.raises(AuthenticationError):
            each.verify(f"Bearer {old}".encode())
    assert [path.name for path in tmp_path.iterdir()] == [HASH_FILE]
    assert stat.S_IMODE((tmp_path / HASH_FILE).stat().st_mode) == 0o600


def test_a_reset_works_before_the_first_start(tmp_path: Path) -> None:
    key = KeyStore(tmp_path / "data", None).reset()
    store = KeyStore(tmp_path / "data", None)
    assert store.load() is None
    assert store.verify(f"Bearer {key}".encode()).id


def test_a_configured_key_cannot_be_reset(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="LIMNER_API_KEY"):
        KeyStore(tmp_path, "k3y").reset()


@pytest.mark.parametrize("key", ["", " ", "a b", "a\n", "clé", "\x7f", "键"])
def test_a_configured_key_that_no_header_can_carry_stops_the_start_unseen(tmp_path: Path, key: str) -> None:
    with pytest.raises(ConfigError, match="api_key") as caught:
        KeyStore(tmp_path, key)
    assert not key.strip() or key not in str(caught.value)


@pytest.mark.parametrize(
    "content", [b"\n", b"0" * 64, b"0" * 63 + b"\n", b"g" * 64 + b"\n", b"0" * 64 + b"\n\n", b"\xff"]
)
def test_a_corrupt_hash_file_stops_the_start_and_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / HASH_FILE).write_bytes(content)
    with pytest.raises(ConfigError, match=r"api_key\.sha256.*limner key reset"):
        KeyStore(tmp_path, None).load()
    assert (tmp_path / HASH_FILE).read_bytes() == content


def test_a_reset_mends_a_corrupt_hash_file(tmp_path: Path) -> None:
    (tmp_path / HASH_FILE).write_bytes(b"corrupt")
    key = KeyStore(tmp_path, None).reset()
    store = KeyStore(tmp_path, None)
    store.load()
    assert store.verify(f"Bearer {key}".encode()).id
