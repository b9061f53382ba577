"""Draws docs/gallery: contact sheets of what the sketch engine makes of the prompts in tools/gallery.toml.

`make gallery`, or `python tools/build_gallery.py [sheet ...]` for some of them.
"""

from __future__ import annotations

import io
import sys
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from limner.engines.sketch.paint.raster import Pixels
from limner.engines.sketch.render import render
from limner.engines.sketch.task import RenderTask
from limner.media.finish import FinishPlan, finish
from limner.media.fonts import text_mask
from limner.media.metadata import Facts

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "docs/gallery"
PROMPTS = ROOT / "tools/gallery.toml"
COLUMNS, TILE_PX, CAPTION_PX, GAP_PX = 4, 400, 44, 8
FONT_PX, LINE_CHARS = 14, 54
QUALITY = 84
USUAL_SEED = 1


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture with its caption, and its file for those that work on it."""

    caption: str
    pixels: Pixels
    file: bytes


def main() -> None:
    GALLERY.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    for sheet in tomllib.loads(PROMPTS.read_text("utf-8"))["sheet"]:
        if not wanted or sheet["name"] in wanted:
            path = GALLERY / f"{sheet['name']}.jpg"
            contact_sheet(tiles_of(sheet["pictures"])).save(path, quality=QUALITY, optimize=True)
            print(path.relative_to(ROOT), path.stat().st_size)


def tiles_of(pictures: list[dict[str, Any]]) -> list[Tile]:
    tiles: list[Tile] = []
    for picture in pictures:
        files = [tiles[number - 1].file for number in picture.get("of", ())]
        if picture.get("foreign"):
            files = [without_metadata(file) for file in files]
        task = task_of(picture, tuple(files))
        for index in range(task.count):
            tiles.append(drawn(replace(task, index=index)))
    return tiles


def task_of(picture: dict[str, Any], files: tuple[bytes, ...]) -> RenderTask:
    width, height = (int(v) for v in picture.get("size", "1024x1024").split("x"))
    count = int(picture.get("series", 1))
    return RenderTask(
        prompt=picture["prompt"],
        width=width,
        height=height,
        seed=int(picture.get("seed", USUAL_SEED)),
        count=count,
        series=count > 1,
        references=files,
    )


def drawn(task: RenderTask) -> Tile:
    rendered = render(task)
    pixels = np.asarray(rendered.pixels, np.uint8)
    facts = Facts("gallery", "sketch", task.seed, rendered.notes)
    number = f" ({task.index + 1}/{task.count})" if task.series else ""
    return Tile(task.prompt + number, pixels, finish(pixels, FinishPlan("png", None, facts)).data)


def without_metadata(file: bytes) -> bytes:
    """The same picture as a stranger's file."""
    stream = io.BytesIO()
    Image.open(io.BytesIO(file)).convert("RGB").save(stream, "JPEG", quality=93)
    return stream.getvalue()


def contact_sheet(tiles: list[Tile]) -> Image.Image:
    rows = -(-len(tiles) // COLUMNS)
    size = (COLUMNS * (TILE_PX + GAP_PX) + GAP_PX, rows * (TILE_PX + CAPTION_PX + GAP_PX) + GAP_PX)
    sheet = Image.new("RGB", size, "white")
    for k, tile in enumerate(tiles):
        x = GAP_PX + k % COLUMNS * (TILE_PX + GAP_PX)
        y = GAP_PX + k // COLUMNS * (TILE_PX + CAPTION_PX + GAP_PX)
        picture = Image.fromarray(tile.pixels)
        picture.thumbnail((TILE_PX, TILE_PX), Image.Resampling.LANCZOS)
        sheet.paste(picture, (x + (TILE_PX - picture.width) // 2, y + (TILE_PX - picture.height) // 2))
        caption(sheet, tile.caption, x, y + TILE_PX + 4)
    return sheet


def caption(sheet: Image.Image, text: str, x: int, y: int) -> None:
    """The prompt in at most two lines; Chinese characters count for two."""
    lines, line, used = [], "", 0
    for char in text:
        wide = 2 if ord(char) > 0x2E80 else 1
        if used + wide > LINE_CHARS:
            lines, line, used = [*lines, line], "", 0
        line, used = line + char, used + wide
    for k, words in enumerate([*lines, line][:2]):
        mask = Image.fromarray(text_mask(words.strip() or " ", FONT_PX))
        sheet.paste((40, 40, 48), (x, y + k * (FONT_PX + 5)), mask)


if __name__ == "__main__":
    main()
