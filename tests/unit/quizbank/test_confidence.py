"""How sure somebody is, and what the words promise."""

import pytest
from pydantic import ValidationError

from quizbank.confidence import Confidence, Sureness
from tests.factories import exam_rules


def test_a_guess_promises_nothing_and_certain_the_most() -> None:
    promised = [Sureness().promised(one) for one in Confidence]
    assert promised == [None, 0.6, 0.9]


def test_fairly_sure_cannot_promise_as_much_as_certain() -> None:
    with pytest.raises(ValidationError, match="must promise more"):
        Sureness(certain=0.6, fairly_sure=0.6)


def test_rules_that_were_stored_before_ask_nobody_how_sure_they_are() -> None:
    assert not exam_rules().confidence
