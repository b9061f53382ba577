"""LocalStorage in a folder of its own: what readers see, which names it takes, what a sweep leaves."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from limner.errors import ConfigError, InternalError, RouteNotFound
from limner.storage.base import is_file_name, media_type_of
from limner.storage.local import LocalStorage

REQUEST_ID = "021757396757123" + "0a" * 19
NAME = f"{REQUEST_ID}_0.png"
DAY = "2025-09-09"


def files_under(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


async def test_a_file_comes_back_as_it_was_put(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path / "files")
    await storage.put(NAME, bytes(range(256)) * 1000, "image/png")
    assert await storage.get(NAME) == bytes(range(256)) * 1000
    assert files_under(tmp_path) == [f"files/{DAY}/{NAME}"]


async def test_a_file_is_there_for_the_next_process(tmp_path: Path) -> None:
    await LocalStorage(tmp_path).put(NAME, b"x", "image/png")
    assert await LocalStorage(tmp_path).get(NAME) == b"x"


@pytest.mark.parametrize(
    "start, stop, part",
    [
        (0, None, b"abcdef"),
        (2, None, b"cdef"),
        (0, 1, b"a"),
        (5, 6, b"f"),
        (2, 99, b"cdef"),
        (6, 9, b""),
        (3, 1, b""),
    ],
)
async def test_a_part_of_a_file_can_be_read(
    tmp_path: Path, start: int, stop: int | None, part: bytes
) -> None:
    storage = LocalStorage(tmp_path)
    await storage.put(NAME, b"abcdef", "image/png")
    assert await storage.get(NAME, start, stop) == part


async def test_the_facts_of_a_file_are_those_on_the_disk(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    await storage.put(f"{REQUEST_ID}.jpeg", b"12345", "image/jpeg")
    file = await storage.stat(f"{REQUEST_ID}.jpeg")
    assert (file.name, file.size_bytes, file.media_type) == (f"{REQUEST_ID}.jpeg", 5, "image/jpeg")
    assert file.path is not None
    assert file.path.read_bytes() == b"12345"
    assert file.modified_s == file.path.stat().st_mtime
    assert file.etag.startswith('"') and file.etag.endswith('"')


async def test_a_replaced_file_has_another_etag(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    await storage.put(NAME, b"one", "image/png")
    before = (await storage.stat(NAME)).etag
    await storage.put(NAME, b"three", "image/png")
    assert (await storage.stat(NAME)).etag != before
    assert await storage.get(NAME) == b"three"


async def test_a_deleted_file_is_gone_and_may_be_deleted_again(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    await storage.put(NAME, b"x", "image/png")
    for _ in range(2):
        await storage.delete(NAME)
    with pytest.raises(RouteNotFound):
        await storage.get(NAME)
    with pytest.raises(RouteNotFound):
        await storage.stat(NAME)


async def test_a_file_is_on_the_disk_before_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[str, list[str]]] = []
    sync = os.fsync

    def watched(descriptor: int) -> None:
        sync(descriptor)
        target = Path(f"/proc/self/fd/{descriptor}").readlink()
        synced.append((str(target.relative_to(tmp_path)), files_under(tmp_path)))

    monkeypatch.setattr(os, "fsync", watched)
    storage = LocalStorage(tmp_path / "files")
    for name in (NAME, f"{REQUEST_ID}_1.png"):
        await storage.put(name, b"x", "image/png")
    new_day, first_part, first_name, second_part, second_name = synced
    assert new_day == ("files", [])
    assert first_part[0].endswith(".part") and first_part[1] == [first_part[0]]
    assert first_name == (f"files/{DAY}", [f"files/{DAY}/{NAME}"])
    assert second_part[0].endswith(".part")
    assert second_name[0] == f"files/{DAY}" and f"files/{DAY}/{REQUEST_ID}_1.png" in second_name[1]


@pytest.mark.parametrize("number", [0, 9, 15])
async def test_an_input_is_kept_and_swept_but_is_no_picture(tmp_path: Path, number: int) -> None:
    storage, name = LocalStorage(tmp_path), f"{REQUEST_ID}_in{number}.bin"
    await storage.put(name, b"input", "application/octet-stream")
    assert await storage.get(name) == b"input"
    assert not is_file_name(name)
    with pytest.raises(RouteNotFound):
        await storage.link(name, 60)
    assert await storage.sweep(100, time.time() + 200) == 1
    with pytest.raises(RouteNotFound):
        await storage.get(name)


async def test_a_folder_has_no_links_of_its_own(tmp_path: Path) -> None:
    assert await LocalStorage(tmp_path).link(NAME, 60) is None


@pytest.mark.parametrize("index", ["", "_0", "_9", "_14", "_99"])
@pytest.mark.parametrize("suffix, media_type", [("jpeg", "image/jpeg"), ("png", "image/png")])
def test_the_names_of_results_are_taken(index: str, suffix: str, media_type: str) -> None:
    assert media_type_of(f"{REQUEST_ID}{index}.{suffix}") == media_type


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "/etc/passwd",
        "../" + NAME,
        "..\\" + NAME,
        "/" + NAME,
        "a/" + NAME,
        NAME + "/",
        NAME + "/..",
    ]
    + [NAME + "\n", NAME + "\0", "\0" + NAME, NAME + ".part", NAME.upper(), " " + NAME, "%2e%2e%2f" + NAME]
    + [
        NAME.replace(".png", suffix)
        for suffix in ("", ".jpg", ".webp", ".svg", ".html", ".png.html", ".PNG", "\n.png")
    ]
    + [f"{REQUEST_ID}_in{number}" for number in ("16.bin", "-1.bin", "00.bin", ".bin", "0.png", "0.bin.png")]
    + [f"{REQUEST_ID}{index}.png" for index in ("_", "_100", "_-1", "_a", "_0_0", "_٣")]
    + [REQUEST_ID[:-1] + ".png", REQUEST_ID + "0.png", REQUEST_ID[:-1] + "g.png", REQUEST_ID[:-1] + "A.png"]
    + [
        "03" + REQUEST_ID[2:] + ".png",
        "02" + "١" * 13 + REQUEST_ID[15:] + ".png",
        "0" * 5000,
        "\ud800" + NAME,
    ],
)
async def test_any_other_name_is_not_found_and_touches_nothing(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "files"
    storage = LocalStorage(folder)
    (tmp_path / NAME).write_bytes(b"outside")
    assert not is_file_name(name)
    for refused in (
        storage.get(name),
        storage.stat(name),
        storage.delete(name),
        storage.put(name, b"", "image/png"),
    ):
        with pytest.raises(RouteNotFound):
            await refused
    assert files_under(tmp_path) == [NAME]


async def test_the_latest_and_the_earliest_request_id_have_a_place(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    for milliseconds in ("0" * 13, "9" * 13):
        name = f"02{milliseconds}{'f' * 38}_0.png"
        await storage.put(name, b"x", "image/png")
        assert await storage.get(name) == b"x"


async def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    versions = [bytes([number]) * 3_000_000 for number in range(4)]
    await storage.put(NAME, versions[0], "image/png")
    writes = [storage.put(NAME, version, "image/png") for version in versions]
    reads = [storage.get(NAME) for _ in range(16)]
    results = await asyncio.gather(*writes, *reads)
    assert all(seen in versions for seen in results[len(writes) :])
    assert files_under(tmp_path) == [f"{DAY}/{NAME}"]


def test_a_full_disk_is_our_error_and_leaves_nothing(tmp_path: Path) -> None:
    program = f"""
