"""The table that alone decides what a learner may see, frozen."""

from dataclasses import astuple
from itertools import product

from quizbank.disclosure import TABLE, Phase, may_see
from quizbank.exams import Purpose

#            question, own response, correctness, reasons, total
FROZEN = {
    ("exam", "open"): (True, True, False, False, False),
    ("exam", "answered"): (True, True, False, False, False),
    ("exam", "ended"): (False, False, False, False, True),
    ("practice", "open"): (True, True, False, False, False),
    ("practice", "answered"): (True, True, True, True, False),
    ("practice", "ended"): (True, True, True, True, True),
}


def test_the_table_stands_as_it_was_agreed() -> None:
    told = {
        (str(purpose), str(phase)): astuple(may_see(purpose, phase))
        for purpose, phase in product(Purpose, Phase)
    }
    assert told == FROZEN


def test_no_phase_of_an_exam_ever_shows_a_key_or_a_reason() -> None:
    for phase in Phase:
        assert not may_see(Purpose.EXAM, phase).correctness
        assert not may_see(Purpose.EXAM, phase).reasons


def test_nothing_unanswered_is_explained() -> None:
    for purpose in Purpose:
        assert not TABLE[purpose, Phase.OPEN].reasons
