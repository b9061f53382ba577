"""Secrets on the disk: made once, whole, and for this user alone."""

from __future__ import annotations

import stat
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from limner.errors import ConfigError
from limner.storage.secret_file import make_private_folder, read_or_make, replace


def test_a_second_process_waits_for_what_the_first_is_making(tmp_path: Path) -> None:
    is_making, may_end = threading.Event(), threading.Event()

    def make_slowly() -> bytes:
        is_making.set()
        may_end.wait(10)
        return b"first"

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(read_or_make, tmp_path / "secret", make_slowly)
        is_making.wait(10)
        second = threads.submit(read_or_make, tmp_path / "secret", lambda: b"second")
        wait([second], timeout=0.2)
        may_end.set()
        assert (first.result(), second.result()) == ((b"first", True), (b"first", False))


def test_a_file_that_a_crash_left_empty_is_filled(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    assert read_or_make(tmp_path / "secret", lambda: b"made") == (b"made", True)


def test_a_replaced_file_is_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(b"a longer old content")
    path.chmod(0o644)
    replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    with pytest.raises(ConfigError, match="secret cannot be written"):
        replace(tmp_path / "secret", b"new")
    assert list(tmp_path.iterdir()) == [tmp_path / "secret"]


def test_a_folder_and_those_above_it_are_private(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "a" / "b")
    for folder in (tmp_path / "a", tmp_path / "a" / "b"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_cannot_be_a_folder_or_have_one_below_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ConfigError, match="cannot be used"):
            make_private_folder(path)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) & 0o600 == 0o600
