"""The checks of `limner doctor`, each of which tells one Finding; how that looks is doctor.py's."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, TypeAlias

from sqlalchemy import func, select

from limner.catalog import load_catalog
from limner.config import Settings
from limner.engines.base import EngineContext
from limner.errors import ConfigError, LimnerError, RequestError
from limner.jobs.job import new_request_id
from limner.keys import KeyStore
from limner.lanes import Lane, make_lanes
from limner.ledger.jobs import JobStore
from limner.ledger.keys import KeyTable
from limner.ledger.opening import make_database, open_database
from limner.ledger.schema import HEAD
from limner.ledger.tables import jobs
from limner.media.guard import Guard
from limner.rates import REDIS_TIMEOUT_S, Rates
from limner.storage.base import Storage, reason
from limner.storage.opening import open_storage
from limner.storage.secret_file import make_private_folder
from limner.workers import Workers

State: TypeAlias = Literal["ok", "warning", "failed"]

MIN_FREE_BYTES, LOW_FREE_BYTES = 100_000_000, 2_000_000_000
SLOW_WRITE_S = 0.1
EARLIEST_NOW = 1_767_225_600.0
"""2026-01-01: no clock that goes right can say less."""
CLOCK_SLACK_S = 5.0
FUTURE_SLACK_S = 60.0
ENGINE_TIMEOUT_S = 300.0
READY_EVERY_S = 0.1
LINK_TIMEOUT_S = 10.0
SHORT_KEY = 16
TEST_FILE = b"limner doctor\n"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check has found. advice: what to do; empty when nothing has to be done."""

    check: str
    state: State
    found: str
    advice: str = ""


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """What is found, check by check, as soon as it is known."""
    for name, check, advice in CHECKS:
        try:
            finding = await check(settings)
        except (LimnerError, OSError) as error:
            finding = Finding(name, "failed", _what(error), advice)
        if finding is not None:
            yield finding
    async for finding in _engines(settings):
        yield finding


async def _settings(settings: Settings) -> Finding:
    """Build what judges settings beyond their form, as a start would."""
    load_catalog().with_aliases(settings.aliases)
    KeyStore(KeyTable(make_database(settings)), configured=settings.api_key, admin_key=settings.admin_key)
    Rates(settings.redis_url)
    for name in ("fetch_allow", "webhook_allow"):
        networks = [ip_network(each) for each in getattr(settings, name)]
        Guard(name, allow_networks=networks, timeout_s=1.0, headers={})
    given = ", ".join(sorted(settings.model_fields_set)) or "none; all defaults"
    return Finding("settings", "ok", f"set: {given}")


async def _data_dir(settings: Settings) -> Finding:
    folder = settings.data_dir.absolute()
    make_private_folder(folder)
    _probe(folder)
    free = shutil.disk_usage(folder).free
    mode = stat.S_IMODE(folder.stat().st_mode)
    found = f"{folder}: writable, mode {mode:04o}, {free / 1e9:.1f} GB free"
    if free < MIN_FREE_BYTES:
        return Finding("data_dir", "failed", found, "Free some space, or set data_dir to a larger disk.")
    if mode & 0o077:
        return Finding("data_dir", "warning", found, f"Others may read it: chmod 700 {folder}")
    if free < LOW_FREE_BYTES:
        advice = "Little space: free some, or set retention_bytes to less than that."
        return Finding("data_dir", "warning", found, advice)
    return Finding("data_dir", "ok", found)


def _probe(folder: Path) -> float:
    """Write a file to the disk: the time that the file system gave it."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-") as file:
        file.write(TEST_FILE)
        file.flush()
        os.fsync(file.fileno())
        return os.fstat(file.fileno()).st_mtime


async def _database(settings: Settings) -> Finding:
    async with open_database(settings) as database:
        # As a server that comes and goes: the one row that may be written without leaving a trace.
        store = JobStore(database, f"doctor-{secrets.token_hex(8)}")
        began = time.perf_counter()
        await store.beat(time.time())
        took_s = time.perf_counter() - began
        await store.leave()
    kind = "SQLite file in data_dir" if settings.database_url is None else "PostgreSQL"
    found = f"{kind}, schema {HEAD}; a durable write takes {took_s * 1000:.0f} ms"
    if took_s > SLOW_WRITE_S:
        return Finding("database", "warning", found, "Every answer waits for that: use a faster disk.")
    return Finding("database", "ok", found)


async def _storage(settings: Settings) -> Finding:
    # Without the fallback, which would hide a bucket that fails.
    storage = open_storage(settings.model_copy(update={"storage_fallback": "fail"}))
    name = f"{new_request_id(time.time())}_0.png"
    began = time.perf_counter()
    await storage.put(name, TEST_FILE, "image/png")
    took_s = time.perf_counter() - began
    try:
        if await storage.get(name) != TEST_FILE:
            return Finding("storage", "failed", "a file came back changed", "Ask who runs the store.")
        broken = None if settings.storage_links == "limner" else await _broken_link(storage, name)
    finally:
        await storage.delete(name)
    where = "a bucket" if settings.storage_url else "a folder in data_dir"
    found = f"{where}: write, read and delete work; a write takes {took_s * 1000:.0f} ms"
    if broken is not None:
        advice = "Give the credentials the right to read, mind the clock, or set storage_links = limner."
        return Finding("storage", "failed", f"{where}: its link does not open: {broken}", advice)
    return Finding("storage", "ok", found)


async def _broken_link(storage: Storage, name: str) -> str | None:
    """Why the store's own link to a file does not lead to it; None if it does, or if there is none."""
    import httpx

    link = await storage.link(name, 60)
    if link is None:
        return None
    try:
        async with httpx.AsyncClient(timeout=LINK_TIMEOUT_S) as client:
            answer = await client.get(link)
    except httpx.HTTPError as error:
        return type(error).__name__
    return None if answer.content == TEST_FILE else f"status {answer.status_code}"


