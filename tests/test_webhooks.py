"""Webhooks as their receiver sees them: requests to a server on loopback, with time that the test moves."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import socket
from asyncio import selector_events
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
from sqlalchemy import select

from limner.config import Settings, load_settings
from limner.errors import ConfigError, InternalError, InvalidParameter, RouteNotFound, Unavailable
from limner.ledger.database import Database
from limner.ledger.jobs import JobStore
from limner.ledger.opening import open_database
from limner.ledger.records import JobRecord
from limner.ledger.tables import webhooks
from limner.ledger.webhooks import LEASE_S, WebhookRecord, WebhookTable
from limner.testing import RunningServer, running_server
from limner.webhooks import (
    BACK_OFF_S,
    MAX_SENDING,
    Webhooks,
    body_of,
    server_secret,
    signed_headers,
)

SECRET = b"a server's secret"
THIS_HOST = IPv4Network("127.0.0.1/32")
JOB, KEY = "02" + "1" * 13 + "a" * 38, "0123456789ab"
BASE_URL = "https://limner.example"
START = 1_700_000_000.0
PATIENCE_S = 10


@dataclass
class Clock:
    now: float = START

    def __call__(self) -> float:
        return self.now


@dataclass
class Receiver:
    """A server that keeps what it is sent. statuses: of its answers in turn, the last one for ever."""

    statuses: Sequence[str] = ("200 OK",)
    url: str = ""
    heads: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    held: asyncio.Event | None = None
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def until(self, count: int) -> None:
        """Return when so many requests have come."""
        async with asyncio.timeout(PATIENCE_S), self._came:
            await self._came.wait_for(lambda: len(self.bodies) >= count)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        head = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        body = await reader.readexactly(int(head["content-length"]))
        async with self._came:
            self.heads.append(head)
            self.bodies.append(body)
            self.lines.append(first)
            self._came.notify_all()
        if self.held is not None:
            await self.held.wait()
        status = self.statuses[min(len(self.bodies), len(self.statuses)) - 1]
        writer.write(f"HTTP/1.1 {status}\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n".encode())
        writer.close()


@asynccontextmanager
async def receiving(*statuses: str) -> AsyncIterator[Receiver]:
    receiver = Receiver(statuses or ("200 OK",))
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    async with server:
        receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook?token=t"
        yield receiver


async def says(hook: WebhookRecord) -> bytes:
    return body_of("done", START, {"id": hook.job_id, "base_url": hook.base_url})


class Table(WebhookTable):
    """The table, in a database, which tells when it was asked and can be away."""

    is_away = False
    times_asked = 0

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._rows = database

    async def due(self, now: float, limit: int) -> tuple[WebhookRecord, ...]:
        self.times_asked += 1
        if self.is_away:
            raise Unavailable
        return await super().due(now, limit)

    async def asked(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while self.times_asked < times:
                await asyncio.sleep(0.005)

    async def row(self, job_id: str = JOB) -> WebhookRecord:
        (row,) = await self._rows.read(select(webhooks).where(webhooks.c.job_id == job_id))
        return WebhookRecord(**dict(row))

    async def reaches(self, state: str, attempts: int, job_id: str = JOB) -> WebhookRecord:
        """The row, once it has that state after so many tries."""
        async with asyncio.timeout(PATIENCE_S):
            while (row := await self.row(job_id)).state != state or row.attempts != attempts:
                await asyncio.sleep(0.005)
        return row


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(Settings(data_dir=tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def table(database: Database) -> Table:
    return Table(database)


@asynccontextmanager
async def sending(
    table: Table,
    payload_of: Callable[[WebhookRecord], Awaitable[bytes]] = says,
    allow: Sequence[IPv4Network | IPv6Network] = (THIS_HOST,),
) -> AsyncIterator[tuple[Webhooks, Clock]]:
    clock = Clock()
    made = Webhooks(table, SECRET, payload_of, allow_networks=allow, clock=clock)
    running = asyncio.create_task(made.run())
    try:
        yield made, clock
    finally:
        running.cancel()
        await made.close()


def a_sender(
    table: Table, secret: bytes = SECRET, allow: Sequence[IPv4Network | IPv6Network] = ()
) -> Webhooks:
    return Webhooks(table, secret, says, allow_networks=allow)


async def send(hooks: Webhooks, url: str, job_id: str = JOB) -> None:
    """A webhook whose job has ended."""
    await hooks.add(job_id, KEY, url, BASE_URL)
    await hooks.ready(job_id)


def is_signed(head: dict[str, str], body: bytes, secret: str) -> bool:
    """Whether a receiver that reads the Standard Webhooks specification would believe it."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = b".".join([head["webhook-id"].encode(), head["webhook-timestamp"].encode(), body])
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in head["webhook-signature"].split(" ")


