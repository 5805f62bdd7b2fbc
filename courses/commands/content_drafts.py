"""Keeping what is written of a lesson, an outline or a case, until it is published or dropped.

For commands that have asked who acts.
"""

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.ids import new_id
from courses.content_changes import Subject
from courses.queries.content_drafts import find_open_row, writers_of
from courses.tables.editing import ContentChangeRow, ContentEventRow
from quizbank.commands.draft_rows import ELSEWHERE
from quizbank.proposals import OPEN, ReviewAction, Stage
from quizbank.queries.proposals import NO_PROPOSAL

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
    check_writable(row, revision)
    if tx.actor.person_id not in writers_of(tx, [row])[row.id]:
        add_event(tx, row.id, ReviewAction.WROTE)
    row.text, row.based_on = clean, based_on
    move(tx, row, Stage(row.state))
    return row.revision


def held_change(tx: Tx, change_id: str) -> ContentChangeRow:
    """Return the row of an open change, held until the transaction ends.

    `NotFound` where there is none, `Conflict` where it is published or dropped already.
    """
    row = tx.session.exec(
        select(ContentChangeRow)
        .where(ContentChangeRow.id == change_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound(NO_PROPOSAL)
    if row.state not in OPEN:
        raise Conflict(f"This change is {row.state} already. Reload the page.")
    return row


def own_change(tx: Tx, change_id: str) -> ContentChangeRow:
    """Return the row of a change that the actor wrote some of, held; else `NotAllowed`."""
    row = held_change(tx, change_id)
    wrote = writers_of(tx, [row])[row.id]
    if tx.actor.person_id not in wrote:
        raise NotAllowed(
            f"{', '.join(wrote.values())} wrote this change, and decides what becomes of it."
        )
    return row


def check_writable(row: ContentChangeRow, revision: int) -> None:
    """Raise `Conflict` where the change went on elsewhere or is in review."""
    if row.state == Stage.IN_REVIEW:
        raise Conflict(
            "This is in review, so its text stands still. "
            "Take it back to go on writing, or wait for the review."
        )
    if row.revision != revision:
        raise Conflict(ELSEWHERE)


def move(tx: Tx, row: ContentChangeRow, stage: Stage) -> None:
    """Store what was changed of the draft, and where it stands from now on."""
    row.state, row.updated_at = stage, tx.now
    row.revision += 1
    tx.session.add(row)
    tx.session.flush()


def add_event(tx: Tx, change_id: str, action: ReviewAction, comment: str = "") -> None:
    """Append what happened. The caller holds the change's row, so that numbers do not collide."""
    last = tx.session.exec(
        select(func.max(col(ContentEventRow.number))).where(ContentEventRow.change_id == change_id)
    ).one()
    event = ContentEventRow(
        change_id=change_id,
        number=(last or 0) + 1,
        at=tx.now,
        action=action,
        comment=comment,
        person_id=tx.actor.person_id,
        person=tx.actor.name,
    )
    tx.session.add(event)
    tx.session.flush()


def _begin(tx: Tx, subject: Subject, based_on: int, text: str, module: str) -> int:
    row = ContentChangeRow(
        id=new_id(),
        kind=subject.kind,
        course_slug=subject.course,
        key=subject.key,
        based_on=based_on,
        text=text,
        module=module,
        state=Stage.DRAFT,
        author_id=tx.actor.person_id,
        author=tx.actor.name,
        created_at=tx.now,
        updated_at=tx.now,
        revision=1,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError:
        raise Conflict(ELSEWHERE) from None
    facts = {"kind": subject.kind, "change": row.id, "based_on": based_on}
    record(tx, "content:draft", str(subject), facts)
    return row.revision
