"""Statistics: against bare NumPy over the same matrix, and from the database to the last flag.

In processor time, which other processes do not take from.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import process_time

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from accounts.commands.people import create_person
from base.clock import utc_now
from base.config import Config
from base.db import Database
from base.permissions import SYSTEM
from base.schema import migrate
from quizbank.commands.bank import load_items
from quizbank.commands.exams import publish_exam
from quizbank.queries.analysis import exam_analysis
from quizbank.statistics.item_analysis import Centred, analyse_items
from quizbank.statistics.mark_columns import mark_columns
from quizbank.statistics.test_statistics import analyse_test
from tests.bench.servers import watching
from tests.bench.table import Line, milliseconds
from tests.factories import exam_rules, single_choice

SIZES = (10_000, 100_000, 1_000_000)
_ITEMS, _ROUNDS = 40, 5
_EXAM = "exam"
Matrix = NDArray[np.float64]
# Who sits later is better, items differ, and nobody knows anybody's answers beforehand.
_FILL = (
    "INSERT INTO form (id, exam_version_id, seed, created_at) "
    "SELECT 'f' || n, :version, n, '2026-01-01 00:00:00.000000' FROM numbers",
    "INSERT INTO attempt (id, person_id, exam_id, exam_version_id, form_id, started_at, "
    "closed_at, time_factor, pause_seconds) SELECT 'a' || n, :person, 'exam', :version, 'f' || n, "
    "datetime('2026-01-01', n || ' minutes') || '.000000', "
    "datetime('2026-01-01', (n + 60) || ' minutes') || '.000000', 1, 0 FROM numbers",
    "INSERT INTO decision (id, attempt_id, number, at, marks, passed, result) "
    "SELECT 'd' || n, 'a' || n, 1, '2026-01-01 00:00:00.000000', 0, 0, '{}' FROM numbers",
    "UPDATE attempt SET decision_id = 'd' || substr(id, 2)",
    "INSERT INTO mark (decision_id, position, item_version_id, fraction, state, unsafe, scored) "
    "SELECT 'd' || n, position, version_id, "
    "(n * 7919 + position * 104729 + n * position * 31) % 1000 "
    "< 200 + 600 * n / :attempts + 5 * position, 'right', 0, 1 FROM numbers, drawn",
    "INSERT INTO step (attempt_id, number, at, action, position, response, actor) "
    "SELECT 'a' || substr(decision_id, 2), position, '2026-01-01 00:00:00.000000', 'answered', "
    'position, CASE WHEN fraction = 1 THEN \'{"option": "a"}\' '
    'WHEN position % 3 THEN \'{"option": "b"}\' ELSE \'{"option": "c"}\' END, :person FROM mark',
)


def measure(folder: Path) -> list[Line]:
    """Measure the figures alone, then all of it from the database; returns the table's lines."""
    return [*_figures(), *_whole(folder)]


