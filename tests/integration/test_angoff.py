"""A cut score set by raters in two rounds, on both databases."""

import pytest

from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.permissions import Role
from quizbank.commands.angoff import begin_second_round, close_study, open_study, rate_item
from quizbank.queries.angoff import Study, studies, study
from quizbank.queries.blueprints import exam_standing
from tests.factories import EXAM, PRACTICE, World


@pytest.fixture
def opened(any_world: World) -> tuple[World, str]:
    any_world.join("nino", Role.EXAMINER)
    with any_world.acting("cato") as tx:
        return any_world, open_study(tx, EXAM)


def see(world: World, name: str, study_id: str) -> Study:
    with world.looking(name) as tx:
        return study(tx, study_id)


def judge_all(world: World, name: str, study_id: str, probability: float) -> None:
    with world.acting(name) as tx:
        for position in study(tx, study_id).unrated:
            rate_item(tx, study_id, position, probability)


def test_from_the_first_judgement_to_the_published_cut(opened: tuple[World, str]) -> None:
    world, study_id = opened
    assert len(see(world, "bela", study_id).items) == 40
    judge_all(world, "bela", study_id, 0.7)
    judge_all(world, "nino", study_id, 0.9)
    with world.acting("cato") as tx:
        begin_second_round(tx, study_id)
    judge_all(world, "bela", study_id, 0.8)
    judge_all(world, "nino", study_id, 0.9)
    with world.acting("cato") as tx:
        said = study(tx, study_id).second
        assert said is not None
        assert said.suggested(40) == 34
        number = close_study(tx, study_id, 34, "Two raters, both practise.")
    with world.looking("cato") as tx:
        standing = exam_standing(tx, EXAM)
        (line,) = studies(tx)
    assert (standing.version, standing.rules.cut) == (number, 34)
    assert standing.rules.cut_basis is not None
    assert standing.rules.cut_basis.method == "angoff"
    assert standing.rules.cut_basis.signed_by == "Cato"
    assert (line.state, line.cut, line.signed_by) == ("closed", 34, "Cato")


def test_nobody_is_led_before_the_second_round(opened: tuple[World, str]) -> None:
    world, study_id = opened
    judge_all(world, "nino", study_id, 0.9)
    assert see(world, "bela", study_id).first is None
    assert see(world, "cato", study_id).first is not None
    judge_all(world, "bela", study_id, 0.5)
    with world.acting("cato") as tx:
        begin_second_round(tx, study_id)
    first = see(world, "bela", study_id).first
    assert first is not None
    assert (first.spreads[0].lowest, first.spreads[0].highest) == (0.5, 0.9)
    assert see(world, "bela", study_id).second is None


def test_the_last_of_several_judgements_counts_and_none_is_lost(
    opened: tuple[World, str],
) -> None:
    world, study_id = opened
    for probability in (0.2, 0.6, 0.4):
        with world.acting("bela") as tx:
            rate_item(tx, study_id, 1, probability)
    assert see(world, "bela", study_id).items[0].first == 0.4


def test_a_round_needs_two_who_finished(opened: tuple[World, str]) -> None:
    world, study_id = opened
    judge_all(world, "bela", study_id, 0.7)
    with pytest.raises(Invalid, match=r"round 1; 1 have"), world.acting("cato") as tx:
        begin_second_round(tx, study_id)


def test_a_cut_needs_its_rationale_and_a_place_on_the_scale(opened: tuple[World, str]) -> None:
    world, study_id = opened
    for _ in (1, 2):
        judge_all(world, "bela", study_id, 0.7)
        judge_all(world, "nino", study_id, 0.8)
        if see(world, "cato", study_id).state == "round 1":
            with world.acting("cato") as tx:
                begin_second_round(tx, study_id)
    with pytest.raises(Invalid, match="Write why"), world.acting("cato") as tx:
        close_study(tx, study_id, 30, " ")
    with pytest.raises(Invalid, match="between 1 and 40"), world.acting("cato") as tx:
        close_study(tx, study_id, 41, "Too high.")
    with world.acting("cato") as tx:
        close_study(tx, study_id, 30, "Agreed.")
    with pytest.raises(Conflict, match="closed already"), world.acting("cato") as tx:
        close_study(tx, study_id, 30, "Again.")
    with pytest.raises(NotAllowed, match="is closed"), world.acting("bela") as tx:
        rate_item(tx, study_id, 1, 0.5)


def test_one_study_of_an_exam_at_a_time(opened: tuple[World, str]) -> None:
    world, _ = opened
    with pytest.raises(Conflict, match="open already"), world.acting("cato") as tx:
        open_study(tx, EXAM)
    with pytest.raises(NotFound), world.acting("cato") as tx:
        open_study(tx, PRACTICE)


def test_a_judgement_out_of_range_or_of_no_item_is_told(opened: tuple[World, str]) -> None:
    world, study_id = opened
    with pytest.raises(Invalid, match="between 0 and 100"), world.acting("bela") as tx:
        rate_item(tx, study_id, 1, 1.5)
    with pytest.raises(NotFound, match="no such item"), world.acting("bela") as tx:
        rate_item(tx, study_id, 41, 0.5)
