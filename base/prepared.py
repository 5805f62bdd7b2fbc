"""Statements that run at every click: compiled once a database, and handed to its driver.

SQLAlchemy's own execution costs several times what such a statement costs the database. What is
sent is SQLAlchemy's compiled text all the same, in the connection's transaction, with its types'
conversion of what goes in and of what comes back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.selectable import ReturnsRows
from sqlalchemy.types import TypeEngine

_Convert = Callable[[Any], Any]
_CURSOR = "pinpoint_cursor"
_Readers = tuple[tuple[int, _Convert], ...]


@dataclass(frozen=True)
class _Ready:
    text: str
    fixed: Mapping[str, Any]
    converts: Mapping[str, _Convert]
    types: tuple[TypeEngine[Any], ...]

    def values(self, given: Mapping[str, object]) -> dict[str, Any]:
        values = {**self.fixed, **given}
        for name, convert in self.converts.items():
            values[name] = convert(values[name])
        return values

    def readers(self, dialect: Dialect, description: Sequence[Any]) -> _Readers:
        """Return how columns are converted, by place: types may ask what the driver calls each."""
        pairs = enumerate(zip(self.types, description, strict=True))
        readers = (
            (place, kind.dialect_impl(dialect).result_processor(dialect, column[1]))
            for place, (kind, column) in pairs
        )
        return tuple((place, read) for place, read in readers if read is not None)


class Prepared:
    """One statement with named parameters."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}
        self._readers: dict[str, _Readers] = {}

    def run(self, connection: Connection, given: Mapping[str, object]) -> tuple[Any, ...] | None:
        """Run it with these parameters; returns the first row where it returns any, else None.

        Raises SQLAlchemy's `DBAPIError` and its kin, as its own execution does.
        """
        return next(iter(self.rows(connection, given)), None)

    def rows(self, connection: Connection, given: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Run it with these parameters; returns every row, none where it returns none.

        Raises as `run` does.
        """
        ready = self._ready_for(connection.dialect)
        try:
            cursor = _cursor_of(connection)
            cursor.execute(ready.text, ready.values(given))
            if not ready.types:
                return []
            found = cursor.fetchall()
            readers = self._readers_for(connection.dialect, ready, cursor)
        except Exception as error:
            raise _wrapped(connection, ready.text, error) from error
        return [_read(one, readers) for one in found] if readers else list(found)

    def _readers_for(self, dialect: Dialect, ready: _Ready, cursor: DBAPICursor) -> _Readers:
        readers = self._readers.get(dialect.name)
        if readers is None:
            # PostgreSQL's driver makes its description anew each time that it is asked.
            described = cursor.description or ()
            readers = self._readers[dialect.name] = ready.readers(dialect, described)
        return readers

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
    # What the statement itself says, as the 1 of `revision + 1`.
    fixed = {name: one.value for name, one in compiled.binds.items() if not one.required}
    converts = {
        name: convert
        for name, bound in compiled.binds.items()
        if (convert := bound.type.dialect_impl(named).bind_processor(named)) is not None
    }
    columns = statement.exported_columns if isinstance(statement, ReturnsRows) else ()
    return _Ready(str(compiled), fixed, converts, tuple(one.type for one in columns))


def _cursor_of(connection: Connection) -> DBAPICursor:
    # One for as long as the driver's connection lasts: PostgreSQL's finds out anew with each
    # cursor how every type is sent.
    cursor: DBAPICursor | None = connection.info.get(_CURSOR)
    if cursor is None:
        cursor = connection.info[_CURSOR] = connection.connection.cursor()
    return cursor


def _read(found: Sequence[Any], readers: _Readers) -> tuple[Any, ...]:
    row = list(found)
    for place, read in readers:
        row[place] = read(row[place])
    return tuple(row)


def _wrapped(connection: Connection, text: str, error: Exception) -> BaseException:
    driver = connection.dialect.loaded_dbapi
    return DBAPIError.instance(
        text, None, error, driver.Error, hide_parameters=True, dialect=connection.dialect
    )
