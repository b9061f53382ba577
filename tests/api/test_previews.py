"""Previews on the wire: unfinished looks at a picture, of engines that have them."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncGenerator, Sequence
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image, ImageChops

from limner.engines.fake import FakeEngine
from limner.testing import running_server
from limner.types import Encoded, Event, ImageRequest, Preview, Progress, Reference

GREY = Image.new("RGB", (256, 144), (128, 128, 128))
BODY = {"model": "doubao-seedream-5-0-260128", "prompt": "a cat", "size": "2048x2048", "stream": True}


class Previewing(FakeEngine):
    """Shows one grey look at each picture."""

    async def generate(
        self, request: ImageRequest, references: Sequence[Reference]
    ) -> AsyncGenerator[Event, None]:
        file = BytesIO()
        GREY.save(file, "JPEG")
        async for event in super().generate(request, references):
            if isinstance(event, Progress):
                yield Preview(event.index, 0, Encoded(file.getvalue(), "image/jpeg", *GREY.size))
            yield event


def preview(**fields: object) -> dict[str, Any]:
    """The one preview in a stream."""
    with running_server(engines={"fake": Previewing()}) as server:
        answer = httpx.post(
            f"{server.base_url}/v1/images/generations",
            json=BODY | fields,
            headers={"Authorization": f"Bearer {server.api_key}"},
            trust_env=False,
        )
    events = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: {")]
    (found,) = [event for event in events if event.get("type") == "image_generation.partial_image"]
    return dict(found)


@pytest.mark.parametrize("output_format", ["jpeg", "png"])
@pytest.mark.parametrize("watermark", [True, False])
def test_a_preview_carries_the_mark_that_its_picture_will(watermark: bool, output_format: str) -> None:
    event = preview(watermark=watermark, output_format=output_format)
    assert (event["output_format"], event["size"], event["partial_image_index"]) == ("jpeg", "256x144", 0)
    image = Image.open(BytesIO(base64.b64decode(event["b64_json"])))
    assert (image.format, image.size) == ("JPEG", GREY.size)
    changed = (
        ImageChops.difference(image.convert("RGB"), GREY).point(lambda level: 255 * (level > 8)).getbbox()
    )
    if watermark:
        assert changed is not None and changed[0] > 128 and changed[1] > 100
    else:
        assert changed is None
