"""Key corrections: what one would do to ten thousand attempts, and doing it; memory stays flat."""

import json
import resource
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select

from accounts.tables import PersonRow
from base.clock import utc_now
from base.config import Config
from base.db import Database, Tx
from base.ids import new_id
from base.permissions import SYSTEM, Actor, Role
from certs.commands.corrections import AT_ONCE, replay_corrections
from quizbank.attempts import Action
from quizbank.commands.corrections import approve_correction, propose_correction
from quizbank.commands.deciding import NewDecision, store_decisions
from quizbank.queries.foreseen import dry_run
from quizbank.queries.marked_attempts import marked_attempts
from quizbank.queries.published import item_versions
from quizbank.remedies import RemedyKind
from quizbank.tables.attempts import AttemptRow, StepRow
from quizbank.tables.bank import ItemRow
from quizbank.tables.exams import ExamRow, FormItemRow, FormRow
from tests.bench.people import course_database
from tests.bench.servers import watching
from tests.bench.table import Line
from tests.factories import EXAM

SIZES = (1_000, 10_000)
_PLACES, _AT_ONCE = 40, 500
_CONFIG = Config()
_CATO, _CARL = (Actor(None, name, frozenset({Role.EXAMINER})) for name in ("Cato", "Carl"))


def measure(folder: Path) -> list[Line]:
    """Measure the dry run and the replay over 1,000 and over 10,000 attempts."""
    lines: list[Line] = []
    for size in SIZES:
        path = folder / f"replay-{size}.db"
        course_database(path)
        lines += _measured(Database(f"sqlite:///{path}"), size)
        path.unlink()
    return lines


def _measured(database: Database, size: int) -> list[Line]:
    cato, carl, version = _prepare(database, size)
    with database.write(cato, utc_now(), _CONFIG) as tx:
        correction = propose_correction(tx, version, RemedyKind.EVERYBODY, "The key was wrong.")
    with watching() as noise:
        began = perf_counter()
        with database.read(carl, utc_now(), _CONFIG) as tx:
            assert len(dry_run(tx, correction)) == size
        foreseen = perf_counter() - began
        with database.write(carl, utc_now(), _CONFIG) as tx:
            assert approve_correction(tx, correction) == size
        halfway, batches = 0, []
        began = perf_counter()
        for taken in _replay(database):
            batches.append(taken)
            halfway = halfway or (_memory() if len(batches) * 2 * AT_ONCE > size else 0)
        seconds = perf_counter() - began
    database.dispose()
    grown = (_memory() - halfway) / 1024
    return [
        Line(
            "Key correction: dry run",
            f"{size:,} attempts",
            f"{foreseen:.1f} s, {size / foreseen:,.0f} a second{noise.mark}",
        ),
        Line(
            "Key correction: replay",
            f"{size:,} attempts",
            f"{seconds:.1f} s, {size / seconds:,.0f} a second; longest transaction "
            f"{max(batches):.2f} s{noise.mark}",
            f"{grown:.1f} MB more memory in its second half",
            "flat",
        ),
    ]


def _replay(database: Database) -> Iterator[float]:
    done = 1
    while done:
        began = perf_counter()
        with database.write(SYSTEM, utc_now(), _CONFIG) as tx:
            done = replay_corrections(tx)
        yield perf_counter() - began


def _memory() -> int:
    """Return the most kilobytes that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _prepare(database: Database, size: int) -> tuple[Actor, Actor, str]:
    """Make decided attempts at the final exam, all with the same item version among others."""
    with database.write(SYSTEM, utc_now(), _CONFIG) as tx:
        exam = tx.session.get_one(ExamRow, EXAM)
        versions = tx.session.exec(
            select(ItemRow.version_id)
            .where(ItemRow.pool == "exam", ItemRow.status == "approved")
            .order_by(col(ItemRow.id))
            .limit(_PLACES)
        ).all()
        cato, carl = (_person(tx, name) for name in ("Cato", "Carl"))
        version_id = exam.version_id
    for start in range(0, size, _AT_ONCE):
        with database.write(SYSTEM, utc_now(), _CONFIG) as tx:
            _sit(tx, version_id, versions, range(start, min(size, start + _AT_ONCE)))
    return cato, carl, versions[0]


def _person(tx: Tx, name: str) -> Actor:
    row = PersonRow(
        id=new_id(),
        name=name,
        email=f"{name}@example.org",
        password_hash=None,
        created_at=tx.now,
        demo=False,
    )
    tx.session.add(row)
    return Actor(row.id, name, frozenset({Role.EXAMINER}))


def _sit(tx: Tx, version_id: str, versions: Any, numbers: range) -> None:
    items = item_versions(tx.session, versions)
    rows: dict[Any, list[dict[str, Any]]] = {
        table: [] for table in (PersonRow, FormRow, FormItemRow, AttemptRow, StepRow)
    }
    for number in numbers:
        person, form, attempt = new_id(), new_id(), new_id()
        named = {"name": f"Sitter {number}", "email": f"{number}@example.org"}
        rows[PersonRow].append(
            {"id": person, "created_at": tx.now, "password_hash": None, "demo": False, **named}
        )
        made = {"exam_version_id": version_id, "seed": number, "created_at": tx.now}
        rows[FormRow].append({"id": form, **made})
        started = tx.now - timedelta(hours=1)
        rows[AttemptRow].append(
            {"id": attempt, "person_id": person, "exam_id": EXAM, "exam_version_id": version_id}
            | {"form_id": form, "started_at": started, "deadline": tx.now, "closed_at": tx.now}
            | {"revision": _PLACES, "time_factor": 1, "pause_seconds": 0}
        )
        for place, one in enumerate(versions, start=1):
            rows[FormItemRow].append(
                {"form_id": form, "position": place, "item_version_id": one, "scored": True}
                | {"option_order": " ".join(items[one].option_ids())}
            )
            # Every fifth answer is left out, another one for each person.
            said = json.dumps(items[one].key()) if (place + number) % 5 else None
            rows[StepRow].append(
                {"attempt_id": attempt, "number": place, "at": started, "position": place}
                | {"action": Action.ANSWERED, "response": said, "actor": person}
            )
    for table, made_rows in rows.items():
        tx.session.connection().execute(insert(table), made_rows)
    _decide(tx, [str(row["id"]) for row in rows[AttemptRow]])


def _decide(tx: Tx, ids: list[str]) -> None:
    attempts = tx.session.exec(select(AttemptRow).where(col(AttemptRow.id).in_(ids))).all()
    marked = [one for one in marked_attempts(tx, attempts) if one is not None]
    for attempt, decision in zip(
        attempts, store_decisions(tx, [NewDecision(one) for one in marked]), strict=True
    ):
        attempt.decision_id = attempt.released_id = decision
