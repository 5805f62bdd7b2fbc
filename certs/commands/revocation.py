"""Withdrawing a certificate, for good."""

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.ids import new_id
from base.permissions import Permission, needs
from certs.queries.standing import credential_standing
from certs.status import Status
from certs.tables.credentials import CredentialEventRow

SHORTEST_REASON = 10


@needs(Permission.CREDENTIAL_REVOKE)
def revoke_credential(tx: Tx, serial: str, reason: str) -> None:
    """Revoke a certificate, finally; the public page says so from this instant.

    The reason is shown to anyone who checks, so it must say why and name no health or exam data.
    """
    said = " ".join(reason.split())
    if len(said) < SHORTEST_REASON:
        raise Invalid(["Write the reason in a sentence; the public page shows it."])
    standing = credential_standing(tx, serial)
    if standing is None:
        raise NotFound("There is no certificate with this serial. Check it and try again.")
    if standing.status is Status.REVOKED:
        raise Conflict("This certificate is revoked already; nothing was changed.")
    tx.session.add(
        CredentialEventRow(
            id=new_id(),
            serial=serial,
            kind="revoked",
            reason=said,
            at=tx.now,
            by=tx.actor.person_id or tx.actor.name,
        )
    )
    record(tx, "credential:revoke", serial, {"reason": said})
