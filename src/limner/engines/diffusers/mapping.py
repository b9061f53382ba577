"""Which checkpoint answers a model: the built-in profiles and checkpoints under what the settings say.

Of weights it reads only which pipeline they are for; whether they are whole is requirements.py's to ask.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from limner.catalog import Card, load_catalog
from limner.engines.diffusers.checkpoint import Checkpoint, Lora
from limner.engines.diffusers.families import FAMILIES
from limner.engines.diffusers.settings import CheckpointTable, DiffusersSettings
from limner.engines.diffusers.weights import family_here
from limner.errors import ConfigError

log = logging.getLogger(__name__)

PERMISSIVE = frozenset({"Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CC-BY-4.0"})
"""Licences that allow any use."""
UNSTATED = "not stated"
TABLE = "engines.diffusers"
_HUB_ID = re.compile(r"[\w][\w.-]{0,95}/[\w][\w.-]{0,95}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """A checkpoint that makes the pictures of a card from so many references."""

    card_id: str
    fewest: int
    most: int
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class ModelMapping:
    """The checkpoints of every card. rows: patterns and the names of checkpoints, the first that fits counts.

    checkpoints: all that are known, served or not, by name. cards: those that this engine answers.
    """

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    checkpoints: MappingProxyType[str, Checkpoint]
    cards: tuple[Card, ...]

    @classmethod
    def from_settings(cls, settings: DiffusersSettings, cards: Sequence[Card] | None = None) -> ModelMapping:
        """The profile under the settings' own rows. cards: None: all of the catalog.

        Raises ConfigError for a pattern that fits no model, and for a checkpoint that is unknown or unusable.
        """
        profiles, known = built_in()
        checkpoints = dict(known)
        for name, table in settings.checkpoints.items():
            checkpoints[name] = _checkpoint(name, checkpoints.get(name), table, settings.weights_dir)
        for pattern, names in settings.models.items():
            _judge_row(pattern, names, checkpoints)
        rows = (*settings.models.items(), *profiles[settings.profile])
        return cls(
            rows, MappingProxyType(checkpoints), tuple(load_catalog().cards if cards is None else cards)
        )

    def checkpoint_for(self, card_id: str, references: int) -> Checkpoint | None:
        """What makes a picture of this card from so many references; None if nothing does."""
        names = _names_of(card_id)
        for pattern, answering in self.rows:
            if any(fnmatchcase(name, pattern) for name in names):
                candidates = (self.checkpoints[name] for name in answering)
                return next((each for each in candidates if each.takes(references)), None)
        return None

    def answers(self) -> tuple[Answer, ...]:
        """What answers each card, split by the number of references."""
        return tuple(answer for card in self.cards for answer in self._answers(card))

    @property
    def served(self) -> tuple[Checkpoint, ...]:
        """Every checkpoint that a request can reach, those of few references first.

        A series shows its first picture to the others: one reference more than the card takes.
        """
        counts = [(card, count) for card in self.cards for count in _reference_counts(card)]
        reached = [
            self.checkpoint_for(card.id, count) for card, count in sorted(counts, key=lambda pair: pair[1])
        ]
        return tuple({each.name: each for each in reached if each is not None}.values())

    def with_checkpoints(self, changed: Iterable[Checkpoint]) -> ModelMapping:
        """The same mapping with these in the places of those of their names."""
        merged = {**self.checkpoints, **{each.name: each for each in changed}}
        return replace(self, checkpoints=MappingProxyType(merged))

    def named(self, names: Iterable[str]) -> tuple[Checkpoint, ...]:
        """The checkpoints of these names. Raises ConfigError that lists those that there are."""
        wanted = tuple(names)
        _require_known(wanted, self.checkpoints)
        return tuple(self.checkpoints[name] for name in wanted)

    def log_licences(self) -> None:
        """Tell of every served checkpoint whose licence does not allow any use."""
        for each in self.served:
            if not each.permissive:
                log.warning(
                    "%s (%s): no licence that allows any use: %s", each.name, each.source, each.licence
                )

    def _answers(self, card: Card) -> Iterator[Answer]:
        fewest, most = (card.references.min, card.references.max) if card.references else (0, 0)
        begin = fewest
        for references in range(fewest, most + 1):
            here = self.checkpoint_for(card.id, references)
            is_last = references == most or self.checkpoint_for(card.id, references + 1) != here
            if is_last and here is not None:
                yield Answer(card.id, begin, references, here)
            if is_last:
                begin = references + 1


@cache
def built_in() -> tuple[
    MappingProxyType[str, tuple[tuple[str, tuple[str, ...]], ...]], MappingProxyType[str, Checkpoint]
]:
    """What checkpoints.toml says: the rows of each profile, and the checkpoints by name."""
    text = files("limner.engines.diffusers").joinpath("checkpoints.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    profiles = {
        profile: tuple((pattern, tuple(names)) for pattern, names in rows.items())
        for profile, rows in data["profiles"].items()
    }
    checkpoints = {name: _built_in_checkpoint(name, row) for name, row in data["checkpoints"].items()}
    return MappingProxyType(profiles), MappingProxyType(checkpoints)


def _built_in_checkpoint(name: str, row: dict[str, Any]) -> Checkpoint:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    return Checkpoint(name, permissive=row["licence"] in PERMISSIVE, **values)


def _reference_counts(card: Card) -> range:
    fewest, most = (card.references.min, card.references.max) if card.references else (0, 0)
    return range(fewest, most + (2 if card.max_series else 1))


def _names_of(card_id: str) -> tuple[str, ...]:
    others = next((card.names for card in load_catalog().cards if card.id == card_id), ())
    return (card_id, *others)


def _checkpoint(
    name: str, known: Checkpoint | None, table: CheckpointTable, weights_dir: Path | None
) -> Checkpoint:
    """A known checkpoint as a table changes it, or a new one. Raises ConfigError."""
    where = f"{TABLE}.checkpoints.{name}"
    if known is None and table.source is None:
        raise ConfigError(f"{where}: source is missing, and no built-in checkpoint has this name")
    base = known or Checkpoint(name, table.source or "", UNSTATED)
    given = {each.name: getattr(table, each.name, None) for each in fields(Checkpoint)}
    if table.loras is not None:
        given["loras"] = tuple(Lora(each.source, each.file, each.scale) for each in table.loras)
    made = replace(base, **{key: value for key, value in given.items() if value is not None})
    made = replace(made, permissive=made.licence in PERMISSIVE)
    _judge_checkpoint(where, made)
    made = replace(made, family=made.family or family_here(made, weights_dir))
    if known is None and table.references is None:
        return replace(made, references=_usual_references(made.family))
    return made


def _usual_references(family: str) -> tuple[int, int]:
    """What the built-in checkpoints of a family take; none for a family that has none."""
    return next((each.references for each in built_in()[1].values() if each.family == family), (0, 0))


def _judge_checkpoint(where: str, checkpoint: Checkpoint) -> None:
    fewest, most = checkpoint.references
    if not 0 <= fewest <= most:
        raise ConfigError(f"{where}.references = [{fewest}, {most}]: expected the fewest and the most")
    names = [family.name for family in FAMILIES]
    if checkpoint.family not in ("", *names):
        raise ConfigError(f"{where}.family = {checkpoint.family!r}: there are {', '.join(names)}")
    for source in (checkpoint.source, *(lora.source for lora in checkpoint.loras)):
        if not source.startswith(("/", "~")) and not _HUB_ID.fullmatch(source):
            raise ConfigError(
                f"{where}: source {source!r} is neither an absolute path nor a hub id, owner/name"
            )


def _judge_row(pattern: str, names: Sequence[str], checkpoints: Iterable[str]) -> None:
    """Raise ConfigError for a row of models that could answer nothing."""
    all_names = (name for card in load_catalog().cards for name in (card.id, *card.names))
    if not any(fnmatchcase(name, pattern) for name in all_names):
        raise ConfigError(f"{TABLE}.models: {pattern!r} fits no model; `limner models` shows what there is")
    if not names:
        raise ConfigError(f"{TABLE}.models.{pattern}: no checkpoint is named")
    _require_known(names, checkpoints, f"{TABLE}.models.{pattern}: ")


def _require_known(names: Iterable[str], checkpoints: Iterable[str], where: str = "") -> None:
    known = tuple(checkpoints)
    if strangers := [name for name in names if name not in known]:
        raise ConfigError(f"{where}there is no checkpoint {strangers[0]!r}; there are: {', '.join(known)}")
