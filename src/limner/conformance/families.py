"""Which models a server offers, and under what names: as was given, as it lists them, or the usual ones."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

import httpx

from limner.conformance.expect import show
from limner.conformance.target import SPELLINGS, VOLCENGINE_MODELS, Target
from limner.conformance.wire import request


class Unusable(Exception):
    """Why no case can be run against a server."""


def offered_models(target: Target, given: Mapping[str, str]) -> dict[str, str]:
    """Family to model id. A family that is given needs no list; as an empty text it is not offered.

    Raises Unusable if the server does not answer, refuses the key, or offers none.
    """
    listed = None if given.keys() >= SPELLINGS.keys() else _listed(target)
    found = VOLCENGINE_MODELS if listed is None else _known(listed)
    merged = {**found, **given}
    models = {family: merged[family] for family in SPELLINGS if merged.get(family)}
    if not models:
        raise Unusable("it lists no model by a name that the suite knows: name them with --models")
    return models


def _listed(target: Target) -> frozenset[str] | None:
    """The ids of GET /models; None from a server that has no such list."""
    try:
        response = request(target, "GET", "/models")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unusable(f"{target.base_url}: {error or type(error).__name__}") from error
    if response.status_code in (401, 403):
        raise Unusable(f"it refuses the key: {show(response, limit=200).splitlines()[-1].lstrip('< ')}")
    return _ids(response.content) if response.status_code == 200 else None


def _ids(body: bytes) -> frozenset[str] | None:
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    entries = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(entries, list):
        return None
    return frozenset(str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry)


def _known(listed: Collection[str]) -> dict[str, str]:
    """Of each family the first spelling that is listed."""
    first = {family: next((id for id in ids if id in listed), "") for family, ids in SPELLINGS.items()}
    return {family: model for family, model in first.items() if model}
