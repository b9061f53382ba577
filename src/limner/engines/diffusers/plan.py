"""A plan: which pictures of a request are made from what, by which checkpoint, and in which order.

It decides, and neither loads nor makes anything. Picture 0 of a series is a reference of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from limner.engines.diffusers.checkpoint import Checkpoint
from limner.engines.diffusers.mapping import ModelMapping
from limner.engines.diffusers.messages import ReferenceInput
from limner.engines.diffusers.settings import DiffusersSettings
from limner.engines.diffusers.sizes import reference_sizes, working_size
from limner.engines.diffusers.story.storyboard import like_image, storyboard
from limner.engines.diffusers.tasks import Task
from limner.errors import InvalidParameter
from limner.types import ImageRequest, Reference, Size

if TYPE_CHECKING:
    from limner.types import PixelArray

_MOST_REFERENCES = 15
"""Of one picture: what a request may have, and the first picture of its series."""
_MAX_READ_BYTES = 4 << 20
"""References of more bytes in all count as equal within their request only: to read them takes time."""


@dataclass(frozen=True, slots=True)
class Plan:
    """first: tasks that wait for nothing. rest: those that need the first picture of a series, given that
    or None where it failed, which they are made without."""

    first: tuple[Task, ...]
    rest: Callable[[PixelArray | None], tuple[Task, ...]]


def plan_of(
    request: ImageRequest, references: Sequence[Reference], mapping: ModelMapping, settings: DiffusersSettings
) -> Plan:
    """The plan for what is not made yet. Picture 0 of a series is made again where others need it.

    Raises InvalidParameter for a number of references that no checkpoint of the card takes.
    """
    checkpoint = mapping.checkpoint_for(request.card, len(references))
    if checkpoint is None:
        raise InvalidParameter.named("image", _what_is_taken(request, len(references), mapping))
    maker = _Maker(request, tuple(references), settings.reference_tokens, _prompts(request))
    following = mapping.checkpoint_for(request.card, len(references) + 1)
    others = tuple(index for index in request.indexes if index)
    if not request.series or not others or following is None or not _refers(following):
        return Plan(maker.tasks(request.indexes, checkpoint), lambda _: ())

    def rest(picture: PixelArray | None) -> tuple[Task, ...]:
        if picture is None:
            return maker.tasks(others, checkpoint)
        return maker.tasks(others, following, picture)

    return Plan(maker.tasks((0,), checkpoint), rest)


def notes_of(task: Task) -> Mapping[str, str]:
    """What a picture's file says of its making, so that it can be made again; no prompt, no local path."""
    checkpoint = task.checkpoint
    source = {"source": checkpoint.source} if checkpoint.is_hub_id else {}
    revision = {"revision": checkpoint.revision} if checkpoint.revision else {}
    return {
        "engine": "diffusers",
        "checkpoint": checkpoint.name,
        **source,
        **revision,
        "licence": checkpoint.licence,
        "steps": str(task.steps),
        "guidance": f"{task.guidance:g}",
        "made_at": str(task.size),
        "references": str(len(task.references)),
    }


def _what_is_taken(request: ImageRequest, count: int, mapping: ModelMapping) -> str:
    taken = [n for n in range(_MOST_REFERENCES + 1) if mapping.checkpoint_for(request.card, n)]
    if not taken:
        return f"no checkpoint answers {request.model}"
    span = str(taken[0]) if len(taken) == 1 else f"{taken[0]} to {taken[-1]}"
    return f"the models behind {request.model} take {span} reference images, not {count}"


def _prompts(request: ImageRequest) -> tuple[str, ...]:
    if request.series:
        return storyboard(request.prompt, request.count)
    return (request.prompt,) * request.count


def _refers(checkpoint: Checkpoint) -> bool:
    """Whether it looks at references; pipelines that change a picture would make the first one again."""
    family = checkpoint.facts
    return bool(family.references.argument) or not family.image_to_image


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the tasks of a request. prompts: one for each of its pictures."""

    request: ImageRequest
    references: tuple[Reference, ...]
    budget_tokens: int
    prompts: tuple[str, ...]

    def tasks(
        self, indexes: Iterable[int], checkpoint: Checkpoint, picture: PixelArray | None = None
    ) -> tuple[Task, ...]:
        """The tasks of these pictures. picture: the first one of the series, the last reference of each."""
        target = self.request.pixel_size
        shown = self._shown(checkpoint, picture)
        key = self._key(shown, picture is not None)
        return tuple(
            Task(
                index=index,
                checkpoint=checkpoint,
                prompt=self.prompts[index]
                if picture is None
                else like_image(self.prompts[index], len(shown)),
                seed=self.request.seed_of(index),
                size=working_size(target, checkpoint),
                target=target,
                steps=checkpoint.step_count,
                guidance=checkpoint.guidance_for(self.request.guidance_scale),
                references=shown,
                reference_key=key,
                previews=self.request.partial_images if self.request.stream else 0,
            )
            for index in indexes
        )

    def _shown(self, checkpoint: Checkpoint, picture: PixelArray | None) -> tuple[ReferenceInput, ...]:
        images: list[bytes | PixelArray] = [reference.data for reference in self.references]
        own = [Size(reference.width, reference.height) for reference in self.references]
        if picture is not None:
            images.append(picture)
            own.append(Size(picture.shape[1], picture.shape[0]))
        sizes = reference_sizes(own, checkpoint, self.budget_tokens)
        return tuple(ReferenceInput(image, size) for image, size in zip(images, sizes, strict=True))

    def _key(self, shown: Sequence[ReferenceInput], has_picture: bool) -> str:
        """A digest of the references and their sizes; "" for none."""
        if not shown:
            return ""
        digest = blake2b(" ".join(str(each.size) for each in shown).encode(), digest_size=16)
        files = [reference.data for reference in self.references]
        if has_picture or sum(map(len, files)) > _MAX_READ_BYTES:
            digest.update(f" {self.request.id} {has_picture}".encode())
        else:
            for data in files:
                digest.update(blake2b(data, digest_size=16).digest())
        return digest.hexdigest()
