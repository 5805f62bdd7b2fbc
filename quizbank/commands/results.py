"""Ending an exam and deciding it, in one transaction."""

import json
from dataclasses import asdict

from base.audit import record
from base.db import Tx
from base.errors import NotAllowed
from base.ids import new_id
from base.permissions import Permission, needs
from quizbank.attempts import Action
from quizbank.commands.attempts import end_attempt, overdue
from quizbank.decisions import Decision, MarkedItem, decide
from quizbank.exams import Purpose
from quizbank.queries.attempts import owned_attempt, progress_of
from quizbank.queries.published import exam_version, form_items, item_versions
from quizbank.queries.results import Verdict, verdict_on
from quizbank.tables import AttemptRow, DecisionRow, MarkRow


@needs(Permission.EXAM_SIT)
def submit_attempt(tx: Tx, attempt_id: str) -> Verdict:
    """End one's own exam and decide it; a second submission returns the first one's verdict."""
    attempt = owned_attempt(tx, attempt_id)
    if exam_version(tx.session, attempt.exam_version_id).purpose is not Purpose.EXAM:
        raise NotAllowed("This is practice: it is not marked as an exam.")
    if attempt.deadline and tx.now > attempt.deadline:
        return _close_at_deadline(tx, attempt)
    if end_attempt(tx, attempt, tx.now, Action.SUBMITTED):
        _decide(tx, attempt)
    return verdict_on(tx, attempt.id)


@needs(Permission.ATTEMPT_CLOSE)
def close_overdue(tx: Tx, limit: int) -> list[Verdict]:
    """End and decide attempts whose deadline has passed, at their deadline."""
    return [_close_at_deadline(tx, attempt) for attempt in overdue(tx, limit)]


def _close_at_deadline(tx: Tx, attempt: AttemptRow) -> Verdict:
    if end_attempt(tx, attempt, attempt.deadline or tx.now, Action.CLOSED_AT_DEADLINE):
        _decide(tx, attempt)
    return verdict_on(tx, attempt.id)


def _decide(tx: Tx, attempt: AttemptRow) -> None:
    rules = exam_version(tx.session, attempt.exam_version_id)
    places = form_items(tx.session, attempt.form_id)
    responses = progress_of(tx, attempt.id).responses
    items = item_versions(tx.session, [place.item_version_id for place in places])
    marked: list[MarkedItem] = []
    for place in places:
        item = items[place.item_version_id]
        mark = item.mark(responses.get(place.position))
        marked.append(
            MarkedItem(
                position=place.position,
                objective=item.objective,
                topic=item.topic,
                critical=item.critical,
                fraction=mark.fraction,
                state=mark.state,
                unsafe=mark.unsafe,
            )
        )
    _store(tx, attempt, decide(rules, marked), marked)


def _store(tx: Tx, attempt: AttemptRow, decision: Decision, marked: list[MarkedItem]) -> None:
    row = DecisionRow(
        id=new_id(),
        attempt_id=attempt.id,
        at=tx.now,
        marks=decision.marks,
        passed=decision.passed,
        result=json.dumps(asdict(decision), ensure_ascii=False),
    )
    tx.session.add(row)
    tx.session.flush()
    places = form_items(tx.session, attempt.form_id)
    for place, item in zip(places, marked, strict=True):
        tx.session.add(
            MarkRow(
                decision_id=row.id,
                position=place.position,
                item_version_id=place.item_version_id,
                fraction=item.fraction,
                state=item.state,
                unsafe=item.unsafe,
            )
        )
    facts = {"attempt": attempt.id, "passed": decision.passed, "marks": decision.marks}
    record(tx, "attempt:decide", attempt.id, {**facts, "decision": row.id})
