"""The disk is full: answers are errors in the envelope, nothing is billed, and it works again by itself."""

from __future__ import annotations

import resource
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.faults.conftest import Postgres, Served


SMALL_BYTES = 8 << 20
ASYNC = {"Prefer": "respond-async"}
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def limit_files(served: Served, limit: int) -> None:
    """No file of the server may be longer; what would make it longer fails."""
    resource.prlimit(served.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))


def require_error(response: httpx.Response) -> None:
    error = response.json()["error"]
    assert response.status_code in (500, 503)
    assert error["type"] in ("InternalServerError", "ServiceUnavailable")
    assert error["message"].endswith(response.headers["X-Request-Id"])


def require_no_picture(served: Served) -> None:
    """Each kind of request fails, and the server goes on."""
    require_error(served.ask())
    require_error(served.ask(response_format="b64_json"))
    require_error(served.ask({"Idempotency-Key": "full"}))
    streamed = served.ask(stream=True)
    assert "partial_succeeded" not in streamed.text
    if streamed.status_code == 200:
        assert "partial_failed" in streamed.text
    else:
        require_error(streamed)
    detached = served.ask(ASYNC)
    if detached.status_code == 202:
        assert "result" not in served.ended_job(detached.json()["id"])
    else:
        require_error(detached)


def require_pictures(served: Served, until: Callable[..., object]) -> None:
    """Each kind of request is answered, once the server has seen that there is room."""
    until(lambda: served.ask().status_code == 200, "a picture")
    assert served.ask(response_format="b64_json").status_code == 200
    first, second = (served.ask({"Idempotency-Key": "full"}) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.headers["X-Limner-Job-Id"] == second.headers["X-Limner-Job-Id"]
    assert "partial_succeeded" in served.ask(stream=True).text
    assert served.ended_job(served.ask(ASYNC).json()["id"])["state"] == "done"


def require_that_what_is_billed_is_there(served: Served) -> None:
    """By the ledger of a server on SQLite."""
    billed = served.rows("SELECT name, bytes FROM pictures WHERE outcome = 'stored'")
    files = served.files()
    assert (
        billed
        and {row["name"]: row["bytes"] for row in billed}.items()
        <= {name: path.stat().st_size for name, path in files.items()}.items()
    )
    assert served.billed() == len(billed)
    assert not served.rows("SELECT id FROM jobs WHERE state IN ('queued', 'running')")


def test_where_no_file_can_grow_there_are_errors_and_no_bills(
    serve: Callable[..., Served], until: Callable[..., object]
) -> None:
    served = serve()
    served.start()
    assert served.ask().status_code == 200
    limit_files(served, 0)
    require_no_picture(served)
    assert served.billed() == 1
    until(lambda: not served.is_ready(), "not ready")
    limit_files(served, resource.RLIM_INFINITY)
    require_pictures(served, until)
    require_that_what_is_billed_is_there(served)


def test_where_pictures_find_no_room_and_the_ledger_does_there_are_errors_and_no_bills(
    serve: Callable[..., Served], postgres: Postgres, until: Callable[..., object]
) -> None:
    served = serve(database_url=postgres.url)
    served.start()
    assert served.ask().status_code == 200
    limit_files(served, 0)
    require_no_picture(served)
    assert served.billed() == postgres.count("pictures", "outcome = 'stored'") == 1
    assert served.is_ready()
    limit_files(served, resource.RLIM_INFINITY)
    require_pictures(served, until)
    assert served.billed() == len(served.files())
    assert postgres.count("jobs", "state IN ('queued', 'running')") == 0


def mount_small_disk(folder: Path) -> bool:
    """Put a file system of SMALL_BYTES in the folder's place; False where that is not allowed."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_BYTES},mode=700", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def unmount(folder: Path) -> None:
    subprocess.run(["umount", "-l", str(folder)], check=True)


def may_mount() -> bool:
    with tempfile.TemporaryDirectory() as name:
        mounted = mount_small_disk(Path(name))
        if mounted:
            unmount(Path(name))
    return mounted


def fill(folder: Path) -> Path:
    """The file that takes all the room there is."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast


# Not skipped but left out, for the tests above hold the same claims wherever nothing may be mounted.
if may_mount():

    @pytest.mark.parametrize("where", ["", "pictures"])
    def test_on_a_full_file_system_there_are_errors_and_no_bills(
        where: str, serve: Callable[..., Served], until: Callable[..., object]
    ) -> None:
        served = serve()
        disk = served.data_dir / where
        disk.mkdir(mode=0o700, parents=True)
        assert mount_small_disk(disk)
        with ExitStack() as stack:
            stack.callback(unmount, disk)
            stack.callback(served.close)
            served.start()
            assert served.ask().status_code == 200
            ballast = fill(disk)
            require_no_picture(served)
            assert served.billed() == 1
            ballast.unlink()
            require_pictures(served, until)
            require_that_what_is_billed_is_there(served)
