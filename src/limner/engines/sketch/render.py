"""One picture from one task: the function that workers run. The server never imports this module."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import cv2
import numpy as np

from limner.engines.sketch.paint import lettering
from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.paint.raster import AREA, CUBIC, NEAREST, Pixels, resize
from limner.engines.sketch.paint.styles import PIXEL_STYLES, STYLES
from limner.engines.sketch.rework.edit import edited
from limner.engines.sketch.rework.fuse import Mode, cover, fused
from limner.engines.sketch.scene.compose import compose, palette_of, place_of
from limner.engines.sketch.task import Rendered, RenderTask
from limner.engines.sketch.words.parse import parse
from limner.engines.sketch.words.spec import SceneSpec, in_series
from limner.media.decode import decode_pixels
from limner.types import SEED_LIMIT, Size

ILLUSTRATOR = "Limner sketch, a procedural illustrator"
_MAX_WORK_PIXELS = 1_500_000
_MAX_WORK_SIDE = 4096
_GRAIN = 2.2
_GUIDANCE_USUAL = 5.0


def render(task: RenderTask) -> Rendered:
    """The picture of a task; the same task gives the same bytes. Raises InvalidImage."""
    cv2.setNumThreads(1)
    spec = parse(task.prompt, task.seed)
    if task.series:
        spec = in_series(spec, task.index, task.count)
    else:
        own = (task.seed + task.index) % SEED_LIMIT
        spec = replace(spec, seed=own, layout_seed=own)
    width, height = _work_size(task.width, task.height)
    pixels = _from_references(task, spec, width, height) if task.references else compose(spec, width, height)
    pixels = _styled(pixels, spec, task.guidance)
    pixels = _enlarged(pixels, spec, task)
    pixels = lettering.letter(pixels, spec.texts)
    return Rendered(pixels, _description(spec, task), _notes(spec))


def _work_size(width: int, height: int) -> tuple[int, int]:
    """The size to paint at: large pictures are enlarged at the end."""
    share = min(1.0, (_MAX_WORK_PIXELS / (width * height)) ** 0.5, _MAX_WORK_SIDE / max(width, height))
    return max(16, round(width * share)), max(16, round(height * share))


def _from_references(task: RenderTask, spec: SceneSpec, width: int, height: int) -> Pixels:
    """One reference is edited, several are fused and then edited as one."""
    fit = Size(width, height)
    images = [np.asarray(decode_pixels(data, fit), np.uint8) for data in task.references]
    if len(images) == 1:
        return edited(cover(images[0], width, height), spec)
    mode: Mode = "scene" if _first_is_scene(task.prompt) else "grid"
    together = fused(images, mode, width, height)
    asked = any((spec.time, spec.season, spec.weather, spec.filters))
    return edited(together, replace(spec, adds=False)) if asked else together


_SCENE_FIRST = re.compile(
    r"(?:into|in|on(?:to)?|inside) (?:the )?(?:image|picture|photo|figure) ?1(?!\d)"
    r"|(?:image|picture|photo|figure) ?1 as (?:the |a )?(?:background|scene)"
    r"|background of (?:the )?(?:image|picture|photo) ?1(?!\d)"
    r"|[到在进入]图(?:片|像)?[1一](?!\d)|图(?:片|像)?[1一](?:作为|做|当|为|的)(?:背景|场景)"
)


def _first_is_scene(prompt: str) -> bool:
    """Whether the prompt wants image 1 as the scene and the others in it."""
    return _SCENE_FIRST.search(prompt.casefold()) is not None


def _styled(pixels: Pixels, spec: SceneSpec, guidance: float | None) -> Pixels:
    """The style, freer for low guidance."""
    if spec.style is None:
        return pixels
    usual = _GUIDANCE_USUAL if guidance is None else guidance
    strength = float(np.clip(1 + (_GUIDANCE_USUAL - usual) * 0.06, 0.6, 1.4))
    return STYLES[spec.style](pixels, Streams(spec.layout_seed)("style"), strength)


def _enlarged(pixels: Pixels, spec: SceneSpec, task: RenderTask) -> Pixels:
    """At the size asked for, with a fine grain that hides the enlargement."""
    if pixels.shape[:2] != (task.height, task.width):
        shrinks = pixels.shape[0] > task.height
        how = NEAREST if spec.style in PIXEL_STYLES else AREA if shrinks else CUBIC
        pixels = resize(pixels, task.width, task.height, how)
    if spec.style in PIXEL_STYLES or (not task.references and place_of(spec) == "plain"):
        return pixels
    return _grained(pixels)


def _grained(pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    noise = np.random.default_rng(8).normal(0, _GRAIN, (256, 256))
    lift, sink = (np.clip(sign * noise, 0, 9).round().astype(np.uint8) for sign in (1, -1))
    tiles = (height // 256 + 1, width // 256 + 1)
    up, down = (np.tile(t, tiles)[:height, :width] for t in (lift, sink))
    bright = cv2.add(pixels, np.asarray(cv2.merge([up] * 3), np.uint8))
    return np.asarray(cv2.subtract(bright, np.asarray(cv2.merge([down] * 3), np.uint8)), np.uint8)


def _description(spec: SceneSpec, task: RenderTask) -> str:
    """What was drawn, in words."""
    if task.references:
        count = len(task.references)
        return "an edited picture" if count == 1 else f"{count} pictures in one"
    cast = [f"{s.count} {s.color + ' ' if s.color else ''}{s.noun}" for s in spec.subjects]
    home = place_of(spec)
    palette = palette_of(spec, home)
    where = f"{home}, {palette.season} {palette.time}"
    style = f", {spec.style}" if spec.style else ""
    return f"{', '.join(cast)}: {where}{style}" if cast else f"{where}{style}"


def _notes(spec: SceneSpec) -> Mapping[str, str]:
    return {"illustrator": ILLUSTRATOR, "scene": spec.to_json()}
