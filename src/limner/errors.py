"""Every error that Limner raises on purpose, and how each one looks to a client.

    LimnerError
    ├── ConfigError                     the start is refused: a setting, a card or a folder is wrong
    └── RequestError                    carries HTTP status, type, code and param
        ├── BadRequest 400
        │   ├── MissingParameter
        │   ├── InvalidParameter
        │   ├── EmptyImage, InvalidImage        InvalidImageURL.*
        │   └── SensitiveInputText, SensitiveInputImage, SensitiveOutputImage
        ├── AuthenticationError 401
        ├── AccessDenied 403
        ├── ModelNotFound, RouteNotFound 404
        ├── MethodNotAllowed 405
        ├── RequestBodyTooLarge 413
        ├── RangeNotSatisfiable 416
        ├── ServerOverloaded 429        carries retry_after_s
        └── InternalError 500
            └── WorkerDied

Codes and messages: the Seedream API's error table. The wire adds "Request id: ..." to each message.
All of them can be pickled: engines and workers raise them from other processes.
"""

from __future__ import annotations


class LimnerError(Exception):
    """The root of the tree."""


class ConfigError(LimnerError):
    """Limner cannot start as it is configured; the message names the key, its source and the value."""


class RequestError(LimnerError):
    """A request, or one picture of it, that ends in an error which the client is told."""

    status = 500
    type = "InternalServerError"
    code = "InternalServiceError"
    default_message = "The service encountered an unexpected internal error."
    retry_after_s: int | None = None

    def __init__(self, message: str = "", *, param: str = "") -> None:
        super().__init__(message or self.default_message)
        self.param = param

    @property
    def message(self) -> str:
        return str(self.args[0])


class BadRequest(RequestError):
    """The client can mend it by changing the request."""

    status = 400
    type = "BadRequest"
    code = "InvalidParameter"
    default_message = "One or more parameters specified in the request are not valid."


class MissingParameter(BadRequest):
    """A required field is absent, null or empty."""

    code = "MissingParameter"
    default_message = "The request failed because it is missing one or multiple required parameters."

    @classmethod
    def named(cls, param: str) -> MissingParameter:
        return cls(f"The request failed because it is missing `{param}` parameter.", param=param)


class InvalidParameter(BadRequest):
    """A field's value cannot be accepted."""

    @classmethod
    def named(cls, param: str, detail: str = "") -> InvalidParameter:
        """The API's own wording; detail is the part after the colon, without a full stop."""
        tail = f": {detail}" if detail else ""
        return cls(f"The parameter `{param}` specified in the request is not valid{tail}.", param=param)


class EmptyImage(BadRequest):
    """An image that has no content."""

    code = "InvalidImageURL.EmptyURL"
    default_message = "The parameter `image` specified in the request is not valid: the image is empty."

    def __init__(self, message: str = "", *, param: str = "image") -> None:
        super().__init__(message, param=param)


class InvalidImage(BadRequest):
    """An image whose base64, file format or content cannot be read."""

    code = "InvalidImageURL.InvalidFormat"
    default_message = "The parameter `image` specified in the request is not valid: the image cannot be read."

    def __init__(self, message: str = "", *, param: str = "image") -> None:
        super().__init__(message, param=param)


class SensitiveInputText(BadRequest):
    """The policy refused the prompt."""

    code = "InputTextSensitiveContentDetected"
    default_message = "The request failed because the input text may contain sensitive information."


class SensitiveInputImage(BadRequest):
    """The policy refused a reference."""

    code = "InputImageSensitiveContentDetected"
    default_message = "The request failed because the input image may contain sensitive information."


class SensitiveOutputImage(BadRequest):
    """The policy refused a picture; in a series the other pictures are still made."""

    code = "OutputImageSensitiveContentDetected"
    default_message = "The request failed because the output image may contain sensitive information."


class AuthenticationError(RequestError):
    """The API key is missing or wrong."""

    status = 401
    type = "Unauthorized"
    code = "AuthenticationError"
    default_message = "The API key or AK/SK in the request is missing or invalid."


class AccessDenied(RequestError):
    """A link that is unsigned, tampered with or expired."""

    status = 403
    type = "Forbidden"
    code = "AccessDenied"
    default_message = "The link is not valid or has expired."


class ModelNotFound(RequestError):
    """No card and no alias has this name."""

    status = 404
    type = "NotFound"
    code = "InvalidEndpointOrModel.NotFound"

    @classmethod
    def named(cls, model: str) -> ModelNotFound:
        text = f"The model or endpoint {model} does not exist or you do not have access to it."
        return cls(text, param="model")


class RouteNotFound(RequestError):
    """There is nothing at this path."""

    status = 404
    type = "NotFound"
    code = "NotFound"
    default_message = "The requested path does not exist."


class MethodNotAllowed(RequestError):
    """The path exists, for other methods."""

    status = 405
    type = "BadRequest"
    code = "MethodNotAllowed"
    default_message = "The request method is not allowed on this path."


class RequestBodyTooLarge(RequestError):
    """The body is over max_body_bytes; it was not read to its end."""

    status = 413
    type = "BadRequest"
    code = "RequestBodyTooLarge"

    @classmethod
    def over(cls, max_bytes: int) -> RequestBodyTooLarge:
        return cls(f"The request body is larger than {max_bytes} bytes.")


class RangeNotSatisfiable(RequestError):
    """A range that begins behind the end of a file."""

    status = 416
    type = "BadRequest"
    code = "InvalidRange"
    default_message = "The requested range is not satisfiable."


class ServerOverloaded(RequestError):
    """The engine's queue is full."""

    status = 429
    type = "TooManyRequests"
    code = "ServerOverloaded"
    default_message = "The service is currently unable to handle additional requests due to server overload."

    def __init__(self, message: str = "", *, param: str = "", retry_after_s: int = 1) -> None:
        super().__init__(message, param=param)
        self.retry_after_s = retry_after_s


class InternalError(RequestError):
    """Our fault, or an engine's; the log has the cause, the client has the request id."""


class WorkerDied(InternalError):
    """A worker process ended while it was at work on this request."""
