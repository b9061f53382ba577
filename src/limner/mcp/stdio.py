"""The tools on stdin and stdout, up to the end of stdin or a signal."""

from __future__ import annotations

import asyncio
import signal
from functools import partial

from mcp.server import MCPServer

SIGNALS = (signal.SIGINT, signal.SIGTERM)


async def serve(server: MCPServer) -> int | None:
    """Serve one client: None when it has hung up, else the number of the signal that says stop.

    After a signal a thread still waits for stdin, which nothing can end: leave by os._exit.
    """
    loop = asyncio.get_running_loop()
    stopped: asyncio.Future[int] = loop.create_future()
    for number in SIGNALS:
        loop.add_signal_handler(number, partial(_settle, stopped, number))
    serving = asyncio.create_task(server.run_stdio_async())
    await asyncio.wait((serving, stopped), return_when=asyncio.FIRST_COMPLETED)
    if stopped.done():
        return stopped.result()
    await serving
    return None


def _settle(stopped: asyncio.Future[int], number: int) -> None:
    if not stopped.done():
        stopped.set_result(number)
