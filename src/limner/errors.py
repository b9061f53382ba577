"""Every error that Limner raises on purpose, and how each one looks to a client.

    LimnerError
    ├── ConfigError                     the start is refused: a setting, a card or a folder is wrong
    ├── RowConflict                     a row that may not be twice is there already
    └── RequestError                    carries HTTP status, type, code and param
        ├── BadRequest 400
        │   ├── MissingParameter
        │   ├── InvalidParameter
        │   ├── JobCancelled
        │   ├── EmptyImage, InvalidImage        InvalidImageURL.*
        │   └── SensitiveInputText, SensitiveInputImage, SensitiveOutputImage
        ├── AuthenticationError 401, AccessDenied 403
        ├── ModelNotFound, RouteNotFound 404
        ├── MethodNotAllowed 405
        ├── IdempotencyConflict 409
        ├── PictureGone 410
        ├── RequestBodyTooLarge 413
        ├── RangeNotSatisfiable 416
        ├── TooManyRequests 429         carries retry_after_s
        │   ├── ServerOverloaded, TooManyJobs
        │   └── RateLimitExceeded, QuotaExceeded
        └── InternalError 500
            ├── WorkerDied, DeviceOutOfMemory
            ├── Unavailable 503         carries retry_after_s
            └── DeadlineExceeded 504

Codes and messages: the Seedream API's error table. The wire adds "Request id: ..." to each message.
All of them can be pickled: engines and workers raise them from other processes.
"""

from __future__ import annotations


class LimnerError(Exception):
    """The root of the tree."""


class ConfigError(LimnerError):
    """Limner cannot start as it is configured; the message names the key, its source and the value."""


class RowConflict(LimnerError):
    """The ledger has a row with this identity already."""


class RequestError(LimnerError):
    """A request, or one picture of it, that ends in an error which the client is told."""

    status = 500
    type = "InternalServerError"
    code = "InternalServiceError"
    default_message = "The service encountered an unexpected internal error."
    param = ""
    retry_after_s: int | None = None

    def __init__(
        self, message: str = "", *, param: str | None = None, retry_after_s: int | None = None
    ) -> None:
        """What is not given is the class's own."""
        super().__init__(message or self.default_message)
        self.param = self.param if param is None else param
        self.retry_after_s = self.retry_after_s if retry_after_s is None else retry_after_s

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


class JobCancelled(BadRequest):
    """The job was cancelled while somebody waited for it. 400: clients repeat what ends with 409 or 5xx."""

    code = "JobCancelled"
    default_message = "The job was cancelled."


class EmptyImage(BadRequest):
    """An image that has no content."""

    code = "InvalidImageURL.EmptyURL"
    default_message = "The parameter `image` specified in the request is not valid: the image is empty."
    param = "image"


class InvalidImage(BadRequest):
    """An image whose base64, file format or content cannot be read."""

    code = "InvalidImageURL.InvalidFormat"
    default_message = "The parameter `image` specified in the request is not valid: the image cannot be read."
    param = "image"


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
    """A link that is unsigned, tampered with or expired; a key that may not do this."""

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


class IdempotencyConflict(RequestError):
    """An Idempotency-Key that has been used for another request."""

    status = 409
    type = "Conflict"
    code = "IdempotencyConflict"
    default_message = "The Idempotency-Key was used within 24 hours for a request with another body."


class PictureGone(RequestError):
    """A picture that was delivered and has been deleted since, or is older than what is kept."""

    status = 410
    type = "NotFound"
    code = "PictureGone"
    default_message = "The picture has been deleted or is no longer kept."


class TooManyRequests(RequestError):
    """Now it is too much; after retry_after_s seconds it may not be."""

    status = 429
    type = "TooManyRequests"
    code = "AccountRateLimitExceeded"
    default_message = "Too many requests."
    retry_after_s = 1


class ServerOverloaded(TooManyRequests):
    """The engine's queue is full."""

    code = "ServerOverloaded"
    default_message = "The service is currently unable to handle additional requests due to server overload."


class TooManyJobs(TooManyRequests):
    """The key has as many unfinished jobs as it may have."""

    code = "InflightBatchsizeExceeded"
    default_message = "The limit of concurrent jobs of this API key is reached."


class RateLimitExceeded(TooManyRequests):
    """The key has asked for as many pictures of this model as it may in a minute."""

    code = "ModelAccountIpmRateLimitExceeded"
    default_message = "The IPM (Images Per Minute) limit of the model is exceeded."


class QuotaExceeded(TooManyRequests):
    """The key's budget of this month does not cover the request."""

    code = "QuotaExceeded"
    default_message = "The monthly budget of this API key is exhausted."


class InternalError(RequestError):
    """Our fault, or an engine's; the log has the cause, the client has the request id."""


class WorkerDied(InternalError):
    """A worker process ended while it was at work on this request."""


class DeviceOutOfMemory(InternalError):
    """The device has no memory for the picture, alone and with nothing else loaded."""

    default_message = "The device has not enough memory to make this picture; a smaller size may do."


class Unavailable(InternalError):
    """The database or the store does not answer, or the server is stopping: the same again later may do."""

    status = 503
    type = "ServiceUnavailable"
    code = "ServiceUnavailable"
    default_message = "The service is temporarily unavailable."
    retry_after_s = 1


class DeadlineExceeded(InternalError):
    """The job took longer than the client or the server allows."""

    status = 504
    type = "GatewayTimeout"
    code = "DeadlineExceeded"
    default_message = "The job was not done within its time limit."
