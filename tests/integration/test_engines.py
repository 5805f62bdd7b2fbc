"""Connections: PostgreSQL's are asked after a rest, SQLite's writers share one that stays clean."""

import sqlite3
from collections.abc import Callable, Generator
from contextlib import ExitStack

import pytest
from sqlalchemy import Connection, event, func, select, text
from sqlalchemy.exc import OperationalError

from base import engines
from base.clock import utc_now
from base.config import Config
from base.db import Database
from base.errors import Unavailable
from base.permissions import SYSTEM
from base.prepared import Prepared
from base.writers import MOST_KEPT
from tests import postgres
from tests.factories import World


@pytest.fixture
def served(postgres_folder: str) -> Generator[Database, None, None]:
    database = Database(postgres.url_of(postgres_folder, "postgres"))
    yield database
    database.dispose()


_PID = Prepared(select(func.pg_backend_pid()))


def reader(database: Database) -> int:
    with database.read(SYSTEM, utc_now(), Config()) as tx:
        return int((_PID.run(tx.connection, {}) or ())[0])


def writer(database: Database) -> int:
    with database.write(SYSTEM, utc_now(), Config()) as tx:
        return int((_PID.run(tx.connection, {}) or ())[0])


@pytest.mark.parametrize("backend", [reader, writer])
def test_a_connection_that_the_server_ended_is_replaced_after_a_rest(
    served: Database, monkeypatch: pytest.MonkeyPatch, backend: Callable[[Database], int]
) -> None:
    before = backend(served)
    other = Database(str(served.engine.url))
    with other.engine.connect() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend({before}, 5000)"))
    other.dispose()
    monkeypatch.setattr(engines, "_TRUSTED_SECONDS", 0.0)
    after = backend(served)
    assert after != before
    assert backend(served) == after


@pytest.mark.parametrize("backend", [reader, writer])
def test_a_connection_in_use_is_not_asked_each_time(
    served: Database, monkeypatch: pytest.MonkeyPatch, backend: Callable[[Database], int]
) -> None:
    asked: list[object] = []
    before = backend(served)
    monkeypatch.setattr(served.engine.dialect, "do_ping", asked.append)
    assert backend(served) == before
    assert asked == []


def test_postgresql_s_writers_keep_few_connections_and_give_them_back_in_the_end(
    served: Database,
) -> None:
    together = MOST_KEPT + 2
    with ExitStack() as writing:
        for _ in range(together):
            writing.enter_context(served.write(SYSTEM, utc_now(), Config()))
        assert served.engine.pool.checkedout() == together  # type: ignore[attr-defined] as below
    assert served.engine.pool.checkedout() == MOST_KEPT  # type: ignore[attr-defined] as below
    served.dispose()
    assert served.engine.pool.checkedout() == 0  # type: ignore[attr-defined] as below


def _disk_is_full(_connection: Connection) -> None:
    raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))


def _rename_without_luck(world: World) -> None:
    with world.as_system() as tx:
        tx.connection.execute(text("UPDATE person SET name = 'lost'"))
        event.listen(tx.connection, "commit", _disk_is_full, once=True)


def test_a_commit_that_fails_holds_up_no_writer_after_it(any_world: World) -> None:
    for _ in range(2):
        with pytest.raises(Unavailable, match="disk is full"):
            _rename_without_luck(any_world)
    with any_world.as_system() as tx:
        lost = text("SELECT count(*) FROM person WHERE name = 'lost'")
        assert tx.connection.execute(lost).scalar_one() == 0
        tx.connection.execute(text("UPDATE person SET name = 'kept'"))
    with any_world.looking("audi") as tx:
        names = tx.connection.execute(text("SELECT DISTINCT name FROM person"))
        assert names.scalars().all() == ["kept"]


def test_sqlite_s_writers_share_a_connection_and_give_it_back_in_the_end(world: World) -> None:
    handed: list[object] = []
    event.listen(world.database.engine, "checkout", lambda *seen: handed.append(seen[0]))
    world.database.dispose()
    for _ in range(3):
        with world.as_system() as tx:
            tx.connection.execute(text("SELECT 1"))
    assert len(handed) == 1
    world.database.dispose()
    assert world.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined] only the queue's pool counts
