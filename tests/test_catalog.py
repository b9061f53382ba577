"""Cards and sizes: every limit at it and just over it, and how a rule becomes pixels."""

from __future__ import annotations

from fractions import Fraction

import pytest

from limner.catalog import Card, load_catalog, parse_catalog, to_size, within_ratio
from limner.errors import ConfigError, InvalidParameter, ModelNotFound
from limner.types import Size, SizeRule

catalog = load_catalog()
T2I_3 = "doubao-seedream-3-0-t2i-250415"
EDIT_3 = "doubao-seededit-3-0-i2i-250628"
V4 = "doubao-seedream-4-0-250828"
V45 = "doubao-seedream-4-5-251128"
V5 = "doubao-seedream-5-0-260128"
MODELS = (T2I_3, EDIT_3, V4, V45, V5)


def refusal(card: Card, text: str) -> str:
    """What a card says about a size that it does not take, without the sentence around it."""
    with pytest.raises(InvalidParameter) as refused:
        card.parse_size(text)
    assert refused.value.param == "size"
    start = "The parameter `size` specified in the request is not valid: "
    assert refused.value.message.startswith(start)
    return refused.value.message.removeprefix(start).removesuffix(".")


def test_there_is_a_card_for_each_model() -> None:
    assert tuple(card.id for card in catalog.cards) == MODELS


@pytest.mark.parametrize(
    ("name", "model"),
    [
        *((model, model) for model in MODELS),
        *((model.removeprefix("doubao-"), model) for model in MODELS),
        ("doubao-seedream-3.0-t2i", T2I_3),
        ("bytedance-seedream-4", V4),
        ("doubao-seedream-5-0-lite-260128", V5),
        ("seedream-5-0-lite-260128", V5),
        ("doubao-seedream-5.0-lite", V5),
    ],
)
def test_every_spelling_of_a_model_finds_its_card(name: str, model: str) -> None:
    assert catalog.find(name).id == model


@pytest.mark.parametrize("name", ["", "dall-e-3", V4.upper(), V4 + " ", "seedream", "doubao-seedream-4-0"])
def test_a_name_that_no_card_has_is_not_found(name: str) -> None:
    with pytest.raises(ModelNotFound, match="does not exist or you do not have access"):
        catalog.find(name)


def test_no_two_cards_share_a_name() -> None:
    names = [name for card in catalog.cards for name in (card.id, *card.names)]
    assert len(names) == len(set(names))


def test_an_alias_finds_the_card_of_its_model_and_changes_nothing_else() -> None:
    more = catalog.with_aliases({"gpt-image-1": V4, "ep-2026": "seedream-4-5-251128"})
    assert more.find("gpt-image-1").id == V4
    assert more.find("ep-2026").id == V45
    assert more.cards == catalog.cards
    with pytest.raises(ModelNotFound):
        catalog.find("gpt-image-1")


@pytest.mark.parametrize("aliases", [{"a": "b"}, {"a": "a"}, {"a": "b", "b": V4}])
def test_an_alias_of_no_card_stops_the_start(aliases: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="aliases: a stands for"):
        catalog.with_aliases(aliases)


@pytest.mark.parametrize(
    ("model", "size"),
    [(T2I_3, Size(1024, 1024)), (EDIT_3, SizeRule("adaptive"))]
    + [(model, Size(2048, 2048)) for model in (V4, V45, V5)],
)
def test_the_size_when_none_is_asked_for(model: str, size: Size | SizeRule) -> None:
    assert catalog.find(model).parse_size(None) == size


@pytest.mark.parametrize(
    ("model", "presets"),
    [
        (T2I_3, ()),
        (EDIT_3, ("adaptive",)),
        (V4, ("1K", "2K", "4K")),
        (V45, ("2K", "4K")),
        (V5, ("2K", "3K", "4K")),
    ],
)
def test_a_card_takes_its_own_presets_in_any_case_and_no_others(model: str, presets: tuple[str, ...]) -> None:
    card = catalog.find(model)
    for preset in ("1K", "1.5K", "2K", "3K", "4K", "adaptive", "auto"):
        if preset in presets:
            for spelling in (preset, preset.lower(), preset.upper()):
                assert card.parse_size(spelling) == SizeRule(preset)
        else:
            assert refusal(card, preset) == f"the specified size is not supported for model {card.short_id}"


