"""What may be seen and done of a client at each moment."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.content_folder import course_folders, read_course_folder
from courses.screening.case import Decision
from courses.screening.play import (
    Ask,
    Decide,
    Explain,
    Note,
    Play,
    Stage,
    after,
    mark_of,
    refused,
    replay,
    step_from_json,
)
from courses.screening.scoring import Verdict
from courses.screening.shown import shown, what_followed
from tests.conftest import HOUSE
from tests.screening import client, well_client

CASES = [
    place.case
    for folder in course_folders(HOUSE / "content")
    for place in read_course_folder(folder).cases
]
ASKED = Ask(fact="capsules")
DEFERRED = Decide(decision=Decision.DEFER, wait_days=30)
BRANCHES = [*product(CASES, Decision, (False, True))]


@pytest.mark.parametrize(
    ("case", "decision", "thorough"),
    BRANCHES,
    ids=[f"{case.id} {word} {'asked' if all_ else 'unasked'}" for case, word, all_ in BRANCHES],
)
def test_no_branch_of_any_case_is_dead(case, decision, thorough):
    wait = case.wait.days or 0 if case.wait else 0
    steps = [Ask(fact=fact.id) for fact in case.facts] if thorough else []
    steps += [Note(fact=fact.id, noted=True) for fact in case.findings] if thorough else []
    steps.append(Decide(decision=decision, wait_days=wait))
    steps.append(Explain(reasons=tuple(one.id for one in case.reasons if one.correct)))
    play = Play()
    for step in steps:
        assert refused(case, play, step) == ""
        play = after(play, step)
    now = shown(case, play, seed=1)
    assert now.stage is Stage.OVER
    assert now.debrief is not None
    assert now.debrief.happened == case.consequences.of(decision)
    assert {one for one, _ in now.debrief.otherwise} == {*Decision} - {decision}
    assert now.debrief.mark.unasked == (() if thorough else case.findings)
    assert now.debrief.mark.unsafe == (decision is Decision.PROCEED and not case.treats)
    assert now.debrief.mark.needless == (decision is not Decision.PROCEED and case.treats)
    right = decision is case.decision
    assert (now.debrief.mark.verdict is Verdict.RIGHT) == right


@pytest.mark.parametrize("case", [one for one in CASES if one.wait and one.wait.days])
def test_waiting_a_day_too_short_has_its_own_story(case):
    short = Decide(decision=Decision.DEFER, wait_days=case.wait.days - 1)
    story = what_followed(case, replay([short, Explain(reasons=("a",))]))
    assert story[-len(case.wait.too_soon) :] == case.wait.too_soon
    days = [event.day for event in story]
    assert days == sorted(days)


def told(now):
    return repr(now)


def test_nothing_is_told_before_it_is_asked():
    case = client()
    now = told(shown(case, Play(), seed=1))
    for hidden in ("Yes, the last six weeks ago", "Last capsule", case.title, "slowly", "R9"):
        assert hidden not in now
    assert "Have you ever taken acne capsules?" in now
    assert "Yes, the last six weeks ago" in told(shown(case, replay([ASKED]), seed=1))


def test_reasons_come_after_the_decision_and_the_story_after_the_reasons():
    case = client()
    decided = told(shown(case, replay([ASKED, DEFERRED]), seed=1))
    assert "Last capsule" in decided
    for hidden in ("correct", "R9", "They are.", case.title, "You give a date", "Experts"):
        assert hidden not in decided
    over = shown(case, replay([ASKED, DEFERRED, Explain(reasons=("a",))]), seed=1)
    assert over.debrief.title == case.title


def test_the_seed_decides_in_which_order_the_reasons_stand():
    play = replay([DEFERRED])
    orders = {tuple(one.id for one in shown(client(), play, seed).reasons) for seed in range(20)}
    assert orders == {("a", "b"), ("b", "a")}


def test_steps_are_refused_where_their_time_has_not_come_or_is_over():
    case, nothing, decided = client(), Play(), replay([DEFERRED])
    over = after(decided, Explain(reasons=("a",)))
    assert "no such question" in refused(case, nothing, Ask(fact="shoe-size"))
    assert "Ask first" in refused(case, nothing, Note(fact="capsules", noted=True))
    assert "Decide first" in refused(case, nothing, Explain(reasons=("a",)))
    assert "interview is over" in refused(case, decided, ASKED)
    assert "interview is over" in refused(case, decided, Decide(decision=Decision.REFER))
    assert "at least one reason" in refused(case, decided, Explain(reasons=()))
    assert "no such reason" in refused(case, decided, Explain(reasons=("z",)))
    assert "already" in refused(case, over, Explain(reasons=("b",)))


STEPS = st.one_of(
    st.sampled_from(["goal", "capsules", "sun"]).map(lambda one: Ask(fact=one)),
    st.builds(Note, fact=st.sampled_from(["goal", "capsules", "sun"]), noted=st.booleans()),
)


@given(st.lists(STEPS, max_size=12), STEPS)
def test_the_same_step_twice_is_the_same_as_once(before, step):
    once = after(replay(before), step)
    assert after(once, step) == once


@given(st.lists(STEPS, max_size=12))
def test_a_stored_step_is_read_back_equal(steps):
    assert [step_from_json(step.model_dump_json()) for step in steps] == steps


def test_a_play_is_worth_something_only_when_it_is_over():
    assert mark_of(well_client(), Play()) is None
    assert mark_of(well_client(), replay([DEFERRED])) is None
    assert mark_of(well_client(), replay([DEFERRED, Explain(reasons=("a",))])).needless
