"""Prompts become scenes: tables of prompt to fields in English and Chinese."""

from __future__ import annotations

import random

import pytest

from limner.engines.sketch.paint.palette import NAMED, TIMES
from limner.engines.sketch.paint.styles import STYLES
from limner.engines.sketch.scene.cast import CAST, role_of
from limner.engines.sketch.scene.places import PLACES
from limner.engines.sketch.words.lexicon import lexicon
from limner.engines.sketch.words.parse import parse
from limner.engines.sketch.words.spec import Relation, SceneSpec, SubjectSpec

SAME_IN_BOTH = [
    ("a red fox in a snowy forest at night", "夜晚，雪中的森林里有一只红色的狐狸"),
    ("three cats in a meadow, watercolor", "草地上有三只猫，水彩画"),
    ("two blue birds and a yellow flower", "两只蓝色的鸟和一朵黄花"),
    ("a lighthouse by the sea at sunset, oil painting", "海边的一座灯塔，夕阳，油画"),
    ("five fish underwater", "水下有五条鱼"),
    ('a card with a lion "HELLO"', "狮子的贺卡“HELLO”"),
    ("a black dog on the left, a white horse on the right", "左边一只黑色的狗，右边一匹白马"),
    ("a large red circle on a plain background", "纯色背景上一个大的红色圆形"),
    ("four seasons by a lake", "湖边的一年四季"),
    ("a cat on a box", "猫在箱子上"),
    ("a girl holding a red umbrella", "女孩拿着一把红伞"),
    ("an astronaut riding a horse on the moon", "月球上，宇航员骑着一匹马"),
    ("a panda eating bamboo", "熊猫在吃竹子"),
    ("a boy wearing a green hat", "戴着绿帽子的男孩"),
    ("an orange cat sleeping on a sofa", "一只橘猫睡在沙发上"),
    ("a street without people", "没有人的街道"),
]


@pytest.mark.parametrize(("english", "chinese"), SAME_IN_BOTH)
def test_a_prompt_means_the_same_in_english_and_chinese(english: str, chinese: str) -> None:
    assert parse(english, 5) == parse(chinese, 5)


SCENES = [
    ("on the moon", "place", "moonscape"),
    ("在月球上", "place", "moonscape"),
    ("in the city", "place", "skyline"),
    ("城市的街道", "place", "street"),
    ("under the sea", "place", "underwater"),
    ("a boat over the sea", "place", "sea"),
    ("a village in the mountains", "place", "village"),
    ("雪山下的湖边", "place", "lake"),
    ("a field of tulips", "place", "flowers"),
    ("花园里的花", "place", "garden"),
    ("depth of field, a cat", "place", None),
    ("park the car", "place", None),
    ("a picnic in the park", "place", "park"),
    ("a bowl of ramen on a wooden table", "place", "table"),
    ("a house with a garden", "place", "garden"),
    ("a lighthouse by the sea", "place", "coast"),
    ("mountains", "place", "mountains"),
    ("山里的小屋", "place", "mountains"),
    ("a sign in front of a cafe", "place", "street"),
    ("海报，一只猫", "place", "poster"),
    ("a travel poster of the mountains", "place", "mountains"),
    ("a logo of a mountain", "place", "icon"),
    ("seamless pattern of lemons", "place", "pattern"),
    ("isolated on white background, a cat", "place", "plain"),
    ("at dawn", "time", "dawn"),
    ("阳光明媚的下午", "time", "day"),
    ("白天的街道", "time", "day"),
    ("golden hour", "time", "dusk"),
    ("starry night", "time", "night"),
    ("满天繁星", "time", "night"),
    ("cherry blossoms", "season", "spring"),
    ("盛夏的海滩", "season", "summer"),
    ("fall foliage", "season", "autumn"),
    ("he may fall down", "season", None),
    ("in the snow", "season", "winter"),
    ("秋千上的女孩", "season", None),
    ("in the rain", "weather", "rain"),
    ("暴风雨", "weather", "storm"),
    ("it is snowing", "weather", "snow"),
    ("薄雾中的山", "weather", "fog"),
    ("a windy day", "weather", "wind"),
    ("in the style of van Gogh", "style", "oil"),
    ("Studio Ghibli style", "style", "gouache"),
    ("cute 3D render", "style", "clay"),
    ("国画", "style", "inkwash"),
    ("赛博朋克", "style", "neon"),
    ("剪纸风格", "style", "paper"),
    ("极简", "style", "flat"),
    ("8-bit", "style", "pixel"),
    ("black-and-white photo", "style", "monochrome"),
    ("an oil lamp", "style", None),
    ("a red pencil", "style", None),
    ("pencil drawing", "style", "pencil"),
    ("chalk art", "style", "chalk"),
    ("彩色玻璃", "style", "stainedglass"),
    ("a blueprint of a house", "style", "blueprint"),
    ("等距视角的小镇", "style", "isometric"),
    ("low-poly fox", "style", "lowpoly"),
    ("vintage travel poster", "style", "retro"),
    ("a peaceful lake", "mood", "calm"),
    ("温馨的客厅", "mood", "cozy"),
    ("a dark forest", "mood", "gloomy"),
    ("a dark blue car", "mood", None),
    ("史诗感", "mood", "epic"),
    ("bird's-eye view of a city", "camera", "above"),
    ("猫的特写", "camera", "close"),
    ("wide-angle shot", "camera", "wide"),
    ("仰视摩天大楼", "camera", "low"),
    ("a star on a navy blue background", "background", "navy"),
    ("黄色背景上的苹果", "background", "yellow"),
    ("a blurred background", "background", None),
]


