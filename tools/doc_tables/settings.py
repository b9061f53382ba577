"""The table of settings."""

from __future__ import annotations

from doc_tables.markdown import table
from limner.cli.flags import option_names
from limner.settings_table import SettingRow, describe


def settings_table() -> str:
    """The table of settings as Markdown."""
    rows = describe()
    options = option_names(rows)
    return table(
        ("setting", "option of `limner serve`", "default", "what it is"),
        (_setting(row, options.get(row.name)) for row in rows),
    )


def _setting(row: SettingRow, option: str | None) -> tuple[str, ...]:
    kind = row.type.replace(" | ", ", ")
    default = f"`{row.default}`" if row.default else "-"
    return f"`{row.name}`", f"`{option}`" if option else "-", default, f"{row.help} ({kind})"