async def test_a_webhook_is_sent_when_its_job_has_ended_and_not_before(table: Table) -> None:
    async with receiving() as receiver, sending(table) as (hooks, _):
        await hooks.add(JOB, KEY, receiver.url, BASE_URL)
        await table.asked(1)
        hooks.wake()
        await table.asked(2)
        assert receiver.bodies == []
        await hooks.ready(JOB)
        row = await table.reaches("sent", 1)
        assert (row.last_status, row.next_at) == (200, None)
        assert receiver.lines == ["POST /hook?token=t HTTP/1.1"]
        assert json.loads(receiver.bodies[0]) == {
            "type": "image.job.done",
            "timestamp": "2023-11-14T22:13:20.000Z",
            "data": {"id": JOB, "base_url": BASE_URL},
        }


async def test_a_receiver_can_tell_who_sent_it(table: Table) -> None:
    async with receiving() as receiver, sending(table) as (hooks, _):
        await send(hooks, receiver.url)
        await receiver.until(1)
        head, body = receiver.heads[0], receiver.bodies[0]
        assert is_signed(head, body, hooks.secret_of(KEY))
        assert (head["webhook-id"], head["webhook-timestamp"]) == (JOB, str(int(START)))
        assert head["content-type"] == "application/json"
        assert not is_signed(head, body + b" ", hooks.secret_of(KEY))
        assert not is_signed(head, body, hooks.secret_of("another key"))


