"""The tables of the open models' page: mappings, checkpoints, and what their settings may say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from doc_tables.markdown import table
from limner.catalog import load_catalog
from limner.engines.diffusers.checkpoint import Checkpoint, DType, Offload
from limner.engines.diffusers.families import family_named
from limner.engines.diffusers.mapping import Answer, ModelMapping, built_in
from limner.engines.diffusers.settings import CheckpointTable, DiffusersSettings, LoraTable

PROFILES = ("fast", "quality")
KINDS = {
    "bool": "true or false",
    "int": "whole number",
    "float": "number",
    "str": "text",
    "Path": "path",
    "Texts": "list",
    "Sizes": "list of sizes",
    "DType": ", ".join(get_args(DType)),
    "Offload": ", ".join(get_args(Offload)),
    "tuple[int, int]": "two whole numbers",
    "tuple[LoraTable, ...]": "list of tables",
    "dict[str, Texts]": "table",
    "dict[str, CheckpointTable]": "tables",
}


def engine_table() -> str:
    """The settings of the diffusers engine."""
    return _fields_table("setting", DiffusersSettings, defaults=True)


def checkpoint_table() -> str:
    """What a checkpoint's table may say."""
    return _fields_table("key", CheckpointTable)


def lora_table() -> str:
    """What an entry of a checkpoint's loras may say."""
    return _fields_table("key", LoraTable)


def mapping_table() -> str:
    """Which checkpoint makes the pictures of a model, profile by profile."""
    mappings = [ModelMapping.from_settings(DiffusersSettings(profile=name)) for name in PROFILES]
    answers = [mapping.answers() for mapping in mappings]
    cells = (
        (card.title, *(_answering(card.id, profile) for profile in answers)) for card in load_catalog().cards
    )
    return table(("model", *(f"`{name}`" for name in PROFILES)), cells)


def checkpoints_table() -> str:
    """The checkpoints that are known by name."""
    profiles, checkpoints = built_in()
    default = {name for rows in profiles.values() for _, names in rows for name in names}
    return table(
        ("checkpoint", "licence", "family", "references", "steps", "`guidance_scale`", "GiB", "remarks"),
        (_checkpoint(each, each.name in default) for each in checkpoints.values()),
    )


def _fields_table(head: str, model: type[BaseModel], *, defaults: bool = False) -> str:
    return table(
        (head, *(("default",) if defaults else ()), "what it is"),
        (
            (
                f"`{name}`",
                *((_default(field),) if defaults else ()),
                f"{field.description} ({_kind(model.__annotations__[name])})",
            )
            for name, field in model.model_fields.items()
        ),
    )


def _kind(annotation: str) -> str:
    base = annotation.removesuffix(" | None")
    if base.startswith("Literal"):
        return base.removeprefix("Literal[").removesuffix("]").replace('"', "").replace("'", "")
    return KINDS[base]


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is None or value in ((), {}):
        return "-"
    if isinstance(value, tuple):
        return f"`{', '.join(map(str, value))}`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _answering(card_id: str, answers: Iterable[Answer]) -> str:
    own = [answer for answer in answers if answer.card_id == card_id]
    if len(own) == 1:
        return f"`{own[0].checkpoint.name}`"
    return ", ".join(f"`{each.checkpoint.name}` {_span(each.fewest, each.most)}" for each in own) or "-"


def _span(fewest: int, most: int) -> str:
    return f"({fewest})" if fewest == most else f"({fewest} to {most})"


def _checkpoint(checkpoint: Checkpoint, default: bool) -> tuple[str, ...]:
    fewest, most = checkpoint.references
    return (
        f"`{checkpoint.name}`",
        checkpoint.licence if checkpoint.permissive else f"**{checkpoint.licence}**",
        f"`{family_named(checkpoint.family).name}`",
        f"{fewest}" if fewest == most else f"{fewest} to {most}",
        f"{checkpoint.step_count}",
        "no effect" if checkpoint.distilled else "obeyed",
        f"{checkpoint.weights_gib:g}",
        checkpoint.note + ("" if default else "; only where the settings name it"),
    )
