"""The types of settings that are more than a number or a word, and how each is written as one text."""

from __future__ import annotations

import ipaddress
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field, JsonValue, TypeAdapter, ValidationError


def _split_commas(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _split_pairs(value: object) -> object:
    return _pairs(value, "NAME=VALUE") if isinstance(value, str) else value


def _pairs(text: str, form: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    if any(not equals for _, equals, _ in pairs):
        raise ValueError(f"expected {form}, separated by commas")
    return {name.strip(): target.strip() for name, _, target in pairs}


def _split_tables(value: object) -> object:
    if not isinstance(value, str):
        return value
    form = "ENGINE.SETTING=VALUE"
    tables: dict[str, dict[str, str]] = {}
    for name, text in _pairs(value, form).items():
        engine, dot, setting = name.partition(".")
        if not dot:
            raise ValueError(f"expected {form}, separated by commas")
        tables.setdefault(engine, {})[setting] = text
    return tables


def _network(value: str) -> str:
    return str(ipaddress.ip_network(value, strict=False))


Texts: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_split_commas)]
Networks: TypeAlias = Annotated[
    tuple[Annotated[str, BeforeValidator(_network)], ...], BeforeValidator(_split_commas)
]
Pairs: TypeAlias = Annotated[dict[str, str], BeforeValidator(_split_pairs)]
Counts: TypeAlias = Annotated[dict[str, Annotated[int, Field(ge=1)]], BeforeValidator(_split_pairs)]
EngineTables: TypeAlias = Annotated[dict[str, dict[str, JsonValue]], BeforeValidator(_split_tables)]
Secret: TypeAlias = Annotated[str | None, "secret"]
SecretPairs: TypeAlias = Annotated[dict[str, str], BeforeValidator(_split_pairs), "secret"]

_TABLES: TypeAdapter[dict[str, dict[str, JsonValue]]] = TypeAdapter(EngineTables)


def merged_tables(under: object, over: object) -> object:
    """The engines' tables of two layers in one; what cannot be read stays as it is, to be refused later."""
    try:
        lower, upper = _TABLES.validate_python(under), _TABLES.validate_python(over)
    except ValidationError:
        return over
    return {name: {**lower.get(name, {}), **upper.get(name, {})} for name in {**lower, **upper}}
