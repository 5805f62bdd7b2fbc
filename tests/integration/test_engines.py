"""Connections to PostgreSQL: trusted while in use, asked after a rest, replaced if gone."""

from collections.abc import Generator

import pytest
from sqlalchemy import text

from base import engines
from base.clock import utc_now
from base.config import Config
from base.db import Database
from base.permissions import SYSTEM
from tests import postgres


@pytest.fixture
def served(postgres_folder: str) -> Generator[Database, None, None]:
    database = Database(postgres.url_of(postgres_folder, "postgres"))
    yield database
    database.dispose()


def backend(database: Database) -> int:
    with database.read(SYSTEM, utc_now(), Config()) as tx:
        return int(tx.connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_a_connection_that_the_server_ended_is_replaced_after_a_rest(
    served: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backend(served)
    other = Database(str(served.engine.url))
    with other.engine.connect() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend({before}, 5000)"))
    other.dispose()
    monkeypatch.setattr(engines, "_TRUSTED_SECONDS", 0.0)
    assert backend(served) != before


def test_a_connection_in_use_is_not_asked_each_time(
    served: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    before = backend(served)
    monkeypatch.setattr(served.engine.dialect, "do_ping", asked.append)
    assert backend(served) == before
    assert asked == []
