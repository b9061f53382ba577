"""The app: which route is answered by what, and what stands around all of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse

from limner import __version__
from limner.api import admin, docs, files, jobs, metrics, models, page, pictures, usage, webhooks
from limner.api.context import RequestIds, service_of
from limner.api.errors import install_error_handlers
from limner.api.images import create_image, edit_image
from limner.api.job_json import webhook_body
from limner.assembly import running
from limner.service import Service

IMAGE_ROUTES = (
    (
        ("/v1/images/generations", "/api/v3/images/generations"),
        create_image,
        "Make pictures",
        docs.GENERATIONS,
    ),
    (("/v1/images/edits", "/api/v3/images/edits"), edit_image, "Edit pictures", docs.EDITS),
)
"""Of each: its paths, the documented one first; who answers; what the documentation says."""
EXPOSED_HEADERS = (
    "X-Request-Id",
    "X-Client-Request-Id",
    "X-Limner-Ignored",
    "X-Limner-Job-Id",
    "Location",
    "Retry-After",
)
ROUTERS = (
    jobs.router,
    pictures.router,
    usage.router,
    models.router,
    files.router,
    admin.router,
    metrics.router,
    webhooks.router,
    page.router,
)
"""jobs before pictures: the more exact path first."""

health = APIRouter(tags=["Health"])


@health.get("/healthz", summary="Whether the process answers", openapi_extra=docs.NO_KEY)
async def healthz() -> dict[str, str]:
    return {"status": "ok"}


@health.get("/readyz", summary="Whether pictures can be made", openapi_extra=docs.NO_KEY)
async def readyz(request: Request) -> JSONResponse:
    ready = service_of(request).ready()
    return JSONResponse({"ready": ready}, 200 if ready else 503)


def create_app(service: Service) -> FastAPI:
    """The whole HTTP side of a service, which starts and stops with it."""
    app = FastAPI(
        title="Limner",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan(service),
    )
    app.state.service = service
    app.state.thumbnail_turn = asyncio.Semaphore(1)
    _add_image_routes(app)
    for router in (*ROUTERS, health, docs.router):
        app.include_router(router)
    app.openapi = lambda: docs.openapi_schema(app)  # type: ignore[method-assign]
    install_error_handlers(app)
    _add_middleware(app, service)
    return app


def _lifespan(service: Service) -> Any:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service.webhooks.payload_of = partial(webhook_body, service)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(running(service))
            settings = service.settings
            if settings.metrics_port is not None:
                port = metrics.metrics_port(service.metrics, settings.host, settings.metrics_port)
                await stack.enter_async_context(port)
            yield

    return lifespan


def _add_image_routes(app: FastAPI) -> None:
    for paths, endpoint, summary, schema in IMAGE_ROUTES:
        for path in paths:
            app.add_api_route(
                path,
                endpoint,
                methods=["POST"],
                response_model=None,
                summary=summary,
                tags=["Images"],
                openapi_extra=schema,
                include_in_schema=path == paths[0],
            )


def _add_middleware(app: FastAPI, service: Service) -> None:
    """The last one added stands outermost: ids on every answer, CORS answers included."""
    if service.settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(service.settings.cors_origins),
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=list(EXPOSED_HEADERS),
            max_age=43200,
        )
    app.add_middleware(RequestIds)