@pytest.mark.parametrize(("prompt", "name", "value"), SCENES)
def test_what_is_said_of_the_scene(prompt: str, name: str, value: str | None) -> None:
    assert getattr(parse(prompt, 0), name) == value


NOUNS = [
    ("a big tree", ["tree"]),
    ("green grass", []),
    ("three o'clock", []),
    ("art of a fox", ["fox"]),
    ("海报", []),
    ("an orange cat", ["cat"]),
    ("a cat and an orange", ["cat", "orange"]),
    ("the sun rose", ["sun"]),
    ("a rose", ["rose"]),
    ("can of soda", ["cup with straw"]),
    ("a glass of water", ["tumbler glass"]),
    ("seal the envelope", ["envelope"]),
    ("a seal", ["seal"]),
    ("小说里的故事", []),
    ("白天鹅", ["swan"]),
    ("一起玩", []),
    ("马上开始", []),
    ("一匹马", ["horse"]),
    ("一个人", ["man"]),
    ("小提琴", ["violin"]),
    ("圣诞树", ["christmas tree"]),
    ("a baby elephant", ["elephant"]),
    ("pineapple", ["pineapple"]),
    ("roller coaster", ["roller coaster"]),
    ("1girl, solo", ["child"]),
    ("no people, empty street, no cars", []),
    ("a beach without clouds or birds", []),
    ("不要有树的草地", []),
    ("a cat. Negative prompt: dog, bird", ["cat"]),
    ("masterpiece, best quality, 8k, highly detailed, sharp focus, a wolf", ["wolf"]),
    ("concatenate the carpets", []),
    ("a child's drawing", []),
]


@pytest.mark.parametrize(("prompt", "nouns"), NOUNS)
def test_only_what_is_named_is_drawn(prompt: str, nouns: list[str]) -> None:
    assert [s.noun for s in parse(prompt, 0).subjects] == nouns


COUNTS = [
    ("a cat", 1),
    ("cats", 3),
    ("two cats", 2),
    ("两只猫", 2),
    ("三个苹果", 3),
    ("a pair of swans", 2),
    ("a dozen roses", 12),
    ("十二朵玫瑰", 12),
    ("12 cats", 12),
    ("several birds", 4),
    ("一群小鸟", 6),
    ("许多气球", 7),
    ("twenty penguins", 20),
    ("100 sheep", 20),
    ("四张猫的图片", 1),
    ("四张桌子", 4),
    ("grapes", 1),
    ("children", 3),
    ("一家三口", 1),
]


