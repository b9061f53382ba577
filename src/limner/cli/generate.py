"""`limner generate`: pictures from a prompt, made here or by a server, written to files."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from limner.cli.failures import REQUEST_FAILED, reported, say_error, stop
from limner.cli.outcomes import Made, Missed, Outcome, Step, Wanted

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

DEFAULT_MODEL = "doubao-seedream-5-0-260128"
FORMATS = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png"}
MAX_STEM_CHARACTERS = 40


def generate(
    prompt: Annotated[
        str, typer.Argument(metavar="PROMPT", help="What to draw, or how to edit the --image.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="A .jpeg or .png file; {index} numbers a series."
        ),
    ] = None,
    model: Annotated[str, typer.Option(metavar="MODEL", help="See `limner models`.")] = DEFAULT_MODEL,
    size: Annotated[str | None, typer.Option(metavar="SIZE", help="A preset such as 2K, or WxH.")] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="The same seed draws the same again.")
    ] = None,
    image: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE|URL", help="A reference picture; may be given several times."),
    ] = None,
    series: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="A series of at most N related pictures.")
    ] = None,
    watermark: Annotated[
        bool | None, typer.Option("--watermark/--no-watermark", help="The visible mark.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Ask this server instead of drawing here.")
    ] = None,
    api_key: Annotated[
        str | None, typer.Option(metavar="KEY", envvar="LIMNER_API_KEY", help="The server's API key.")
    ] = None,
    engine: Annotated[
        str | None, typer.Option(metavar="NAME", help="The engine to draw with, without --url.")
    ] = None,
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="Settings file, without --url.")] = None,
) -> None:
    """Draw pictures and print the paths of their files."""
    target = Target(output, prompt)
    images = tuple(_reference(source) for source in image or ())
    wanted = Wanted(prompt, model, size, seed, images, series, watermark, target.asked_format)
    with reported():
        if asyncio.run(_draw(_source(wanted, url, api_key, engine, config), target, series is not None)):
            raise typer.Exit(REQUEST_FAILED)


class Target:
    """Where pictures go: the named file, which may be replaced, or a free name made from the prompt."""

    def __init__(self, output: Path | None, prompt: str) -> None:
        self.output = output
        self.stem = re.sub(r"\W+", "-", prompt).strip("-")[:MAX_STEM_CHARACTERS].strip("-") or "picture"
        if output is not None and output.suffix and output.suffix.lower() not in FORMATS:
            stop(f"--output {output}: pictures are .jpeg or .png files")
        if output is not None and not output.parent.is_dir():
            stop(f"--output {output}: there is no folder {output.parent}")

    @property
    def asked_format(self) -> str | None:
        """What the request has to say: png, or nothing, since jpeg is what every model makes."""
        is_png = self.output is not None and self.output.suffix.lower() == ".png"
        return "png" if is_png else None

    def path(self, made: Made, *, in_series: bool) -> Path:
        """The file of one picture; those of a series are numbered."""
        suffix = f".{made.file_format}"
        number = f"-{made.index}" if in_series else ""
        if self.output is None:
            return _free(Path(f"{self.stem}{number}{suffix}"))
        path = self.output if self.output.suffix else self.output.with_name(self.output.name + suffix)
        if "{index}" in path.name:
            return path.with_name(path.name.replace("{index}", str(made.index)))
        return path.with_stem(path.stem + number)


def _free(path: Path) -> Path:
    candidate, count = path, 1
    while candidate.exists():
        count += 1
        candidate = path.with_stem(f"{path.stem}-{count}")
    return candidate


def _reference(source: str) -> str | bytes:
    if source.startswith(("http://", "https://", "data:")):
        return source
    try:
        return Path(source).read_bytes()
    except OSError as error:
        stop(f"--image {source}: {os.strerror(error.errno or 0)}")


def _source(
    wanted: Wanted, url: str | None, api_key: str | None, engine: str | None, config: Path | None
) -> AsyncIterator[Outcome]:
    if url is None:
        from limner.cli.in_process import make_here

        return make_here(wanted, config, engine)
    if not api_key:
        stop("--url needs --api-key, or LIMNER_API_KEY in the environment")
    from limner.cli.over_http import make_remotely

    return make_remotely(wanted, url, api_key)


async def _draw(outcomes: AsyncIterator[Outcome], target: Target, in_series: bool) -> int:
    """Write every picture and print its path; the number of pictures that were missed."""
    missed = 0
    with _progress() as progress:
        bar = Bar(progress)
        async for outcome in outcomes:
            match outcome:
                case Step(index, fraction):
                    bar.move(index, fraction)
                case Made(index=index):
                    with bar.hidden(index + 1):
                        _write(target.path(outcome, in_series=in_series), outcome.data)
                case Missed(index, code, message):
                    missed += 1
                    with bar.hidden(index + 1):
                        say_error(code, f"picture {index}: {message}")
    return missed


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        stop(f"{path}: {os.strerror(error.errno or 0)}")
    typer.echo(path)


class Bar:
    """The bar of the picture that is being made; without news of it, it only shows that there is work."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._index = 0
        self._task = self._add()

    def move(self, index: int, fraction: float) -> None:
        if index != self._index:
            self._turn_to(index)
        self._progress.update(self._task, total=1.0, completed=fraction)

    @contextmanager
    def hidden(self, next_index: int) -> Iterator[None]:
        """Off the screen for as long as a line is printed; then it shows the next picture."""
        self._progress.stop()
        yield
        self._turn_to(next_index)
        self._progress.start()

    def _turn_to(self, index: int) -> None:
        self._progress.remove_task(self._task)
        self._index = index
        self._task = self._add()

    def _add(self) -> TaskID:
        return self._progress.add_task(f"picture {self._index}", total=None)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=False,  # else paths would go to stderr
        redirect_stderr=False,
    )
