"""The Seedream API's wire: its JSON request to an Ask, a job's log to its JSON answer.

Names of the wire stop here. Null means absent; unknown fields are kept by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from pydantic_core import from_json

from limner.api.context import Links
from limner.api.gpt_image import input_tokens
from limner.api.lift import lift
from limner.api.parts import Base64, Part
from limner.catalog import Card
from limner.errors import BadRequest, InvalidImage, InvalidParameter, PictureGone, RequestError
from limner.jobs.events import Done, PictureRefused, PictureStored, Usage
from limner.jobs.job import Job
from limner.references import decode_pieces
from limner.service import Service
from limner.types import Ask

Image = Annotated[str | list[str] | None, Field(description="URL or data URI, or up to 14 of them.")]


class SeriesOptions(BaseModel):
    """sequential_image_generation_options."""

    model_config = ConfigDict(strict=True, extra="allow")
    max_images: int | None = Field(None, description="Most pictures of a series, 1 to 15; 15 when absent.")


class PromptOptions(BaseModel):
    """optimize_prompt_options."""

    model_config = ConfigDict(strict=True, extra="allow")
    mode: str | None = Field(None, description="standard or fast.")
    thinking: str | None = Field(None, description="Accepted without effect.")


class Tool(BaseModel):
    """One of tools."""

    model_config = ConfigDict(strict=True, extra="allow")
    type: str | None = Field(None, description="web_search.")


class GenerationBody(BaseModel):
    """The request body of POST /v1/images/generations."""

    model_config = ConfigDict(strict=True, extra="allow", allow_inf_nan=False, title="GenerationRequest")

    model: str | None = Field(None, description="Model id, another spelling of it, or an alias. Required.")
    prompt: str | None = Field(None, description="What to draw or to change. Required.")
    image: Image = None
    size: str | None = Field(None, description="A preset such as 2K, WIDTHxHEIGHT, or adaptive (for edits).")
    seed: int | None = Field(None, description="0 to 2147483647 for the same picture again; -1: chance.")
    guidance_scale: float | None = Field(None, description="1 to 10, of models that take it.")
    sequential_image_generation: str | None = Field(None, description="auto for a series, or disabled.")
    sequential_image_generation_options: SeriesOptions | None = None
    response_format: str | None = Field(None, description="url (default) or b64_json.")
    output_format: str | None = Field(None, description="jpeg (default) or png, of models with a choice.")
    watermark: bool | None = Field(None, description="The visible mark; true when absent.")
    stream: bool | None = Field(None, description="Answer with server-sent events.")
    partial_images: int | None = Field(None, description="0 to 3 previews per picture, of engines that can.")
    tools: list[Tool] | None = Field(None, description="web_search, of models that have it.")
    optimize_prompt: bool | None = Field(None, description="Accepted without effect.")
    optimize_prompt_options: PromptOptions | None = None
    layer_decomposition: bool | None = Field(None, description="No model of this server has it.")
    negative_prompt: JsonValue = Field(None, description="Accepted without effect.")
    background: JsonValue = Field(None, description="Accepted without effect.")
    webhook_url: str | None = Field(None, description="Told when the job has ended; of this server.")
    n: JsonValue = Field(None, description="Ignored unless the server's n_mode says otherwise.")


NO_JSON_OBJECT = "The request body is not a JSON object that can be read."
WITHOUT_EFFECT = ("optimize_prompt", "negative_prompt", "background")
EXPECTATIONS = {
    "bool_type": "a boolean is expected",
    "int_type": "an integer is expected",
    "int_from_float": "an integer is expected",
    "float_type": "a number is expected",
    "finite_number": "a finite number is expected",
    "string_type": "a string is expected",
    "list_type": "an array is expected",
    "model_type": "an object is expected",
    "model_attributes_type": "an object is expected",
}


def parse_body(raw: bytes) -> GenerationBody:
    """The body, each field of its type. Raises InvalidParameter, BadRequest for what is no JSON object."""
    try:
        # In two steps: model_validate_json copies a data URI of 10 MB twice, and takes 2 ms longer.
        return GenerationBody.model_validate(from_json(raw))
    except ValidationError as error:
        raise _complaint(error) from error
    except ValueError as error:
        raise BadRequest(NO_JSON_OBJECT) from error


def _complaint(error: ValidationError) -> RequestError:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    if not first["loc"]:
        return BadRequest(NO_JSON_OBJECT)
    known = GenerationBody.model_fields
    name = str(first["loc"][0])
    if name not in known:
        return BadRequest()
    if name.endswith("_options") and len(first["loc"]) > 1:
        name = f"{name}.{first['loc'][1]}"
    # The live API adds no detail to a prompt of the wrong type.
    return InvalidParameter.named(name, "" if name == "prompt" else EXPECTATIONS.get(first["type"], ""))


def read_ask(chunks: Sequence[bytes], engine_options: Mapping[str, str] | None = None) -> Ask:
    """The Ask in a JSON body; large data URIs in it are already bytes. Raises BadRequest errors."""
    lifted = lift(chunks)
    with suppress(InvalidImage):  # an escape, or no base64 at all: the slow way below says which
        images = {stand_in: decode_pieces(pieces) for stand_in, pieces in lifted.base64.items()}
        ask = to_ask(parse_body(lifted.body), engine_options)
        if images.keys() <= set(ask.images):
            return replace(ask, images=tuple(images.get(str(image), image) for image in ask.images))
    return to_ask(parse_body(b"".join(chunks)), engine_options)


def to_ask(body: GenerationBody, engine_options: Mapping[str, str] | None = None) -> Ask:
    """The Ask behind a body; an empty image array is no image."""
    series, prompt_options = body.sequential_image_generation_options, body.optimize_prompt_options
    image = body.image
    return Ask(
        model=body.model,
        prompt=body.prompt,
        images=() if image is None else (image,) if isinstance(image, str) else tuple(image),
        size=body.size,
        seed=body.seed,
        guidance_scale=body.guidance_scale,
        series=body.sequential_image_generation,
        max_pictures=series.max_images if series else None,
        n=body.n if type(body.n) is int else None,
        delivery=body.response_format,
        watermark=body.watermark,
        output_format=body.output_format,
        prompt_mode=prompt_options.mode if prompt_options else None,
        tools=None if body.tools is None else tuple(tool.type or "" for tool in body.tools),
        layer_decomposition=body.layer_decomposition,
        stream=body.stream,
        partial_images=body.partial_images,
        webhook_url=body.webhook_url,
        unknown=tuple(_without_effect(body)),
        engine_options=engine_options or {},
        sent=body.model_dump(exclude_unset=True, exclude={"image"}),
    )


def _without_effect(body: GenerationBody) -> Iterable[str]:
    for name in WITHOUT_EFFECT:
        if getattr(body, name) is not None:
            yield name
    if body.n is not None and type(body.n) is not int:
        yield "n"
    if body.optimize_prompt_options and body.optimize_prompt_options.thinking is not None:
        yield "optimize_prompt_options.thinking"
    yield from (name for name, value in (body.model_extra or {}).items() if value is not None)


async def answer(service: Service, job: Job, links: Links) -> list[Part]:
    """The plain answer's body, in parts: model, created, data, usage; once the job has ended.

    Raises the job's error, or that of its last picture when none was made.
    """
    final = await job.wait()
    if not isinstance(final, Done):
        raise final.error
    pictures = job.pictures
    if pictures and not any(_is_there(event) for event in pictures):
        raise PictureGone if final.usage.generated_images else _error_of(pictures[-1])
    head = {"model": job.request.model, "created": int(final.at)}
    parts: list[Part] = [dump(head)[:-1], b',"data":[']
    for number, event in enumerate(pictures):
        parts += [b"," if number else b"", *await picture_parts(service, job, event, links)]
    tail = {"usage": usage(job, final.usage)} | tools(job)
    prompt_results = job.prompt_verdict.filter_results
    if prompt_results is not None:
        tail["prompt_filter_results"] = prompt_results
    return [*parts, b"],", dump(tail)[1:]]


def _is_there(event: PictureStored | PictureRefused) -> bool:
    return isinstance(event, PictureStored) and not event.is_deleted


def _error_of(event: PictureStored | PictureRefused) -> RequestError:
    return event.error if isinstance(event, PictureRefused) else PictureGone()


async def picture_parts(
    service: Service, job: Job, event: PictureStored | PictureRefused, links: Links, head: bytes = b"{"
) -> list[Part]:
    """One picture as a JSON object in parts; head: the object's beginning, ending in { or a comma."""
    if isinstance(event, PictureRefused) or event.is_deleted:
        error = _error_of(event)
        return [head, dump({"error": {"code": error.code, "message": error.message}})[1:]]
    facts = dump(_facts(service.catalog.find(job.request.card), event))[1:]
    if job.request.delivery == "url":
        return [head, b'"url":', dump(await links.to(event.name)), b",", facts]
    data = await service.picture_bytes(job, event)
    return [head, b'"b64_json":"', Base64(data), b'",', facts]


def _facts(card: Card, event: PictureStored) -> dict[str, Any]:
    facts: dict[str, Any] = {"size": str(event.size)} if card.reports_size else {}
    facts["seed"] = event.seed
    if event.revised_prompt is not None:
        facts["revised_prompt"] = event.revised_prompt
    if event.filter_results is not None:
        facts["content_filter_results"] = event.filter_results
    return facts


def usage(job: Job, used: Usage) -> dict[str, Any]:
    """usage; web_search stays 0, for no engine here searches."""
    counts: dict[str, Any] = {
        "generated_images": used.generated_images,
        "output_tokens": used.output_tokens,
        "total_tokens": used.output_tokens,
    }
    counts |= input_tokens(job.request.model)
    if job.request.tools:
        counts["tool_usage"] = {"web_search": 0}
    return counts


def tools(job: Job) -> dict[str, Any]:
    return {"tools": [{"type": name} for name in job.request.tools]} if job.request.tools else {}


def dump(value: Any) -> bytes:
    """Compact JSON in UTF-8, on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
