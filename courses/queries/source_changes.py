"""Sources that changed: what was noted, what rests on them, which quizzes were sent."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from courses.queries.source_uses import Place, cited_by
from courses.queries.stored import manifest_of
from courses.tables.editing import SourceChangeRow, UpdateQuizRow
from quizbank.queries.exams import exam_offer

# What is learned and examined; figures stand in lessons, which list their sources too.
_TAUGHT = (Place.LESSON, Place.ITEM)


@dataclass(frozen=True)
class SourceChange:
    """A noted change of a source; `reached` are the people to whom its quiz was sent."""

    id: str
    source_key: str
    note: str
    at: datetime
    by: str
    reached: frozenset[str]


@dataclass(frozen=True)
class OwnUpdate:
    """A quiz about a changed source that somebody was sent and has not finished."""

    change_id: str
    course_slug: str
    course_title: str
    source_key: str
    note: str
    begun: bool


@dataclass(frozen=True)
class Touched:
    """What of a course rests on a source: objectives of its lessons and items, ids of its items."""

    objectives: frozenset[str]
    items: frozenset[str]


@needs(Permission.ITEM_READ)
def source_changes(tx: Tx) -> tuple[SourceChange, ...]:
    """Return every noted change, newest first."""
    reached: dict[str, set[str]] = defaultdict(set)
    for change_id, person_id in tx.session.exec(
        select(UpdateQuizRow.change_id, UpdateQuizRow.person_id)
    ):
        reached[change_id].add(person_id)
    rows = tx.session.exec(
        select(SourceChangeRow).order_by(col(SourceChangeRow.at).desc(), col(SourceChangeRow.id))
    )
    return tuple(
        SourceChange(row.id, row.source_key, row.note, row.at, row.by, frozenset(reached[row.id]))
        for row in rows
    )


@needs(Permission.EXAM_SIT)
def own_updates(tx: Tx) -> tuple[OwnUpdate, ...]:
    """Return the quizzes that one was sent and has not finished, oldest first."""
    rows = tx.session.exec(
        select(UpdateQuizRow, SourceChangeRow)
        .join(SourceChangeRow, col(SourceChangeRow.id) == col(UpdateQuizRow.change_id))
        .where(UpdateQuizRow.person_id == tx.actor.own_id)
        .order_by(col(UpdateQuizRow.sent_at), col(UpdateQuizRow.change_id))
    ).all()
    found: list[OwnUpdate] = []
    for sent, change in rows:
        course = manifest_of(tx.session, sent.course_slug).course
        begun = sent.attempt_id is not None
        if begun and exam_offer(tx, course.practice_id).running != sent.attempt_id:
            continue
        found.append(
            OwnUpdate(change.id, course.slug, course.title, change.source_key, change.note, begun)
        )
    return tuple(found)


def change_row(tx: Tx, change_id: str) -> SourceChangeRow:
    """Return a noted change; raises `NotFound`. For what has asked who acts."""
    row = tx.session.get(SourceChangeRow, change_id)
    if row is None:
        raise NotFound("There is no such change. Go back to the sources and choose another.")
    return row


def touched_courses(tx: Tx, source_key: str) -> frozenset[str]:
    """Return the courses with a lesson or an item that cites the source.

    For what has asked who acts.
    """
    uses = cited_by(tx, source_key)
    return frozenset(one.course for one in uses if one.place in _TAUGHT and one.course)


def touched_by(tx: Tx, source_key: str, course: str) -> Touched:
    """Return what of a course rests on a source. For what has asked who acts."""
    uses = [one for one in cited_by(tx, source_key) if one.course == course]
    return Touched(
        frozenset(code for one in uses if one.place in _TAUGHT for code in one.objectives),
        frozenset(one.key for one in uses if one.place is Place.ITEM),
    )