@pytest.mark.parametrize(("prompt", "count"), COUNTS)
def test_how_many(prompt: str, count: int) -> None:
    assert parse(prompt, 0).subjects[0].count == count


COLORS = [
    ("a red car and a blue bus", ["red", "blue"]),
    ("the house is blue", ["blue"]),
    ("一辆红色的车和一栋白色的房子", ["red", "white"]),
    ("a light blue car", ["light blue"]),
    ("深绿色的树", ["dark green"]),
    ("golden light over a fox", [None]),
    ("a cat with green eyes", [None]),
    ("a house with a red roof", [None]),
    ("红色灯光下的猫", [None]),
    ("red and blue balloons", ["red", "blue"]),
    ("two cats, one black and one white", ["black", "white"]),
    ("两只猫，一只黑色，一只白色", ["black", "white"]),
    ("a red fluffy cat", ["red"]),
    ("a golden crown", ["gold"]),
    ("a red hat on a table", ["red"]),
    ("the woman in red", ["red"]),
    ("a black and white cat", ["black"]),
    ("black and white photo of a cat", [None]),
]


@pytest.mark.parametrize(("prompt", "colors"), COLORS)
def test_colours_stay_with_their_noun(prompt: str, colors: list[str | None]) -> None:
    assert [s.color for s in parse(prompt, 0).subjects] == colors


RELATIONS = [
    ("a cat on a box", "cat on box"),
    ("a cat under a tree", "cat under tree"),
    ("a bird above a house", "bird above house"),
    ("a dog next to a boy", "dog beside boy"),
    ("a cat to the left of a dog", "cat left_of dog"),
    ("a cat to the right of the house", "cat right_of house"),
    ("a snowman in front of a house", "snowman front_of house"),
    ("a fox behind a tree", "fox behind tree"),
    ("a knight riding a dragon", "knight riding dragon"),
    ("a girl holding a balloon", "child holding balloon"),
    ("a girl with an umbrella", "child holding umbrella"),
    ("a man with a dog", "man with dog"),
    ("a girl in a boat", "child in boat"),
    ("flowers in a vase", "flower in vase"),
    ("a basket of apples", "apple in basket"),
    ("a plate with candles", "candle on fork and knife with plate"),
    ("on a box sits a cat", "cat on box"),
    ("Behind the house there is a tall tree.", "tree behind house"),
    ("猫在狗的左边", "cat left_of dog"),
    ("女孩右边是一只狗", "dog right_of child"),
    ("坐在椅子上的猫", "cat on chair"),
    ("树下有一只猫", "cat under tree"),
    ("房子前面有一个雪人", "snowman front_of house"),
    ("小狗坐在沙发后面", "dog behind sofa"),
    ("鸟在船的上方", "bird above boat"),
    ("女孩旁边有一只狗", "dog beside child"),
    ("男孩骑着自行车", "boy riding bicycle"),
    ("抱着泰迪熊的小女孩", "child holding teddy bear"),
    ("打着伞的男人", "man holding umbrella"),
    ("鱼在碗里", "fish in bowl"),
    ("a girl surfing", "child on surfboard"),
    ("小男孩在放风筝", "boy holding kite"),
    ("a dog driving a car", "dog in car"),
    ("a fox reading a book", "fox holding book"),
]


def _relations(spec: SceneSpec) -> list[str]:
    bonds = [(s.noun, s.relation) for s in spec.subjects]
    return [f"{noun} {r.kind} {spec.subjects[r.target].noun}" for noun, r in bonds if r]


@pytest.mark.parametrize(("prompt", "relation"), RELATIONS)
def test_who_stands_how_to_whom(prompt: str, relation: str) -> None:
    assert _relations(parse(prompt, 0)) == [relation]


