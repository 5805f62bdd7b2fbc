"""The life of a change of content: sent, read by somebody else, commented, returned, published."""

from collections.abc import Callable
from dataclasses import dataclass

from base.audit import record
from base.db import Tx
from base.errors import Conflict
from base.permissions import Permission, needs
from courses.commands.course_writing import check_outline, put_outline
from courses.commands.lesson_writing import check_lesson, put_lesson
from courses.commands.screening_cases import check_case, put_case
from courses.content_changes import Kind, Subject
from courses.tables.editing import ContentChangeRow
from quizbank.commands.changes import (
    ELSEWHERE,
    add_event,
    change_to_decide,
    check_reader,
    check_writable,
    comment_of,
    held_change,
    move,
    needed_comment,
    own_change,
)
from quizbank.proposals import ReviewAction, Stage


@dataclass(frozen=True)
class _Way:
    """How one kind is checked before somebody reads it, and published after."""

    check: Callable[[Tx, ContentChangeRow], object]
    put: Callable[[Tx, ContentChangeRow], int]


_WAYS = {
    Kind.LESSON: _Way(check_lesson, put_lesson),
    Kind.OUTLINE: _Way(check_outline, put_outline),
    Kind.CASE: _Way(check_case, put_case),
}


@needs(Permission.CONTENT_WRITE)
def send_content(tx: Tx, change_id: str, revision: int, note: str = "") -> None:
    """Hand a finished change to the reviewers; from now on it stands still.

    `Invalid` with everything that is missing, and where nothing differs from what stands;
    `Conflict` where another version stands by now.
    """
    row = own_change(tx, ContentChangeRow, change_id)
    check_writable(row, revision)
    _WAYS[Kind(row.kind)].check(tx, row)
    move(tx, row, Stage.IN_REVIEW)
    add_event(tx, row, ReviewAction.SENT, comment_of(note))
    _record(tx, "content:send", row)


@needs(Permission.CONTENT_WRITE)
def take_content_back(tx: Tx, change_id: str) -> int:
    """Take one's own change out of review to go on writing; returns the new revision."""
    row = own_change(tx, ContentChangeRow, change_id)
    if row.state == Stage.IN_REVIEW:
        move(tx, row, Stage.DRAFT)
        add_event(tx, row, ReviewAction.TAKEN_BACK)
    return row.revision


@needs(Permission.CONTENT_WRITE)
def drop_content(tx: Tx, change_id: str, revision: int) -> None:
    """Give up one's own change; what it said is kept, and what is published stands."""
    row = own_change(tx, ContentChangeRow, change_id)
    if row.revision != revision:
        raise Conflict(ELSEWHERE)
    move(tx, row, Stage.DROPPED)
    add_event(tx, row, ReviewAction.DROPPED)
    _record(tx, "content:drop", row)


@needs(Permission.CONTENT_PUBLISH)
def comment_on_content(tx: Tx, change_id: str, said: str) -> None:
    """Leave a comment on an open change; its authors answer the same way."""
    row = held_change(tx, ContentChangeRow, change_id)
    add_event(tx, row, ReviewAction.COMMENTED, needed_comment(said))


@needs(Permission.CONTENT_PUBLISH)
def return_content(tx: Tx, change_id: str, revision: int, said: str) -> None:
    """Hand a change back to its authors with what is to be done; they send it again."""
    row = change_to_decide(tx, ContentChangeRow, change_id, revision)
    comment = needed_comment(said)
    check_reader(tx, row)
    move(tx, row, Stage.RETURNED)
    add_event(tx, row, ReviewAction.RETURNED, comment)
    _record(tx, "content:return", row)


@needs(Permission.CONTENT_PUBLISH)
def approve_content(tx: Tx, change_id: str, revision: int) -> int:
    """Publish a change as the next version and return the version's number.

    Learners meet it from now on. `NotAllowed` for who wrote any of it, `Conflict` where the change
    or what stands is another than the reviewer read, `Invalid` where it no longer fits.
    """
    row = change_to_decide(tx, ContentChangeRow, change_id, revision)
    check_reader(tx, row)
    number = _WAYS[Kind(row.kind)].put(tx, row)
    move(tx, row, Stage.PUBLISHED)
    add_event(tx, row, ReviewAction.PUBLISHED, f"Version {number}.")
    return number


def _record(tx: Tx, action: str, row: ContentChangeRow) -> None:
    subject = Subject(Kind(row.kind), row.course_slug, row.key)
    record(tx, action, str(subject), {"kind": row.kind, "change": row.id})