def test_a_refused_preset_names_the_model_without_its_date() -> None:
    expected = "the specified size is not supported for model doubao-seedream-4-5"
    assert refusal(catalog.find(V45), "1K") == refusal(catalog.find(V45), "adaptive") == expected


@pytest.mark.parametrize(
    ("model", "smallest", "too_small", "min_pixels"),
    [
        (T2I_3, "512x512", "511x513", 262_144),
        (V4, "1280x720", "1279x720", 921_600),
        (V45, "2560x1440", "2559x1440", 3_686_400),
        (V5, "2560x1440", "2560x1439", 3_686_400),
    ],
)
def test_the_smallest_size_and_one_below(model: str, smallest: str, too_small: str, min_pixels: int) -> None:
    card = catalog.find(model)
    assert card.parse_size(smallest) == to_size(smallest)
    assert refusal(card, too_small) == f"image size must be at least {min_pixels} pixels"


@pytest.mark.parametrize(
    ("model", "largest", "too_large", "max_pixels"),
    [
        (T2I_3, "2048x2048", "2049x2048", 4_194_304),
        (V4, "4096x4096", "4097x4096", 16_777_216),
        (V45, "8192x2048", "8193x2048", 16_777_216),
        (V5, "2048x8192", "2048x8193", 16_777_216),
    ],
)
def test_the_largest_size_and_one_above(model: str, largest: str, too_large: str, max_pixels: int) -> None:
    card = catalog.find(model)
    assert card.parse_size(largest) == to_size(largest)
    assert refusal(card, too_large) == f"image size must be at most {max_pixels} pixels"


@pytest.mark.parametrize(
    ("model", "at", "over"),
    [
        (T2I_3, "2048x128", "2049x128"),
        (V4, "3840x240", "3857x241"),
        (V45, "480x7680", "480x7681"),
        (V5, "16384x1024", "16380x1023"),
    ],
)
def test_the_ratio_at_its_limit_and_just_over(model: str, at: str, over: str) -> None:
    card = catalog.find(model)
    assert card.parse_size(at) == to_size(at)
    assert refusal(card, over) == "the aspect ratio must be between 1/16 and 16"


@pytest.mark.parametrize(
    ("model", "size"),
    [(V45, "3750x1250"), (V5, "3750x1250"), (V4, "1600x600"), (V4, "1500x1500"), (V4, "1312x736")]
    + [(model, "2848x1600") for model in (V4, V45, V5)]
    + [(model, "2560x1440") for model in (V4, V45, V5)]
    + [(T2I_3, size) for size in ("864x1152", "1152x864", "720x1280", "1512x648", "513x517")],
)
def test_sizes_that_the_documentation_calls_valid(model: str, size: str) -> None:
    assert catalog.find(model).parse_size(size) == to_size(size)


@pytest.mark.parametrize(
    ("model", "size", "min_pixels"),
    [
        (V45, "1500x1500", 3_686_400),
        (V5, "1500x1500", 3_686_400),
        (V4, "800x800", 921_600),
        (V4, "1x1", 921_600),
        (V45, "1x1", 3_686_400),
        (T2I_3, "1x1", 262_144),
    ],
)
def test_sizes_that_the_documentation_calls_too_small(model: str, size: str, min_pixels: int) -> None:
    assert refusal(catalog.find(model), size) == f"image size must be at least {min_pixels} pixels"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "2048",
            "2048*2048",
            "2048 x 2048",
            "2048x2048 ",
            "0x0",
            "-2048x2048",
            "2048.5x2048",
            "2048x",
        ),
        *("02048x2048", "2048x2048x2048", "9999999x1", "２０４８x２０４８", "2048x2048\n", "big", "1e4x1e4"),
    ],
)
def test_what_is_no_size_is_refused(text: str) -> None:
    assert "not supported for model doubao-seedream-4-0" in refusal(catalog.find(V4), text)


