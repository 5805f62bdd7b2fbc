"""Which running exams are past their deadline: forgotten, or nobody was there to submit them."""

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.tables.attempts import AttemptRow

# Enough for one round of the background task; the rest comes with the next one.
_AT_ONCE = 200


@needs(Permission.ATTEMPT_CLOSE)
def overdue_attempts(tx: Tx) -> tuple[str, ...]:
    """Return running attempts past their deadline, the longest overdue first."""
    return tuple(
        tx.session.exec(
            select(AttemptRow.id)
            .where(col(AttemptRow.closed_at).is_(None), col(AttemptRow.deadline) < tx.now)
            .order_by(col(AttemptRow.deadline))
            .limit(_AT_ONCE)
        )
    )