@pytest.mark.parametrize(
    ("prompt", "relations"),
    [
        ("a cat and a dog on a sofa", ["cat on sofa", "dog on sofa"]),
        (
            "a cat behind a tree and a dog in front of a house",
            ["cat behind tree", "dog front_of house"],
        ),
        ("桌子上有一个苹果和一只猫", ["apple on table", "cat on table"]),
        ("女孩左边是一只猫，右边是一只狗", ["cat left_of child", "dog right_of child"]),
        ("一个拿着红气球的小女孩和一只狗", ["child holding balloon"]),
        ("a girl holding an umbrella beside a dog", ["child holding umbrella", "dog beside child"]),
    ],
)
def test_several_relations_in_one_prompt(prompt: str, relations: list[str]) -> None:
    assert sorted(_relations(parse(prompt, 0))) == sorted(relations)


SIDES = [
    ("a cat on the left and a dog on the right", {"cat": "left", "dog": "right"}),
    ("画面中央有一颗心", {"heart": "center"}),
    ("on the left a cat, on the right a dog", {"cat": "left", "dog": "right"}),
    ("猫在左边，狗在右边", {"cat": "left", "dog": "right"}),
]


@pytest.mark.parametrize(("prompt", "sides"), SIDES)
def test_sides_of_the_picture(prompt: str, sides: dict[str, str | None]) -> None:
    assert {s.noun: s.side for s in parse(prompt, 0).subjects} == sides


ACTIONS = [
    ("a sleeping cat", {"cat": "sleep"}),
    ("the dog runs in the park", {"dog": "run"}),
    ("a cat and a dog sleeping", {"cat": "sleep", "dog": "sleep"}),
    ("a cat sitting and a dog jumping", {"cat": "sit", "dog": "jump"}),
    ("奔跑的马", {"horse": "run"}),
    ("猫在睡觉，狗在跑", {"cat": "sleep", "dog": "run"}),
    ("一群小鸟在天空中飞翔", {"bird": "fly"}),
    ("a girl reading a book under a tree", {"child": "read", "tree": None}),
    ("an old man, sitting on a bench", {"grandfather": "sit", "chair": None}),
    ("a mermaid swimming", {"mermaid": "swim"}),
    ("小女孩在挥手", {"child": "wave"}),
    ("两个孩子在跳舞", {"child": "dance"}),
    ("A cat and a dog. The cat is sleeping.", {"cat": "sleep", "dog": None}),
    ("a sitting box", {"box": None}),
]


@pytest.mark.parametrize(("prompt", "actions"), ACTIONS)
def test_who_does_what(prompt: str, actions: dict[str, str | None]) -> None:
    assert {s.noun: s.action for s in parse(prompt, 0).subjects} == actions


def test_each_of_several_may_do_something_else() -> None:
    pandas = [s for s in parse("两只熊猫，一只在睡觉，一只在吃竹子", 0).subjects if s.noun == "panda"]
    assert [(s.count, s.action) for s in pandas] == [(1, "sleep"), (1, "eat")]


TRAITS = [
    ("a kitten", {"young"}),
    ("a happy child", {"happy"}),
    ("the cat is sad", {"sad"}),
    ("a boy wearing a red hat and a scarf", {"hat:red", "scarf"}),
    ("戴着眼镜的小男孩", {"glasses"}),
    ("穿红色裙子的女孩", {"dress:red"}),
    ("a dark-skinned girl with long blonde hair", {"dark skin", "long hair", "blonde hair"}),
    ("黑皮肤的女孩，卷发", {"dark skin", "curly hair"}),
    ("a girl with curly red hair", {"curly hair", "red hair"}),
    ("a man with a beard and glasses", {"beard", "glasses"}),
    ("a wooden box", {"wooden"}),
    ("a striped cat", {"striped"}),
    ("a dog with a hat on its head", {"hat"}),
]


@pytest.mark.parametrize(("prompt", "traits"), TRAITS)
def test_what_somebody_is_like_or_wears(prompt: str, traits: set[str]) -> None:
    subjects = parse(prompt, 0).subjects
    assert len(subjects) == 1
    assert set(subjects[0].traits) == traits


@pytest.mark.parametrize(
    ("prompt", "scale"),
    [
        ("a huge dog", 1.75),
        ("一只巨大的狗", 1.75),
        ("a big dog", 1.5),
        ("a small house", 0.65),
        ("a tiny house", 0.5),
        ("a dog", 1.0),
    ],
)
def test_how_large(prompt: str, scale: float) -> None:
    assert parse(prompt, 0).subjects[0].scale == scale


