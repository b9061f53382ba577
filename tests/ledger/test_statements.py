"""Preparer: a change becomes SQL and a row, once for each statement and each set of keys."""

from __future__ import annotations

import pytest
from sqlalchemy import Dialect, bindparam, delete, insert, null, update
from sqlalchemy.dialects.postgresql.asyncpg import dialect as postgres_dialect
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.exc import InvalidRequestError

from limner.ledger.database import Change
from limner.ledger.statements import Preparer
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
    assert set(bound.row) == {'{"prompt": "\\u732b"}', None}


def test_a_missing_value_is_our_own_bug(preparer: Preparer) -> None:
    statement = delete(servers).where(servers.c.id == bindparam("server"))
    with pytest.raises(InvalidRequestError, match="server"):
        preparer.bind(Change(statement, {}))


def test_a_list_that_differs_from_change_to_change_is_refused(preparer: Preparer) -> None:
    statement = delete(servers).where(servers.c.id.in_(bindparam("those", expanding=True)))
    with pytest.raises(AssertionError, match="lists are fixed"):
        preparer.bind(Change(statement, {"those": ["a", "b"]}))
