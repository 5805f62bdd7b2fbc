"""The schedule gives the intervals that py-fsrs's own tests give."""

from datetime import datetime

from fsrs import Rating

from courses.scheduling import Review, reviewed
from tests.peers.conftest import fixture


def test_the_intervals_are_those_of_py_fsrs() -> None:
    told = fixture("fsrs/intervals.json")
    at, card, days = datetime.fromisoformat(told["start"]), None, []
    for rating in told["ratings"]:
        card = reviewed(card, Review(at, Rating(rating)))
        days.append((card.due - card.last_review).days)
        at = card.due
    assert len(days) == 13
    assert days == told["interval_days"]
