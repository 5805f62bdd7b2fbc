"""A case in practice and in an exam: what is sent when, and what the server refuses."""

import json

import pytest
from pydantic import JsonValue

from base.errors import Conflict
from quizbank.commands.attempts import answer_practice, finish_practice, save_answer, start_attempt
from quizbank.commands.results import submit_attempt
from quizbank.kinds.case import NOT_OPEN, SEALED, STAYS_ASKED
from quizbank.kinds.shown import State
from quizbank.queries.own_results import own_verdict
from quizbank.queries.published import form_items
from quizbank.queries.sitting import (
    Sitting,
    sitting,
)
from quizbank.tables.attempts import AttemptRow
from tests.factories import World, case, exam_rules, steps_to

CELLS = [{"objective": "TT-01", "count": 1}]
ANSWER = "Capsules for acne, until six weeks ago."
ASKED: dict[str, JsonValue] = {"asked": ["medicines"], "stages": {}, "done": []}
FIRST: dict[str, JsonValue] = ASKED | {
    "stages": {"decide": {"option": "defer"}},
    "done": ["decide"],
}
BOTH: dict[str, JsonValue] = {
    "asked": ["medicines"],
    "stages": {"decide": {"option": "defer"}, "record": {"options": ["date"]}},
    "done": ["decide", "record"],
}


def started(world: World, pool: str) -> str:
    rules = exam_rules(cells=CELLS, cut=1, critical_must_pass=False)
    if pool == "practice":
        rules = exam_rules(cells=CELLS, cut=0, purpose="practice", minutes=None, retakes=None)
    world.publish(case(objective="TT-01", pool=pool))
    world.give_exam(rules, "cases")
    with world.acting("alba") as tx:
        return start_attempt(tx, "cases", consent=True)


def sat(world: World, attempt: str) -> Sitting:
    with world.looking("alba") as tx:
        return sitting(tx, attempt)


def seen(world: World, attempt: str) -> str:
    return repr(sat(world, attempt))


def test_an_exam_sends_an_answer_once_asked_and_a_stage_once_open(any_world: World) -> None:
    attempt = started(any_world, "exam")
    before = seen(any_world, attempt)
    assert "Do you take any medicines?" in before
    assert "What do you decide?" in before
    for early in (ANSWER, "A baker.", "What do you write down?", "The last dose", "heal slowly"):
        assert early not in before
    any_world.answer("alba", attempt, 1, ASKED)
    asked = seen(any_world, attempt)
    assert ANSWER in asked
    assert "A baker." not in asked
    assert "What do you write down?" not in asked
    any_world.answer("alba", attempt, 1, FIRST)
    assert "What do you write down?" in seen(any_world, attempt)
    assert sat(any_world, attempt).unanswered == (1,)
    any_world.answer("alba", attempt, 1, BOTH)
    done = sat(any_world, attempt)
    assert (done.unanswered, done.item and done.item.feedback) == ((), None)
    for word in ("correct=", "unsafe=", "Too early.", "heal slowly", "Isotretinoin", "A baker."):
        assert word not in repr(done)
    with any_world.acting("alba") as tx:
        submit_attempt(tx, attempt)
    with any_world.looking("alba") as tx:
        assert own_verdict(tx, attempt).result.marks == 0.75


@pytest.mark.parametrize(
    ("response", "why"),
    [
        (FIRST | {"asked": []}, STAYS_ASKED),
        (FIRST | {"stages": {"decide": {"option": "proceed"}}}, SEALED),
        (FIRST | {"done": []}, SEALED),
        (None, "This is no answer to this case."),
        ({"option": "defer"}, "This is no answer to this case."),
    ],
)
def test_the_server_lets_nobody_go_back(world: World, response: JsonValue, why: str) -> None:
    attempt = started(world, "exam")
    for step in (ASKED, FIRST):
        world.answer("alba", attempt, 1, step)
    with pytest.raises(Conflict, match=why), world.acting("alba") as tx:
        save_answer(tx, attempt, 3, 1, response)
    shown = sat(world, attempt)
    assert (shown.revision, shown.item and shown.item.response) == (3, FIRST)


@pytest.mark.parametrize("pool", ["exam", "practice"])
def test_the_server_lets_nobody_skip_ahead(world: World, pool: str) -> None:
    attempt = started(world, pool)
    save = save_answer if pool == "exam" else answer_practice
    with pytest.raises(Conflict, match=NOT_OPEN), world.acting("alba") as tx:
        save(tx, attempt, 1, 1, BOTH)
    assert sat(world, attempt).revision == 1


def test_practice_tells_the_consequences_after_the_last_stage(world: World) -> None:
    attempt = started(world, "practice")
    steps = steps_to(case(), BOTH | {"asked": []})
    for step in steps[:-1]:
        world.practise("alba", attempt, 1, step)
        shown = sat(world, attempt)
        assert (shown.item and shown.item.feedback, shown.unanswered) == (None, (1,))
        assert "all goes well" not in repr(shown)
    world.practise("alba", attempt, 1, steps[-1])
    item = sat(world, attempt).item
    assert item is not None
    assert item.feedback is not None
    assert item.feedback.mark.state is State.PARTLY
    debrief = item.feedback.debrief
    assert debrief is not None
    assert debrief.stages[0].consequences == ("She comes back in May, and all goes well.",)
    assert [fact.answer for fact in debrief.missed] == [ANSWER]
    with pytest.raises(Conflict, match="answered already"), world.acting("alba") as tx:
        answer_practice(tx, attempt, sat(world, attempt).revision, 1, BOTH)


def test_practice_that_ends_in_the_middle_marks_what_is_there(world: World) -> None:
    attempt = started(world, "practice")
    for step in (ASKED, FIRST):
        world.practise("alba", attempt, 1, step)
    with world.acting("alba") as tx:
        finish_practice(tx, attempt)
    assert sat(world, attempt).marks == 0.5


def test_options_of_every_stage_are_shuffled_once_and_for_all(world: World) -> None:
    attempt = started(world, "exam")
    with world.looking("system") as tx:
        form = tx.session.get_one(AttemptRow, attempt).form_id
        (place,) = form_items(tx.session, form)
    assert sorted(place.option_order) == sorted(case().option_ids())
    stages = sat(world, attempt).item
    assert stages is not None
    own = [one.split(":")[1] for one in place.option_order if one.startswith("decide:")]
    assert [one.id for one in stages.prompt.stages[0].prompt.choices] == own


def test_a_case_that_is_stored_says_nothing_twice(world: World) -> None:
    world.publish(case())
    with world.looking("system") as tx:
        found = tx.session.connection().exec_driver_sql(
            "SELECT payload FROM item_version WHERE item_id = 'tt-01-010'"
        )
        stage = json.loads(found.scalar_one())["stages"][0]["item"]
    assert set(stage) == {"kind", "stem", "options"}
