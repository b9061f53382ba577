"""WebhookTable: nothing is due before its job has ended, and each try belongs to one server."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from limner.errors import RowConflict
from limner.ledger.database import Database
from limner.ledger.jobs import JobStore
from limner.ledger.records import JobRecord, JobState
from limner.ledger.webhooks import LEASE_S, WebhookRecord, WebhookTable

NOW = 1_800_000_000.0


def a_webhook(job_id: str = "job") -> WebhookRecord:
    return WebhookRecord(job_id, "key", "https://example.com/hook", "http://127.0.0.1:8000")


@pytest.fixture
def table(database: Database) -> WebhookTable:
    return WebhookTable(database)


async def test_a_webhook_is_due_once_its_job_has_ended(table: WebhookTable) -> None:
    await table.add(a_webhook())
    assert await table.due(NOW, 10) == ()
    assert await table.next_at() is None
    assert await table.ready("job", NOW)
    assert await table.next_at() == NOW
    assert await table.due(NOW - 0.001, 10) == ()
    assert await table.due(NOW, 10) == (replace(a_webhook(), state="due", next_at=NOW + LEASE_S),)


async def test_a_job_without_a_webhook_has_none_to_make_ready(table: WebhookTable) -> None:
    assert not await table.ready("job", NOW)


async def test_a_job_has_one_webhook(table: WebhookTable) -> None:
    await table.add(a_webhook())
    with pytest.raises(RowConflict):
        await table.add(a_webhook())


async def test_two_servers_do_not_get_the_same_webhook(database: Database) -> None:
    tables = [WebhookTable(database) for _ in range(4)]
    for number in range(20):
        await tables[0].add(a_webhook(f"job-{number}"))
        await tables[0].ready(f"job-{number}", NOW)
    shares = await asyncio.gather(*(table.due(NOW, 20) for table in tables))
    given = [each.job_id for share in shares for each in share]
    assert sorted(given) == sorted(f"job-{number}" for number in range(20))


async def test_what_a_server_took_and_did_not_report_comes_back(table: WebhookTable) -> None:
    await table.add(a_webhook())
    await table.ready("job", NOW)
    await table.due(NOW, 1)
    assert await table.due(NOW + LEASE_S - 0.001, 1) == ()
    assert len(await table.due(NOW + LEASE_S, 1)) == 1


async def test_a_failed_try_is_due_again_at_its_time(table: WebhookTable) -> None:
    await table.add(a_webhook())
    await table.ready("job", NOW)
    await table.due(NOW, 1)
    await table.attempt("job", "due", 1, NOW + 5, 503)
    assert await table.due(NOW + 4.999, 1) == ()
    (again,) = await table.due(NOW + 5, 1)
    assert (again.attempts, again.last_status) == (1, 503)


@pytest.mark.parametrize("end", ["sent", "given_up"])
async def test_what_was_sent_or_given_up_is_not_due_any_more(table: WebhookTable, end: str) -> None:
    await table.add(a_webhook())
    await table.ready("job", NOW)
    await table.attempt("job", "sent" if end == "sent" else "given_up", 1, None, 200)
    assert not await table.ready("job", NOW + 1)
    assert await table.due(NOW + 1e6, 1) == ()


async def test_those_that_wait_longest_come_first(table: WebhookTable) -> None:
    for number in (2, 0, 1):
        await table.add(a_webhook(f"job-{number}"))
        await table.ready(f"job-{number}", NOW + number)
    assert [each.job_id for each in await table.due(NOW + 9, 2)] == ["job-0", "job-1"]


@pytest.mark.parametrize(("state", "is_due"), [("done", True), ("failed", True), ("running", False)])
async def test_a_webhook_that_a_crash_left_waiting_is_due_if_its_job_has_ended(
    database: Database, table: WebhookTable, state: JobState, is_due: bool
) -> None:
    await JobStore(database, "server").add(JobRecord("job", "key", "model", "card", "fake", state, NOW))
    await table.add(a_webhook())
    await table.add(a_webhook("another"))
    assert await table.ready_ended(NOW) == is_due
    assert await table.ready_ended(NOW) == 0
    assert [each.job_id for each in await table.due(NOW, 10)] == ["job"] * is_due


async def test_what_was_sent_is_forgotten_with_its_job(table: WebhookTable) -> None:
    old, young = "02" + "0000000001000" + "a" * 38, "02" + "0000000009000" + "b" * 38
    for job_id in (old, young):
        await table.add(WebhookRecord(job_id, "k", "https://a.example/", "http://b.example"))
        await table.ready(job_id, at=1.0)
    assert await table.forget(before=2.0) == 0
    await table.attempt(old, "sent", 1, None, 200)
    await table.attempt(young, "sent", 1, None, 200)
    assert await table.forget(before=2.0) == 1
