"""Every case of the contract, in the order of its areas."""

from __future__ import annotations

from limner.conformance import (
    ark_sdk,
    errors,
    fields,
    links,
    models_list,
    openai_sdk,
    references,
    series,
    sizes,
    streaming,
    text_to_image,
)
from limner.conformance.case import Case

AREAS = (
    text_to_image.area,
    sizes.area,
    references.area,
    series.area,
    streaming.area,
    fields.area,
    errors.area,
    links.area,
    models_list.area,
    openai_sdk.area,
    ark_sdk.area,
)

CASES: tuple[Case, ...] = tuple(case for area in AREAS for case in area.cases)
