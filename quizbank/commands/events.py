"""Appending what happened to a proposal."""

from sqlalchemy import func
from sqlmodel import col, select

from base.db import Tx
from quizbank.proposals import ReviewAction
from quizbank.tables.reviews import ReviewEventRow


def add_event(tx: Tx, proposal_id: str, action: ReviewAction, comment: str = "") -> None:
    """Append one event. The caller holds the proposal's row, so that numbers do not collide."""
    last = tx.session.exec(
        select(func.max(col(ReviewEventRow.number))).where(
            ReviewEventRow.proposal_id == proposal_id
        )
    ).one()
    tx.session.add(
        ReviewEventRow(
            proposal_id=proposal_id,
            number=(last or 0) + 1,
            at=tx.now,
            action=action,
            comment=comment,
            person_id=tx.actor.person_id,
            person=tx.actor.name,
        )
    )
    tx.session.flush()
