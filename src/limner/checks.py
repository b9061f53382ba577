"""Check: an Ask held against its card becomes an ImageRequest, or the error that names the field.

Every field is honoured, refused by name, or listed as ignored; nothing is dropped silently.
Nothing is fetched or decoded here; what depends on the references is settled by settle().
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, cast

from limner.catalog import Card, Catalog, within_ratio
from limner.config import Settings
from limner.errors import InvalidImage, InvalidParameter, MissingParameter
from limner.prompts import asked_count, asked_ratio
from limner.types import SEED_LIMIT, Ask, Delivery, ImageRequest, OutputFormat, Reference, SizeRule

MAX_PICTURES = 15
"""Of one request: references and pictures of a series together."""
MAX_PROMPT_CHARACTERS = 100_000
USUAL_SERIES = 4
MAX_PARTIAL_IMAGES = 3
DELIVERIES = ("url", "b64_json")
PROMPT_MODES = ("standard", "fast")

# attribute of Ask -> the field's name on the wire, for rules that stand in the card
WIRE_NAMES = {
    "images": "image",
    "series": "sequential_image_generation",
    "max_pictures": "sequential_image_generation_options",
    "guidance_scale": "guidance_scale",
    "output_format": "output_format",
    "prompt_mode": "optimize_prompt_options",
    "tools": "tools",
    "layer_decomposition": "layer_decomposition",
}
HARMLESS = {"series": "disabled", "layer_decomposition": False}
"""Values that ask for nothing, so that a model without the field accepts them."""


@dataclass(frozen=True, slots=True)
class _Plan:
    count: int
    series: bool


def check(ask: Ask, card: Card, settings: Settings, request_id: str) -> ImageRequest:
    """The request that the card accepts. Raises MissingParameter and InvalidParameter."""
    ask, ignored = _apply_field_rules(ask, card)
    prompt = _prompt(ask)
    _check_reference_count(ask, card)
    plan = _plan(ask, card, settings, prompt)
    return ImageRequest(
        id=request_id,
        model=ask.model or "",
        card=card.id,
        prompt=prompt,
        size=card.parse_size(ask.size),
        seed=_seed(ask.seed, prompt, settings),
        images=ask.images,
        guidance_scale=_guidance(ask.guidance_scale, card),
        count=plan.count,
        series=plan.series,
        watermark=settings.watermark_default if ask.watermark is None else ask.watermark,
        output_format=_output_format(ask.output_format, card),
        delivery=cast(Delivery, _one_of("response_format", ask.delivery, DELIVERIES)),
        prompt_mode=_prompt_mode(ask.prompt_mode, card),
        tools=_tools(ask.tools),
        stream=bool(ask.stream),
        partial_images=_partial_images(ask.partial_images),
        ignored=(*ignored, *_without_effect(ask, settings), *ask.unknown),
        engine_options=ask.engine_options,
        sent=ask.sent,
    )


def check_reference(reference: Reference, card: Card) -> None:
    """Hold the header of one reference against the card. Raises InvalidParameter, InvalidImage."""
    limits = card.references
    assert limits is not None, "the card takes no references"
    if len(reference.data) > limits.max_bytes:
        raise _image_error(f"image size exceeds {limits.max_bytes >> 20} MB")
    if reference.format not in limits.formats:
        raise InvalidImage(
            f"The parameter `image` specified in the request is not valid: "
            f"{reference.format} is not among the formats {', '.join(limits.formats)}."
        )
    if min(reference.width, reference.height) < limits.min_side:
        raise _image_error(f"width and height must be more than {limits.min_side - 1} pixels")
    if reference.width * reference.height > limits.max_pixels:
        raise _image_error(f"an image must have at most {limits.max_pixels} pixels")
    if not within_ratio(reference.width, reference.height, limits.max_ratio):
        raise _image_error(f"the aspect ratio must be between 1/{limits.max_ratio} and {limits.max_ratio}")


def settle(request: ImageRequest, references: Sequence[Reference], catalog: Catalog) -> ImageRequest:
    """The request with its size in pixels, now that the references are known."""
    if not isinstance(request.size, SizeRule):
        return request
    first = Fraction(references[0].width, references[0].height) if references else None
    return replace(request, size=catalog.settle(request.size, asked_ratio(request.prompt), first))


def _apply_field_rules(ask: Ask, card: Card) -> tuple[Ask, tuple[str, ...]]:
    """Drop what the card ignores, and name it; refuse what it refuses."""
    ignored: list[str] = []
    for attribute, wire_name in WIRE_NAMES.items():
        rule = card.rule(wire_name)
        value = getattr(ask, attribute)
        if rule == "use" or value in (None, ()) or HARMLESS.get(attribute) == value:
            continue
        if rule == "refuse":
            raise InvalidParameter.named(
                wire_name, f"the parameter `{wire_name}` is not supported by the current model"
            )
        ignored.append(wire_name)
        ask = _without(ask, attribute)
    return ask, tuple(ignored)


def _without_effect(ask: Ask, settings: Settings) -> Iterator[str]:
    """Fields that the card knows and that count for nothing beside the others."""
    auto = ask.series == "auto"
    if ask.max_pictures is not None and not auto:
        yield WIRE_NAMES["max_pictures"]
    if ask.n not in (None, 1) and (auto or settings.n_mode == "ignore"):
        yield "n"
    if ask.partial_images and not ask.stream:
        yield "partial_images"


def _without(ask: Ask, attribute: str) -> Ask:
    nothing: dict[str, Any] = {attribute: () if attribute == "images" else None}
    return replace(ask, **nothing)


def _prompt(ask: Ask) -> str:
    if not ask.prompt or not ask.prompt.strip():
        raise MissingParameter.named("prompt")
    if len(ask.prompt) > MAX_PROMPT_CHARACTERS:
        raise InvalidParameter.named("prompt", f"at most {MAX_PROMPT_CHARACTERS} characters are accepted")
    return ask.prompt


def _check_reference_count(ask: Ask, card: Card) -> None:
    limits = card.references
    if limits is None:
        return
    if len(ask.images) < limits.min:
        raise MissingParameter.named("image")
    if len(ask.images) > limits.max:
        raise _image_error(f"number of reference images cannot exceed {limits.max}")


def _image_error(detail: str) -> InvalidParameter:
    return InvalidParameter.named("image", detail)


def _plan(ask: Ask, card: Card, settings: Settings, prompt: str) -> _Plan:
    """How many pictures, and whether they belong together."""
    series = _one_of("sequential_image_generation", ask.series, ("disabled", "auto")) == "auto"
    wanted, limit = asked_count(prompt), ask.max_pictures
    if series and limit is not None and not 1 <= limit <= MAX_PICTURES:
        raise InvalidParameter.named(
            "sequential_image_generation_options.max_images",
            f"max_images must be between 1 and {MAX_PICTURES}",
        )
    if not series and ask.n is not None and settings.n_mode != "ignore":
        if not 1 <= ask.n <= MAX_PICTURES:
            raise InvalidParameter.named("n", f"n must be between 1 and {MAX_PICTURES}")
        wanted = limit = ask.n
        series = settings.n_mode == "series" and card.max_series > 0 and ask.n > 1
        if not series:
            return _Plan(ask.n, series=False)
    if not series:
        return _Plan(1, series=False)
    cap = max(1, min(limit or MAX_PICTURES, card.max_series - len(ask.images)))
    return _Plan(max(1, min(wanted if wanted is not None else USUAL_SERIES, cap)), series=True)


def _seed(seed: int | None, prompt: str, settings: Settings) -> int:
    if seed is not None and not -1 <= seed < SEED_LIMIT:
        raise InvalidParameter.named("seed", f"seed must be between -1 and {SEED_LIMIT - 1}")
    if seed is not None and seed >= 0:
        return seed
    if settings.seed_default == "prompt":
        digest = hashlib.sha256(prompt.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:4], "big") % SEED_LIMIT
    return secrets.randbelow(SEED_LIMIT)


def _guidance(value: float | None, card: Card) -> float | None:
    limits = card.guidance_scale
    if limits is None:
        return None
    if value is None:
        return limits.default
    if not limits.min <= value <= limits.max:
        raise InvalidParameter.named(
            "guidance_scale", f"guidance_scale must be between {limits.min} and {limits.max}"
        )
    return value


def _output_format(value: str | None, card: Card) -> OutputFormat:
    return cast(OutputFormat, _one_of("output_format", value, card.output_formats))


def _prompt_mode(value: str | None, card: Card) -> str:
    mode = _one_of("optimize_prompt_options.mode", value, PROMPT_MODES)
    if mode not in card.prompt_modes:
        accepted = " or ".join(f"'{name}'" for name in card.prompt_modes)
        raise InvalidParameter.named(
            "optimize_prompt_options.mode", f"optimize_prompt_options.mode must be {accepted}"
        )
    return mode


def _tools(tools: tuple[str, ...] | None) -> tuple[str, ...]:
    for tool in tools or ():
        _one_of("tools", tool, ("web_search",))
    return tools or ()


def _partial_images(value: int | None) -> int:
    if value is not None and not 0 <= value <= MAX_PARTIAL_IMAGES:
        raise InvalidParameter.named("partial_images", f"must be between 0 and {MAX_PARTIAL_IMAGES}")
    return value or 0


def _one_of(param: str, value: str | None, accepted: Sequence[str]) -> str:
    """The value, the first accepted one when it is absent."""
    if value is None:
        return accepted[0]
    if value not in accepted:
        raise InvalidParameter.named(param, f"must be one of: {', '.join(accepted)}")
    return value
