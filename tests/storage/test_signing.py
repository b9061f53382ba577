"""Signed links: what opens a file, what does not, and the key behind them."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from limner.errors import AccessDenied, ConfigError
from limner.storage.signing import KEY_BYTES, Signer, load_or_make_key

NAME = "021757396757123" + "0a" * 19 + "_0.png"
OTHER = "021757396757123" + "0a" * 19 + "_1.png"
INPUT = "021757396757123" + "0a" * 19 + "_in0.bin"
NOW = 1_757_396_757.9
TTL_S = 86400
EXPIRES = 1_757_396_757 + TTL_S
signer = Signer(b"k" * KEY_BYTES, TTL_S)
QUERY = signer.sign(NAME, NOW)
SIGNATURE = QUERY.rpartition("=")[2]


def test_a_signed_link_opens_its_file_until_it_expires() -> None:
    assert QUERY.startswith(f"expires={EXPIRES}&signature=")
    for now in (NOW, EXPIRES - 1, EXPIRES):
        signer.verify(NAME, QUERY, now)


@pytest.mark.parametrize("now", [EXPIRES + 0.001, EXPIRES + 1, EXPIRES + 10**9])
def test_an_expired_link_is_refused(now: float) -> None:
    with pytest.raises(AccessDenied):
        signer.verify(NAME, QUERY, now)


def test_the_order_of_the_fields_and_others_beside_them_do_not_matter() -> None:
    signer.verify(NAME, f"download=1&signature={SIGNATURE}&expires={EXPIRES}", NOW)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "&",
        "expires",
        f"expires={EXPIRES}",
        f"signature={SIGNATURE}",
        f"expires=&signature={SIGNATURE}",
        f"expires={EXPIRES}&signature=",
        f"expires={EXPIRES + 1}&signature={SIGNATURE}",
        f"expires=0{EXPIRES}&signature={SIGNATURE}",
        f"expires=+{EXPIRES}&signature={SIGNATURE}",
        f"expires={EXPIRES}.0&signature={SIGNATURE}",
        f"expires={EXPIRES}%0A&signature={SIGNATURE}",
        f"expires=-{EXPIRES}&signature={SIGNATURE}",
        f"expires={'9' * 5000}&signature={SIGNATURE}",
        f"expires=nan&signature={SIGNATURE}",
        f"expires={EXPIRES}&signature={SIGNATURE[:-1]}",
        f"expires={EXPIRES}&signature={SIGNATURE}0",
        f"expires={EXPIRES}&signature={SIGNATURE.upper()}",
        f"expires={EXPIRES}&signature={SIGNATURE[:-1]}é",
        f"expires={EXPIRES}&signature={SIGNATURE[:-1]}%ff",
        f"expires={EXPIRES}&signature={'0' * 64}",
        f"Expires={EXPIRES}&Signature={SIGNATURE}",
        f"expires={EXPIRES};signature={SIGNATURE}",
        f"expires={EXPIRES}&{QUERY}",
        f"{QUERY}&expires={EXPIRES}",
        f"{QUERY}&signature={SIGNATURE}",
        f"{QUERY}&expires=",
        "a=1&" * 15 + QUERY,
    ],
)
def test_a_missing_tampered_or_doubled_field_is_refused(query: str) -> None:
    with pytest.raises(AccessDenied):
        signer.verify(NAME, query, NOW)


@pytest.mark.parametrize("position", range(64))
def test_a_change_of_any_digit_of_the_signature_is_refused(position: int) -> None:
    digit = "0" if SIGNATURE[position] != "0" else "1"
    with pytest.raises(AccessDenied):
        signer.verify(
            NAME, f"expires={EXPIRES}&signature={SIGNATURE[:position]}{digit}{SIGNATURE[position + 1 :]}", NOW
        )


def test_a_signature_opens_no_other_file_and_no_other_key_makes_it() -> None:
    with pytest.raises(AccessDenied):
        signer.verify(OTHER, QUERY, NOW)
    with pytest.raises(AccessDenied):
        Signer(b"K" * KEY_BYTES, TTL_S).verify(NAME, QUERY, NOW)


@pytest.mark.parametrize(
    "base",
    [
        "http://127.0.0.1:8000/files",
        "https://pictures.example/limner/files",
        "http://[::1]/files",
        "HTTP://A/files",
    ],
)
def test_an_own_link_is_known_on_any_host(base: str) -> None:
    assert signer.own_link(f"{base}/{NAME}?{QUERY}", NOW) == NAME
    assert signer.own_link(f"{base}/{NAME}?{QUERY}#top", EXPIRES) == NAME


@pytest.mark.parametrize(
    "url",
    [
        "",
        "files",
        f"http://a/files/{NAME}",
        f"http://a/files/{NAME}?{QUERY}0",
        f"http://a/files/{OTHER}?{QUERY}",
        f"http://a/files/x/{NAME}?{QUERY}",
        f"http://a/files/../{NAME}?{QUERY}",
        f"http://a/files/{NAME}/?{QUERY}",
        f"http://a/{NAME}?{QUERY}",
        f"http://a/notfiles/{NAME}?{QUERY}",
        f"http://a/files/..%2f{NAME}?{QUERY}",
        f"http://a/files/{NAME}#?{QUERY}",
        f"file:///files/{NAME}?{QUERY}",
        f"data:image/png;base64,/files/{NAME}?{QUERY}",
        f"http://[a/files/{NAME}?{QUERY}",
        f"http://a/{'a' * 9000}/files/{NAME}?{QUERY}",
        "http://a/files/\ud800?" + QUERY,
    ],
)
def test_any_other_url_is_not_our_own(url: str) -> None:
    assert signer.own_link(url, NOW) is None


STORE_LINK = f"https://pictures.s3.example.com/team/2025-09-09/{NAME}?X-Amz-Expires=86400&X-Amz-Signature=0"


def test_a_stores_own_link_is_marked_where_no_server_sees_it_and_known_again() -> None:
    link = signer.mark(STORE_LINK, NAME, NOW)
    assert link.partition("#")[0] == STORE_LINK
    assert signer.own_link(link, EXPIRES) == NAME
    assert signer.own_link(link, EXPIRES + 1) is None


@pytest.mark.parametrize(
    "url",
    [
        STORE_LINK,
        f"{STORE_LINK}#",
        f"{STORE_LINK}#{QUERY}0",
        f"{STORE_LINK}#{QUERY}".replace(NAME, OTHER),
        f"{STORE_LINK}#x={NAME}",
        f"{STORE_LINK}&{QUERY}",
        f"ftp://a/{NAME}#{QUERY}",
        f"http://a/files/{NAME}#{QUERY}",
        f"http://a/{INPUT}#{signer.sign(INPUT, NOW)}",
        f"http://a/{NAME}/x#{QUERY}",
    ],
)
def test_a_stores_link_without_a_mark_of_this_key_is_not_our_own(url: str) -> None:
    assert signer.own_link(url, NOW) is None


def test_an_own_link_that_has_expired_is_not_read_from_storage() -> None:
    assert signer.own_link(f"http://a/files/{NAME}?{QUERY}", EXPIRES + 1) is None


def test_the_signing_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "data" / "signing_key"
    key = load_or_make_key(path)
    assert len(key) == KEY_BYTES == 32
    assert load_or_make_key(path) == key == path.read_bytes()
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)] == [0o600, 0o700]
    assert [each.name for each in path.parent.iterdir()] == ["signing_key"]


def test_two_folders_get_two_keys(tmp_path: Path) -> None:
    assert load_or_make_key(tmp_path / "a") != load_or_make_key(tmp_path / "b")


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(load_or_make_key, [tmp_path / "signing_key"] * 64))
    assert len(keys) == 1


def test_a_key_file_that_others_could_read_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "signing_key"
    path.write_bytes(b"k" * KEY_BYTES)
    path.chmod(0o644)
    assert load_or_make_key(path) == b"k" * KEY_BYTES
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"k" * (KEY_BYTES - 1), b"k" * (KEY_BYTES + 1), b"\n"])
def test_a_key_file_of_another_length_stops_the_start(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "signing_key"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="signing_key"):
        load_or_make_key(path)
    assert path.read_bytes() == content


def test_a_key_file_that_cannot_be_opened_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("folder", "link"):
        with pytest.raises(ConfigError, match=name):
            load_or_make_key(tmp_path / name)
    assert not (tmp_path / "elsewhere").exists()
