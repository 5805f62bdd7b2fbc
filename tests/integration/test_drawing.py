"""Drawing forms from the bank: exact, unseen first, fair to every item."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import col, select

from accounts.commands.people import create_person
from base.errors import Unavailable
from base.permissions import Actor, Role
from quizbank.commands.attempts import start_attempt
from quizbank.commands.exams import publish_exam
from quizbank.commands.results import submit_attempt
from quizbank.exams import ExamRules
from quizbank.items import Item
from quizbank.queries import candidates
from quizbank.queries.candidates import Drawing, assembled, seen_items, whole_bank, windows
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemRow
from quizbank.tables.exams import FormRow
from tests.factories import World, exam_rules, numeric, single_choice

SMALL = "tt/small"
EASY: dict[str, Any] = {"cut": 0, "critical_must_pass": False}


def publish(world: World, items: list[Item], rules: ExamRules) -> None:
    world.load_items(*items)
    with world.acting("dina") as tx:
        publish_exam(tx, SMALL, rules)


def bank_of(size: int, **changes: Any) -> list[Item]:
    return [
        single_choice(f"tt-01-{n:03d}", objective="TT-01", **changes) for n in range(1, size + 1)
    ]


def rules_of(count: int, **changes: Any) -> ExamRules:
    cells = [{"objective": "TT-01", "count": count}]
    return exam_rules(**{**EASY, "cells": cells, **changes})


def sit(world: World, name: str) -> set[str]:
    """Start, and hand in an empty exam; returns the items of the form."""
    with world.acting(name) as tx:
        attempt = start_attempt(tx, SMALL, consent=True)
    with world.acting(name) as tx:
        submit_attempt(tx, attempt)
    world.wait(hours=25)
    return {item.id for item in world.items_of(attempt).values()}


def takers(world: World, number: int) -> list[str]:
    names = [f"taker{one}" for one in range(number)]
    for name in names:
        with world.as_system() as tx:
            person = create_person(tx, name, f"{name}@example.org", None, (Role.LEARNER,))
        world.cast[name] = Actor(person, name, frozenset({Role.LEARNER}))
    return names


def drawn_counts(world: World) -> dict[str, int]:
    with world.looking("system") as tx:
        rows = tx.session.exec(
            select(ItemRow.id, ItemRow.drawn).where(col(ItemRow.objective) == "TT-01")
        )
        return dict(rows.all())


def test_a_retake_shows_nothing_seen_while_anything_else_remains(any_world: World) -> None:
    retakes = {"max_attempts": 4, "wait_hours": 24}
    publish(any_world, bank_of(7), rules_of(3, cut=3, retakes=retakes))
    first, second, third = (sit(any_world, "alba") for _ in range(3))
    assert not first & second
    assert len(third - first - second) == 1
    with any_world.looking("system") as tx:
        seen = seen_items(tx.session, SMALL, any_world.actor("alba").own_id)
        assert seen == first | second | third
        assert seen_items(tx.session, SMALL, any_world.actor("lena").own_id) == frozenset()


def test_a_new_version_of_an_item_is_still_seen(world: World) -> None:
    publish(world, bank_of(4), rules_of(2, cut=2))
    first = sit(world, "alba")
    for one in first:
        world.publish(single_choice(one, objective="TT-01", stem="Reworded."))
    assert not first & sit(world, "alba")


def test_exposure_is_balanced_over_many_takers(world: World) -> None:
    publish(world, bank_of(10), rules_of(3))
    shown = Counter(one for name in takers(world, 20) for one in sit(world, name))
    assert sorted(shown.values()) == [6] * 10
    assert drawn_counts(world) == dict(shown)


def test_an_item_above_the_cap_is_drawn_only_where_no_other_fits(any_world: World) -> None:
    publish(any_world, bank_of(6), rules_of(2, exposure_cap=0.5))
    names = takers(any_world, 4)
    for name in names:
        sit(any_world, name)
    with any_world.as_system() as tx:
        for item in tx.session.exec(select(ItemRow).where(col(ItemRow.objective) == "TT-01")):
            item.drawn = {"tt-01-001": 2, "tt-01-002": 2}.get(item.id, 3)
    with any_world.looking("system") as tx:
        drawing = Drawing(rules_of(2, exposure_cap=0.5), 1, any_world.now.date(), forms=4)
        made = assembled(tx.session, drawing)
        assert not any(one.over_cap for one in windows(tx.session, drawing)[0] if one.drawn < 2)
        assert {one.id for _, one in made.chosen} == {"tt-01-001", "tt-01-002"}
        tight = Drawing(rules_of(2, exposure_cap=0.1), 1, any_world.now.date(), forms=4)
        assert len(assembled(tx.session, tight).chosen) == 2


def test_items_used_up_for_one_person_come_back_before_a_form_is_refused(world: World) -> None:
    publish(world, bank_of(3), rules_of(3, cut=3))
    assert sit(world, "alba") == sit(world, "alba")


def test_enemies_never_meet_whoever_of_the_two_named_the_other(any_world: World) -> None:
    items = bank_of(4)
    items[0] = single_choice("tt-01-001", objective="TT-01", enemies=["tt-01-002", "tt-01-003"])
    publish(any_world, items, rules_of(2))
    for name in takers(any_world, 6):
        form = sit(any_world, name)
        assert not ("tt-01-001" in form and form & {"tt-01-002", "tt-01-003"})


def test_what_cannot_be_put_together_names_the_cell_and_starts_nothing(any_world: World) -> None:
    items = [single_choice("tt-01-001", objective="TT-01", enemies=["tt-01-002"])]
    items += [single_choice("tt-01-002", objective="TT-01")]
    publish(any_world, items, rules_of(2))
    sentence = "TT-01 gets 1 of 2 other questions, for enemies may not meet"
    with pytest.raises(Unavailable, match=sentence), any_world.acting("alba") as tx:
        start_attempt(tx, SMALL, consent=True)
    with any_world.looking("alba") as tx:
        assert tx.session.exec(select(AttemptRow.id)).all() == []
        assert tx.session.exec(select(FormRow.id)).all() == []
    assert set(drawn_counts(any_world).values()) == {0}


def test_cells_of_level_kind_and_tags_share_one_objective(any_world: World) -> None:
    items = [
        *bank_of(2, level="recall"),
        numeric("tt-01-101", objective="TT-01", tags=["eye", "skin"]),
        numeric("tt-01-102", objective="TT-01", tags=["eye"]),
    ]
    cells = [
        {"objective": "TT-01", "count": 2},
        {"objective": "TT-01", "kinds": ["numeric", "matching"], "count": 1},
        {"objective": "TT-01", "tags": ["eye", "skin"], "level": "apply", "count": 1},
    ]
    publish(any_world, items, rules_of(1, cells=cells))
    assert len(sit(any_world, "alba")) == 4


def test_a_time_budget_holds_with_the_times_of_kinds_for_items_without_one(world: World) -> None:
    items = [*bank_of(3, seconds=100), single_choice("tt-01-004", objective="TT-01", seconds=20)]
    publish(world, items, rules_of(2, time_budget=2))
    assert "tt-01-004" in sit(world, "alba")
    with world.acting("dina") as tx:
        publish_exam(tx, SMALL, rules_of(3, time_budget=2))
    sentence = "the quickest form takes 4 minutes, and the time budget is 2"
    with pytest.raises(Unavailable, match=sentence), world.acting("lena") as tx:
        start_attempt(tx, SMALL, consent=True)


def test_people_who_start_at_once_get_whole_forms_and_every_draw_is_counted(
    any_world: World,
) -> None:
    publish(any_world, bank_of(12), rules_of(4))
    names = takers(any_world, 8)

    def start(name: str) -> str:
        with any_world.acting(name) as tx:
            return start_attempt(tx, SMALL, consent=True)

    with ThreadPoolExecutor(8) as pool:
        attempts = list(pool.map(start, names))
    forms = [{item.id for item in any_world.items_of(one).values()} for one in attempts]
    assert [len(form) for form in forms] == [4] * 8
    shown = Counter(one for form in forms for one in form)
    assert {one: count for one, count in drawn_counts(any_world).items() if count} == dict(shown)


@pytest.mark.parametrize("widths", [(1,), (1, 16)])
def test_a_form_that_no_window_holds_is_found_in_wider_ones_or_in_the_whole_bank(
    any_world: World, widths: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred items that are all enemies of the one that a second cell needs, but for two."""
    monkeypatch.setattr(candidates, "_WIDTHS", widths)
    items = [
        single_choice(
            f"tt-01-{n:03d}",
            objective="TT-01",
            enemies=["tt-01-900"] if n > 2 else [],
            level="recall",
        )
        for n in range(1, 101)
    ]
    items.append(single_choice("tt-01-900", objective="TT-01", level="apply"))
    cells = [
        {"objective": "TT-01", "level": "recall", "count": 2},
        {"objective": "TT-01", "level": "apply", "count": 1},
    ]
    rules = rules_of(1, cells=cells)
    publish(any_world, items, rules)
    with any_world.looking("system") as tx:
        for seed in range(5):
            drawing = Drawing(rules, seed, any_world.now.date())
            made = assembled(tx.session, drawing)
            assert {one.id for _, one in made.chosen} == {"tt-01-001", "tt-01-002", "tt-01-900"}
            # One hundred and one in all; the windows are of sixty-four.
            assert len(windows(tx.session, drawing)[0]) < 101


def test_the_whole_bank_leaves_out_only_what_no_form_can_need(any_world: World) -> None:
    items = bank_of(9) + [numeric(f"tt-01-1{n:02d}", objective="TT-01") for n in range(9)]
    items += [single_choice("tt-01-200", objective="TT-01", enemies=["tt-01-201"])]
    items += [single_choice("tt-01-201", objective="TT-01")]
    publish(any_world, items, rules_of(3))
    with any_world.looking("system") as tx:
        drawing = Drawing(rules_of(3), 1, any_world.now.date())
        kinds = Counter(one.kind for one in whole_bank(tx.session, drawing))
    assert kinds == {"single_choice": 5, "numeric": 3}
