"""A device process's end of the talk with the server: orders in, reports out. It knows no torch.

Not covered: orders that are not the server's own; whoever holds the socket is obeyed.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue

from limner.channel import receive_message, send_message
from limner.engines.diffusers.messages import Call, Cancel, Load, Order, Report, Unload

END_TIMEOUT_S = 2.0
"""What a call has to stop within when the server is gone."""


class Wire:
    """What the server asks for, sorted by who carries it out, and the way back.

    calls: also has what else the main thread is to run between them; None: the end.
    """

    def __init__(self, channel: socket.socket) -> None:
        self.calls: SimpleQueue[Call | Callable[[], None] | None] = SimpleQueue()
        self.moves: SimpleQueue[Load | Unload] = SimpleQueue()
        self._channel = channel
        self._cancelled: set[int] = set()
        self._gone = threading.Event()
        self._lock = threading.Lock()

    def say(self, report: Report) -> None:
        """Tell the server, from any thread; when it is gone nobody needs to know."""
        with self._lock, suppress(OSError):
            send_message(self._channel, report)

    def is_cancelled(self, call: int) -> bool:
        return self._gone.is_set() or call in self._cancelled

    def over(self, call: int) -> None:
        """This call and all before it are over."""
        with self._lock:
            self._cancelled = {number for number in self._cancelled if number > call}

    def read(self) -> None:
        """Take orders until the server is gone; then the process ends, whatever it is doing."""
        with suppress(EOFError, OSError):
            while True:
                self._sort(receive_message(self._channel))
        self._gone.set()
        self.calls.put(None)
        time.sleep(END_TIMEOUT_S)
        os._exit(0)

    def _sort(self, order: Order) -> None:
        match order:
            case Cancel():
                with self._lock:
                    self._cancelled.add(order.call)
            case Call():
                self.calls.put(order)
            case _:
                self.moves.put(order)