def test_a_capital_x_separates_as_well() -> None:
    assert catalog.find(V4).parse_size("1024X2048") == Size(1024, 2048)


def test_seededit_takes_no_explicit_size() -> None:
    assert "not supported" in refusal(catalog.find(EDIT_3), "1024x1024")


@pytest.mark.parametrize("preset", ["1K", "2K", "3K", "4K"])
def test_a_ratio_that_is_asked_for_picks_its_row_whatever_the_reference(preset: str) -> None:
    for ratio, size in catalog.presets[preset].items():
        assert catalog.settle(SizeRule(preset), ratio, Fraction(3, 7)) == size


@pytest.mark.parametrize(
    ("preset", "ratio", "size"),
    [
        ("1K", "21:9", "1512x648"),
        ("2K", "16:9", "2848x1600"),
        ("2K", "3:4", "1728x2304"),
        ("3K", "9:16", "2304x4096"),
        ("4K", "4:3", "4704x3520"),
    ],
)
def test_rows_of_the_preset_tables(preset: str, ratio: str, size: str) -> None:
    assert catalog.settle(SizeRule(preset), ratio, None) == to_size(size)


@pytest.mark.parametrize(
    ("reference", "size"),
    [
        ("2000x1000", "2848x1600"),
        ("1000x1500", "1664x2496"),
        ("5000x500", "3136x1344"),
        ("99x100", "2048x2048"),
    ],
)
def test_without_a_ratio_the_reference_s_nearest_row_is_taken(reference: str, size: str) -> None:
    given = to_size(reference)
    assert catalog.settle(SizeRule("2K"), None, Fraction(given.width, given.height)) == to_size(size)


def test_without_ratio_and_reference_the_picture_is_square() -> None:
    assert catalog.settle(SizeRule("2K"), None, None) == Size(2048, 2048)
    assert catalog.settle(SizeRule("2K"), "12:30", None) == Size(2048, 2048)
    assert catalog.settle(SizeRule("adaptive"), None, None) == Size(1024, 1024)


@pytest.mark.parametrize("preset", ["1K", "2K", "3K", "4K"])
def test_every_preset_row_is_a_size_that_its_cards_take_when_written_out(preset: str) -> None:
    for card in catalog.cards:
        if preset in card.presets:
            for size in catalog.presets[preset].values():
                if size.pixels <= card.max_pixels:
                    assert card.parse_size(str(size)) == size


def test_the_adaptive_table_is_the_documented_one() -> None:
    assert len(catalog.adaptive) == 53
    assert catalog.adaptive[0] == (Fraction("0.33"), Size(512, 1536))
    assert catalog.adaptive[-1] == (Fraction(3), Size(1536, 512))
    assert all(abs(ratio - Fraction(s.width, s.height)) < Fraction("0.02") for ratio, s in catalog.adaptive)


@pytest.mark.parametrize(
    ("ratio", "size"),
    [
        (Fraction(16, 9), "1312x736"),  # the documented sample answers 3772 tokens: 1312 * 736 / 256
        (Fraction(1), "1024x1024"),
        (Fraction(1, 3), "512x1536"),
        (Fraction(3), "1536x512"),
        (Fraction(30), "1536x512"),
        (Fraction(3, 4), "864x1152"),
        (Fraction("1.80"), "1280x704"),  # as near to 1.82 as to 1.78, which comes later
        (Fraction("1.76"), "1280x736"),  # between 1.74 and 1.78
        (Fraction("0.34"), "512x1536"),  # between 0.33 and 0.35
        (Fraction("0.3401"), "544x1536"),
        (Fraction("1.03"), "1024x1024"),  # between 1 and 1.06
        (Fraction("2.91"), "1536x544"),  # between 2.82 and 3
    ],
)
def test_adaptive_takes_the_nearest_row_and_the_first_one_in_a_tie(ratio: Fraction, size: str) -> None:
    assert catalog.settle(SizeRule("adaptive"), None, ratio) == to_size(size)


