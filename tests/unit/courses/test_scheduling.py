"""When a family comes back: from what was answered alone, and once more before the exam."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from fsrs import Rating, State
from hypothesis import given
from hypothesis import strategies as st

from courses.scheduling import (
    LAST_LOOK_DAYS,
    CardState,
    Review,
    before_exam,
    card_of,
    rating_of,
    reviewed,
)
from quizbank.confidence import Confidence

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
ratings = st.sampled_from(list(Rating))
waits = st.integers(1, 200 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
histories = st.lists(st.tuples(ratings, waits), min_size=1, max_size=12).map(
    lambda told: [
        Review(START + sum((wait for _, wait in told[:place]), timedelta()), rating)
        for place, (rating, _) in enumerate(told)
    ]
)


@pytest.mark.parametrize(
    ("fraction", "said", "rating"),
    [
        (0, None, Rating.Again),
        (0, Confidence.CERTAIN, Rating.Again),
        (0.49, Confidence.GUESS, Rating.Again),
        (0.5, Confidence.CERTAIN, Rating.Hard),
        (0.99, None, Rating.Hard),
        (1, Confidence.GUESS, Rating.Hard),
        (1, None, Rating.Good),
        (1, Confidence.FAIRLY_SURE, Rating.Good),
        (1, Confidence.CERTAIN, Rating.Easy),
    ],
)
def test_the_mark_and_how_sure_it_was_make_the_rating(fraction, said, rating):
    assert rating_of(fraction, said) is rating


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from([None, *Confidence]))
def test_a_better_answer_never_rates_lower(one, other, said):
    low, high = sorted((one, other))
    assert rating_of(low, said) <= rating_of(high, said)


@given(histories)
def test_a_card_is_what_its_reviews_make_of_it_one_by_one(history):
    card = None
    for one in history:
        card = reviewed(card, one)
    assert card == card_of(history)
    assert card.reviews == len(history)
    assert card.due > card.last_review == history[-1].at
    assert 0 <= card.recall(card.due) <= 1


@given(histories)
def test_a_card_survives_being_stored(history):
    card = card_of(history)
    assert CardState.model_validate_json(card.model_dump_json()) == card


def test_without_reviews_there_is_no_card():
    with pytest.raises(ValueError, match="needs a review"):
        card_of([])


def test_a_miss_comes_back_within_the_hour_and_a_certain_answer_after_days():
    missed = card_of([Review(START, Rating.Again)])
    certain = card_of([Review(START, Rating.Easy)])
    assert missed.due - START < timedelta(hours=1)
    assert certain.due - START > timedelta(days=3)
    assert certain.state is State.Review


def test_what_waits_by_days_is_due_from_the_morning_on():
    card = card_of([Review(START, Rating.Easy)])
    morning = datetime.combine(card.due.date(), time(0, 1), UTC)
    assert not card.is_due(morning - timedelta(minutes=2))
    assert card.is_due(morning)
    missed = card_of([Review(START, Rating.Again)])
    assert not missed.is_due(START + timedelta(seconds=30))
    assert missed.is_due(START + timedelta(minutes=2))


@given(histories, st.integers(0, 400), st.text(min_size=1, max_size=12))
def test_no_card_passes_the_exam_without_a_last_look(history, days, key):
    card = card_of(history)
    exam_on = card.last_review.date() + timedelta(days=days)
    exam = datetime.combine(exam_on, time(), UTC)
    seen = before_exam(card, key, exam_on)
    assert seen.due <= card.due
    looked = card.last_review >= exam - timedelta(days=LAST_LOOK_DAYS)
    assert seen.due < exam or looked
    assert seen.due > card.last_review
    assert looked <= (seen == card)


@given(histories)
def test_without_an_exam_date_nothing_moves(history):
    card = card_of(history)
    assert before_exam(card, "mf-01/dermis", None) is card


def test_last_looks_are_spread_over_the_days_before():
    card = card_of([Review(START, Rating.Easy)])
    far = card.model_copy(update={"due": START + timedelta(days=200)})
    exam_on = date(2027, 3, 1)
    days = {before_exam(far, f"family-{n}", exam_on).due.date() for n in range(60)}
    assert days == {exam_on - timedelta(days=k) for k in range(1, LAST_LOOK_DAYS + 1)}
