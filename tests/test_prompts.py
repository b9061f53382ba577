"""What a prompt says about its pictures: shape and number, in two languages, and what only looks like it."""

from __future__ import annotations

import pytest

from limner.catalog import load_catalog
from limner.prompts import RATIOS, asked_count, asked_ratio


def test_the_ratios_that_are_understood_are_those_of_the_preset_tables() -> None:
    assert [name for name, rows in load_catalog().presets.items() if set(rows) != set(RATIOS)] == []


@pytest.mark.parametrize(
    ("prompt", "ratio"),
    [
        ("a city at night, 16:9", "16:9"),
        ("a city at night in 16:9.", "16:9"),
        ("21:9 panorama", "21:9"),
        ("(3:4) poster", "3:4"),
        ("海报,比例3:4,竖排文字", "3:4"),
        ("比例2:3的海报", "2:3"),
        ("aspect ratio 1 : 1", "1:1"),
        ("竖版海报", "3:4"),
        ("横版插画", "4:3"),
        ("一张手机壁纸", "9:16"),
        ("宽屏电影画面", "16:9"),
        ("方形头像", "1:1"),
        ("正方形头像", "1:1"),
        ("a lighthouse, portrait orientation", "3:4"),
        ("A lighthouse in Landscape Orientation", "4:3"),
        ("a phone wallpaper with stars", "9:16"),
        ("widescreen shot of a desert", "16:9"),
        ("a square album cover", "1:1"),
        ("竖版海报,时间 12:30", "3:4"),
        ("a poster, doors open 19:30, 16:9", "16:9"),
    ],
)
def test_a_ratio_that_is_asked_for(prompt: str, ratio: str) -> None:
    assert asked_ratio(prompt) == ratio


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "a cat",
        "portrait of an old sailor",
        "a landscape with a river",
        "一幅肖像",
        "a clock at 12:30",
        "breakfast at 09:16",
        "the train leaves at 9:16 am",
        "the train leaves at 4:03",
        "a stopwatch showing 1:16:9",
        "version 2.16:9",
        "chapter 116:9",
        "verse 3:45",
        "长方形的桌子",
        "a squared notebook",
    ],
)
def test_what_only_looks_like_a_ratio_is_none(prompt: str) -> None:
    assert asked_ratio(prompt) is None


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("生成4张图", 4),
        ("生成四张图", 4),
        ("两幅水彩", 2),
        ("十张", 10),
        ("十二张照片", 12),
        ("二十张照片", 20),
        ("二十四张照片", 24),
        ("100张照片", 100),
        ("组图:6", 6),
        ("一组3张的海报", 3),
        ("Three pictures of a cat", 3),
        ("3 images", 3),
        ("a four-panel comic", 4),
        ("a 6-frame storyboard", 6),
        ("five different illustrations", 5),
        ("fifteen scenes", 15),
        ("100 pictures", 100),
        ("one image", 1),
        ("a series of 5", 5),
        ("the four seasons in a garden", 4),
        ("一个庭院的四季", 4),
        ("春夏秋冬", 4),
        ("the harbour at morning, noon and night", 3),
        ("海港的早中晚", 3),
    ],
)
def test_a_number_that_is_asked_for(prompt: str, count: int) -> None:
    assert asked_count(prompt) == count


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "a cat",
        "三只猫",
        "three cats",
        "第3张图里的猫",
        "put the hat of image 1 on the cat of image 2",
        "图1的衣服换到图2",
        "in 2024 pictures were cheap",
        "the year 1.2 images",
        "someone pictures a house",
        "a clock at 12:30",
        "0 images",
        "a frame of wood",
    ],
)
def test_what_only_looks_like_a_number_of_pictures_is_none(prompt: str) -> None:
    assert asked_count(prompt) is None
