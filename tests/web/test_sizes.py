"""The page's rules for sizes are the server's: whatever the page lets through, the server takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isqrt
from typing import Any

import pytest

from limner.catalog import Card, load_catalog
from limner.errors import InvalidParameter

pytestmark = pytest.mark.needs_more
CARDS = {card.short_id: card for card in load_catalog().cards if card.max_pixels}
ODD_SIDES = (0, 1, 15, 16, 999_999)


def sides_near_the_limits(card: Card) -> Iterator[tuple[int, int]]:
    """Sizes at each limit of a card and one pixel off it, upright and lying."""
    for pixels in (card.min_pixels, card.max_pixels):
        for ratio in (1, 2, card.max_ratio):
            height = isqrt(pixels // ratio)
            for change in (-1, 0, 1):
                yield height * ratio, height + change
                yield height + change, height * ratio
                yield height * ratio + change, height
    yield from ((side, 1024) for side in ODD_SIDES)


def is_taken(card: Card, width: int, height: int) -> bool:
    try:
        card.parse_size(f"{width}x{height}")
    except InvalidParameter:
        return False
    return True


@pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))
def test_page_and_server_agree_on_every_size_near_a_limit(evaluate: Callable[..., Any], card: Card) -> None:
    sizes = list(sides_near_the_limits(card))
    verdicts = evaluate(
        """async ([model, sizes]) => {
            const { sizeProblem } = await import("/static/js/sizes.js");
            const { getKey } = await import("/static/js/settings.js");
            const headers = { Authorization: `Bearer ${getKey()}` };
            const { card } = await (await fetch(`/v1/models/${model}`, { headers })).json();
            return sizes.map(([width, height]) => sizeProblem(width, height, card) === null);
        }""",
        [card.id, sizes],
    )
    wanted = [is_taken(card, *size) for size in sizes]
    assert True in wanted and False in wanted
    assert [size for size, taken, found in zip(sizes, wanted, verdicts, strict=True) if taken != found] == []


@pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))
def test_every_size_that_the_page_offers_is_taken(evaluate: Callable[..., Any], card: Card) -> None:
    offered = evaluate(
        """async (model) => {
            const { presetsOf, ratioSizes, choiceOf, sizeText } = await import("/static/js/sizes.js");
            const { getKey } = await import("/static/js/settings.js");
            const headers = { Authorization: `Bearer ${getKey()}` };
            const { card } = await (await fetch(`/v1/models/${model}`, { headers })).json();
            const presets = ["", ...presetsOf(card)];
            return [sizeText(card, choiceOf(card)), ...presets.filter(Boolean),
                ...presets.flatMap((preset) => Object.values(ratioSizes(card, preset)))];
        }""",
        card.id,
    )
    assert len(offered) > 5
    for size in offered:
        card.parse_size(size)
