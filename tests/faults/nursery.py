"""Starts `limner serve` in children that need not import anything, so that fifty starts take no minutes.

Its orders are lines of JSON: what a server is to be given, which is answered with its process id; or an id to
wait for. A server's clock can be set while it runs, and constants of its modules before.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import time

_time = time.time
_ahead_s: bytes | mmap.mmap = bytes(8)


def _told_time() -> float:
    ahead_s: float = struct.unpack("d", _ahead_s)[0]
    return _time() + ahead_s


time.time = _told_time  # before anybody keeps it as a default

from importlib import import_module  # noqa: E402

import uvicorn  # noqa: E402, F401
import uvloop  # noqa: E402, F401

import limner.api.app  # noqa: E402
import limner.cli.main  # noqa: E402
from limner.assembly import PRELOAD  # noqa: E402


def serve(environment: dict[str, str], log: str, clock: str, constants: dict[str, float]) -> None:
    """Be a server. clock: a file with the seconds by which its clock is ahead, as a C double."""
    global _ahead_s
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for descriptor in (1, 2):
        os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), descriptor)
    os.environ |= environment
    _ahead_s = mmap.mmap(os.open(clock, os.O_RDWR), 8)
    for name, value in constants.items():
        module, _, constant = name.rpartition(".")
        setattr(sys.modules[module], constant, value)
    limner.cli.main.app(["serve"])


def main() -> None:
    for name in PRELOAD:
        import_module(name)
    for line in sys.stdin:
        order = json.loads(line)
        if isinstance(order, int):
            os.waitpid(order, 0)
            print("gone", flush=True)
        elif pid := os.fork():
            print(pid, flush=True)
        else:
            serve(*order)


if __name__ == "__main__":
    main()
