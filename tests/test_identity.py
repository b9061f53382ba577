"""Which server a process is, and that it is the only one in its folder."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from limner.errors import ConfigError
from limner.identity import LOCK_FILE, only_server, server_id

HOLD = """
import sys, time
from pathlib import Path
from limner.identity import only_server
with only_server(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_server_keeps_its_id(tmp_path: Path) -> None:
    first = server_id(tmp_path)
    assert (server_id(tmp_path), len(first)) == (first, 16)
    assert server_id(tmp_path / "other") != first


def test_two_servers_in_one_folder_are_one_too_many(tmp_path: Path) -> None:
    is_used = pytest.raises(ConfigError, match="in use by another server")
    with only_server(tmp_path), is_used, only_server(tmp_path):
        raise AssertionError("both are in")
    with only_server(tmp_path):
        pass


def test_each_folder_has_a_server_of_its_own(tmp_path: Path) -> None:
    with only_server(tmp_path / "one"), only_server(tmp_path / "two"):
        pass


def test_what_it_makes_is_for_the_owner_alone(tmp_path: Path) -> None:
    with only_server(tmp_path / "data"):
        pass
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "data" / LOCK_FILE).stat().st_mode) == 0o600


def test_the_lock_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ConfigError), only_server(tmp_path):
            pass
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    with only_server(tmp_path):
        pass
