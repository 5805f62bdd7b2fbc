"""What decisions are worth: on one client, and over many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.screening.case import Decision
from courses.screening.scoring import (
    Outcome,
    Screened,
    ScreeningStanding,
    Verdict,
    WaitVerdict,
    mark_case,
)
from tests.screening import client, well_client

EVERYTHING = frozenset({"goal", "capsules", "sun"})
FULL = Screened(EVERYTHING, frozenset({"capsules"}), Decision.DEFER, 140, frozenset("a"))


def decide(case, decision, days=0, asked=EVERYTHING, noted=frozenset(), reasons=frozenset()):
    return mark_case(case, Screened(asked, noted, decision, days, reasons))


@pytest.mark.parametrize(
    ("decision", "verdict", "unsafe"),
    [
        (Decision.DEFER, Verdict.RIGHT, False),
        (Decision.REFER, Verdict.ACCEPTABLE, False),
        (Decision.DECLINE, Verdict.WRONG, False),
        (Decision.PROCEED, Verdict.WRONG, True),
    ],
)
def test_a_decision_is_right_acceptable_or_wrong(decision, verdict, unsafe):
    mark = decide(client(), decision)
    assert (mark.verdict, mark.unsafe, mark.needless) == (verdict, unsafe, False)


@pytest.mark.parametrize("decision", [Decision.DEFER, Decision.REFER, Decision.DECLINE])
def test_a_client_who_could_be_treated_is_sent_away_needlessly(decision):
    mark = decide(well_client(), decision, 30)
    assert (mark.verdict, mark.needless, mark.unsafe) == (Verdict.WRONG, True, False)


@pytest.mark.parametrize(
    ("days", "verdict"),
    [(0, WaitVerdict.TOO_SHORT), (139, WaitVerdict.TOO_SHORT), (140, WaitVerdict.LONG_ENOUGH)],
)
def test_a_wait_is_long_enough_from_its_days_on(days, verdict):
    assert decide(client(), Decision.DEFER, days).wait is verdict
    assert decide(client(), Decision.REFER, days).wait is None


def test_a_wait_without_days_is_not_counted():
    mark = decide(client(wait={"words": "Until it has healed."}), Decision.DEFER)
    assert mark.wait is WaitVerdict.UNTIMED
    assert ScreeningStanding(1, (mark,)).waits.of == 0


def test_nothing_missed_where_everything_was_asked_and_noted():
    mark = mark_case(client(), FULL)
    assert (mark.unasked, mark.unnoted, mark.harmless) == ((), (), ())
    assert (mark.reasons_missed, mark.reasons_wrong) == ((), ())


def test_what_was_not_asked_not_noted_or_noted_for_nothing_is_named():
    nothing = mark_case(client(), Screened(frozenset(), frozenset(), Decision.DEFER))
    assert [fact.id for fact in nothing.unasked] == ["capsules"]
    assert [reason.id for reason in nothing.reasons_missed] == ["a"]
    heard = decide(client(), Decision.DEFER, noted=frozenset({"sun"}), reasons=frozenset("b"))
    assert [fact.id for fact in heard.unnoted] == ["capsules"]
    assert [fact.id for fact in heard.harmless] == ["sun"]
    assert [reason.id for reason in heard.reasons_wrong] == ["b"]


def standing(right_refusals, refusals, right_treatments, treatable):
    marks = [
        decide(client(), Decision.DEFER if place < right_refusals else Decision.PROCEED, 200)
        for place in range(refusals)
    ]
    marks += [
        decide(well_client(), Decision.PROCEED if place < right_treatments else Decision.REFER)
        for place in range(treatable)
    ]
    return ScreeningStanding(refusals + treatable, tuple(marks))


def test_refusing_everyone_fails_as_surely_as_treating_everyone():
    refuser = standing(24, 24, 0, 8)
    assert (refuser.sensitivity.value, refuser.specificity.value) == (1.0, 0.0)
    assert refuser.outcome is Outcome.REFUSES_TOO_MANY
    treater = standing(0, 24, 8, 8)
    assert (treater.sensitivity.value, treater.specificity.value) == (0.0, 1.0)
    assert treater.outcome is Outcome.TREATS_TOO_MANY


def test_both_shares_must_reach_four_fifths():
    assert standing(8, 10, 4, 5).outcome is Outcome.PASSED
    assert standing(7, 10, 4, 5).outcome is Outcome.TREATS_TOO_MANY
    assert standing(8, 10, 3, 5).outcome is Outcome.REFUSES_TOO_MANY
    assert standing(7, 10, 3, 5).outcome is Outcome.BOTH


def test_nothing_is_passed_before_every_client_was_seen():
    seen = standing(10, 10, 5, 5)
    assert ScreeningStanding(16, seen.marks).outcome is Outcome.OPEN
    assert ScreeningStanding(0, ()).outcome is Outcome.OPEN


def test_the_interval_is_wilsons():
    # (0.8 + z²/20 ± z √(0.016 + z²/400)) / (1 + z²/10), with z = 1.959964
    low, high = standing(8, 10, 0, 0).sensitivity.interval
    assert (low, high) == (pytest.approx(0.4901625, abs=1e-6), pytest.approx(0.9433178, abs=1e-6))
    assert ScreeningStanding(3, ()).sensitivity.interval is None


@given(st.integers(0, 20), st.integers(0, 20))
def test_the_share_lies_in_its_interval(hits, misses):
    share = standing(hits, hits + misses, 0, 0).sensitivity
    if share.interval is not None:
        assert share.interval[0] - 1e-9 <= share.value <= share.interval[1] + 1e-9