TEXTS = [
    ('a poster "Summer Fest" with "July 5"', [("Summer Fest", "title", None), ("July 5", "title", None)]),
    ("海报，写着“新年快乐”", [("新年快乐", "title", None)]),
    ("标题「山」", [("山", "title", None)]),
    ('a sign that says "OPEN"', [("OPEN", "sign", "sign")]),
    ("招牌上写着“欢迎光临”", [("欢迎光临", "sign", "sign")]),
    ('"NOW OPEN" sign on a shop', [("NOW OPEN", "sign", "sign")]),
    ('a bottle labeled "MILK" on a table', [("MILK", "label", "bottle")]),
    ('a mug that says "BOSS"', [("BOSS", "label", "cup")]),
    ('a girl says "Hello!" to a cat', [("Hello!", "bubble", "child")]),
    ('"Good morning," says the fox', [("Good morning,", "bubble", "fox")]),
    ("女孩说：“你好”", [("你好", "bubble", "child")]),
    ("“你好！”小狐狸说", [("你好！", "bubble", "fox")]),
    ("a sign that says Stop Here near a tree", [("Stop Here", "sign", "sign")]),
    ("写着新年快乐的红色海报", [("新年快乐", "title", None)]),
    ("the dog's bone and a cat's tail", []),
    ('an unclosed "quote', []),
]


@pytest.mark.parametrize(("prompt", "texts"), TEXTS)
def test_quoted_text_its_role_and_its_bearer(prompt: str, texts: list[tuple[str, str, str | None]]) -> None:
    spec = parse(prompt, 0)
    found = [(t.text, t.role, None if t.target is None else spec.subjects[t.target].noun) for t in spec.texts]
    assert found == texts


def test_words_inside_quotes_are_not_drawn() -> None:
    assert parse('"three cats"', 0).subjects == ()


def test_a_large_red_circle_on_a_plain_background_is_exactly_that() -> None:
    circle = SubjectSpec("circle", 1, "red", 1.5)
    assert parse("A large red circle on a plain background", 7) == SceneSpec(
        7, 7, place="plain", subjects=(circle,)
    )


def test_a_noun_said_again_with_an_article_is_the_same_subject() -> None:
    spec = parse("A cat and a dog. The cat is black.", 0)
    assert [(s.noun, s.color) for s in spec.subjects] == [("cat", "black"), ("dog", None)]


def test_the_spec_survives_json() -> None:
    spec = parse('three red foxes on the left in snow, a girl holding a kite says "你好"', 9)
    assert SceneSpec.from_json(spec.to_json()) == spec


def test_there_are_four_hundred_nouns_and_each_can_be_painted() -> None:
    nouns = lexicon().classes
    assert len(nouns) >= 400
    missing = set()
    for noun in nouns:
        try:
            role_of(noun)
        except KeyError:
            missing.add(noun)
    assert missing == set()


def test_every_member_of_the_cast_can_be_named() -> None:
    assert set(CAST) - lexicon().meanings("noun") == set()


def test_everything_the_lexicon_names_can_be_painted() -> None:
    words = lexicon()
    assert words.meanings("place") | words.meanings("format") | {"plain"} == set(PLACES)
    assert words.meanings("color") <= set(NAMED)
    assert words.meanings("time") == set(TIMES)
    assert words.meanings("style") - {"gouache"} == set(STYLES) - {"gouache"}


def test_every_noun_colour_place_and_style_has_a_word_in_both_languages() -> None:
    spellings: dict[tuple[str, str], set[bool]] = {}
    for word, meanings in lexicon().words.items():
        for kind in ("noun", "color", "place", "style", "time", "season", "weather", "mood", "camera"):
            if kind in meanings:
                spellings.setdefault((kind, meanings[kind]), set()).add(word.isascii())
    assert {key for key, scripts in spellings.items() if scripts != {True, False}} == set()


