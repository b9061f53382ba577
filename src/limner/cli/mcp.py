"""`limner mcp`: the tools for chat programs and agents, on stdio or over HTTP."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
import tempfile
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from limner.cli.failures import RemoteError, reported, stop

if TYPE_CHECKING:
    import socket

    from limner.config import Settings
    from limner.mcp.backend import Backend
    from limner.mcp.cards import ModelFacts
    from limner.service import Service

DEFAULT_PORT = 8100


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
    folders, hosts = tuple(allow_folder or ()), tuple(allow_host or ())
    plan = Plan(base_url, api_key, engine, config, keep_in, folders, http, host, port, hosts)
    _judge(plan)
    with reported(), suppress(KeyboardInterrupt):
        asyncio.run(_run(plan))


def _judge(plan: Plan) -> None:
    """Stop where options do not go together."""
    if plan.http and plan.folders:
        stop("--allow-folder is for stdio only: over HTTP no files of this machine are read")
    if plan.base_url is not None and not plan.api_key:
        stop("--base-url needs --api-key, or LIMNER_API_KEY in the environment")
    if plan.base_url is not None and plan.keep_in is not None:
        stop("--keep-in goes without --base-url: the server keeps its pictures")
    for folder in plan.folders:
        if not folder.expanduser().is_dir():
            stop(f"--allow-folder {folder}: there is no such folder")


async def _run(plan: Plan) -> None:
    from limner.mcp.http import listen
    from limner.mcp.over_http import ServerBackend

    async with AsyncExitStack() as stack:
        listener = stack.enter_context(listen(plan.host, plan.port)) if plan.http else None
        if plan.base_url is not None:
            assert plan.api_key is not None
            server = await stack.enter_async_context(ServerBackend(plan.base_url, plan.api_key))
            await _serve(plan, server, await _models(server), listener, None)
            return
        service = await _open(plan, stack)
        await _serve_here(plan, service, listener)


async def _models(backend: Backend) -> tuple[ModelFacts, ...]:
    """The server's models; those that we know while it does not answer."""
    from limner.catalog import load_catalog
    from limner.mcp.in_process import facts_of

    try:
        return await backend.models() or facts_of(load_catalog())
    except RemoteError as error:
        print(f"warning: {error.code}: {error}", file=sys.stderr, flush=True)
        return facts_of(load_catalog())


async def _open(plan: Plan, stack: AsyncExitStack) -> Service:
    from limner.assembly import open_service
    from limner.cli.in_process import settings_in

    folder = plan.keep_in and plan.keep_in.expanduser()
    if folder is None:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="limner-")))
    settings = settings_in(folder, plan.config, plan.engine)
    _client_key(plan, settings)
    return await stack.enter_async_context(open_service(settings))


async def _serve_here(plan: Plan, service: Service, listener: socket.socket | None) -> None:
    from limner.cli.serve import base_url
    from limner.mcp.in_process import ServiceBackend

    url = None
    if listener is not None:
        place = {"host": plan.host, "port": listener.getsockname()[1]}
        url = base_url(service.settings.model_copy(update=place))
    backend = ServiceBackend(service, url)
    await _serve(plan, backend, await backend.models(), listener, service)


async def _serve(
    plan: Plan,
    backend: Backend,
    models: tuple[ModelFacts, ...],
    listener: socket.socket | None,
    service: Service | None,
) -> None:
    from limner.mcp.http import PATH, make_app, serve
    from limner.mcp.references import Sources
    from limner.mcp.tools import make_mcp

    server = make_mcp(backend, Sources(backend, plan.folders), models)
    if listener is None:
        await server.run_stdio_async()
        return
    port = listener.getsockname()[1]
    named = () if plan.host in ("0.0.0.0", "::") else (f"[{plan.host}]" if ":" in plan.host else plan.host,)
    key = _client_key(plan, service.settings if service else None)
    app = make_app(server, api_key=key, port=port, hosts=named + plan.hosts, service=service)
    print(f"Limner MCP  http://{(named or ('127.0.0.1',))[0]}:{port}{PATH}", file=sys.stderr, flush=True)
    await serve(app, listener)


def _client_key(plan: Plan, settings: Settings | None) -> str:
    """What clients of --http have to send. Raises ConfigError for a key that no header can hold."""
    from limner.keys import judge_configured

    key = plan.api_key or (settings.api_key if settings else None)
    if plan.http and not key:
        stop("--http needs --api-key, or LIMNER_API_KEY in the environment: clients have to send it")
    judge_configured(key, None)
    return key or ""
