"""The queue before an engine: who may wait, whose turn it is, and what one is told of that."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from limner.errors import ServerOverloaded
from limner.jobs import admission
from limner.jobs.admission import Place, Queue


async def settle() -> None:
    """Let every task come as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


@dataclass
class Engine:
    """Works on jobs of named keys, each until it is told to end; serves tells the order."""

    queue: Queue
    serves: list[str] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    ends: dict[str, asyncio.Event] = field(default_factory=dict)
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def send(self, *jobs: str) -> None:
        """Jobs are called by their key's letter and a number."""
        for job in jobs:
            self.places[job] = self.queue.admit(job[0])
            self.ends[job] = asyncio.Event()
            self.tasks[job] = asyncio.create_task(self._work(job))

    async def end(self, job: str) -> None:
        self.ends[job].set()
        await self.tasks[job]
        await settle()

    async def end_all(self) -> None:
        """In the order in which they are served."""
        await settle()
        for job in self.serves:  # which grows
            await self.end(job)

    async def _work(self, job: str) -> None:
        place = self.places[job]
        try:
            async with place.slot():
                self.serves.append(job)
                await self.ends[job].wait()
        finally:
            place.leave()


@pytest.mark.parametrize(("slots", "queue_limit"), [(1, 0), (1, 2), (3, 0), (2, 5)])
async def test_the_queue_is_full_after_its_slots_and_its_limit(slots: int, queue_limit: int) -> None:
    queue = Queue(slots, queue_limit)
    places = [queue.admit("a") for _ in range(slots + queue_limit)]
    assert [place.ahead for place in places] == [0] * slots + list(range(1, queue_limit + 1))
    with pytest.raises(ServerOverloaded):
        queue.admit("a")
    places[0].leave()
    queue.admit("a")
    with pytest.raises(ServerOverloaded):
        queue.admit("a")


@pytest.mark.parametrize(("slots", "queue_limit", "newcomers"), [(2, 5, 2), (4, 1, 1), (1, 0, 0)])
async def test_who_fills_the_queue_shuts_nobody_out(slots: int, queue_limit: int, newcomers: int) -> None:
    queue = Queue(slots, queue_limit)
    for _ in range(slots + queue_limit):
        queue.admit("a")
    for number in range(newcomers):
        queue.admit(f"b{number}")
        for key in ("a", f"b{number}"):
            with pytest.raises(ServerOverloaded):
                queue.admit(key)
    with pytest.raises(ServerOverloaded):
        queue.admit("c")


async def test_a_job_that_was_admitted_before_comes_in_although_the_queue_is_full() -> None:
    queue = Queue(1, 0)
    queue.admit("a")
    assert queue.admit("a", forced=True).ahead == 1
    assert queue.admitted == 2


async def test_a_place_is_given_up_once() -> None:
    queue = Queue(1, 1)
    place, _ = queue.admit("a"), queue.admit("a")
    place.leave()
    place.leave()
    assert queue.admitted == 1


async def test_jobs_of_one_key_are_served_in_the_order_of_their_coming() -> None:
    engine = Engine(Queue(2, 10))
    jobs = [f"a{number}" for number in range(9)]
    engine.send(*jobs)
    await engine.end_all()
    assert engine.serves == jobs


async def test_no_more_jobs_are_served_at_once_than_there_are_slots() -> None:
    engine = Engine(Queue(3, 10))
    engine.send(*(f"a{number}" for number in range(5)), "b0")
    await settle()
    assert (len(engine.serves), engine.queue.running) == (3, 3)
    await engine.end("a0")
    assert (len(engine.serves), engine.queue.running) == (4, 3)
    await engine.end_all()


@pytest.mark.parametrize("slots", [1, 4])
async def test_a_key_with_one_job_waits_for_one_end_behind_a_key_with_a_hundred(slots: int) -> None:
    engine = Engine(Queue(slots, 200))
    engine.send(*(f"a{number}" for number in range(100)))
    await settle()
    engine.send("b0")
    await settle()
    await engine.end("a0")
    assert engine.serves[-1] == "b0"
    await engine.end_all()


async def test_a_key_that_was_alone_so_far_does_not_come_before_the_one_that_waits() -> None:
    """Nobody waited when a1 came to its turn: it counts as served all the same."""
    engine = Engine(Queue(1, 200))
    engine.send("a0", "a1")
    await settle()
    await engine.end("a0")
    engine.send("a2", "a3", "b0")
    await settle()
    await engine.end("a1")
    assert engine.serves == ["a0", "a1", "b0"]
    await engine.end_all()


async def test_keys_that_come_back_at_once_starve_nobody() -> None:
    engine = Engine(Queue(1, 200))
    engine.send("a0", "a1", "b0", "c0")
    await settle()
    for number in range(6):
        serving = engine.serves[-1]
        if serving[0] in "bc":
            engine.send(f"{serving[0]}{number + 1}")
        await engine.end(serving)
    assert "a1" in engine.serves[:4]
    await engine.end_all()


async def test_keys_with_as_many_jobs_get_as_many_turns() -> None:
    engine = Engine(Queue(2, 200))
    engine.send(*(f"{key}{number}" for key in "abcd" for number in range(5)))
    await engine.end_all()
    for start in range(4, 20, 4):
        assert len({job[0] for job in engine.serves[start : start + 4]}) >= 3


