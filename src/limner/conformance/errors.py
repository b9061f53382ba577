"""Errors of the door: key, route, method, body size and model; request ids on every answer."""

from __future__ import annotations

import json
import re

from limner.conformance.case import Area
from limner.conformance.expect import answer_of, assert_error, check, error_of
from limner.conformance.target import Target
from limner.conformance.wire import GENERATIONS, announce, authorization, generate, post, request

area = Area("errors")

CLIENT_REQUEST_ID = re.compile(r"unknown-\d{14}-\w{8}")
TEN_GIB = str(10 * 1024**3)

BAD_KEYS = (
    ("a wrong key", "Bearer wrong"),
    ("an empty key", "Bearer"),
    ("no scheme", "wrong"),
    ("another scheme", "Basic d3Jvbmc6d3Jvbmc="),
    ("an empty header", ""),
    ("a key of 8000 characters", "Bearer " + "k" * 8000),
)
NO_MODELS = (("no-such-model",), ("ep-20260101000000-abcde",), ("模型",), ("../../etc/passwd",))


@area.rows("{0} is 401", "4", BAD_KEYS, pictures=0)
def bad_key(target: Target, _name: str, value: str) -> None:
    refusal = generate(target, "4.0", {"Authorization": value})
    assert_error(refusal, 401, "AuthenticationError", message="missing or invalid")


@area.case("no key is 401, and comes before the body is read", "4", pictures=0)
def no_key(target: Target) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": "1000000"}
    status, answered, body = announce(target, headers)
    shown = f"{status} {dict(answered)} {body!r}"
    if status != 401 or json.loads(body)["error"]["code"] != "AuthenticationError":
        raise AssertionError(f"expected 401 to a body that was announced and never sent\n{shown}")


@area.case("a body that is announced as too long is 413 before it is read", "8", own_choice=True, pictures=0)
def too_long(target: Target) -> None:
    headers = {
        **authorization(target),
        "Content-Type": "application/json",
        "Content-Length": TEN_GIB,
    }
    status, answered, body = announce(target, headers)
    shown = f"{status} {dict(answered)} {body!r}"
    if status != 413 or json.loads(body)["error"]["code"] != "RequestBodyTooLarge":
        raise AssertionError(f"expected 413 to a body of 10 GiB that was announced\n{shown}")


@area.rows("an unknown model is 404: {0}", "4", NO_MODELS, pictures=0)
def unknown_model(target: Target, model: str) -> None:
    refusal = post(target, {"model": model, "prompt": "a fox"})
    message = f"The model or endpoint {model} does not exist or you do not have access to it."
    assert_error(refusal, 404, "InvalidEndpointOrModel.NotFound", message=message)


@area.rows(
    "{0} on the generations route is 405 with Allow",
    "8",
    (("GET",), ("PUT",), ("DELETE",)),
    own_choice=True,
    pictures=0,
)
def method(target: Target, name: str) -> None:
    refusal = request(target, name, GENERATIONS)
    assert_error(refusal, 405, "MethodNotAllowed")
    check("POST" in refusal.headers.get("allow", ""), "Allow names POST", refusal)


@area.case("an unknown route is 404 in the envelope", "8", own_choice=True, pictures=0)
def unknown_route(target: Target) -> None:
    assert_error(request(target, "GET", "/images/nothing"), 404, "NotFound")


@area.case("an answer's request id holds the time of arrival in milliseconds", "0.1", pictures=2)
def request_id(target: Target) -> None:
    response = generate(target, "4.0", size="1280x720")
    created = answer_of(response)["created"]
    arrived_s = int(response.headers["x-request-id"][2:15]) / 1000
    near = isinstance(created, int) and -2 < created - arrived_s < target.timeout_s
    check(near, "the picture was made soon after the request came", response)
    again = generate(target, "4.0", size="1280x720")
    check(again.headers["x-request-id"] != response.headers["x-request-id"], "ids differ", again)


@area.case("the client's request id is echoed, on errors too", "0.1")
def client_request_id(target: Target) -> None:
    headers = {"X-Client-Request-Id": "my-request-0001"}
    for response in (generate(target, "4.0", headers, size="1280x720"), post(target, {}, headers)):
        check(response.headers.get("x-client-request-id") == "my-request-0001", "echoed", response)


@area.case("a client without a request id of its own is given one", "0.1")
def no_client_request_id(target: Target) -> None:
    response = generate(target, "4.0", size="1280x720")
    given = response.headers.get("x-client-request-id", "")
    check(CLIENT_REQUEST_ID.fullmatch(given) is not None, "unknown-<time>-<8 characters>", response)


@area.case("a body that is no JSON is 400", "4", pictures=0)
def no_json(target: Target) -> None:
    assert_error(post(target, b'{"model": "a", '), 400, "InvalidParameter")


@area.case("a refusal keeps the server usable", "4")
def usable(target: Target) -> None:
    error_of(post(target, {"model": target.model("4.0")}))
    answer_of(generate(target, "4.0", size="1280x720"))
