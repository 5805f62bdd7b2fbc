"""What is being written of a lesson, an outline or a case: the one open change of each.

For queries and commands that have asked who acts.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from base.db import Tx
from courses.content_changes import Kind, Subject
from courses.tables.editing import ContentChangeRow
from quizbank.proposals import OPEN, Stage
from quizbank.queries.changes import ReviewEvent, events_of, find_held, writers_of


@dataclass(frozen=True)
class SavedDraft:
    """What is saved of a text that is being written, and the version that it went on from.

    `mine` tells that the reader wrote some of it.
    """

    id: str
    stage: Stage
    based_on: int
    revision: int
    text: str
    module: str
    saved_at: datetime
    authors: tuple[str, ...]
    mine: bool
    events: tuple[ReviewEvent, ...]

    @property
    def in_review(self) -> bool:
        """Whether it stands still until somebody else has read it."""
        return self.stage is Stage.IN_REVIEW


def saved_draft(tx: Tx, subject: Subject) -> SavedDraft | None:
    """Return the open change of this, or None."""
    row = tx.session.exec(select(ContentChangeRow).where(*_open(subject))).first()
    if row is None:
        return None
    wrote = writers_of(tx, [row])[row.id]
    return SavedDraft(
        id=row.id,
        stage=Stage(row.state),
        based_on=row.based_on,
        revision=row.revision,
        text=row.text,
        module=row.module,
        saved_at=row.updated_at,
        authors=tuple(wrote.values()),
        mine=tx.actor.person_id in wrote,
        events=events_of(tx, row),
    )


def find_open_row(tx: Tx, subject: Subject) -> ContentChangeRow | None:
    """Return the row of the open change, held until the transaction ends, or None."""
    return find_held(tx, ContentChangeRow, *_open(subject))


def writers_by_version(tx: Tx, subject: Subject) -> dict[int, tuple[str, ...]]:
    """Return who wrote each version that came of a change, by the version's number.

    An outline's change may begin from an older version, so it is not asked for those.
    """
    rows = tx.session.exec(
        select(ContentChangeRow).where(*_of(subject), ContentChangeRow.state == Stage.PUBLISHED)
    ).all()
    wrote = writers_of(tx, rows)
    return {row.based_on + 1: tuple(wrote[row.id].values()) for row in rows}


def open_texts(tx: Tx, kind: Kind, course: str) -> dict[str, str]:
    """Return what is being written of one kind in this course: the texts by their key."""
    rows = tx.session.exec(
        select(ContentChangeRow.key, ContentChangeRow.text)
        .where(
            ContentChangeRow.kind == kind,
            ContentChangeRow.course_slug == course,
            col(ContentChangeRow.state).in_(OPEN),
        )
        .order_by(ContentChangeRow.key)
    )
    return dict(rows.all())


def _open(subject: Subject) -> tuple[bool | ColumnElement[bool], ...]:
    return (*_of(subject), col(ContentChangeRow.state).in_(OPEN))


def _of(subject: Subject) -> tuple[bool, ...]:
    return (
        ContentChangeRow.kind == subject.kind,
        ContentChangeRow.course_slug == subject.course,
        ContentChangeRow.key == subject.key,
    )
