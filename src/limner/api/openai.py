"""The OpenAI Images API's edit form: multipart fields and files to an Ask.

Fields are those of the JSON request, as text; `image` and `image[]` are files, URLs or data URIs.
A mask is refused by name, never ignored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from limner.api.seedream import parse_body, to_ask
from limner.errors import BadRequest, InvalidParameter
from limner.types import JSON, Ask

MAX_FILES = 16
MAX_FIELDS = 64
IMAGE_FIELDS = ("image", "image[]")
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


async def read_edit_form(request: Request, max_bytes: int, engine_options: Mapping[str, str]) -> Ask:
    """The Ask in a multipart form. Raises BadRequest errors for what is no such form."""
    try:
        async with request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=max_bytes) as form:
            refuse_mask(form.keys())
            images = await _images(form)
            texts = {name: value for name, value in form.items() if isinstance(value, str)}
    except HTTPException as error:
        raise BadRequest(f"The form cannot be read: {error.detail}") from error
    fields = {name: _typed(name, text) for name, text in texts.items() if name not in IMAGE_FIELDS}
    body = parse_body(json.dumps(_nest(fields)).encode())
    return replace(to_ask(body, engine_options), images=images)


def refuse_mask(names: Collection[str]) -> None:
    """Raise InvalidParameter if a mask is among the fields."""
    if "mask" in names:
        raise InvalidParameter.named("mask", "masks are not supported; say in `prompt` what is to change")


async def _images(form: FormData) -> tuple[str | bytes, ...]:
    """Files and links under image and image[], in the order of the form."""
    values = [value for name, value in form.multi_items() if name in IMAGE_FIELDS]
    return tuple([await value.read() if isinstance(value, UploadFile) else value for value in values])


def _boolean(text: str) -> JSON:
    return BOOLEANS[text.strip().lower()]


PARSERS: dict[str, Callable[[str], JSON]] = {
    "seed": int,
    "n": int,
    "partial_images": int,
    "guidance_scale": float,
    "watermark": _boolean,
    "stream": _boolean,
    "optimize_prompt": _boolean,
    "layer_decomposition": _boolean,
    "tools": json.loads,
    "sequential_image_generation_options": json.loads,
    "optimize_prompt_options": json.loads,
    "sequential_image_generation_options[max_images]": int,
}


def _typed(name: str, text: str) -> JSON:
    try:
        return PARSERS.get(name, str)(text)
    except (KeyError, ValueError, RecursionError) as error:
        raise InvalidParameter.named(name, "the text cannot be read as a value of this field") from error


def _nest(fields: Mapping[str, JSON]) -> dict[str, JSON]:
    """The OpenAI SDK sends an object's fields as name[key]."""
    nested: dict[str, JSON] = {}
    for name, value in fields.items():
        outer, bracket, inner = name.partition("[")
        if not bracket or not inner.endswith("]"):
            nested[name] = value
            continue
        inside = nested.setdefault(outer, {})
        if isinstance(inside, dict):
            inside[inner.removesuffix("]")] = value
    return nested
