"""What a model makes for a size: legal for its family, of the ratio asked for, and references in a budget."""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random

import pytest

from limner.catalog import load_catalog
from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.families import FAMILIES, MEGAPIXEL, UNKNOWN
from limner.engines.diffusers.sizes import reference_sizes, working_size
from limner.engines.diffusers.tasks import TOKEN_PIXELS
from limner.types import Size

EVERY = [family.name for family in (*FAMILIES, UNKNOWN)]
BUDGET = 16384


def checkpoint(family: str, max_pixels: int | None = None) -> Checkpoint:
    return Checkpoint(family, "/weights", "", family=family, max_pixels=max_pixels)


def catalog_sizes() -> list[Size]:
    catalog = load_catalog()
    rows = [size for table in catalog.presets.values() for size in table.values()]
    return [*rows, *(size for _, size in catalog.adaptive)]


def legal_sizes(count: int, max_ratio: float = 16.0) -> Iterator[Size]:
    """Sizes that cards accept: 2**18 to 2**24 pixels, ratios to 16."""
    random = Random(5)
    for _ in range(count):
        ratio = math.exp(random.uniform(-math.log(max_ratio), math.log(max_ratio)))
        area = math.exp(random.uniform(math.log(2**18), math.log(2**24)))
        yield Size(round(math.sqrt(area * ratio)), round(math.sqrt(area / ratio)))


def cropped_away(made: Size, target: Size) -> float:
    """The part of the made picture that the target does not show."""
    off = made.ratio / target.ratio
    return 1 - min(off, 1 / off)


def is_within(size: Size, max_ratio: float) -> bool:
    return size.width <= size.height * max_ratio and size.height <= size.width * max_ratio


@pytest.mark.parametrize("name", EVERY)
def test_every_size_of_a_card_is_made_at_one_that_the_family_is_good_at(name: str) -> None:
    model = checkpoint(name)
    family = model.facts
    for target in (*catalog_sizes(), *legal_sizes(1500)):
        made = working_size(target, model)
        assert made.width % family.multiple == made.height % family.multiple == 0, target
        assert family.min_pixels <= made.pixels <= family.max_pixels, target
        assert is_within(made, family.max_ratio), target


@pytest.mark.parametrize("name", EVERY)
def test_at_most_two_percent_of_a_picture_are_cropped_away(name: str) -> None:
    model = checkpoint(name)
    sizes = (size for size in legal_sizes(2000, max_ratio=3.999) if is_within(size, model.facts.max_ratio))
    assert max(cropped_away(working_size(size, model), size) for size in sizes) < 0.02


@pytest.mark.parametrize("name", EVERY)
def test_of_a_preset_less_than_one_percent_is_cropped_away(name: str) -> None:
    model = checkpoint(name)
    assert max(cropped_away(working_size(size, model), size) for size in catalog_sizes()) < 0.01


@pytest.mark.parametrize("name", EVERY)
def test_the_area_is_that_of_the_target_as_far_as_the_family_goes(name: str) -> None:
    model = checkpoint(name)
    family = model.facts
    for target in legal_sizes(1500, max_ratio=3.999):
        wanted = min(max(target.pixels, family.min_pixels), family.max_pixels)
        assert working_size(target, model).pixels == pytest.approx(wanted, rel=0.12)


@pytest.mark.parametrize("name", EVERY)
def test_a_size_that_is_good_is_made_as_it_is_and_so_is_every_size_that_is_made(name: str) -> None:
    model = checkpoint(name)
    for target in legal_sizes(500):
        made = working_size(target, model)
        assert working_size(made, model) == made


@pytest.mark.parametrize(
    ("name", "target", "made"),
    [
        ("z-image", "1024x1024", "1024x1024"),
        ("z-image", "1280x720", "1280x720"),
        ("z-image", "2048x2048", "2048x2048"),
        ("z-image", "2848x1600", "2704x1520"),
        ("z-image", "4096x4096", "2048x2048"),
        ("z-image", "1000x1000", "1008x1008"),
        ("z-image", "512x512", "512x512"),
        ("z-image", "512x496", "528x512"),
        ("flux2-klein", "4704x3520", "2352x1760"),
        ("qwen-image", "2048x2048", "1328x1328"),
        ("qwen-image", "1664x928", "1664x928"),
        ("sdxl", "1000x1000", "1000x1000"),
        ("sdxl", "512x512", "768x768"),
        ("sd15", "2048x2048", "768x768"),
    ],
)
def test_sizes_that_are_known_by_heart(name: str, target: str, made: str) -> None:
    width, height = map(int, target.split("x"))
    assert str(working_size(Size(width, height), checkpoint(name))) == made