def test_the_signature_is_the_one_that_the_reference_library_makes() -> None:
    """The expected one was made by the package standardwebhooks, from the key and message of its examples."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = signed_headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_a_webhook_that_fails_is_sent_again_ever_later_until_it_is_received(table: Table) -> None:
    statuses = ("500 Oops", "302 Found", "404 Not Found", "200 OK")
    async with receiving(*statuses) as receiver, sending(table) as (hooks, clock):
        await send(hooks, receiver.url)
        for count, wait_s in enumerate(BACK_OFF_S[:3], start=1):
            assert (await table.reaches("due", count)).next_at == clock.now + wait_s
            clock.now += wait_s - 1
            asked = table.times_asked
            hooks.wake()
            await table.asked(asked + 1)
            assert len(receiver.bodies) == count
            clock.now += 1
            hooks.wake()
            await receiver.until(count + 1)
        await table.reaches("sent", 4)
        assert {head["webhook-id"] for head in receiver.heads} == {JOB}
        assert [int(head["webhook-timestamp"]) - START for head in receiver.heads] == [0, 5, 35, 155]
        assert all(map(is_signed, receiver.heads, receiver.bodies, [hooks.secret_of(KEY)] * 4))


async def test_after_the_last_try_a_webhook_is_given_up(table: Table) -> None:
    async with receiving("503 Busy") as receiver, sending(table) as (hooks, clock):
        await send(hooks, receiver.url)
        for count, wait_s in enumerate(BACK_OFF_S, start=1):
            await table.reaches("due", count)
            clock.now += wait_s
            hooks.wake()
        await table.reaches("given_up", len(BACK_OFF_S) + 1)
        assert len(receiver.bodies) == len(BACK_OFF_S) + 1


async def test_a_receiver_that_is_gone_is_asked_once(table: Table) -> None:
    async with receiving("410 Gone") as receiver, sending(table) as (hooks, _):
        await send(hooks, receiver.url)
        assert (await table.reaches("given_up", 1)).last_status == 410
        assert len(receiver.bodies) == 1


async def test_a_redirect_is_not_followed(table: Table) -> None:
    async with receiving("307 Temporary Redirect") as receiver, sending(table) as (hooks, _):
        await send(hooks, receiver.url)
        assert (await table.reaches("due", 1)).last_status == 307
        assert len(receiver.bodies) == 1


async def test_a_receiver_that_nobody_runs_is_tried_again(table: Table) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    async with sending(table) as (hooks, _):
        await send(hooks, url)
        assert (await table.reaches("due", 1)).last_status is None


async def test_a_slow_receiver_delays_no_other(table: Table) -> None:
    ids = [f"{number:053d}" for number in range(3)]
    async with receiving() as slow, receiving() as quick, sending(table) as (hooks, _):
        slow.held = asyncio.Event()
        for job, receiver in zip(ids, (slow, slow, quick), strict=True):
            await send(hooks, receiver.url, job)
        await table.reaches("sent", 1, ids[2])
        assert [(await table.row(job)).state for job in ids[:2]] == ["due", "due"]
        slow.held.set()
        for job in ids:
            await table.reaches("sent", 1, job)


async def test_many_that_are_due_at_once_are_all_sent_once_and_few_at_a_time(table: Table) -> None:
    ids = [f"{number:053d}" for number in range(3 * MAX_SENDING)]
    async with receiving() as receiver, sending(table) as (hooks, _):
        receiver.held = asyncio.Event()
        await asyncio.gather(*(send(hooks, receiver.url, job) for job in ids))
        await receiver.until(MAX_SENDING)
        hooks.wake()
        for job in ids[:3]:
            await table.row(job)
        assert len(receiver.bodies) == MAX_SENDING
        receiver.held.set()
        for job in ids:
            await table.reaches("sent", 1, job)
        assert sorted(head["webhook-id"] for head in receiver.heads) == ids


async def test_what_a_stop_cut_off_is_sent_by_the_next_start(table: Table) -> None:
    async with receiving() as receiver:
        receiver.held = asyncio.Event()
        async with sending(table) as (hooks, _):
            await send(hooks, receiver.url)
            await receiver.until(1)
        assert (await table.row()).state == "due"
        receiver.held.set()
        async with sending(table) as (hooks, clock):
            clock.now += LEASE_S
            hooks.wake()
            await table.reaches("sent", 1)
        assert [head["webhook-id"] for head in receiver.heads] == [JOB, JOB]


@pytest.mark.parametrize(
    ("error", "state"), [(Unavailable(), "due"), (InternalError(), "due"), (RouteNotFound(), "given_up")]
)
async def test_a_job_that_cannot_be_read_is_told_of_later_and_one_that_is_no_more_never(
    table: Table, error: Exception, state: str
) -> None:
    async def fails(_: WebhookRecord) -> bytes:
        raise error

    async with receiving() as receiver, sending(table, fails) as (hooks, _):
        await send(hooks, receiver.url)
        await table.reaches(state, 1)
        assert receiver.bodies == []


async def test_a_job_that_ended_in_a_crash_is_told_of_by_the_next_start(
    table: Table, database: Database
) -> None:
    await table.add(WebhookRecord(JOB, KEY, "http://127.0.0.1:1/", BASE_URL))
    await JobStore(database, "a server").add(JobRecord(JOB, KEY, "model", "card", "fake", "done", START))
    async with sending(table):
        await table.reaches("due", 1)


async def test_a_database_that_is_away_for_a_while_costs_no_webhook(table: Table) -> None:
    async with receiving() as receiver, sending(table) as (hooks, _):
        await table.asked(1)
        table.is_away = True
        await send(hooks, receiver.url)
        await table.asked(2)
        table.is_away = False
        hooks.wake()
        await receiver.until(1)


async def test_a_request_without_a_webhook_sends_none(table: Table) -> None:
    async with sending(table) as (hooks, _):
        await hooks.ready(JOB)
    with pytest.raises(ValueError):
        await table.row()


async def test_no_url_is_logged(table: Table, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with receiving("500 Oops") as receiver, sending(table) as (hooks, _):
        await send(hooks, receiver.url)
        await table.reaches("due", 1)
    assert JOB in caplog.text
    assert "token=t" not in caplog.text


PUBLIC = "93.184.216.34"
NAMES = {
    "public.test": [PUBLIC],
    "inner.test": ["10.0.0.5"],
    "metadata.test": ["169.254.169.254"],
    "mixed.test": [PUBLIC, "127.0.0.1"],
}


@dataclass
class Wire:
    """Stands where sockets are: answers lookups from NAMES, records every address that is tried."""

    tried: list[tuple[str, int]] = field(default_factory=list)

    def getaddrinfo(self, host: str | bytes, port: int, *_: object, **__: object) -> list[object]:
        name = host.decode() if isinstance(host, bytes) else host
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in NAMES.get(name, [name])
        ]

    def connect(self, _sock: socket.socket, address: tuple[str, int]) -> NoReturn:
        self.tried.append(address[:2])
        raise ConnectionRefusedError("no socket is opened in this test")

    async def sock_connect(self, sock: socket.socket, address: tuple[str, int]) -> NoReturn:
        self.connect(sock, address)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    made = Wire()
    monkeypatch.setattr(selector_events.BaseSelectorEventLoop, "sock_connect", made.sock_connect)
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, lambda sock, address, *_: made.connect(sock, address))
    monkeypatch.setattr(socket, "getaddrinfo", made.getaddrinfo)
    return made


async def tried(
    wire: Wire, table: Table, url: str, allow: Sequence[IPv4Network | IPv6Network] = ()
) -> list[tuple[str, int]]:
    """The addresses that a webhook tried to reach."""
    async with sending(table, allow=allow) as (hooks, _):
        await send(hooks, url)
        await table.reaches("due", 1)
    return wire.tried


HIDDEN = """http://inner.test/ https://metadata.test/latest http://mixed.test/ http://127.0.0.1:8000/
    http://169.254.169.254/ http://[::1]/ http://[::ffff:10.0.0.1]/ http://2130706433/ http://user@public.test/
    file:///etc/passwd"""


