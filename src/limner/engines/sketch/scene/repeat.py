"""Repeats: the subjects of a pattern, multiplied over the whole picture on a half-drop lattice."""

from __future__ import annotations

from dataclasses import replace

from limner.engines.sketch.scene.sizes import MAX_COUNT
from limner.engines.sketch.words.spec import SceneSpec, SubjectSpec

_USUAL = 16
"""Bodies in a square pattern whose words count few."""
_MANY = 9
"""So many that were counted are a pattern already."""
_FILL = 0.62
"""Height of a body as a share of its cell."""


def repeated(spec: SceneSpec, width: int, height: int) -> SceneSpec:
    """The scene with its free subjects often and in turn, each body in a cell of its own. Sizes in pixels."""
    free = [i for i, s in enumerate(spec.subjects) if s.relation is None and s.count > 0 and not s.at]
    total = sum(spec.subjects[i].count for i in free)
    if not free:
        return spec
    copies = 1 if total >= _MANY else max(1, _USUAL // total)
    counts = {i: min(MAX_COUNT, spec.subjects[i].count * copies) for i in free}
    order = _in_turn(counts)
    cells = _cells(len(order), width, height)
    subjects = list(spec.subjects)
    for index in free:
        at = tuple(cell for cell, owner in zip(cells, order, strict=True) if owner == index)
        subjects[index] = replace(subjects[index], count=counts[index], at=at)
    return replace(spec, subjects=tuple(_followed(s, subjects) for s in subjects))


def _followed(subject: SubjectSpec, subjects: list[SubjectSpec]) -> SubjectSpec:
    """What clings to a repeated subject is there as often."""
    if subject.relation is None or subject.at:
        return subject
    return replace(subject, count=max(subject.count, subjects[subject.relation.target].count))


def _in_turn(counts: dict[int, int]) -> list[int]:
    """The subjects one after the other, evenly mixed."""
    shares = [((k + 0.5) / count, i) for i, count in counts.items() for k in range(count)]
    return [i for _, i in sorted(shares)]


def _cells(count: int, width: int, height: int) -> list[tuple[float, float, float]]:
    """Feet and height of count bodies, in shares of the picture; every other column is half a cell lower."""
    columns = max(1, min(count, round((count * width / height) ** 0.5)))
    rows = -(-count // columns)
    cell = min(width / columns, height / (rows + 0.5))
    tall = cell * _FILL
    found = []
    for number in range(count):
        row, column = divmod(number, columns)
        lower = 0.5 if column % 2 and columns > 1 else 0.0
        x = (column + 0.5) / columns
        y = ((row + 0.5 + lower) * height / (rows + 0.5) + tall / 2) / height
        found.append((x, y, tall / height))
    return found
