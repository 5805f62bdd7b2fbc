"""Drawing a form: what it costs when the bank grows a thousandfold."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Connection, insert, text

from base.clock import utc_now
from base.config import Config
from base.db import Database, Tx
from base.permissions import SYSTEM
from base.schema import migrate
from quizbank.assembly import assemble
from quizbank.commands.exams import publish_exam
from quizbank.commands.forms import draw_form
from quizbank.exams import Cell, ExamRules, Purpose, RetakePolicy
from quizbank.forms import draw_key
from quizbank.items import item_to_json
from quizbank.queries.candidates import Drawing, assembled, whole_bank
from quizbank.tables.bank import ItemRow
from quizbank.tables.exams import ExamRow
from tests.bench.servers import Noise, watching
from tests.bench.table import Line, milliseconds
from tests.factories import single_choice

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_DRAWS = 25
_AT_ONCE = 5_000
_OBJECTIVES = tuple(f"MF-{number:02}" for number in range(1, 9))
_PAYLOAD = item_to_json(single_choice("item-000000"))
# The text of every item is the same; only what it is found and drawn by differs.
_VERSIONS = text(
    "INSERT INTO item_version (id, item_id, number, payload, origin, published_at, published_by) "
    "SELECT id || '-1', id, 1, replace(:payload, 'item-000000', id), 'course file', :at, 'system' "
    "FROM item"
)
_RULES = ExamRules(
    title="Final exam",
    purpose=Purpose.EXAM,
    cells=tuple(Cell(objective=one, count=5, critical=1) for one in _OBJECTIVES),
    minutes=60,
    cut=32,
    consent="I will answer alone.",
    retakes=RetakePolicy(max_attempts=3, wait_hours=24),
)


def measure(folder: Path) -> list[Line]:
    """Measure both halves of a draw at every size; returns the lines of the table."""
    empty = folder / "empty.db"
    _prepare(empty)
    banks = [_bank(empty, size) for size in SIZES]
    with watching() as noise:
        chosen, solved = _medians(banks, _choose), _medians(banks, _solve)
        stored, whole = _medians(banks, _store), _medians(banks, _read_all, draws=3)
    for database in banks:
        database.dispose()
    return [
        *_lines("Form: choose 40 items", chosen, noise),
        *_lines("Form: choose by the solver", solved, noise),
        *_lines("Form: choose and store", stored, noise),
        *_lines("Form: read the whole bank and solve", whole, noise, draws=3, flat=False),
    ]


def _bank(empty: Path, size: int) -> Database:
    path = shutil.copyfile(empty, empty.with_name(f"bank{size}.db"))
    database = Database(f"sqlite:///{path}")
    with database.writing_connection() as connection:
        _fill(connection, size)
    return database


def _prepare(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.write(SYSTEM, utc_now(), Config()) as tx:
        publish_exam(tx, "exam", _RULES)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.dispose()


def _fill(connection: Connection, size: int) -> None:
    for start in range(0, size, _AT_ONCE):
        numbers = range(start, min(size, start + _AT_ONCE))
        # No item of one bank is of another, for what was read once is kept.
        ids = [f"of{size}-{number:06}" for number in numbers]
        connection.execute(insert(ItemRow), list(_items(ids)))

    connection.execute(_VERSIONS, {"payload": _PAYLOAD, "at": utc_now()})


def _items(ids: Sequence[str]) -> Iterator[dict[str, object]]:
    due = (utc_now() + timedelta(days=300)).date()
    for number, item_id in enumerate(ids):
        yield {
            "id": item_id,
            "kind": "single_choice",
            "pool": "exam",
            "objective": _OBJECTIVES[number % len(_OBJECTIVES)],
            "level": "apply",
            "critical": number // len(_OBJECTIVES) % 5 == 0,
            "status": "approved",
            "review_due": due,
            "draw_key": draw_key(item_id),
            "version": 1,
            "version_id": f"{item_id}-1",
            "stem": "",
            "searchable": item_id,
        }


def _choose(tx: Tx, seed: int) -> None:
    _assemble(tx, seed, exact=False)


def _solve(tx: Tx, seed: int) -> None:
    _assemble(tx, seed, exact=True)


def _assemble(tx: Tx, seed: int, exact: bool) -> None:
    made = assembled(tx.session, Drawing(_RULES, seed, tx.now.date()), exact)
    if made.shortages or made.solved != exact:
        raise ValueError(f"The bank made for this is not as it should be: {made}")


def _read_all(tx: Tx, seed: int) -> None:
    drawing = Drawing(_RULES, seed, tx.now.date())
    candidates = whole_bank(tx.session, drawing)
    if not assemble(candidates, drawing.wanted, seed, exact=True).chosen:
        raise ValueError("The bank made for this is too small.")


def _store(tx: Tx, seed: int) -> None:
    draw_form(tx, tx.session.get_one(ExamRow, "exam").version_id, _RULES, seed)


def _medians(
    banks: Sequence[Database], draw: Callable[[Tx, int], None], draws: int = _DRAWS
) -> list[float]:
    """Return the median of each bank; they take turns, so that noise falls on all alike."""
    taken: list[list[float]] = [[] for _ in banks]
    for seed in range(draws):
        for database, times in zip(banks, taken, strict=True):
            started = perf_counter()
            with database.write(SYSTEM, utc_now(), Config()) as tx:
                draw(tx, seed)
            times.append(perf_counter() - started)
    return [median(times) for times in taken]


def _lines(
    what: str, medians: list[float], noise: Noise, draws: int = _DRAWS, flat: bool = True
) -> list[Line]:
    growth = [f"{taken / medians[0]:.2f} of the smallest" for taken in medians]
    return [
        Line(
            what,
            f"{size:,} items, {draws} draws",
            f"median {milliseconds(taken)}{noise.mark}",
            "" if size == SIZES[0] else ratio,
            "< 2" if flat and size == SIZES[-1] else "",
        )
        for size, taken, ratio in zip(SIZES, medians, growth, strict=True)
    ]
