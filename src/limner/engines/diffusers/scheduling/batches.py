"""Which waiting pictures share one call of a device, and how long one waits for company.

Pure rules over tasks and times; it knows no device and no clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias, TypeVar

from limner.engines.diffusers.messages import Batches
from limner.engines.diffusers.tasks import Task

Shape: TypeAlias = Task
"""A task without what the pictures of one call may differ in; equal shapes can share a call."""

COMPANY_S = 1.0
"""How long it is remembered how many clients asked for pictures of one shape at once."""
_SHAPES = 256
"""That are remembered; of more, those noted last."""


def shape_of(task: Task, batches: Batches = "prompts") -> Shape:
    """What a task has to have in common with others to share a call with them."""
    prompt = task.prompt if batches == "copies" else ""
    return replace(task, index=0, prompt=prompt, seed=0, previews=0, references=())


class Waits(Protocol):
    """A picture that waits. alone: it must not share a call."""

    @property
    def task(self) -> Task: ...

    @property
    def alone(self) -> bool: ...


W = TypeVar("W", bound=Waits)


@dataclass(frozen=True, slots=True)
class BatchRule:
    """What one checkpoint's batches are made by. max_tokens: image tokens of a call with several pictures."""

    max_tokens: int
    batches: Batches = "prompts"

    def can_share(self, waiting: Waits) -> bool:
        """Whether a call with this picture has room for another of its shape."""
        return self.batches != "none" and not waiting.alone and 2 * waiting.task.tokens <= self.max_tokens

    def gather(self, head: W, others: Iterable[W]) -> list[W]:
        """The head, and those of the others that share its call, in their order."""
        batch = [head]
        if not self.can_share(head):
            return batch
        shape, most = shape_of(head.task, self.batches), self.most(head)
        for other in others:
            if len(batch) == most:
                break
            if other is not head and not other.alone and shape_of(other.task, self.batches) == shape:
                batch.append(other)
        return batch

    def most(self, head: Waits) -> int:
        """How many pictures such as this one share a call at most."""
        return self.max_tokens // head.task.tokens if self.can_share(head) else 1


@dataclass(slots=True)
class _Crowd:
    clients: int
    at: float


class Crowds:
    """How many clients have lately wanted pictures of one shape at the same time. Times in seconds."""

    def __init__(self) -> None:
        self._crowds: dict[Shape, _Crowd] = {}

    def note(self, shape: Shape, clients: int, now: float) -> None:
        """So many clients have pictures of this shape waiting or in the making."""
        if clients >= self.expected(shape, now):
            self._crowds.pop(shape, None)
            self._crowds[shape] = _Crowd(clients, now)
        while len(self._crowds) > _SHAPES:
            del self._crowds[next(iter(self._crowds))]

    def keep(self, shape: Shape, since: float, now: float) -> None:
        """What was seen since then counts as seen now: a call took all the time between."""
        crowd = self._crowds.get(shape)
        if crowd is not None and crowd.at >= since:
            crowd.at = now

    def expected(self, shape: Shape, now: float) -> int:
        """How many clients a batch of this shape may wait for; 1: a lone client waits for nobody."""
        crowd = self._crowds.get(shape)
        return crowd.clients if crowd and now - crowd.at <= COMPANY_S else 1
