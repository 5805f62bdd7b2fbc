"""The decision on an ended exam, once nothing in it waits to be marked by people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import insert

from base.audit import Fact, record_all
from base.db import Tx
from base.ids import new_id
from quizbank.commands.certain_mistakes import note_certain_mistakes
from quizbank.decisions import Decision
from quizbank.exams import Release
from quizbank.queries.marked_attempts import MarkedAttempt, marked_attempts
from quizbank.queries.published import exam_version
from quizbank.queries.remedies import hold_corrections
from quizbank.queries.results import Verdict, verdict_on
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import DecisionRow, MarkRow

_DECISION = TypeAdapter(Decision)


@dataclass(frozen=True)
class NewDecision:
    """A decision to store: on what, which one of its attempt's, and by which correction, if any."""

    marked: MarkedAttempt
    number: int = 1
    correction_id: str | None = None


def decide_ended(tx: Tx, attempt: AttemptRow) -> Verdict | None:
    """Decide an attempt that has just ended or was just marked; None while an answer waits.

    Where the exam says so, somebody must release it before its trainee sees it. Part of the
    commands that end attempts and mark essays; their caller holds the attempt's lock.
    """
    hold_corrections(tx)
    (marked,) = marked_attempts(tx, [attempt])
    if marked is None:
        return None
    (decision_id,) = store_decisions(tx, [NewDecision(marked)])
    attempt.decision_id = decision_id
    if exam_version(tx.session, attempt.exam_version_id).release is Release.IMMEDIATE:
        attempt.released_id = decision_id
    return verdict_on(tx, attempt.id)


def store_decisions(tx: Tx, decisions: Sequence[NewDecision]) -> list[str]:
    """Append decisions with their marks, audited, and return their ids in the same order.

    Which of them stands, and which its trainee may see, is for the caller to say.
    """
    rows = [_row(tx, one) for one in decisions]
    marks = [
        mark
        for row, one in zip(rows, decisions, strict=True)
        for mark in _marks(row["id"], one.marked)
    ]
    connection = tx.session.connection()
    connection.execute(insert(DecisionRow), rows)
    connection.execute(insert(MarkRow), marks)
    record_all(tx, [_fact(row) for row in rows])
    note_certain_mistakes(tx, [one.marked for one in decisions])
    return [row["id"] for row in rows]


def _row(tx: Tx, one: NewDecision) -> dict[str, Any]:
    decision = one.marked.decision
    return {
        "id": new_id(),
        "attempt_id": one.marked.attempt.id,
        "number": one.number,
        "correction_id": one.correction_id,
        "at": tx.now,
        "marks": decision.marks,
        "passed": decision.passed,
        "result": json.dumps(_DECISION.dump_python(decision, mode="json"), ensure_ascii=False),
    }


def _marks(decision_id: str, one: MarkedAttempt) -> list[dict[str, Any]]:
    return [
        {
            "decision_id": decision_id,
            "position": item.position,
            "item_version_id": version,
            "fraction": item.fraction,
            "state": item.state,
            "unsafe": item.unsafe,
            "scored": item.scored,
        }
        for version, item in zip(one.versions, one.marked, strict=True)
    ]


def _fact(row: dict[str, Any]) -> Fact:
    facts = {name: row[name] for name in ("passed", "marks")}
    corrected = {"correction": row["correction_id"]} if row["correction_id"] else {}
    return Fact(
        "attempt:decide",
        row["attempt_id"],
        {"attempt": row["attempt_id"], "decision": row["id"], **facts, **corrected},
    )
