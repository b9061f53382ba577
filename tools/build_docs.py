"""Writes the parts of docs/ that follow from the code; tests/test_docs.py holds the files to it.

With --check it writes nothing and exits with 1 where a file is not as it should be.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from doc_tables import api, commands, errors, limits, open_models, routes, settings

DOCS = Path(__file__).parent.parent / "docs"

BLOCKS: dict[str, dict[str, Callable[[], str]]] = {
    "api.md": {
        "routes": routes.routes_table,
        "fields": api.fields_table,
        "fields by model": api.rules_table,
        "models": api.model_sections,
        "presets": api.presets_table,
        "adaptive sizes": api.adaptive_list,
        "errors": errors.errors_table,
    },
    "commands.md": {"commands": commands.command_sections},
    "configuration.md": {"settings": settings.settings_table},
    "diffusers.md": {
        "mapping": open_models.mapping_table,
        "checkpoints": open_models.checkpoints_table,
        "engine settings": open_models.engine_table,
        "checkpoint keys": open_models.checkpoint_table,
        "lora keys": open_models.lora_table,
    },
    "security.md": {"what modules leave open": limits.open_ends},
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
