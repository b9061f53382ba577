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
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from limner.errors import ServerOverloaded

Ticket: TypeAlias = "asyncio.Future[None]"
FIRST_GUESS_S = 1.0
NEWEST_WEIGHT = 0.2


class Queue:
    """At most slots jobs run, queue_limit more may wait."""

    def __init__(self, slots: int, queue_limit: int) -> None:
        self.slots = slots
        self.queue_limit = queue_limit
        self._places: dict[Place, None] = {}
        self._waiting: dict[str, deque[Ticket]] = {}
        self._running: Counter[str] = Counter()
        self._served: dict[str, int] = {}
        self._turns = itertools.count(1)
        self._mean_run_s = FIRST_GUESS_S

    @property
    def admitted(self) -> int:
        return len(self._places)

    @property
    def running(self) -> int:
        return self._running.total()

    @property
    def mean_run_s(self) -> float:
        """How long a job holds its slot, the last ones counting most."""
        return self._mean_run_s

    @property
    def oldest_wait_s(self) -> float:
        """Seconds since the oldest of those that do not run yet was admitted; 0 when none waits."""
        waiting = (place.admitted_at for place in self._places if not place.has_started)
        return time.monotonic() - min(waiting, default=time.monotonic())

    def admit(self, key_id: str, *, forced: bool = False) -> Place:
        """A place in the queue. forced: even over the limit, for jobs that were admitted before.

        Raises ServerOverloaded with an estimate of when there is room again.
        """
        if self.admitted >= self.slots + self.queue_limit and not forced:
            raise ServerOverloaded(retry_after_s=max(1, math.ceil(self._mean_run_s / self.slots)))
        place = Place(self, key_id, ahead_at_admission=max(0, self.admitted - self.slots + 1))
        self._places[place] = None
        return place

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
            self._mean_run_s += NEWEST_WEIGHT * (run_s - self._mean_run_s)
        self._running[key_id] -= 1
        if not self._running[key_id]:
            del self._running[key_id]
            if key_id not in self._waiting:
                self._served.pop(key_id, None)
        while self._waiting and self.running < self.slots:
            chosen = min(self._waiting, key=self._claim)
            ticket = self._waiting[chosen].popleft()
            if not self._waiting[chosen]:
                del self._waiting[chosen]
            self._take(chosen)
            ticket.set_result(None)

    def ahead_of(self, key_id: str, ticket: Ticket) -> int:
        """Jobs that have to end before this one's turn comes, if no other comes."""
        own = self._waiting.get(key_id)
        if own is None or ticket not in own:
            return 0
        depth = own.index(ticket)
        claim = self._claim(key_id)
        others = ((key, len(line)) for key, line in self._waiting.items() if key != key_id)
        return 1 + depth + sum(min(length, depth + (self._claim(key) < claim)) for key, length in others)

    def _claim(self, key_id: str) -> tuple[int, int]:
        """The smaller, the sooner it is this key's turn."""
        return self._running[key_id], self._served.get(key_id, 0)

    def _take(self, key_id: str) -> None:
        self._running[key_id] += 1
        self._served[key_id] = next(self._turns)

    def _withdraw(self, key_id: str, ticket: Ticket) -> None:
        line = self._waiting[key_id]
        line.remove(ticket)
        if not line:
            del self._waiting[key_id]


@dataclass(eq=False)
class Place:
    """A job's place in a queue, held from admit to its end."""

    queue: Queue
    key_id: str
    ahead_at_admission: int = 0
    admitted_at: float = field(default_factory=time.monotonic)
    has_started: bool = False
    _ticket: Ticket | None = None

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
        self.has_started = True
        began = time.monotonic()
        try:
            yield
        finally:
            self.queue.give_back(self.key_id, time.monotonic() - began)

    def leave(self) -> None:
        self.queue.leave(self)
