"""Small files that only this user may read: made once, by whichever process comes first.

Knows nothing of what is in them.
Not covered: file systems without advisory locks; backups; a user with the same id.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

from limner.errors import ConfigError

_MAX_BYTES = 4096


def make_private_folder(folder: Path) -> None:
    """Make folder and those above it with mode 0700, or give that mode to one of ours that is there.

    Raises ConfigError if that cannot be done, or if it is a folder for everyone, such as /tmp.
    """
    try:
        for missing in [each for each in (*reversed(folder.parents), folder) if not each.exists()]:
            missing.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(exist_ok=True)
        facts = folder.stat()
        if facts.st_uid != os.geteuid() or not facts.st_mode & 0o077:
            return
        if facts.st_mode & stat.S_ISVTX:
            raise ConfigError(f"{folder} is shared by all users; name a folder for Limner alone")
        folder.chmod(0o700)
    except OSError as error:
        raise ConfigError(f"{folder} cannot be used as a folder: {error.strerror}") from error


def read_or_make(path: Path, make: Callable[[], bytes]) -> tuple[bytes, bool]:
    """The content of path, and whether make() gave it just now: true in exactly one process.

    Its folder is made with mode 0700. Raises ConfigError if the file cannot be read or made.
    """
    make_private_folder(path.parent)
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        with os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0) as file:
            os.fchmod(file.fileno(), 0o600)
            # The lock, not O_EXCL: a second process must not read what the first is about to write.
            fcntl.flock(file, fcntl.LOCK_EX)
            if content := file.read(_MAX_BYTES):
                return content, False
            content = make()
            file.write(content)
            os.fsync(file.fileno())
            return content, True
    except OSError as error:
        raise ConfigError(f"{path} cannot be read or made: {error.strerror}") from error


def replace(path: Path, content: bytes) -> None:
    """Put content in path's place at once, with mode 0600. Raises ConfigError if that fails."""
    make_private_folder(path.parent)
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ConfigError(f"{path} cannot be written: {error.strerror}") from error