def test_groups_name_nouns_that_exist() -> None:
    words = lexicon()
    others = ("risky_style", "scenic")
    nouns = {noun for name, group in words.groups.items() if name not in others for noun in group}
    assert nouns <= set(words.classes)


def test_any_words_in_any_order_give_a_spec_whose_relations_hold() -> None:
    rng = random.Random(4)
    words = [*sorted(lexicon().words), ",", "，", "。", "的", "和", '"', "“你好”", "xyzzy"]
    for _ in range(400):
        spec = parse(" ".join(rng.choice(words) for _ in range(rng.randrange(1, 40))), 0)
        assert len(spec.subjects) <= 12
        for index, subject in enumerate(spec.subjects):
            assert 1 <= subject.count <= 20
            assert subject.relation is None or 0 <= subject.relation.target < len(spec.subjects)
            assert subject.relation is None or subject.relation.target != index
        assert all(t.target is None or t.target < len(spec.subjects) for t in spec.texts)


def test_any_bytes_give_a_spec() -> None:
    rng = random.Random(5)
    for _ in range(200):
        text = bytes(rng.randrange(256) for _ in range(rng.randrange(120))).decode("utf-8", "replace")
        glyphs = "".join(
            chr(rng.choice((rng.randrange(0x3000, 0xA000), rng.randrange(1, 0x2000)))) for _ in range(40)
        )
        assert SceneSpec.from_json(parse(text + glyphs, 1).to_json()).seed == 1


@pytest.mark.parametrize(
    ("prompt", "place", "nouns"),
    [
        ("open sea with an island", "sea", []),
        ("大海上的小岛", "sea", []),
        ("an island", "beach", []),
        ("a still life by the window", "table", []),
        ("a wooden table by a window", "table", []),
        ("一杯咖啡和一本书放在窗边的桌子上", "table", ["cup", "book"]),
        ("desk by the window with a computer", "desk", ["computer"]),
        ("a cat by a window", "room", ["cat"]),
        ("a house with a red door and a window", None, ["house"]),
        ("on mars", "mars", []),
        ("宇航员在火星上行走", "mars", ["astronaut"]),
        ("a tree-lined boulevard in autumn", "park", []),
        ("a boy building a sandcastle on the beach", "beach", ["boy", "castle"]),
        ("an old man in a hospital", "room", ["grandfather"]),
        ("a birthday cake with candles", None, ["cake"]),
        ("a poster for a jazz festival", "poster", ["saxophone"]),
        ("新年海报", "poster", ["red paper lantern"]),
        ("logo for a bakery", "icon", ["bread"]),
        ("business card for a bakery with a croissant", "card", ["croissant"]),
        ("给我的奶茶店设计一个logo", "icon", ["bubble tea"]),
        ("a poster without text", "poster", []),
        ("polaroid of a beach", "beach", []),
        ("fresh vegetables in a basket", None, ["carrot", "tomato", "broccoli", "basket"]),
    ],
)
def test_what_wins_where_words_could_be_places_or_things(
    prompt: str, place: str | None, nouns: list[str]
) -> None:
    spec = parse(prompt, 1)
    assert (spec.place, [subject.noun for subject in spec.subjects]) == (place, nouns)


@pytest.mark.parametrize(
    ("prompt", "noun", "kind", "thing"),
    [
        ("a tennis player", "man", "holding", "tennis"),
        ("a female guitarist", "man", "holding", "guitar"),
        ("足球运动员", "man", "beside", "soccer ball"),
        ("a chef tossing a pizza", "chef", "holding", "pizza"),
        ("爷爷喝茶", "grandfather", "holding", "cup"),
        ("a mother holding her baby", "woman", "holding", "baby"),
        ("a kitten playing with a ball of yarn", "cat", "beside", "yarn"),
    ],
)
def test_people_have_what_they_need(prompt: str, noun: str, kind: str, thing: str) -> None:
    first, second = parse(prompt, 1).subjects
    assert (first.noun, first.relation and first.relation.kind, second.noun) == (noun, kind, thing)


