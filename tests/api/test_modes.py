"""What an engine does not say that it can do is refused before anything is spent."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from limner.conformance.expect import assert_error
from limner.conformance.pictures import reference
from limner.engines.base import Mode
from limner.engines.fake import FakeEngine
from limner.testing import running_server

BODY = {"model": "doubao-seedream-4-0-250828", "prompt": "a cat", "size": "1280x720"}
PICTURE = reference()
ONE, TWO = {"image": PICTURE}, {"image": [PICTURE, PICTURE]}
SERIES = {
    "prompt": "3 pictures of a cat",
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 3},
}
ALONE = SERIES | {"sequential_image_generation_options": {"max_images": 1}}


def answer(engine: FakeEngine, fields: dict[str, Any]) -> httpx.Response:
    with running_server(engines={"fake": engine}) as server:
        headers = {"Authorization": f"Bearer {server.api_key}"}
        url = f"{server.base_url}/v1/images/generations"
        return httpx.post(url, json=BODY | fields, headers=headers, trust_env=False)


@pytest.mark.parametrize(
    ("modes", "fields", "param"),
    [
        ({"text_to_image", "series"}, ONE, "image"),
        ({"text_to_image", "edit"}, TWO, "image"),
        ({"edit", "fusion"}, {}, "image"),
        ({"text_to_image", "edit"}, SERIES, "sequential_image_generation"),
        ({"text_to_image", "series"}, SERIES | ONE, "image"),
    ],
)
def test_what_the_engine_cannot_do_is_refused_by_the_field_that_asks_for_it(
    modes: set[Mode], fields: dict[str, Any], param: str
) -> None:
    engine = FakeEngine(modes=frozenset(modes))
    assert_error(answer(engine, fields), 400, "InvalidParameter", param, "what serves this model")
    assert not engine.requests


@pytest.mark.parametrize(
    ("modes", "fields"),
    [
        ({"text_to_image"}, {}),
        ({"text_to_image"}, ALONE),
        ({"edit"}, ONE),
        ({"fusion"}, TWO),
        ({"edit", "series"}, SERIES | ONE),
    ],
)
def test_what_it_can_do_is_made(modes: set[Mode], fields: dict[str, Any]) -> None:
    assert answer(FakeEngine(modes=frozenset(modes)), fields).status_code == 200
