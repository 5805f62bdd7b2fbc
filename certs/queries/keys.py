"""The academy's keys: who signs now, and with what anyone verifies."""

from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from base.db import Tx
from base.errors import Unavailable
from base.permissions import Permission, needs, public
from base.prepared import Prepared
from certs.keys import Algorithm, KeyPurpose, LockedKey, PublicKey, Signer, unlocked
from certs.tables.keys import SigningKeyRow

# The academy has a handful of keys, and whoever looks at a certificate reads them.
_PUBLIC = columns(
    col(SigningKeyRow.id),
    col(SigningKeyRow.purpose),
    col(SigningKeyRow.algorithm),
    col(SigningKeyRow.public),
    col(SigningKeyRow.created_at),
    col(SigningKeyRow.retired_at),
    col(SigningKeyRow.revoked_at),
    col(SigningKeyRow.certificate),
).order_by(col(SigningKeyRow.created_at).desc(), col(SigningKeyRow.id).desc())
_ALL = Prepared(_PUBLIC)
_OF_PURPOSE = Prepared(_PUBLIC.where(col(SigningKeyRow.purpose) == bindparam("purpose")))
_SIGNING = Prepared(
    columns(
        col(SigningKeyRow.id),
        col(SigningKeyRow.algorithm),
        col(SigningKeyRow.public),
        col(SigningKeyRow.private),
    )
    .where(
        col(SigningKeyRow.purpose) == bindparam("purpose"),
        col(SigningKeyRow.retired_at).is_(None),
        col(SigningKeyRow.revoked_at).is_(None),
    )
    .order_by(col(SigningKeyRow.created_at).desc(), col(SigningKeyRow.id).desc())
    .limit(1)
)


def signer_for(tx: Tx, purpose: KeyPurpose) -> Signer:
    """Return what signs for this purpose now. Part of the commands that sign.

    Raises `Unavailable` where the academy has no such key, or cannot open it. To sign by another
    process or an HSM, return its `Signer` here; nothing else touches a private key.
    """
    row = _SIGNING.run(tx.connection, {"purpose": purpose.value})
    if row is None:
        raise Unavailable(
            "The academy has no keys to sign with. Run `pinpoint init`, then try again."
        )
    key_id, algorithm, public, private = row
    key = LockedKey(key_id, purpose, Algorithm(algorithm), public, private)
    return unlocked(key, tx.config.signing_secret)


@public
def public_keys(tx: Tx, purpose: KeyPurpose | None = None) -> tuple[PublicKey, ...]:
    """Return the public keys for a purpose, or all, newest first; retired and revoked ones too."""
    prepared, given = (_OF_PURPOSE, {"purpose": purpose.value}) if purpose else (_ALL, {})
    return tuple(_public(row) for row in prepared.rows(tx.connection, given))


@needs(Permission.AUDIT_READ)
def key_problem(tx: Tx) -> str | None:
    """Return why the academy could not sign just now, or None where it can."""
    stored = set(tx.session.exec(select(SigningKeyRow.purpose).distinct()))
    needed = {KeyPurpose.CREDENTIAL, KeyPurpose.JWT, KeyPurpose.LOG}
    try:
        for purpose in sorted({*needed, *map(KeyPurpose, stored)}):
            signer_for(tx, purpose)
    except Unavailable as error:
        return str(error)
    return None


def locked_key(row: SigningKeyRow) -> LockedKey:
    """Return a key as it rests; for what signs and encrypts."""
    return LockedKey(
        row.id, KeyPurpose(row.purpose), Algorithm(row.algorithm), row.public, row.private
    )


def _public(row: tuple[Any, ...]) -> PublicKey:
    key_id, purpose, algorithm, pem, created_at, retired_at, revoked_at, certificate = row
    return PublicKey(
        id=key_id,
        purpose=KeyPurpose(purpose),
        algorithm=Algorithm(algorithm),
        pem=pem,
        created_at=created_at,
        retired_at=retired_at,
        revoked_at=revoked_at,
        certificate=certificate,
    )
