"""The life of any change on its way: begun, held while something is done with it, and moved on.

Of items here and of content in courses; for commands that have asked who acts.
"""

from typing import TypeVar

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.ids import new_id
from quizbank.proposals import OPEN, ReviewAction, Stage, may_approve
from quizbank.queries.changes import NO_CHANGE, find_held, writers_of
from quizbank.tables.changes import ChangeRow

LONGEST_COMMENT = 4_000
ELSEWHERE = (
    "This text went on in another tab or by somebody else. Nothing was overwritten: "
    "load what is saved, or keep your text and save it over."
)
_Change = TypeVar("_Change", bound=ChangeRow)


def begin(tx: Tx, table: type[_Change], based_on: int, **said: str) -> _Change:
    """Return the row of a new draft of the actor's, at revision 1 and with these further columns.

    `Conflict` where the same thing has an open change already.
    """
    row = table(
        id=new_id(),
        based_on=based_on,
        state=Stage.DRAFT,
        author_id=tx.actor.person_id,
        author=tx.actor.name,
        created_at=tx.now,
        updated_at=tx.now,
        revision=1,
        **said,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError:
        raise Conflict(ELSEWHERE) from None
    return row


def held_change(tx: Tx, table: type[_Change], change_id: str) -> _Change:
    """Return the row of an open change, held until the transaction ends.

    `NotFound` where there is none, `Conflict` where it is published or dropped already.
    """
    row = find_held(tx, table, table.id == change_id)
    if row is None:
        raise NotFound(NO_CHANGE)
    if row.state not in OPEN:
        reload = "" if row.named else " Reload the page."
        raise Conflict(f"This change{_of(row)} is {row.state} already.{reload}")
    return row


def own_change(tx: Tx, table: type[_Change], change_id: str) -> _Change:
    """Return the row of a change that the actor wrote some of, held; else `NotAllowed`."""
    row = held_change(tx, table, change_id)
    wrote = writers_of(tx, [row])[row.id]
    if tx.actor.person_id not in wrote:
        raise NotAllowed(
            f"{', '.join(wrote.values())} wrote this change, and decides what becomes of it."
        )
    return row


def change_to_decide(tx: Tx, table: type[_Change], change_id: str, revision: int) -> _Change:
    """Return the row of a change in review, held; `Conflict` where it is not as the reader saw it.

    Whoever wrote some of it is told so by `check_reader`.
    """
    row = held_change(tx, table, change_id)
    if row.state != Stage.IN_REVIEW or row.revision != revision:
        raise Conflict(
            f"This change{_of(row)} is another than the one on your screen: its author took it "
            "back or sent it again. Nothing was done; reload the page and read it anew."
        )
    return row


def check_reader(tx: Tx, row: ChangeRow) -> None:
    """Raise `NotAllowed` where the actor wrote some of the change, or is no person."""
    wrote = writers_of(tx, [row])[row.id]
    if not may_approve(tx.actor.person_id, wrote.keys()):
        raise NotAllowed(
            f"You wrote some of this change{_of(row)}, so somebody else reads it and decides. "
            "You can take it back."
            if tx.actor.person_id in wrote
            else "A change is read and published by a person who is signed in."
        )


def check_writable(row: ChangeRow, revision: int) -> None:
    """Raise `Conflict` where the change went on elsewhere or is in review."""
    if row.state == Stage.IN_REVIEW:
        raise Conflict(
            f"{row.named or 'This'} is in review, so its text stands still. "
            "Take it back to go on writing, or wait for the review."
        )
    if row.revision != revision:
        raise Conflict(ELSEWHERE)


def write_on(tx: Tx, row: ChangeRow, revision: int) -> None:
    """Let the actor write into a change, as one of its authors from now on.

    `Conflict` as `check_writable` says. The caller stores the text, and moves the change.
    """
    check_writable(row, revision)
    if tx.actor.person_id not in writers_of(tx, [row])[row.id]:
        add_event(tx, row, ReviewAction.WROTE)


def move(tx: Tx, row: ChangeRow, stage: Stage) -> None:
    """Store what was changed of a change, and where it stands from now on."""
    row.state, row.updated_at = stage, tx.now
    row.revision += 1
    tx.session.add(row)
    tx.session.flush()


def add_event(tx: Tx, row: ChangeRow, action: ReviewAction, comment: str = "") -> None:
    """Append what happened. The caller holds the change's row, so that numbers do not collide."""
    event = row.events
    last = tx.session.exec(
        select(func.max(col(event.number))).where(event.change_id == row.id)
    ).one()
    happened = event(
        change_id=row.id,
        number=(last or 0) + 1,
        at=tx.now,
        action=action,
        comment=comment,
        person_id=tx.actor.person_id,
        person=tx.actor.name,
    )
    tx.session.add(happened)
    tx.session.flush()


def comment_of(said: str) -> str:
    """Return a comment without blanks around it; `Invalid` where it is too long."""
    if len(said) > LONGEST_COMMENT:
        raise Invalid([f"Use at most {LONGEST_COMMENT:,} characters for a comment."])
    # PostgreSQL stores no NUL.
    return said.replace("\x00", "").strip()


def needed_comment(said: str) -> str:
    """Return a comment without blanks around it; `Invalid` where it is empty or too long."""
    comment = comment_of(said)
    if not comment:
        raise Invalid(["Write a comment first: what is to be done, and where?"])
    return comment


def _of(row: ChangeRow) -> str:
    return f" of {row.named}" if row.named else ""
