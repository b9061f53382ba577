"""Every command of `limner` with its arguments and options, read off the command line itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from doc_tables.markdown import code, table
from limner.cli.main import app

ELSEWHERE = {
    ("serve",): "Its options are the settings: every one that is no secret is an option of its name."
}
"""Commands whose options another page has, and what is said instead."""


def all_commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command and group that does something, by the words that call it."""
    yield from _walk(typer.main.get_command(app), ())


def command_sections() -> str:
    """A section for each command."""
    return "\n".join(_section(words, command) for words, command in all_commands())


def flags_of(command: Any) -> tuple[str, ...]:
    """Every spelling of a command's options."""
    return tuple(flag for option in _options(command) for flag in (*option.opts, *option.secondary_opts))


def _walk(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    children = getattr(command, "commands", {})
    if not children or command.params:
        yield words, command
    for name, child in children.items():
        if not child.hidden:
            yield from _walk(child, (*words, name))


def _section(words: tuple[str, ...], command: Any) -> str:
    called = " ".join(("limner", *words, *(_metavar(each) for each in _arguments(command))))
    parts = [f"## {' '.join(('limner', *words))}\n", f"```\n{called}\n```\n", f"{_prose(command.help)}\n"]
    rows = [*_rows(command)]
    if words in ELSEWHERE:
        parts.append(f"{ELSEWHERE[words]} See [configuration](configuration.md).\n")
    elif rows:
        parts.append(table(("option", "what it is"), rows))
    return "\n".join(parts)


def _rows(command: Any) -> Iterator[tuple[str, str]]:
    for argument in _arguments(command):
        if argument.help:
            yield code(_metavar(argument)), _prose(argument.help)
    for option in _options(command):
        names = ", ".join(code(name) for name in (*option.opts, *option.secondary_opts))
        value = f" {code(option.metavar)}" if option.metavar else ""
        default = option.default
        shown = f" Default: {code(str(default))}." if default is not None and default is not False else ""
        yield names + value, _prose(option.help) + shown


def _arguments(command: Any) -> list[Any]:
    return [each for each in command.params if each.param_type_name == "argument"]


def _options(command: Any) -> list[Any]:
    return [each for each in command.params if each.param_type_name == "option"]


def _metavar(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())


def _prose(text: str | None) -> str:
    return " ".join((text or "").replace("|", "\\|").split())
