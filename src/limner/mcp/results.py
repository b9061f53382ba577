"""What a tool answers: pictures as image content, links and facts in words; errors with what to change.

Answers with pictures have no structured content: several clients then show a model that alone, and drop
the pictures beside it. The facts are in the text, and as _meta of each link for programs.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

from mcp_types import CallToolResult, ContentBlock, ImageContent, ResourceLink, TextContent

from limner.cli.failures import RemoteError
from limner.cli.outcomes import Missed
from limner.errors import RequestError
from limner.mcp.backend import Backend, Kept
from limner.mcp.inline import MAX_ANSWER_BYTES, shrink

FACTS_KEY = "limner/picture"
HINTS = {
    "AuthenticationError": "The user has to give `limner mcp` a valid key: --api-key, or LIMNER_API_KEY.",
    "ServerUnreachable": "The user has to start the server (`limner serve`) or to correct --base-url.",
    "InvalidEndpointOrModel.NotFound": "Call list_models and use one of its names.",
    "NotFound": "Use an id exactly as an answer of these tools gave it.",
    "PictureGone": "Make the picture again; its seed makes the same one.",
    "InvalidParameter": "Call list_models for the model's sizes and limits, change it, and call again.",
    "MissingParameter": "Give that value, and call again.",
    "InputTextSensitiveContentDetected": "Say it in other words.",
    "InputImageSensitiveContentDetected": "Use another picture.",
    "OutputImageSensitiveContentDetected": "Change the prompt, or try another seed.",
    "ServerOverloaded": "Wait a few seconds, and call again.",
    "InflightBatchsizeExceeded": "Wait until the key's other pictures are done, and call again.",
    "ModelAccountIpmRateLimitExceeded": "Wait a minute, and call again.",
    "QuotaExceeded": "The key's budget of this month is used up; whoever runs the server can raise it.",
    "ServiceUnavailable": "Wait a few seconds, and call again.",
    "DeadlineExceeded": "Ask for fewer or smaller pictures.",
    "UnusableFile": "Use a past picture's id, a link or a data URI, or ask the user.",
    "InvalidImageURL.InvalidFormat": "Use a picture file: JPEG, PNG, WebP, BMP, TIFF, GIF or HEIC.",
    "JobCancelled": "It was cancelled; call again if the pictures are still wanted.",
}
"""By error code: what can be done about it."""
_REQUEST_ID = re.compile(r" Request id: \w+$")


def error_result(error: RequestError | RemoteError) -> CallToolResult:
    """The error as a tool's answer: its code, its message, and what to change."""
    message = _REQUEST_ID.sub("", str(error))
    return _failed([f"{error.code}: {message}", *_hint(error.code)])


def _failed(lines: Sequence[str]) -> CallToolResult:
    return CallToolResult(content=[TextContent(text="\n".join(lines))], is_error=True)


def _hint(code: str) -> list[str]:
    hint = HINTS.get(code) or HINTS.get(code.partition(".")[0])
    return [hint] if hint else []


async def pictures_result(backend: Backend, kept: Sequence[Kept], missed: Sequence[Missed]) -> CallToolResult:
    """The pictures, small ones inline and the whole ones by link; an error where there is none."""
    troubles = [line for each in missed for line in _trouble(each)]
    if not kept:
        return _failed(troubles or ["NoPictures: nothing was made."])
    share = MAX_ANSWER_BYTES // len(kept)
    shown = [await _inline(backend, picture, share) for picture in kept]
    seen = zip(kept, shown, strict=True)
    unseen = [f"Picture {each.id} is not shown here: {why}." for each, why in seen if isinstance(why, str)]
    lines = [_facts(picture) for picture in kept] + unseen + troubles + [_advice(kept)]
    content: list[ContentBlock] = [TextContent(text="\n".join(lines))]
    content += [each for each in shown if isinstance(each, ImageContent)]
    content += [_link(picture) for picture in kept]
    return CallToolResult(content=content)


async def _inline(backend: Backend, picture: Kept, max_bytes: int) -> ImageContent | str:
    """The picture to look at, or why there is none."""
    try:
        data = await shrink(await backend.read(picture), max_bytes)
    except (RequestError, RemoteError) as error:
        return str(error)
    if data is None:
        return "it would be too large even if it were small"
    return ImageContent(data=base64.b64encode(data).decode(), mime_type="image/jpeg")


def _trouble(missed: Missed) -> list[str]:
    message = _REQUEST_ID.sub("", missed.message)
    return [f"Picture {missed.index} was not made. {missed.code}: {message}", *_hint(missed.code)]


def _facts(picture: Kept) -> str:
    kind = picture.media_type.removeprefix("image/")
    return f"Picture {picture.id}: {picture.size} {kind}, seed {picture.seed}, {picture.link}"


def _advice(kept: Sequence[Kept]) -> str:
    them = "it is" if len(kept) == 1 else "they are"
    return f"What is shown is scaled down; whole, {them} at the link. To change a picture, give edit its id."


def _link(picture: Kept) -> ResourceLink:
    facts = {"id": str(picture.id), "size": picture.size, "seed": picture.seed}
    return ResourceLink(
        name=f"{str(picture.id).replace('/', '-')}.{picture.media_type.removeprefix('image/')}",
        title=f"Picture {picture.id.index}",
        uri=picture.link,
        mime_type=picture.media_type,
        description=f"The whole picture, {picture.size}.",
        _meta={FACTS_KEY: facts},
    )
