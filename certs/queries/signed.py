"""A certificate's signed data, as it was signed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from base.db import Tx
from base.permissions import public
from certs.tables.credentials import CredentialDataRow


@dataclass(frozen=True)
class SignedCredential:
    """The signed credential and its JWT; `leaf` is its number in the issuance log.

    `document` is canonical JSON (RFC 8785), so the log's leaf is the hash of exactly these bytes.
    """

    document: str
    jwt: str
    leaf: int
    signed_at: datetime


# Asked by anyone at any time, so it is built once and run below the session's object mapping.
_SIGNED = select(
    CredentialDataRow.document,
    CredentialDataRow.jwt,
    CredentialDataRow.leaf,
    CredentialDataRow.signed_at,
).where(col(CredentialDataRow.serial) == bindparam("serial"))


@public
def signed_credential(tx: Tx, serial: str) -> SignedCredential | None:
    """Return a certificate's signed data; None where there is none, or it waits to be signed.

    It holds the holder's name and e-mail as salted hashes only; the serial is the key to it.
    """
    row = tx.session.connection().execute(_SIGNED, {"serial": serial}).first()
    return SignedCredential(*row) if row else None
