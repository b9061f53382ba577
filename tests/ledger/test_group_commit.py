"""GroupCommit with commits that the test holds back: who shares one, and that nobody waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import bindparam, insert, update
from sqlalchemy.dialects.sqlite import dialect

from limner.errors import Unavailable
from limner.ledger.database import Change
from limner.ledger.group_commit import GroupCommit
from limner.ledger.statements import Run
from limner.ledger.tables import servers

ADD = insert(servers)
SEE = update(servers).where(servers.c.id == bindparam("server")).values(seen_at=bindparam("now"))


def add(name: str) -> Change:
    return Change(ADD, {"id": name, "seen_at": 0.0})


class HeldCommits(GroupCommit):
    """Commits nothing; each commit waits to be let through."""

    def __init__(self) -> None:
        super().__init__(dialect())
        self.begun: asyncio.Queue[Sequence[Run]] = asyncio.Queue()
        self.let_through = asyncio.Semaphore(0)

    def start(self) -> None:
        self._start_writing()

    async def close(self) -> None:
        await self._stop_writing()

    async def _transact(self, runs: Sequence[Run]) -> list[int]:
        self.begun.put_nowait(runs)
        await self.let_through.acquire()
        return [1 for run in runs if run.counted]


def names(runs: Sequence[Run]) -> list[list[str]]:
    return [[row[0] for row in run.rows] for run in runs]


async def test_what_comes_while_a_commit_runs_shares_the_next_one() -> None:
    commits = HeldCommits()
    commits.start()
    first = asyncio.create_task(commits.write(add("first")))
    assert names(await commits.begun.get()) == [["first"]]
    rest = [asyncio.create_task(commits.write(add(str(number)))) for number in range(5)]
    commits.let_through.release()
    assert names(await commits.begun.get()) == [["0", "1", "2", "3", "4"]]
    assert first.done()
    assert not any(write.done() for write in rest)
    commits.let_through.release()
    await asyncio.gather(*rest)
    await commits.close()


async def test_neighbours_of_one_statement_are_one_run_and_the_order_stays() -> None:
    commits = HeldCommits()
    commits.start()
    commits.post(add("a"), add("b"), Change(SEE, {"server": "a", "now": 1.0}), add("c"))
    runs = await commits.begun.get()
    assert [len(run.rows) for run in runs] == [2, 1, 1]
    assert [run.sql.split()[0] for run in runs] == ["INSERT", "UPDATE", "INSERT"]
    commits.let_through.release()
    await commits.close()


async def test_counted_changes_are_never_run_together() -> None:
    commits = HeldCommits()
    commits.start()
    counts = asyncio.create_task(commits.execute(add("a"), add("b")))
    assert [run.counted for run in await commits.begun.get()] == [True, True]
    commits.let_through.release()
    assert await counts == (1, 1)
    await commits.close()


async def test_close_waits_for_what_was_posted() -> None:
    commits = HeldCommits()
    commits.start()
    commits.post(add("a"))
    closing = asyncio.create_task(commits.close())
    await commits.begun.get()
    assert not closing.done()
    commits.let_through.release()
    await closing


async def test_after_a_bug_in_the_driver_nobody_waits_for_ever() -> None:
    class Broken(HeldCommits):
        async def _transact(self, runs: Sequence[Run]) -> list[int]:
            raise ZeroDivisionError

    commits = Broken()
    commits.start()
    for _ in range(2):
        with pytest.raises(Unavailable):
            await commits.write(add("a"))
    with pytest.raises(ZeroDivisionError):
        await commits.close()
