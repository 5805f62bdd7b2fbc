"""Making, rotating and revoking the academy's keys."""

from datetime import timedelta

from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.permissions import Permission, needs
from certs.commands.authority import CERTIFIED, make_certified_key
from certs.commands.key_rows import store_key
from certs.commands.status_lists import publish_at_once
from certs.keys import Algorithm, KeyPurpose, locked, new_private_key, unlocked
from certs.queries.keys import locked_key
from certs.tables.keys import SigningKeyRow

_MADE_OF = {
    KeyPurpose.CREDENTIAL: Algorithm.ED25519,
    KeyPurpose.JWT: Algorithm.RSA,
    KeyPurpose.LOG: Algorithm.ED25519,
}
_YEARLY = (KeyPurpose.SEAL, KeyPurpose.TIMESTAMP)
YEAR = timedelta(days=365)


@needs(Permission.SIGNING_MANAGE)
def make_missing_keys(tx: Tx) -> tuple[str, ...]:
    """Make a key for every purpose that has none which stands, and return their ids."""
    standing = {row.purpose for row in _standing(tx)}
    wanted = (*_MADE_OF, *CERTIFIED)
    return tuple(_make(tx, purpose) for purpose in wanted if purpose not in standing)


@needs(Permission.SIGNING_MANAGE)
def rotate_key(tx: Tx, purpose: KeyPurpose) -> str:
    """Let a fresh key sign from now on, and return its id.

    Those before it are retired: they sign no more, and what they signed stays good.
    """
    if purpose is KeyPurpose.AUTHORITY:
        raise Invalid(["The root is not rotated: whoever checks seals trusts this very one."])
    return replace_key(tx, purpose)


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
    tx.session.flush()
    record(tx, "signing:revoke", key_id, {"reason": said})
    made = _make(tx, KeyPurpose(row.purpose)) if row.retired_at is None else None
    if made and row.purpose == KeyPurpose.AUTHORITY:
        # What the stolen root vouched for, a thief could have vouched for as well.
        for purpose in (KeyPurpose.SEAL, KeyPurpose.TIMESTAMP):
            replace_key(tx, purpose)
    # Lists that a stolen key signed are no longer believed.
    publish_at_once(tx)
    return made


@needs(Permission.SIGNING_MANAGE)
def reencrypt_keys(tx: Tx, old_secret: str) -> int:
    """Encrypt every key with the signing secret of today, and return how many.

    `old_secret` is the one they were encrypted with. Raises `Unavailable`, and changes nothing,
    where it does not open them all.
    """
    rows = tx.session.exec(select(SigningKeyRow)).all()
    for row in rows:
        signer = unlocked(locked_key(row), old_secret)
        fresh = locked(KeyPurpose(row.purpose), row.id, signer.private, tx.config.signing_secret)
        row.private = fresh.private
    record(tx, "signing:reencrypt", "keys", {"count": len(rows)})
    return len(rows)


def replace_key(tx: Tx, purpose: KeyPurpose) -> str:
    """Retire what signs for this purpose, and return a fresh key's id. Part of commands."""
    before = [row for row in _standing(tx) if row.purpose == purpose]
    for row in before:
        row.retired_at = tx.now
    made = _make(tx, purpose)
    record(tx, "signing:rotate", made, {"retired": [row.id for row in before]})
    return made


def renew_yearly_keys(tx: Tx) -> None:
    """Replace the seal's key and its clock's once they are a year old. Part of sealing."""
    for row in _standing(tx):
        if row.purpose in _YEARLY and tx.now - row.created_at > YEAR:
            replace_key(tx, KeyPurpose(row.purpose))


def _make(tx: Tx, purpose: KeyPurpose) -> str:
    if purpose in CERTIFIED:
        return make_certified_key(tx, purpose)
    return store_key(tx, purpose, new_private_key(_MADE_OF[purpose]))


def _standing(tx: Tx) -> list[SigningKeyRow]:
    query = select(SigningKeyRow).where(
        col(SigningKeyRow.retired_at).is_(None), col(SigningKeyRow.revoked_at).is_(None)
    )
    return [*tx.session.exec(query)]
