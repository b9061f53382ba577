"""The life of a device process, from its start to the end of the server that it belongs to.

Three threads: one reads orders, one loads and unloads, the main one makes calls. torch is imported only
when it runs, so that the server can name it.
"""

from __future__ import annotations

import os
import signal
import socket
import threading

from limner.engines.diffusers.messages import DeviceConfig, Unfit
from limner.engines.diffusers.worker.loaded import LoadError
from limner.engines.diffusers.worker.wire import Wire

NO_NETWORK = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}
"""Libraries read these when they are imported; all weights are there before a process starts."""


def serve(channel: socket.socket, config: DeviceConfig) -> None:
    """Work for the server at the other end of the channel until it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel.set_inheritable(False)
    os.environ.update(NO_NETWORK)
    wire = Wire(channel)
    threading.Thread(target=wire.read, name="orders", daemon=True).start()

    try:
        from limner.engines.diffusers.worker.work import Work

        work = Work(wire, config)
    except (ImportError, LoadError, OSError, ValueError) as error:
        wire.say(Unfit(f"device {config.device} cannot be used: {error}"))
        return
    work.run()
    if work.is_loading:  # in a thread that must not be torn down with the interpreter
        os._exit(0)
