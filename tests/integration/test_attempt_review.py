"""An exam looked at again: each window shows what the rules say, and nothing else is sent."""

import io
import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from base.errors import NotFound
from certs.commands.exams import submit_exam
from certs.commands.release import release_result
from certs.queries.report import own_report
from certs.report import report_pdf
from quizbank.commands.windows import WindowPlan, cancel_window, plan_window
from quizbank.disclosure import ReviewWindow
from quizbank.exams import ExamRules
from quizbank.kinds.shown import State
from quizbank.queries.attempt_review import AttemptReview, attempt_review
from quizbank.queries.exams import exam_offer
from quizbank.queries.own_results import (
    attempts_of_mine,
    own_verdict,
)
from quizbank.queries.releases import release_queue
from quizbank.queries.sitting import sitting
from quizbank.review_windows import EVERYTHING, OWN_ANSWERS, SUMMARY, Part
from tests.factories import EXAM, World

WINDOWS = ("right_after", "later", "closed")
WRONG, OMITTED = 1, 2


def reviewing(world: World, release: str = "immediate", **review: Any) -> None:
    with world.looking("alba") as tx:
        rules = exam_offer(tx, EXAM).rules
    changed = rules.model_dump() | {"release": release, "review": review}
    world.give_exam(ExamRules.model_validate(changed))


def sat(world: World) -> str:
    """An exam with a wrong answer to the first question and none to the second."""
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt, frozenset({WRONG, OMITTED}))
    item = world.items_of(attempt)[WRONG]
    guesses: list[Any] = [{"option": one} for one in ("a", "b", "true", "false")]
    guesses += [{"options": ["a", "b", "c", "d", "e"]}, {"text": "999"}]
    wrong = next(one for one in guesses if item.mark(one).state in {State.WRONG, State.PARTLY})
    world.answer("alba", attempt, WRONG, wrong)
    with world.acting("alba") as tx:
        submit_exam(tx, attempt)
    return attempt


def review_of(world: World, attempt: str) -> AttemptReview:
    with world.looking("alba") as tx:
        return attempt_review(tx, attempt)


def sent(world: World, attempt: str) -> str:
    """Everything that the trainee's queries hold of this exam, as text."""
    with world.looking("alba") as tx:
        told = [
            asdict(attempt_review(tx, attempt)),
            asdict(own_verdict(tx, attempt)),
            *map(asdict, attempts_of_mine(tx, EXAM)),
            *(asdict(sitting(tx, attempt, place)) for place in (1, 2, 40)),
        ]
    return json.dumps(told, default=str, ensure_ascii=False)


def keys_of(world: World, attempt: str) -> dict[str, set[str]]:
    """What tells a key of this exam, and what tells a question of it."""
    items = world.items_of(attempt).values()
    return {
        "reasons": {told.reason for item in items for told in item.explain(item.key())},
        "questions": {item.stem for item in items},
    }


def found(text: str, parts: set[str]) -> set[str]:
    return {one for one in parts if json.dumps(one, ensure_ascii=False)[1:-1] in text}


@pytest.mark.parametrize("parts", [SUMMARY, OWN_ANSWERS, EVERYTHING], ids=len)
def test_what_is_sent_holds_what_the_window_shows_and_no_key_beside(
    any_world: World, parts: tuple[Part, ...]
) -> None:
    reviewing(any_world, **dict.fromkeys(WINDOWS, parts))
    attempt = sat(any_world)
    keys, text = keys_of(any_world, attempt), sent(any_world, attempt)
    assert found(text, keys["reasons"]) == (keys["reasons"] if Part.ANSWER in parts else set())
    shown = keys["questions"] if Part.QUESTION in parts else set[str]()
    assert found(text, keys["questions"]) == shown
    if Part.ANSWER not in parts:
        for word in ('"correct"', '"explanations"', '"key"', '"weight"'):
            assert word not in text


@pytest.mark.parametrize("part", Part)
def test_each_part_is_sent_in_its_windows_and_in_no_other(world: World, part: Part) -> None:
    shows = {"right_after": (Part.QUESTION, part), "later": (), "closed": (Part.QUESTION, part)}
    reviewing(world, **shows, closed_on=(world.now + timedelta(days=2)).date())
    attempt = sat(world)
    for window, hours in (("right_after", 0), ("later", 2), ("closed", 48)):
        world.wait(hours=hours)
        review = review_of(world, attempt)
        with world.looking("alba") as tx:
            result = own_verdict(tx, attempt).result
        first = review.items[0] if review.items else None
        told = {
            Part.QUESTION: first is not None and first.prompt is not None,
            Part.RESPONSE: first is not None and first.response is not None,
            Part.CORRECTNESS: first is not None and first.state is not None,
            Part.ANSWER: first is not None and first.reasons is not None,
            Part.MARKS: first is not None and first.fraction is not None,
            Part.OBJECTIVES: result.objectives is not None,
            Part.TOTAL: result.marks is not None,
            Part.VERDICT: result.passed is not None,
        }
        expected = {*shows[window], Part.VERDICT}
        assert {one for one, is_told in told.items() if is_told} == expected


