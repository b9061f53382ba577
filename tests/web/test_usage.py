"""The usage: what the chart and the table say is what the server has billed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from limner.testing import RunningServer, running_server

pytestmark = pytest.mark.needs_more
DAY_S = 24 * 60 * 60
FOUR, FOUR_FIVE = "doubao-seedream-4-0-250828", "doubao-seedream-4-5-251128"


@pytest.fixture(scope="module")
def billed() -> Iterator[RunningServer]:
    """A server that made three pictures twelve days ago, and one and a refused one today."""
    ago_s = 12.0 * DAY_S
    with running_server(clock=lambda: time.time() - ago_s) as server:
        headers = {"Authorization": f"Bearer {server.api_key}"}
        url = f"{server.base_url}/v1/images/generations"

        def make(model: str, size: str, script: str = "") -> None:
            body = {"model": model, "prompt": "a fox", "size": size}
            httpx.post(url, json=body, headers=headers | {"X-Limner-Fake": script}, trust_env=False)

        for _ in range(3):
            make(FOUR, "1280x720")
        ago_s = 0.0
        make(FOUR_FIVE, "2048x2048")
        make(FOUR_FIVE, "2048x2048", "refuse=1")
        yield server


def usage(visit: Callable[..., Page], server: RunningServer) -> Page:
    page = visit(server)
    page.get_by_role("tab", name="Usage").click()
    page.locator("#usage svg.chart").wait_for()
    return page


def heights(page: Page) -> list[float]:
    """How high the bars are, in pixels."""
    read = "() => [...document.querySelectorAll('.chart-bar')].map(bar => Number(bar.getAttribute('height')))"
    found: list[float] = page.evaluate(read)
    return found


def sums(page: Page) -> dict[str, str]:
    names, values = page.locator("#usage dt"), page.locator("#usage dd")
    return dict(zip(names.all_inner_texts(), values.all_inner_texts(), strict=True))


def test_sums_bars_and_table_say_what_was_billed(billed: RunningServer, visit: Callable[..., Page]) -> None:
    page = usage(visit, billed)
    assert sums(page) == {"Pictures": "4", "Megapixels": "7", "Requests": "5", "Tokens": "27,184"}
    expect(page.get_by_role("img", name="Pictures by day and model: 4 in 30 days")).to_be_visible()
    three, one = heights(page)
    assert three == pytest.approx(3 * one, abs=0.01)
    assert page.locator("#usage .usage-legend li").all_inner_texts() == [FOUR, FOUR_FIVE]
    rows = [row.split("\t") for row in page.locator("#usage tbody tr").all_inner_texts()]
    assert [row[1:] for row in rows] == [
        [FOUR_FIVE, "1", "4.2", "16,384", "2", "0", "1", "0"],
        [FOUR, "3", "2.8", "10,800", "3", "0", "0", "0"],
    ]


def test_megapixels_are_another_height_and_a_week_leaves_out_what_is_older(
    billed: RunningServer, visit: Callable[..., Page]
) -> None:
    page = usage(visit, billed)
    page.get_by_role("radio", name="Megapixels").check()
    expect(page.get_by_role("img", name="Megapixels by day and model: 7 in 30 days")).to_be_visible()
    first, second = heights(page)
    assert first / second == pytest.approx(4.194304 / 2.7648, abs=0.01) or second / first == pytest.approx(
        4.194304 / 2.7648, abs=0.01
    )
    page.get_by_role("radio", name="7 days").check()
    expect(page.get_by_role("img", name=re.compile("in 7 days"))).to_be_visible()
    assert len(heights(page)) == 1
    assert sums(page)["Pictures"] == "1"


def test_who_has_made_nothing_is_told_so(visit: Callable[..., Page]) -> None:
    with running_server() as server:
        page = usage(visit, server)
        expect(page.get_by_text("Nothing was asked for in this period.")).to_be_visible()
        assert heights(page) == []


@pytest.mark.parametrize(
    ("most", "whole", "ticks"),
    [
        (0, True, [0, 1]),
        (1, True, [0, 1]),
        (3, True, [0, 1, 2, 3]),
        (13, True, [0, 5, 10, 15]),
        (100, True, [0, 25, 50, 75, 100]),
        (101, True, [0, 50, 100, 150]),
        (0.9, False, [0, 0.25, 0.5, 0.75, 1]),
    ],
)
def test_the_axis_has_round_numbers_up_to_the_most(
    evaluate: Callable[..., Any], most: float, whole: bool, ticks: list[float]
) -> None:
    read = "async ([most, whole]) => (await import('/static/js/chart.js')).ticksUpTo(most, whole)"
    assert evaluate(read, [most, whole]) == pytest.approx(ticks)


@pytest.mark.parametrize(
    ("period", "first", "count"),
    [("week", "2026-02-24", 7), ("days30", "2026-02-01", 30), ("month", "2026-03-01", 2)],
)
def test_a_period_ends_today_and_the_month_began_on_its_first(
    evaluate: Callable[..., Any], period: str, first: str, count: int
) -> None:
    read = "async ([period, now]) => (await import('/static/js/usage.js')).daysOf(period, Date.parse(now))"
    days = evaluate(read, [period, "2026-03-02T23:59:59Z"])
    assert (days[0], days[-1], len(days)) == (first, "2026-03-02", count)


def test_models_beyond_the_sixth_are_one(evaluate: Callable[..., Any]) -> None:
    read = """async (models) => {
        const { seriesOf } = await import("/static/js/usage.js");
        const rows = models.map((model, at) => ({ model, day: "2026-03-02", pictures: 10 - at }));
        return seriesOf(rows, ["2026-03-01", "2026-03-02"], "pictures").map((one) => [one.title, one.values]);
    }"""
    six = evaluate(read, list("abcdef"))
    assert [title for title, _ in six] == list("abcdef")
    seven = evaluate(read, list("abcdefg"))
    assert seven[-2:] == [["e", [0, 6]], ["Others", [0, 5 + 4]]]
