"""The cards: what each model accepts and promises, read from catalog.toml; and sizes.

One card answers every question about its model, so that no code branches on a model's name.
It knows no request: checks.py holds a request against its card.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias, get_args

from limner.errors import ConfigError, InvalidParameter, ModelNotFound
from limner.types import JSON, Size, SizeRule

FieldRule: TypeAlias = Literal["use", "ignore", "refuse"]
ADAPTIVE = "adaptive"
SQUARE = "1:1"
ALL_FORMATS = ("jpeg", "png", "webp", "bmp", "tiff", "gif", "heic", "heif")
_SIZE = re.compile(r"([1-9][0-9]{0,5})[xX]([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class GuidanceRange:
    """The guidance_scale that a model takes, both ends included."""

    default: float
    min: float
    max: float


@dataclass(frozen=True, slots=True)
class ReferenceLimits:
    """What a model's input pictures may be. max_ratio: of the longer side to the shorter."""

    min: int = 0
    max: int = 14
    max_bytes: int = 30 << 20
    min_side: int = 15
    max_pixels: int = 36_000_000
    max_ratio: int = 16
    formats: tuple[str, ...] = ALL_FORMATS


@dataclass(frozen=True, slots=True)
class Card:
    """What one model accepts and promises.

    names: other spellings of the id. presets: named sizes, the ratio chosen by the request.
    min_pixels and max_pixels: of an explicit WxH; max_pixels 0: none is accepted.
    max_series: pictures of a series and references together; 0: no series.
    reports_size: whether data[].size is part of the answer.
    """

    id: str
    title: str
    family: str
    default_size: str
    names: tuple[str, ...] = ()
    presets: tuple[str, ...] = ()
    min_pixels: int = 0
    max_pixels: int = 0
    max_ratio: int = 16
    max_series: int = 0
    reports_size: bool = True
    output_formats: tuple[str, ...] = ("jpeg",)
    prompt_modes: tuple[str, ...] = ("standard",)
    guidance_scale: GuidanceRange | None = None
    references: ReferenceLimits | None = None
    fields: Mapping[str, FieldRule] = field(default_factory=dict)

    @property
    def short_id(self) -> str:
        """The id without its date, as error messages name the model."""
        return self.id.rpartition("-")[0]

    def rule(self, name: str) -> FieldRule:
        """What happens to a field of the request that has this name on the wire."""
        return self.fields.get(name, "use")

    def parse_size(self, text: str | None) -> Size | SizeRule:
        """The size that a request asks for. Raises InvalidParameter that names the limit it breaks."""
        wanted = self.default_size if text is None else text
        preset = next((name for name in self.presets if name.lower() == wanted.lower()), None)
        if preset is not None:
            return SizeRule(preset)
        match = _SIZE.fullmatch(wanted)
        if match is None or not self.max_pixels:
            raise _size_error(f"the specified size is not supported for model {self.short_id}")
        return self._within_limits(Size(int(match[1]), int(match[2])))

    def _within_limits(self, size: Size) -> Size:
        if size.pixels < self.min_pixels:
            raise _size_error(f"image size must be at least {self.min_pixels} pixels")
        if size.pixels > self.max_pixels:
            raise _size_error(f"image size must be at most {self.max_pixels} pixels")
        if not within_ratio(size.width, size.height, self.max_ratio):
            limit = self.max_ratio
            raise _size_error(f"the aspect ratio must be between 1/{limit} and {limit}")
        return size

    def to_json(self) -> dict[str, JSON]:
        """The card as GET /v1/models shows it."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def within_ratio(width: int, height: int, limit: int) -> bool:
    """Whether width / height is in [1/limit, limit]; exact, for limits stand on round numbers."""
    return width <= height * limit and height <= width * limit


def _size_error(detail: str) -> InvalidParameter:
    return InvalidParameter.named("size", detail)


@dataclass(frozen=True)
class Catalog:
    """All cards, and the tables that turn a size rule into pixels."""

    cards: tuple[Card, ...]
    presets: Mapping[str, Mapping[str, Size]]
    adaptive: tuple[tuple[Fraction, Size], ...]
    aliases: Mapping[str, str]

    def find(self, model: str) -> Card:
        """The card of a model by its id, another spelling or an alias. Raises ModelNotFound."""
        name = self.aliases.get(model, model)
        for card in self.cards:
            if name == card.id or name in card.names:
                return card
        raise ModelNotFound.named(model)

    def with_aliases(self, aliases: Mapping[str, str]) -> Catalog:
        """The same cards under more names. Raises ConfigError for an alias of nothing."""
        merged = Catalog(self.cards, self.presets, self.adaptive, {**self.aliases, **aliases})
        for alias, target in aliases.items():
            try:
                merged.find(alias)
            except ModelNotFound:
                raise ConfigError(f"aliases: {alias} stands for {target}, which no card has") from None
        return merged

    def settle(self, rule: SizeRule, asked_ratio: str | None, reference_ratio: Fraction | None) -> Size:
        """The pixels of a rule: a ratio that was asked for, else the first reference's, else 1:1."""
        if rule.preset == ADAPTIVE:
            return _nearest(self.adaptive, reference_ratio or Fraction(1))
        table = self.presets[rule.preset]
        if asked_ratio is not None and asked_ratio in table:
            return table[asked_ratio]
        if reference_ratio is None:
            return table[SQUARE]
        rows = tuple((Fraction(size.width, size.height), size) for size in table.values())
        return _nearest(rows, reference_ratio)

    def most_pixels(self, size: Size | SizeRule) -> int:
        """The pixels of a size, or the most that a rule can come to."""
        if isinstance(size, Size):
            return size.pixels
        adaptive = [size for _, size in self.adaptive]
        sizes = adaptive if size.preset == ADAPTIVE else self.presets[size.preset].values()
        return max(size.pixels for size in sizes)


