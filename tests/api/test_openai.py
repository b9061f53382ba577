"""The edit form: files, links, typed text fields, and the mask that is never ignored."""

from __future__ import annotations

import io
from itertools import pairwise

import httpx
import pytest
from PIL import Image

from limner.conformance.expect import assert_error

MODEL = "doubao-seedream-4-0-250828"
PATH = "/v1/images/edits"
FIELDS = {"model": MODEL, "prompt": "make it night", "size": "1K"}


def _png(colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(file, "PNG")
    return file.getvalue()


def _edit(client: httpx.Client, fields: dict[str, str], *names: str) -> httpx.Response:
    files = [(name, ("a.png", _png(), "image/png")) for name in names]
    return client.post(PATH, data=fields, files=files)


def test_one_file_is_edited(client: httpx.Client) -> None:
    answer = _edit(client, FIELDS, "image")
    assert answer.status_code == 200
    assert answer.json()["data"][0]["size"] == "1024x1024"


@pytest.mark.parametrize("name", ["image", "image[]"])
def test_several_files_are_all_used(client: httpx.Client, name: str) -> None:
    """The fake draws a band of its colour for each reference."""
    answer = _edit(client, FIELDS | {"watermark": "false"}, name, name, name)
    picture = Image.open(io.BytesIO(httpx.get(answer.json()["data"][0]["url"]).content))
    column = [picture.getpixel((0, y)) for y in range(0, 1024, 16)]
    changes = sum(first != second for first, second in pairwise(column))
    assert changes >= 5


def test_text_fields_are_read_as_their_types(client: httpx.Client) -> None:
    answer = _edit(client, FIELDS | {"seed": "7", "response_format": "b64_json", "n": "1"}, "image")
    picture = answer.json()["data"][0]
    assert picture["seed"] == 7
    assert set(picture) == {"b64_json", "size", "seed"}


@pytest.mark.parametrize(
    ("field", "value"), [("seed", "x"), ("watermark", "maybe"), ("guidance_scale", "high"), ("tools", "{")]
)
def test_text_that_is_not_of_the_type_is_refused(client: httpx.Client, field: str, value: str) -> None:
    assert_error(_edit(client, FIELDS | {field: value}, "image"), 400, "InvalidParameter", field)


def test_a_mask_is_refused_by_name(client: httpx.Client) -> None:
    assert_error(_edit(client, FIELDS, "image", "mask"), 400, "InvalidParameter", "mask")


def test_an_edit_without_a_picture_is_refused(client: httpx.Client) -> None:
    assert_error(_edit(client, FIELDS | {"x": "y"}), 400, "MissingParameter", "image")


def test_json_is_read_on_the_edit_route_too(client: httpx.Client) -> None:
    assert_error(client.post(PATH, json=FIELDS), 400, "MissingParameter", "image")
    assert_error(client.post(PATH, json=FIELDS | {"mask": "x"}), 400, "InvalidParameter", "mask")


@pytest.mark.parametrize(
    "content", [b"", b"--x\r\n", b"--b\r\nContent-Disposition: form-data\r\n\r\n\r\n--b--\r\n"]
)
def test_a_broken_form_is_a_client_error(client: httpx.Client, content: bytes) -> None:
    answer = client.post(PATH, content=content, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 400
