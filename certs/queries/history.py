"""What happened to a certificate since its issue, and who did it: for those who answer for it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from accounts.queries.people import names_of
from base.db import Tx
from base.permissions import Permission, needs
from certs.status import StatusChange
from certs.tables.credentials import CredentialEventRow


@dataclass(frozen=True)
class HistoryLine:
    """One event: what, when, by whom, and the reason that was given."""

    change: StatusChange
    at: datetime
    by: str
    reason: str


@needs(Permission.CREDENTIAL_READ)
def credential_history(tx: Tx, serial: str) -> tuple[HistoryLine, ...]:
    """Return what happened to a certificate, newest first."""
    rows = tx.session.exec(
        select(CredentialEventRow)
        .where(CredentialEventRow.serial == serial)
        .order_by(col(CredentialEventRow.at).desc())
    ).all()
    names = names_of(tx, [row.by for row in rows])
    return tuple(
        HistoryLine(StatusChange(row.kind), row.at, names.get(row.by, "the academy"), row.reason)
        for row in rows
    )
