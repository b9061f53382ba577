"""From references to one picture: one is edited, several are fused and then edited as one."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from limner.engines.sketch.paint.raster import AREA, Pixels, resize
from limner.engines.sketch.paint.styles import STYLES
from limner.engines.sketch.picture import enlarged, lettered, styled, work_size
from limner.engines.sketch.rework import own
from limner.engines.sketch.rework.cutout import SURE, cut
from limner.engines.sketch.rework.edit import edited
from limner.engines.sketch.rework.figures import face_box
from limner.engines.sketch.rework.frame import fitted
from limner.engines.sketch.rework.fuse import SHEETS, fused
from limner.engines.sketch.scene.bodies import which_of_its_noun
from limner.engines.sketch.scene.staging import Figure
from limner.engines.sketch.task import RenderTask
from limner.engines.sketch.words.fusion import Fusion, fusion_of
from limner.engines.sketch.words.instruction import Instruction, instruction_of
from limner.engines.sketch.words.parse import parse
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec, TextSpec
from limner.engines.sketch.words.steps import Step
from limner.media.decode import decode_pixels
from limner.types import Size

_RESHAPING = ("zoom", "crop", "extend", "turn")
_LARGE = 0.3
_FOR_ALL = ("filter", "turn", "letter", "unletter", "lift")
_MOVING_FILTERS = ("mirror", "flip", "blur")


def reworked(task: RenderTask, spec: SceneSpec) -> tuple[Pixels, SceneSpec | None]:
    """The picture that the task's prompt makes of its references, and its scene where it has one.

    Raises InvalidImage.
    """
    instruction = _instruction(task, spec)
    if len(task.references) > 1:
        return _several(task, spec, instruction)
    fit = Size(task.width, task.height)
    image = np.asarray(decode_pixels(task.references[0], fit), np.uint8)
    scene = own.scene_in(task.references[0], image)
    if scene:
        varied = replace(scene, layout_seed=scene.layout_seed + task.index) if _varies(task) else scene
        return own.redrawn(varied, instruction, task.width, task.height)
    return _foreign(image, task, spec, instruction), None


def _instruction(task: RenderTask, spec: SceneSpec) -> Instruction:
    """What the prompt asks; in a series, with the hour or season of this picture."""
    instruction = instruction_of(task.prompt, spec.seed)
    scene = replace(instruction.scene, seed=spec.seed, layout_seed=spec.layout_seed, guidance=task.guidance)
    if task.series:
        scene = replace(scene, time=spec.time, season=spec.season, weather=spec.weather)
    if scene.style not in STYLES:
        scene = replace(scene, style=None)
    return replace(instruction, scene=scene)


def _varies(task: RenderTask) -> bool:
    """Whether this picture is one of several that only their layout tells apart."""
    return task.index > 0 and not task.series


def _foreign(image: Pixels, task: RenderTask, spec: SceneSpec, instruction: Instruction) -> Pixels:
    whole = fitted(image, task.width, task.height)
    width, height = work_size(task.width, task.height)
    before = whole if whole.shape[:2] == (height, width) else resize(whole, width, height, AREA)
    after = edited(before, instruction, spec.seed)
    out = _finished(after, task, instruction)
    return _with_detail(out, whole, before, after) if _keeps_shape(instruction) else out


def _finished(pixels: Pixels, task: RenderTask, instruction: Instruction, on_sheet: bool = False) -> Pixels:
    """The pixels in the style that is asked for, at their size, with the texts, off the main subject."""
    scene = instruction.scene
    texts = texts_of(instruction)
    kept_off = _kept_off(pixels) if texts and not on_sheet else []
    pixels = enlarged(styled(pixels, scene), scene, task.width, task.height, grain=False)
    return lettered(pixels, replace(scene, texts=texts), kept_off)


def _kept_off(pixels: Pixels) -> list[Figure]:
    """What no text should cover: the main subject, of a large one the face."""
    subject = cut(pixels)
    x0, y0, x1, y1 = subject.box
    if subject.confidence < SURE or (x1 - x0) * (y1 - y0) > _LARGE:
        face = face_box(pixels)
        return [Figure(-1, "", face)] if face else []
    return [Figure(-1, "", subject.box)]


def texts_of(instruction: Instruction) -> tuple[TextSpec, ...]:
    """The texts that are to be set; of a text that replaces another only the new one."""
    said = list(instruction.scene.texts)
    for step in instruction.steps:
        said += step.texts[-1:] if step.value == "instead" else step.texts if step.kind != "unletter" else ()
    return tuple(replace(text, target=None) for text in said)


def _keeps_shape(instruction: Instruction) -> bool:
    """Whether what is seen stays where it is, so that fine detail can be given back."""
    moved = any(
        step.kind in _RESHAPING or (step.kind == "filter" and step.value in _MOVING_FILTERS)
        for step in instruction.steps
    )
    return not moved and instruction.scene.style is None and not texts_of(instruction)


def _with_detail(out: Pixels, whole: Pixels, before: Pixels, after: Pixels) -> Pixels:
    """Where the edit left the picture alone, an enlarged result gets the reference's own pixels back."""
    if whole.shape == before.shape:
        return out
    changed = cv2.absdiff(before, after).max(2)
    grown = cv2.dilate((changed > 2).astype(np.uint8) * 255, np.ones((5, 5), np.uint8))
    kept = resize(np.asarray(255 - grown, np.uint8), whole.shape[1], whole.shape[0])
    out = out.copy()
    cv2.copyTo(whole, (kept > 254).astype(np.uint8), out)
    return out


