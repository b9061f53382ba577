"""The tools as a client has them: over a real connection on loopback, before a real server or service."""

from __future__ import annotations

import asyncio
import base64
import io
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, ImageContent, ResourceLink, TextContent
from PIL import Image

from limner.assembly import make_service, running
from limner.cli.in_process import settings_in
from limner.engines.base import Engine
from limner.mcp.backend import Backend
from limner.mcp.http import PATH, listen, make_app, make_server
from limner.mcp.in_process import ServiceBackend
from limner.mcp.over_http import ServerBackend
from limner.mcp.references import Sources
from limner.mcp.tools import make_mcp
from limner.service import Service
from limner.testing import RunningServer, running_server

KEY = "lim-a-key-of-the-tests"


@dataclass(frozen=True)
class Answer:
    """A tool's answer as a client shows it."""

    result: CallToolResult

    @property
    def is_error(self) -> bool:
        return self.result.is_error

    @property
    def text(self) -> str:
        (block,) = [block for block in self.result.content if isinstance(block, TextContent)]
        return block.text

    @property
    def links(self) -> list[ResourceLink]:
        return [block for block in self.result.content if isinstance(block, ResourceLink)]

    @property
    def urls(self) -> list[str]:
        return [link.uri for link in self.links]

    @property
    def ids(self) -> list[str]:
        return [str((link.meta or {})["limner/picture"]["id"]) for link in self.links]

    @property
    def shown(self) -> list[Image.Image]:
        blocks = [block for block in self.result.content if isinstance(block, ImageContent)]
        return [Image.open(io.BytesIO(base64.b64decode(block.data))) for block in blocks]


@dataclass
class Caller:
    """A client, and what it was told while it waited."""

    client: Client
    url: str
    headers: dict[str, str]
    steps: list[tuple[float, float | None, str | None]] = field(default_factory=list)

    async def call(self, tool: str, **arguments: Any) -> Answer:
        async def note(progress: float, total: float | None, message: str | None) -> None:
            self.steps.append((progress, total, message))

        return Answer(await self.client.call_tool(tool, arguments, progress_callback=note))


Connect: TypeAlias = Callable[..., AbstractAsyncContextManager[Caller]]


@asynccontextmanager
async def connected(
    backend: Backend, *, folders: Sequence[Path] = (), service: Service | None = None, mode: str = "auto"
) -> AsyncIterator[Caller]:
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(listen("127.0.0.1", 0))
        port = listener.getsockname()[1]
        tools = make_mcp(backend, Sources(backend, folders), await backend.models())
        web = make_server(make_app(tools, api_key=KEY, port=port, hosts=(), service=service))
        serving = asyncio.create_task(web.serve(sockets=[listener]))
        url, headers = f"http://127.0.0.1:{port}{PATH}", {"Authorization": f"Bearer {KEY}"}
        http = httpx2.AsyncClient(headers=headers, trust_env=False, timeout=20)
        transport = streamable_http_client(url, http_client=await stack.enter_async_context(http))
        try:
            async with Client(transport, mode=mode) as client:
                yield Caller(client, url, headers)
        finally:
            web.should_exit = True
            await serving


@pytest.fixture(scope="package")
def server() -> Iterator[RunningServer]:
    with running_server() as running:
        yield running


@pytest.fixture
def before() -> Connect:
    """Connects a client with tools over a running server."""

    @asynccontextmanager
    async def connect(server: RunningServer, **options: Any) -> AsyncIterator[Caller]:
        async with (
            ServerBackend(server.base_url, server.api_key) as backend,
            connected(backend, **options) as caller,
        ):
            yield caller

    return connect


@pytest.fixture
def in_process(tmp_path: Path) -> Connect:
    """Connects a client with tools over a service of this process, with the fake engine."""

    @asynccontextmanager
    async def connect(
        *, engine: Engine | None = None, with_links: bool = False, **options: Any
    ) -> AsyncIterator[Caller]:
        engines = {} if engine is None else {"fake": engine}
        settings = settings_in(tmp_path / "data", None, "fake")
        async with running(make_service(settings, engines=engines)) as service:
            backend = ServiceBackend(service, "http://127.0.0.1:8100" if with_links else None)
            async with connected(backend, service=service, **options) as caller:
                yield caller

    return connect
