"""A series as a prompt for each picture: what is listed, run through or only counted, in two languages."""

from __future__ import annotations

import re
import time

import pytest

from limner.engines.diffusers.story.count_phrases import without_count
from limner.engines.diffusers.story.storyboard import like_image, storyboard

LISTED: list[tuple[str, tuple[str, ...]]] = [
    ("1. a cat on the beach 2. a cat in the desert", ("a cat on the beach", "a cat in the desert")),
    ("1) spring 2) winter in the same garden", ("spring, in the same garden", "winter, in the same garden")),
    (
        "a fox. Scene 1: in the forest; scene 2: by the river; scene 3: in the snow",
        ("a fox, in the forest", "a fox, by the river", "a fox, in the snow"),
    ),
    ("first: a dog in a park, second: a dog on a street", ("a dog in a park", "a dog on a street")),
    ("Picture 1: a cup. Picture 2: a plate.", ("a cup", "a plate")),
    (
        "panel 1 - a robot wakes up, panel 2 - it drinks oil, comic style",
        ("a robot wakes up, comic style", "the robot drinks oil, comic style"),
    ),
    (
        "first a fox wakes up, second it eats, then it plays, finally it sleeps",
        ("a fox wakes up", "the fox eats", "the fox plays", "the fox sleeps"),
    ),
    (
        "A little fox:\n- wakes up\n- eats\n- sleeps\n\nAll in watercolor style",
        (
            "A little fox, wakes up. All in watercolor style",
            "A little fox, eats. All in watercolor style",
            "A little fox, sleeps. All in watercolor style",
        ),
    ),
    (
        "A storyboard: 1. A girl in a red coat finds a key. 2. She walks home.",
        ("A girl in a red coat finds a key", "the girl in a red coat walks home"),
    ),
    (
        "a girl reading. Panel 1: at home. Panel 2: on a train. Keep the same red dress.",
        (
            "a girl reading, at home. Keep the same red dress",
            "a girl reading, on a train. Keep the same red dress",
        ),
    ),
    (
        "a boy walks in the city; then he sails the sea; then he crosses the desert",
        ("a boy walks in the city", "the boy sails the sea", "the boy crosses the desert"),
    ),
    ("the cat wakes up -> the cat eats", ("the cat wakes up", "the cat eats")),
    (
        "Four scenes: a knight leaves the castle; he meets a dragon; he fights; he returns",
        (
            "a knight leaves the castle",
            "the knight meets a dragon",
            "the knight fights",
            "the knight returns",
        ),
    ),
    (
        "a story in 3 scenes: a boy finds a map, he sails away, he digs up gold",
        ("a boy finds a map", "the boy sails away", "the boy digs up gold"),
    ),
    ("Three pictures: a cat, a dog, a bird", ("a cat", "a dog", "a bird")),
    (
        "a set of 4 icons: apple, banana, cherry, pear, flat",
        ("an icon, apple, flat", "an icon, banana, flat", "an icon, cherry, flat", "an icon, pear, flat"),
    ),
    (
        "a cat, a dog and a rabbit respectively, in pencil",
        ("a cat, in pencil", "a dog, in pencil", "a rabbit, in pencil"),
    ),
    ("Two pictures: salt and pepper, bread and butter", ("salt and pepper", "bread and butter")),
    (
        "Scene 1: a cup of tea at 5:30, Scene 2: an empty cup",
        ("a cup of tea at 5:30", "an empty cup"),
    ),
    (
        "A fox in three pictures\nwakes up\neats\nsleeps",
        ("A fox, wakes up", "A fox, eats", "A fox, sleeps"),
    ),
    ("第一张：小女孩在海边，第二张：小女孩在雪山", ("小女孩在海边", "小女孩在雪山")),
    (
        "第一幕：少年离开村庄。第二幕：他穿过沙漠。第三幕：他看到大海。整体为水墨风格",
        ("少年离开村庄，整体为水墨风格", "少年穿过沙漠，整体为水墨风格", "少年看到大海，整体为水墨风格"),
    ),
    ("画面1：森林里的小屋 画面2：雪地里的小屋", ("森林里的小屋", "雪地里的小屋")),
    ("图1：一只猫。图2：一只狗", ("一只猫", "一只狗")),
    ("① 种子 ② 幼苗 ③ 大树", ("种子", "幼苗", "大树")),
    ("三张图，分别是猫、狗和兔子，水彩", ("猫，水彩", "狗，水彩", "兔子，水彩")),
    ("三张海报：咖啡、茶、果汁", ("海报，咖啡", "海报，茶", "海报，果汁")),
    (
        "一组3张：小狐狸在森林里，小狐狸在河边，小狐狸在村庄",
        ("小狐狸在森林里", "小狐狸在河边", "小狐狸在村庄"),
    ),
    (
        "小狐狸的一天，水彩绘本风格。早上起床；中午吃饭；晚上睡觉",
        (
            "小狐狸的一天，水彩绘本风格，早上起床",
            "小狐狸的一天，水彩绘本风格，中午吃饭",
            "小狐狸的一天，水彩绘本风格，晚上睡觉",
        ),
    ),
    ("首先小猫起床，然后吃饭，最后睡觉", ("小猫起床", "小猫吃饭", "小猫睡觉")),
    ("生成两格漫画：小熊起床，小熊回家", ("漫画，小熊起床", "漫画，小熊回家")),
]

