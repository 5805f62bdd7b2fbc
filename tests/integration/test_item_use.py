"""Where items are used: what a change will do there, and items on trial that count for nothing."""

from quizbank.commands.attempts import start_attempt
from quizbank.commands.exams import publish_exam
from quizbank.items import item_to_data
from quizbank.proposals import ItemStatus
from quizbank.queries.used_in import edit_impact, item_uses
from tests.factories import World, exam_rules, single_choice

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
        assert impact.short == ("TT-01 of Small exam: 1 of 2 other questions",)
        assert edit_impact(tx, ids[1], reworded).short == ()
        unfinished = edit_impact(tx, ids[1], {"objective": "TT-01", "kind": "single_choice"})
        assert len(unfinished.short) == 1
        assert edit_impact(tx, "tt-99-999", moved).draws == ()


def test_a_cell_with_room_to_spare_runs_not_short(world: World) -> None:
    ids = bank(world, size=5)
    moved = item_to_data(single_choice(ids[1], objective="TT-02"))
    with world.looking("bela") as tx:
        assert edit_impact(tx, ids[1], moved).short == ()


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
