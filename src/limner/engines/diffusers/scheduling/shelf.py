"""What is loaded on one device, and what has to go so that something else fits.

Bytes and order of use only; it moves nothing and knows no process.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.messages import Batches, Loaded

GIB = 1 << 30


@dataclass(slots=True)
class _Place:
    checkpoint: Checkpoint
    bytes: int
    batches: Batches
    used: int
    going: bool = False


class Shelf:
    """The checkpoints of one device. max_bytes: of weights that stay; only a lone large one takes more."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self._places: dict[str, _Place] = {}
        self._true_bytes: dict[str, int] = {}
        self._uses = 0

    @property
    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """What is loaded and stays, the latest used first."""
        places = sorted(self._places.values(), key=lambda place: place.used, reverse=True)
        return tuple(place.checkpoint for place in places if not place.going)

    @property
    def bytes(self) -> int:
        return sum(place.bytes for place in self._places.values())

    def has(self, name: str) -> bool:
        """Whether it is loaded and takes calls."""
        return name in self._places and not self._places[name].going

    def is_going(self, name: str) -> bool:
        return name in self._places and self._places[name].going

    def batches_of(self, name: str) -> Batches:
        """What may share a call of a loaded checkpoint."""
        return self._places[name].batches

    def put(self, checkpoint: Checkpoint, loaded: Loaded) -> None:
        """It has been loaded; from now on its true size is known."""
        self._true_bytes[checkpoint.name] = loaded.bytes
        self._places[checkpoint.name] = _Place(checkpoint, loaded.bytes, loaded.batches, 0)
        self.use(checkpoint.name)

    def use(self, name: str) -> None:
        """It is used now, later than all others."""
        self._uses += 1
        self._places[name].used = self._uses

    def leave(self, names: Collection[str]) -> tuple[str, ...]:
        """These take no more calls, until they are dropped; those of them that were not going before."""
        fresh = tuple(name for name in names if self.has(name))
        for name in fresh:
            self._places[name].going = True
        return fresh

    def drop(self, name: str) -> None:
        """It is no longer loaded."""
        self._places.pop(name, None)

    def clear(self) -> None:
        """Nothing is loaded: the process is gone. True sizes stay known."""
        self._places.clear()

    def others(self, name: str) -> tuple[str, ...]:
        """What is loaded beside it."""
        return tuple(each for each in self._places if each != name)

    def bytes_of(self, checkpoint: Checkpoint) -> int:
        """What it takes on the device, as published until it has been loaded once."""
        return self._true_bytes.get(checkpoint.name, int(checkpoint.weights_gib * GIB))

    def makes_way(
        self, bytes: int, *, keep: Collection[str] = (), wanted: Collection[str] = ()
    ) -> tuple[str, ...] | None:
        """What has to go so that so many more bytes fit: the longest unused first, those wanted last.

        None: not while those in keep stay. What is larger than the device's whole share makes all others go.
        """
        over = self.bytes + bytes - self.max_bytes
        names: list[str] = []
        places = [place for name, place in self._places.items() if name not in keep]
        for place in sorted(places, key=lambda place: (place.checkpoint.name in wanted, place.used)):
            if over <= 0:
                break
            names.append(place.checkpoint.name)
            over -= place.bytes
        return None if over > 0 and len(names) < len(self._places) else tuple(names)
