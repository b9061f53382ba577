"""What a device process does in tests of the server's side of it: no torch, and each prompt is a script."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time

import numpy as np

from limner.engines.diffusers.messages import (
    Call,
    DeviceConfig,
    Ended,
    Load,
    Loaded,
    LoadFailed,
    Made,
    Stepped,
    Unfit,
    Unloaded,
    Up,
)
from limner.engines.diffusers.worker.wire import Wire


def serve(channel: socket.socket, config: DeviceConfig) -> None:
    """device "broken": it ends at once; "unfit": it says why; "stubborn": it listens to nobody."""
    if config.device == "broken":
        return
    wire = Wire(channel)
    if config.device == "unfit":
        wire.say(Unfit("there is no device unfit"))
        return
    if config.device == "stubborn":
        wire.say(Up("stubborn", 1))
        threading.Event().wait()
    threading.Thread(target=wire.read, daemon=True).start()
    threading.Thread(target=move, args=(wire,), daemon=True).start()
    wire.say(Up("scripted:0", 1 << 40))
    while isinstance(call := wire.calls.get(), Call):
        make(wire, call)
        wire.over(call.id)


def move(wire: Wire) -> None:
    """Checkpoint "bad" cannot be loaded, "slow" is never done; with "deadly" the process dies."""
    while True:
        order = wire.moves.get()
        if not isinstance(order, Load):
            wire.say(Unloaded(order.checkpoint))
        elif order.checkpoint.name == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        elif order.checkpoint.name == "bad":
            wire.say(LoadFailed("bad", "failed", f"nothing in {order.folder}"))
        elif order.checkpoint.name != "slow":
            wire.say(Loaded(order.checkpoint.name, 123))


def make(wire: Wire, call: Call) -> None:
    script = call.parts[0].prompt
    if script == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    for step in range(call.steps):
        wire.say(Stepped(call.id, step + 1, call.steps))
    if script == "stuck":
        threading.Event().wait()
    while script == "forever" and not wire.is_cancelled(call.id):
        time.sleep(0.001)
    if wire.is_cancelled(call.id):
        wire.say(Ended(call.id, cancelled=True))
        return
    for number, part in enumerate(call.parts):
        pixels = np.full((call.target.height, call.target.width, 3), part.seed, np.uint8)
        for reference in call.references:
            assert isinstance(reference.image, np.ndarray)
            pixels = reference.image + np.uint8(part.seed)
        wire.say(Made(call.id, number, pixels))
    wire.say(Ended(call.id))
