"""Waiting for a seat: an exam is refused politely before anybody who sits feels the crowd."""

from base.db import Tx
from base.errors import Conflict
from base.permissions import Permission, needs
from quizbank.queries.hall import GONE_AWAY, place_in_queue
from quizbank.tables.sittings import HallWaitRow


@needs(Permission.EXAM_SIT)
def queue_up(tx: Tx) -> int:
    """Keep one's place in front of the hall and return its number; 0 where a seat is free.

    Who stops asking loses the place after two minutes.
    """
    waiting = place_in_queue(tx)
    if waiting.to_note:
        _note(tx)
    return waiting.number


def take_seat(tx: Tx) -> None:
    """Leave the queue for a seat; raises `Conflict` where none is free. Part of starting."""
    place = place_in_queue(tx).number
    if place:
        raise Conflict(full_sentence(place))
    row = tx.session.get(HallWaitRow, tx.actor.own_id)
    if row is not None:
        tx.session.delete(row)


def full_sentence(place: int) -> str:
    """Say that there is no seat, and what happens next."""
    return f"The hall is full, you are number {place}. Keep this page open: it tells you."


def _note(tx: Tx) -> None:
    row = tx.session.get(HallWaitRow, tx.actor.own_id)
    if row is None:
        tx.session.add(HallWaitRow(person_id=tx.actor.own_id, came_at=tx.now, asked_at=tx.now))
        return
    if row.asked_at < tx.now - GONE_AWAY:
        row.came_at = tx.now
    row.asked_at = tx.now
