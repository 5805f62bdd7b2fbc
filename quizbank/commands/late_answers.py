"""Keeping answers that came after the end of their attempt: refused, and evidence that they came.

The refusal undoes its transaction, so what is kept here is written in one of its own.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from quizbank.attempts import Step
from quizbank.tables.attempts import AttemptRow, LateAnswerRow

# Far more than anybody clicks after the end; what a machine sends beyond is refused all the same.
MOST_KEPT = 200


def late_answer(
    attempt_id: str, step: Step, response: str | None, actor: str, at: datetime
) -> Callable[[Session], None]:
    """Return what keeps this answer once its refusal is undone; sent twice, it is kept once."""

    def keep(session: Session) -> None:
        # One after the other, so that no two get the same number.
        session.get(AttemptRow, attempt_id, with_for_update=True)
        kept = session.exec(
            select(LateAnswerRow)
            .where(LateAnswerRow.attempt_id == attempt_id)
            .order_by(col(LateAnswerRow.number))
        ).all()
        earlier = [one.response for one in kept if one.position == step.position]
        if len(kept) >= MOST_KEPT or earlier[-1:] == [response]:
            return
        session.add(
            LateAnswerRow(
                attempt_id=attempt_id,
                number=len(kept) + 1,
                at=at,
                position=step.position or 0,
                response=response,
                actor=actor,
            )
        )

    return keep
