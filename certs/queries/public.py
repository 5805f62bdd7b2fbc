"""What anyone may ask of a certificate, in one look: how it stands and what is kept of it."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from base.db import Tx
from base.permissions import public
from certs.checking.kept import Kept, Signed
from certs.keys import KeyPurpose
from certs.queries.keys import public_keys
from certs.queries.standing import standing_of
from certs.tables.credentials import CredentialDataRow, CredentialRow
from certs.tables.log import LogLeafRow
from certs.terms import Facts

# Asked by anyone at any time, so it is built once and run below the session's object mapping.
_KEPT = (
    select(
        col(CredentialRow.facts),
        col(CredentialDataRow.document),
        col(CredentialDataRow.signed_at),
        col(CredentialDataRow.leaf),
        col(LogLeafRow.hash),
    )
    .outerjoin(CredentialDataRow, col(CredentialDataRow.serial) == col(CredentialRow.serial))
    .outerjoin(LogLeafRow, col(LogLeafRow.number) == col(CredentialDataRow.leaf))
    .where(col(CredentialRow.serial) == bindparam("serial"))
)


@public
def kept_credential(tx: Tx, serial: str) -> Kept | None:
    """Return what is kept under this serial, or None where nothing was issued under it."""
    row = tx.session.connection().execute(_KEPT, {"serial": serial}).first()
    if row is None:
        return None
    facts = Facts.model_validate_json(row[0])
    standing, document = standing_of(tx, facts), row[1]
    keys = public_keys(tx, KeyPurpose.CREDENTIAL) if document else ()
    return Kept(
        facts=facts,
        status=standing.status,
        since=standing.since or (facts.expires_at if standing.status == "expired" else None),
        reason=standing.reason,
        signed=Signed(document, row[2], row[3], row[4] or "", keys) if document else None,
    )
