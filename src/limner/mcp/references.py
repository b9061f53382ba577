"""The pictures that a tool is given: a past picture's id, a link, a data URI, or a file of this machine.

Files are read only for a client on this machine (stdio), only below folders that the user named, and only
if they begin as a picture does. Links are opened by the server that makes the pictures, under its own guard.
Not covered: a folder's contents that change between the look at a path and the reading of it; what a model
is talked into asking for within those folders, whose pictures go to the server that was named.
"""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from limner.errors import BadRequest, EmptyImage, InvalidImage, RouteNotFound
from limner.mcp.backend import Backend, Kept, PictureId

MAX_FILE_BYTES = 30 << 20
"""As the models' own limit for a reference."""
WITHOUT_FILES = "files are read only where the user allows it: start `limner mcp` with --allow-folder FOLDER"


class UnusableFile(BadRequest):
    """What a tool was given as a picture is none, or may not be read."""

    code = "UnusableFile"
    param = "image"


class Sources:
    """Turns what a model names into images that a backend takes."""

    def __init__(self, backend: Backend, folders: Sequence[Path] = ()) -> None:
        """folders: below which files may be read; none of them: no files at all."""
        self._backend = backend
        self._folders = tuple(folder.expanduser().resolve() for folder in folders)

    async def images(self, names: Sequence[str]) -> tuple[str | bytes, ...]:
        """The images in order. Raises BadRequest errors, and what the backend raises."""
        return tuple([await self._image(name.strip()) for name in names])

    async def _image(self, name: str) -> str | bytes:
        if name[:8].lower().startswith(("http://", "https://", "data:")):
            return name
        if (picture_id := PictureId.parse(name)) is not None:
            return await self._backend.reference((await find(self._backend, picture_id))[0])
        return await asyncio.to_thread(self._file, name)

    def _file(self, name: str) -> bytes:
        if not self._folders:
            raise _refused(name, WITHOUT_FILES)
        path = _resolved(name)
        if not any(path.is_relative_to(folder) for folder in self._folders):
            allowed = ", ".join(map(str, self._folders))
            raise _refused(name, f"it does not lie below a folder that the user allows ({allowed})")
        return _picture_file(name, path)


async def find(backend: Backend, picture_id: PictureId) -> tuple[Kept, ...]:
    """The pictures of that id, one at least. Raises RouteNotFound for a picture that is not kept."""
    kept = await backend.find(picture_id.job_id)
    found = tuple(each for each in kept if picture_id.index in (None, each.id.index))
    if not found:
        raise RouteNotFound(f"There is no picture {picture_id}; it may have been deleted.")
    return found


def _resolved(name: str) -> Path:
    text = unquote(urlsplit(name).path) if name[:7].lower() == "file://" else name
    try:
        return Path(text).expanduser().resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise _refused(name, "there is no such file; name a past picture's id, a link or a path") from error


def _picture_file(name: str, path: Path) -> bytes:
    """The bytes of a regular file that begins as a picture. Raises UnusableFile."""
    from limner.media.decode import probe

    try:
        # Without waiting, for a pipe would be waited for.
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(opened, "rb") as file:
            facts = os.fstat(opened)
            if not stat.S_ISREG(facts.st_mode):
                raise _refused(name, "it is no regular file")
            if facts.st_size > MAX_FILE_BYTES:
                raise _refused(name, f"it has more than {MAX_FILE_BYTES >> 20} MB")
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _refused(name, (os.strerror(error.errno or 0)).lower()) from error
    try:
        probe(data)
    except (EmptyImage, InvalidImage) as error:
        raise _refused(name, "it is not a picture") from error
    return data


def _refused(name: str, detail: str) -> UnusableFile:
    return UnusableFile(f"The picture {name[:200]!r} cannot be used: {detail}.")
