"""English and Chinese: the whole page follows the choice, and keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from limner.testing import RunningServer

pytestmark = pytest.mark.needs_more
CHINESE = re.compile("[\u4e00-\u9fff]")
NAMES = re.compile(
    r"doubao-[a-z0-9-]+|Limner|Seedream|SeedEdit|API|English|OpenAI|Ark|Python|JavaScript|curl|Ctrl|Enter|https|Token|jpeg|png"
    r"|url|b64|json|Auto|LIMNER_API_KEY|UTC|KB|MB|ID|Esc"
)


def visible_texts(page: Page) -> list[str]:
    """Every text and label that is on the screen, without code."""
    found = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility()
              && !element.closest("pre, code, [aria-hidden=true], [role=status], article"))
            .flatMap((element) => [...element.childNodes].filter((node) => node.nodeType === 3)
                .map((node) => node.data.trim())
                .concat(["aria-label", "title", "placeholder", "alt"].map((at) => element.getAttribute(at))))
            .filter(Boolean)"""
    )
    return list(found)


def test_a_chinese_browser_gets_the_page_in_chinese(
    server: RunningServer, visit: Callable[..., Page]
) -> None:
    page = visit(server, locale="zh-CN")
    expect(page.get_by_role("tab", name="创作")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


@pytest.mark.parametrize(
    ("view", "content"),
    [
        ("create", "#make"),
        ("samples", "#samples code"),
        ("history", "#history article img"),
        ("usage", "#usage table"),
    ],
)
def test_a_switch_leaves_no_word_of_the_other_language(
    server: RunningServer, play: Callable[..., Any], view: str, content: str
) -> None:
    page = play(server)
    page.choose("Seedream 4.0")
    page.make("7")
    page.page.locator(f"#tab-{view}").click()
    page.page.locator(content).first.wait_for()
    english = visible_texts(page.page)
    assert [text for text in english if CHINESE.search(text)] == ["中文", "Switch to Chinese: 中文"]
    page.page.get_by_role("button", name="Switch to Chinese").click()
    chinese = visible_texts(page.page)
    assert len(chinese) == len(english)
    assert [text for text in chinese if re.search("[A-Za-z]{3,}", NAMES.sub("", text))] == []
    page.page.reload()
    expect(page.page.get_by_role("button", name="English")).to_be_visible()


def test_what_is_there_and_what_is_typed_survive_a_switch(held: Any, play: Callable[..., Any]) -> None:
    page = play(held.server)
    page.choose("Seedream 4.0")
    held.go()
    page.make("a fox")
    page.prompt.fill("half a sent")
    page.form.get_by_role("radio", name="4K").check()
    page.page.get_by_role("button", name="Switch to Chinese").click()
    expect(page.newest).to_contain_text(re.compile("完成，用时 [\\d.]+ 秒"))
    expect(page.page.locator("#prompt")).to_have_value("half a sent")
    expect(page.page.get_by_role("radio", name="4K")).to_be_checked()
    expect(page.page.get_by_label("模型", exact=True)).to_contain_text("Seedream 4.0")


def test_a_chinese_user_makes_a_picture(server: RunningServer, visit: Callable[..., Page]) -> None:
    page = visit(server, locale="zh-CN")
    page.get_by_label("提示词", exact=True).fill("雪夜里的灯塔，油画")
    page.get_by_role("button", name="生成").click()
    expect(page.get_by_role("img", name="雪夜里的灯塔，油画")).to_be_visible()
    expect(page.locator("#announcements")).to_have_text("1 张图片已完成。")
