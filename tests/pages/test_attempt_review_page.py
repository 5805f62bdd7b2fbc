"""An exam looked at again on screen, run without a browser."""

from typing import Any

import pytest

from certs.commands.exams import submit_exam
from quizbank.commands.attempts import start_attempt
from quizbank.exams import ExamRules
from quizbank.queries.exams import exam_offer
from quizbank.review_windows import EVERYTHING, OWN_ANSWERS, Part
from tests.factories import (
    EXAM,
    World,
    case,
    cloze,
    exam_rules,
    hotspot,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
    true_false,
)
from tests.pages.screens import Open, words


def sat(world: World, parts: tuple[Part, ...] | None) -> str:
    if parts:
        with world.looking("alba") as tx:
            rules = exam_offer(tx, EXAM).rules
        review = dict.fromkeys(("right_after", "later", "closed"), parts)
        world.give_exam(ExamRules.model_validate(rules.model_dump() | {"review": review}))
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt, frozenset({2}))
    with world.acting("alba") as tx:
        submit_exam(tx, attempt)
    return attempt


def test_by_default_no_question_is_shown_again(world: World, open_page: Open) -> None:
    attempt = sat(world, None)
    said = words(open_page("attempt_review", "alba", attempt=attempt))
    assert "The questions of this exam are not shown again" in said
    assert world.items_of(attempt)[1].stem not in said


def test_own_answers_stand_with_right_or_wrong_and_no_reason(world: World, open_page: Open) -> None:
    attempt = sat(world, OWN_ANSWERS)
    app = open_page("attempt_review", "alba", attempt=attempt)
    assert not app.exception
    said = words(app)
    items = world.items_of(attempt)
    assert items[1].stem in said
    assert "**Right.**" in said
    assert "You left this question open." in said
    assert "1 of 1 mark." in said
    for position in range(1, 6):
        for told in items[position].explain(items[position].key()):
            assert told.reason not in said


def test_everything_tells_the_reasons_and_their_sources(world: World, open_page: Open) -> None:
    attempt = sat(world, EVERYTHING)
    app = open_page("attempt_review", "alba", attempt=attempt)
    assert not app.exception
    item = world.items_of(attempt)[1]
    assert item.explain(item.key())[0].reason in words(app)
    assert [one.label for one in app.expander if one.label.startswith("Sources (")]


KINDS = (
    single_choice,
    multiple_response,
    true_false,
    numeric,
    short_answer,
    matching,
    ordering,
    hotspot,
    cloze,
    case,
)


@pytest.mark.parametrize("parts", [OWN_ANSWERS, EVERYTHING], ids=["own answers", "everything"])
def test_every_kind_is_shown_again_as_it_was_answered(
    world: World, open_page: Open, parts: tuple[Part, ...]
) -> None:
    exam: dict[str, Any] = {"objective": "TT-01", "pool": "exam"}
    world.load_items(*(make(f"tt-01-{at:03}", **exam) for at, make in enumerate(KINDS, start=1)))
    review = dict.fromkeys(("right_after", "later", "closed"), parts)
    cells = [{"objective": "TT-01", "count": len(KINDS)}]
    world.give_exam(exam_rules(cells=cells, review=review), "tt/exam")
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, "tt/exam", consent=True)
    world.answer_all("alba", attempt)
    with world.acting("alba") as tx:
        submit_exam(tx, attempt)
    app = open_page("attempt_review", "alba", attempt=attempt)
    said = ""
    for place in (1, 2):
        app.pagination[0].set_value(place).run()
        assert not app.exception
        said += words(app)
    assert said.count("**Right.**") >= len(KINDS)
    assert "[[" not in said
    assert ("It holds little." in said) is (Part.ANSWER in parts)
