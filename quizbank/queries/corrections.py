"""Key corrections: the list, one of them, whom it affects, and what became of each attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.decisions import Decision
from quizbank.exams import Purpose
from quizbank.items import Item, item_from_json
from quizbank.remedies import RemedyKind
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemVersionRow
from quizbank.tables.corrections import CorrectionOutcomeRow, KeyCorrectionRow
from quizbank.tables.decisions import DecisionRow, MarkRow
from quizbank.tables.exams import ExamRow, FormItemRow

_DECISION = TypeAdapter(Decision)
NO_CORRECTION = "There is no such correction. Go to the list of corrections and choose one."
# A place of a form that a decision counted: what a correction may change.
_COUNTED_IN_EXAMS = (
    col(FormItemRow.scored),
    col(AttemptRow.decision_id).is_not(None),
    col(ExamRow.purpose) == Purpose.EXAM,
)


@dataclass(frozen=True)
class Affected:
    """A decided attempt whose form has the item version at a place that counts."""

    attempt_id: str
    person_id: str
    decision_id: str


@dataclass(frozen=True)
class Correction:
    """A key correction; `better` is the item as corrected, where a better key is the remedy.

    `listed` is how many attempts it affects once it is approved, `remarked` how many of them are
    done, `told` how many of their trainees were told.
    """

    id: str
    item_id: str
    version_id: str
    version: int
    remedy: RemedyKind
    item: Item
    better: Item | None
    reason: str
    state: str
    proposed_at: datetime
    proposed_by: str
    mine: bool
    decided_at: datetime | None
    decided_by: str | None
    answer: str | None
    taken_back: bool
    listed: int
    remarked: int
    told: int

    @property
    def replaying(self) -> bool:
        """Whether attempts are still to be marked again."""
        return self.remarked < self.listed


@dataclass(frozen=True)
class Reached:
    """What a decision says in figures; `missed` is how many critical questions were."""

    marks: float
    items: int
    cut: int
    passed: bool
    missed: int


def reached(decision: Decision) -> Reached:
    """Return the figures of a decision."""
    return Reached(
        decision.marks,
        decision.items,
        decision.cut,
        decision.passed,
        len(decision.critical_misses),
    )


def reached_as_stored(result: str) -> Reached:
    """Return the figures of a decision's result as its row holds it."""
    return reached(_DECISION.validate_json(result))


@dataclass(frozen=True)
class Outcome:
    """What an approved correction did to one attempt that is remarked."""

    attempt_id: str
    person_id: str
    exam_title: str
    before: Reached
    after: Reached
    told_at: datetime | None
    told_by: str | None


@dataclass(frozen=True)
class UsedVersion:
    """A version of an item, and how many decided attempts counted it."""

    version_id: str
    number: int
    attempts: int


@needs(Permission.KEY_CORRECT)
def corrections(tx: Tx, limit: int = 200) -> tuple[Correction, ...]:
    """Return corrections, those that wait for a decision first, then the newest."""
    rows = tx.session.exec(
        select(KeyCorrectionRow)
        .order_by(
            (col(KeyCorrectionRow.state) != "proposed"), col(KeyCorrectionRow.proposed_at).desc()
        )
        .limit(limit)
    ).all()
    return tuple(_correction(tx, row) for row in rows)


@needs(Permission.KEY_CORRECT)
def correction(tx: Tx, correction_id: str) -> Correction:
    """Return one correction; raises `NotFound`."""
    return _correction(tx, correction_row(tx, correction_id))


@needs(Permission.KEY_CORRECT)
def outcomes(tx: Tx, correction_id: str) -> tuple[Outcome, ...]:
    """Return the remarked attempts of an approved correction, those with another verdict first."""
    before, after = aliased(DecisionRow), aliased(DecisionRow)
    marks, passed = col(before.marks), col(before.passed)
    rows = tx.session.connection().execute(
        select_columns(
            col(AttemptRow.id),
            col(AttemptRow.person_id),
            col(ExamRow.title),
            col(before.result),
            col(after.result),
            col(CorrectionOutcomeRow.told_at),
            col(CorrectionOutcomeRow.told_by),
        )
        .join(CorrectionOutcomeRow, col(CorrectionOutcomeRow.attempt_id) == col(AttemptRow.id))
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .join(before, col(before.id) == col(CorrectionOutcomeRow.before_id))
        .join(after, col(after.id) == col(CorrectionOutcomeRow.after_id))
        .where(col(CorrectionOutcomeRow.correction_id) == correction_id)
        .order_by(passed == col(after.passed), marks == col(after.marks), col(AttemptRow.id))
    )
    return tuple(
        Outcome(
            attempt,
            person,
            title,
            reached_as_stored(was),
            reached_as_stored(now),
            told_at,
            told_by,
        )
        for attempt, person, title, was, now, told_at, told_by in rows
    )


