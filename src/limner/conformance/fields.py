"""Fields: null as absent, what is ignored, and each range at its ends and just past them."""

from __future__ import annotations

from limner.conformance.answers import one_picture
from limner.conformance.case import Area
from limner.conformance.expect import answer_of, assert_error, check, ignored_fields
from limner.conformance.pictures import reference
from limner.conformance.target import Target
from limner.conformance.wire import generate, post

area = Area("fields")

NULLABLE = (
    "image",
    "size",
    "response_format",
    "watermark",
    "seed",
    "guidance_scale",
    "sequential_image_generation",
    "sequential_image_generation_options",
    "stream",
    "output_format",
    "optimize_prompt_options",
    "optimize_prompt",
    "tools",
    "layer_decomposition",
    "background",
    "negative_prompt",
    "n",
)
FAMILIES = ("3.0", "seededit", "4.0", "4.5", "5.0")

IGNORED = (
    ("4.0", "n", 4),
    ("4.0", "num_outputs", 4),
    ("4.0", "negative_prompt", "people"),
    ("4.0", "reference_images", ["x"]),
    ("4.0", "aspect_ratio", "16:9"),
    ("4.0", "guidance_scale", 2.5),
    ("4.0", "background", "transparent"),
    ("4.0", "quality", "hd"),
    ("4.0", "style", "vivid"),
    ("4.0", "user", "me"),
    ("4.0", "moderation", "low"),
    ("4.0", "output_compression", 80),
    ("4.0", "a_field_of_no_api", {"deep": [1, 2, None]}),
    ("3.0", "optimize_prompt_options", {"mode": "fast"}),
)

ACCEPTED: tuple[tuple[str, dict[str, object]], ...] = (
    ("3.0", {"guidance_scale": 1}),
    ("3.0", {"guidance_scale": 10}),
    ("3.0", {"guidance_scale": 7.25}),
    ("4.0", {"optimize_prompt_options": {"mode": "fast"}}),
    ("4.0", {"optimize_prompt_options": {"mode": "standard", "thinking": "auto"}}),
    ("4.5", {"optimize_prompt_options": {"mode": "standard"}}),
    ("4.0", {"optimize_prompt_options": {}}),
    ("4.0", {"optimize_prompt": True}),
    ("4.0", {"layer_decomposition": False}),
    ("4.0", {"sequential_image_generation_options": {}}),
    ("4.0", {"sequential_image_generation_options": {"max_images": None}}),
    ("4.0", {"response_format": "url", "watermark": False}),
    ("5.0", {"output_format": "jpeg"}),
)

REFUSED: tuple[tuple[str, dict[str, object], str, str], ...] = (
    ("3.0", {"guidance_scale": 0.99}, "guidance_scale", "guidance_scale must be between 1.0 and 10.0"),
    ("3.0", {"guidance_scale": 10.01}, "guidance_scale", "guidance_scale must be between 1.0 and 10.0"),
    ("4.0", {"seed": -2}, "seed", ""),
    ("4.0", {"seed": 2147483648}, "seed", ""),
    ("4.0", {"seed": 1.5}, "seed", ""),
    ("4.0", {"seed": "7"}, "seed", ""),
    ("4.0", {"seed": True}, "seed", ""),
    ("4.0", {"response_format": "file"}, "response_format", ""),
    ("4.0", {"watermark": "true"}, "watermark", ""),
    ("4.0", {"watermark": 1}, "watermark", ""),
    ("4.0", {"stream": "true"}, "stream", ""),
    ("4.0", {"output_format": "png"}, "output_format", "not supported by the current model"),
    ("4.0", {"output_format": "jpeg"}, "output_format", "not supported by the current model"),
    ("4.5", {"output_format": "png"}, "output_format", "not supported by the current model"),
    ("3.0", {"output_format": "png"}, "output_format", ""),
    ("5.0", {"output_format": "webp"}, "output_format", "must be one of: jpeg, png"),
    (
        "4.5",
        {"optimize_prompt_options": {"mode": "fast"}},
        "optimize_prompt_options.mode",
        "must be 'standard'",
    ),
    (
        "5.0",
        {"optimize_prompt_options": {"mode": "fast"}},
        "optimize_prompt_options.mode",
        "must be 'standard'",
    ),
    ("4.0", {"optimize_prompt_options": {"mode": "slow"}}, "optimize_prompt_options.mode", ""),
    ("4.0", {"tools": [{"type": "web_search"}]}, "tools", ""),
    ("3.0", {"tools": [{"type": "web_search"}]}, "tools", ""),
    ("4.0", {"layer_decomposition": True}, "layer_decomposition", ""),
)


