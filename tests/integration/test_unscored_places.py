"""Texts to read among the questions: shown first, answered by nobody, counted nowhere."""

import pytest
from sqlmodel import col, select

from base.errors import Unavailable
from quizbank.commands.attempts import start_attempt
from quizbank.commands.retiring import retire_item
from quizbank.queries.sitting import sitting
from quizbank.tables.decisions import MarkRow
from tests.factories import EXAM, World, description, exam_rules, single_choice

RULES = exam_rules(
    cells=[{"objective": "TT-01", "count": 2}],
    cut=2,
    critical_must_pass=False,
    descriptions=["tt-02-001", "tt-01-009"],
)


def prepared(world: World) -> World:
    """An exam of two questions with two texts before them."""
    texts = [description(), description("tt-02-001", stem="Then the device.", objective="TT-02")]
    asked = [single_choice(f"tt-01-{n:03}", objective="TT-01") for n in (1, 2)]
    # One more text of the same objective: no cell may take it for a question.
    world.load_items(*texts, *asked, description("tt-01-010", objective="TT-01", critical=True))
    world.give_exam(RULES)
    return world


def test_texts_come_first_in_their_order_and_count_for_nothing(any_world: World) -> None:
    world = prepared(any_world)
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    kinds = [item.kind for item in world.items_of(attempt).values()]
    assert kinds == ["description", "description", "single_choice", "single_choice"]
    assert [world.items_of(attempt)[place].id for place in (1, 2)] == ["tt-02-001", "tt-01-009"]
    with world.looking("alba") as tx:
        shown = sitting(tx, attempt)
    assert (shown.size, shown.questions, shown.unanswered) == (4, 2, (3, 4))
    assert [shown.number_of(place) for place in (3, 4)] == [1, 2]
    world.answer_all("alba", attempt)
    decision = world.submit("alba", attempt).decision
    assert (decision.marks, decision.items, decision.omitted) == (2, 2, 0)
    assert (decision.passed, decision.critical_misses) == (True, ())
    with world.looking("system") as tx:
        rows = tx.session.exec(
            select(MarkRow.scored, MarkRow.state).order_by(col(MarkRow.position))
        )
        assert list(rows) == [(False, "not scored")] * 2 + [(True, "right")] * 2


@pytest.mark.parametrize("why", ["retired", "never there", "a question", "past its review"])
def test_an_exam_whose_text_is_missing_names_it_and_does_not_start(world: World, why: str) -> None:
    prepared(world)
    named = "tt-01-009"
    if why == "retired":
        with world.acting("bela") as tx:
            retire_item(tx, named)
    elif why == "past its review":
        world.wait(days=400)
    else:
        named = "tt-01-001" if why == "a question" else "tt-99-001"
        world.give_exam(RULES.model_copy(update={"descriptions": (named,)}))
    with pytest.raises(Unavailable, match=named), world.acting("alba") as tx:
        start_attempt(tx, EXAM, consent=True)
