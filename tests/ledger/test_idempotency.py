"""Claims: one winner, for a day, and only a hash in the database."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from limner.ledger.database import Database
from limner.ledger.idempotency import CLAIM_TTL_S, Claims
from limner.ledger.records import Claim
from limner.ledger.tables import idempotency

NOW = 1_800_000_000.0


@pytest.fixture
def claims(database: Database) -> Claims:
    return Claims(database)


async def test_of_twenty_claims_at_once_one_wins(claims: Claims) -> None:
    twins = (claims.claim("key", "again", f"body-{n}", f"job-{n}", NOW) for n in range(20))
    won = await asyncio.gather(*twins)
    winner = won.index(True)
    assert won.count(True) == 1
    assert await claims.find("key", "again", NOW) == Claim(f"body-{winner}", f"job-{winner}", NOW)


async def test_another_key_or_another_client_has_a_claim_of_its_own(claims: Claims) -> None:
    assert await claims.claim("key", "a", "body", "job-1", NOW)
    assert await claims.claim("key", "b", "body", "job-2", NOW)
    assert await claims.claim("other", "a", "body", "job-3", NOW)
    assert (await claims.find("other", "a", NOW)) == Claim("body", "job-3", NOW)
    assert await claims.find("third", "a", NOW) is None


async def test_a_claim_is_found_from_the_time_it_was_made_on(claims: Claims) -> None:
    await claims.claim("key", "a", "body", "job", NOW)
    assert await claims.find("key", "a", NOW) is not None
    assert await claims.find("key", "a", NOW + 0.001) is None


async def test_a_claim_can_be_taken_over_once_it_has_expired(claims: Claims) -> None:
    await claims.claim("key", "a", "body", "job-1", NOW)
    assert not await claims.claim("key", "a", "body", "job-2", NOW + CLAIM_TTL_S)
    later = NOW + CLAIM_TTL_S + 0.001
    assert await claims.claim("key", "a", "new body", "job-3", later)
    assert await claims.find("key", "a", NOW) == Claim("new body", "job-3", later)


async def test_a_job_that_does_not_answer_can_be_replaced_once(claims: Claims) -> None:
    await claims.claim("key", "a", "body", "job-1", NOW)
    replaced = await asyncio.gather(
        claims.replace("key", "a", "job-1", "job-2", "body", NOW + 1),
        claims.replace("key", "a", "job-1", "job-3", "body", NOW + 1),
    )
    assert sorted(replaced) == [False, True]
    winner = f"job-{2 + replaced.index(True)}"
    assert await claims.find("key", "a", NOW) == Claim("body", winner, NOW + 1)


async def test_old_claims_are_forgotten(claims: Claims) -> None:
    await claims.claim("key", "old", "body", "job-1", NOW)
    await claims.claim("key", "new", "body", "job-2", NOW + 1)
    assert await claims.forget(NOW + 1) == 1
    assert await claims.find("key", "old", 0) is None
    assert await claims.find("key", "new", 0) is not None


async def test_what_the_client_sent_is_not_in_the_database(database: Database, claims: Claims) -> None:
    await claims.claim("key", "my secret order 17", "body", "job", NOW)
    (row,) = await database.read(select(idempotency))
    assert "order" not in str(dict(row))
