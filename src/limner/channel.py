"""Messages between processes: any picklable value over a socket, its large parts by shared memory.

Large arrays and bytes cross by shared anonymous memory (memfd where there is one, else an unlinked temporary
file), whose descriptor is sent along: the receiver maps it and copies nothing.
Not covered: peers that are not trusted, for what comes is unpickled; several threads that send, or that
receive, at once on one channel.
"""

from __future__ import annotations

import array
import mmap
import os
import pickle
import socket
import struct
import tempfile
from collections.abc import Callable, Sequence
from typing import Any, cast

_HEADER = struct.Struct("!QI")  # length of the pickle, number of buffers
_SHARED_FROM_BYTES = 1 << 16
_MAX_BUFFERS = 64


def send_message(channel: socket.socket, message: object) -> None:
    """Send any picklable value; its large buffers go as descriptors of shared memory."""
    buffers: list[pickle.PickleBuffer] = []

    def out_of_band(buffer: pickle.PickleBuffer) -> bool:
        if len(buffers) >= _MAX_BUFFERS or buffer.raw().nbytes < _SHARED_FROM_BYTES:
            return True
        buffers.append(buffer)
        return False

    body = pickle.dumps(_share_bytes(message), protocol=5, buffer_callback=out_of_band)
    descriptors = [_to_shared_memory(buffer.raw()) for buffer in buffers]
    try:
        header = _HEADER.pack(len(body), len(descriptors))
        ancillary = (
            [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
        )
        channel.sendmsg([header], ancillary)
        channel.sendall(body)
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def receive_message(channel: socket.socket) -> Any:
    """The next value; arrays in it are backed by a private mapping. EOFError: the peer is gone."""
    size = array.array("i").itemsize
    header, ancillary, _, _ = channel.recvmsg(_HEADER.size, socket.CMSG_SPACE(_MAX_BUFFERS * size))
    if not header:
        raise EOFError
    descriptors = array.array("i")
    for _level, _kind, data in ancillary:
        descriptors.frombytes(data[: len(data) - len(data) % size])
    header += _receive_exactly(channel, _HEADER.size - len(header))
    length, _count = _HEADER.unpack(header)
    mappings = [_map(descriptor) for descriptor in descriptors]
    return pickle.loads(_receive_exactly(channel, length), buffers=mappings)


class _SharedBytes:
    """Bytes on their way as an out-of-band buffer, which pickle does only for other types."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __reduce_ex__(self, _protocol: Any) -> tuple[Callable[..., bytes], tuple[pickle.PickleBuffer]]:
        return bytes, (pickle.PickleBuffer(self.data),)


def _share_bytes(message: object) -> object:
    if isinstance(message, bytes) and len(message) >= _SHARED_FROM_BYTES:
        return _SharedBytes(message)
    if type(message) in (tuple, list):
        return type(message)(_share_bytes(item) for item in cast("Sequence[object]", message))  # type: ignore[call-arg]
    return message


def _to_shared_memory(buffer: memoryview) -> int:
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("limner", os.MFD_CLOEXEC)
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    rest = buffer
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    return descriptor


def _map(descriptor: int) -> mmap.mmap:
    try:
        return mmap.mmap(descriptor, 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_WRITE)
    finally:
        os.close(descriptor)


def _receive_exactly(channel: socket.socket, length: int) -> bytearray:
    body = bytearray(length)
    view = memoryview(body)
    while view:
        received = channel.recv_into(view)
        if not received:
            raise EOFError
        view = view[received:]
    return body
