"""Running the migrations; the only module that knows Alembic, imported where an older database is found."""

from __future__ import annotations

from alembic.command import upgrade
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from limner.errors import ConfigError


def upgrade_from(found: str, connection: Connection) -> None:
    """Run every revision after the one that was found, in the transaction that runs. found: empty for none.

    Raises ConfigError for a revision that is none of ours: a newer Limner has been here.
    """
    config = _config()
    config.attributes["connection"] = connection
    if found and found not in _revisions(config):
        raise ConfigError(f"the database has schema {found!r}, which this version of Limner does not know")
    upgrade(config, "head")


def newest_revision() -> str | None:
    """The last revision in migrations/."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "limner.ledger:migrations")
    return config


def _revisions(config: Config) -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
