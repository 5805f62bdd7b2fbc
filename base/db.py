"""The database: one engine a process, short transactions, instants that keep their zone."""

import re
from collections.abc import Generator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, DateTime, Dialect, MetaData
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from base.config import Config
from base.db_problems import as_sentences
from base.engines import make_engine
from base.errors import AppError
from base.permissions import Actor
from base.writers import Writers


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


class Work:
    """What happens in one transaction: its connection, and a session for whoever asks for rows.

    A click mostly hands prepared statements to the connection, and a session costs several times
    what such a statement does, so it is made when it is first asked for.
    """

    def __init__(self, connection: Connection, autoflush: bool) -> None:
        self.connection = connection
        self._autoflush = autoflush
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The session on this connection; it neither commits nor rolls back by itself."""
        if self._session is None:
            self._session = Session(
                self.connection, autoflush=self._autoflush, expire_on_commit=False
            )
        return self._session

    def flush(self) -> None:
        """Send what the session has not sent yet."""
        if self._session is not None:
            self._session.flush()

    def close(self) -> None:
        """Forget the session's rows."""
        if self._session is not None:
            self._session.close()


@dataclass(frozen=True)
class Tx:
    """One transaction: its work, who acts, the one instant it happens at, the settings."""

    work: Work
    actor: Actor
    now: datetime
    config: Config

    @property
    def session(self) -> Session:
        """Rows, by the ORM."""
        return self.work.session

    @property
    def connection(self) -> Connection:
        """What prepared statements run on."""
        return self.work.connection


class Database:
    """The engine and the two ways to use it. Make one a process; it is safe across threads."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._writing = self.engine.execution_options(pinpoint_writes=True)
        self._writers = Writers(self._writing)

    @contextmanager
    def write(self, actor: Actor, now: datetime, config: Config) -> Generator[Tx, None, None]:
        """Run one command: commit at the end of the block, roll back on any exception.

        The evidence of a refusal is written after what was refused is rolled back.
        """
        try:
            with self._written() as work:
                yield Tx(work, actor, now, config)
        except AppError as error:
            if error.evidence:
                with self._written() as work:
                    error.evidence(work.session)
            raise

    @contextmanager
    def _written(self) -> Generator[Work, None, None]:
        with (
            as_sentences(),
            self._writers.begin() as connection,
            closing(Work(connection, autoflush=True)) as work,
        ):
            yield work
            work.flush()

    @contextmanager
    def read(self, actor: Actor, now: datetime, config: Config) -> Generator[Tx, None, None]:
        """Run queries against one consistent view; nothing is kept."""
        with (
            as_sentences(),
            self.engine.connect() as connection,
            closing(connection.begin()),
            closing(Work(connection, autoflush=False)) as work,
        ):
            yield Tx(work, actor, now, config)

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
        """Close every connection."""
        self._writers.close()
        self.engine.dispose()


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(f"A row of {broken[0]} would point at nothing in {broken[2]}.")
