"""The API's fields and models: the wire model of the request, held against every card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from doc_tables.markdown import code, codes, table
from limner.api.seedream import WITHOUT_EFFECT, GenerationBody
from limner.catalog import Card, ReferenceLimits, load_catalog

JSON_TYPES = {str: "text", int: "integer", float: "number", bool: "true or false"}
RULES = {"use": "yes", "ignore": "ignored", "refuse": "**400**"}


def field_names() -> tuple[str, ...]:
    """Every field of a request, those of nested objects with a dot."""
    return tuple(name for name, _, _ in _fields(GenerationBody))


def fields_table() -> str:
    """What a request may say."""
    return table(
        ("field", "type", "what it is"),
        ((code(name), kind, text.replace("|", "\\|")) for name, kind, text in _fields(GenerationBody)),
    )


def rules_table() -> str:
    """The fields that not every model takes, model by model."""
    cards = load_catalog().cards
    names = [name for name in GenerationBody.model_fields if {card.rule(name) for card in cards} != {"use"}]
    rows = ((code(name), *(_rule(card, name) for card in cards)) for name in names)
    return table(("field", *(card.title for card in cards)), rows)


def model_sections() -> str:
    """A section for each model: what its card accepts."""
    return "\n".join(_section(card) for card in load_catalog().cards)


def presets_table() -> str:
    """The pixels of each preset at each ratio."""
    presets = load_catalog().presets
    ratios = list(next(iter(presets.values())))
    rows = ((ratio, *(str(sizes.get(ratio, "-")) for sizes in presets.values())) for ratio in ratios)
    return table(("ratio", *map(code, presets)), rows)


def adaptive_list() -> str:
    """The sizes that adaptive chooses from, by their ratio."""
    return ", ".join(f"{size} ({_decimal(ratio)})" for ratio, size in load_catalog().adaptive) + ".\n"


def _fields(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, str, str]]:
    for name, field in model.model_fields.items():
        inner = _nested(field.annotation)
        yield prefix + name, _kind(field.annotation), _described(field.description, inner)
        if inner is not None:
            yield from _fields(inner, f"{prefix}{name}.")


def _described(description: str | None, inner: type[BaseModel] | None) -> str:
    if description:
        return description
    assert inner is not None, "a field that is no object says what it is"
    return f"{', '.join(code(name) for name in inner.model_fields)}."


def _members(annotation: Any) -> tuple[Any, ...]:
    is_union = get_origin(annotation) in (Union, UnionType)
    members = get_args(annotation) if is_union else (annotation,)
    return tuple(member for member in members if member is not type(None))


def _nested(annotation: Any) -> type[BaseModel] | None:
    for member in _members(annotation):
        for each in (member, *get_args(member)):
            if isinstance(each, type) and issubclass(each, BaseModel):
                return each
    return None


def _kind(annotation: Any) -> str:
    return " or ".join(_kind_of(member) for member in _members(annotation)) or "anything"


def _kind_of(member: Any) -> str:
    if member in JSON_TYPES:
        return JSON_TYPES[member]
    if get_origin(member) is list:
        return "list of " + {"text": "texts"}.get(_kind_of(get_args(member)[0]), "objects")
    return "object" if isinstance(member, type) and issubclass(member, BaseModel) else "anything"


def _rule(card: Card, name: str) -> str:
    if name == "guidance_scale" and card.guidance_scale:
        return f"{card.guidance_scale.min:g} to {card.guidance_scale.max:g}"
    if name == "optimize_prompt_options" and card.rule(name) == "use":
        return " or ".join(map(code, card.prompt_modes))
    if name == "output_format" and card.rule(name) == "use":
        return " or ".join(map(code, card.output_formats))
    if name in WITHOUT_EFFECT:
        return RULES["ignore"]
    return RULES[card.rule(name)]


def _section(card: Card) -> str:
    rows = ((name, text) for name, text in _facts(card) if text)
    return f"### {card.title}\n\n{table((f'`{card.id}`', ''), rows)}"


def _facts(card: Card) -> Iterator[tuple[str, str]]:
    yield "other names", codes(card.names)
    yield "`size`", _size(card)
    yield "references (`image`)", _references(card.references)
    yield "series", f"references and pictures together at most {card.max_series}" if card.max_series else "no"
    yield "`output_format`", " or ".join(map(code, card.output_formats))
    yield "`guidance_scale`", _guidance(card)
    yield "`optimize_prompt_options.mode`", " or ".join(map(code, card.prompt_modes))
    yield "accepted without effect", _with_rule(card.fields, "ignore")
    yield "refused with 400", _with_rule(card.fields, "refuse")


def _size(card: Card) -> str:
    """In words; a card without max_pixels takes presets only."""
    says = [codes(card.presets)] if card.presets else []
    if card.presets != (card.default_size,):
        says.insert(0, f"default {code(card.default_size)}")
    if card.max_pixels:
        says.append(
            f"`WIDTHxHEIGHT` of {card.min_pixels:,} to {card.max_pixels:,} pixels, "
            f"sides at most {card.max_ratio} to 1"
        )
    return "; ".join(says)


def _references(limits: ReferenceLimits | None) -> str:
    if limits is None:
        return "none"
    count = str(limits.max) if limits.min == limits.max else f"{limits.min} to {limits.max}"
    return (
        f"{count}; each up to {limits.max_bytes >> 20} MiB and {limits.max_pixels:,} pixels, "
        f"sides of at least {limits.min_side} pixels and at most {limits.max_ratio} to 1; "
        f"{', '.join(limits.formats)}"
    )


def _guidance(card: Card) -> str:
    limits = card.guidance_scale
    return f"{limits.min:g} to {limits.max:g}, default {limits.default:g}" if limits else ""


def _with_rule(fields: Mapping[str, str], rule: str) -> str:
    return codes(name for name, each in fields.items() if each == rule)


def _decimal(ratio: Fraction) -> str:
    return f"{float(ratio):g}"
