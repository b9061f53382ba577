"""What clients take for granted of OpenAI's own model names, which an alias may give to a card.

They send no response_format and read b64_json alone, send a size of auto, and want the tokens of the
input counted. By its own names a model answers as Seedream does, whoever asks.
"""

from __future__ import annotations

from dataclasses import replace

from limner.types import JSON, Ask

PREFIXES = ("gpt-image-", "chatgpt-image-")
AUTO_SIZE = "auto"


def is_gpt_image(model: str | None) -> bool:
    """Whether a model was asked for by a name of OpenAI's picture models."""
    return model is not None and model.startswith(PREFIXES)


def with_defaults(ask: Ask) -> Ask:
    """The Ask with what OpenAI's API takes for given under such a name; any other unchanged."""
    if not is_gpt_image(ask.model):
        return ask
    return replace(ask, delivery=ask.delivery or "b64_json", size=None if ask.size == AUTO_SIZE else ask.size)


def input_tokens(model: str) -> dict[str, JSON]:
    """What usage also says under such a name: nothing is counted of the input; empty for any other."""
    if not is_gpt_image(model):
        return {}
    return {"input_tokens": 0, "input_tokens_details": {"text_tokens": 0, "image_tokens": 0}}
