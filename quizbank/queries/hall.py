"""The hall of exams: how many sit, and who waits for a seat in front of it.

A seat is taken by a running exam whose last step is young. That is in the database already, costs
an answer nothing, and is true for any number of processes.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.exams import Purpose
from quizbank.tables.attempts import AttemptRow, StepRow
from quizbank.tables.exams import ExamRow
from quizbank.tables.sittings import HallWaitRow

# Longer than people look at one question; who comes back later is let in all the same.
_GONE_QUIET = timedelta(minutes=10)
# Several times the pause between two questions of a waiting screen.
GONE_AWAY = timedelta(minutes=2)
# A waiting screen asks more often than this; not each time is worth a write.
_OFTEN_ENOUGH = timedelta(seconds=40)


@dataclass(frozen=True)
class Waiting:
    """One's number in front of the hall, 0 where a seat is free.

    `to_note` tells that the place is only kept if it is noted now, by `queue_up`.
    """

    number: int
    to_note: bool


@needs(Permission.EXAM_SIT)
def place_in_queue(tx: Tx) -> Waiting:
    """Return one's number in front of the hall, from 1; 0 where there is a seat for one now.

    Whoever has not asked yet stands behind all that wait.
    """
    own = tx.session.get(HallWaitRow, tx.actor.own_id)
    still_here = own is not None and own.asked_at >= tx.now - GONE_AWAY
    ahead = _waiting_before(tx, own if still_here else None)
    free = tx.config.seats - _sitting(tx)
    number = 0 if ahead < free else ahead - max(free, 0) + 1
    return Waiting(number, own.asked_at < tx.now - _OFTEN_ENOUGH if own else number > 0)


def who_sits(tx: Tx) -> frozenset[str]:
    """Return everybody who has an exam running, also who has gone quiet. Part of the door."""
    return frozenset(tx.session.exec(_running(tx)))


def _sitting(tx: Tx) -> int:
    """Count the running exams whose last step is young."""
    last_step = (
        select(StepRow.at)
        .where(col(StepRow.attempt_id) == col(AttemptRow.id))
        .order_by(col(StepRow.number).desc())
        .limit(1)
        .scalar_subquery()
    )
    young = _running(tx).where(last_step > tx.now - _GONE_QUIET)
    return tx.session.exec(select(func.count()).select_from(young.subquery())).one()


def _running(tx: Tx) -> SelectOfScalar[str]:
    """Select who has a running exam."""
    return (
        select(AttemptRow.person_id)
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .where(
            ExamRow.purpose == Purpose.EXAM,
            col(AttemptRow.closed_at).is_(None),
            col(AttemptRow.deadline) >= tx.now,
        )
    )


def _waiting_before(tx: Tx, own: HallWaitRow | None) -> int:
    query = select(func.count()).where(
        HallWaitRow.asked_at >= tx.now - GONE_AWAY, HallWaitRow.person_id != tx.actor.own_id
    )
    if own is not None:
        # Two who came at the same instant are told apart by their ids.
        query = query.where(
            (col(HallWaitRow.came_at) < own.came_at)
            | ((col(HallWaitRow.came_at) == own.came_at) & (HallWaitRow.person_id < own.person_id))
        )
    return tx.session.exec(query).one()