def _nearest(rows: Iterable[tuple[Fraction, Size]], ratio: Fraction) -> Size:
    """The row with the smallest difference of ratios; the first one wins a tie."""
    return min(rows, key=lambda row: abs(row[0] - ratio))[1]


@cache
def load_catalog() -> Catalog:
    """The catalog that comes with the package."""
    text = files("limner").joinpath("catalog.toml").read_text(encoding="utf-8")
    return parse_catalog(text)


def parse_catalog(text: str) -> Catalog:
    """A catalog from TOML. Raises ConfigError for a card that says something unknown."""
    try:
        data = tomllib.loads(text)
        catalog = Catalog(
            cards=tuple(_card(row) for row in data["card"]),
            presets={
                name: {ratio: to_size(size) for ratio, size in table.items()}
                for name, table in data["presets"].items()
            },
            adaptive=tuple((Fraction(ratio), to_size(size)) for ratio, size in data["adaptive"]),
            aliases={},
        )
        for card in catalog.cards:
            _judge(card, catalog.presets)
    except (KeyError, TypeError, ValueError, InvalidParameter) as error:
        raise ConfigError(f"the catalog cannot be read: {error}") from error
    return catalog


def _judge(card: Card, presets: Mapping[str, object]) -> None:
    """Raise ValueError, or InvalidParameter for the default size, if nobody could keep what the card says."""
    unknown = [preset for preset in card.presets if preset not in (*presets, ADAPTIVE)]
    unknown += [rule for rule in card.fields.values() if rule not in get_args(FieldRule)]
    if unknown:
        raise ValueError(f"{card.id} says {unknown[0]!r}, which is unknown")
    card.parse_size(None)


def _card(row: Mapping[str, Any]) -> Card:
    nested = {"guidance_scale": GuidanceRange, "references": ReferenceLimits}
    values = {key: nested[key](**_frozen(value)) if key in nested else value for key, value in row.items()}
    return Card(**_frozen(values))


def _frozen(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}


def to_size(text: str) -> Size:
    """A size from "WxH". Raises ValueError."""
    match = _SIZE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not WxH")
    return Size(int(match[1]), int(match[2]))
