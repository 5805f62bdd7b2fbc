"""Studies that set a cut score: what a rater judges, and what the raters say together."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.items import Item
from quizbank.queries.published import exam_version, item_versions
from quizbank.standard_setting import CutScore, Ratings, cut_score, whole
from quizbank.tables.exams import AngoffItemRow, AngoffRatingRow, AngoffStudyRow, ExamRow

NO_STUDY = "There is no such study. Go back to the studies and choose another."
ROUNDS = {"round 1": 1, "round 2": 2}


@dataclass(frozen=True)
class StudySummary:
    """One line of the studies; `finished` counts raters who judged every item in this round."""

    id: str
    exam_id: str
    exam_title: str
    state: str
    opened_at: datetime
    opened_by: str
    items: int
    finished: int
    cut: int | None
    signed_by: str | None
    signed_at: datetime | None


@dataclass(frozen=True)
class RatedItem:
    """An item to judge, with one's own judgements of both rounds."""

    position: int
    item: Item
    first: float | None
    second: float | None


@dataclass(frozen=True)
class Study:
    """A study with its items, one's own judgements, and what each round says.

    A round's result is None until somebody has finished it. Raters see the first round's only
    once the second has begun, so that nobody is led.
    """

    id: str
    exam_id: str
    exam_title: str
    form_items: int
    standing_cut: int
    state: str
    items: tuple[RatedItem, ...]
    first: CutScore | None
    second: CutScore | None
    cut: int | None
    rationale: str | None
    signed_by: str | None
    signed_at: datetime | None

    @property
    def round(self) -> int:
        """The round that is judged now; 2 once the study is closed."""
        return ROUNDS.get(self.state, 2)

    @property
    def unrated(self) -> tuple[int, ...]:
        """Positions that one has not judged in this round, in order."""
        return tuple(
            one.position
            for one in self.items
            if (one.first if self.round == 1 else one.second) is None
        )


@needs(Permission.EXAM_RATE)
def studies(tx: Tx) -> tuple[StudySummary, ...]:
    """Return all studies, newest first."""
    rows = tx.session.exec(
        select(AngoffStudyRow, ExamRow.title)
        .join(ExamRow, col(ExamRow.id) == col(AngoffStudyRow.exam_id))
        .order_by(col(AngoffStudyRow.opened_at).desc())
    ).all()
    return tuple(_summary(tx, row, title) for row, title in rows)


@needs(Permission.EXAM_RATE)
def study(tx: Tx, study_id: str) -> Study:
    """Return a study as the one who asks may see it; raises `NotFound`."""
    row = study_row(tx, study_id)
    exam = tx.session.get_one(ExamRow, row.exam_id)
    rules = exam_version(tx.session, exam.version_id)
    positions = positions_of(tx, study_id)
    first, second = ratings(tx, study_id, 1), ratings(tx, study_id, 2)
    leads = tx.actor.may(Permission.EXAM_WRITE)
    shown_first = leads or row.state != "round 1"
    shown_second = leads or row.state == "closed"
    return Study(
        id=row.id,
        exam_id=row.exam_id,
        exam_title=exam.title,
        form_items=rules.size,
        standing_cut=rules.cut,
        state=row.state,
        items=_items(tx, positions, first, second),
        first=cut_score(_named(tx, study_id, first), list(positions)) if shown_first else None,
        second=cut_score(_named(tx, study_id, second), list(positions)) if shown_second else None,
        cut=row.cut,
        rationale=row.rationale,
        signed_by=row.signed_by,
        signed_at=row.signed_at,
    )


def study_row(tx: Tx, study_id: str) -> AngoffStudyRow:
    """Return the study's row; raises `NotFound`."""
    row = tx.session.get(AngoffStudyRow, study_id)
    if row is None:
        raise NotFound(NO_STUDY)
    return row


def positions_of(tx: Tx, study_id: str) -> dict[int, str]:
    """Return the item versions that a study judges, by position."""
    rows = tx.session.exec(
        select(AngoffItemRow.position, AngoffItemRow.item_version_id)
        .where(AngoffItemRow.study_id == study_id)
        .order_by(col(AngoffItemRow.position))
    )
    return dict(rows.all())


def ratings(tx: Tx, study_id: str, number: int) -> Ratings:
    """Return every rater's last judgement of every item in a round, by the rater's id."""
    rows = tx.session.exec(
        select(AngoffRatingRow.rater_id, AngoffRatingRow.position, AngoffRatingRow.probability)
        .where(AngoffRatingRow.study_id == study_id, AngoffRatingRow.round == number)
        .order_by(col(AngoffRatingRow.number))
    )
    judged: dict[str, dict[int, float]] = defaultdict(dict)
    for rater, position, probability in rows:
        judged[rater][position] = probability
    return judged


def finished_raters(tx: Tx, study_id: str, number: int) -> int:
    """Return how many raters have judged every item in a round."""
    positions = list(positions_of(tx, study_id))
    return sum(whole(one, positions) for one in ratings(tx, study_id, number).values())


def _summary(tx: Tx, row: AngoffStudyRow, title: str) -> StudySummary:
    return StudySummary(
        id=row.id,
        exam_id=row.exam_id,
        exam_title=title,
        state=row.state,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        items=len(positions_of(tx, row.id)),
        finished=finished_raters(tx, row.id, ROUNDS.get(row.state, 2)),
        cut=row.cut,
        signed_by=row.signed_by,
        signed_at=row.signed_at,
    )


def _items(
    tx: Tx, positions: dict[int, str], first: Ratings, second: Ratings
) -> tuple[RatedItem, ...]:
    items = item_versions(tx.session, list(positions.values()))
    me = tx.actor.person_id or ""
    return tuple(
        RatedItem(
            position,
            items[version_id],
            first.get(me, {}).get(position),
            second.get(me, {}).get(position),
        )
        for position, version_id in positions.items()
    )


def _raters(tx: Tx, study_id: str) -> dict[str, str]:
    rows = tx.session.exec(
        select(AngoffRatingRow.rater_id, AngoffRatingRow.rater)
        .where(AngoffRatingRow.study_id == study_id)
        .distinct()
    )
    return dict(rows.all())


def _named(tx: Tx, study_id: str, judged: Ratings) -> Ratings:
    names = _raters(tx, study_id)
    # Two raters of the same name stay two.
    return {f"{names[rater]} ({rater[-4:]})": one for rater, one in judged.items()}