async def _clock(settings: Settings) -> Finding:
    now = time.time()
    shown = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(now))
    advice = "Set the clock, and keep it right with NTP."
    if now < EARLIEST_NOW:
        return Finding("clock", "failed", f"{shown} is in the past", advice)
    off_s = abs(_probe(settings.data_dir) - now)
    if off_s > CLOCK_SLACK_S:
        return Finding("clock", "warning", f"data_dir's clock differs by {off_s:.0f} s", advice)
    newest = await _newest_job_at(settings)
    if newest is not None and newest > now + FUTURE_SLACK_S:
        ahead_s = newest - now
        return Finding("clock", "warning", f"the newest job is of a time {ahead_s:.0f} s ahead", advice)
    return Finding("clock", "ok", shown)


async def _newest_job_at(settings: Settings) -> float | None:
    """By its id, which has the time in front; None also where the database fails, which has its own check."""
    newest: str | None = None
    with suppress(LimnerError):
        async with open_database(settings) as database:
            (row,) = await database.read(select(func.max(jobs.c.id).label("newest")))
            newest = row["newest"]
    return None if newest is None else int(newest[2:15]) / 1000


async def _keys(settings: Settings) -> Finding:
    for name in ("api_key", "admin_key"):
        key = getattr(settings, name)
        if key is not None and len(key) < SHORT_KEY:
            advice = f"Set one that nobody can guess: {SHORT_KEY} characters or more, at random."
            return Finding("keys", "warning", f"{name} is short", advice)
    if settings.admin_key is None:
        advice = "To use the admin API or /metrics, set LIMNER_ADMIN_KEY."
        return Finding(
            "keys", "warning", "admin_key is not set: the admin API and /metrics are closed", advice
        )
    return Finding("keys", "ok", "admin_key is set")


async def _network(settings: Settings) -> Finding:
    where = f"host {settings.host}, port {settings.port}"
    if settings.is_loopback:
        return Finding("network", "ok", f"{where}: for this machine only")
    if settings.public_url is None:
        advice = "Links begin with whatever host a request names: set public_url to the URL that clients use."
        return Finding("network", "warning", f"{where}, without public_url", advice)
    if settings.metrics_port is not None:
        advice = "It asks for no key: let a firewall keep strangers from it."
        return Finding("network", "warning", f"{where}; metrics_port {settings.metrics_port} is open", advice)
    return Finding("network", "ok", f"{where}, as {settings.public_url}")


async def _redis(settings: Settings) -> Finding | None:
    if settings.redis_url is None:
        return None
    import redis.asyncio

    client = redis.asyncio.Redis.from_url(settings.redis_url, socket_timeout=REDIS_TIMEOUT_S)
    try:
        await client.ping()
    except redis.RedisError as error:
        return Finding(
            "redis", "failed", type(error).__name__, "See that it runs, and that redis_url is right."
        )
    finally:
        await client.aclose()
    return Finding("redis", "ok", "answers")


async def _engines(settings: Settings) -> AsyncIterator[Finding]:
    workers = Workers(settings.worker_count)
    try:
        lanes = make_lanes(EngineContext(settings, workers), {})
    except ConfigError as error:
        yield Finding("engines", "failed", str(error), "Correct engine, routes or max_concurrent.")
        return
    try:
        await workers.start()
        for lane in lanes.values():
            yield await _engine(lane)
    finally:
        await workers.close()


async def _engine(lane: Lane) -> Finding:
    advice = "See the engine's own documentation, and its log."
    began = time.perf_counter()
    try:
        async with asyncio.timeout(ENGINE_TIMEOUT_S):
            await lane.engine.start()
            while not lane.engine.ready():  # some load their models behind
                await asyncio.sleep(READY_EVERY_S)
    except TimeoutError:
        found = f"{lane.name} is not ready after {ENGINE_TIMEOUT_S:.0f} s"
        return Finding("engine", "failed", found, advice)
    except (LimnerError, OSError, ImportError, RuntimeError, ValueError) as error:
        return Finding("engine", "failed", f"{lane.name} does not start: {_what(error)}", advice)
    finally:
        await lane.engine.close()
    took_s = time.perf_counter() - began
    found = f"{lane.name} is ready after {took_s:.1f} s; requests at a time: {lane.queue.slots}"
    return Finding("engine", "ok", found)


CHECKS: tuple[tuple[str, Callable[[Settings], Awaitable[Finding | None]], str], ...] = (
    ("settings", _settings, "Correct it where it is set."),
    ("data_dir", _data_dir, "Set data_dir to a folder of this user's, on a local disk."),
    ("database", _database, "See that it runs, that it may be written, and that database_url is right."),
    ("storage", _storage, "See that the bucket is there, and that storage_options has its credentials."),
    ("clock", _clock, "Set data_dir to a folder that can be written."),
    ("keys", _keys, ""),
    ("network", _network, ""),
    ("redis", _redis, "See that it runs, and that redis_url is right."),
)
"""Of each: its name, the check, and what to do when it cannot be made at all."""


def _what(error: Exception) -> str:
    """An error in one line; that of a store or a database with its cause, for ours says too little."""
    if isinstance(error, RequestError):
        return reason(error)
    return str(error) or type(error).__name__