@pytest.mark.parametrize(
    ("prompt", "noun", "traits"),
    [
        ("a female doctor", "doctor", {"woman"}),
        ("女医生", "doctor", {"woman"}),
        ("a male dancer", "dancer", {"man"}),
        ("a female", "woman", set()),
        ("a bride", "woman", {"dress:white"}),
        ("小红帽", "child", {"hat:red"}),
    ],
)
def test_who_is_a_woman_or_a_man_and_what_goes_with_it(prompt: str, noun: str, traits: set[str]) -> None:
    (subject,) = parse(prompt, 1).subjects
    assert (subject.noun, set(subject.traits)) == (noun, traits)


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("apples x3", 3),
        ("苹果×5", 5),
        ("a green valley with sheep", 3),
        ("a sheep", 1),
        ("headphones", 1),
        ("sneakers", 2),
        ("two kids flying kites", 2),
        ("a fox 3", 1),
    ],
)
def test_counts_that_hide_in_other_words(prompt: str, count: int) -> None:
    assert parse(prompt, 1).subjects[-1].count == count


def test_who_is_between_two_things_is_in_the_middle() -> None:
    spec = parse("a cat between two trees", 1)
    assert {(s.noun, s.side) for s in spec.subjects} == {
        ("cat", "center"),
        ("tree", "left"),
        ("tree", "right"),
    }


@pytest.mark.parametrize(
    ("prompt", "colors"),
    [
        ("abstract background in blue and gold", ("blue", "gold")),
        ("abstract waves, teal and orange", ("teal", "orange")),
        ("a girl with blue eyes", ()),
        ("a dog wearing a red coat", ()),
    ],
)
def test_colours_of_nothing_in_particular(prompt: str, colors: tuple[str, ...]) -> None:
    assert parse(prompt, 1).colors == colors


def test_a_sign_bears_the_only_text() -> None:
    (text,) = parse("咖啡店招牌,“时光咖啡”", 1).texts
    assert (text.role, text.target) == ("sign", 0)


def test_every_motif_can_be_painted() -> None:
    for noun in lexicon().meanings("motif") | lexicon().meanings("kit"):
        assert role_of(noun).height > 0


@pytest.mark.parametrize(
    "prompt",
    [
        "a bowl of fruit",
        "一篮水果",
        "a fruit basket",
        "fresh vegetables in a basket",
        "apples and pears in a bowl",
    ],
)
def test_fruit_lies_in_its_basket(prompt: str) -> None:
    subjects = parse(prompt, 1).subjects
    nouns = [subject.noun for subject in subjects]
    food = [subject for subject in subjects if subject.noun != "basket"]
    assert nouns.count("basket") == 1 and len(food) >= 2
    assert {subject.relation for subject in food} == {Relation("in", nouns.index("basket"))}


def test_a_family_of_animals_is_of_one_kind() -> None:
    assert {subject.noun for subject in parse("a penguin family on the ice", 1).subjects} == {"penguin"}


def test_what_tells_most_stands_for_what_is_printed() -> None:
    assert [s.noun for s in parse("summer music festival poster", 1).subjects] == ["guitar"]


@pytest.mark.parametrize("prompt", ["a boy sails over the sea", "a boy sailing on a lake", "男孩在湖上划船"])
def test_who_sails_is_in_a_boat(prompt: str) -> None:
    boy, boat = parse(prompt, 0).subjects
    assert (boy.noun, boat.noun) == ("boy", "boat")
    assert boy.relation == Relation("in", 1) and boy.action == "sit"


@pytest.mark.parametrize(
    ("prompt", "place", "season", "time"),
    [
        ("two rabbits in a snowy village at night", "village", "winter", "night"),
        ("a christmas village", "village", "winter", None),
        ("a christmas market in the rain", "village", "winter", None),
        ("a night market", "street", None, "night"),
    ],
)
def test_a_place_whose_name_says_the_season_or_the_hour_has_it(
    prompt: str, place: str, season: str | None, time: str | None
) -> None:
    scene = parse(prompt, 7)
    assert (scene.place, scene.season, scene.time) == (place, season, time)
