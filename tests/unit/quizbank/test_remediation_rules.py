"""Fresh questions: unseen ones first, and as many again as were not right."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizbank.exams import Purpose
from quizbank.remediation import freshest, remediation_rules, still_to_answer
from tests.factories import exam_rules

DAY = datetime(2026, 11, 23, tzinfo=UTC)
ids = st.lists(st.text("abcdef", min_size=1, max_size=3), unique=True, max_size=12)


@given(
    ids, st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 9)), st.data()
)
def test_every_item_comes_once_the_unseen_first_then_the_longest_ago(
    known: list[str], days: dict[str, int], data: st.DataObject
) -> None:
    seen = {one: DAY + timedelta(days=number) for one, number in days.items()}
    seed = data.draw(st.integers(0, 99))
    order = [*freshest(known, seen, seed)]
    assert sorted(order) == sorted(known)
    assert order == [*freshest(known[::-1], seen, seed)]
    ages = [seen.get(one, DAY - timedelta(days=1)) for one in order]
    assert ages == sorted(ages)


def test_a_round_asks_as_many_as_the_last_one_had_wrong() -> None:
    assert still_to_answer(3, []) == 3
    assert still_to_answer(3, [1, 0.5, 0]) == 2
    assert still_to_answer(3, [1, 1, 1]) == 0


def test_the_questions_are_practice_of_every_objective_and_ask_how_sure_one_is() -> None:
    made = remediation_rules(exam_rules(confidence=True, sureness={"fresh_items": 4}))
    assert (made.purpose, made.confidence, made.pool) == (Purpose.REMEDIATION, True, "practice")
    assert [(one.objective, one.count) for one in made.cells] == [("TT-01", 4)]
