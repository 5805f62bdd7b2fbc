"""How right people are when they say how sure they are; never which question it was.

A trainee sees counts of an exam only while its total may be seen.
"""

import json
from collections.abc import Sequence
from itertools import groupby

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.attempts import Action, Progress, Step, replay
from quizbank.calibration import Calibration, Stated, calibrate
from quizbank.confidence import Confidence, Sureness
from quizbank.exams import Purpose
from quizbank.kinds.shown import State
from quizbank.queries.attempts import owned_attempt
from quizbank.queries.own_results import released_decision
from quizbank.queries.published import exam_version, form_items, item_version
from quizbank.queries.seen import seen_of
from quizbank.review_windows import Part
from quizbank.tables.attempts import AttemptRow, StepRow
from quizbank.tables.decisions import MarkRow

_AT_ONCE = 500
# Nothing was claimed about these, or nobody can say yet whether they are right.
_UNJUDGED = frozenset({State.OMITTED, State.NOT_SCORED, State.TO_MARK})


@needs(Permission.EXAM_SIT)
def own_calibration_of(tx: Tx, attempt_id: str) -> Calibration | None:
    """Return it for one's own attempt; None where it was not asked or may not be seen now."""
    attempt = owned_attempt(tx, attempt_id)
    return _of_attempt(tx, attempt, attempt.released_id) if _may_be_seen(tx, attempt) else None


@needs(Permission.RESULT_READ)
def calibration_of(tx: Tx, attempt_id: str) -> Calibration | None:
    """Return it for anybody's decided exam; None where it was not asked or nothing is decided."""
    attempt = tx.session.get(AttemptRow, attempt_id)
    if attempt is None or attempt.decision_id is None:
        return None
    return _of_attempt(tx, attempt, attempt.decision_id)


@needs(Permission.EXAM_SIT)
def own_calibration(tx: Tx, exam_ids: Sequence[str], sureness: Sureness) -> Calibration:
    """Return it over all of one's own ended attempts at these exams and practice quizzes.

    `sureness` says what the words are taken to mean, as attempts may have had different rules.
    """
    attempts = tx.session.exec(
        select(AttemptRow).where(
            AttemptRow.person_id == tx.actor.own_id,
            col(AttemptRow.exam_id).in_(exam_ids),
            col(AttemptRow.closed_at).is_not(None),
        )
    ).all()
    asked = [one for one in attempts if exam_version(tx.session, one.exam_version_id).confidence]
    seen = [one for one in asked if _may_be_seen(tx, one)]
    decided = {one.id: one.released_id for one in seen}
    return calibrate(_stated(tx, seen, decided), sureness)


def _may_be_seen(tx: Tx, attempt: AttemptRow) -> bool:
    if exam_version(tx.session, attempt.exam_version_id).purpose is not Purpose.EXAM:
        return attempt.closed_at is not None
    if attempt.released_id is None:
        return False
    return Part.TOTAL in seen_of(tx, attempt, released_decision(tx, attempt)).parts


def _of_attempt(tx: Tx, attempt: AttemptRow, decision_id: str | None) -> Calibration | None:
    rules = exam_version(tx.session, attempt.exam_version_id)
    if not rules.confidence:
        return None
    return calibrate(_stated(tx, [attempt], {attempt.id: decision_id}), rules.sureness)


def _stated(tx: Tx, attempts: Sequence[AttemptRow], decided: dict[str, str | None]) -> list[Stated]:
    steps = _answers(tx, [one.id for one in attempts])
    marks = _marks(tx, [one for one in decided.values() if one])
    found: list[Stated] = []
    for one in attempts:
        progress, decision = steps.get(one.id, Progress()), decided[one.id]
        right = marks.get(decision, {}) if decision else _practice_marks(tx, one, progress)
        asking = {at.position for at in form_items(tx.session, one.form_id) if at.asks_confidence}
        for place in sorted(asking & right.keys()):
            found.append(Stated(progress.confidences.get(place), right[place]))
    return found


def _practice_marks(tx: Tx, attempt: AttemptRow, progress: Progress) -> dict[int, bool]:
    given = {
        place.position: item_version(tx.session, place.item_version_id).mark(
            json.loads(str(progress.responses[place.position]))
        )
        for place in form_items(tx.session, attempt.form_id)
        if place.position in progress.responses
    }
    return {
        place: mark.fraction == 1 for place, mark in given.items() if mark.state not in _UNJUDGED
    }


def _marks(tx: Tx, decision_ids: Sequence[str]) -> dict[str, dict[int, bool]]:
    found: dict[str, dict[int, bool]] = {}
    for start in range(0, len(decision_ids), _AT_ONCE):
        rows = tx.session.exec(
            select(MarkRow.decision_id, MarkRow.position, MarkRow.fraction).where(
                col(MarkRow.decision_id).in_(decision_ids[start : start + _AT_ONCE]),
                col(MarkRow.scored),
                col(MarkRow.state).not_in(_UNJUDGED),
            )
        )
        for decision, position, fraction in rows:
            found.setdefault(decision, {})[position] = fraction == 1
    return found


def _answers(tx: Tx, attempt_ids: Sequence[str]) -> dict[str, Progress]:
    found: dict[str, Progress] = {}
    for start in range(0, len(attempt_ids), _AT_ONCE):
        rows = tx.session.exec(
            select(StepRow)
            .where(
                col(StepRow.attempt_id).in_(attempt_ids[start : start + _AT_ONCE]),
                StepRow.action == Action.ANSWERED,
            )
            .order_by(col(StepRow.attempt_id), col(StepRow.number))
        ).all()
        for attempt, steps in groupby(rows, key=lambda row: row.attempt_id):
            found[attempt] = replay(_step(row) for row in steps)
    return found


def _step(row: StepRow) -> Step:
    said = Confidence(row.confidence) if row.confidence else None
    return Step(row.number, Action.ANSWERED, row.position, row.response, said)
