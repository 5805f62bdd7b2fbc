"""The analysis of an exam: over the decisions that stand, computed once, never stale."""

import pytest
from sqlmodel import select

from base.errors import NotFound
from base.ids import new_id
from quizbank.attempts import Action
from quizbank.commands.analysis import keep_analysis
from quizbank.kinds.shown import State
from quizbank.proposals import ItemStatus
from quizbank.queries.analysis import (
    ANALYSIS,
    AnalysisFound,
    analysed_exams,
    exam_analysis,
)
from quizbank.statistics.exam_analysis import ExamAnalysis
from quizbank.statistics.item_flags import FlagKind
from quizbank.tables.analysis import AnalysisRow
from quizbank.tables.attempts import AttemptRow, StepRow
from quizbank.tables.decisions import DecisionRow, MarkRow
from tests.crowd import ITEMS, MISKEYED, RULES, set_exam, sit
from tests.factories import EXAM, PRACTICE, World, single_choice


def found_by(world: World, name: str = "cato") -> AnalysisFound:
    with world.looking(name) as tx:
        return exam_analysis(tx, EXAM)


def keep(world: World, found: AnalysisFound) -> None:
    with world.acting("cato") as tx:
        keep_analysis(tx, found)


def kept(world: World) -> list[str]:
    with world.looking("system") as tx:
        return [row.covers for row in tx.session.exec(select(AnalysisRow))]


def test_a_crowd_is_analysed_item_by_item(any_world: World) -> None:
    set_exam(any_world)
    sit(any_world, 32)
    found = found_by(any_world)
    assert found.analysis is not None
    analysis = found.analysis
    assert (analysis.attempts, analysis.retakes, analysis.left_out) == (32, 0, 0)
    assert (analysis.cut, analysis.size, len(analysis.items)) == (RULES.cut, ITEMS, ITEMS)
    suspect = [
        found.names[one.figures.item_version_id].item_id
        for one in analysis.items
        if FlagKind.KEY_SUSPECT in [flag.kind for flag in one.flags]
    ]
    assert suspect == [MISKEYED]
    _figures_are_those_of_the_marks(any_world, found)


def _figures_are_those_of_the_marks(world: World, found: AnalysisFound) -> None:
    """Facility and options, counted anew from the rows, item by item."""
    assert found.analysis is not None
    with world.looking("system") as tx:
        marks = tx.session.exec(
            select(MarkRow).join(AttemptRow, AttemptRow.decision_id == MarkRow.decision_id)  # pyright: ignore[reportArgumentType] SQLModel types columns as values
        ).all()
        rows = [(one.item_version_id, one.fraction, one.state) for one in marks]
    for one in found.analysis.items:
        own = [
            (mark, state) for version, mark, state in rows if version == one.figures.item_version_id
        ]
        assert one.figures.n == len(own) == 32
        assert one.figures.facility.value == pytest.approx(sum(mark for mark, _ in own) / 32)
        key = next(option for option in one.figures.options if option.option.right)
        assert key.chosen == sum(state == State.RIGHT for _, state in own)
        assert sum(option.chosen for option in one.figures.options) == 32


def test_what_was_computed_is_kept_for_just_these_decisions(any_world: World) -> None:
    set_exam(any_world)
    sit(any_world, 5)
    first = found_by(any_world)
    assert not first.stored
    keep(any_world, first)
    keep(any_world, first)
    again = found_by(any_world)
    assert (again.stored, again.analysis, again.covers) == (True, first.analysis, first.covers)
    sit(any_world, 1, first=6)
    later = found_by(any_world)
    assert later.analysis is not None
    assert (later.stored, later.analysis.attempts) == (False, 6)
    assert later.covers != first.covers
    keep(any_world, later)
    assert kept(any_world) == [later.covers]


def test_another_decision_on_the_same_attempt_is_another_analysis(world: World) -> None:
    set_exam(world)
    (attempt, *_) = sit(world, 3)
    before = found_by(world)
    keep(world, before)
    _decide_anew(world, attempt)
    after = found_by(world)
    assert not after.stored
    assert before.analysis is not None
    assert after.analysis is not None
    assert before.analysis.test.mean.value != after.analysis.test.mean.value


