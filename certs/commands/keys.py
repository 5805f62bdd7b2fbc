"""Making, rotating and revoking the academy's keys."""

from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.permissions import Permission, needs
from certs.commands.key_rows import store_key
from certs.keys import Algorithm, KeyPurpose, new_private_key
from certs.tables.keys import SigningKeyRow

_MADE_OF = {
    KeyPurpose.CREDENTIAL: Algorithm.ED25519,
    KeyPurpose.JWT: Algorithm.RSA,
    KeyPurpose.LOG: Algorithm.ED25519,
}


@needs(Permission.SIGNING_MANAGE)
def make_missing_keys(tx: Tx) -> tuple[str, ...]:
    """Make a key for every purpose that has none which stands, and return their ids."""
    standing = {row.purpose for row in _standing(tx)}
    return tuple(_make(tx, purpose) for purpose in _MADE_OF if purpose not in standing)


@needs(Permission.SIGNING_MANAGE)
def rotate_key(tx: Tx, purpose: KeyPurpose) -> str:
    """Let a fresh key sign from now on, and return its id.

    Those before it are retired: they sign no more, and what they signed stays good.
    """
    if purpose not in _MADE_OF:
        raise Invalid([f"Keys for {purpose} are not rotated here."])
    before = [row for row in _standing(tx) if row.purpose == purpose]
    for row in before:
        row.retired_at = tx.now
    made = _make(tx, purpose)
    record(tx, "signing:rotate", made, {"retired": [row.id for row in before]})
    return made


@needs(Permission.SIGNING_MANAGE)
def revoke_key(tx: Tx, key_id: str, reason: str) -> str | None:
    """Declare a key stolen: nothing that it signed is good any more.

    Returns the id of the key that takes its place, or None where the key had signed no more.
    """
    said = " ".join(reason.split())
    if not said:
        raise Invalid(["Say why the key is revoked; the audit log keeps it."])
    row = tx.session.get(SigningKeyRow, key_id)
    if row is None:
        raise NotFound(f"There is no key {key_id}. See `pinpoint keys list`.")
    if row.revoked_at is not None:
        raise Conflict(f"The key {key_id} is revoked already; nothing was changed.")
    row.revoked_at = tx.now
    record(tx, "signing:revoke", key_id, {"reason": said})
    replaced = row.retired_at is None and KeyPurpose(row.purpose) in _MADE_OF
    return _make(tx, KeyPurpose(row.purpose)) if replaced else None


def _make(tx: Tx, purpose: KeyPurpose) -> str:
    return store_key(tx, purpose, new_private_key(_MADE_OF[purpose]))


def _standing(tx: Tx) -> list[SigningKeyRow]:
    query = select(SigningKeyRow).where(
        col(SigningKeyRow.retired_at).is_(None), col(SigningKeyRow.revoked_at).is_(None)
    )
    return [*tx.session.exec(query)]