@needs(Permission.KEY_CORRECT)
def used_versions(tx: Tx, item_id: str) -> tuple[UsedVersion, ...]:
    """Return the versions of an item that decided attempts counted, newest first."""
    rows = tx.session.exec(
        select(ItemVersionRow.id, ItemVersionRow.number, func.count(col(AttemptRow.id)))
        .join(FormItemRow, col(FormItemRow.item_version_id) == col(ItemVersionRow.id))
        .join(AttemptRow, col(AttemptRow.form_id) == col(FormItemRow.form_id))
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .where(
            ItemVersionRow.item_id == item_id,
            *_COUNTED_IN_EXAMS,
        )
        .group_by(col(ItemVersionRow.id), col(ItemVersionRow.number))
        .order_by(col(ItemVersionRow.number).desc())
    )
    return tuple(UsedVersion(*row) for row in rows)


def affected_attempts(tx: Tx, version_id: str) -> list[Affected]:
    """Return the decided attempts that counted an item version, in the order of their ids."""
    rows = tx.session.exec(
        select(AttemptRow.id, AttemptRow.person_id, AttemptRow.decision_id)
        .join(FormItemRow, col(FormItemRow.form_id) == col(AttemptRow.form_id))
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .where(
            FormItemRow.item_version_id == version_id,
            *_COUNTED_IN_EXAMS,
        )
        .order_by(col(AttemptRow.id))
    )
    return [Affected(one, person, str(decision)) for one, person, decision in rows]


def emptied_exams(tx: Tx, version_id: str) -> Sequence[str]:
    """Return the titles of exams of which an attempt counts nothing but this item version."""
    counted = (
        select(MarkRow.decision_id)
        .where(col(MarkRow.scored))
        .group_by(col(MarkRow.decision_id))
        .having(func.count() == 1)
    )
    return tx.session.exec(
        select(ExamRow.title)
        .join(AttemptRow, col(AttemptRow.exam_id) == col(ExamRow.id))
        .join(MarkRow, col(MarkRow.decision_id) == col(AttemptRow.decision_id))
        .where(
            MarkRow.item_version_id == version_id,
            col(MarkRow.scored),
            col(MarkRow.decision_id).in_(counted),
        )
        .distinct()
    ).all()


def being_replayed(tx: Tx) -> bool:
    """Tell whether attempts are still to be marked again for an approved correction."""
    waiting = select(CorrectionOutcomeRow.attempt_id).where(
        col(CorrectionOutcomeRow.after_id).is_(None)
    )
    return tx.session.exec(waiting.limit(1)).first() is not None


def open_correction_of(tx: Tx, version_id: str) -> str | None:
    """Return the correction of an item version that waits for a decision, or None."""
    return tx.session.exec(
        select(KeyCorrectionRow.id).where(
            KeyCorrectionRow.item_version_id == version_id, KeyCorrectionRow.state == "proposed"
        )
    ).first()


def correction_row(tx: Tx, correction_id: str, *, locked: bool = False) -> KeyCorrectionRow:
    """Return a correction for this package; raises `NotFound`."""
    row = tx.session.get(KeyCorrectionRow, correction_id, with_for_update=locked or None)
    if row is None:
        raise NotFound(NO_CORRECTION)
    return row


def version_row(tx: Tx, version_id: str) -> ItemVersionRow:
    """Return an item version for this package; raises `NotFound`."""
    row = tx.session.get(ItemVersionRow, version_id)
    if row is None:
        raise NotFound("There is no such version of an item. Choose one on the item's page.")
    return row


def _correction(tx: Tx, row: KeyCorrectionRow) -> Correction:
    version = version_row(tx, row.item_version_id)
    listed, remarked, told = tx.session.exec(
        select(
            func.count(),
            func.count(col(CorrectionOutcomeRow.after_id)),
            func.count(col(CorrectionOutcomeRow.told_at)),
        ).where(CorrectionOutcomeRow.correction_id == row.id)
    ).one()
    return Correction(
        id=row.id,
        item_id=version.item_id,
        version_id=version.id,
        version=version.number,
        remedy=RemedyKind(row.remedy),
        item=item_from_json(version.payload),
        better=item_from_json(row.payload) if row.payload else None,
        reason=row.reason,
        state=row.state,
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        mine=row.proposed_by_id == tx.actor.person_id,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        answer=row.answer,
        taken_back=row.state == "rejected" and row.decided_by_id == row.proposed_by_id,
        listed=listed,
        remarked=remarked,
        told=told,
    )
