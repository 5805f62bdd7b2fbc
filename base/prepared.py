"""Statements that run at every click: compiled once a database, and handed to its driver.

SQLAlchemy's own execution costs several times what such a statement costs the database. What is
sent is SQLAlchemy's compiled text all the same, in the session's transaction, with its types'
conversion of what goes in; results come back as the driver gives them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlmodel import Session

_Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class _Ready:
    compiled: SQLCompiler
    text: str
    converts: Mapping[str, _Convert]

    def values(self, given: Mapping[str, object]) -> dict[str, Any]:
        values = dict(self.compiled.construct_params(given))
        for name, convert in self.converts.items():
            values[name] = convert(values[name])
        return values


class Prepared:
    """One statement with named parameters."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def run(self, session: Session, given: Mapping[str, object]) -> tuple[Any, ...] | None:
        """Run it with these parameters; returns the first row where it returns any, else None.

        Raises SQLAlchemy's `DBAPIError` and its kin, as its own execution does.
        """
        connection = session.connection()
        ready = self._ready_for(connection.dialect)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(ready.text, ready.values(given))
            return cursor.fetchone() if cursor.description else None
        except Exception as error:
            raise _wrapped(connection, ready.text, error) from error
        finally:
            cursor.close()

    def _ready_for(self, dialect: Dialect) -> _Ready:
        ready = self._ready.get(dialect.name)
        if ready is None:
            ready = self._ready[dialect.name] = _compile(self._statement, dialect)
        return ready


def _compile(statement: ClauseElement, dialect: Dialect) -> _Ready:
    # SQLite's driver takes names as well as places, PostgreSQL's only names.
    named = SQLiteDialect_pysqlite(paramstyle="named") if dialect.name == "sqlite" else dialect
    compiled = statement.compile(dialect=named)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("Only what reads or writes rows is prepared.")
    converts = {
        name: convert
        for name, bound in compiled.binds.items()
        if (convert := bound.type.dialect_impl(named).bind_processor(named)) is not None
    }
    return _Ready(compiled, str(compiled), converts)


def _wrapped(connection: Connection, text: str, error: Exception) -> BaseException:
    driver = connection.dialect.loaded_dbapi
    return DBAPIError.instance(
        text, None, error, driver.Error, hide_parameters=True, dialect=connection.dialect
    )
