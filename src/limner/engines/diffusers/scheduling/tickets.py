"""Pictures that wait or are in the making, and the way of their events to who asked for them.

It knows tasks and what became of them; it knows no device and no batch.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.tasks import Finished, Task, TaskEvent
from limner.errors import RequestError
from limner.types import Encoded, PictureFailed, Preview, Progress

if TYPE_CHECKING:
    from limner.types import PixelArray


class Ticket:
    """What one client waits for: the events of its tasks, in the order in which they come."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._open = len(tasks)
        self._events: asyncio.Queue[TaskEvent] = asyncio.Queue()

    def say(self, event: TaskEvent) -> None:
        self._events.put_nowait(event)

    async def events(self) -> AsyncGenerator[TaskEvent, None]:
        """Ends after each task has been Finished or is PictureFailed."""
        while self._open:
            event = await self._events.get()
            if isinstance(event, (Finished, PictureFailed)):
                self._open -= 1
            yield event


@dataclass(slots=True, eq=False)
class Entry:
    """One picture until it is done, and what it has been through.

    number: its place in the order of arrival. arrived: on the scheduler's clock, in seconds.
    alone: it must not share a call. roomy: nothing else may be loaded while it is made.
    died: a process ended while it made this picture. done: nobody waits for it any more.
    """

    task: Task
    ticket: Ticket
    number: int
    arrived: float
    alone: bool = False
    roomy: bool = False
    died: bool = False
    done: bool = False
    steps_told: int = 0
    looks_told: int = 0

    @property
    def checkpoint(self) -> Checkpoint:
        return self.task.checkpoint

    def step(self, steps_done: int, steps_total: int) -> None:
        """So many steps are done; what is made once more does not tell again what it has told."""
        if not self.done and steps_done > self.steps_told:
            self.steps_told = steps_done
            self.ticket.say(Progress(self.task.index, steps_done, steps_total))

    def look(self, number: int, of: int, image: Encoded) -> None:
        """Look number of so many that its call has; the later ones are passed on where fewer are wanted."""
        wanted = min(self.task.previews, of)
        own = number * wanted // of
        if not self.done and (number + 1) * wanted // of > own and own >= self.looks_told:
            self.looks_told = own + 1
            self.ticket.say(Preview(self.task.index, own, image))

    def finish(self, pixels: PixelArray) -> None:
        if not self.done:
            self.done = True
            self.ticket.say(Finished(self.task, pixels))

    def fail(self, error: RequestError) -> None:
        if not self.done:
            self.done = True
            self.ticket.say(PictureFailed(self.task.index, error))


class Waiting:
    """The pictures that wait for a device, oldest first; one that is made once more keeps its place."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self._entries))

    def add(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted([*self._entries, *entries], key=lambda entry: entry.number)

    def take(self, entries: Iterable[Entry]) -> None:
        """These wait no more."""
        taken = set(entries)
        self._entries = [entry for entry in self._entries if entry not in taken]

    def of(self, checkpoint: str) -> list[Entry]:
        return [entry for entry in self._entries if entry.checkpoint.name == checkpoint]
