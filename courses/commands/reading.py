"""Marking lessons and writing notes beside them; both are the person's own."""

from sqlalchemy.exc import IntegrityError

from base.db import Tx
from base.errors import Invalid
from base.permissions import Permission, needs
from courses.queries.lesson import head_of
from courses.queries.reading import own_note
from courses.queries.stored import lesson_heads, manifest_of
from courses.tables.reading import BookmarkRow, NoteRow

LONGEST_NOTE = 10_000


@needs(Permission.COURSE_STUDY)
def bookmark(tx: Tx, slug: str, lesson: str, wanted: bool) -> None:
    """Mark a lesson, or take the mark away; doing so twice changes nothing. Raises `NotFound`."""
    head_of(lesson_heads(tx.session, manifest_of(tx.session, slug)), lesson)
    mine = (tx.actor.own_id, slug, lesson)
    row = tx.session.get(BookmarkRow, mine)
    if row is not None and not wanted:
        tx.session.delete(row)
        tx.session.flush()
    if row is None and wanted:
        _add(tx, slug, lesson)


def _add(tx: Tx, slug: str, lesson: str) -> None:
    made = BookmarkRow(person_id=tx.actor.own_id, course_slug=slug, lesson_slug=lesson, at=tx.now)
    try:
        with tx.session.begin_nested():
            tx.session.add(made)
    except IntegrityError:
        # Another tab was faster and marked the same.
        return


@needs(Permission.COURSE_STUDY)
def write_note(tx: Tx, slug: str, lesson: str, text: str) -> None:
    """Append one's note on a lesson as it reads now; what stood before stays in its history.

    The same text again appends nothing. Raises `Invalid` where it is too long, `NotFound` where
    there is no such lesson.
    """
    head_of(lesson_heads(tx.session, manifest_of(tx.session, slug)), lesson)
    # PostgreSQL keeps no such character in a text.
    kept = text.replace("\x00", "").strip()
    if len(kept) > LONGEST_NOTE:
        raise Invalid([f"This note is longer than {LONGEST_NOTE:,} characters. Shorten it."])
    if kept == own_note(tx, slug, lesson).text:
        return
    tx.session.add(
        NoteRow(
            person_id=tx.actor.own_id,
            course_slug=slug,
            lesson_slug=lesson,
            text=kept,
            at=tx.now,
        )
    )
    tx.session.flush()
