"""Waiting for a seat: an exam is refused politely before anybody who sits feels the crowd."""

from datetime import timedelta

from base.db import Tx
from base.errors import Conflict
from base.permissions import Permission, needs
from quizbank.queries.hall import place_in_queue
from quizbank.tables.sittings import HallWaitRow

# A waiting screen asks more often than this; not each time is worth a write.
_OFTEN_ENOUGH = timedelta(seconds=40)
# As long as who is away is kept a place.
_AWAY = timedelta(minutes=2)


@needs(Permission.EXAM_SIT)
def queue_up(tx: Tx) -> int:
    """Keep one's place in front of the hall and return its number; 0 where a seat is free.

    Who stops asking loses the place after two minutes.
    """
    place = place_in_queue(tx)
    row = tx.session.get(HallWaitRow, tx.actor.own_id)
    if row is None and place:
        tx.session.add(HallWaitRow(person_id=tx.actor.own_id, came_at=tx.now, asked_at=tx.now))
    elif row is not None and row.asked_at < tx.now - _AWAY:
        row.came_at = row.asked_at = tx.now
    elif row is not None and row.asked_at < tx.now - _OFTEN_ENOUGH:
        row.asked_at = tx.now
    return place


def take_seat(tx: Tx) -> None:
    """Leave the queue for a seat; raises `Conflict` where none is free. Part of starting."""
    place = place_in_queue(tx)
    if place:
        raise Conflict(full_sentence(place))
    row = tx.session.get(HallWaitRow, tx.actor.own_id)
    if row is not None:
        tx.session.delete(row)


def full_sentence(place: int) -> str:
    """Say that there is no seat, and what happens next."""
    return f"The hall is full, you are number {place}. Keep this page open: it tells you."
