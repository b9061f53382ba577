"""The life of a device process."""

from __future__ import annotations

import socket

from limner.engines.diffusers.messages import DeviceConfig


def serve(channel: socket.socket, config: DeviceConfig) -> None:
    """Answer orders."""
