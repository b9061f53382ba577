"""What a model may name as a picture, and what it may not."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from PIL import Image

from limner.cli.outcomes import Wanted
from limner.mcp.backend import Kept, News, PictureId
from limner.mcp.cards import ModelFacts
from limner.mcp.references import MAX_FILE_BYTES, Sources, UnusableFile

JOB = "02" + "1" * 51


class Shelf:
    """A backend that keeps two pictures and makes none."""

    async def models(self) -> tuple[ModelFacts, ...]:
        return ()

    def make(self, wanted: Wanted) -> AsyncGenerator[News, None]:
        raise NotImplementedError

    async def find(self, job_id: str) -> tuple[Kept, ...]:
        ids = (PictureId(job_id, 0), PictureId(job_id, 1))
        return tuple(Kept(each, str(each), f"http://x/{each}", "1x1", 1, "image/jpeg") for each in ids)

    async def read(self, picture: Kept) -> bytes:
        return b""

    async def reference(self, picture: Kept) -> str | bytes:
        return picture.link


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is allowed, beside one that is not; each has a picture."""
    for name in ("allowed", "other"):
        (tmp_path / name).mkdir()
        Image.new("RGB", (20, 20)).save(tmp_path / name / "a fox.png")
    return tmp_path / "allowed"


async def read(folder: Path, name: object) -> str | bytes:
    (image,) = await Sources(Shelf(), [folder]).images([str(name)])
    return image


async def test_a_picture_below_an_allowed_folder_is_read(folder: Path) -> None:
    data = (folder / "a fox.png").read_bytes()
    assert await read(folder, folder / "a fox.png") == data
    assert await read(folder, (folder / "a fox.png").as_uri()) == data
    assert await read(folder, folder / ".." / "allowed" / "a fox.png") == data


@pytest.mark.parametrize(
    "name", ["../other/a fox.png", "missing.png", ".", "", "\0", "~nobody-of-that-name/x.png"]
)
async def test_what_lies_elsewhere_or_nowhere_is_not(folder: Path, name: str) -> None:
    with pytest.raises(UnusableFile):
        await read(folder, f"{folder}/{name}" if name else "")


async def test_a_link_that_leads_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "link.png").symlink_to(folder.parent / "other" / "a fox.png")
    with pytest.raises(UnusableFile, match="does not lie below"):
        await read(folder, folder / "link.png")


async def test_a_folder_whose_name_only_begins_alike_is_another(folder: Path) -> None:
    beside = folder.with_name("allowed-not")
    beside.mkdir()
    Image.new("RGB", (20, 20)).save(beside / "x.png")
    with pytest.raises(UnusableFile, match="does not lie below"):
        await read(folder, beside / "x.png")


async def test_a_file_that_is_no_picture_stays_here(folder: Path) -> None:
    (folder / "secret.png").write_text("-----BEGIN KEY-----")
    (folder / "empty.png").touch()
    for name in ("secret.png", "empty.png"):
        with pytest.raises(UnusableFile, match="not a picture"):
            await read(folder, folder / name)


async def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.png")
    with pytest.raises(UnusableFile, match="no regular file"):
        await read(folder, folder / "pipe.png")


async def test_a_file_may_have_thirty_megabytes_and_no_more(folder: Path) -> None:
    path = folder / "large.jpeg"
    Image.new("RGB", (20, 20)).save(path)
    jpeg = path.read_bytes()
    path.write_bytes(jpeg + bytes(MAX_FILE_BYTES - len(jpeg)))
    assert len(await read(folder, path)) == MAX_FILE_BYTES
    path.write_bytes(jpeg + bytes(MAX_FILE_BYTES - len(jpeg) + 1))
    with pytest.raises(UnusableFile, match="more than 30 MB"):
        await read(folder, path)


async def test_without_a_folder_no_file_is_read_or_said_to_be_there(folder: Path) -> None:
    messages = set()
    for name in (folder / "a fox.png", folder / "missing.png"):
        with pytest.raises(UnusableFile, match="--allow-folder") as refused:
            await Sources(Shelf()).images([str(name)])
        messages.add(str(refused.value).replace(str(name), ""))
    assert len(messages) == 1


@pytest.mark.parametrize(
    "name", ["https://x.example/a.png", "HTTP://x.example/a.png", "data:image/png;base64,AA=="]
)
async def test_links_and_data_go_to_the_server_as_they_are(name: str) -> None:
    assert await Sources(Shelf()).images([f" {name} "]) == (name,)


@pytest.mark.parametrize(("name", "index"), [(JOB, 0), (f"{JOB}/0", 0), (f" {JOB}/1 ", 1)])
async def test_an_id_names_a_past_picture(name: str, index: int) -> None:
    assert await Sources(Shelf()).images([name]) == (f"http://x/{JOB}/{index}",)