@pytest.mark.parametrize("url", HIDDEN.split())
async def test_a_host_that_is_not_public_is_never_sent_to(wire: Wire, table: Table, url: str) -> None:
    assert await tried(wire, table, url) == []


async def test_a_public_host_is_sent_to_on_any_port(wire: Wire, table: Table) -> None:
    assert await tried(wire, table, "https://public.test:8443/hook") == [(PUBLIC, 8443)]


@pytest.mark.parametrize(
    ("url", "reached"), [("http://inner.test/", [("10.0.0.5", 80)]), ("http://10.0.0.6/", [])]
)
async def test_an_allowed_network_is_sent_to_and_its_neighbour_is_not(
    wire: Wire, table: Table, url: str, reached: list[tuple[str, int]]
) -> None:
    allow = [IPv4Network("10.0.0.5/32")]
    assert await tried(wire, table, url, allow) == reached


REFUSED = """http://127.0.0.1/ http://10.0.0.5/hook http://169.254.169.254/ http://[::1]/ http://2130706433/
    http://user:secret@public.test/ ftp://public.test/ file:///etc/passwd //public.test/ public.test http://
    javascript:alert(1) http://public.test:0/ http://public.test:65536/ http://[::1"""


@pytest.mark.parametrize("url", [*REFUSED.split(), "", " ", "http://public.test/\ud800", "http://a b/"])
async def test_a_url_that_can_never_be_sent_to_is_refused_at_once(table: Table, url: str) -> None:
    with pytest.raises(InvalidParameter) as caught:
        a_sender(table).check_url(url)
    assert caught.value.param == "webhook_url"
    assert "invalid url specified" in caught.value.message


