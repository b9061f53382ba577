"""Writes the parts of docs/ that follow from the code; tests/test_docs.py holds the files to it.

With --check it writes nothing and exits with 1 where a file is not as it should be.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from limner.catalog import load_catalog
from limner.cli.flags import option_names
from limner.engines.diffusers.checkpoint import Checkpoint, DType, Offload
from limner.engines.diffusers.families import family_named
from limner.engines.diffusers.mapping import Answer, Mapping, built_in
from limner.engines.diffusers.settings import CheckpointTable, DiffusersSettings, LoraTable
from limner.settings_table import SettingRow, describe

DOCS = Path(__file__).parent.parent / "docs"
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


def settings_table() -> str:
    """The table of settings as Markdown."""
    rows = describe()
    options = option_names(rows)
    return table(
        ("setting", "option of `limner serve`", "default", "what it is"),
        (_setting(row, options.get(row.name)) for row in rows),
    )


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
    mappings = [Mapping.from_settings(DiffusersSettings(profile=name)) for name in PROFILES]
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


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells as Markdown."""
    heads = tuple(head)
    lines = [heads, ("---",) * len(heads), *rows]
    made = [f"| {' | '.join(line)} |" for line in lines]
    made[1] = "|" + "---|" * len(heads)
    return "\n".join(made) + "\n"


def _setting(row: SettingRow, option: str | None) -> tuple[str, ...]:
    kind = row.type.replace(" | ", ", ")
    default = f"`{row.default}`" if row.default else "-"
    return f"`{row.name}`", f"`{option}`" if option else "-", default, f"{row.help} ({kind})"


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


BLOCKS: dict[str, dict[str, Callable[[], str]]] = {
    "configuration.md": {"settings": settings_table},
    "diffusers.md": {
        "mapping": mapping_table,
        "checkpoints": checkpoints_table,
        "engine settings": engine_table,
        "checkpoint keys": checkpoint_table,
        "lora keys": lora_table,
    },
}
"""The parts of each page that are made, by the names in its comments."""


def with_block(text: str, name: str, block: str) -> str:
    """The document with one of its parts made anew. Raises ValueError when it has no place for it."""
    begin, end = f"<!-- {name}: made by tools/build_docs.py -->\n", f"<!-- end of {name} -->\n"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"the page needs {begin.strip()} and {end.strip()}, once")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return before + begin + block + end + after


def main(*, check: bool) -> int:
    changed = False
    for page, blocks in BLOCKS.items():
        text = made = (DOCS / page).read_text(encoding="utf-8")
        for name, block in blocks.items():
            made = with_block(made, name, block())
        changed = changed or made != text
        if not check:
            (DOCS / page).write_text(made, encoding="utf-8")
    return int(check and changed)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
