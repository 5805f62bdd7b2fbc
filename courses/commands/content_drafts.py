"""Keeping what is being written of a lesson or of an outline, until it is published or dropped."""

from sqlalchemy.exc import IntegrityError

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from courses.tables.editing import ContentDraftRow

LARGEST_DRAFT = 300_000
ELSEWHERE = (
    "This text went on in another tab or by somebody else. Nothing was overwritten: "
    "load what is saved, or keep your text and save it over."
)


def keep_draft(
    tx: Tx, course: str, lesson: str, based_on: int, text: str, revision: int, module: str = ""
) -> int:
    """Store a text as typed so far and return the draft's new revision.

    `revision` is the one that the screen shows, 0 where there is no draft yet; `Conflict` where
    another tab went on. For commands that asked who acts.
    """
    if len(text) > LARGEST_DRAFT:
        raise Invalid(["This text is too long to be saved. Make two lessons of it."])
    # PostgreSQL stores no NUL.
    clean = text.replace("\x00", "")
    row = tx.session.get(ContentDraftRow, (course, lesson), with_for_update=True)
    if row is None:
        if revision:
            raise Conflict(ELSEWHERE)
        return _begin(tx, course, lesson, based_on, clean, module)
    if row.revision != revision:
        raise Conflict(ELSEWHERE)
    row.text, row.based_on, row.revision = clean, based_on, revision + 1
    row.saved_at, row.saved_by = tx.now, tx.actor.name
    tx.session.add(row)
    tx.session.flush()
    return row.revision


def held_draft(tx: Tx, course: str, lesson: str, revision: int) -> ContentDraftRow:
    """Return a draft at this revision, held until the transaction ends; else `Conflict`."""
    row = tx.session.get(ContentDraftRow, (course, lesson), with_for_update=True)
    if row is None:
        raise NotFound("There is no draft of this any more: it was published or dropped. Reload.")
    if row.revision != revision:
        raise Conflict(ELSEWHERE)
    return row


def _begin(tx: Tx, course: str, lesson: str, based_on: int, text: str, module: str) -> int:
    row = ContentDraftRow(
        course_slug=course,
        lesson_slug=lesson,
        based_on=based_on,
        revision=1,
        text=text,
        module=module,
        saved_at=tx.now,
        saved_by=tx.actor.name,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError:
        raise Conflict(ELSEWHERE) from None
    record(tx, "content:draft", _subject(course, lesson), {"based_on": based_on})
    return row.revision


def _subject(course: str, lesson: str) -> str:
    return f"{course}/{lesson}" if lesson else course
