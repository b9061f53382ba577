"""Admission: the bounded queue before one engine, fair between keys.

When a slot comes free, it goes to the key that has the fewest jobs running; among equals to the one that
was served longest ago. So a key with one job waits for one job to end, however many another key has sent.
It knows keys by their ids only, and neither jobs nor engines.
"""

from __future__ import annotations

import asyncio
import itertools
import math
import time
from collections import Counter, deque
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from limner.errors import ServerOverloaded

Ticket: TypeAlias = "asyncio.Future[None]"
FIRST_GUESS_S = 1.0
NEWEST_WEIGHT = 0.2


class Queue:
    """At most slots jobs run, queue_limit more may wait, and a few beyond it of keys that have none yet."""

    def __init__(self, slots: int, queue_limit: int) -> None:
        self.slots = slots
        self.queue_limit = queue_limit
        self._places: dict[Place, None] = {}
        self._waiting: dict[str, deque[Ticket]] = {}
        self._running: Counter[str] = Counter()
        self._served: dict[str, int] = {}
        self._turns = itertools.count(1)
        self._mean_run_s: float | None = None

    @property
    def admitted(self) -> int:
        return len(self._places)

    @property
    def running(self) -> int:
        return self._running.total()

    @property
    def next_end_s(self) -> int:
        """A guess at the seconds until a job ends, by how long the last ones held their slots."""
        now = time.monotonic()
        oldest_s = now - min((each.started_at for each in self._places if each.started_at), default=now)
        whole_s = max(FIRST_GUESS_S, 2 * oldest_s) if self._mean_run_s is None else self._mean_run_s
        return max(1, math.ceil(whole_s - oldest_s))

    @property
    def oldest_wait_s(self) -> float:
        """Seconds since the oldest of those that do not run yet was admitted; 0 when none waits."""
        now = time.monotonic()
        return max((now - place.admitted_at for place in self._places if not place.has_started), default=0.0)

    def admit(self, key_id: str, *, forced: bool = False) -> Place:
        """A place in the queue. forced: even over the limit, for jobs that were admitted before.

        Raises ServerOverloaded with an estimate of when there is room again.
        """
        if not forced and self.admitted >= self._room(key_id):
            raise ServerOverloaded(retry_after_s=self.next_end_s)
        place = Place(self, key_id, ahead_at_admission=self._ahead_of_next(key_id))
        self._places[place] = None
        return place

    def _room(self, key_id: str) -> int:
        """Places for this key. The last ones, as many as slots, only a key takes that holds no other: so that
        nobody is shut out by one who fills the queue."""
        room = self.slots + self.queue_limit
        if self.admitted < room or any(place.key_id == key_id for place in self._places):
            return room
        return room + min(self.slots, self.queue_limit)

    def leave(self, place: Place) -> None:
        self._places.pop(place, None)

    async def take_slot(self, key_id: str, ticket: Ticket) -> None:
        """Return when the ticket's turn has come."""
        if self.running < self.slots and not self._waiting:
            self._take(key_id)
            return
        self._waiting.setdefault(key_id, deque()).append(ticket)
        try:
            await ticket
        except asyncio.CancelledError:
            if ticket.done() and not ticket.cancelled():
                self.give_back(key_id)
            else:
                self._withdraw(key_id, ticket)
            raise

    def give_back(self, key_id: str, run_s: float | None = None) -> None:
        """A slot is free; it goes to whose turn it is."""
        if run_s is not None:
            mean_s = run_s if self._mean_run_s is None else self._mean_run_s
            self._mean_run_s = mean_s + NEWEST_WEIGHT * (run_s - mean_s)
        self._running[key_id] -= 1
        if not self._running[key_id]:
            del self._running[key_id]
        while self._waiting and self.running < self.slots:
            chosen = min(self._waiting, key=self._claim)
            ticket = self._waiting[chosen][0]
            self._withdraw(chosen, ticket)
            if not ticket.done():  # else its job is being cancelled
                self._take(chosen)
                ticket.set_result(None)
        if not self._waiting:
            # Remembered while anybody waits: else a key that comes back at once would always be the first.
            self._served = {key: turn for key, turn in self._served.items() if key in self._running}

    def ahead_of(self, key_id: str, ticket: Ticket) -> int:
        """Jobs that have to end before this one's turn comes, if no other comes."""
        own = self._waiting.get(key_id)
        if own is None or ticket not in own:
            return 0
        lengths = {key: len(line) for key, line in self._waiting.items()}
        return 1 + self._first_served(key_id, own.index(ticket), lengths)

    def _ahead_of_next(self, key_id: str) -> int:
        """The same for a job that is just about to come."""
        lengths = Counter(each.key_id for each in self._places if not each.has_started)
        before = self._first_served(key_id, lengths[key_id], lengths)
        return max(0, before - (self.slots - self.running) + 1)

    def _first_served(self, key_id: str, depth: int, lengths: Mapping[str, int]) -> int:
        """How many of those that wait, by key, come before the one of this key that depth others precede."""
        ranks = {key: (self._claim(key), number) for number, key in enumerate(lengths)}
        rank = ranks.get(key_id, (self._claim(key_id), len(lengths)))
        others = ((key, length) for key, length in lengths.items() if key != key_id)
        return depth + sum(min(length, depth + (ranks[key] < rank)) for key, length in others)

    def _claim(self, key_id: str) -> tuple[int, int]:
        """The smaller, the sooner it is this key's turn."""
        return self._running[key_id], self._served.get(key_id, 0)

    def _take(self, key_id: str) -> None:
        self._running[key_id] += 1
        self._served[key_id] = next(self._turns)

    def _withdraw(self, key_id: str, ticket: Ticket) -> None:
        line = self._waiting.get(key_id)
        if line is not None and ticket in line:
            line.remove(ticket)
            if not line:
                del self._waiting[key_id]


@dataclass(eq=False)
class Place:
    """A job's place in a queue, held from admit to its end."""

    queue: Queue
    key_id: str
    ahead_at_admission: int = 0
    admitted_at: float = field(default_factory=lambda: time.monotonic())
    started_at: float | None = None
    _ticket: Ticket | None = None

    @property
    def has_started(self) -> bool:
        return self.started_at is not None

    @property
    def ahead(self) -> int:
        """Jobs that have to end before this one can run."""
        if self.has_started:
            return 0
        if self._ticket is None:
            return self.ahead_at_admission
        return self.queue.ahead_of(self.key_id, self._ticket)

    @asynccontextmanager
    async def slot(self) -> AsyncGenerator[None, None]:
        """One of the engine's slots, when it is this key's turn."""
        self._ticket = asyncio.get_running_loop().create_future()
        await self.queue.take_slot(self.key_id, self._ticket)
        self.started_at = began = time.monotonic()
        try:
            yield
        finally:
            self.queue.give_back(self.key_id, time.monotonic() - began)

    def leave(self) -> None:
        self.queue.leave(self)
