"""The mail that waits, and what became of the rest."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select

from accounts.outbox import MOST_TRIES
from accounts.tables import MessageRow
from base.db import Tx
from base.permissions import Permission, needs


class MailState(StrEnum):
    """What became of a mail."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given up"


@dataclass(frozen=True)
class Message:
    """A mail as an administrator sees it; `body` is empty once it is sent."""

    id: str
    recipient: str
    subject: str
    body: str
    state: MailState
    written_at: datetime
    sent_at: datetime | None
    tried: int
    next_try_at: datetime
    problem: str | None


@needs(Permission.MAIL_READ)
def messages(tx: Tx, limit: int = 100) -> tuple[Message, ...]:
    """Return the newest mails; those that are not sent first."""
    rows = tx.session.exec(
        select(MessageRow)
        .order_by(col(MessageRow.sent_at).is_not(None), col(MessageRow.written_at).desc())
        .limit(limit)
    )
    return tuple(_message(row) for row in rows)


@needs(Permission.MAIL_SEND)
def mail_is_due(tx: Tx) -> bool:
    """Tell whether a letter may be tried now."""
    due = select(MessageRow.id).where(
        col(MessageRow.sent_at).is_(None),
        MessageRow.next_try_at <= tx.now,
        MessageRow.tried < MOST_TRIES,
    )
    return tx.session.exec(due.limit(1)).first() is not None


def _message(row: MessageRow) -> Message:
    state = MailState.GIVEN_UP if row.tried >= MOST_TRIES else MailState.WAITING
    return Message(
        id=row.id,
        recipient=row.recipient,
        subject=row.subject,
        body=row.body,
        state=MailState.SENT if row.sent_at else state,
        written_at=row.written_at,
        sent_at=row.sent_at,
        tried=row.tried,
        next_try_at=row.next_try_at,
        problem=row.problem,
    )
