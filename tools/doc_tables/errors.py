"""Every error code that a client can meet, read off the error tree."""

from __future__ import annotations

from collections.abc import Iterator

from doc_tables.markdown import code, sentence, table
from limner import errors
from limner.errors import RequestError

ABSTRACT = (errors.BadRequest, errors.TooManyRequests)
"""Their subclasses say what happened, and have the same codes where a client can meet them."""


def error_classes() -> tuple[type[RequestError], ...]:
    """The tree below RequestError, ordered by status."""
    kinds = (kind for kind in _below(RequestError) if kind not in ABSTRACT)
    return tuple(sorted(kinds, key=lambda kind: kind.status))


def errors_table() -> str:
    """A row a code and what it means."""
    rows: dict[tuple[int, str], list[type[RequestError]]] = {}
    for kind in error_classes():
        rows.setdefault((kind.status, kind.code), []).append(kind)
    return table(
        ("status", "code", "type", "means"),
        (_row(status, name, kinds) for (status, name), kinds in rows.items()),
    )


def _row(status: int, name: str, kinds: list[type[RequestError]]) -> tuple[str, ...]:
    meaning = " ".join(sentence(kind.__doc__) for kind in kinds)
    return str(status), code(name), code(kinds[0].type), meaning


def _below(kind: type[RequestError]) -> Iterator[type[RequestError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)
