"""Durable answers, each in a transaction of its own, against bare commits of one row."""

import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import psycopg
from pydantic import JsonValue
from sqlalchemy.engine import make_url

from base.clock import utc_now
from base.config import Config
from base.db import Database
from base.permissions import SYSTEM
from base.schema import migrate
from courses.commands.loading import load_folder
from quizbank.commands.attempts import save_answer
from tests import postgres
from tests.bench.people import sit_down
from tests.bench.servers import HOUSE, watching
from tests.bench.table import Line
from tests.content import before_the_cases

_ROUNDS = 6
_SECONDS = 1.0
_MAKE = "CREATE TABLE bare (id {key}, response text)"
_TAB = "bench"


def measure(folder: Path) -> list[Line]:
    """Measure both databases, ours and the bare commits in turn; returns the lines of the table."""
    lines = _both("SQLite", f"sqlite:///{folder / 'saves.db'}", _bare_sqlite)
    if postgres.binaries() is None:
        return [*lines, Line("Save: PostgreSQL", "-", "its server is not installed")]
    with postgres.cluster(durable=True) as socket:
        url = postgres.url_of(socket, "postgres")
        return lines + _both("PostgreSQL", url, _bare_postgres)


def _both(
    name: str, url: str, bare: Callable[[str], Generator[Callable[[], None], None, None]]
) -> list[Line]:
    database = Database(url)
    migrate(database)
    with contextmanager(bare)(url) as commit, watching() as noise:
        save = _saving(database, Config(database_url=url, content_dir=HOUSE / "content"))
        rates = [(_rate(commit), _rate(save)) for _ in range(_ROUNDS)]
    database.dispose()
    bare_rate = median(one for one, _ in rates)
    our_rate = median(one for _, one in rates)
    rounds = f"{_ROUNDS} rounds of {_SECONDS:g} s"
    return [
        Line(f"Save: bare commit, {name}", rounds, f"{bare_rate:.0f}/s{noise.mark}"),
        Line(
            f"Save: answer, {name}",
            rounds,
            f"{our_rate:.0f}/s{noise.mark}",
            f"{our_rate / bare_rate:.2f} of bare",
            ">= 0.5",
        ),
    ]


def _saving(database: Database, config: Config) -> Callable[[], None]:
    with database.write(SYSTEM, utc_now(), config) as tx:
        load_folder(tx, config.content_dir)
    sitter, revision, plain = sit_down(database, 1, _TAB), 1, before_the_cases()

    def save() -> None:
        nonlocal revision
        response: JsonValue = {"option": "abcd"[revision % 4]}
        with database.write(sitter.actor, utc_now(), config) as tx:
            place = revision % plain + 1
            revision = save_answer(tx, sitter.attempt, revision, place, response, tab=_TAB)

    return save


def _rate(action: Callable[[], None]) -> float:
    done, started = 0, perf_counter()
    while perf_counter() - started < _SECONDS:
        action()
        done += 1
    return done / (perf_counter() - started)


def _bare_sqlite(url: str) -> Generator[Callable[[], None], None, None]:
    path = str(make_url(url).database)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # The same promise as ours: on disk before it counts.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(_MAKE.format(key="integer PRIMARY KEY"))

        def commit() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute('INSERT INTO bare (response) VALUES (\'{"option": "a"}\')')
            connection.execute("COMMIT")

        yield commit


def _bare_postgres(url: str) -> Generator[Callable[[], None], None, None]:
    parts = make_url(url)
    place = {"dbname": parts.database, "user": parts.username, "host": parts.query["host"]}
    with closing(psycopg.connect(**place)) as connection:  # type: ignore[arg-type]
        connection.execute(_MAKE.format(key="serial PRIMARY KEY"))
        connection.commit()

        def commit() -> None:
            connection.execute('INSERT INTO bare (response) VALUES (\'{"option": "a"}\')')
            connection.commit()

        yield commit
