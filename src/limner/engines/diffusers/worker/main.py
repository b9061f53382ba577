"""The life of a device process, from its start to the end of the server that it belongs to.

Three threads: one reads orders, one loads and unloads, the main one makes calls. torch is imported only
when it runs, so that the server can name it.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading

from limner.engines.diffusers.messages import DeviceConfig
from limner.engines.diffusers.worker.wire import Wire

log = logging.getLogger(__name__)

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

    from limner.engines.diffusers.worker.loaded import LoadError
    from limner.engines.diffusers.worker.work import Work

    try:
        work = Work(wire, config)
    except (LoadError, ValueError, OSError) as error:
        log.critical("device %s cannot be used: %s", config.device, error)
        return
    work.run()
    if work.is_loading:  # in a thread that must not be torn down with the interpreter
        os._exit(0)
