"""Bad forms on /v1/images/edits: the same promise as for bad JSON."""

from __future__ import annotations

import httpx
import pytest

from limner.conformance.answers import one_picture
from limner.conformance.expect import assert_client_error, assert_error, check
from limner.conformance.pictures import encode, plain, reference
from limner.conformance.target import Target
from limner.conformance.wire import authorization

PICTURE = encode(plain(320, 240))
FIELDS = {"model": "doubao-seedream-4-0-250828", "prompt": "make it night", "size": "1280x720"}
FORM = "multipart/form-data; boundary=b"


def edit(
    target: Target,
    fields: dict[str, str] | None = None,
    files: list[tuple[str, tuple[str, bytes, str]]] | None = None,
) -> httpx.Response:
    """The answer to a form; a good picture and good fields are filled in."""
    files = [("image", ("a.png", PICTURE, "image/png"))] if files is None else files
    with httpx.Client(headers=authorization(target), timeout=60) as client:
        return client.post(f"{target.base_url}/images/edits", data={**FIELDS, **(fields or {})}, files=files)


def raw(target: Target, body: bytes, content_type: str) -> httpx.Response:
    headers = {**authorization(target), "Content-Type": content_type}
    with httpx.Client(headers=headers, timeout=60) as client:
        return client.post(f"{target.base_url}/images/edits", content=body)


def test_a_form_with_a_picture_is_an_edit(target: Target) -> None:
    one_picture(target, edit(target), "4.0")


def test_files_and_links_may_be_mixed(target: Target) -> None:
    response = edit(target, {"image[]": reference()})
    one_picture(target, response, "4.0")


def test_a_form_without_a_picture_misses_it(target: Target) -> None:
    files = [("other", ("a.png", PICTURE, "image/png"))]
    assert_error(edit(target, files=files), 400, "MissingParameter", "image")


@pytest.mark.parametrize("name", ["prompt", "model"])
def test_an_empty_field_counts_as_missing(target: Target, name: str) -> None:
    assert_client_error(edit(target, {name: ""}))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("watermark", "maybe"),
        ("stream", "2"),
        ("seed", "seven"),
        ("seed", "7.5"),
        ("seed", "-2"),
        ("seed", "9" * 5000),
        ("size", "1x1"),
        ("response_format", "file"),
        ("output_format", "webp"),
        ("sequential_image_generation_options", "[" * 100_000),
        ("sequential_image_generation_options", "four"),
        ("optimize_prompt_options", "7"),
        ("tools", "{"),
    ],
)
def test_a_text_that_is_no_such_value_is_refused_by_name(target: Target, name: str, text: str) -> None:
    refusal = edit(target, {name: text})
    assert_error(refusal, 400, "InvalidParameter")
    check(refusal.json()["error"]["param"].startswith(name), f"param is {name}", refusal)


@pytest.mark.parametrize("text", ["nan", "inf", "1e999"])
def test_a_number_that_is_none_is_refused(target: Target, text: str) -> None:
    assert_error(edit(target, {"guidance_scale": text}), 400, "InvalidParameter")


@pytest.mark.parametrize("data", [b"", b"this is no picture", b"%PDF-1.7", PICTURE[:40]])
def test_a_file_that_is_no_picture_is_refused(target: Target, data: bytes) -> None:
    refusal = edit(target, files=[("image", ("a.png", data, "image/png"))])
    assert_client_error(refusal)
    check(refusal.json()["error"]["param"] == "image", "param is image", refusal)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00.png", "a" * 5000, 'a"; x="y', "图.png", ""])
def test_a_file_name_means_nothing(target: Target, name: str) -> None:
    response = edit(target, files=[("image", (name, PICTURE, "image/png"))])
    if response.status_code == 200:
        one_picture(target, response, "4.0")
    else:
        assert_client_error(response)


def test_fifteen_files_are_one_too_many(target: Target) -> None:
    file = ("a.png", PICTURE, "image/png")
    one_picture(target, edit(target, files=[("image[]", file)] * 14), "4.0")
    assert_error(edit(target, files=[("image[]", file)] * 15), 400, "InvalidParameter", "image")
    assert_client_error(edit(target, files=[("image[]", file)] * 100))


def test_a_thousand_fields_are_refused(target: Target) -> None:
    assert_client_error(edit(target, {f"field{number}": "x" for number in range(1000)}))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", FORM),
        (b"--b", FORM),
        (b"--b\r\n\r\n--b--\r\n", FORM),
        (b'--b\r\nContent-Disposition: form-data; name="image"\r\n\r\nx', FORM),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", FORM),
        (b"--other\r\n\r\n", FORM),
        (b"--b\r\n" + b"X: y\r\n" * 10_000 + b"\r\nx\r\n--b--\r\n", FORM),
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary="),
        (b"x", "multipart/form-data; boundary=" + "b" * 5000),
        (b"model=a&prompt=b", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"{", "application/json"),
        (b"x", "text/plain"),
    ],
)
def test_a_form_that_is_broken_is_refused(target: Target, body: bytes, content_type: str) -> None:
    assert_client_error(raw(target, body, content_type))


def test_a_form_over_the_limit_is_413(small_target: Target) -> None:
    big = PICTURE + bytes(10_000)
    refusal = edit(small_target, files=[("image", ("a.png", big, "image/png"))])
    assert_error(refusal, 413, "RequestBodyTooLarge")


def test_the_key_is_judged_before_the_form(target: Target) -> None:
    with httpx.Client(timeout=60) as client:
        headers = {"Content-Type": FORM, "Authorization": "Bearer wrong"}
        refusal = client.post(f"{target.base_url}/images/edits", content=b"--b", headers=headers)
    assert_error(refusal, 401, "AuthenticationError")
