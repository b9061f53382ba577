"""Check: each field at its limits and just over them, per card; and what is ignored is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from limner.catalog import load_catalog
from limner.checks import MAX_PROMPT_CHARACTERS, check, check_reference, settle
from limner.config import Settings
from limner.errors import BadRequest, InvalidImage, InvalidParameter, MissingParameter
from limner.types import SEED_LIMIT, Ask, ImageRequest, Reference, Size, SizeRule

catalog = load_catalog()
T2I_3 = "doubao-seedream-3-0-t2i-250415"
EDIT_3 = "doubao-seededit-3-0-i2i-250628"
V4 = "doubao-seedream-4-0-250828"
V45 = "doubao-seedream-4-5-251128"
V5 = "doubao-seedream-5-0-260128"
ALL = (T2I_3, EDIT_3, V4, V45, V5)
URL = "https://pictures.example/1.png"
REQUEST_ID = "02" + "1" * 13 + "a" * 38


def accepted(model: str, settings: Settings | None = None, **fields: Any) -> ImageRequest:
    """The request that a card makes of these fields; SeedEdit gets the picture that it needs."""
    images = (URL,) if model == EDIT_3 else ()
    ask = Ask(**{"model": model, "prompt": "a cat", "images": images, **fields})
    return check(ask, catalog.find(model), settings or Settings(), REQUEST_ID)


def refused(model: str, settings: Settings | None = None, **fields: Any) -> BadRequest:
    with pytest.raises(BadRequest) as error:
        accepted(model, settings, **fields)
    return error.value


def detail(error: BadRequest) -> str:
    """The part of an error's message after the contract's own words."""
    start = f"The parameter `{error.param}` specified in the request is not valid: "
    assert error.message.startswith(start), error.message
    return error.message.removeprefix(start).removesuffix(".")


@pytest.mark.parametrize("model", ALL)
def test_a_prompt_alone_gets_every_default(model: str) -> None:
    request = accepted(model)
    assert (request.id, request.model, request.card, request.prompt) == (REQUEST_ID, model, model, "a cat")
    assert (request.count, request.series, request.stream, request.partial_images) == (1, False, False, 0)
    assert (request.delivery, request.output_format, request.watermark) == ("url", "jpeg", True)
    assert (request.prompt_mode, request.tools, request.ignored) == ("standard", (), ())
    assert 0 <= request.seed < SEED_LIMIT


def test_the_name_that_was_asked_for_is_kept_beside_the_card_s() -> None:
    ask = Ask(model="ep-1", prompt="a cat")
    request = check(ask, catalog.find(V4), Settings(), REQUEST_ID)
    assert (request.model, request.card) == ("ep-1", V4)


@pytest.mark.parametrize("prompt", [None, "", "  \n\t"])
def test_a_request_without_a_prompt_misses_a_parameter(prompt: str | None) -> None:
    error = refused(V4, prompt=prompt)
    assert isinstance(error, MissingParameter) and error.param == "prompt"


def test_the_longest_prompt_and_one_character_more() -> None:
    assert accepted(V4, prompt="猫" * MAX_PROMPT_CHARACTERS).prompt == "猫" * MAX_PROMPT_CHARACTERS
    assert refused(V4, prompt="猫" * (MAX_PROMPT_CHARACTERS + 1)).param == "prompt"


@pytest.mark.parametrize("seed", [0, 1, 12345, 2_147_483_647])
def test_a_seed_in_range_is_used_by_every_model(seed: int) -> None:
    assert [accepted(model, seed=seed).seed for model in ALL] == [seed] * len(ALL)


@pytest.mark.parametrize("seed", [-2, 2_147_483_648, 10**30])
def test_a_seed_just_out_of_range_is_refused_by_every_model(seed: int) -> None:
    for model in ALL:
        assert detail(refused(model, seed=seed)) == "seed must be between -1 and 2147483647"


@pytest.mark.parametrize("seed", [None, -1])
def test_without_a_seed_each_request_gets_another(seed: int | None) -> None:
    assert len({accepted(V4, seed=seed).seed for _ in range(8)}) == 8


@pytest.mark.parametrize("seed", [None, -1])
def test_the_prompt_can_stand_for_the_seed(seed: int | None) -> None:
    settings = Settings(seed_default="prompt")
    assert accepted(V4, settings, seed=seed).seed == accepted(V45, settings, seed=seed).seed
    assert accepted(V4, settings, prompt="a dog").seed != accepted(V4, settings).seed
    assert accepted(V4, settings, seed=7).seed == 7


def test_a_prompt_with_a_lone_surrogate_can_stand_for_a_seed() -> None:
    assert 0 <= accepted(V4, Settings(seed_default="prompt"), prompt="\ud83d").seed < SEED_LIMIT


@pytest.mark.parametrize(("model", "default"), [(T2I_3, 2.5), (EDIT_3, 5.5)])
def test_guidance_at_its_ends_and_just_past_them(model: str, default: float) -> None:
    assert accepted(model).guidance_scale == default
    assert [accepted(model, guidance_scale=value).guidance_scale for value in (1.0, 10.0)] == [1.0, 10.0]
    for value in (0.999, 10.001, -5.0, float("nan"), float("inf")):
        error = refused(model, guidance_scale=value)
        assert error.param == "guidance_scale"
        assert detail(error) == "guidance_scale must be between 1.0 and 10.0"


@pytest.mark.parametrize("model", [V4, V45, V5])
def test_guidance_is_ignored_by_name_where_the_model_has_none(model: str) -> None:
    request = accepted(model, guidance_scale=100.0)
    assert (request.guidance_scale, request.ignored) == (None, ("guidance_scale",))


REFUSED = [
    *((model, "output_format", {"output_format": "jpeg"}) for model in (T2I_3, EDIT_3, V4, V45)),
    *((model, "output_format", {"output_format": "png"}) for model in (T2I_3, EDIT_3, V4, V45)),
    *((model, "tools", {"tools": ("web_search",)}) for model in (T2I_3, EDIT_3, V4, V45)),
    *((model, "layer_decomposition", {"layer_decomposition": True}) for model in ALL),
    *((model, "sequential_image_generation", {"series": "auto"}) for model in (T2I_3, EDIT_3)),
]


@pytest.mark.parametrize(("model", "field", "sent"), REFUSED)
def test_a_field_that_the_model_does_not_have_is_refused_by_name(
    model: str, field: str, sent: dict[str, Any]
) -> None:
    error = refused(model, **sent)
    assert error.param == field
    assert detail(error) == f"the parameter `{field}` is not supported by the current model"


@pytest.mark.parametrize(
    ("model", "field", "sent"),
    [
        (T2I_3, "image", {"images": (URL,)}),
        (T2I_3, "image", {"images": (URL,) * 20}),
        (T2I_3, "optimize_prompt_options", {"prompt_mode": "fast"}),
        (EDIT_3, "optimize_prompt_options", {"prompt_mode": "standard"}),
        (T2I_3, "sequential_image_generation_options", {"max_pictures": 3}),
        (EDIT_3, "sequential_image_generation_options", {"max_pictures": 99}),
        (V4, "guidance_scale", {"guidance_scale": 3.0}),
    ],
)
def test_a_field_without_effect_is_accepted_and_named(model: str, field: str, sent: dict[str, Any]) -> None:
    assert accepted(model, **sent).ignored == (field,)


def test_what_is_ignored_leaves_no_trace_in_the_request() -> None:
    request = accepted(T2I_3, images=(URL,), prompt_mode="fast", max_pictures=99)
    assert (request.images, request.prompt_mode, request.count) == ((), "standard", 1)


@pytest.mark.parametrize("model", ALL)
@pytest.mark.parametrize(
    "sent", [{"series": "disabled"}, {"layer_decomposition": False}, {"tools": ()}, {"n": 1}]
)
def test_a_value_that_asks_for_nothing_is_harmless_everywhere(model: str, sent: dict[str, Any]) -> None:
    assert accepted(model, **sent).ignored == ()


def test_unknown_fields_are_named_after_those_without_effect() -> None:
    request = accepted(V4, guidance_scale=3.0, n=4, unknown=("style", "user"))
    assert request.ignored == ("guidance_scale", "n", "style", "user")


@pytest.mark.parametrize(
    ("model", "sent", "field"),
    [
        (V4, {"delivery": "base64"}, "response_format"),
        (V4, {"delivery": ""}, "response_format"),
        (V4, {"series": "on"}, "sequential_image_generation"),
        (V5, {"output_format": "webp"}, "output_format"),
        (V5, {"output_format": "JPEG"}, "output_format"),
        (V4, {"prompt_mode": "slow"}, "optimize_prompt_options.mode"),
        (V5, {"tools": ("web_search", "python")}, "tools"),
        (V4, {"partial_images": 4}, "partial_images"),
        (V4, {"partial_images": -1}, "partial_images"),
        (V4, {"size": "1x1"}, "size"),
        (V4, {"size": ""}, "size"),
    ],
)
def test_a_value_that_no_model_knows_is_refused_by_name(model: str, sent: dict[str, Any], field: str) -> None:
    assert refused(model, **sent).param == field


def test_values_that_are_known_are_taken() -> None:
    request = accepted(
        V5,
        delivery="b64_json",
        output_format="png",
        watermark=False,
        tools=("web_search",),
        stream=True,
        partial_images=3,
        prompt_mode="standard",
        size="2k",
    )
    assert (request.delivery, request.output_format, request.watermark) == ("b64_json", "png", False)
    assert (request.tools, request.stream, request.partial_images) == (("web_search",), True, 3)
    assert (request.size, request.ignored) == (SizeRule("2K"), ())


def test_a_refused_output_format_lists_what_there_is() -> None:
    assert detail(refused(V5, output_format="webp")) == "must be one of: jpeg, png"


def test_only_4_0_has_a_fast_prompt_mode() -> None:
    assert accepted(V4, prompt_mode="fast").prompt_mode == "fast"
    for model in (V45, V5):
        assert detail(refused(model, prompt_mode="fast")) == (
            "optimize_prompt_options.mode must be 'standard'"
        )


@pytest.mark.parametrize("default", [True, False])
def test_the_mark_follows_the_request_and_else_the_settings(default: bool) -> None:
    settings = Settings(watermark_default=default)
    assert accepted(V4, settings).watermark is default
    assert accepted(V4, settings, watermark=True).watermark is True
    assert accepted(V4, settings, watermark=False).watermark is False


@pytest.mark.parametrize("model", [V4, V45, V5])
def test_fourteen_references_are_taken_and_fifteen_are_not(model: str) -> None:
    assert accepted(model, images=(URL,) * 14).images == (URL,) * 14
    assert detail(refused(model, images=(URL,) * 15)) == "number of reference images cannot exceed 14"


def test_seededit_takes_exactly_one_reference() -> None:
    assert accepted(EDIT_3).images == (URL,)
    assert detail(refused(EDIT_3, images=(URL, URL))) == "number of reference images cannot exceed 1"
    missing = refused(EDIT_3, images=())
    assert isinstance(missing, MissingParameter) and missing.param == "image"


@pytest.mark.parametrize("limit", [1, 15])
def test_max_images_at_its_ends_is_taken(limit: int) -> None:
    assert accepted(V4, series="auto", max_pictures=limit, prompt="20 pictures").count == limit


@pytest.mark.parametrize("limit", [0, 16, -1])
def test_max_images_past_its_ends_is_refused_with_auto_and_ignored_without(limit: int) -> None:
    error = refused(V4, series="auto", max_pictures=limit)
    assert error.param == "sequential_image_generation_options.max_images"
    assert accepted(V4, max_pictures=limit).count == 1
    assert accepted(V4, series="disabled", max_pictures=limit).count == 1


def test_max_images_without_auto_is_named_as_ignored() -> None:
    assert accepted(V4, max_pictures=3).ignored == ("sequential_image_generation_options",)
    assert accepted(V4, series="auto", max_pictures=3).ignored == ()


@pytest.mark.parametrize(
    ("prompt", "limit", "references", "count"),
    [
        ("a cat", None, 0, 4),
        ("a cat", 3, 0, 3),
        ("a cat", 15, 0, 4),
        ("a cat", None, 12, 3),
        ("6 pictures of a cat", None, 0, 6),
        ("6 pictures of a cat", 5, 0, 5),
        ("四季", 15, 2, 4),
        ("20张", None, 0, 15),
        ("15 pictures", 15, 2, 13),
        ("15 pictures", 15, 14, 1),
        ("2 pictures", None, 14, 1),
        ("one picture", None, 0, 1),
    ],
)
def test_how_many_pictures_a_series_has(prompt: str, limit: int | None, references: int, count: int) -> None:
    request = accepted(V4, series="auto", prompt=prompt, max_pictures=limit, images=(URL,) * references)
    assert (request.count, request.series) == (count, True)


def test_a_number_in_the_prompt_makes_no_series_unless_one_is_asked_for() -> None:
    assert accepted(V4, prompt="6 pictures of a cat").count == 1


def test_previews_of_an_answer_that_is_no_stream_are_named_as_ignored() -> None:
    assert accepted(V4, partial_images=2).ignored == ("partial_images",)
    assert accepted(V4, partial_images=2, stream=True).ignored == ()
    assert accepted(V4, partial_images=0).ignored == ()


def test_n_is_ignored_by_default_and_named() -> None:
    for n in (0, 4, -1, 10**9):
        request = accepted(V4, n=n)
        assert (request.count, request.series, request.ignored) == (1, False, ("n",))


def test_n_can_mean_a_series() -> None:
    settings = Settings(n_mode="series")
    for n, series in ((1, False), (2, True), (15, True)):
        request = accepted(V4, settings, n=n)
        assert (request.count, request.series, request.ignored) == (n, series, ())
    assert accepted(V4, settings, n=15, images=(URL,) * 2).count == 13
    assert accepted(V4, settings, n=3, prompt="2 pictures").count == 3


def test_n_can_mean_independent_pictures() -> None:
    settings = Settings(n_mode="independent")
    for model in ALL:
        request = accepted(model, settings, n=15)
        assert (request.count, request.series) == (15, False)


def test_a_model_without_series_makes_n_independent_pictures() -> None:
    request = accepted(T2I_3, Settings(n_mode="series"), n=3)
    assert (request.count, request.series) == (3, False)


@pytest.mark.parametrize("mode", ["series", "independent"])
@pytest.mark.parametrize("n", [0, 16, -1])
def test_n_past_its_ends_is_refused_where_it_counts(mode: str, n: int) -> None:
    settings = Settings.model_validate({"n_mode": mode})
    assert detail(refused(V4, settings, n=n)) == "n must be between 1 and 15"


@pytest.mark.parametrize("mode", ["ignore", "series", "independent"])
def test_auto_decides_over_n_which_is_named_as_ignored(mode: str) -> None:
    settings = Settings.model_validate({"n_mode": mode})
    request = accepted(V4, settings, series="auto", n=9, max_pictures=2)
    assert (request.count, request.series, request.ignored) == (2, True, ("n",))


def test_what_the_client_sent_goes_along_for_relays() -> None:
    request = accepted(V4, sent={"prompt": "a cat", "style": "vivid"}, engine_options={"fake": "fail=1"})
    assert request.sent == {"prompt": "a cat", "style": "vivid"}
    assert request.engine_options == {"fake": "fail=1"}


def header(width: int, height: int, format: str = "png", size_bytes: int = 100) -> Reference:
    return Reference(bytes(size_bytes), format, width, height)


@pytest.mark.parametrize(
    ("model", "reference"),
    [
        (V4, header(15, 15)),
        (V4, header(6000, 6000)),
        (V4, header(1600, 100)),
        (V4, header(100, 1600)),
        (V4, header(100, 100, size_bytes=30 << 20)),
        (EDIT_3, header(300, 100)),
        (EDIT_3, header(100, 300)),
        (EDIT_3, header(100, 100, size_bytes=10 << 20)),
        *(
            (V4, header(64, 64, name))
            for name in ("jpeg", "png", "webp", "bmp", "tiff", "gif", "heic", "heif")
        ),
        *((EDIT_3, header(64, 64, name)) for name in ("jpeg", "png")),
    ],
)
def test_a_reference_at_its_limit_is_taken(model: str, reference: Reference) -> None:
    check_reference(reference, catalog.find(model))


@pytest.mark.parametrize(
    ("model", "reference", "said"),
    [
        (V4, header(14, 100), "more than 14 pixels"),
        (V4, header(100, 14), "more than 14 pixels"),
        (V4, header(6001, 6000), "at most 36000000 pixels"),
        (V4, header(1601, 100), "between 1/16 and 16"),
        (V4, header(100, 1601), "between 1/16 and 16"),
        (V4, header(100, 100, size_bytes=(30 << 20) + 1), "exceeds 30 MB"),
        (EDIT_3, header(301, 100), "between 1/3 and 3"),
        (EDIT_3, header(100, 301), "between 1/3 and 3"),
        (EDIT_3, header(100, 100, size_bytes=(10 << 20) + 1), "exceeds 10 MB"),
    ],
)
def test_a_reference_just_over_its_limit_is_refused(model: str, reference: Reference, said: str) -> None:
    with pytest.raises(InvalidParameter) as error:
        check_reference(reference, catalog.find(model))
    assert said in detail(error.value) and error.value.param == "image"


@pytest.mark.parametrize("name", ["webp", "bmp", "tiff", "gif", "heic", "heif"])
def test_a_format_that_the_card_does_not_take_is_refused(name: str) -> None:
    with pytest.raises(InvalidImage, match=f"{name} is not among the formats jpeg, png"):
        check_reference(header(64, 64, name), catalog.find(EDIT_3))


def test_a_size_in_pixels_is_settled_as_it_is() -> None:
    request = accepted(V4, size="1600x600", prompt="a cat, 1:1")
    assert settle(request, (header(100, 300),), catalog) is request


@pytest.mark.parametrize(
    ("model", "prompt", "references", "size"),
    [
        (V4, "a cat", (), Size(2048, 2048)),
        (V4, "a cat, 16:9", (header(100, 100),), Size(2848, 1600)),
        (V4, "a cat", (header(300, 200), header(100, 100)), Size(2496, 1664)),
        (EDIT_3, "a cat, 1:1", (header(1600, 900),), Size(1312, 736)),
    ],
)
def test_a_rule_is_settled_by_the_prompt_or_the_first_reference(
    model: str, prompt: str, references: tuple[Reference, ...], size: Size
) -> None:
    request = accepted(model, prompt=prompt, size="adaptive" if model == EDIT_3 else "2K")
    assert settle(request, references, catalog) == replace(request, size=size)
