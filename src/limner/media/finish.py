"""Finish: from an engine's picture to the bytes of the file that is delivered.

Runs in a worker: everything here can be pickled. It does not know policies or where files are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from limner.media import MEDIA_TYPES
from limner.media.decode import decode_pixels
from limner.media.metadata import Facts
from limner.types import Encoded, OutputFormat

if TYPE_CHECKING:
    from limner.types import PixelArray


@dataclass(frozen=True, slots=True)
class FinishPlan:
    """What to make of a picture. mark_text None: no visible mark."""

    output_format: OutputFormat
    mark_text: str | None
    facts: Facts


def is_finished(image: PixelArray | Encoded, plan: FinishPlan) -> bool:
    """Whether the picture is a file that can be delivered untouched, e.g. a relay's signed one."""
    has_type = isinstance(image, Encoded) and image.media_type == MEDIA_TYPES[plan.output_format]
    return has_type and plan.mark_text is None


def can_mark(text: str) -> bool:
    """Whether anything of the text can be drawn: a face of ours has a glyph of it."""
    from limner.media.fonts import drawable

    return bool(drawable(text))


def finish(image: PixelArray | Encoded, plan: FinishPlan) -> Encoded:
    """The picture as a file in the asked format, marked, with the facts inside.

    image: (h, w, 3) uint8 sRGB pixels, which become finish's own and may be drawn into; or a file,
    which is returned as it is when it has the right media type and needs no mark.
    Raises InvalidImage for a file that cannot be decoded.
    """
    if isinstance(image, Encoded):
        if is_finished(image, plan):
            return image
        image = decode_pixels(image.data)
    from limner.media.encode import encode
    from limner.media.watermark import mark

    if plan.mark_text is not None:
        image = image if image.flags.writeable else image.copy()
        mark(image, plan.mark_text)
    return encode(image, plan.output_format, plan.facts)