def _figures() -> list[Line]:
    with watching() as noise:
        matrices = [_matrix(size // _ITEMS) for size in SIZES]
        bare = [_best(bare_statistics, one) for one in matrices]
        ours = [_best(_statistics, one) for one in matrices]
    return [
        *_lines("Statistics: bare NumPy", bare, noise.mark),
        *_lines("Statistics: items and test, with intervals", ours, noise.mark, bare),
    ]


def _matrix(attempts: int) -> Matrix:
    rng = np.random.default_rng(attempts)
    skill, hardness = rng.normal(size=(attempts, 1)), rng.normal(size=_ITEMS)
    return (rng.random((attempts, _ITEMS)) < 1 / (1 + np.exp(hardness - skill))).astype(float)


def bare_statistics(marks: Matrix) -> tuple[object, ...]:
    """Compute the same figures of a full matrix in NumPy alone, without an interval."""
    n, items = marks.shape
    totals = marks.sum(axis=1)
    mean, sd = marks.mean(axis=0), marks.std(axis=0, ddof=1)
    rest = totals[:, np.newaxis] - marks
    own, others = marks - mean, rest - rest.mean(axis=0)
    covariance = (own * others).sum(axis=0) / (n - 1)
    most = (np.sort(own, axis=0) * np.sort(others, axis=0)).sum(axis=0) / (n - 1)
    roots = np.sqrt(np.maximum(covariance + sd * sd, 0))
    alpha = items / (items - 1) * (1 - (sd * sd).sum() / totals.var(ddof=1))
    away = totals - totals.mean()
    second, third, fourth = ((away**power).mean() for power in (2, 3, 4))
    earlier, recent = marks[: n // 2].mean(axis=0), marks[n // 2 :].mean(axis=0)
    return (
        *(mean, sd, covariance / (sd * rest.std(axis=0, ddof=1)), covariance / most),
        *(roots / roots.sum(), recent - earlier, alpha, totals.std(ddof=1) * np.sqrt(1 - alpha)),
        *(totals.mean(), np.median(totals), third / second**1.5, fourth / second**2 - 3),
    )


def _statistics(marks: Matrix) -> None:
    attempt, item = np.indices(marks.shape)
    centred = Centred(mark_columns(attempt.ravel(), item.ravel(), marks.ravel()))
    analyse_items(centred)
    analyse_test(centred)


def _whole(folder: Path) -> list[Line]:
    bare: list[float] = []
    ours: list[float] = []
    with watching() as noise:
        for size in SIZES:
            path = folder / f"answers{size}.db"
            database = _answered(path, size // _ITEMS)
            bare.append(_timed(_bare_reading, path))
            ours.append(_timed(_analyse, database))
            database.dispose()
            path.unlink()
    return [
        *_lines("Statistics: bare sqlite3, every mark and answer", bare, noise.mark),
        *_lines("Statistics: read, analyse and flag", ours, noise.mark, bare, "< 15 for 10"),
    ]


def _answered(path: Path, attempts: int) -> Database:
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.write(SYSTEM, utc_now(), Config()) as tx:
        person = create_person(tx, "Somebody", "somebody@example.org", None, ())
        load_items(
            tx,
            [
                single_choice(f"tt-01-{n:03}", objective="TT-01", stem=f"Which layer is {n}?")
                for n in range(1, _ITEMS + 1)
            ],
        )
        cells = [{"objective": "TT-01", "count": _ITEMS}]
        publish_exam(tx, _EXAM, exam_rules(cells=cells, cut=28))
    with database.writing_connection() as connection:
        _fill(connection, attempts, person)
    return database


def _fill(connection: Connection, attempts: int, person: str) -> None:
    connection.exec_driver_sql("CREATE TEMP TABLE numbers (n INTEGER PRIMARY KEY)")
    connection.execute(
        text(
            "WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < :attempts) "
            "INSERT INTO numbers SELECT n FROM up"
        ),
        {"attempts": attempts},
    )
    connection.exec_driver_sql(
        "CREATE TEMP TABLE drawn AS SELECT version_id, row_number() OVER (ORDER BY id) AS position "
        "FROM item"
    )
    (version,) = connection.exec_driver_sql("SELECT version_id FROM exam").one()
    given = {"person": person, "version": version, "attempts": attempts}
    for statement in _FILL:
        known = {name: value for name, value in given.items() if f":{name}" in statement}
        connection.execute(text(statement), known)


def _bare_reading(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT decision_id, item_version_id, fraction FROM mark").fetchall()
        connection.execute("SELECT attempt_id, position, response FROM step").fetchall()


def _analyse(database: Database) -> None:
    with database.read(SYSTEM, utc_now(), Config()) as tx:
        analysis = exam_analysis(tx, _EXAM).analysis
    if analysis is None or len(analysis.items) != _ITEMS:
        raise ValueError("The answers made for this were not all read.")


def _best(compute: Callable[[Matrix], object], marks: Matrix) -> float:
    return min(_timed(compute, marks) for _ in range(_ROUNDS))


def _timed(do: Callable[..., object], *given: object) -> float:
    begin = process_time()
    do(*given)
    return process_time() - begin


def _lines(
    what: str, taken: list[float], mark: str, bare: list[float] | None = None, aim: str = "< 3"
) -> list[Line]:
    lines: list[Line] = []
    for place, (size, seconds) in enumerate(zip(SIZES, taken, strict=True)):
        ratios = [f"{seconds / bare[place]:.2f} of bare"] if bare else []
        if place:
            ratios.append(f"{seconds / taken[place - 1]:.1f} for 10 times as many")
        figures = f"{milliseconds(seconds)}{mark}"
        lines.append(
            Line(what, f"{size:,} responses", figures, ", ".join(ratios), aim if bare else "")
        )
    return lines