def _decide_anew(world: World, attempt_id: str) -> None:
    """What a correction does: a later decision stands, with full marks for everything."""
    with world.as_system() as tx:
        attempt = tx.session.get_one(AttemptRow, attempt_id)
        old = tx.session.get_one(DecisionRow, attempt.decision_id)
        later = DecisionRow(**old.model_dump() | {"id": new_id(), "number": 2, "marks": ITEMS})
        tx.session.add(later)
        tx.session.flush()
        for mark in tx.session.exec(select(MarkRow).where(MarkRow.decision_id == old.id)):
            fresh = {"decision_id": later.id, "fraction": 1.0, "state": State.RIGHT}
            tx.session.add(MarkRow(**mark.model_dump() | fresh))
        attempt.decision_id = later.id


def test_an_answer_to_a_place_without_a_mark_is_counted_nowhere(world: World) -> None:
    set_exam(world)
    (attempt,) = sit(world, 1)
    before = found_by(world).analysis
    _answer_late_in_the_steps(world, attempt, position=ITEMS + 5)
    assert found_by(world).analysis == before


def test_the_last_of_several_answers_is_the_one_that_counts(world: World) -> None:
    set_exam(world)
    (attempt,) = sit(world, 1)
    _answer_late_in_the_steps(world, attempt, position=1)
    _answer_late_in_the_steps(world, attempt, position=2)
    analysis = found_by(world).analysis
    assert analysis is not None
    assert sum(_chosen(analysis, "c")) >= 2
    assert sum(map(sum, (_chosen(analysis, one) for one in "abc"))) == ITEMS


def _answer_late_in_the_steps(world: World, attempt_id: str, position: int) -> None:
    """Append an answer behind all others, whatever the rules say."""
    with world.as_system() as tx:
        steps = tx.session.exec(select(StepRow).where(StepRow.attempt_id == attempt_id)).all()
        last = max(steps, key=lambda one: one.number)
        later = {"number": last.number + 1, "action": Action.ANSWERED, "position": position}
        given = last.model_dump() | later | {"response": '{"option": "c"}'}
        tx.session.add(StepRow(**given))


def _chosen(analysis: ExamAnalysis, name: str) -> list[int]:
    return [
        next(one.chosen for one in item.figures.options if one.option.name == name)
        for item in analysis.items
    ]


def test_items_on_trial_have_figures_and_no_weight(world: World) -> None:
    set_exam(world)
    tried = single_choice("tt-01-099", objective="TT-01", stem="Which layer is being tried?")
    world.publish(tried, status=ItemStatus.PILOT)
    world.give_exam(RULES.model_copy(update={"pilots": 1}))
    sit(world, 8)
    found = found_by(world)
    assert found.analysis is not None
    on_trial = [one.figures for one in found.analysis.items if not one.figures.counted]
    assert [found.names[one.item_version_id].item_id for one in on_trial] == [tried.id]
    assert (on_trial[0].n, on_trial[0].intended_weight) == (8, 0)
    assert found.analysis.test.items == ITEMS


def test_attempts_under_another_cut_are_left_out_and_counted(world: World) -> None:
    set_exam(world)
    sit(world, 4)
    world.give_exam(RULES.model_copy(update={"cut": 5}))
    assert found_by(world).analysis is None
    sit(world, 2, first=5)
    analysis = found_by(world).analysis
    assert analysis is not None
    assert (analysis.attempts, analysis.left_out, analysis.cut) == (2, 4, 5)


def test_nobody_and_one_person_are_no_error(world: World) -> None:
    set_exam(world)
    assert found_by(world).analysis is None
    sit(world, 1)
    found = found_by(world)
    assert found.analysis is not None
    assert found.analysis.test.alpha.value is None
    assert ANALYSIS.validate_json(ANALYSIS.dump_json(found.analysis)) == found.analysis


def test_exams_are_listed_with_their_decided_attempts(world: World) -> None:
    set_exam(world)
    sit(world, 2)
    with world.looking("cato") as tx:
        decided = {one.exam_id: one.decided for one in analysed_exams(tx)}
        assert {exam: many for exam, many in decided.items() if many} == {EXAM: 2}
        with pytest.raises(NotFound):
            exam_analysis(tx, PRACTICE)