@pytest.mark.parametrize(("long", "made"), [(4096, "4096x1024"), (4112, "4096x1024"), (7680, "4096x1024")])
def test_beyond_the_ratio_of_the_family_the_short_side_is_longer(long: int, made: str) -> None:
    """A strip of 16:1 is cut out of a picture of 4:1 that is as long as the model can make it."""
    assert str(working_size(Size(long, long // 16), checkpoint("z-image"))) == made


def test_a_strip_that_the_model_can_cover_is_not_enlarged() -> None:
    made = working_size(Size(2048, 128), checkpoint("z-image"))
    assert str(made) == "2048x512"


def test_a_checkpoint_has_the_last_word_on_its_largest_area() -> None:
    assert str(working_size(Size(2048, 2048), checkpoint("z-image", max_pixels=MEGAPIXEL))) == "1024x1024"
    assert str(working_size(Size(4096, 4096), checkpoint("qwen-image", max_pixels=2048**2))) == "2048x2048"


@pytest.mark.parametrize("most", [65536, 512 * 512])
def test_also_where_that_is_less_than_the_family_asks_for(most: int) -> None:
    for target in legal_sizes(500, max_ratio=4):
        made = working_size(target, checkpoint("z-image", max_pixels=most))
        assert 0.75 * most < made.pixels <= most


def tokens(sizes: tuple[Size, ...]) -> float:
    return sum(size.pixels for size in sizes) / TOKEN_PIXELS


def test_no_references_need_no_sizes() -> None:
    assert reference_sizes((), checkpoint("flux2-klein"), BUDGET) == ()


@pytest.mark.parametrize(
    ("count", "side"), [(1, 1024), (4, 1024), (5, 912), (8, 720), (10, 640), (14, 544), (15, 528)]
)
def test_many_references_are_shrunk_to_the_budget(count: int, side: int) -> None:
    sizes = reference_sizes([Size(1024, 1024)] * count, checkpoint("flux2-klein"), BUDGET)
    assert sizes == (Size(side, side),) * count
    assert tokens(sizes) <= BUDGET


def test_fourteen_references_keep_a_thousand_tokens_each() -> None:
    sizes = reference_sizes([Size(3000, 2000)] * 14, checkpoint("flux2-klein"), BUDGET)
    assert min(size.pixels for size in sizes) >= 1000 * TOKEN_PIXELS


@pytest.mark.parametrize(("budget", "side"), [(4096, 1024), (4095, 1008), (1024, 512), (1023, 496)])
def test_the_budget_is_kept_to_the_token(budget: int, side: int) -> None:
    assert reference_sizes([Size(4000, 4000)], checkpoint("flux2-klein"), budget) == (Size(side, side),)


def test_large_references_make_room_before_small_ones() -> None:
    small, large = Size(320, 320), Size(4000, 3000)
    sizes = reference_sizes(
        [small, large, small, large, large, large, large], checkpoint("flux2-klein"), BUDGET
    )
    assert sizes[0] == sizes[2] == small
    assert {sizes[at] for at in (1, 3, 4, 5, 6)} == {sizes[1]}
    assert BUDGET * 0.95 < tokens(sizes) <= BUDGET


def test_a_small_reference_is_not_enlarged() -> None:
    assert reference_sizes([Size(300, 200)], checkpoint("flux2-klein"), BUDGET) == (Size(288, 192),)


def test_a_reference_has_at_least_one_token() -> None:
    assert reference_sizes([Size(15, 15)], checkpoint("flux2-klein"), BUDGET) == (Size(16, 16),)


@pytest.mark.parametrize(("count", "side"), [(1, 1024), (3, 1024), (4, 1024), (5, 912)])
def test_where_the_pipeline_enlarges_them_all_have_one_area_within_the_budget(count: int, side: int) -> None:
    """Of Qwen-Image-Edit, whose every reference costs the same, however small it was."""
    sizes = reference_sizes(
        [Size(300, 300), *[Size(2000, 2000)] * (count - 1)], checkpoint("qwen-image-edit"), BUDGET
    )
    assert sizes == (Size(side, side),) * count


@pytest.mark.parametrize("name", EVERY)
def test_any_references_keep_budget_tokens_and_ratio(name: str) -> None:
    random, model = Random(7), checkpoint(name)
    for _ in range(200):
        own = [
            Size(random.randint(200, 6000), random.randint(200, 6000)) for _ in range(random.randint(1, 15))
        ]
        budget = random.choice((1024, 4096, BUDGET))
        sizes = reference_sizes(own, model, budget)
        assert tokens(sizes) <= budget
        for before, after in zip(own, sizes, strict=True):
            assert after.width % 16 == after.height % 16 == 0
            assert after.pixels <= MEGAPIXEL
            assert cropped_away(after, before) < 0.12
            if model.facts.references.pixels:
                assert after.width <= before.width and after.height <= before.height
