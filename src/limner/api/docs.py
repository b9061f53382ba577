"""GET /docs and /openapi.json: every field named, and a page that works offline.

The scripts and styles come from the package fastapi-offline and are served by us.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from starlette.responses import HTMLResponse, Response

from limner import __version__
from limner.api.seedream import GenerationBody
from limner.errors import RouteNotFound

router = APIRouter()
REF = "#/components/schemas/{model}"
ASSETS = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css", "favicon.png": "image/png"}


@router.get("/docs", include_in_schema=False)
async def docs_page() -> HTMLResponse:
    """Its addresses are relative, for a proxy may have put the server under a path."""
    return get_swagger_ui_html(
        openapi_url="openapi.json",
        title="Limner API",
        swagger_js_url="docs/assets/swagger-ui-bundle.js",
        swagger_css_url="docs/assets/swagger-ui.css",
        swagger_favicon_url="docs/assets/favicon.png",
        swagger_ui_parameters={"defaultModelsExpandDepth": 0, "persistAuthorization": True},
    )


@router.get("/docs/assets/{name}", include_in_schema=False)
async def docs_asset(name: str) -> Response:
    if name not in ASSETS:
        raise RouteNotFound
    data = files("fastapi_offline").joinpath("static", name).read_bytes()
    return Response(data, media_type=ASSETS[name], headers={"Cache-Control": "public, max-age=86400"})


@router.get("/openapi.json", include_in_schema=False)
async def openapi_json(request: Request) -> dict[str, Any]:
    app = request.app
    assert isinstance(app, FastAPI)
    return app.openapi()


def openapi_schema(app: FastAPI) -> dict[str, Any]:
    """The schema of all routes, with the request body that the images routes read raw."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title="Limner",
            version=__version__,
            summary="Image generation behind the Seedream API",
            routes=app.routes,
        )
        components = schema.setdefault("components", {})
        body = GenerationBody.model_json_schema(ref_template=REF)
        body["required"] = ["model", "prompt"]
        components.setdefault("schemas", {}).update(body.pop("$defs", {}))
        components["schemas"]["GenerationRequest"] = body
        components["schemas"]["GenerationAnswer"] = ANSWER_SCHEMA
        components["schemas"]["Error"] = ERROR_SCHEMA
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        schema["security"] = [{"key": []}]
        if public_url := app.state.service.settings.public_url:
            schema["servers"] = [{"url": public_url}]
        app.openapi_schema = schema
    return app.openapi_schema


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


TEXT, INTEGER = {"type": "string"}, {"type": "integer"}
ERROR_SCHEMA = _object({"error": _object({"code": TEXT, "message": TEXT, "param": TEXT, "type": TEXT})})
ANSWER_SCHEMA = _object(
    {
        "model": TEXT,
        "created": INTEGER,
        "data": {
            "type": "array",
            "items": _object(
                {
                    "url": TEXT,
                    "b64_json": TEXT,
                    "size": TEXT,
                    "seed": INTEGER,
                    "revised_prompt": TEXT,
                    "content_filter_results": {"type": "object"},
                    "error": _object({"code": TEXT, "message": TEXT}),
                }
            ),
        },
        "usage": _object(
            {
                "generated_images": INTEGER,
                "output_tokens": INTEGER,
                "total_tokens": INTEGER,
                "tool_usage": _object({"web_search": INTEGER}),
            }
        ),
        "tools": {"type": "array", "items": _object({"type": TEXT})},
        "prompt_filter_results": {"type": "object"},
    }
)


NO_KEY: dict[str, Any] = {"security": []}


def _content(name: str, media_type: str = "application/json") -> dict[str, Any]:
    return {"content": {media_type: {"schema": {"$ref": REF.format(model=name)}}}}


EXAMPLE = {
    "model": "doubao-seedream-4-0-250828",
    "prompt": "a red fox in a snowy forest at dusk",
    "size": "1K",
}
RESPONSES = {
    "200": {
        "description": "The pictures; with stream: true, server-sent events.",
        "content": _content("GenerationAnswer")["content"] | {"text/event-stream": {"schema": TEXT}},
    },
    **{
        status: {"description": text, **_content("Error")}
        for status, text in {
            "400": "A field is missing or not valid, or the content was refused.",
            "401": "The key is missing or wrong.",
            "404": "There is no such model.",
            "413": "The body is too large.",
            "429": "The queue is full; see Retry-After.",
            "500": "An internal error.",
        }.items()
    },
}
GENERATIONS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": REF.format(model="GenerationRequest")},
                "example": EXAMPLE,
            }
        },
    },
    "responses": RESPONSES,
}
EDITS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "allOf": [
                        {"$ref": REF.format(model="GenerationRequest")},
                        _object({"image": {"type": "string", "format": "binary"}}),
                    ]
                }
            }
        },
    },
    "responses": RESPONSES,
}
