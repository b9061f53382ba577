"""The list of models: OpenAI's shape, each model with its card."""

from __future__ import annotations

from limner.conformance.case import Area
from limner.conformance.expect import answer_of, assert_error, check
from limner.conformance.target import Target
from limner.conformance.wire import request

area = Area("models_list")

FAMILIES = ("3.0", "seededit", "4.0", "4.5", "5.0")


@area.case("every model is listed in OpenAI's shape", "8", own_choice=True, pictures=0)
def listed(target: Target) -> None:
    response = request(target, "GET", "/models")
    body = answer_of(response)
    check(body.get("object") == "list" and isinstance(body.get("data"), list), "a list", response)
    data = body["data"] if isinstance(body["data"], list) else []
    for model in data:
        check({"id", "object", "created", "owned_by"} <= set(model), "OpenAI's four keys", response)
        check(model["object"] == "model", "each is a model", response)
    ids = {model["id"] for model in data}
    wanted = {target.model(family) for family in FAMILIES if family in target.models}
    check(wanted <= ids, f"all of {sorted(wanted)}", response)


@area.case("each model carries its card", "8", own_choice=True, pictures=0)
def cards(target: Target) -> None:
    response = request(target, "GET", "/models")
    data = answer_of(response)["data"]
    for model in data if isinstance(data, list) else []:
        check(isinstance(model.get("card"), dict) and bool(model["card"]), "a card", response)


@area.case("the list needs the key", "8", own_choice=True, pictures=0)
def needs_key(target: Target) -> None:
    refusal = request(target, "GET", "/models", {"Authorization": "Bearer wrong"})
    assert_error(refusal, 401, "AuthenticationError")
