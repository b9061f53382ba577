"""A model's card as a language model reads it: its sizes and limits in words."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from limner.types import JSON

MEGA = 1_000_000


class _References(BaseModel):
    min: int = 0
    max: int = 0


class Card(BaseModel):
    """What the tools need of a card, in the form in which GET /v1/models shows it."""

    model_config = ConfigDict(frozen=True)

    title: str
    default_size: str
    presets: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    min_pixels: int = 0
    max_pixels: int = 0
    max_series: int = 0
    output_formats: tuple[str, ...] = ("jpeg",)
    references: _References | None = None


class ModelFacts(BaseModel):
    """One model, as list_models answers."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="What the tools take as model.")
    title: str
    in_words: str = Field(description="What it can do, its sizes and its limits.")
    default_size: str
    presets: dict[str, dict[str, str]] = Field(description="Named sizes: WIDTHxHEIGHT by ratio.")
    min_pixels: int = Field(description="Of a size given as WIDTHxHEIGHT.")
    max_pixels: int = Field(description="Of a size given as WIDTHxHEIGHT; 0: none is accepted.")
    min_references: int = Field(description="Input pictures that it needs.")
    max_references: int = Field(description="Input pictures that it takes.")
    max_series: int = Field(description="Pictures of a series and references together; 0: no series.")
    output_formats: list[str]

    @property
    def sizes_in_words(self) -> str:
        """Which sizes may be asked for."""
        parts = [" or ".join(self.presets)] if self.presets else []
        if self.max_pixels:
            least, most = _mega(self.min_pixels), _mega(self.max_pixels)
            parts.append(f"WIDTHxHEIGHT of {least} to {most} million pixels")
        return ", or ".join(parts)


def model_facts(name: str, card: Mapping[str, JSON]) -> ModelFacts:
    """The facts in a card's JSON. Raises pydantic's ValidationError for what is no card."""
    read = Card.model_validate(card)
    references = read.references or _References()
    facts = ModelFacts(
        name=name,
        title=read.title,
        in_words="",
        default_size=read.default_size,
        presets={preset: dict(sizes) for preset, sizes in read.presets.items()},
        min_pixels=read.min_pixels,
        max_pixels=read.max_pixels,
        min_references=references.min,
        max_references=references.max,
        max_series=read.max_series,
        output_formats=list(read.output_formats),
    )
    return facts.model_copy(update={"in_words": _in_words(facts)})


def _in_words(facts: ModelFacts) -> str:
    return " ".join(
        (
            f"{facts.title}.",
            f"Sizes: {facts.sizes_in_words}; {facts.default_size} unless told otherwise.",
            _references_in_words(facts),
            f"Series of up to {facts.max_series} pictures." if facts.max_series else "No series.",
            f"Files: {', '.join(facts.output_formats)}.",
        )
    )


def _references_in_words(facts: ModelFacts) -> str:
    least, most = facts.min_references, facts.max_references
    if not most:
        return "Takes no input pictures, so it cannot edit."
    if least == most:
        return f"Edits only: it needs {_pictures(least)} to work on."
    return f"Takes up to {_pictures(most)} to edit, combine or follow."


def _pictures(count: int) -> str:
    return f"{count} picture{'s' if count > 1 else ''}"


def _mega(pixels: int) -> str:
    return f"{pixels / MEGA:.2f}".rstrip("0").rstrip(".")
