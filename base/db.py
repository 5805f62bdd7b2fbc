"""The database: one engine a process, short transactions, instants that keep their zone.

SQLite runs with WAL, `synchronous=FULL` and foreign keys, and a writing transaction takes its
lock at the start (BEGIN IMMEDIATE), so that what it read is still true when it writes.
"""

import re
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from threading import Lock
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import declared_attr
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from base.config import Config
from base.errors import AppError, Unavailable
from base.permissions import Actor

_BUSY_TIMEOUT_MS = 10_000
_BUSY = "The academy is very busy and could not save this in time. Try again in a moment."


class Row(SQLModel):
    """Base of every table. A table is named after its class: `ItemVersionRow`, `item_version`."""

    metadata = MetaData(
        # Names that Alembic can find again, on both databases.
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 # pyright: ignore[reportIncompatibleVariableOverride] SQLModel types it as plain
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


class UtcInstant(TypeDecorator[datetime]):
    """An aware UTC datetime on either database; SQLite keeps no zone, so we put it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 SQLAlchemy's signature
        """Refuse naive datetimes; hand the database UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A naive datetime was about to be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 SQLAlchemy's signature
        """Return the stored instant, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@dataclass(frozen=True)
class Tx:
    """One transaction: the session, who acts, the one instant it happens at, the settings."""

    session: Session
    actor: Actor
    now: datetime
    config: Config


class _Turn:
    """Lets the writers of this process in one after the other.

    SQLite has one writer at a time; those who wait inside it sleep and try again, up to a tenth
    of a second at a time, while those who wait here are woken.
    """

    def __init__(self) -> None:
        self._lock = Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=_BUSY_TIMEOUT_MS / 1000):
            raise Unavailable(_BUSY)

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class Database:
    """The engine and the two ways to use it. Make one a process; it is safe across threads."""

    def __init__(self, url: str) -> None:
        self.engine = _make_engine(url)
        self._writing = self.engine.execution_options(pinpoint_writes=True)
        self._turn = _Turn() if self.engine.dialect.name == "sqlite" else nullcontext()

    @contextmanager
    def write(self, actor: Actor, now: datetime, config: Config) -> Generator[Tx, None, None]:
        """Run one command: commit at the end of the block, roll back on any exception.

        The evidence of a refusal is written after what was refused is rolled back.
        """
        try:
            with self._writing_session() as session:
                yield Tx(session, actor, now, config)
        except AppError as error:
            if error.evidence:
                with self._writing_session() as session:
                    error.evidence(session)
            raise

    @contextmanager
    def _writing_session(self) -> Generator[Session, None, None]:
        with (
            as_sentences(),
            self._turn,
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def read(self, actor: Actor, now: datetime, config: Config) -> Generator[Tx, None, None]:
        """Run queries against one consistent view; nothing is kept."""
        with as_sentences(), Session(self.engine, autoflush=False) as session:
            yield Tx(session, actor, now, config)

    def writing_connection(self) -> AbstractContextManager[Connection]:
        """Open a connection in a writing transaction, for what works below sessions."""
        return self._writing.begin()

    @contextmanager
    def reshaping_connection(self) -> Generator[Connection, None, None]:
        """Open a connection in a writing transaction that may replace whole tables.

        SQLite replaces a table by dropping it, so foreign keys rest until the end, and are
        checked then; nothing is kept where one would be broken.
        """
        engine = self._writing.execution_options(pinpoint_reshapes=True)
        with engine.connect() as connection:
            try:
                with connection.begin():
                    yield connection
                    if engine.dialect.name == "sqlite":
                        _check_foreign_keys(connection)
            finally:
                # Its settings were changed, so it does not go back to the pool.
                connection.invalidate()

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _make_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            url, pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True
        )
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
        f"busy_timeout={_BUSY_TIMEOUT_MS}",
    ):
        try:
            connection.execute(f"PRAGMA {pragma}")
        except Exception as error:
            # A read-only file cannot change its journal mode; reading it is still fine.
            if "readonly" not in str(error):
                raise


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(f"A row of {broken[0]} would point at nothing in {broken[2]}.")


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


_SENTENCES = (
    (
        ("no such table", "no such column", "undefinedtable", "undefinedcolumn", "does not exist"),
        "The database is not up to date. Run `pinpoint init`, then try again.",
    ),
    (
        ("not a database", "malformed"),
        "The academy's database is damaged, so nothing was saved. "
        "Keep its file as it is, and put a backup in its place with `pinpoint restore`.",
    ),
    (
        ("readonly", "read-only"),
        "The database is read-only just now, so nothing was saved. "
        "Keep this page open and tell the academy.",
    ),
    (
        ("full", "no space"),
        "The academy's disk is full, so nothing was saved. "
        "Keep this page open and tell the academy.",
    ),
    (
        ("locked", "busy", "deadlock"),
        _BUSY,
    ),
    (
        ("unable to open", "connection", "connect"),
        "The academy's database cannot be reached just now. Try again in a moment.",
    ),
)


@contextmanager
def as_sentences() -> Generator[None, None, None]:
    """Turn what a database says (read-only, full, busy, out of date) into `Unavailable`."""
    try:
        yield
    except AppError:
        raise
    except DBAPIError as error:
        said = f"{type(error.orig).__name__} {error.orig}".lower()
        for signs, sentence in _SENTENCES:
            if any(sign in said for sign in signs):
                raise Unavailable(sentence) from error
        raise
