"""The table of settings as help and documentation show it, read off the fields of Settings."""

from __future__ import annotations

from dataclasses import dataclass

from limner.config import ENV_PREFIX, Settings, is_secret


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One row of the table of settings, as help and documentation show it."""

    name: str
    env: str
    type: str
    default: str
    help: str
    secret: bool


TYPE_NAMES = {
    "str": "text",
    "int": "whole number",
    "bool": "true or false",
    "Path": "folder",
    "Texts": "list, separated by commas",
    "Networks": "list of networks, separated by commas",
    "Pairs": "table; in the environment NAME=VALUE, separated by commas",
    "Counts": "table; in the environment NAME=VALUE, separated by commas",
    "EngineTables": "tables; in the environment ENGINE.SETTING=VALUE, separated by commas",
    "Secret": "text, secret",
    "SecretPairs": "table, secret; in the environment NAME=VALUE, separated by commas",
}


def describe() -> tuple[SettingRow, ...]:
    """The table of settings, in the order of their declaration."""
    return tuple(_row(name) for name in Settings.model_fields)


def _row(name: str) -> SettingRow:
    field = Settings.model_fields[name]
    annotation = str(Settings.__annotations__[name])
    base = annotation.removesuffix(" | None")
    if base.startswith("Literal"):
        shown = base.removeprefix("Literal[").removesuffix("]").replace("'", "").replace(", ", " | ")
    else:
        shown = TYPE_NAMES[base]
    return SettingRow(
        name=name,
        env=ENV_PREFIX + name.upper(),
        type=shown,
        default=_shown_default(field.default),
        help=field.description or "",
        secret=is_secret(name),
    )


def _shown_default(value: object) -> str:
    if value is None or value == () or value == {}:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
