"""The outbox: mail is written in the transaction it tells of, and sent later.

A letter is claimed before it is sent, so that of several processes one sends it. What was sent
keeps no text: it may hold a code.
"""

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, update

from accounts.outbox import MOST_TRIES, Letter, wait_after_try
from accounts.tables import MessageRow
from base.audit import record
from base.db import Tx
from base.errors import NotFound
from base.ids import new_id
from base.permissions import Permission, needs

_AT_ONCE = 20


def put_message(tx: Tx, key: str, recipient: str, subject: str, body: str) -> bool:
    """Write a mail to be sent; returns False where one with this key was written before.

    Part of commands that checked who asks; `recipient` is in normal form.
    """
    row = MessageRow(
        id=new_id(),
        key=key,
        recipient=recipient,
        subject=" ".join(subject.split()),
        body=body,
        written_at=tx.now,
        next_try_at=tx.now,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError:
        return False
    return True


@needs(Permission.MAIL_SEND)
def claim_letters(tx: Tx) -> tuple[Letter, ...]:
    """Take some letters that are due, each counted as a try; no other process gets the same."""
    due = (
        select(MessageRow.id)
        .where(
            col(MessageRow.sent_at).is_(None),
            MessageRow.next_try_at <= tx.now,
            MessageRow.tried < MOST_TRIES,
        )
        .order_by(col(MessageRow.next_try_at))
        .limit(_AT_ONCE)
    )
    claimed = [letter for one in tx.session.exec(due).all() if (letter := _claim(tx, one))]
    return tuple(claimed)


@needs(Permission.MAIL_SEND)
def note_sent(tx: Tx, message_id: str) -> None:
    """Remember that a letter was handed over, and forget what it said."""
    _update(tx, message_id, sent_at=tx.now, problem=None, body="")


@needs(Permission.MAIL_SEND)
def note_not_sent(tx: Tx, message_id: str, problem: str, final: bool) -> None:
    """Remember why a letter was not taken; where `final`, it is tried no more."""
    _update(tx, message_id, problem=problem, **({"tried": MOST_TRIES} if final else {}))


@needs(Permission.MAIL_READ)
def try_again(tx: Tx, message_id: str) -> None:
    """Let a letter that was not sent be tried at once; raises `NotFound`."""
    row = tx.session.get(MessageRow, message_id)
    if row is None or row.sent_at:
        raise NotFound("This mail is sent already, or is no longer here. Reload the page.")
    row.tried, row.next_try_at, row.problem = 0, tx.now, None
    record(tx, "mail:try-again", message_id, {})


def _claim(tx: Tx, message_id: str) -> Letter | None:
    # Checked again in the statement that takes it: another process may have been faster.
    tried = tx.session.exec(
        update(MessageRow)
        .where(
            col(MessageRow.id) == message_id,
            col(MessageRow.sent_at).is_(None),
            col(MessageRow.next_try_at) <= tx.now,
        )
        .values(tried=MessageRow.tried + 1)
        .returning(col(MessageRow.tried))
    ).first()
    if tried is None:
        return None
    _update(tx, message_id, next_try_at=tx.now + wait_after_try(tried[0]))
    row = tx.session.get_one(MessageRow, message_id)
    return Letter(row.id, row.recipient, row.subject, row.body)


def _update(tx: Tx, message_id: str, **values: object) -> None:
    tx.session.exec(update(MessageRow).where(col(MessageRow.id) == message_id).values(**values))
