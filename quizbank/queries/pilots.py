"""Items on trial: drawn beside the questions that count, and counting for nothing."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select

from quizbank.assembly import Candidate
from quizbank.exams import ExamRules
from quizbank.expected_time import expected_seconds
from quizbank.forms import shuffled
from quizbank.proposals import ItemStatus
from quizbank.tables.bank import ItemEnemyRow, ItemRow

# Nobody marks by hand what counts for nothing, and a text to read asks nothing.
_NEVER = ("essay", "description")


def pilot_items(
    session: Session, rules: ExamRules, seed: int, today: date, chosen: Sequence[Candidate]
) -> list[Candidate]:
    """Return as many items on trial as the rules ask for, the least drawn first; fewer where few.

    They are of the exam's objectives, in date, and no enemies of what was chosen or of each other.
    """
    if not rules.pilots:
        return []
    rows = session.exec(select(ItemRow).where(_on_trial(rules, today)).order_by(ItemRow.id)).all()
    known = {row.id: row for row in rows}
    order = sorted(shuffled(seed, "pilots", list(known)), key=lambda one: known[one].drawn)
    enemies = _enemies(session, [*known, *(one.id for one in chosen)])
    met, taken = {one.id for one in chosen}, list[Candidate]()
    for item_id in order:
        if len(taken) < rules.pilots and not met & enemies.get(item_id, set()):
            met.add(item_id)
            taken.append(_candidate(known[item_id]))
    return taken


def count_pilots(session: Session, rules: ExamRules, today: date) -> int:
    """Return how many items on trial a form of these rules may take from.

    For queries that have asked who acts.
    """
    query = select(func.count()).select_from(ItemRow).where(_on_trial(rules, today))
    return session.exec(query).one()


def _on_trial(rules: ExamRules, today: date) -> ColumnElement[bool]:
    return and_(
        col(ItemRow.pool) == rules.pool,
        col(ItemRow.status) == ItemStatus.PILOT,
        col(ItemRow.objective).in_(rules.objectives),
        col(ItemRow.kind).not_in(_NEVER),
        col(ItemRow.review_due) > today,
    )


def _enemies(session: Session, ids: Sequence[str]) -> dict[str, set[str]]:
    pairs = session.exec(
        select(ItemEnemyRow.item_id, ItemEnemyRow.enemy_id).where(
            col(ItemEnemyRow.item_id).in_(ids) | col(ItemEnemyRow.enemy_id).in_(ids)
        )
    )
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _candidate(row: ItemRow) -> Candidate:
    return Candidate(
        id=row.id,
        version_id=row.version_id,
        objective=row.objective,
        level=row.level,
        kind=row.kind,
        critical=row.critical,
        seconds=expected_seconds(row.kind, row.seconds),
        drawn=row.drawn,
    )
