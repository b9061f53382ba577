"""`limner models list` and `limner models pull`: the checkpoints of the diffusers engine."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from limner.cli.failures import reported, stop

if TYPE_CHECKING:
    from limner.engines.diffusers.checkpoint import Checkpoint
    from limner.engines.diffusers.mapping import Answer, ModelMapping
    from limner.engines.diffusers.settings import DiffusersSettings

HERE, LOCAL, INCOMPLETE, MISSING = "here", "local", "incomplete", "missing"
WIDTH = 100

Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Settings file.")]


class Profile(StrEnum):
    FAST = "fast"
    QUALITY = "quality"


InProfile = Annotated[
    Profile | None, typer.Option("--profile", help="Instead of the profile that the settings name.")
]


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one checkpoint. state: one of the four. bytes: on this disk."""

    name: str
    source: str
    answers: tuple[str, ...]
    licence: str
    permissive: bool
    state: str
    bytes: int
    weights_gib: float
    note: str


def list_checkpoints(
    profile: InProfile = None,
    config: Config = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the checkpoints: their weights, their licences, and what each answers from how many inputs.

    A licence marked with ! does not allow every use: such checkpoints answer only where the settings say so.
    """
    with reported():
        settings, mapping = _in_force(profile, config)
        answers = mapping.answers()
        rows = [_row(each, answers, settings) for each in mapping.checkpoints.values()]
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False))
    else:
        for row in rows:
            _show(row)


def pull_checkpoints(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME...", help="Of limner models list.")
    ] = None,
    profile: Annotated[
        Profile | None, typer.Option("--profile", help="All checkpoints that this profile answers with.")
    ] = None,
    config: Config = None,
) -> None:
    """Fetch the weights of checkpoints from the hub; what is here already is not fetched again."""
    from limner.engines.diffusers.pulling import pull
    from limner.engines.diffusers.requirements import described, require_whole
    from limner.engines.diffusers.weights import find

    if not names and profile is None:
        stop("name checkpoints of `limner models list`, or a --profile")
    with reported():
        settings, mapping = _in_force(profile, config)
        wanted = mapping.named(names or ()) + (mapping.served if profile is not None else ())
        for each in dict.fromkeys(wanted):
            if find(each, settings.weights_dir) is None:
                typer.echo(f"Fetching {described(each)}", err=True)
                with _ended_by_ctrl_c():
                    pull(each, settings.weights_dir)
            typer.echo(f"{each.name}: {require_whole(each, settings).folder}")


@contextmanager
def _ended_by_ctrl_c() -> Iterator[None]:
    """Let Ctrl-C end the process at once. The hub's client would go on until its running files are there;
    what has come of them is kept in any case."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _in_force(profile: Profile | None, config: Path | None) -> tuple[DiffusersSettings, ModelMapping]:
    """The engine's settings, and the mapping of the cards that it answers; where that is none, of all."""
    from limner.catalog import load_catalog
    from limner.config import load_settings
    from limner.engines.diffusers.mapping import ModelMapping
    from limner.engines.diffusers.settings import diffusers_settings
    from limner.routes import cards_of

    settings = load_settings(file=config)
    own = diffusers_settings(settings)
    if profile is not None:
        own = own.model_copy(update={"profile": profile.value})
    cards = cards_of("diffusers", load_catalog().with_aliases(settings.aliases), settings)
    return own, ModelMapping.from_settings(own, cards or None)


def _row(checkpoint: Checkpoint, answers: tuple[Answer, ...], settings: DiffusersSettings) -> Row:
    from limner.engines.diffusers.weights import place_of, size_bytes

    place = place_of(checkpoint, settings.weights_dir)
    return Row(
        name=checkpoint.name,
        source=checkpoint.source,
        answers=tuple(_shown(answer) for answer in answers if answer.checkpoint == checkpoint),
        licence=checkpoint.licence,
        permissive=checkpoint.permissive,
        state=_state(checkpoint, place, settings),
        bytes=size_bytes(place) if place is not None else 0,
        weights_gib=checkpoint.weights_gib,
        note=checkpoint.note,
    )


def _state(checkpoint: Checkpoint, place: Path | None, settings: DiffusersSettings) -> str:
    from limner.engines.diffusers.weights import find

    if find(checkpoint, settings.weights_dir) is not None:
        return HERE if checkpoint.is_hub_id else LOCAL
    return INCOMPLETE if place is not None and place.is_dir() else MISSING


def _shown(answer: Answer) -> str:
    from limner.catalog import load_catalog

    family = load_catalog().find(answer.card_id).family
    counts = f"{answer.fewest}-{answer.most}" if answer.fewest < answer.most else f"{answer.most}"
    return f"{family} ({counts})"


def _show(row: Row) -> None:
    licence = row.licence if row.permissive else f"! {row.licence}"
    gib = row.bytes / 2**30 if row.state in (HERE, LOCAL) else row.weights_gib
    size = f"{gib:.1f} GiB" if gib else ""
    typer.echo(f"{row.name:<24} {row.state:<10} {size:>9}  {licence}")
    for line in (f"answers {', '.join(row.answers)}" if row.answers else "", row.note):
        if line:
            typer.echo(fill(line, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False))
