"""Writes the parts of docs/ that follow from the code; tests/test_docs.py holds the files to it.

With --check it writes nothing and exits with 1 where a file is not as it should be.
"""

from __future__ import annotations

import sys
from pathlib import Path

from limner.cli.flags import option_names
from limner.settings_table import SettingRow, describe

CONFIGURATION = Path(__file__).parent.parent / "docs" / "configuration.md"
BEGIN, END = "<!-- settings: made by tools/build_docs.py -->\n", "<!-- end of settings -->\n"


def settings_table() -> str:
    """The table of settings as Markdown."""
    rows = describe()
    options = option_names(rows)
    lines = ["| setting | option of `limner serve` | default | what it is |", "|---|---|---|---|"]
    lines += [_line(row, options.get(row.name)) for row in rows]
    return "\n".join(lines) + "\n"


def _line(row: SettingRow, option: str | None) -> str:
    kind = row.type.replace(" | ", ", ")
    default = f"`{row.default}`" if row.default else "-"
    return f"| `{row.name}` | {f'`{option}`' if option else '-'} | {default} | {row.help} ({kind}) |"


def with_settings_table(text: str) -> str:
    """The document with its table of settings made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + settings_table() + END + after


def main(*, check: bool) -> int:
    text = CONFIGURATION.read_text(encoding="utf-8")
    made = with_settings_table(text)
    if not check:
        CONFIGURATION.write_text(made, encoding="utf-8")
    return int(check and made != text)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
