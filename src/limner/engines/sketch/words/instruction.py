"""Instructions: what the prompt of an edit asks to be done to a picture, step by step."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from limner.engines.sketch.words.clauses import MARKS, Clauses, clauses_of
from limner.engines.sketch.words.grammar import compiled, grammar
from limner.engines.sketch.words.parse import parse
from limner.engines.sketch.words.readers import READERS, Reader, add_of, filters_of
from limner.engines.sketch.words.spec import SceneSpec
from limner.engines.sketch.words.steps import Step


@dataclass(frozen=True, slots=True)
class Instruction:
    """steps: in the order in which they are asked for. scene: what is said of the whole picture.

    The scene's subjects are named without a verb, and may be there already.
    """

    scene: SceneSpec
    steps: tuple[Step, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing of the prompt was understood."""
        scene = self.scene
        told = (scene.time, scene.season, scene.weather, scene.style, scene.mood, scene.texts)
        return not self.steps and not any(told)


def instruction_of(prompt: str, seed: int) -> Instruction:
    """The instruction of a prompt in English or Chinese; any text gives one."""
    clauses = clauses_of(prompt)
    steps: list[Step] = []
    rest: list[str] = []
    for clause in clauses.parts:
        found, left = _steps_of(clause, clauses)
        if not found and left and steps and steps[-1].kind in ("add", "remove"):
            found, left = _listed(steps[-1], left, clauses)
        steps += found
        if left:
            rest.append(clauses.restored(left))
    scene = parse(", ".join(rest), seed)
    if any(step.kind in ("letter", "unletter") for step in steps):
        scene = replace(scene, texts=())
    return Instruction(scene, tuple(steps))


def _steps_of(clause: str, clauses: Clauses) -> tuple[list[Step], str]:
    """The steps of one clause, and what of it speaks of the whole picture."""
    for pattern, reader in _grammar():
        match = pattern.search(clause)
        step = reader(match, clauses) if match else None
        if step is not None:
            return [step], re.sub(MARKS, " ", clause) if step.kind == "letter" and not step.things else ""
    filters = filters_of(clause)
    if filters:
        return filters, ""
    having = re.match(r"^(.*?)\bwith ((?:an?|some|two|three|four|five) .+)$", clause)
    if having:
        added = add_of(having[2], clauses)
        steps, left = _steps_of(having[1], clauses) if having[1].strip() else ([], "")
        return [*steps, *([added] if added else [])], left
    return [], clause


def _listed(before: Step, clause: str, clauses: Clauses) -> tuple[list[Step], str]:
    """A clause without a verb goes on with the list of the one before: "add a cat, a dog"."""
    scene = parse(clauses.restored(clause), 0)
    told = (scene.time, scene.season, scene.weather, scene.style, scene.place)
    if not scene.subjects or any(told):
        return [], clause
    if before.kind == "add":
        return [Step("add", things=scene.subjects)], ""
    return [Step("remove", targets=scene.subjects)], ""


@cache
def _grammar() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """The packaged rules: pattern and reader, the first that gives a step counts."""
    return tuple((compiled(pattern), READERS[name]) for name, pattern in grammar().rules)
