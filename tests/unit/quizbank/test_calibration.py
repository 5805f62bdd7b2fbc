"""Stated against actual: what the counts allow to say, and what they do not."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.calibration import FEWEST, Judgement, Level, Stated, calibrate, in_words, interval
from quizbank.confidence import Confidence, Sureness
from quizbank.decisions import MarkedItem, decide
from quizbank.kinds.shown import State
from tests.factories import exam_rules

answers = st.lists(st.builds(Stated, st.none() | st.sampled_from(Confidence), st.booleans()))


def level(confidence: Confidence, right: int, of: int) -> Level:
    given_ = [Stated(confidence, place < right) for place in range(of)]
    return next(one for one in calibrate(given_, Sureness()).levels if one.confidence is confidence)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        # By Wilson's formula, computed by hand to four places.
        (9, 12, 0.4677, 0.9111),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_the_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    assert interval(right, of) == pytest.approx((low, high), abs=5e-5)


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(0, 300))
def test_the_interval_holds_the_share_and_lies_within_0_and_1(one: int, other: int) -> None:
    right, of = min(one, other), max(one, other)
    low, high = interval(right, of)
    assert 0 <= low <= high <= 1
    if of:
        assert low <= right / of <= high


@settings(deadline=None)
@given(answers, st.randoms(use_true_random=False))
def test_every_answer_counts_once_and_their_order_not_at_all(
    said: list[Stated], order: Any
) -> None:
    told = calibrate(said, Sureness())
    assert told.said + told.unsaid == len(said)
    assert sum(one.right for one in told.levels) == sum(one.right for one in said if one.confidence)
    mixed: Sequence[Stated] = order.sample(said, len(said))
    assert calibrate(mixed, Sureness()) == told


@settings(deadline=None)
@given(answers)
def test_nothing_is_said_of_few_answers(said: list[Stated]) -> None:
    for one in calibrate(said, Sureness()).levels:
        assert (one.judgement is Judgement.TOO_FEW) == (one.answers < FEWEST)


def test_it_is_said_in_plain_words() -> None:
    said = in_words(level(Confidence.CERTAIN, 9, 12))
    assert said == "Of 12 answers you were certain of, 9 were right."
    assert in_words(level(Confidence.GUESS, 1, 6)) == "Of 6 answers that you guessed, 1 was right."
    few = in_words(level(Confidence.FAIRLY_SURE, 1, 1))
    assert few == "1 answer you were fairly sure of: too few to say anything."
    assert in_words(level(Confidence.GUESS, 0, 0)) == "No answers that you guessed."


@pytest.mark.parametrize(
    ("confidence", "right", "of", "judgement"),
    [
        (Confidence.CERTAIN, 9, 20, Judgement.TOO_SURE),
        # 9 of 12 may well be 90 %: that is not enough to call somebody too sure.
        (Confidence.CERTAIN, 9, 12, Judgement.AS_SAID),
        (Confidence.FAIRLY_SURE, 4, 20, Judgement.TOO_SURE),
        (Confidence.FAIRLY_SURE, 60, 60, Judgement.MORE_THAN_SAID),
        (Confidence.GUESS, 0, 40, Judgement.AS_SAID),
        (Confidence.GUESS, 20, 20, Judgement.MORE_THAN_SAID),
    ],
)
def test_the_judgement_needs_more_than_chance(
    confidence: Confidence, right: int, of: int, judgement: Judgement
) -> None:
    assert level(confidence, right, of).judgement is judgement


def test_what_a_word_promises_is_the_exams_rule() -> None:
    mild = Sureness(certain=0.5, fairly_sure=0.3)
    told = calibrate([Stated(Confidence.CERTAIN, place < 9) for place in range(20)], mild)
    assert told.levels[-1].judgement is Judgement.AS_SAID


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=3, max_size=3))
def test_a_decision_does_not_know_what_was_said(fractions: list[float]) -> None:
    marked = [
        MarkedItem(
            position=place,
            objective="TT-01",
            topic="Topic",
            critical=place == 1,
            fraction=fraction,
            state=State.RIGHT if fraction == 1 else State.WRONG,
            unsafe=fraction == 0,
        )
        for place, fraction in enumerate(fractions, 1)
    ]
    asked = {"certain": 0.8, "fairly_sure": 0.2, "fresh_items": 9}
    silent, asking = exam_rules(), exam_rules(confidence=True, sureness=asked)
    assert decide(silent, marked) == decide(asking, marked)
