"""What is shown where nothing is named: things on a bare table, a sign in an empty badge."""

from __future__ import annotations

from dataclasses import replace

from limner.engines.sketch.paint.noise import Streams
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec

_USUAL: dict[str, tuple[tuple[str, ...], ...]] = {
    "table": (("vase", "apple"), ("teapot", "cup"), ("bread", "grapes"), ("bowl", "lemon"), ("vase", "pear")),
    "icon": (("star",), ("seedling",), ("mountain",), ("rocket",), ("heart",), ("sun",)),
}
"""By place, what may be there; a seed picks one."""


def laid(spec: SceneSpec, home: str) -> SceneSpec:
    """The scene with something to look at where its place would stand empty."""
    sets = _USUAL.get(home, ())
    if spec.subjects or spec.texts or not sets:
        return spec
    nouns = sets[Streams(spec.seed).turn("laid", len(sets))]
    return replace(spec, subjects=tuple(SubjectSpec(noun) for noun in nouns))
