"""Looking closer: the arithmetic of zoom, leafing by keys, comparing two pictures, the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more
STAGE = {"width": 1000, "height": 800}
LARGE = {"width": 4000, "height": 2000}
SMALL = {"width": 100, "height": 100}
ZOOM = "async ([call, ...values]) => (await import('/static/js/zoom.js'))[call](...values)"


@pytest.fixture
def zoom(evaluate: Callable[..., Any]) -> Callable[..., Any]:
    """Calls a function of zoom.js."""
    return lambda *call: evaluate(ZOOM, list(call))


def test_a_large_picture_is_made_to_fit_and_a_small_one_is_left_as_it_is(zoom: Any) -> None:
    assert zoom("fitScale", LARGE, STAGE) == 0.25
    assert zoom("fitScale", SMALL, STAGE) == 1


def test_the_point_under_the_pointer_stays_where_it_is(zoom: Any) -> None:
    view = {"scale": 0.5, "x": 0, "y": 0}
    point = {"x": 300, "y": -100}
    closer = zoom("zoomed", view, 2, point, LARGE, STAGE)
    assert closer["scale"] == 1
    for axis in ("x", "y"):
        before = (point[axis] - view[axis]) / view["scale"]
        assert (point[axis] - closer[axis]) / closer["scale"] == pytest.approx(before)


@pytest.mark.parametrize(("factor", "scale"), [(100, 8), (0.001, 0.25), (1, 0.5)])
def test_zoom_has_two_ends(zoom: Any, factor: float, scale: float) -> None:
    view = {"scale": 0.5, "x": 0, "y": 0}
    assert zoom("zoomed", view, factor, {"x": 0, "y": 0}, LARGE, STAGE)["scale"] == scale


def test_no_margin_opens_where_there_is_more_to_see(zoom: Any) -> None:
    assert zoom("held", {"scale": 1, "x": 9000, "y": -9000}, LARGE, STAGE) == {
        "scale": 1,
        "x": 1500,
        "y": -600,
    }
    assert zoom("held", {"scale": 0.25, "x": 50, "y": 50}, LARGE, STAGE) == {"scale": 0.25, "x": 0, "y": 0}


@pytest.fixture
def viewed(server: RunningServer, play: Callable[..., Any]) -> tuple[Page, Locator]:
    """The viewer on the newer of two pictures."""
    page = play(server)
    page.choose("Seedream 4.0")
    page.make("the older fox")
    page.make("the newer fox").click()
    viewer = page.page.get_by_role("dialog", name="Picture")
    expect(viewer).to_contain_text("1 / 2")
    return page.page, viewer


def test_arrows_leaf_through_all_pictures_of_the_stage(viewed: tuple[Page, Locator]) -> None:
    page, viewer = viewed
    shown = viewer.locator(".viewer-picture").first
    expect(shown).to_have_accessible_name("Picture 1 of 1: the newer fox")
    page.keyboard.press("ArrowRight")
    expect(shown).to_have_accessible_name("Picture 1 of 1: the older fox")
    expect(viewer).to_contain_text("2 / 2")
    page.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text("1 / 2")
    viewer.get_by_role("button", name="Previous picture").click()
    expect(viewer).to_contain_text("2 / 2")


def test_the_facts_are_shown_when_asked_for(viewed: tuple[Page, Locator]) -> None:
    page, viewer = viewed
    facts = viewer.get_by_role("complementary")
    expect(facts).to_be_hidden()
    page.keyboard.press("i")
    expect(facts).to_be_visible()
    for term in ("Prompt", "Model", "Size", "Seed", "Took", "Request id"):
        expect(facts.get_by_role("term").filter(has_text=term).first).to_be_visible()


def test_wheel_and_drag_and_double_click_move_the_picture(viewed: tuple[Page, Locator]) -> None:
    page, viewer = viewed
    stage, scale = viewer.locator(".viewer-stage"), viewer.locator(".viewer-scale")
    canvas = viewer.locator(".viewer-canvas")
    whole = scale.inner_text()
    stage.hover()
    page.mouse.wheel(0, -1500)
    expect(scale).not_to_have_text(whole)
    before = canvas.bounding_box()
    page.mouse.down()
    page.mouse.move(500, 300, steps=4)
    page.mouse.up()
    after = canvas.bounding_box()
    assert before is not None and after is not None and (after["x"], after["y"]) != (before["x"], before["y"])
    stage.dblclick()
    expect(scale).to_have_text(whole)
    viewer.get_by_role("button", name="1:1").click()
    expect(scale).to_have_text("100%")


def test_two_pictures_are_compared_along_a_line_that_keys_move(viewed: tuple[Page, Locator]) -> None:
    page, viewer = viewed
    viewer.get_by_label("Compare with").select_option(label="2 · the older fox")
    slider = viewer.get_by_role("slider", name="Where the two pictures meet")
    slider.focus()
    page.keyboard.press("Home")
    other = viewer.get_by_role("img", name="The picture to compare with")
    assert other.evaluate("image => image.style.clipPath").startswith("inset(0px 0px 0px 0%")
    page.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text("1 / 2")
    assert other.evaluate("image => image.style.clipPath").startswith("inset(0px 0px 0px 0.5%")
    viewer.get_by_label("Compare with").select_option("")
    expect(other).to_be_hidden()
    expect(slider).to_be_hidden()


def test_the_viewer_gives_the_focus_back(viewed: tuple[Page, Locator]) -> None:
    page, viewer = viewed
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(page.locator("#results .tile-open").first).to_be_focused()


def test_a_picture_that_is_used_from_the_viewer_closes_it(viewed: tuple[Page, Locator]) -> None:
    page, viewer = viewed
    viewer.get_by_role("button", name="Edit").click()
    expect(viewer).to_be_hidden()
    expect(page.locator("#form").get_by_label("Prompt", exact=True)).to_be_focused()
