"""Every route of the server, those outside of the OpenAPI schema as well."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from fastapi.routing import APIRoute

from doc_tables.markdown import code, table
from limner.api.app import create_app
from limner.assembly import make_service
from limner.config import load_settings

UNLISTED = {
    "/": "The playground",
    "/static/{name}": "The playground's files",
    "/files/{name}": "A picture by its signed link",
    "/files/{name}/thumbnail": "The same picture small, by the same signature",
    "/metrics": "Figures for Prometheus",
    "/docs": "This server's API as a page that can be tried",
    "/docs/assets/{name}": "That page's files",
    "/openapi.json": "The OpenAPI schema",
    "/api/v3/models": "The same as /v1/models",
    "/api/v3/images/generations": "The same as /v1/images/generations",
    "/api/v3/images/edits": "The same as /v1/images/edits",
}
"""What the routes are that the schema does not show. A route that is missing here stops the build."""


def server_routes() -> tuple[tuple[str, str, str], ...]:
    """Methods, path and purpose of every route, in the order of their registration."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"data_dir": Path(folder) / "data", "engine": "fake"}, env={})
        routes = create_app(make_service(settings)).routes
        return tuple(map(_told, _flat(routes)))


def _told(route: APIRoute) -> tuple[str, str, str]:
    path = re.sub(r":\w+}", "}", route.path)
    purpose = UNLISTED.get(path) or route.summary
    if not purpose:
        raise KeyError(f"{path} has no summary: say in UNLISTED what it is")
    return ", ".join(sorted((route.methods or set()) - {"HEAD"})), path, purpose


def routes_table() -> str:
    """All of them as Markdown."""
    return table(
        ("method", "path", "what it is"),
        ((code(methods), code(path), purpose) for methods, path, purpose in server_routes()),
    )


def _flat(routes: Iterable[object]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        else:
            yield from _flat(route.original_router.routes)  # type: ignore[attr-defined]