def test_adaptive_follows_the_reference_and_not_the_prompt() -> None:
    assert catalog.settle(SizeRule("adaptive"), "16:9", Fraction(1)) == Size(1024, 1024)


def test_a_ratio_is_compared_exactly() -> None:
    assert within_ratio(16 * 10**15, 10**15, 16) and within_ratio(10**15, 16 * 10**15, 16)
    assert not within_ratio(16 * 10**15 + 1, 10**15, 16)
    assert not within_ratio(10**15, 16 * 10**15 + 1, 16)


def test_every_card_can_settle_its_default_and_its_presets() -> None:
    for card in catalog.cards:
        for text in (None, *card.presets):
            size = card.parse_size(text)
            if isinstance(size, SizeRule):
                assert catalog.settle(size, None, None).pixels > 0


@pytest.mark.parametrize(
    ("model", "max_count", "max_mib", "max_ratio"),
    [(EDIT_3, 1, 10, 3), (V4, 14, 30, 16), (V45, 14, 30, 16), (V5, 14, 30, 16)],
)
def test_the_reference_limits_of_each_card(model: str, max_count: int, max_mib: int, max_ratio: int) -> None:
    limits = catalog.find(model).references
    assert limits is not None
    assert (limits.max, limits.max_bytes, limits.max_ratio) == (max_count, max_mib * 1024 * 1024, max_ratio)
    assert (limits.min_side, limits.max_pixels) == (15, 36_000_000)


def test_text_to_image_3_0_takes_no_references() -> None:
    assert catalog.find(T2I_3).references is None


def test_a_card_is_readable_by_machine() -> None:
    shown = catalog.find(V4).to_json()
    assert shown["id"] == V4
    assert shown["min_pixels"] == 921_600 and shown["max_pixels"] == 16_777_216
    assert "guidance_scale" not in shown


CARD = """
adaptive = []
[[card]]
id = "m-1"
title = "M"
family = "m"
default_size = "1024x1024"
max_pixels = 4194304
%s
[presets]
"""


def test_a_catalog_of_one_s_own_is_read() -> None:
    assert parse_catalog(CARD % "").find("m-1").parse_size(None) == Size(1024, 1024)


@pytest.mark.parametrize(
    "line",
    [
        "colour = 'red'",
        "references = { count = 3 }",
        "guidance_scale = { min = 1 }",
        "title = 'again'",
        "x",
        "fields = { tools = 'forbid' }",
        "presets = ['2K']",
        "default_size = '9K'",
    ],
)
def test_a_catalog_with_a_card_that_says_something_unknown_stops_the_start(line: str) -> None:
    text = CARD % line
    if line.startswith("default_size"):
        text = text.replace('default_size = "1024x1024"\n', "")
    with pytest.raises(ConfigError, match="the catalog cannot be read"):
        parse_catalog(text)


@pytest.mark.parametrize("text", ["[presets]", "adaptive = [['x', '1x1']]\n[presets]", "card = []"])
def test_a_catalog_without_its_tables_stops_the_start(text: str) -> None:
    with pytest.raises(ConfigError, match="the catalog cannot be read"):
        parse_catalog(text)


def test_the_most_pixels_of_a_rule_are_those_of_its_largest_row() -> None:
    assert catalog.most_pixels(Size(512, 256)) == 512 * 256
    for preset, table in catalog.presets.items():
        assert catalog.most_pixels(SizeRule(preset)) == max(size.pixels for size in table.values())
    assert catalog.most_pixels(SizeRule("adaptive")) == max(size.pixels for _, size in catalog.adaptive)
