"""Where items are used: what a change will do there, and items on trial that count for nothing."""

from datetime import timedelta

import pytest

from base.errors import Unavailable
from quizbank.commands.attempts import start_attempt
from quizbank.commands.exams import publish_exam
from quizbank.items import Item, item_to_data
from quizbank.proposals import ItemStatus
from quizbank.queries.used_in import edit_impact, item_uses
from tests.factories import World, description, exam_rules, single_choice

SMALL = "tt/small"


def bank(world: World, size: int = 4, **rules: object) -> list[str]:
    items = [
        single_choice(f"tt-01-{n:03d}", objective="TT-01", critical=n == 1)
        for n in range(1, size + 1)
    ]
    world.load_items(*items)
    with world.acting("dina") as tx:
        publish_exam(tx, SMALL, exam_rules(**rules))
    return [item.id for item in items]


def sit(world: World, name: str = "alba") -> str:
    with world.acting(name) as tx:
        return start_attempt(tx, SMALL, consent=True)


def test_a_change_says_which_attempts_keep_what_and_which_cell_runs_short(
    any_world: World,
) -> None:
    ids = bank(any_world, size=3)
    sit(any_world)
    moved = item_to_data(single_choice(ids[1], objective="TT-02"))
    reworded = item_to_data(single_choice(ids[1], objective="TT-01", stem="Reworded?"))
    with any_world.looking("bela") as tx:
        impact = edit_impact(tx, ids[1], moved)
        assert impact.draws == ("Small exam",)
        assert [(one.exam, one.version, one.running) for one in impact.running] == [
            ("Small exam", 1, 1)
        ]
        assert impact.short == ("Small exam: TT-01 has 1 of 2 other questions",)
        assert edit_impact(tx, ids[1], reworded).short == ()
        unfinished = edit_impact(tx, ids[1], {"objective": "TT-01", "kind": "single_choice"})
        assert len(unfinished.short) == 1
        assert edit_impact(tx, "tt-99-999", moved).draws == ()


def test_a_cell_with_room_to_spare_runs_not_short(world: World) -> None:
    ids = bank(world, size=5)
    moved = item_to_data(single_choice(ids[1], objective="TT-02"))
    with world.looking("bela") as tx:
        assert edit_impact(tx, ids[1], moved).short == ()


def foreseen(world: World, item: Item) -> tuple[str, ...]:
    with world.looking("bela") as tx:
        return edit_impact(tx, item.id, item_to_data(item)).short


def test_new_enemies_and_a_longer_time_are_foreseen(any_world: World) -> None:
    ids = bank(any_world, size=3, time_budget=4)
    same = single_choice(ids[1], objective="TT-01", level="recall")
    foe = single_choice(ids[1], objective="TT-01", enemies=[ids[2]])
    long = single_choice(ids[1], objective="TT-01", seconds=200)
    assert foreseen(any_world, same) == ()
    assert foreseen(any_world, foe) == (
        "Small exam: TT-01 gets 1 of 2 other questions, for enemies may not meet",
    )
    assert foreseen(any_world, long) == (
        "Small exam: the quickest form takes 6 minutes, and the time budget is 4",
    )
    for item in (same, foe):
        any_world.publish(item)
    # What is short already is not the next change's doing.
    assert foreseen(any_world, single_choice(ids[1], objective="TT-01", enemies=[ids[0]])) == ()
    with pytest.raises(Unavailable, match="enemies may not meet"):
        sit(any_world)


def test_cells_that_share_items_are_foreseen(world: World) -> None:
    cells = [
        {"objective": "TT-01", "count": 2, "critical": 1},
        {"objective": "TT-01", "level": "recall", "count": 1},
    ]
    ids = bank(world, size=2, cells=cells)
    world.load_items(single_choice("tt-01-009", objective="TT-01", level="recall"))
    moved = single_choice(ids[1], objective="TT-02")
    (said,) = foreseen(world, moved)
    assert said.endswith("gets 0 of 1 other questions, for other cells need the same ones")


def test_a_text_that_an_exam_shows_is_missed_when_it_goes(world: World) -> None:
    text = description(objective="TT-01")
    world.load_items(text)
    bank(world, size=3, descriptions=[text.id])
    due = world.now.date()
    past = description(objective="TT-01", reviewed=due - timedelta(days=9), review_due=due)
    assert foreseen(world, past) == ("Small exam shows it first, and could not any more",)
    assert foreseen(world, description(objective="TT-01", stem="Look twice.")) == ()


def test_used_in_counts_attempts_by_version_and_exam(any_world: World) -> None:
    ids = bank(any_world, size=3)
    sit(any_world)
    any_world.publish(single_choice(ids[0], objective="TT-01", critical=True, stem="Reworded?"))
    sit(any_world, "lena")
    with any_world.looking("cato") as tx:
        uses = item_uses(tx, ids[0])
    assert [(one.version, one.attempts, one.running) for one in uses] == [(2, 1, 1), (1, 1, 1)]


def test_pilots_stand_in_the_form_and_count_for_nothing(any_world: World) -> None:
    bank(any_world, pilots=2)
    trial = [single_choice(f"tt-01-{n}", objective="TT-01") for n in (801, 802, 803)]
    any_world.publish(*trial, status=ItemStatus.PILOT)
    attempt = sit(any_world)
    items = any_world.items_of(attempt)
    pilots = {place for place, item in items.items() if item.id.startswith("tt-01-80")}
    assert (len(items), len(pilots)) == (5, 2)
    any_world.answer_all("alba", attempt, wrong=frozenset(pilots))
    decision = any_world.submit("alba", attempt).decision
    assert (decision.marks, decision.items, decision.passed) == (3, 3, True)


def test_enemies_meet_no_pilot_and_too_few_pilots_refuse_nobody(world: World) -> None:
    ids = bank(world, size=3, pilots=5)
    foe = single_choice("tt-01-801", objective="TT-01", enemies=[ids[0]])
    world.publish(foe, single_choice("tt-01-802", objective="TT-01"), status=ItemStatus.PILOT)
    shown = {item.id for item in world.items_of(sit(world)).values()}
    assert shown == {*ids, "tt-01-802"}


def test_a_pilot_is_no_question_that_counts(world: World) -> None:
    bank(world, size=3)
    world.publish(single_choice("tt-01-801", objective="TT-01"), status=ItemStatus.PILOT)
    shown = {item.id for item in world.items_of(sit(world)).values()}
    assert "tt-01-801" not in shown


def test_a_change_in_review_leaves_running_draws_alone(world: World) -> None:
    ids = bank(world, size=3)
    change = world.propose("bela", single_choice(ids[1], objective="TT-02"))
    assert change.standing == 1
    assert set(ids) == {item.id for item in world.items_of(sit(world)).values()}