RUN_THROUGH: list[tuple[str, tuple[str, ...]]] = [
    (
        "the same house in spring, summer, autumn and winter",
        (
            "the same house in spring",
            "the same house in summer",
            "the same house in autumn",
            "the same house in winter",
        ),
    ),
    ("a cat in spring, in fall and in winter", ("a cat in spring", "a cat in fall", "a cat in winter")),
    ("morning, noon, night at a harbor", ("morning at a harbor", "noon at a harbor", "night at a harbor")),
    ("a boy and his dog: dawn and dusk", ("a boy and his dog: dawn", "a boy and his dog: dusk")),
    ("a dog, happy, sad and angry", ("a dog, happy", "a dog, sad", "a dog, angry")),
    (
        "four seasons of a cottage, oil painting",
        ("a cottage, oil painting, in spring", "a cottage, oil painting, in winter"),
    ),
    (
        "Generate a series of 4 coherent illustrations of a courtyard across the four seasons",
        tuple(
            f"an illustration of a courtyard in {name}" for name in ("spring", "summer", "autumn", "winter")
        ),
    ),
    (
        "a street at different times of day",
        tuple(f"a street {hour}" for hour in ("in the morning", "at noon", "at dusk", "at night")),
    ),
    ("a city by day and night", ("a city by day", "a city at night")),
    (
        "a day in the life of a fox",
        ("a day in the life of a fox, in the morning", "a day in the life of a fox, at night"),
    ),
    ("湖边小屋的一年四季", ("湖边小屋的春天", "湖边小屋的夏天", "湖边小屋的秋天", "湖边小屋的冬天")),
    ("春夏秋冬四季的湖边小屋", ("春天的湖边小屋", "夏天的湖边小屋", "秋天的湖边小屋", "冬天的湖边小屋")),
    ("一组四张：春夏秋冬", ("春天", "夏天", "秋天", "冬天")),
    ("四季：春天、夏天和冬天的森林", ("春天的森林", "夏天的森林", "冬天的森林")),
    ("春、夏、秋、冬的湖边小屋", ("春天的湖边小屋", "夏天的湖边小屋", "秋天的湖边小屋", "冬天的湖边小屋")),
    (
        "生成四张连贯插画，核心为同一庭院一角的四季变迁，以统一风格展现四季独特色彩",
        tuple(
            f"插画，核心为同一庭院一角的{name}，以统一风格展现{name}独特色彩"
            for name in ("春天", "夏天", "秋天", "冬天")
        ),
    ),
    (
        "生成3张女孩和奶牛玩偶坐过山车的图片，涵盖早晨、中午、晚上",
        tuple(f"女孩和奶牛玩偶坐过山车的图片，涵盖{hour}" for hour in ("早晨", "中午", "晚上")),
    ),
    ("白天和夜晚的城市", ("白天的城市", "夜晚的城市")),
    (
        "小狐狸的一天，四格漫画",
        tuple(f"小狐狸的一天，漫画，{hour}" for hour in ("清晨", "中午", "傍晚", "夜晚")),
    ),
]

UNLISTED = [
    "a fox in the forest",
    "a fox: red fur, big eyes, green scarf, watercolor",
    'a robot saying "one, two, three" to a cat',
    'a man says "1. go 2. stop" to a dog',
    "a fox in the forest; watercolor; soft light",
    "Subject: a fox\nPlace: a forest\nStyle: watercolor\nLight: soft",
    "A fox.\nA forest behind it.\nSoft light.\nFine detail.\nNo text.",
    "a happy and excited child in sun and rain",
    "a rainy day",
    "参考第一张图的风格，画第二张图里的女孩",
    "把图1的人物放进图2的场景",
    "三张桌子上的猫",
    "四季如春的城市",
    "两个女孩分别站在左右两侧，背景是海边，阳光明媚，微风",
]


@pytest.mark.parametrize(("prompt", "scenes"), LISTED)
def test_what_is_listed_is_one_picture_each_with_what_is_said_of_all(
    prompt: str, scenes: tuple[str, ...]
) -> None:
    assert storyboard(prompt, len(scenes)) == scenes


@pytest.mark.parametrize(("prompt", "scenes"), RUN_THROUGH)
def test_a_scene_that_runs_through_something_is_shown_in_each(prompt: str, scenes: tuple[str, ...]) -> None:
    assert storyboard(prompt, len(scenes)) == scenes


