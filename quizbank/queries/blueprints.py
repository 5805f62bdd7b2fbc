"""Exams as their writers see them: what the bank has for each cell, and whether a form exists."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.exams import Cell, ExamRules, Purpose
from quizbank.expected_time import expected_seconds
from quizbank.queries.candidates import Drawing, assembled, drawing_for, of_cell
from quizbank.queries.pilots import count_pilots
from quizbank.queries.published import exam_version, item_versions
from quizbank.queries.texts_to_read import versions_to_read
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemEnemyRow, ItemRow, ItemTagRow
from quizbank.tables.exams import ExamRow, ExamVersionRow

MOST_LISTED = 100
_SOON, _LATER = timedelta(days=30), timedelta(days=90)


@dataclass(frozen=True)
class ExamStanding:
    """An exam with its standing rules, and who published them."""

    exam_id: str
    rules: ExamRules
    version: int
    published_at: datetime
    published_by: str
    origin: str
    attempts: int


@dataclass(frozen=True)
class ExamSummary:
    """One line of the exams: how it stands, and what keeps a form from being drawn today."""

    standing: ExamStanding
    shortages: tuple[str, ...]


@dataclass(frozen=True)
class CellCounts:
    """What the bank has for a cell: approved items, of which the others count those in date.

    `due_soon` fall out of date within 30 days, `due_later` within 90; `unseen` by the trainee that
    was asked about, None for nobody. `seconds` is the mean expected time of one.
    """

    approved: int = 0
    in_date: int = 0
    critical: int = 0
    due_soon: int = 0
    due_later: int = 0
    unseen: int | None = None
    seconds: float = 0


@dataclass(frozen=True)
class BlueprintCheck:
    """How a blueprint stands against the bank.

    `enemies` are pairs that can both be drawn, at most `MOST_LISTED`; `most_drawn` are the items
    that stand in the most forms; `pilots` is how many items are on trial for it.
    """

    cells: tuple[CellCounts, ...]
    shortages: tuple[str, ...]
    seen: int
    enemies: tuple[tuple[str, str], ...]
    most_drawn: tuple[tuple[str, int], ...]
    attempts: int
    pilots: int


@dataclass(frozen=True)
class SampleItem:
    """One item of a sample form, under the cell that it fills."""

    cell: str
    critical: bool
    item_id: str
    stem: str


@dataclass(frozen=True)
class SampleForm:
    """A form as it would be drawn, in the order of the cells."""

    items: tuple[SampleItem, ...]
    seconds: int


@needs(Permission.EXAM_WRITE)
def exam_summaries(tx: Tx) -> tuple[ExamSummary, ...]:
    """Return every exam and practice quiz, by title."""
    query = (
        select(col(ExamRow.id))
        .where(col(ExamRow.purpose) != Purpose.REMEDIATION)
        .order_by(col(ExamRow.title), col(ExamRow.id))
    )
    ids = tx.session.connection().execute(query).all()
    standings = [_standing(tx, exam_id) for (exam_id,) in ids]
    return tuple(
        ExamSummary(one, _shortages(tx, Drawing(one.rules, 0, tx.now.date()))) for one in standings
    )


@needs(Permission.EXAM_WRITE)
def exam_standing(tx: Tx, exam_id: str) -> ExamStanding:
    """Return one exam; raises `NotFound`."""
    return _standing(tx, exam_id)


@needs(Permission.EXAM_WRITE)
def takers_of(tx: Tx, exam_id: str, limit: int = 200) -> tuple[str, ...]:
    """Return the ids of the people who took this exam, the latest first."""
    latest = func.max(col(AttemptRow.started_at))
    query = (
        select(col(AttemptRow.person_id))
        .where(col(AttemptRow.exam_id) == exam_id)
        .group_by(col(AttemptRow.person_id))
        .order_by(latest.desc())
        .limit(limit)
    )
    return tuple(person for (person,) in tx.session.connection().execute(query))


@needs(Permission.EXAM_WRITE)
def known_tags(tx: Tx) -> tuple[str, ...]:
    """Return every tag that an item has."""
    query = select(col(ItemTagRow.tag)).distinct().order_by(col(ItemTagRow.tag))
    return tuple(tag for (tag,) in tx.session.connection().execute(query))


@needs(Permission.EXAM_WRITE)
def blueprint_check(
    tx: Tx, exam_id: str, rules: ExamRules, taker: str | None = None
) -> BlueprintCheck:
    """Return how these rules, published or not, stand against the bank today.

    `taker` is the id of a trainee whose earlier forms count as seen.
    """
    today = tx.now.date()
    drawing = drawing_for(tx.session, rules, 0, today, exam_id, taker)
    made = assembled(tx.session, drawing)
    return BlueprintCheck(
        cells=tuple(
            _counts(tx, rules, cell, drawing.seen if taker else None) for cell in rules.cells
        ),
        shortages=(*map(str, made.shortages), *_missing_texts(tx, rules)),
        seen=sum(one.seen for _, one in made.chosen),
        enemies=_enemies(tx, rules),
        most_drawn=_most_drawn(tx, rules),
        attempts=_attempts(tx, exam_id),
        pilots=count_pilots(tx.session, rules, today),
    )


@needs(Permission.EXAM_WRITE)
def sample_forms(
    tx: Tx, exam_id: str, rules: ExamRules, seed: int, number: int = 3
) -> tuple[SampleForm, ...]:
    """Draw forms for that many new takers, one after the other, and keep none of them.

    Each draw counts what the ones before it drew, as real draws do. Empty where there is no form.
    """
    shown: dict[str, int] = {}
    forms: list[SampleForm] = []
    for place in range(number):
        drawing = drawing_for(tx.session, rules, seed + place, tx.now.date(), exam_id, None, shown)
        made = assembled(tx.session, drawing)
        if not made.chosen:
            return ()
        items = item_versions(tx.session, [one.version_id for _, one in made.chosen])
        forms.append(
            SampleForm(
                tuple(
                    SampleItem(quota.name, quota.critical, one.id, items[one.version_id].stem)
                    for quota, one in made.chosen
                ),
                sum(one.seconds for _, one in made.chosen),
            )
        )
        for _, one in made.chosen:
            shown[one.id] = shown.get(one.id, 0) + 1
    return tuple(forms)


def _standing(tx: Tx, exam_id: str) -> ExamStanding:
    exam = tx.session.get(ExamRow, exam_id)
    if exam is None:
        raise NotFound("There is no such exam. Go back to the exams and choose another.")
    version = tx.session.get_one(ExamVersionRow, exam.version_id)
    return ExamStanding(
        exam_id=exam_id,
        rules=exam_version(tx.session, version.id),
        version=version.number,
        published_at=version.published_at,
        published_by=version.published_by,
        origin=version.origin,
        attempts=_attempts(tx, exam_id),
    )


def _shortages(tx: Tx, drawing: Drawing) -> tuple[str, ...]:
    short = assembled(tx.session, drawing).shortages
    return (*map(str, short), *_missing_texts(tx, drawing.rules))


def _missing_texts(tx: Tx, rules: ExamRules) -> list[str]:
    return versions_to_read(tx.session, rules.descriptions, tx.now.date())[1]


def _attempts(tx: Tx, exam_id: str) -> int:
    count = select(func.count()).where(col(AttemptRow.exam_id) == exam_id)
    return tx.session.connection().execute(count).scalar_one()


def _counts(tx: Tx, rules: ExamRules, cell: Cell, seen: frozenset[str] | None) -> CellCounts:
    today, due = tx.now.date(), col(ItemRow.review_due)
    asked = col(ItemRow.id).in_(sorted(seen or ()))
    query = (
        select(
            col(ItemRow.kind),
            col(ItemRow.seconds),
            col(ItemRow.critical),
            func.count(),
            *(
                func.sum(case((condition, 1), else_=0))
                for condition in (
                    due > today,
                    (due > today) & (due <= today + _SOON),
                    (due > today) & (due <= today + _LATER),
                    (due > today) & asked,
                )
            ),
        )
        .where(col(ItemRow.pool) == rules.pool, col(ItemRow.status) == "approved", *of_cell(cell))
        .group_by(col(ItemRow.kind), col(ItemRow.seconds), col(ItemRow.critical))
    )
    rows: list[Any] = [tuple(row) for row in tx.session.connection().execute(query)]
    in_date = sum(row[4] for row in rows)
    spent = sum(expected_seconds(row[0], row[1]) * row[4] for row in rows)
    return CellCounts(
        approved=sum(row[3] for row in rows),
        in_date=in_date,
        critical=sum(row[4] for row in rows if row[2]),
        due_soon=sum(row[5] for row in rows),
        due_later=sum(row[6] for row in rows),
        unseen=None if seen is None else in_date - sum(row[7] for row in rows),
        seconds=spent / in_date if in_date else 0,
    )


def _enemies(tx: Tx, rules: ExamRules) -> tuple[tuple[str, str], ...]:
    one, other = aliased(ItemRow), aliased(ItemRow)
    query = (
        select(col(ItemEnemyRow.item_id), col(ItemEnemyRow.enemy_id))
        .join(one, col(one.id) == col(ItemEnemyRow.item_id))
        .join(other, col(other.id) == col(ItemEnemyRow.enemy_id))
        .where(_examined(tx, rules, one), _examined(tx, rules, other))
        .order_by(col(ItemEnemyRow.item_id), col(ItemEnemyRow.enemy_id))
        .limit(MOST_LISTED)
    )
    pairs = tx.session.connection().execute(query)
    return tuple(dict.fromkeys((min(pair), max(pair)) for pair in map(tuple, pairs)))


def _most_drawn(tx: Tx, rules: ExamRules) -> tuple[tuple[str, int], ...]:
    query = (
        select(col(ItemRow.id), col(ItemRow.drawn))
        .where(_examined(tx, rules, ItemRow), col(ItemRow.drawn) > 0)
        .order_by(col(ItemRow.drawn).desc(), col(ItemRow.id))
        .limit(5)
    )
    return tuple((item_id, drawn) for item_id, drawn in tx.session.connection().execute(query))


def _examined(tx: Tx, rules: ExamRules, item: type[ItemRow]) -> ColumnElement[bool]:
    return and_(
        col(item.pool) == rules.pool,
        col(item.objective).in_(rules.objectives),
        col(item.status) == "approved",
        col(item.review_due) > tx.now.date(),
    )
