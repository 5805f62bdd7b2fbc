"""One's own certificates."""

from dataclasses import dataclass

from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from certs.queries.standing import CredentialStanding, standing_of
from certs.status import Status
from certs.tables.credentials import CredentialFileRow, CredentialRow
from certs.tables.issuing import UnsealedRow
from certs.terms import Facts

NOT_YOURS = "There is no such certificate of yours. Look under My certificates."


@dataclass(frozen=True)
class OwnCredential:
    """One's own certificate, with the attempt that earned it where one did.

    Before it is `sealed` there is no file.
    """

    standing: CredentialStanding
    attempt_id: str | None
    verify_url: str
    sealed: bool


@needs(Permission.CREDENTIAL_OWN)
def my_credentials(tx: Tx) -> tuple[OwnCredential, ...]:
    """Return one's own certificates, newest first."""
    rows = tx.session.exec(
        select(CredentialRow)
        .where(CredentialRow.person_id == tx.actor.own_id)
        .order_by(col(CredentialRow.issued_at).desc())
    )
    return tuple(_own(tx, row) for row in rows)


@needs(Permission.CREDENTIAL_OWN)
def valid_courses(tx: Tx) -> tuple[str, ...]:
    """Return the courses of which one holds a valid certificate now, by slug."""
    rows = tx.session.exec(
        select(CredentialRow.facts).where(CredentialRow.person_id == tx.actor.own_id)
    )
    standings = [standing_of(tx, Facts.model_validate_json(facts)) for facts in rows]
    valid = {one.course for one in standings if one.status is Status.VALID}
    return tuple(sorted(valid - {""}))


@needs(Permission.CREDENTIAL_OWN)
def credential_of_attempt(tx: Tx, attempt_id: str) -> OwnCredential | None:
    """Return the certificate that one's own attempt earned, or None."""
    row = tx.session.exec(
        select(CredentialRow).where(
            CredentialRow.attempt_id == attempt_id, CredentialRow.person_id == tx.actor.own_id
        )
    ).first()
    return _own(tx, row) if row else None


@needs(Permission.CREDENTIAL_OWN)
def own_unsealed(tx: Tx) -> tuple[str, ...]:
    """Return the serials of one's own certificates that wait for their seal."""
    rows = tx.session.exec(
        select(UnsealedRow.serial)
        .join(CredentialRow, col(CredentialRow.serial) == col(UnsealedRow.serial))
        .where(CredentialRow.person_id == tx.actor.own_id)
    )
    return tuple(rows)


@needs(Permission.CREDENTIAL_OWN)
def own_credential_pdf(tx: Tx, serial: str) -> bytes:
    """Return the PDF of one's own certificate, as issued; raises `NotFound`."""
    pdf = tx.session.exec(
        select(CredentialFileRow.pdf)
        .join(CredentialRow, col(CredentialRow.serial) == col(CredentialFileRow.serial))
        .where(CredentialRow.serial == serial, CredentialRow.person_id == tx.actor.own_id)
    ).first()
    if pdf is None:
        raise NotFound(NOT_YOURS)
    return pdf


def _own(tx: Tx, row: CredentialRow) -> OwnCredential:
    facts = Facts.model_validate_json(row.facts)
    filed = select(CredentialFileRow.serial).where(CredentialFileRow.serial == row.serial)
    sealed = tx.session.exec(filed).first() is not None
    return OwnCredential(standing_of(tx, facts), row.attempt_id, facts.verify_url, sealed)
