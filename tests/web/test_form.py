"""The form: what the chosen card accepts is there, what it refuses is not, and a broken rule is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more
OFFERED = {
    "Seedream 3.0 text to image": {"Guidance"},
    "SeedEdit 3.0 image editing": {"Guidance", "Reference pictures"},
    "Seedream 4.0": {"Reference pictures", "A series of pictures", "Prompt thinking"},
    "Seedream 4.5": {"Reference pictures", "A series of pictures"},
    "Seedream 5.0 lite": {"Reference pictures", "A series of pictures", "File format"},
}
CHANGING = {"Guidance", "Reference pictures", "A series of pictures", "Prompt thinking", "File format"}


def offered(page: Any) -> set[str]:
    return {
        name
        for name in CHANGING
        if page.form.get_by_label(name, exact=True).or_(page.form.get_by_role("switch", name=name)).count()
        and page.form.get_by_text(name, exact=True).first.is_visible()
    }


def test_only_what_the_card_accepts_is_offered(server: RunningServer, play: Callable[..., Any]) -> None:
    page = play(server)
    for model, fields in OFFERED.items():
        page.choose(model)
        assert offered(page) == fields, model


@pytest.fixture
def exact(held: Any, play: Callable[..., Any]) -> Any:
    """The form with the fields for an exact size."""
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.form.get_by_role("radio", name="Exact").check()
    expect(page.form.get_by_role("group", name="Size")).to_contain_text(
        "0.92 to 16.78 megapixels, sides up to 16 : 1"
    )
    return page


def fill_size(page: Any, width: int, height: int) -> None:
    page.form.get_by_label("Width in pixels").fill(str(width))
    page.form.get_by_label("Height in pixels").fill(str(height))


def test_an_illegal_size_is_named_with_its_rule_and_not_sent(held: Any, exact: Any) -> None:
    for width, height, rule in (
        (1279, 720, "pixels are too few"),
        (4097, 4096, "pixels are too many"),
        (4016, 250, "One side is more than 16 times the other."),
    ):
        fill_size(exact, width, height)
        expect(exact.form.locator("#size-error")).to_contain_text(rule)
        exact.ask("a fox")
        expect(exact.form.get_by_label("Width in pixels")).to_be_focused()
        assert held.requests() == []


def test_a_size_at_a_limit_is_sent(held: Any, exact: Any) -> None:
    for width, height in ((1280, 720), (4096, 4096), (4000, 250)):
        fill_size(exact, width, height)
        expect(exact.form.locator("#size-error")).to_be_empty()
        held.go()
        exact.make("a fox")
        assert held.requests()[0]["size"] == f"{width}x{height}"


def test_a_ratio_of_a_preset_is_sent_in_pixels_of_the_card(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.form.get_by_role("radio", name="1K", exact=True).check()
    page.form.get_by_role("radio", name="16:9", exact=True).check()
    held.go()
    page.make("a fox")
    presets = held.server.service.catalog.presets["1K"]
    assert held.requests()[0]["size"] == str(presets["16:9"])


def test_a_prompt_is_asked_for(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.submit.click()
    expect(page.form.get_by_text("Say what is to be drawn.")).to_be_visible()
    expect(page.prompt).to_be_focused()
    assert held.requests() == []


def test_a_model_that_changes_pictures_asks_for_one(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("SeedEdit 3.0 image editing")
    page.ask("make it winter")
    expect(page.form.get_by_text("This model changes a picture: add one.")).to_be_visible()
    assert held.requests() == []


def test_what_the_server_refuses_is_said_beside_the_field(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.page.route(
        "**/v1/images/generations",
        lambda route: route.fulfill(
            status=400,
            headers={"X-Request-Id": "0217"},
            json={
                "error": {
                    "code": "InvalidParameter",
                    "message": "The seed is too odd. Request id: 0217",
                    "param": "seed",
                    "type": "BadRequest",
                }
            },
        ),
    )
    page.ask("a fox")
    expect(page.form.locator(".field-seed")).to_contain_text("The seed is too odd.")
    expect(page.newest).to_have_attribute("data-state", "failed")


def test_a_seed_is_thrown_held_and_let_go(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.form.get_by_role("button", name="Throw a number and hold it").click()
    seed = page.form.get_by_label("Seed", exact=True).input_value()
    held.go(2)
    page.make("a fox")
    page.form.get_by_role("button", name="Leave the seed to chance").click()
    page.make("a fox")
    chance, thrown = held.requests()
    assert thrown["seed"] == int(seed)
    assert "seed" not in chance


def test_the_sample_is_what_is_sent(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    page.form.get_by_role("radio", name="b64_json").check()
    page.form.get_by_role("switch", name="Visible mark").uncheck()
    page.form.get_by_role("switch", name="A series of pictures").check()
    page.form.get_by_label("At most").fill("2")
    page.form.get_by_role("switch", name="Stream").check()
    page.prompt.fill('a sign that says "OPEN" 开门')
    code = page.code()
    shown = json.loads(code[code.index("\n{") : code.rindex("}") + 1])
    assert shown["prompt"] == 'a sign that says "OPEN" 开门'
    held.go(2)
    page.submit.click()
    expect(page.newest).to_have_attribute("data-state", "done")
    assert held.requests() == [shown]
