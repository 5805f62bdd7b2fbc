"""What anyone may ask of a certificate, in one look: how it stands and what is kept of it."""

from sqlalchemy import bindparam
from sqlmodel import col, select

from base.db import Tx
from base.permissions import public
from certs.checking.kept import Kept
from certs.queries.standing import standing_of
from certs.tables.credentials import CredentialDataRow, CredentialRow
from certs.terms import Facts

# Asked by anyone at any time, so it is built once and run below the session's object mapping.
_KEPT = (
    select(
        CredentialRow.facts,
        CredentialDataRow.document,
        CredentialDataRow.signed_at,
        CredentialDataRow.leaf,
    )
    .outerjoin(CredentialDataRow, col(CredentialDataRow.serial) == col(CredentialRow.serial))
    .where(col(CredentialRow.serial) == bindparam("serial"))
)


@public
def kept_credential(tx: Tx, serial: str) -> Kept | None:
    """Return what is kept under this serial, or None where nothing was issued under it."""
    row = tx.session.connection().execute(_KEPT, {"serial": serial}).first()
    if row is None:
        return None
    facts = Facts.model_validate_json(row[0])
    standing = standing_of(tx, facts)
    return Kept(
        facts=facts,
        status=standing.status,
        since=standing.since or (facts.expires_at if standing.status == "expired" else None),
        reason=standing.reason,
        document=row[1],
        signed_at=row[2],
        leaf=row[3],
    )
