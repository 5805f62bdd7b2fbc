"""Blueprints: what their editor reads of the bank, and publishing them."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from base.audit import audit_entries
from base.errors import Conflict, Invalid, NotFound, Unavailable
from quizbank.commands.attempts import start_attempt
from quizbank.commands.exams import publish_blueprint, publish_exam
from quizbank.commands.retiring import retire_item
from quizbank.exams import CutBasis, CutMethod, ExamRules
from quizbank.queries.blueprints import (
    blueprint_check,
    exam_standing,
    exam_summaries,
    known_tags,
    sample_forms,
    takers_of,
)
from quizbank.queries.sitting import sitting
from tests.factories import EXAM, World, exam_rules, numeric, single_choice

SMALL = "tt/small"


def small_exam(world: World, number: int = 4, **changes: Any) -> ExamRules:
    world.load_items(
        *(
            single_choice(f"tt-01-{n:03d}", objective="TT-01", critical=n == 1, seconds=50)
            for n in range(1, number + 1)
        )
    )
    rules = exam_rules(**changes)
    with world.acting("dina") as tx:
        publish_exam(tx, SMALL, rules)
    return rules


def basis(rationale: str = "Two of three, as the panel said.") -> dict[str, Any]:
    signed = {"signed_by": "somebody else", "signed_on": "2020-01-01"}
    return {"method": "entered", "rationale": rationale, **signed}


def test_an_edited_exam_is_the_next_version_and_running_attempts_keep_theirs(
    any_world: World,
) -> None:
    small_exam(any_world)
    with any_world.acting("alba") as tx:
        attempt = start_attempt(tx, SMALL, consent=True)
    with any_world.acting("cato") as tx:
        assert publish_blueprint(tx, SMALL, exam_rules(minutes=20), 1) == 2
    with any_world.looking("cato") as tx:
        standing = exam_standing(tx, SMALL)
    assert (standing.version, standing.published_by, standing.origin) == (2, "Cato", "person")
    assert (standing.rules.minutes, standing.attempts) == (20, 1)
    with any_world.looking("alba") as tx:
        assert sitting(tx, attempt).rules.minutes == 10
    with any_world.looking("audi") as tx:
        assert [one.action for one in audit_entries(tx, SMALL)] == ["exam:publish"] * 2


def test_a_course_file_changes_no_exam_that_somebody_edited_since(world: World) -> None:
    small_exam(world)
    with world.acting("cato") as tx:
        publish_blueprint(tx, SMALL, exam_rules(minutes=20), 1)
    for rules in (exam_rules(), exam_rules(minutes=30)):
        with world.acting("dina") as tx:
            publish_exam(tx, SMALL, rules)
    with world.looking("cato") as tx:
        assert exam_standing(tx, SMALL).rules.minutes == 20


def test_a_course_file_goes_on_changing_what_nobody_edited(world: World) -> None:
    small_exam(world)
    for minutes in (30, 30, 10):
        with world.acting("dina") as tx:
            publish_exam(tx, SMALL, exam_rules(minutes=minutes))
    with world.looking("cato") as tx:
        assert (exam_standing(tx, SMALL).version, exam_standing(tx, SMALL).rules.minutes) == (3, 10)


def test_who_edited_another_version_is_told_and_overwrites_nothing(world: World) -> None:
    small_exam(world)
    told = "at version 1 now; you edited version 3"
    with pytest.raises(Conflict, match=told), world.acting("cato") as tx:
        publish_blueprint(tx, SMALL, exam_rules(minutes=20), 3)
    with pytest.raises(NotFound), world.acting("cato") as tx:
        publish_blueprint(tx, "no/exam", exam_rules(), 1)
    practice = exam_rules(purpose="practice")
    with pytest.raises(Invalid, match="An exam stays an exam"), world.acting("cato") as tx:
        publish_blueprint(tx, SMALL, practice, 1)


def test_two_examiners_at_once_make_one_version_and_one_conflict(any_world: World) -> None:
    small_exam(any_world)

    def attempt(minutes: int) -> str:
        try:
            with any_world.acting("cato") as tx:
                publish_blueprint(tx, SMALL, exam_rules(minutes=minutes), 1)
        except Conflict:
            return "conflict"
        return "published"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, (20, 30))) == ["conflict", "published"]
    with any_world.looking("cato") as tx:
        assert exam_standing(tx, SMALL).version == 2


def test_a_new_cut_score_needs_a_rationale_and_is_signed_by_who_publishes_it(world: World) -> None:
    small_exam(world)
    with pytest.raises(Invalid, match="Write why"), world.acting("cato") as tx:
        publish_blueprint(tx, SMALL, exam_rules(cut=3), 1)
    with world.acting("cato") as tx:
        publish_blueprint(tx, SMALL, exam_rules(cut=3, cut_basis=basis()), 1)
    with world.looking("cato") as tx:
        standing = exam_standing(tx, SMALL).rules
    assert standing.cut_basis == CutBasis(
        method=CutMethod.ENTERED,
        rationale="Two of three, as the panel said.",
        signed_by="Cato",
        signed_on=world.now.date(),
    )
    moved = standing.model_copy(update={"cut": 2})
    with pytest.raises(Invalid, match="Write why"), world.acting("dina") as tx:
        publish_blueprint(tx, SMALL, moved, 2)
    world.wait(days=9)
    with world.acting("dina") as tx:
        publish_blueprint(tx, SMALL, standing.model_copy(update={"minutes": 9}), 2)
    with world.looking("cato") as tx:
        assert exam_standing(tx, SMALL).rules.cut_basis == standing.cut_basis


def test_the_editor_counts_what_the_bank_has_for_a_cell(any_world: World) -> None:
    rules = small_exam(any_world, 6)
    today = any_world.now.date()
    for n, days in ((2, 20), (3, 80), (4, -1), (5, 0)):
        due = today + timedelta(days=days)
        reviewed = today - timedelta(days=300)
        item = single_choice(
            f"tt-01-{n:03d}", objective="TT-01", reviewed=reviewed, review_due=due, seconds=50
        )
        any_world.load_items(item)
    any_world.load_items(numeric("tt-01-101", objective="TT-01", enemies=["tt-01-002"]))
    with any_world.acting("bela") as tx:
        retire_item(tx, "tt-01-006")
    with any_world.acting("alba") as tx:
        attempt = start_attempt(tx, SMALL, consent=True)
    alba = any_world.actor("alba").own_id
    with any_world.looking("cato") as tx:
        check = blueprint_check(tx, SMALL, rules, alba)
        blind = blueprint_check(tx, SMALL, rules)
        assert takers_of(tx, SMALL) == (alba,)
        assert "test" in known_tags(tx)
    (cell,) = check.cells
    assert (cell.approved, cell.in_date, cell.critical) == (6, 4, 1)
    assert (cell.due_soon, cell.due_later, cell.unseen) == (1, 2, 1)
    assert cell.seconds == pytest.approx((3 * 50 + 90) / 4)
    assert check.enemies == (("tt-01-002", "tt-01-101"),)
    assert {one for one, _ in check.most_drawn} == {
        item.id for item in any_world.items_of(attempt).values()
    }
    assert (check.shortages, check.attempts) == ((), 1)
    # One critical item there is, and it was seen.
    assert check.seen >= 1
    assert (blind.cells[0].unseen, blind.seen) == (None, 0)


def test_a_blueprint_that_cannot_be_met_names_its_cell_before_and_after_publishing(
    world: World,
) -> None:
    small_exam(world)
    short = exam_rules(cells=[{"objective": "TT-01", "level": "recall", "count": 1}], cut=1)
    with world.looking("cato") as tx:
        told = blueprint_check(tx, SMALL, short).shortages
        assert sample_forms(tx, SMALL, short, 1) == ()
    assert told == ("TT-01 (recall) has 0 of 1 other questions",)
    with world.acting("cato") as tx:
        rules = short.model_copy(update={"cut_basis": CutBasis.model_validate(basis())})
        publish_blueprint(tx, SMALL, rules, 1)
    with world.looking("cato") as tx:
        by_exam = {one.standing.exam_id: one.shortages for one in exam_summaries(tx)}
    assert (by_exam[SMALL], by_exam[EXAM]) == (told, ())
    with pytest.raises(Unavailable, match=re.escape(told[0])), world.acting("alba") as tx:
        start_attempt(tx, SMALL, consent=True)


def test_sample_forms_share_as_little_as_the_bank_allows_and_leave_no_trace(world: World) -> None:
    rules = small_exam(world, 7)
    with world.looking("cato") as tx:
        one, two, three = sample_forms(tx, SMALL, rules, 5)
        assert sample_forms(tx, SMALL, rules, 5) == (one, two, three)
        check = blueprint_check(tx, SMALL, rules)
    ids = [{item.item_id for item in form.items} for form in (one, two, three)]
    # The one critical item stands in each.
    assert [len(first & second) for first, second in pairwise(ids)] == [1, 1]
    assert one.seconds == 150
    assert [item.critical for item in one.items] == [True, False, False]
    assert check.most_drawn == ()
