"""Engines: one a process, SQLite or PostgreSQL, with what each needs to keep our promises.

SQLite runs with WAL, `synchronous=FULL` and foreign keys, and a writing transaction takes its
lock at the start (BEGIN IMMEDIATE), so that what it read is still true when it writes. A connection
to PostgreSQL that rested is asked whether it is still there before it is used.
"""

from functools import partial
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from base.errors import Unavailable

BUSY_TIMEOUT_MS = 10_000
_RETURNED = "pinpoint_returned"
# A server that restarts is away for longer.
_TRUSTED_SECONDS = 0.5


def make_engine(url: str) -> Engine:
    """Return an engine for this address; a folder that SQLite's file needs is made.

    Raises `Unavailable` where the folder cannot be made.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(url, pool_size=10, max_overflow=20, hide_parameters=True)
        event.listen(engine, "checkin", _note_return)
        event.listen(engine, "checkout", partial(_ask_at_checkout, engine.dialect))
        return engine
    if parsed.database and parsed.database != ":memory:":
        _make_folder(Path(parsed.database).parent)
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False},
        poolclass=QueuePool,
        pool_size=16,
        max_overflow=32,
        # What is logged of a failed statement must not carry anybody's data.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _note_return(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info[_RETURNED] = monotonic()


def ask_after_rest(connection: Connection, returned: float) -> None:
    """Make a connection that was kept out of the pool since then anew where its server has gone."""
    if connection.dialect.name == "sqlite" or monotonic() - returned < _TRUSTED_SECONDS:
        return
    asked = connection.connection.dbapi_connection
    try:
        if asked is not None:
            connection.dialect.do_ping(asked)
    except connection.dialect.loaded_dbapi.Error:
        connection.invalidate()


def _ask_at_checkout(
    dialect: Dialect, connection: DBAPIConnection, entry: ConnectionPoolEntry, _handed: object
) -> None:
    # As the pool's own `pre_ping` asks at every use, which costs as much as a small statement.
    if monotonic() - entry.info.get(_RETURNED, 0.0) < _TRUSTED_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        # The pool then makes this connection, and all that are as old, anew.
        raise InvalidatePoolError from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            f"The folder of the database cannot be made ({error.strerror}). "
            "Check PINPOINT_DATABASE_URL and the rights of this user."
        ) from None


def _configure_sqlite(connection: SqliteConnection, _record: Any) -> None:
    # SQLAlchemy emits BEGIN itself (below); the driver must not do it a second time.
    connection.isolation_level = None
    # SQLite's own lower() knows ASCII only, and a search for "émilie" would miss "Émilie".
    connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        try:
            connection.execute(f"PRAGMA {pragma}")
        except Exception as error:
            # A read-only file cannot change its journal mode; reading it is still fine.
            if "readonly" not in str(error):
                raise


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("pinpoint_reshapes", False):
        # Has no effect once the transaction has begun.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    writes = options.get("pinpoint_writes", False)
    # Straight to the driver: this runs at every click.
    try:
        connection.connection.cursor().execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    except SqliteError as error:
        raise OperationalError("BEGIN", None, error, hide_parameters=True) from error
