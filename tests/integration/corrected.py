"""An exam with a wrong key, who sat it, and what a correction of the key makes of them."""

from typing import Any

from sqlmodel import col, select

from base.permissions import Role
from certs.commands.corrections import replay_corrections
from quizbank.commands.attempts import start_attempt
from quizbank.commands.corrections import (
    approve_correction,
    propose_correction,
)
from quizbank.exams import ExamRules
from quizbank.items import item_to_data
from quizbank.queries.corrections import (
    Correction,
    Outcome,
    correction,
    outcomes,
    used_versions,
)
from quizbank.queries.foreseen import Foreseen, dry_run
from quizbank.queries.results import verdict
from quizbank.remedies import RemedyKind
from quizbank.tables.decisions import DecisionRow
from tests.factories import EXAM, World, exam_rules, single_choice

WRONG = "tt-01-001"
RULES = exam_rules(cells=[{"objective": "TT-01", "count": 2}], cut=2)
REASON = "Two textbooks say that b is right as well."


def better(key: str = "b", item_id: str = WRONG) -> dict[str, Any]:
    """The item with another key."""
    data: Any = item_to_data(single_choice(item_id, objective="TT-01"))
    for option in data["options"]:
        option["correct"] = option["id"] == key
    return data


def academy(world: World, rules: ExamRules = RULES) -> World:
    """An exam of two questions, of which the first has a wrong key, and a second examiner."""
    world.join("carl", Role.EXAMINER)
    second = single_choice("tt-01-002", objective="TT-01")
    world.load_items(single_choice(WRONG, objective="TT-01"), second)
    world.give_exam(rules)
    return world


def sat(world: World, name: str, said: str) -> str:
    """Sit the exam: say this to the question with the wrong key, the other one right."""
    with world.acting(name) as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    for place, item in world.items_of(attempt).items():
        world.answer(name, attempt, place, {"option": said} if item.id == WRONG else item.key())
    world.submit(name, attempt)
    return attempt


def version_of(world: World, item_id: str = WRONG) -> str:
    with world.looking("cato") as tx:
        return used_versions(tx, item_id)[0].version_id


def proposed(world: World, remedy: RemedyKind = RemedyKind.KEY, by: str = "cato") -> str:
    version = version_of(world)
    with world.acting(by) as tx:
        fields = better() if remedy is RemedyKind.KEY else None
        return propose_correction(tx, version, remedy, REASON, fields)


def approve(world: World, correction_id: str, by: str = "carl") -> int:
    with world.acting(by) as tx:
        return approve_correction(tx, correction_id)


def replay(world: World) -> int:
    done = 0
    while True:
        with world.as_system() as tx:
            some = replay_corrections(tx)
        if not some:
            return done
        done += some


def corrected(world: World, remedy: RemedyKind = RemedyKind.KEY) -> str:
    one = proposed(world, remedy)
    world.wait(minutes=1)
    approve(world, one)
    replay(world)
    return one


def decisions(world: World, attempt: str) -> list[tuple[int, float, bool, bool]]:
    """Number, marks, verdict, and whether a correction made it, in order."""
    with world.looking("system") as tx:
        rows = tx.session.exec(
            select(DecisionRow)
            .where(DecisionRow.attempt_id == attempt)
            .order_by(col(DecisionRow.number))
        ).all()
        return [(row.number, row.marks, row.passed, bool(row.correction_id)) for row in rows]


def standing(world: World, attempt: str) -> tuple[float, bool]:
    with world.looking("cato") as tx:
        decision = verdict(tx, attempt).decision
    return decision.marks, decision.passed


def foreseen(world: World, one: str) -> tuple[Foreseen, ...]:
    with world.looking("carl") as tx:
        return dry_run(tx, one)


def became(world: World, one: str) -> dict[str, Outcome]:
    with world.looking("carl") as tx:
        return {each.attempt_id: each for each in outcomes(tx, one)}


def shown(world: World, one: str) -> Correction:
    with world.looking("carl") as tx:
        return correction(tx, one)