import asyncio, resource, signal
from pathlib import Path
from limner.errors import InternalError
from limner.storage.local import LocalStorage
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
storage = LocalStorage(Path({str(tmp_path)!r}))
asyncio.run(storage.put({NAME!r}, bytes(1000), "image/png"))
try:
    asyncio.run(storage.put({NAME!r}, bytes(1001), "image/png"))
except InternalError as error:
    print(error.message)
"""
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == InternalError.default_message + "\n"
    assert files_under(tmp_path) == [f"{DAY}/{NAME}"]
    assert (tmp_path / DAY / NAME).stat().st_size == 1000


async def test_a_folder_that_has_gone_is_our_error_for_a_writer_and_nothing_for_a_reader(
    tmp_path: Path,
) -> None:
    storage = LocalStorage(tmp_path / "files")
    (tmp_path / "files").rmdir()
    with pytest.raises(InternalError):
        await storage.put(NAME, b"x", "image/png")
    with pytest.raises(RouteNotFound):
        await storage.get(NAME)
    assert await storage.sweep(0) == 0


async def test_only_this_user_may_look_into_the_folders(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir(mode=0o755)
    await LocalStorage(folder).put(NAME, b"x", "image/png")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / DAY)] == [0o700, 0o700]


def test_a_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"")
    with pytest.raises(ConfigError, match="files"):
        LocalStorage(tmp_path / "files")


def test_a_folder_for_everyone_stops_the_start_and_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    with pytest.raises(ConfigError, match="shared by all users"):
        LocalStorage(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777


async def test_a_sweep_takes_what_is_older_and_leaves_the_rest(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    names = [f"{REQUEST_ID}_{index}.png" for index in range(4)]
    for name, seconds in zip(names, (0, 3500, 3700, 99999), strict=True):
        await storage.put(name, b"x", "image/png")
        age(tmp_path / DAY / name, seconds)
    assert await storage.sweep(3600) == 2
    assert files_under(tmp_path) == [f"{DAY}/{names[0]}", f"{DAY}/{names[1]}"]
    assert await storage.sweep(3600) == 0


async def test_a_sweep_takes_what_was_made_today_too(tmp_path: Path) -> None:
    storage, now = LocalStorage(tmp_path), time.time()
    await storage.put(f"02{int(now * 1000):013d}{'a' * 38}_0.png", b"x", "image/png")
    assert await storage.sweep(0, now + 2) == 1


async def test_a_sweep_takes_what_a_crash_left_and_nothing_that_is_being_written(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    await storage.put(NAME, b"x", "image/png")
    for name, seconds in (("old.part", 601), ("young.part", 500)):
        (tmp_path / DAY / name).write_bytes(b"half")
        age(tmp_path / DAY / name, seconds)
    assert await storage.sweep(86400) == 0
    assert files_under(tmp_path) == [f"{DAY}/{NAME}", f"{DAY}/young.part"]


async def test_a_sweep_leaves_files_that_are_not_ours(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    (tmp_path / DAY).mkdir()
    for path in (tmp_path / "notes.txt", tmp_path / DAY / "notes.txt"):
        path.write_bytes(b"mine")
        age(path, 99999)
    assert await storage.sweep(1) == 0
    assert files_under(tmp_path) == [f"{DAY}/notes.txt", "notes.txt"]


async def test_a_sweep_takes_old_empty_days_and_a_new_file_makes_its_day_again(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    await storage.put(NAME, b"x", "image/png")
    await storage.delete(NAME)
    await storage.sweep(3600)
    assert (tmp_path / DAY).is_dir()
    age(tmp_path / DAY, 3700)
    await storage.sweep(3600)
    assert not (tmp_path / DAY).exists()
    await storage.put(NAME, b"y", "image/png")
    assert await storage.get(NAME) == b"y"
