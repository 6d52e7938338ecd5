"""The database schema: bring it to the newest version, and say which version it is at."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from lockstep.settings import ROOT


def migrate(database_url: str) -> None:
    """Run every migration that the database has not seen. Not to be called while an event loop runs."""
    config = _config()
    config.attributes["url"] = database_url
    command.upgrade(config, "head")


def known_versions() -> tuple[str, ...]:
    """The versions that this program's code knows, the newest last: the one that it expects."""
    revisions = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(reversed([revision.revision for revision in revisions]))


def current_version(connection: Connection) -> str | None:
    """The version that the database is at; None when it holds no schema."""
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    return Config(toml_file=ROOT / "pyproject.toml")
