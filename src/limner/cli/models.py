"""`limner models`: the cards, as a table or as JSON; `list` and `pull` are of the checkpoints behind them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from limner.cli.checkpoints import list_checkpoints, pull_checkpoints

if TYPE_CHECKING:
    from rich.table import Table

    from limner.catalog import Card

models = typer.Typer(
    help="The models that the API accepts, and the open-weight checkpoints that may answer them.",
    invoke_without_command=True,
)
models.command(name="list")(list_checkpoints)
models.command(name="pull")(pull_checkpoints)


@models.callback()
def list_models(
    context: typer.Context,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the cards as JSON, with every limit.")
    ] = False,
) -> None:
    """List the models that the API accepts."""
    from rich.console import Console

    from limner.catalog import load_catalog

    if context.invoked_subcommand is not None:
        return
    cards = load_catalog().cards
    if as_json:
        typer.echo(json.dumps([card.to_json() for card in cards], indent=2, ensure_ascii=False))
    else:
        Console().print(_table(cards))


def _table(cards: tuple[Card, ...]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("model", no_wrap=True)
    for name in ("sizes", "MP", "inputs", "series", "formats"):
        table.add_column(name)
    for card in cards:
        table.add_row(card.id, *_facts(card))
    return table


def _facts(card: Card) -> tuple[str, ...]:
    most = card.references.max if card.references else 0
    return (
        " ".join(card.presets) or "WxH",
        f"{card.min_pixels / 1e6:.1f}-{card.max_pixels / 1e6:.1f}" if card.max_pixels else "-",
        f"up to {most}" if most else "-",
        f"up to {card.max_series}" if card.max_series else "-",
        " ".join(card.output_formats),
    )
