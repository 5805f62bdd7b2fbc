"""Fixtures that more than one kind of test uses; each makes the real thing, never a stand-in.

The cast: alba learner, bela author, cato examiner, dina administrator, cleo clinic manager.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import text

from base.academy import Academy, use_academy
from base.config import Config
from base.db import Database
from base.permissions import SYSTEM
from base.schema import migrate
from certs.commands.keys import make_missing_keys
from courses.commands.loading import load_folder
from tests import postgres
from tests.factories import World
from tests.places import quick_place

HOUSE = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def skip_unless_ci(reason: str) -> None:
    """Skip with a reason; under CI what should run may not skip."""
    if os.environ.get("CI"):
        pytest.fail(f"under CI this must run: {reason}")
    pytest.skip(reason)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name a failure at once, so that a run which never comes to its summary has told of it."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        sys.stdout.write(
            f"\nFAILED in {report.when}: {report.nodeid}\n{report.longreprtext[-2000:]}\n"
        )


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database without anything in it."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.write(SYSTEM, NOW, Config()) as tx:
        make_missing_keys(tx)
    _fold(database)
    return path


@pytest.fixture(scope="session")
def course_file(empty_file: Path) -> Path:
    """A migrated SQLite database with the real course loaded."""
    path = empty_file.with_name("course.db")
    shutil.copyfile(empty_file, path)
    database = Database(f"sqlite:///{path}")
    with database.write(SYSTEM, NOW, Config(content_dir=HOUSE / "content")) as tx:
        load_folder(tx, HOUSE / "content")
    _fold(database)
    return path


@pytest.fixture(scope="session")
def kept_database() -> Callable[[str], Database]:
    """One database object for each address, whose compiled statements outlive a test's rows."""
    return cache(Database)


@pytest.fixture(scope="session")
def sqlite_database(
    kept_database: Callable[[str], Database],
) -> Generator[Callable[[Path], Database], None, None]:
    """Return a database that holds what the template holds, and nothing of an earlier test."""
    folder = Path(tempfile.mkdtemp(prefix="pinpoint-academies-", dir=quick_place()))

    def copied(template: Path) -> Database:
        path = folder / template.name
        database = kept_database(f"sqlite:///{path}")
        database.dispose()
        # A new file, so that whatever an earlier test left open writes to its own.
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        shutil.copyfile(template, path)
        return database

    yield copied
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def empty_world(
    empty_file: Path, sqlite_database: Callable[[Path], Database]
) -> Generator[World, None, None]:
    """An academy on SQLite with nothing in it."""
    yield from world_on(sqlite_database(empty_file))


@pytest.fixture
def world(
    course_file: Path, sqlite_database: Callable[[Path], Database]
) -> Generator[World, None, None]:
    """An academy on SQLite with the course and the cast."""
    for one in world_on(sqlite_database(course_file)):
        one.gather_cast()
        yield one


@pytest.fixture(scope="session")
def postgres_folder() -> Generator[str, None, None]:
    """A running PostgreSQL cluster whose database `course` has the real course loaded."""
    if postgres.binaries() is None:
        skip_unless_ci("PostgreSQL's server is not installed")
    with postgres.cluster() as folder:
        _sql(folder, "postgres", "CREATE DATABASE course")
        database = Database(postgres.url_of(folder, "course"))
        migrate(database)
        with database.write(SYSTEM, NOW, Config(content_dir=HOUSE / "content")) as tx:
            make_missing_keys(tx)
            load_folder(tx, HOUSE / "content")
        database.dispose()
        yield folder


@pytest.fixture
def postgres_world(
    postgres_folder: str, kept_database: Callable[[str], Database]
) -> Generator[World, None, None]:
    """The same on PostgreSQL."""
    database = kept_database(postgres.url_of(postgres_folder, "test"))
    _sql(postgres_folder, "postgres", "CREATE DATABASE test TEMPLATE course")
    for one in world_on(database):
        one.gather_cast()
        yield one
    _sql(postgres_folder, "postgres", "DROP DATABASE test WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def any_world(request: pytest.FixtureRequest) -> World:
    """The same academy on each database that the code must run on."""
    chosen = "world" if request.param == "sqlite" else "postgres_world"
    return request.getfixturevalue(chosen)


def world_on(database: Database) -> Generator[World, None, None]:
    """Yield an academy on this database, and close its connections."""
    url = database.engine.url.render_as_string(hide_password=False)
    world = World(database, Config(database_url=url, content_dir=HOUSE / "content"), NOW)
    with use_academy(Academy(world.config, world.database)):
        yield world
    world.database.dispose()


def _fold(database: Database) -> None:
    # Copies are made of the one file, so nothing may be left in the write-ahead log.
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.dispose()


def _sql(folder: str, database: str, statement: str) -> None:
    connected = Database(postgres.url_of(folder, database))
    with connected.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    connected.dispose()
