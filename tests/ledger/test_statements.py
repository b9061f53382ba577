"""What becomes of a change: SQL and a row, and a place among others of its statement."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from sqlalchemy import Delete, Dialect, Insert, Update, bindparam, delete, insert, null, update
from sqlalchemy.dialects.postgresql.asyncpg import dialect as postgres_dialect
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.exc import InvalidRequestError

from limner.ledger.database import Change
from limner.ledger.statements import Bound, Preparer, runs_of
from limner.ledger.tables import jobs, servers

DIALECTS: tuple[Dialect, ...] = (sqlite_dialect(), postgres_dialect())  # type: ignore[no-untyped-call]


@pytest.fixture(params=DIALECTS, ids=["sqlite", "postgresql"])
def preparer(request: pytest.FixtureRequest) -> Preparer:
    dialect: Dialect = request.param
    return Preparer(dialect)


def test_a_row_has_its_values_in_the_order_of_the_statement(preparer: Preparer) -> None:
    statement = insert(servers)
    one = preparer.bind(Change(statement, {"seen_at": 1.0, "id": "a"}))
    two = preparer.bind(Change(statement, {"id": "a", "seen_at": 1.0}))
    assert sorted(map(str, one.row)) == sorted(map(str, two.row)) == ["1.0", "a"]
    assert preparer.bind(Change(statement, {"id": "b", "seen_at": 2.0})).prepared is two.prepared


def test_values_that_stand_in_the_statement_are_part_of_every_row(preparer: Preparer) -> None:
    statement = (
        update(jobs)
        .where(jobs.c.id == bindparam("job"), jobs.c.state.in_(["queued", "running"]))
        .values(state="done", request=null())
    )
    bound = preparer.bind(Change(statement, {"job": "a"}))
    assert sorted(bound.row) == ["a", "done", "queued", "running"]


def test_json_goes_to_the_driver_as_text_and_none_as_null(preparer: Preparer) -> None:
    statement = update(jobs).values(request=bindparam("asked"), error=bindparam("told"))
    bound = preparer.bind(Change(statement, {"asked": {"prompt": "猫"}, "told": None}))
    assert set(bound.row) == {'{"prompt":"猫"}', None}
    half_a_character = preparer.bind(Change(statement, {"asked": {"prompt": "\ud83d"}, "told": None}))
    assert set(half_a_character.row) == {'{"prompt":"\\ud83d"}', None}


def test_a_missing_value_is_our_own_bug(preparer: Preparer) -> None:
    statement = delete(servers).where(servers.c.id == bindparam("server"))
    with pytest.raises(InvalidRequestError, match="server"):
        preparer.bind(Change(statement, {}))


def test_a_list_that_differs_from_change_to_change_is_refused(preparer: Preparer) -> None:
    statement = delete(servers).where(servers.c.id.in_(bindparam("those", expanding=True)))
    with pytest.raises(AssertionError, match="lists are fixed"):
        preparer.bind(Change(statement, {"those": ["a", "b"]}))


STATEMENTS: list[Insert | Delete | Update] = [
    insert(servers),
    delete(servers).where(servers.c.id == bindparam("id")),
    update(servers),
]


def some_changes(random: Random) -> list[Bound]:
    """Changes of a few statements about a few subjects, each with a row of its own."""
    preparer = Preparer(sqlite_dialect())
    prepared = [
        preparer.bind(Change(statement, {"id": "x", "seen_at": 0.0})).prepared for statement in STATEMENTS
    ]
    return [
        Bound(random.choice(prepared), (number,), random.choice(["a", "b", "c", None]), random.random() < 0.1)
        for number in range(random.randrange(30))
    ]


def keeps_order(one: Bound, other: Bound) -> bool:
    return (
        one.counted or other.counted or None in (one.subject, other.subject) or one.subject == other.subject
    )


def test_changes_of_one_statement_gather_and_none_overtakes_one_that_it_may_not() -> None:
    for seed in range(300):
        changes = some_changes(Random(seed))
        runs = runs_of(changes)
        placed = [row[0] for run in runs for row in run.rows]
        assert sorted(placed) == list(range(len(changes)))
        assert all(changes[row[0]].prepared.sql == run.sql for run in runs for row in run.rows)
        assert all(len(run.rows) == 1 for run in runs if run.counted)
        for early, late in combinations(range(len(changes)), 2):
            if keeps_order(changes[early], changes[late]):
                assert placed.index(early) < placed.index(late), f"seed {seed}"


def test_the_rows_of_many_jobs_are_a_run_for_each_statement() -> None:
    preparer = Preparer(sqlite_dialect())
    steps: list[Insert | Delete | Update] = [
        insert(servers),
        delete(servers).where(servers.c.id == bindparam("id")),
    ]
    changes = [
        preparer.bind(Change(step, {"id": job, "seen_at": 0.0}, job))
        for job in ("a", "b", "c")
        for step in steps
    ]
    assert [len(run.rows) for run in runs_of(changes)] == [3, 3]
