"""Items: scoring answers of every kind, and bringing in a file of ten thousand.

In processor time, which other processes do not take from.
"""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from typing import ParamSpec

from pydantic import JsonValue

from base.clock import utc_now
from base.config import Config
from base.db import Database
from base.permissions import SYSTEM
from base.schema import migrate
from quizbank.commands.bank import import_items
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.items import KINDS, Item
from tests import factories
from tests.bench.servers import watching
from tests.bench.table import Line, milliseconds

SIZES = (1_000, 10_000)
_ROUNDS, _MARKS, _TIMES = 5, 1_000, 3
_TODAY = date(2026, 11, 23)
P = ParamSpec("P")


def measure(folder: Path) -> list[Line]:
    """Measure scoring, then importing; returns the lines of the table."""
    return [*_scoring(), *_importing(folder)]


def _scoring() -> list[Line]:
    items: dict[str, Item] = {kind: getattr(factories, kind)() for kind in KINDS}
    with watching() as noise:
        taken = {kind: _time_of_one(item) for kind, item in items.items()}
    least = taken["true_false"]
    return [
        Line(
            f"Scoring: {kind.replace('_', ' ')}",
            f"{_ROUNDS * _MARKS:,} answers",
            f"{1 / seconds:,.0f} a second{noise.mark}",
            "" if kind == "true_false" else f"{seconds / least:.1f} of true or false",
        )
        for kind, seconds in taken.items()
    ]


def _time_of_one(item: Item) -> float:
    """Return the seconds that marking the right answer takes; of an essay, that it is to mark."""
    response = item.key()
    return min(_timed(_mark, item, response) for _ in range(_ROUNDS)) / _MARKS


def _mark(item: Item, response: JsonValue) -> None:
    for _ in range(_MARKS):
        item.mark(response)


def _importing(folder: Path) -> list[Line]:
    empty = folder / "no-items.db"
    database = Database(f"sqlite:///{empty}")
    migrate(database)
    database.dispose()
    with watching() as noise:
        bare = [median(_timed(_split, _gift(n)) for _ in range(_TIMES)) for n in SIZES]
        read = [median(_timed(_read, _gift(n)) for _ in range(_TIMES)) for n in SIZES]
        stored = [median(_stored(empty, n) for _ in range(_TIMES)) for n in SIZES]
    return [
        line
        for what, taken in (("split", bare), ("read", read), ("read and import", stored))
        for line in _lines(f"GIFT file: {what}", taken, bare, noise.mark)
    ]


def _lines(what: str, taken: list[float], bare: list[float], mark: str) -> list[Line]:
    times = SIZES[-1] // SIZES[0]
    growth = f"{taken[-1] / taken[0]:.1f} for {times} times as many"
    return [
        Line(
            what,
            f"{size:,} items, {_TIMES} times",
            f"median {milliseconds(seconds)}{mark}",
            ", ".join(
                ratio
                for ratio, fits in (
                    (f"{seconds / alone:.0f} of split", taken is not bare),
                    (growth, size == SIZES[-1]),
                )
                if fits
            ),
            "< 15 for 10" if size == SIZES[-1] and taken is not bare else "",
        )
        for size, seconds, alone in zip(SIZES, taken, bare, strict=True)
    ]


def _gift(items: int) -> bytes:
    return "\n\n".join(
        f"// [id:q-{n:05}] [tag:depth]\n::Question {n}::Which layer lies at depth {n}? {{\n"
        f"=dermis {n}#Right, it is the dermis.\n~epidermis#Too shallow.\n~fat#Too deep.\n}}"
        for n in range(items)
    ).encode()


def _split(content: bytes) -> list[list[str]]:
    return [question.split("\n") for question in content.decode().split("\n\n")]


def _read(content: bytes) -> ItemsRead:
    return read_file(Format.GIFT, content, Defaults(_TODAY))


def _stored(empty: Path, items: int) -> float:
    database = Database(f"sqlite:///{shutil.copyfile(empty, empty.with_name('items.db'))}")
    taken = _timed(_bring, database, _gift(items))
    database.dispose()
    for left in empty.parent.glob("items.db*"):
        left.unlink()
    return taken


def _bring(database: Database, content: bytes) -> None:
    read = _read(content)
    with database.write(SYSTEM, utc_now(), Config()) as tx:
        counts = import_items(tx, read, strict=True).counts
    if counts.added != content.count(b"[id:"):
        raise ValueError(f"The file made for this did not come in whole: {counts}")


def _timed(do: Callable[P, object], *given: P.args, **named: P.kwargs) -> float:
    begin = process_time()
    do(*given, **named)
    return process_time() - begin
