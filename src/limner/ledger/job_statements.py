"""The statements of JobStore: each is compiled once, with names for what differs from call to call.

A parameter is never called as a column of its table is: SQLAlchemy would set that column.
"""

from __future__ import annotations

from sqlalchemy import bindparam, delete, extract, func, insert, null, or_, select, true, update

# This one's ON CONFLICT compiles for SQLite too; the other way round it does not.
from sqlalchemy.dialects.postgresql import insert as upsert

from limner.ledger.records import ENDED, JobState
from limner.ledger.tables import jobs, pictures, servers

UNFINISHED: tuple[JobState, ...] = ("queued", "running")

_IS_UNFINISHED = jobs.c.state.in_(UNFINISHED)
_THIS_JOB = jobs.c.id == bindparam("job")
_MINE = jobs.c.server == bindparam("me")
_FREE = or_(
    jobs.c.server.is_(None),
    _MINE,
    jobs.c.server.not_in(select(servers.c.id).where(servers.c.seen_at > bindparam("alive_since"))),
)
_IS_KEPT = pictures.c.name.is_not(None) & pictures.c.deleted_at.is_(None)
_THIS_PICTURE = (pictures.c.job_id == bindparam("job")) & _IS_KEPT

ADD = insert(jobs)
ADD_ONCE = upsert(jobs).on_conflict_do_nothing()
START = update(jobs).where(_THIS_JOB, _IS_UNFINISHED).values(state="running", started_at=bindparam("at"))
END = (
    update(jobs)
    .where(_THIS_JOB, _IS_UNFINISHED)
    .values(
        state=bindparam("new_state"),
        ended_at=bindparam("at"),
        error=bindparam("new_error"),
        stages=bindparam("new_stages"),
        pictures=bindparam("delivered"),
        pixels=bindparam("delivered_pixels"),
    )
)
ASK_CANCEL = update(jobs).where(_THIS_JOB, _IS_UNFINISHED).values(cancel_asked=True)
PUT_BACK = update(jobs).where(_THIS_JOB, _IS_UNFINISHED, _MINE).values(state="queued", server=None)
REOPEN = (
    update(jobs)
    .where(_THIS_JOB, or_(jobs.c.state.in_(ENDED), _MINE))
    .values(
        state="queued",
        server=bindparam("me"),
        detached=bindparam("goes_on"),
        deadline_at=bindparam("deadline"),
        ended_at=null(),
        error=null(),
        cancel_asked=False,
    )
)
DETACH = update(jobs).where(_THIS_JOB, _IS_UNFINISHED).values(detached=True)
TRY_AGAIN = delete(pictures).where(pictures.c.job_id == bindparam("job"), pictures.c.outcome == "refused")
ADOPT = (
    update(jobs)
    .where(_THIS_JOB, _IS_UNFINISHED, jobs.c.server.is_not_distinct_from(bindparam("was")))
    .values(server=bindparam("me"))
)
FORGET = (
    update(jobs)
    .where(
        # Not "in ENDED": SQLite would then go through all that ever ended.
        jobs.c.state.not_in(UNFINISHED),
        jobs.c.created_at < bindparam("before"),
        jobs.c.request.is_not(null()),
    )
    .values(request=null())
)
ADD_PICTURE = upsert(pictures).on_conflict_do_nothing()
DELETE_ALL = update(pictures).where(_THIS_PICTURE).values(deleted_at=bindparam("now"))
DELETE_ONE = DELETE_ALL.where(pictures.c.index == bindparam("picture"))
BEAT = upsert(servers)
BEAT = BEAT.on_conflict_do_update(index_elements=[servers.c.id], set_={"seen_at": BEAT.excluded.seen_at})
LEAVE = delete(servers).where(servers.c.id == bindparam("me"))

NOW = select(extract("epoch", func.now()).label("now"))
FIND = select(jobs).where(_THIS_JOB)
FIND_OWN = FIND.where(jobs.c.key_id == bindparam("key"))
LIST = (
    select(jobs)
    .where(jobs.c.key_id == bindparam("key"), jobs.c.state != "refused")
    .order_by(jobs.c.id.desc())
    .limit(bindparam("most"))
)
PICTURES = select(pictures).where(pictures.c.job_id == bindparam("job")).order_by(pictures.c.number)
CANCELS_ASKED = select(jobs.c.id).where(_IS_UNFINISHED, _MINE, jobs.c.cancel_asked == true())
ADOPTABLE = select(jobs).where(_IS_UNFINISHED, _FREE).order_by(jobs.c.id)
OLDEST = select(pictures).where(_IS_KEPT).order_by(pictures.c.at).limit(bindparam("most"))
OLDER = OLDEST.where(pictures.c.at < bindparam("before"))
STORED_BYTES = select(func.coalesce(func.sum(pictures.c.bytes), 0).label("bytes")).where(_IS_KEPT)
