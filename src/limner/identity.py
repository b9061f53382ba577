"""Which server this process is: an id that data_dir keeps, and the lock that makes it the only one there.

The lock ends with the process, however it ends, so that the next one may take up its jobs at once.
Not covered: file systems without advisory locks; a data_dir that is copied.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from limner.errors import ConfigError
from limner.storage.secret_file import make_private_folder, read_or_make

ID_FILE = "server.id"
LOCK_FILE = "server.lock"


def server_id(data_dir: Path) -> str:
    """The id of the server that works in data_dir, made at the first start."""
    content, _ = read_or_make(data_dir / ID_FILE, lambda: secrets.token_hex(8).encode())
    return content.decode("ascii", "replace").strip()[:32]


@contextmanager
def only_server(data_dir: Path) -> Iterator[None]:
    """While this process is the one that works in data_dir. Raises ConfigError when another is."""
    make_private_folder(data_dir)
    descriptor = os.open(data_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ConfigError(
                f"{data_dir} is in use by another server; each needs its own data_dir"
            ) from error
        yield
    finally:
        os.close(descriptor)
