"""Noting what happened in an exam: about one attempt, or about the whole room; appended."""

from base.audit import record
from base.db import Tx
from base.errors import Invalid, NotFound
from base.ids import new_id
from base.permissions import Permission, needs
from quizbank.exams import Purpose
from quizbank.queries.published import exam_version
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.sittings import ExamWindowRow, IncidentRow

LONGEST_NOTE = 2_000


@needs(Permission.EXAM_INVIGILATE)
def note_on_attempt(tx: Tx, attempt_id: str, text: str) -> None:
    """Note an incident about one attempt at an exam; raises `Invalid` without words."""
    attempt = tx.session.get(AttemptRow, attempt_id)
    if attempt is None or _is_practice(tx, attempt):
        raise NotFound("There is no such attempt. Go back to the board and choose one.")
    _note(tx, attempt.exam_id, attempt.window_id, attempt.id, text)


@needs(Permission.EXAM_INVIGILATE)
def note_on_window(tx: Tx, window_id: str, text: str) -> None:
    """Note an incident about everybody in a window; raises `Invalid` without words."""
    window = tx.session.get(ExamWindowRow, window_id)
    if window is None:
        raise NotFound("There is no such window. Go back to the board and choose one.")
    _note(tx, window.exam_id, window.id, None, text)


def _is_practice(tx: Tx, attempt: AttemptRow) -> bool:
    return exam_version(tx.session, attempt.exam_version_id).purpose is Purpose.PRACTICE


def _note(tx: Tx, exam_id: str, window_id: str | None, attempt_id: str | None, text: str) -> None:
    kept = text.strip()
    if not kept:
        raise Invalid(["Write what happened."])
    if len(kept) > LONGEST_NOTE:
        raise Invalid([f"Shorten the note to {LONGEST_NOTE} characters."])
    row = IncidentRow(
        id=new_id(),
        exam_id=exam_id,
        window_id=window_id,
        attempt_id=attempt_id,
        at=tx.now,
        text=kept,
        person_id=tx.actor.person_id,
        person=tx.actor.name,
    )
    tx.session.add(row)
    record(tx, "incident:note", attempt_id or window_id or exam_id, {"incident": row.id})