@pytest.mark.parametrize(("length", "fits"), [(8192, True), (8193, False)])
async def test_a_url_may_be_8192_characters_long(table: Table, length: int, fits: bool) -> None:
    hooks = a_sender(table)
    url = "https://public.test/".ljust(length, "a")
    if fits:
        hooks.check_url(url)
    else:
        with pytest.raises(InvalidParameter):
            hooks.check_url(url)


async def test_an_allowed_address_may_be_named(table: Table) -> None:
    a_sender(table, allow=[THIS_HOST]).check_url("http://127.0.0.1:9/hook")


async def test_a_network_that_would_let_everything_through_stops_the_start(table: Table) -> None:
    with pytest.raises(ConfigError, match="webhook_allow"):
        a_sender(table, allow=[IPv6Network("64:ff9b::/96")])


def test_the_secret_is_the_configured_one_or_the_one_that_the_first_start_makes(tmp_path: Path) -> None:
    configured = load_settings({"data_dir": tmp_path, "webhook_secret": "mine"}, env={})
    assert server_secret(configured) == b"mine"
    made = [server_secret(load_settings({"data_dir": tmp_path}, env={})) for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) == 32
    assert (tmp_path / "webhook.key").stat().st_mode & 0o777 == 0o600


async def test_each_key_has_a_secret_of_its_own(table: Table) -> None:
    ours, other = (a_sender(table, secret) for secret in (SECRET, b"another server's"))
    assert ours.secret_of(KEY).startswith("whsec_")
    assert len({ours.secret_of(KEY), ours.secret_of("other"), other.secret_of(KEY)}) == 3
    assert len(base64.b64decode(ours.secret_of(KEY).removeprefix("whsec_"))) == 32


MODEL = "doubao-seedream-4-0-250828"


@asynccontextmanager
async def client_of(server: RunningServer) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {server.api_key}", "Prefer": "respond-async"}
    async with httpx.AsyncClient(base_url=server.base_url, headers=headers, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("response_format", ["url", "b64_json"])
async def test_of_an_async_job_a_client_s_server_hears_without_the_pictures_themselves(
    response_format: str,
) -> None:
    async with receiving() as receiver:
        with running_server(webhook_allow=["127.0.0.1"]) as server:
            async with client_of(server) as client:
                body = {"model": MODEL, "prompt": "a cat", "size": "1K", "response_format": response_format}
                answer = await client.post(
                    "/v1/images/generations", json=body | {"webhook_url": receiver.url}
                )
                assert answer.status_code == 202
                await receiver.until(1)
                told = json.loads(receiver.bodies[0])
                job = (await client.get(told["data"]["url"])).json()
                secret = (await client.get("/v1/webhooks/secret")).json()["secret"]
                if response_format == "url":
                    link = told["data"]["result"]["data"][0]["url"]
                    assert (await client.get(link)).status_code == 200
    head, sent = receiver.heads[0], receiver.bodies[0]
    assert (told["type"], told["data"]["id"]) == ("image.job.done", job["id"])
    assert head["webhook-id"] == job["id"]
    assert is_signed(head, sent, secret)
    assert b"b64_json" not in sent


async def test_a_webhook_url_that_is_not_public_is_refused_with_the_request() -> None:
    with running_server() as server:
        body = {"model": MODEL, "prompt": "a cat", "webhook_url": "http://10.0.0.1/"}
        async with client_of(server) as client:
            error = (await client.post("/v1/images/generations", json=body)).json()["error"]
    assert (error["code"], error["param"]) == ("InvalidParameter", "webhook_url")