def test_own_answers_are_shown_as_they_were_given(world: World) -> None:
    reviewing(world, **dict.fromkeys(WINDOWS, OWN_ANSWERS))
    attempt = sat(world)
    items = world.items_of(attempt)
    shown = {one.position: one for one in review_of(world, attempt).items}
    assert shown[OMITTED].state is State.OMITTED
    assert shown[WRONG].state in {State.WRONG, State.PARTLY}
    assert shown[3].response == items[3].key()
    assert (shown[3].state, shown[3].fraction, shown[3].reasons) == (State.RIGHT, 1, None)
    assert [one.number for one in shown.values()] == [*range(1, 41)]


def test_nothing_is_reviewed_before_the_release(world: World) -> None:
    reviewing(world, "held", **dict.fromkeys(WINDOWS, EVERYTHING))
    attempt = sat(world)
    for _ in range(2):
        with pytest.raises(NotFound):
            review_of(world, attempt)
        world.wait(hours=5)
    with world.acting("cato") as tx:
        release_result(tx, release_queue(tx)[0].decision_id)
    review = review_of(world, attempt)
    assert review.seen.window is ReviewWindow.RIGHT_AFTER
    assert review.seen.until == world.now + timedelta(hours=1)


def test_right_after_counts_from_the_decision_where_nobody_releases_it(world: World) -> None:
    reviewing(world, right_after_minutes=5, closed_on=date(2026, 12, 1))
    attempt = sat(world)
    assert review_of(world, attempt).seen.window is ReviewWindow.RIGHT_AFTER
    world.wait(minutes=5)
    assert review_of(world, attempt).seen.window is ReviewWindow.LATER
    world.wait(days=30)
    assert review_of(world, attempt).seen.window is ReviewWindow.CLOSED


def test_an_exam_in_windows_is_closed_after_the_last_of_them(any_world: World) -> None:
    world = any_world
    world.study("alba")
    later = (world.now + timedelta(days=2)).date()
    reviewing(world, closed=EVERYTHING, closed_on=later)
    world.change_exam(windowed=True)
    with world.acting("cato") as tx:
        for day in (0, 5, 9):
            opens = world.now + timedelta(days=day)
            plan = WindowPlan(EXAM, f"Day {day}", opens, opens + timedelta(hours=3))
            last = plan_window(tx, plan)
        cancel_window(tx, last)
    attempt = sat(world)
    world.wait(days=3)
    seen = review_of(world, attempt).seen
    assert (seen.window, seen.until) == (ReviewWindow.LATER, world.now + timedelta(days=2, hours=3))
    world.wait(days=2, hours=3)
    review = review_of(world, attempt)
    assert review.seen.window is ReviewWindow.CLOSED
    assert review.items[0].reasons is not None


def test_the_report_is_printed_with_the_release_and_tells_what_the_page_does(world: World) -> None:
    hidden = dict.fromkeys(WINDOWS, (Part.VERDICT, Part.OBJECTIVES))
    reviewing(world, "held", **hidden)
    attempt = sat(world)
    with world.looking("alba") as tx, pytest.raises(NotFound):
        own_report(tx, attempt)
    with world.acting("cato") as tx:
        release_result(tx, release_queue(tx)[0].decision_id)
    with world.looking("alba") as tx:
        (page,) = PdfReader(io.BytesIO(report_pdf(own_report(tx, attempt)))).pages
    said = " ".join(page.extract_text().split())
    assert "Alba" in said
    assert "Final exam, version 2, 23 November 2026" in said
    assert "By objective" in said
    assert "marks; the cut score is" not in said


def test_nobody_reviews_what_is_running_or_another_persons(world: World) -> None:
    reviewing(world, **dict.fromkeys(WINDOWS, EVERYTHING))
    attempt = sat(world)
    with world.looking("lena") as tx, pytest.raises(NotFound):
        attempt_review(tx, attempt)
    running = world.start_exam("lena")
    with world.looking("lena") as tx, pytest.raises(NotFound):
        attempt_review(tx, running)
