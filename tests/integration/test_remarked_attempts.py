"""A law: marking one item version anew says what marking everything anew says."""

from random import Random
from typing import Any

import pytest
from pydantic import JsonValue
from sqlmodel import col, select

from base.permissions import Role
from certs.commands.exams import submit_exam
from certs.commands.marking import mark_essay
from quizbank.commands.attempts import start_attempt
from quizbank.commands.corrections import approve_correction, propose_correction
from quizbank.items import Item
from quizbank.proposals import ItemStatus
from quizbank.queries.corrections import outcomes, used_versions
from quizbank.queries.foreseen import dry_run
from quizbank.queries.marked_attempts import MarkedAttempt, marked_attempts
from quizbank.queries.remarked_attempts import Changed, remarked_attempts
from quizbank.queries.remedies import remedy_of
from quizbank.remedies import RemedyKind
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.corrections import KeyCorrectionRow
from quizbank.tables.decisions import MarkRow
from tests.factories import (
    EXAM,
    World,
    essay,
    exam_rules,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
)
from tests.integration.corrected import REASON, better, replay

PEOPLE = tuple(f"sitter{number}" for number in range(8))
CHOICE, SECOND = "tt-01-021", "tt-01-022"


def academy(world: World) -> World:
    """An exam of every manner of marking, an essay and a pilot among them."""
    world.join("carl", Role.EXAMINER)
    world.join("cora", Role.EXAMINER)
    for name in PEOPLE:
        world.join(name, Role.LEARNER)
    items = [make(objective="TT-01") for make in (multiple_response, numeric, short_answer)]
    items += [make(objective="TT-01") for make in (matching, ordering, essay)]
    items += [single_choice(one, objective="TT-01") for one in (CHOICE, SECOND)]
    world.load_items(*items)
    world.publish(single_choice("tt-01-031", objective="TT-01"), status=ItemStatus.PILOT)
    cells = [{"objective": "TT-01", "count": len(items)}]
    world.give_exam(exam_rules(cells=cells, cut=5, pilots=1, critical_must_pass=True))
    return world


def said(item: Item, rng: Random) -> JsonValue:
    """What somebody may say: the right thing, something else of the right shape, or nonsense."""
    right: Any = item.key()
    other: JsonValue = {"option": "b"}
    if item.kind == "multiple_response":
        other = {"options": rng.sample(item.option_ids(), 1)}
    if item.kind in {"matching", "ordering"}:
        ((name, value),) = right.items()
        other = {name: value[:1] if isinstance(value, list) else dict([*value.items()][:1])}
    return rng.choice([right, right, other, {"nonsense": 1}])


def sit(world: World, name: str, rng: Random) -> str:
    with world.acting(name) as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    for place, item in world.items_of(attempt).items():
        if item.kind == "essay":
            if rng.random() < 0.6:
                world.answer(name, attempt, place, {"text": "The dermis holds it."})
            continue
        for _ in range(rng.randrange(3)):
            world.answer(name, attempt, place, said(item, rng))
        if rng.random() < 0.1:
            world.answer(name, attempt, place, None)
    with world.acting(name) as tx:
        if submit_exam(tx, attempt) is not None:
            return attempt
    (written,) = (at for at, one in world.items_of(attempt).items() if one.kind == "essay")
    for marker in ("carl", "cora"):
        with world.acting(marker) as tx:
            mark_essay(tx, attempt, written, "", {"layer": 4, "why": 3}, "")
    return attempt


def both(world: World, changed: Changed) -> tuple[list[MarkedAttempt | None], ...]:
    """Every decided attempt with the version, marked the short way and the long way."""
    with world.looking("system") as tx:
        used = select(MarkRow.decision_id).where(MarkRow.item_version_id == changed.version_id)
        attempts = tx.session.exec(
            select(AttemptRow).where(col(AttemptRow.decision_id).in_(used)).order_by(AttemptRow.id)
        ).all()
        short = list(remarked_attempts(tx, attempts, changed))
        return short, list(marked_attempts(tx, attempts, {changed.version_id: changed.remedy}))


def a_correction(world: World, rng: Random) -> tuple[str, Changed]:
    """Propose any remedy of any item of the exam."""
    attempt_items = [CHOICE, SECOND, *(f"tt-01-00{number}" for number in (2, 4, 5, 6, 7, 8))]
    item = rng.choice(attempt_items)
    kinds = [RemedyKind.EVERYBODY, RemedyKind.NOBODY]
    kinds += [RemedyKind.KEY] * 2 if item in {CHOICE, SECOND} else []
    fields = better("b", item)
    with world.acting("cato") as tx:
        version = used_versions(tx, item)[0].version_id
        one = propose_correction(tx, version, rng.choice(kinds), REASON, fields)
        return one, Changed(version, remedy_of(tx.session.get_one(KeyCorrectionRow, one)))


@pytest.mark.parametrize("seed", range(2))
def test_the_short_way_and_the_long_way_agree_correction_after_correction(
    world: World, seed: int
) -> None:
    rng = Random(seed)
    academy(world)
    for name in PEOPLE:
        sit(world, name, rng)
    changes = 0
    for _ in range(5):
        world.wait(minutes=1)
        one, changed = a_correction(world, rng)
        short, long = both(world, changed)
        assert short == long
        assert len(short) == len(PEOPLE)
        with world.looking("carl") as tx:
            foreseen = {each.attempt_id: each.after.marks for each in dry_run(tx, one)}
        with world.acting("carl") as tx:
            approve_correction(tx, one)
        assert replay(world) == len(PEOPLE)
        with world.looking("carl") as tx:
            became = outcomes(tx, one)
        assert {each.attempt_id: each.after.marks for each in became} == foreseen
        changes += sum(each.before.marks != each.after.marks for each in became)
    assert changes


def test_while_another_correction_is_replayed_everything_is_marked_anew(world: World) -> None:
    academy(world)
    for name in PEOPLE:
        sit(world, name, Random(name))
    world.wait(minutes=1)
    with world.acting("cato") as tx:
        first = propose_correction(
            tx, used_versions(tx, CHOICE)[0].version_id, RemedyKind.EVERYBODY, REASON
        )
        second = propose_correction(
            tx, used_versions(tx, SECOND)[0].version_id, RemedyKind.EVERYBODY, REASON
        )
    with world.acting("carl") as tx:
        approve_correction(tx, first)
    with world.looking("carl") as tx:
        foreseen = {each.attempt_id: each.after.marks for each in dry_run(tx, second)}
    replay(world)
    with world.looking("carl") as tx:
        assert {each.attempt_id: each.after.marks for each in dry_run(tx, second)} == foreseen