async def test_the_position_says_how_many_are_served_before() -> None:
    """For each job that waits: what it is told when it comes is how many ends it then waits for."""
    engine = Engine(Queue(1, 200))
    engine.send("a0")
    await settle()
    told: dict[str, int] = {}
    for job in ("a1", "a2", "a3", "b0", "b1", "c0"):
        engine.send(job)
        await settle()
        told[job] = engine.places[job].ahead
    assert told == {"a1": 1, "a2": 2, "a3": 3, "b0": 1, "b1": 3, "c0": 2}
    assert [engine.places[job].ahead_at_admission for job in told] == list(told.values())
    assert {job: engine.places[job].ahead for job in told} == {
        "b0": 1,
        "c0": 2,
        "a1": 3,
        "b1": 4,
        "a2": 5,
        "a3": 6,
    }
    await engine.end_all()
    assert engine.serves == ["a0", "b0", "c0", "a1", "b1", "a2", "a3"]


async def test_the_position_moves_up_as_others_end_or_go() -> None:
    engine = Engine(Queue(1, 10))
    engine.send("a0", "a1", "a2", "a3")
    await settle()
    seen = [engine.places["a3"].ahead]
    engine.tasks["a1"].cancel()
    await settle()
    seen.append(engine.places["a3"].ahead)
    await engine.end("a0")
    seen.append(engine.places["a3"].ahead)
    await engine.end("a2")
    seen.append(engine.places["a3"].ahead)
    assert seen == [3, 2, 1, 0]
    engine.tasks.pop("a1")
    await engine.end_all()


async def test_a_slot_comes_back_from_work_that_failed() -> None:
    queue = Queue(1, 10)
    with pytest.raises(ZeroDivisionError):
        async with queue.admit("a").slot():
            _ = 1 / 0
    assert queue.running == 0
    async with asyncio.timeout(5), queue.admit("a").slot():
        pass


async def _cancel_the_one_that_waits(engine: Engine) -> None:
    engine.tasks["b0"].cancel()


async def _cancel_both_in_one_step(engine: Engine) -> None:
    engine.tasks["a0"].cancel()
    engine.tasks["b0"].cancel()


@pytest.mark.parametrize("cancel", [_cancel_the_one_that_waits, _cancel_both_in_one_step])
async def test_a_cancelled_job_leaves_neither_slot_nor_turn_behind(
    cancel: Callable[[Engine], Awaitable[None]],
) -> None:
    engine = Engine(Queue(1, 10))
    engine.send("a0", "b0", "c0")
    await settle()
    await cancel(engine)
    await settle()
    assert "b0" not in engine.serves
    engine.ends["a0"].set()
    engine.ends["c0"].set()
    await asyncio.wait(engine.tasks.values())
    assert engine.serves == ["a0", "c0"]
    assert (engine.queue.running, engine.queue.admitted) == (0, 0)


async def test_a_job_that_is_cancelled_as_its_turn_comes_passes_the_slot_on() -> None:
    engine = Engine(Queue(1, 10))
    engine.send("a0", "b0", "c0")
    await settle()
    engine.ends["a0"].set()
    engine.tasks["a0"].add_done_callback(lambda _: engine.tasks["b0"].cancel())
    await asyncio.wait({engine.tasks["a0"], engine.tasks["b0"]})
    await settle()
    assert engine.serves[-1] == "c0"
    await engine.end("c0")
    assert (engine.queue.running, engine.queue.admitted) == (0, 0)


async def test_all_that_is_cancelled_at_once_ends() -> None:
    engine = Engine(Queue(2, 50))
    engine.send(*(f"{key}{number}" for key in "abc" for number in range(10)))
    await settle()
    for task in engine.tasks.values():
        task.cancel()
    await asyncio.wait(engine.tasks.values())
    assert all(task.cancelled() for task in engine.tasks.values())
    assert (engine.queue.running, engine.queue.admitted, len(engine.serves)) == (0, 0, 2)


@dataclass
class Clock:
    """time.monotonic() that a test moves."""

    now: float = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(admission, "time", clock)
    return clock


async def test_who_is_refused_is_told_when_a_job_ends(clock: Clock) -> None:
    """Jobs take ten seconds; after Retry-After, not sooner, there is room."""
    engine = Engine(Queue(2, 1))
    engine.send("a0", "a1", "a2")
    await settle()
    clock.now += 10
    await engine.end("a0")
    engine.send("a3")
    clock.now += 4
    with pytest.raises(ServerOverloaded) as refused:
        engine.queue.admit("a")
    # a1 has run for 14 seconds, a2 for 4; the oldest is overdue.
    assert refused.value.retry_after_s == 1
    await engine.end("a1")
    engine.send("a4")
    with pytest.raises(ServerOverloaded) as refused:
        engine.queue.admit("a")
    assert refused.value.retry_after_s is not None and 6 <= refused.value.retry_after_s <= 8
    clock.now += refused.value.retry_after_s
    await engine.end("a2")
    engine.queue.admit("a").leave()
    await engine.end_all()


async def test_before_any_job_has_ended_the_guess_grows_with_what_is_seen(clock: Clock) -> None:
    engine = Engine(Queue(1, 0))
    engine.send("a0")
    await settle()
    guesses = []
    for _ in range(3):
        with pytest.raises(ServerOverloaded) as refused:
            engine.queue.admit("a")
        guesses.append(refused.value.retry_after_s)
        clock.now += 20
    assert guesses == [1, 20, 40]
    await engine.end_all()


async def test_the_oldest_wait_is_that_of_whom_is_not_served_yet(clock: Clock) -> None:
    engine = Engine(Queue(1, 5))
    assert engine.queue.oldest_wait_s == 0
    engine.send("a0")
    await settle()
    clock.now += 5
    assert engine.queue.oldest_wait_s == 0
    engine.send("a1")
    clock.now += 7
    engine.send("a2")
    await settle()
    assert engine.queue.oldest_wait_s == 7
    await engine.end_all()
    assert engine.queue.oldest_wait_s == 0
