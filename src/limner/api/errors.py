"""Errors on the wire: one envelope, made in one place, whatever door an error comes through.

{"error": {"code", "message", "param", "type"}}; every message ends with the request id.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from limner.api.context import request_id_of
from limner.api.parts import JSON_TYPE
from limner.errors import (
    BadRequest,
    InternalError,
    InvalidParameter,
    MethodNotAllowed,
    RequestError,
    RouteNotFound,
)

log = logging.getLogger(__name__)
CLIENT_CLOSED_REQUEST = 499
HTTP_ERRORS: Mapping[int, type[RequestError]] = {404: RouteNotFound, 405: MethodNotAllowed, 400: BadRequest}


def envelope(error: RequestError, request_id: str) -> dict[str, dict[str, str]]:
    """The error as the API's clients expect it."""
    return {
        "error": {
            "code": error.code,
            "message": f"{error.message} Request id: {request_id}",
            "param": error.param,
            "type": error.type,
        }
    }


def error_answer(error: RequestError, request: Request, headers: Mapping[str, str] | None = None) -> Response:
    """A whole answer for one error."""
    extra = {"X-Error-Code": error.code, **(headers or {})}
    if error.retry_after_s is not None:
        extra["Retry-After"] = str(error.retry_after_s)
    if error.status == 401:
        extra["WWW-Authenticate"] = "Bearer"
    body = json.dumps(envelope(error, request_id_of(request)), ensure_ascii=False)
    return Response(body.encode("utf-8", "replace"), error.status, extra, media_type=JSON_TYPE)


async def _on_request_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return error_answer(error, request)


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = HTTP_ERRORS.get(error.status_code, InternalError)
    allow = {name: value for name, value in (error.headers or {}).items() if name.lower() == "allow"}
    return error_answer(kind(), request, allow)


async def _on_wrong_argument(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return error_answer(InvalidParameter.named(str(first["loc"][-1]), str(first["msg"])), request)


async def _on_client_left(request: Request, error: Exception) -> Response:
    return Response(status_code=CLIENT_CLOSED_REQUEST)


async def _on_anything(request: Request, error: Exception) -> Response:
    log.error("request %s failed", request_id_of(request), exc_info=error)
    return error_answer(InternalError(), request)


def install_error_handlers(app: FastAPI) -> None:
    """From here on every error of this app leaves in the envelope."""
    app.add_exception_handler(RequestError, _on_request_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_wrong_argument)
    app.add_exception_handler(ClientDisconnect, _on_client_left)
    app.add_exception_handler(Exception, _on_anything)
