"""Bad days on demand: X-Limner-Fake lets people see what their programs do about failures."""

from __future__ import annotations

import time
from typing import Any

import openai
import pytest

from limner.conformance.answers import check_usage, frames_of, one_picture, picture_of
from limner.conformance.ark_sdk import client as ark_client
from limner.conformance.expect import answer_of, assert_error, check
from limner.conformance.openai_sdk import client as openai_client
from limner.conformance.target import Target
from limner.conformance.wire import generate, post

SERIES: dict[str, Any] = {
    "prompt": "3 pictures of a fox",
    "size": "1280x720",
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 3},
}
REFUSED = "OutputImageSensitiveContentDetected"


def script(text: str) -> dict[str, str]:
    return {"X-Limner-Fake": text}


def test_a_refused_picture_is_an_entry_of_its_own_and_the_series_goes_on(target: Target) -> None:
    response = generate(target, "4.0", script("refuse=2"), **SERIES)
    body: dict[str, Any] = answer_of(response)
    first, second, third = body["data"]
    assert second["error"]["code"] == REFUSED
    assert sorted(second["error"]) == ["code", "message"]
    assert "url" not in second and "b64_json" not in second
    seen = [picture_of(target, entry, "4.0", response) for entry in (first, third)]
    check_usage(body["usage"], seen, response)


def test_a_picture_that_fails_inside_ends_the_series(target: Target) -> None:
    response = generate(target, "4.0", script("fail=2"), **SERIES)
    body: dict[str, Any] = answer_of(response)
    first, second = body["data"]
    assert second["error"]["code"] == "InternalServiceError"
    check_usage(body["usage"], [picture_of(target, first, "4.0", response)], response)


def test_a_refused_picture_is_streamed_as_partial_failed_and_takes_an_index(target: Target) -> None:
    response = generate(target, "4.0", script("refuse=2"), stream=True, **SERIES)
    first, second, third, last = frames_of(response)
    assert [frame.event.rpartition(".")[2] for frame in (first, second, third, last)] == [
        "partial_succeeded",
        "partial_failed",
        "partial_succeeded",
        "completed",
    ]
    assert [frame.data["image_index"] for frame in (first, second, third)] == [0, 1, 2]
    assert list(second.data) == ["type", "model", "created", "image_index", "error"]
    assert second.data["error"]["code"] == REFUSED
    seen = [picture_of(target, frame.data, "4.0", response) for frame in (first, third)]
    check_usage(last.data["usage"], seen, response)


def test_after_an_internal_failure_a_stream_brings_no_more_pictures(target: Target) -> None:
    response = generate(target, "4.0", script("fail=2"), stream=True, **SERIES)
    first, second, last = frames_of(response)
    assert second.event == "image_generation.partial_failed"
    assert second.data["error"]["code"] == "InternalServiceError"
    check_usage(last.data["usage"], [picture_of(target, first.data, "4.0", response)], response)


def test_a_single_refused_picture_is_400(target: Target) -> None:
    assert_error(generate(target, "4.0", script("refuse=1"), size="1280x720"), 400, REFUSED)


def test_a_single_refused_picture_is_streamed_as_failed_and_costs_nothing(target: Target) -> None:
    response = generate(target, "4.0", script("refuse=1"), size="1280x720", stream=True)
    failed, last = frames_of(response)
    assert (failed.event, failed.data["error"]["code"]) == ("image_generation.partial_failed", REFUSED)
    check_usage(last.data["usage"], [], response)


def test_a_single_failed_picture_is_500(target: Target) -> None:
    refusal = generate(target, "4.0", script("fail=1"), size="1280x720")
    assert_error(refusal, 500, "InternalServiceError")


def test_an_overloaded_server_is_429_with_retry_after(target: Target) -> None:
    for stream in (False, True):
        refusal = generate(target, "4.0", script("429"), stream=stream)
        assert_error(refusal, 429, "ServerOverloaded")
        check(int(refusal.headers["retry-after"]) >= 1, "Retry-After in seconds", refusal)


def test_a_delay_delays(target: Target) -> None:
    started = time.monotonic()
    one_picture(target, generate(target, "4.0", script("delay_s=0.5"), size="1280x720"), "4.0")
    assert time.monotonic() - started >= 0.5


@pytest.mark.parametrize("text", ["delay_s=soon", "explode", "fail=two", "delay_s=nan", "delay_s=-1"])
def test_a_script_that_makes_no_sense_is_400(target: Target, text: str) -> None:
    assert_error(generate(target, "4.0", script(text)), 400, "InvalidParameter")


def test_a_script_is_ignored_by_a_server_that_does_not_allow_it(small_target: Target) -> None:
    one_picture(small_target, generate(small_target, "4.0", script("429"), size="1280x720"), "4.0")


def test_openai_retries_an_overloaded_server(target: Target) -> None:
    with (
        openai_client(target).with_options(max_retries=1) as api,
        pytest.raises(openai.RateLimitError) as raised,
    ):
        api.images.generate(model=target.model("4.0"), prompt="a fox", extra_headers=script("429"))
    assert raised.value.response.request.headers["x-stainless-retry-count"] == "1"


def test_a_partial_failure_ends_the_iteration_of_both_sdks_with_its_code(target: Target) -> None:
    fields = {name: value for name, value in SERIES.items() if name != "prompt"}
    with openai_client(target) as api, pytest.raises(openai.APIError) as raised:
        events: Any = api.images.generate(
            model=target.model("4.0"),
            prompt=SERIES["prompt"],
            stream=True,
            extra_body=fields,
            extra_headers=script("refuse=2"),
        )
        list(events)
    assert raised.value.code == REFUSED
    from volcenginesdkarkruntime._exceptions import ArkAPIError

    with ark_client(target) as api, pytest.raises(ArkAPIError) as ark_raised:
        list(
            api.images.generate(
                model=target.model("4.0"),
                prompt=SERIES["prompt"],
                stream=True,
                extra_body=fields,
                extra_headers=script("refuse=2"),
            )
        )
    assert ark_raised.value.code == REFUSED


def test_checks_come_before_the_script(target: Target) -> None:
    refusal = post(target, {"model": "no-such-model", "prompt": "a fox"}, script("429"))
    assert_error(refusal, 404, "InvalidEndpointOrModel.NotFound")
