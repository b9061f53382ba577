"""`limner key`: the API key that this installation keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from limner.cli.failures import reported

key = typer.Typer(help="The API key that is kept in data_dir.", no_args_is_help=True)


@key.callback()
def _key() -> None:
    pass


@key.command()
def reset(
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", metavar="FOLDER", help="Where pictures, keys and state are kept."),
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Settings file.")] = None,
) -> None:
    """Make a new key in place of the one that is lost, and print it. Restart the server afterwards."""
    from limner.config import load_settings
    from limner.keys import KeyStore

    with reported():
        settings = load_settings({"data_dir": data_dir}, file=config)
        typer.echo(KeyStore(settings.data_dir, settings.api_key).reset())
