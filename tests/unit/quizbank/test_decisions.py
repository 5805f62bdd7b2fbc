"""From marks to a verdict."""

from collections.abc import Sequence

import pytest

from quizbank.decisions import MarkedItem, decide
from quizbank.kinds.shown import State
from tests.factories import exam_rules, single_choice


def marked(fractions: Sequence[float], critical: Sequence[int] = ()) -> list[MarkedItem]:
    return [
        MarkedItem(
            position=place,
            objective="TT-01",
            topic=f"Topic {place}",
            critical=place in critical,
            fraction=fraction,
            state=State.RIGHT if fraction == 1 else State.WRONG,
            unsafe=False,
        )
        for place, fraction in enumerate(fractions, start=1)
    ]


@pytest.mark.parametrize(
    ("fractions", "critical", "must", "reached", "passed"),
    [
        ([1, 1, 0], (), True, True, True),
        ([1, 1, 0], (), False, True, True),
        ([1, 0, 0], (), True, False, False),
        ([1, 0, 0], (), False, False, False),
        ([1, 1, 0], (3,), True, True, False),
        ([1, 1, 0], (3,), False, True, True),
        ([1, 1, 0], (1,), True, True, True),
        ([1, 0, 0], (3,), True, False, False),
        ([1, 0, 0], (3,), False, False, False),
        ([1, 1, 2 / 3], (3,), True, True, False),
        ([1, 1, 1], (1, 2, 3), True, True, True),
    ],
)
def test_the_truth_table_of_the_decision(
    fractions: list[float], critical: tuple[int, ...], must: bool, reached: bool, passed: bool
) -> None:
    decision = decide(exam_rules(critical_must_pass=must), marked(fractions, critical))
    assert (decision.reached_cut, decision.passed) == (reached, passed)


def test_the_cut_itself_passes_and_a_hair_below_does_not() -> None:
    assert decide(exam_rules(cut=2), marked([1, 0.5, 0.5])).passed
    assert not decide(exam_rules(cut=2), marked([1, 0.5, 0.499])).passed


@pytest.mark.parametrize("parts", [3, 6, 7, 9, 11])
def test_parts_that_do_not_add_up_in_binary_still_reach_the_cut(parts: int) -> None:
    many = exam_rules(cells=[{"objective": "TT-01", "count": parts}], cut=1)
    decision = decide(many, marked([1 / parts] * parts))
    assert decision.marks == 1
    assert decision.passed


def test_two_thirds_and_a_third_make_one() -> None:
    decision = decide(exam_rules(cut=3), marked([2 / 3, 1 / 3, 1, 2 / 3, 1 / 3]))
    assert decision.marks == 3
    assert decision.passed


def test_a_critical_miss_is_named_by_topic_and_never_by_question() -> None:
    decision = decide(exam_rules(), marked([1, 1, 0], critical=(3,)))
    (miss,) = decision.critical_misses
    assert (miss.objective, miss.topic) == ("TT-01", "Topic 3")


def test_omitted_items_are_counted() -> None:
    items = marked([1, 1, 0])
    empty = MarkedItem(4, "TT-01", "Topic", False, 0.0, State.OMITTED, False)
    assert decide(exam_rules(), [*items, empty]).omitted == 1


def test_every_objective_of_the_blueprint_has_its_line() -> None:
    cells = [{"objective": "TT-01", "count": 3}, {"objective": "TT-02", "count": 1}]
    decision = decide(exam_rules(cells=cells), marked([1, 0.5, 0]))
    assert [(one.objective, one.marks, one.items) for one in decision.objectives] == [
        ("TT-01", 1.5, 3),
        ("TT-02", 0, 0),
    ]


def test_several_cells_of_one_objective_are_one_line() -> None:
    cells = [
        {"objective": "TT-01", "level": "recall", "count": 2},
        {"objective": "TT-01", "level": "apply", "count": 1},
    ]
    decision = decide(exam_rules(cells=cells), marked([1, 0.5, 0]))
    assert [(one.objective, one.marks, one.items) for one in decision.objectives] == [
        ("TT-01", 1.5, 3)
    ]


@pytest.mark.parametrize(
    ("tag", "topic"), [("length-not-depth", "Length not depth"), ("rf", "RF"), ("fda", "FDA")]
)
def test_a_topic_reads_as_people_write_it(tag: str, topic: str) -> None:
    assert single_choice(tags=[tag]).topic == topic
