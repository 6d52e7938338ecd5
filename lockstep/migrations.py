"""The database schema: bring it to the newest version, and say which version it is at."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

ROOT: Final = Path(__file__).resolve().parent.parent


def migrate(database_url: str) -> None:
    """Run every migration that the database has not seen. Not to be called while an event loop runs."""
    config = _config()
    config.attributes["url"] = database_url
    command.upgrade(config, "head")


def newest_version() -> str | None:
    """The version that this program's code expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current_version(connection: Connection) -> str | None:
    """The version that the database is at; None when it holds no schema."""
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    return Config(toml_file=ROOT / "pyproject.toml")
