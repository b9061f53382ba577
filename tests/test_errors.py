"""The error tree: status, type and code of each error, and that all of them cross processes."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import TypeVar

import pytest

from limner import errors
from limner.errors import InvalidParameter, LimnerError, MissingParameter, RequestError, ServerOverloaded

EXPECTED = {
    "RequestError": (500, "InternalServerError", "InternalServiceError"),
    "BadRequest": (400, "BadRequest", "InvalidParameter"),
    "MissingParameter": (400, "BadRequest", "MissingParameter"),
    "InvalidParameter": (400, "BadRequest", "InvalidParameter"),
    "JobCancelled": (400, "BadRequest", "JobCancelled"),
    "EmptyImage": (400, "BadRequest", "InvalidImageURL.EmptyURL"),
    "InvalidImage": (400, "BadRequest", "InvalidImageURL.InvalidFormat"),
    "SensitiveInputText": (400, "BadRequest", "InputTextSensitiveContentDetected"),
    "SensitiveInputImage": (400, "BadRequest", "InputImageSensitiveContentDetected"),
    "SensitiveOutputImage": (400, "BadRequest", "OutputImageSensitiveContentDetected"),
    "AuthenticationError": (401, "Unauthorized", "AuthenticationError"),
    "AccessDenied": (403, "Forbidden", "AccessDenied"),
    "ModelNotFound": (404, "NotFound", "InvalidEndpointOrModel.NotFound"),
    "RouteNotFound": (404, "NotFound", "NotFound"),
    "MethodNotAllowed": (405, "BadRequest", "MethodNotAllowed"),
    "IdempotencyConflict": (409, "Conflict", "IdempotencyConflict"),
    "PictureGone": (410, "NotFound", "PictureGone"),
    "RequestBodyTooLarge": (413, "BadRequest", "RequestBodyTooLarge"),
    "RangeNotSatisfiable": (416, "BadRequest", "InvalidRange"),
    "TooManyRequests": (429, "TooManyRequests", "AccountRateLimitExceeded"),
    "ServerOverloaded": (429, "TooManyRequests", "ServerOverloaded"),
    "TooManyJobs": (429, "TooManyRequests", "InflightBatchsizeExceeded"),
    "RateLimitExceeded": (429, "TooManyRequests", "ModelAccountIpmRateLimitExceeded"),
    "QuotaExceeded": (429, "TooManyRequests", "QuotaExceeded"),
    "InternalError": (500, "InternalServerError", "InternalServiceError"),
    "WorkerDied": (500, "InternalServerError", "InternalServiceError"),
    "DeviceOutOfMemory": (500, "InternalServerError", "InternalServiceError"),
    "Unavailable": (503, "ServiceUnavailable", "ServiceUnavailable"),
    "DeadlineExceeded": (504, "GatewayTimeout", "DeadlineExceeded"),
}


T = TypeVar("T", bound=LimnerError)


def subclasses(of: type[T]) -> Iterator[type[T]]:
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


REQUEST_ERRORS: dict[str, type[RequestError]] = {"RequestError": RequestError} | {
    kind.__name__: kind for kind in subclasses(RequestError) if kind.__module__ == errors.__name__
}


def test_every_error_has_the_status_type_and_code_of_the_contract() -> None:
    shown = {name: (kind.status, kind.type, kind.code) for name, kind in REQUEST_ERRORS.items()}
    assert shown == EXPECTED


def test_the_drawing_of_the_tree_names_every_error() -> None:
    assert errors.__doc__ is not None
    missing = {kind.__name__ for kind in subclasses(LimnerError)} & set(vars(errors)) - set(
        errors.__doc__.replace(",", " ").split()
    )
    assert missing == set()


@pytest.mark.parametrize("kind", REQUEST_ERRORS.values(), ids=REQUEST_ERRORS)
def test_an_error_crosses_processes_whole(kind: type[RequestError]) -> None:
    error = kind("what happened", param="image")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert (copy.message, copy.param, copy.retry_after_s) == ("what happened", "image", error.retry_after_s)


@pytest.mark.parametrize("kind", REQUEST_ERRORS.values(), ids=REQUEST_ERRORS)
def test_an_error_without_words_of_its_own_has_the_contract_s_sentence(kind: type[RequestError]) -> None:
    assert kind().message.endswith(".")
    assert str(kind()) == kind().message


def test_an_overloaded_server_says_when_to_come_again() -> None:
    assert ServerOverloaded().retry_after_s == 1
    assert pickle.loads(pickle.dumps(ServerOverloaded(retry_after_s=7))).retry_after_s == 7


def test_an_invalid_parameter_is_named_in_the_contract_s_words() -> None:
    error = InvalidParameter.named("size", "image size must be at least 3686400 pixels")
    assert error.param == "size"
    assert error.message == (
        "The parameter `size` specified in the request is not valid: "
        "image size must be at least 3686400 pixels."
    )
    plain = InvalidParameter.named("prompt")
    assert plain.message == "The parameter `prompt` specified in the request is not valid."


def test_a_missing_parameter_and_an_unknown_model_are_named() -> None:
    missing = MissingParameter.named("prompt")
    assert (missing.param, missing.message) == (
        "prompt",
        "The request failed because it is missing `prompt` parameter.",
    )
    unknown = errors.ModelNotFound.named("dall-e")
    assert (unknown.param, unknown.message) == (
        "model",
        "The model or endpoint dall-e does not exist or you do not have access to it.",
    )


def test_an_error_about_an_image_names_the_field_by_itself() -> None:
    assert errors.EmptyImage().param == errors.InvalidImage().param == "image"


def test_a_body_that_is_too_large_says_the_limit() -> None:
    assert "1000 bytes" in errors.RequestBodyTooLarge.over(1000).message
