"""What administrators ask to be issued by hand, and how it was answered."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from accounts.queries.people import printed_name
from base.db import Tx
from base.permissions import Permission, needs
from certs.tables.credentials import CredentialRow
from certs.tables.issuing import ManualIssueRow


@dataclass(frozen=True)
class IssueRequest:
    """A request: for whom, what, why, by whom; and its answer, where there is one.

    `name` is what is printed: the person's, or the corrected one. `serial` is what was issued.
    """

    id: str
    name: str
    course: str
    supersedes: str | None
    reason: str
    asked_at: datetime
    asked_by: str
    own: bool
    answered_at: datetime | None
    answered_by: str
    agreed: bool | None
    answer: str
    serial: str | None


@needs(Permission.CREDENTIAL_ISSUE)
def issue_requests(tx: Tx, limit: int = 50) -> tuple[IssueRequest, ...]:
    """Return the requests, those that wait first, then the newest."""
    rows = tx.session.exec(
        select(ManualIssueRow, CredentialRow.serial)
        .outerjoin(CredentialRow, col(CredentialRow.grant_id) == col(ManualIssueRow.id))
        .order_by(col(ManualIssueRow.answered_at).is_not(None), col(ManualIssueRow.asked_at).desc())
        .limit(limit)
    )
    return tuple(_request(tx, row, serial) for row, serial in rows)


def _request(tx: Tx, row: ManualIssueRow, serial: str | None) -> IssueRequest:
    changed = json.loads(row.changes)
    return IssueRequest(
        id=row.id,
        name=changed.get("holder") or printed_name(tx, row.person_id),
        course=row.course,
        supersedes=row.supersedes,
        reason=row.reason,
        asked_at=row.asked_at,
        asked_by=printed_name(tx, row.asked_by),
        own=row.asked_by == tx.actor.person_id,
        answered_at=row.answered_at,
        answered_by=printed_name(tx, row.answered_by) if row.answered_by else "",
        agreed=row.approved,
        answer=row.answer or "",
        serial=serial,
    )
