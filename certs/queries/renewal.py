"""Renewing by another course's exam: who holds what it renews."""

from datetime import datetime

from sqlmodel import select

from base.db import Tx
from base.permissions import Permission, needs
from certs.queries.standing import standing_of
from certs.status import Status
from certs.tables.credentials import CredentialRow
from certs.terms import Facts
from courses.queries.terms import renewed_course


@needs(Permission.CREDENTIAL_OWN)
def renewal_need(tx: Tx, slug: str) -> str:
    """Say what is missing before this course's exam may be sat to renew; empty where nothing is."""
    renewed = renewed_course(tx, slug)
    if renewed is None or holds(tx, tx.actor.own_id, renewed.slug, tx.now):
        return ""
    return (
        f"This exam renews a certificate of “{renewed.title}”, and you hold none that is valid. "
        f"Pass that course's final exam first."
    )


def holds(tx: Tx, person_id: str, course: str, at: datetime) -> bool:
    """Tell whether a person's certificate of this course ran at an instant and still stands.

    One that ended since counts; one that is revoked or suspended does not. Part of awarding.
    """
    rows = tx.session.exec(select(CredentialRow.facts).where(CredentialRow.person_id == person_id))
    return any(_runs(tx, Facts.model_validate_json(row), course, at) for row in rows)


def _runs(tx: Tx, facts: Facts, course: str, at: datetime) -> bool:
    if facts.course != course or not facts.issued_at <= at < facts.expires_at:
        return False
    return standing_of(tx, facts).status in (Status.VALID, Status.EXPIRED)