def _several(task: RenderTask, spec: SceneSpec, instruction: Instruction) -> tuple[Pixels, SceneSpec | None]:
    """The references in one picture; hour, season, style and text that the prompt names are for all of it."""
    width, height = work_size(task.width, task.height)
    fit = Size(width, height)
    images = [np.asarray(decode_pixels(data, fit), np.uint8) for data in task.references]
    fusion = fusion_of(task.prompt, len(images))
    named = parse(task.prompt, spec.seed).subjects
    if fusion.mode in ("place", "style"):
        scenes = [own.scene_in(task.references[n], images[n]) for n in (fusion.base, *fusion.sources)]
        joined = _joined(scenes, fusion, named, _of_the_whole(instruction, fusion))
        if joined:
            return own.redrawn(*joined, task.width, task.height)
    rest = _of_the_whole(instruction, fusion)
    together = fused(images, fusion, (width, height), named, spec.seed, bool(texts_of(rest)))
    after = together if rest.is_empty else edited(together, rest, spec.seed)
    return _finished(after, task, rest, on_sheet=fusion.mode in SHEETS), None


def _joined(
    scenes: list[SceneSpec | None],
    fusion: Fusion,
    named: tuple[SubjectSpec, ...],
    rest: Instruction,
) -> tuple[SceneSpec, Instruction] | None:
    """The base's scene and what to do to it, when all are scenes of ours; None when pixels must do."""
    known = [scene for scene in scenes if scene]
    if len(known) < len(scenes):
        return None
    base, *others = known
    if fusion.mode == "style":
        style = others[0].style
        return (base, replace(rest, scene=replace(rest.scene, style=style))) if style else None
    nouns = {subject.noun for subject in named}
    things = [s for scene in others for s in _wanted(scene, nouns)]
    if not things:
        return None
    return base, replace(rest, steps=(Step("add", things=tuple(things)), *rest.steps))


def _wanted(scene: SceneSpec, nouns: set[str]) -> list[SubjectSpec]:
    """The scene's subjects that are named, all of them when none is; each will look as it does there."""
    there = [(k, s) for k, s in enumerate(scene.subjects) if s.count]
    chosen = [(k, s) for k, s in there if s.noun in nouns] or there
    return [
        replace(
            s,
            at=(),
            side=None,
            relation=None,
            origin=s.origin or (scene.seed, which_of_its_noun(scene.subjects, k)),
        )
        for k, s in chosen
    ]


def _of_the_whole(instruction: Instruction, fusion: Fusion) -> Instruction:
    """What of an instruction the fusion has not used up."""
    steps = tuple(s for s in instruction.steps if s.kind in _FOR_ALL and not s.targets)
    scene = replace(instruction.scene, place=None, subjects=())
    if fusion.mode == "gather":
        scene = replace(scene, time=None, season=None, weather=None)
    if fusion.mode == "style":
        scene = replace(scene, style=None)
    return Instruction(scene, steps)
