"""What anyone may ask of a certificate, in one look: how it stands and what is kept of it."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from base.db import Tx
from base.permissions import public
from base.prepared import Prepared
from certs.checking.kept import Kept, Signed
from certs.keys import KeyPurpose
from certs.queries.keys import public_keys
from certs.queries.standing import IS_PRIVATE, standing_after
from certs.tables.credentials import CredentialDataRow, CredentialEventRow, CredentialRow
from certs.tables.log import LogLeafRow
from certs.terms import Facts

_KEPT = Prepared(
    select(
        col(CredentialEventRow.kind),
        col(CredentialEventRow.at),
        col(CredentialEventRow.reason),
        col(CredentialRow.facts),
        col(CredentialDataRow.document),
        col(CredentialDataRow.signed_at),
        col(CredentialDataRow.leaf),
        col(LogLeafRow.hash),
        IS_PRIVATE,
    )
    .select_from(CredentialRow)
    .outerjoin(CredentialEventRow, col(CredentialEventRow.serial) == col(CredentialRow.serial))
    .outerjoin(CredentialDataRow, col(CredentialDataRow.serial) == col(CredentialRow.serial))
    .outerjoin(LogLeafRow, col(LogLeafRow.number) == col(CredentialDataRow.leaf))
    .where(col(CredentialRow.serial) == bindparam("serial"))
)


@public
def kept_credential(tx: Tx, serial: str) -> Kept | None:
    """Return what is kept under this serial, or None where nothing was issued under it."""
    rows = _KEPT.rows(tx.connection, {"serial": serial})
    if not rows:
        return None
    stored, document, signed_at, leaf, leaf_hash, private = rows[0][3:]
    facts = Facts.model_validate_json(stored)
    standing = standing_after(facts, tx.now, rows)
    keys = public_keys(tx, KeyPurpose.CREDENTIAL) if document else ()
    return Kept(
        facts=facts,
        status=standing.status,
        since=standing.since or (facts.expires_at if standing.status == "expired" else None),
        reason=standing.reason,
        signed=Signed(document, signed_at, leaf, leaf_hash or "", keys) if document else None,
        private=bool(private),
    )
