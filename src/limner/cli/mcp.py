"""`limner mcp`: the tools for chat programs and agents, on stdio or over HTTP."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import signal
import sys
import tempfile
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from limner.cli.failures import RemoteError, reported, stop

if TYPE_CHECKING:
    from types import FrameType

    from mcp.server import MCPServer

    from limner.config import Settings
    from limner.mcp.backend import Backend
    from limner.service import Service

DEFAULT_PORT = 8100
EVERYWHERE = ("0.0.0.0", "::")
FOREVER_S = 100 * 365 * 86_400
SIGNALLED = 128
"""What a shell adds to a signal's number to make an exit code."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the command line asks for."""

    base_url: str | None
    api_key: str | None
    engine: str | None
    config: Path | None
    keep_in: Path | None
    folders: tuple[Path, ...]
    http: bool
    host: str
    port: int
    hosts: tuple[str, ...]


def mcp(
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Ask this server instead of drawing here.")
    ] = None,
    api_key: Annotated[
        str | None,
        typer.Option(
            metavar="KEY",
            envvar="LIMNER_API_KEY",
            help="The server's API key; with --http also what clients have to send.",
        ),
    ] = None,
    engine: Annotated[
        str | None, typer.Option(metavar="NAME", help="The engine to draw with, without --base-url.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings file, without --base-url.")
    ] = None,
    keep_in: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Keep pictures here, without --base-url; else they are gone when the command ends.",
        ),
    ] = None,
    allow_folder: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FOLDER", help="Let tools read pictures below it; may be given several times. Stdio only."
        ),
    ] = None,
    http: Annotated[bool, typer.Option("--http", help="Serve streamable HTTP instead of stdio.")] = False,
    host: Annotated[
        str, typer.Option(metavar="NAME", help="Address to listen on, with --http.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, max=65535, help="Port, with --http; 0 takes a free one.")
    ] = DEFAULT_PORT,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A host name by which clients may reach --http; may be given several times."
        ),
    ] = None,
) -> None:
    """Give chat programs tools to make and edit pictures, by the Model Context Protocol."""
    if importlib.util.find_spec("mcp") is None:
        stop("limner mcp needs the package `mcp`: pip install 'limner[mcp]'")
    from limner.keys import judge_configured

    folders, hosts = tuple(allow_folder or ()), tuple(allow_host or ())
    plan = Plan(base_url, api_key, engine, config, keep_in, folders, http, host, port, hosts)
    _judge(plan)
    with reported(), suppress(KeyboardInterrupt):
        judge_configured(plan.api_key, None)
        # For the start, and for uvicorn, which hands the signal on when it has stopped.
        signal.signal(signal.SIGTERM, _leave)
        asyncio.run(_run(plan))


def _judge(plan: Plan) -> None:
    """Stop where options do not go together."""
    if plan.http and plan.folders:
        stop("--allow-folder is for stdio only: over HTTP no files of this machine are read")
    if plan.http and not plan.api_key:
        stop("--http needs --api-key, or LIMNER_API_KEY in the environment: clients have to send it")
    if plan.base_url is not None and not plan.api_key:
        stop("--base-url needs --api-key, or LIMNER_API_KEY in the environment")
    if plan.base_url is not None and plan.keep_in is not None:
        stop("--keep-in goes without --base-url: the server keeps its pictures")
    for folder in plan.folders:
        if not folder.expanduser().is_dir():
            stop(f"--allow-folder {folder}: there is no such folder")


async def _run(plan: Plan) -> None:
    number = None
    async with AsyncExitStack() as stack:
        if plan.http:
            await _serve_http(plan, stack)
        else:
            number = await _serve_stdio(plan, stack)
    if number is not None:
        # A thread still waits for stdin, and would hold up every other way out.
        os._exit(SIGNALLED + number)


async def _serve_stdio(plan: Plan, stack: AsyncExitStack) -> int | None:
    from limner.mcp.stdio import serve

    backend, _ = await _backend(plan, stack, None)
    return await serve(await _tools(plan, backend))


async def _serve_http(plan: Plan, stack: AsyncExitStack) -> None:
    from limner.mcp.http import PATH, listen, make_app, make_server

    assert plan.api_key is not None
    listener = stack.enter_context(listen(plan.host, plan.port))
    port = int(listener.getsockname()[1])
    backend, service = await _backend(plan, stack, port)
    hosts = (*([] if plan.host in EVERYWHERE else [_in_url(plan.host)]), *plan.hosts)
    tools = await _tools(plan, backend)
    app = make_app(tools, api_key=plan.api_key, port=port, hosts=hosts, service=service)
    name = hosts[0] if hosts else "127.0.0.1"
    print(f"Limner MCP  http://{name}:{port}{PATH}", file=sys.stderr, flush=True)
    await make_server(app).serve(sockets=[listener])


async def _backend(plan: Plan, stack: AsyncExitStack, port: int | None) -> tuple[Backend, Service | None]:
    """What makes the pictures and, where that is in this process, its service. port: where it has links."""
    if plan.base_url is not None:
        from limner.mcp.over_http import ServerBackend

        assert plan.api_key is not None
        return await stack.enter_async_context(ServerBackend(plan.base_url, plan.api_key)), None
    from limner.assembly import open_service
    from limner.cli.serve import base_url
    from limner.mcp.in_process import ServiceBackend

    folder = plan.keep_in or Path(stack.enter_context(_short_lived()))
    settings = settings_of(plan, folder.expanduser())
    service = await stack.enter_async_context(open_service(settings))
    place = {"host": plan.host, "port": port}
    url = None if port is None else base_url(settings.model_copy(update=place))
    return ServiceBackend(service, url), service


def _short_lived() -> tempfile.TemporaryDirectory[str]:
    # A start that is interrupted may leave a thread that still writes there.
    return tempfile.TemporaryDirectory(prefix="limner-", ignore_cleanup_errors=True)


def settings_of(plan: Plan, folder: Path) -> Settings:
    """The settings in force; what --keep-in keeps stays, unless retention_s is set. Raises ConfigError."""
    from limner.cli.in_process import settings_in

    settings = settings_in(folder, plan.config, plan.engine)
    if plan.keep_in is None or "retention_s" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"retention_s": FOREVER_S})


async def _tools(plan: Plan, backend: Backend) -> MCPServer:
    """The tools, told of the limits that we know where a server does not answer yet."""
    from limner.catalog import load_catalog
    from limner.mcp.in_process import facts_of
    from limner.mcp.references import Sources
    from limner.mcp.tools import make_mcp

    try:
        models = await backend.models()
    except RemoteError as error:
        print(f"warning: {error.code}: {error}", file=sys.stderr, flush=True)
        models = ()
    return make_mcp(backend, Sources(backend, plan.folders), models or facts_of(load_catalog()))


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
