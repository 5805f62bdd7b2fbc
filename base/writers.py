"""Connections to write on: one turn after another on SQLite, and kept open between clicks.

SQLite has one writer at a time; those who wait inside it sleep and try again, up to a tenth of a
second at a time, while those who wait here are woken. To take a connection from the pool and give
it back costs more than what most clicks write, so some stay out; on PostgreSQL far fewer than the
pool has.
"""

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from sqlalchemy import Connection, Engine

from base.db_problems import BUSY
from base.engines import BUSY_TIMEOUT_MS, ask_after_rest
from base.errors import Unavailable

MOST_KEPT = 8


class Writers:
    """Lends connections in a writing transaction; safe across threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = Lock() if engine.dialect.name == "sqlite" else None
        # With when each was given back; the last one first, so that few are in use.
        self._kept: list[tuple[Connection, float]] = []

    @contextmanager
    def begin(self) -> Generator[Connection, None, None]:
        """Run one transaction; what failed leaves its connection to the pool to clean.

        Raises `Unavailable` where SQLite's other writers take too long.
        """
        if self._turn and not self._turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
            raise Unavailable(BUSY)
        try:
            connection = self._lend()
            try:
                with connection.begin():
                    yield connection
            except BaseException:
                connection.close()
                raise
            self._keep(connection)
        finally:
            if self._turn:
                self._turn.release()

    def close(self) -> None:
        """Give back the connections that are kept; one that is lent is kept again."""
        if self._turn and not self._turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
            return
        while self._kept:
            self._kept.pop()[0].close()
        if self._turn:
            self._turn.release()

    def _lend(self) -> Connection:
        try:
            connection, returned = self._kept.pop()
        except IndexError:
            return self._engine.connect()
        ask_after_rest(connection, returned)
        return connection

    def _keep(self, connection: Connection) -> None:
        if len(self._kept) < MOST_KEPT:
            self._kept.append((connection, monotonic()))
        else:
            connection.close()
