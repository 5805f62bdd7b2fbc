"""Bringing the database's schema to head, and telling whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from base.db import Database
from base.db_problems import as_sentences

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def migrate(database: Database, to: str = "head") -> None:
    """Bring the schema from wherever it is to `to`; running it twice changes nothing."""
    with as_sentences(), database.reshaping_connection() as connection:
        settings = _settings()
        settings.attributes["connection"] = connection
        command.upgrade(settings, to)


def schema_problem(database: Database) -> str | None:
    """Return what is wrong with the schema and what to do, or None where it is at head."""
    with as_sentences(), database.engine.connect() as connection:
        standing = MigrationContext.configure(connection).get_current_heads()
    if set(standing) == set(ScriptDirectory.from_config(_settings()).get_heads()):
        return None
    return "The database is not up to date. Run `pinpoint init`, then start the academy again."


def _settings() -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS))
    return settings
