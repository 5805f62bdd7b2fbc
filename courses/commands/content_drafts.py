"""Keeping what is written of a lesson, an outline or a case, until it is published or dropped.

For commands that have asked who acts.
"""

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid
from courses.content_changes import Subject
from courses.queries.content_drafts import find_open_row
from courses.tables.editing import ContentChangeRow
from quizbank.commands.changes import ELSEWHERE, begin, move, write_on
from quizbank.proposals import Stage

LARGEST_DRAFT = 300_000


def keep_draft(
    tx: Tx, subject: Subject, based_on: int, text: str, revision: int, module: str = ""
) -> int:
    """Store a text as typed so far and return the draft's new revision.

    `revision` is the one that the screen shows, 0 where there is no draft yet; `Conflict` where
    another tab went on, or while it is in review. Who saves into somebody's draft becomes one of
    its authors.
    """
    if len(text) > LARGEST_DRAFT:
        raise Invalid(["This text is too long to be saved. Make two of it."])
    # PostgreSQL stores no NUL.
    clean = text.replace("\x00", "")
    row = find_open_row(tx, subject)
    if row is None:
        if revision:
            raise Conflict(ELSEWHERE)
        return _begin(tx, subject, based_on, clean, module)
    write_on(tx, row, revision)
    row.text, row.based_on = clean, based_on
    move(tx, row, Stage(row.state))
    return row.revision


def _begin(tx: Tx, subject: Subject, based_on: int, text: str, module: str) -> int:
    where = {"kind": subject.kind, "course_slug": subject.course, "key": subject.key}
    row = begin(tx, ContentChangeRow, based_on, text=text, module=module, **where)
    facts = {"kind": subject.kind, "change": row.id, "based_on": based_on}
    record(tx, "content:draft", str(subject), facts)
    return row.revision