@area.rows("{0} takes null for absent in every optional field", "1.2", tuple((f,) for f in FAMILIES))
def null_is_absent(target: Target, family: str) -> None:
    fields: dict[str, object] = dict.fromkeys(NULLABLE)
    if family == "seededit":
        fields["image"] = reference()
    response = generate(target, family, **fields)
    one_picture(target, response, family)
    check(not ignored_fields(response), "null is not named as ignored", response)


@area.rows("{0} makes one picture although {1} is sent", "1.2", IGNORED)
def ignored(target: Target, family: str, name: str, value: object) -> None:
    response = generate(target, family, size="1280x720", **{name: value})
    seen = one_picture(target, response, family)
    check(seen.size == "1280x720", "the size is the one asked for", response)


@area.rows("{0} names {1} as ignored", "8", IGNORED, own_choice=True)
def ignored_is_named(target: Target, family: str, name: str, value: object) -> None:
    response = generate(target, family, size="1280x720", **{name: value})
    check(ignored_fields(response) == {name}, f"X-Limner-Ignored names {name}", response)


@area.case("a request whose every field counts has none ignored", "8", own_choice=True)
def nothing_ignored(target: Target) -> None:
    response = generate(target, "4.0", size="1280x720", seed=1, watermark=False, response_format="url")
    check("x-limner-ignored" not in response.headers, "there is no such header", response)


@area.rows("{0} accepts {1}", "1.2", ACCEPTED)
def accepted(target: Target, family: str, fields: dict[str, object]) -> None:
    one_picture(target, generate(target, family, **fields), family)


@area.rows("{0} refuses {1}", "1.2", REFUSED, pictures=0)
def refused(target: Target, family: str, fields: dict[str, object], param: str, message: str) -> None:
    assert_error(generate(target, family, **fields), 400, "InvalidParameter", param, message)


@area.case("web search is counted by 5.0", "6.17")
def web_search(target: Target) -> None:
    response = generate(target, "5.0", tools=[{"type": "web_search"}])
    usage = answer_of(response)["usage"]
    counted = usage.get("tool_usage", {}).get("web_search") if isinstance(usage, dict) else None
    check(isinstance(counted, int) and counted >= 0, "usage.tool_usage.web_search is a count", response)


@area.case("a tool that is unknown is refused by 5.0", "1.2", own_choice=True, pictures=0)
def unknown_tool(target: Target) -> None:
    refusal = generate(target, "5.0", tools=[{"type": "code_interpreter"}])
    assert_error(refusal, 400, "InvalidParameter")


@area.rows("a request without {0} is refused", "4", (("model",), ("prompt",)), pictures=0)
def missing(target: Target, name: str) -> None:
    whole = {"model": target.model("4.0"), "prompt": "a fox"}
    without = {key: value for key, value in whole.items() if key != name}
    assert_error(post(target, without), 400, "MissingParameter", name)
    assert_error(post(target, {**without, name: None}), 400, "MissingParameter", name)


@area.case("an empty prompt counts as missing", "8", own_choice=True, pictures=0)
def empty_prompt(target: Target) -> None:
    assert_error(generate(target, "4.0", prompt=""), 400, "MissingParameter", "prompt")


@area.case("a prompt that is a list is refused in the API's words", "1.2", pictures=0)
def prompt_list(target: Target) -> None:
    message = "The parameter `prompt` specified in the request is not valid."
    refusal = generate(target, "4.0", prompt=["a fox"])
    assert_error(refusal, 400, "InvalidParameter", "prompt", message)
