"""What people are granted at exams: the history for those who grant it, one's own without why."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.sittings import Adjustment
from quizbank.tables.sittings import AccommodationRow


@dataclass(frozen=True)
class Accommodation:
    """What was granted at one time, why, and by whom."""

    number: int
    adjustment: Adjustment
    reason: str
    at: datetime
    granted_by: str


@needs(Permission.ACCOMMODATION_GRANT)
def accommodations_of(tx: Tx, person_id: str) -> tuple[Accommodation, ...]:
    """Return everything that a person was ever granted, newest first: the first one stands."""
    rows = tx.session.exec(
        select(AccommodationRow)
        .where(AccommodationRow.person_id == person_id)
        .order_by(col(AccommodationRow.number).desc())
    )
    return tuple(
        Accommodation(row.number, _adjustment(row), row.reason, row.at, row.granted_by)
        for row in rows
    )


@needs(Permission.EXAM_SIT)
def own_adjustment(tx: Tx) -> Adjustment:
    """Return what oneself is granted at every exam."""
    row = tx.session.exec(
        select(AccommodationRow)
        .where(AccommodationRow.person_id == tx.actor.own_id)
        .order_by(col(AccommodationRow.number).desc())
        .limit(1)
    ).first()
    return _adjustment(row) if row else Adjustment()


def _adjustment(row: AccommodationRow) -> Adjustment:
    return Adjustment(row.time_factor, row.pause_minutes, row.larger_text)
