"""How a failure looks on the command line: one line on stderr that a script can read, and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from limner.errors import ConfigError, LimnerError, RequestError

REQUEST_FAILED = 1
USAGE = 2


class RemoteError(LimnerError):
    """What another server answered, or that it did not answer."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def say_error(code: str, message: str) -> None:
    """One line on stderr: `error: CODE: message`."""
    text = " ".join(f"error: {code}: {message}".split())
    print(text, file=sys.stderr)


def stop(message: str) -> NoReturn:
    """End with exit code 2: the command or the settings are wrong."""
    print(f"error: {message}", file=sys.stderr)
    raise typer.Exit(USAGE)


@contextmanager
def reported() -> Iterator[None]:
    """Turn our errors into their line and exit code."""
    try:
        yield
    except ConfigError as error:
        stop(str(error))
    except (RequestError, RemoteError) as error:
        say_error(error.code, str(error))
        raise typer.Exit(REQUEST_FAILED) from error
