"""What invigilators noted, for staff; nothing of it is on a certificate or a trainee's page."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.sittings import IncidentRow


@dataclass(frozen=True)
class Incident:
    """A note about one attempt, or about the whole room."""

    at: datetime
    person: str
    text: str
    whole_room: bool


@needs(Permission.RESULT_READ)
def incidents_of(tx: Tx, attempt_id: str) -> tuple[Incident, ...]:
    """Return what was noted about an attempt and about the room that it was sat in, in order."""
    room = select(AttemptRow.window_id).where(AttemptRow.id == attempt_id).scalar_subquery()
    of_room = col(IncidentRow.attempt_id).is_(None) & (col(IncidentRow.window_id) == room)
    rows = tx.session.exec(
        select(IncidentRow)
        .where((col(IncidentRow.attempt_id) == attempt_id) | of_room)
        .order_by(col(IncidentRow.at), col(IncidentRow.id))
    )
    return tuple(_incident(row) for row in rows)


@needs(Permission.EXAM_INVIGILATE)
def incidents_in(tx: Tx, window_id: str) -> tuple[Incident, ...]:
    """Return what was noted about a whole room, in order."""
    rows = tx.session.exec(
        select(IncidentRow)
        .where(IncidentRow.window_id == window_id, col(IncidentRow.attempt_id).is_(None))
        .order_by(col(IncidentRow.at), col(IncidentRow.id))
    )
    return tuple(_incident(row) for row in rows)


def _incident(row: IncidentRow) -> Incident:
    return Incident(row.at, row.person, row.text, whole_room=row.attempt_id is None)