@pytest.mark.parametrize("prompt", UNLISTED)
def test_what_is_no_list_stays_whole_in_every_picture(prompt: str) -> None:
    pictures = storyboard(prompt, 4)
    assert pictures[0] == prompt.strip(" .")
    assert all(text.startswith(pictures[0]) for text in pictures)
    assert len(set(pictures)) == 4


@pytest.mark.parametrize(
    ("prompt", "one"),
    [
        ("a series of four pictures of a fox", "a fox"),
        ("Please create 5 different posters for a jazz festival", "a poster for a jazz festival"),
        ("four watercolor illustrations of a fox", "a watercolor illustration of a fox"),
        ("the life of a fox in six scenes", "the life of a fox"),
        ("a robot on mars, as a series of 3", "a robot on mars"),
        ("a four-panel comic about a cat", "a comic-style picture about a cat"),
        ("a sequence of pictures showing a flower blooming", "a flower blooming"),
        ("storyboard of a heist", "a heist"),
        ("一组四张图片，小狐狸在森林里", "小狐狸在森林里"),
        ("请画一组3张关于太空旅行的图片", "太空旅行的图片"),
        ("小狐狸在森林里冒险，四张组图", "小狐狸在森林里冒险"),
        ("四张小猫贴纸", "小猫贴纸"),
        ("a wall with three windows", "a wall with three windows"),
        ("三张桌子上的猫", "三张桌子上的猫"),
        ("画一幅山水画", "画一幅山水画"),
        ("Four pictures", "Four pictures"),
    ],
)
def test_a_prompt_for_one_picture_does_not_speak_of_several(prompt: str, one: str) -> None:
    assert without_count(prompt) == one
    assert storyboard(prompt, 1) == (one,)


def test_no_prompt_of_a_series_tells_the_model_to_draw_several() -> None:
    counted = re.compile(r"\b(?:four|4|panels?|series of|storyboard)\b|四|组图|分镜", re.IGNORECASE)
    for prompt in (
        "a series of four pictures of a fox",
        "a fox in 4 panels",
        "一组四张组图：狐狸",
        "四张连贯的分镜，狐狸",
    ):
        assert [text for text in storyboard(prompt, 4) if counted.search(text)] == []


def test_a_story_without_a_list_goes_on_in_other_moments() -> None:
    first, second, third = storyboard("a fox in the forest", 3)
    assert first == "a fox in the forest"
    assert second == "a fox in the forest, another moment of the same story, seen from further away"
    assert third == "a fox in the forest, another moment of the same story, seen up close"


def test_it_goes_on_in_its_own_language() -> None:
    assert storyboard("森林里的狐狸", 2)[1] == "森林里的狐狸，同一个故事的另一个瞬间，远景"


def test_a_set_of_things_is_no_story() -> None:
    assert storyboard("a set of stickers with a happy cat", 2) == (
        "a sticker with a happy cat",
        "a sticker with a happy cat, a different one of the same set, in the same style",
    )


def test_after_the_last_scene_the_story_goes_on() -> None:
    assert storyboard("1. a fox wakes up 2. a fox eats", 3)[2] == (
        "a fox eats, a moment later in the same story, seen from further away"
    )


def test_after_the_last_season_they_begin_again_from_another_view() -> None:
    assert storyboard("a house in spring and winter", 4)[2:] == (
        "a house in spring, seen from further away",
        "a house in winter, seen from further away",
    )


def test_of_more_scenes_than_pictures_the_first_are_made() -> None:
    assert storyboard("1. a cat 2. a dog 3. a bird", 2) == ("a cat", "a dog")


@pytest.mark.parametrize("count", [1, 2, 7, 15])
@pytest.mark.parametrize(
    "prompt",
    [
        r"1. a \g<9> walks 2. he \1 runs",
        "\ue000",
        "1. 2. 3.",
        "四季",
        "first: ",
        "a cat; ; ;",
        "①②③",
        "分别是",
        "组图",
        ".",
        ": :",
        '"',
        "\ue000 a \ue001",
    ],
)
def test_any_prompt_makes_as_many_prompts_as_pictures(prompt: str, count: int) -> None:
    pictures = storyboard(prompt, count)
    assert len(pictures) == count
    assert all(text.strip() for text in pictures)


@pytest.mark.parametrize(
    "part", ["a ", "1. ", "四张", "，", "\n", "a series of ", "and ", "spring, ", "a: ", '"', ", b"]
)
def test_a_long_prompt_does_not_hold_up_the_server(part: str) -> None:
    """These take 0.05 s at most; what grows with the square of the length would take many seconds."""
    started = time.perf_counter()
    storyboard(part * (100_000 // len(part)), 4)
    storyboard(part * (4000 // len(part)), 4)
    assert time.perf_counter() - started < 2.0


def test_a_prompt_can_ask_for_the_looks_of_an_image() -> None:
    assert like_image("a fox eats", 2) == "a fox eats. Keep the characters and the style of image 2."
    assert like_image("狐狸吃饭", 1) == "狐狸吃饭，人物和画风与图1保持一致。"
