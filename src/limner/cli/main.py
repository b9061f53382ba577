"""The command `limner`: which commands there are. Each imports what it needs only when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from limner import __version__
from limner.cli.conformance import conformance
from limner.cli.doctor import doctor
from limner.cli.generate import generate
from limner.cli.keys import keys
from limner.cli.mcp import mcp
from limner.cli.models import models
from limner.cli.serve import serve
from limner.cli.usage import usage

app = typer.Typer(
    name="limner",
    help="A self-hosted image generation service that speaks the Seedream image API.",
    epilog="Exit codes: 0 done, 1 the request failed, 2 wrong command or settings, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command(name="serve")(serve)
app.command(name="generate")(generate)
app.command(name="mcp")(mcp)
app.command(name="doctor")(doctor)
app.command(name="usage")(usage)
app.command(name="conformance")(conformance)
app.add_typer(keys, name="keys")
app.add_typer(models, name="models")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"limner {__version__}")
        raise typer.Exit


@app.callback()
def _limner(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    pass
