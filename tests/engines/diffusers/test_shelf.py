"""What stays loaded and what has to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from limner.engines.diffusers.messages import Batches, Loaded
from limner.engines.diffusers.scheduling.shelf import GIB, Shelf

if TYPE_CHECKING:
    from tests.engines.diffusers.conftest import MakeCheckpoint


def shelf_of(checkpoint: MakeCheckpoint, max_gib: int, **gib: float) -> Shelf:
    """A shelf on which these lie, the first one loaded first."""
    shelf = Shelf(max_gib * GIB)
    for name, size in gib.items():
        shelf.put(checkpoint(name), Loaded(name, int(size * GIB)))
    return shelf


def test_what_fits_makes_nothing_go(checkpoint: MakeCheckpoint) -> None:
    shelf = shelf_of(checkpoint, 30, a=10, b=10)
    assert shelf.makes_way(10 * GIB) == ()
    assert shelf.makes_way(10 * GIB + 1) == ("a",)


def test_the_longest_unused_goes_first_and_no_more_than_needed(checkpoint: MakeCheckpoint) -> None:
    shelf = shelf_of(checkpoint, 30, a=10, b=10, c=10)
    shelf.use("a")
    assert shelf.makes_way(10 * GIB) == ("b",)
    assert shelf.makes_way(11 * GIB) == ("b", "c")
    assert [each.name for each in shelf.checkpoints] == ["a", "c", "b"]


def test_what_pictures_wait_for_goes_last(checkpoint: MakeCheckpoint) -> None:
    shelf = shelf_of(checkpoint, 30, a=10, b=10, c=10)
    assert shelf.makes_way(10 * GIB, wanted={"a", "b"}) == ("c",)
    assert shelf.makes_way(20 * GIB, wanted={"a", "b"}) == ("c", "a")


def test_what_must_stay_stays_and_then_there_may_be_no_room(checkpoint: MakeCheckpoint) -> None:
    shelf = shelf_of(checkpoint, 30, a=10, b=10, c=10)
    assert shelf.makes_way(20 * GIB, keep={"a"}) == ("b", "c")
    assert shelf.makes_way(20 * GIB + 1, keep={"a"}) is None


def test_what_is_larger_than_all_memory_makes_all_others_go(checkpoint: MakeCheckpoint) -> None:
    shelf = shelf_of(checkpoint, 30, a=10, b=10)
    assert shelf.makes_way(31 * GIB) == ("a", "b")
    assert Shelf(30 * GIB).makes_way(31 * GIB) == ()


def test_a_size_is_the_published_one_until_it_was_loaded_once(checkpoint: MakeCheckpoint) -> None:
    shelf = shelf_of(checkpoint, 30)
    assert shelf.bytes_of(checkpoint("a", weights_gib=12.5)) == int(12.5 * GIB)
    shelf.put(checkpoint("a", weights_gib=12.5), Loaded("a", 7 * GIB))
    shelf.drop("a")
    shelf.clear()
    assert shelf.bytes_of(checkpoint("a", weights_gib=12.5)) == 7 * GIB
    assert shelf.bytes == 0


def test_what_is_going_takes_no_calls_and_still_takes_memory(checkpoint: MakeCheckpoint) -> None:
    shelf = shelf_of(checkpoint, 30, a=10, b=10)
    assert shelf.leave(("a", "unknown")) == ("a",)
    assert shelf.leave(("a",)) == ()
    assert not shelf.has("a") and shelf.is_going("a") and shelf.has("b")
    assert shelf.bytes == 20 * GIB
    assert [each.name for each in shelf.checkpoints] == ["b"]
    shelf.drop("a")
    assert not shelf.is_going("a") and shelf.bytes == 10 * GIB


def test_it_knows_what_may_share_a_call(checkpoint: MakeCheckpoint) -> None:
    shelf = Shelf(GIB)
    kinds: tuple[Batches, ...] = ("prompts", "copies", "none")
    for kind in kinds:
        shelf.put(checkpoint(kind), Loaded(kind, 1, kind))
        assert shelf.batches_of(kind) == kind
