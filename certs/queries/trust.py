"""What checking needs of the academy: what anyone may pin, and what was issued."""

import json

from sqlmodel import col, select

from base.db import Tx
from base.permissions import public
from certs.checking.beside import Issued
from certs.checking.trust import TokenKey, Trust, TrustedKey
from certs.checkpoints import log_name, verifier_key
from certs.did import did_of, key_address, multikey
from certs.keys import KeyPurpose
from certs.queries.keys import public_keys
from certs.queries.public import kept_credential
from certs.statuslist import StatusPurpose
from certs.tables.credentials import CredentialDataRow, CredentialFileRow
from certs.tables.log import CheckpointRow, LogLeafRow
from certs.tables.statuses import StatusListRow


@public
def academy_trust(tx: Tx) -> Trust:
    """Return what a checker may pin of the academy now: keys, roots, log and newest lists."""
    did, name = did_of(tx.config.public_url), log_name(tx.config.public_url)
    newest = select(CheckpointRow.note).order_by(col(CheckpointRow.size).desc()).limit(1)
    lists = [_newest_list(tx, purpose) for purpose in StatusPurpose]
    return Trust(
        academy=tx.config.academy_name,
        public_url=tx.config.public_url,
        issuer=did,
        keys=tuple(
            TrustedKey(
                id=f"{did}#{key.id}",
                multibase=multikey(key.raw),
                created_at=key.created_at,
                retired_at=key.retired_at,
                revoked_at=key.revoked_at,
            )
            for key in public_keys(tx, KeyPurpose.CREDENTIAL)
        ),
        token_keys=_token_keys(tx),
        roots=tuple(
            key.certificate
            for key in public_keys(tx, KeyPurpose.AUTHORITY)
            if key.certificate and key.revoked_at is None
        ),
        log_keys=tuple(
            verifier_key(name, key.raw)
            for key in public_keys(tx, KeyPurpose.LOG)
            if key.revoked_at is None
        ),
        lists=tuple(json.loads(one) for one in lists if one),
        checkpoint=tx.session.exec(newest).first() or "",
        dated=tx.now,
    )


@public
def issued_credential(tx: Tx, serial: str) -> Issued | None:
    """Return what was issued under this serial, or None where nothing was."""
    kept = kept_credential(tx, serial)
    if kept is None:
        return None
    # Files without a proof are of before certificates were sealed, or of this moment.
    digest = select(CredentialFileRow.sha256).where(CredentialFileRow.serial == serial)
    leaf = (
        select(LogLeafRow.hash)
        .join(CredentialDataRow, col(CredentialDataRow.leaf) == col(LogLeafRow.number))
        .where(CredentialDataRow.serial == serial)
    )
    return Issued(kept, tx.session.exec(digest).first(), tx.session.exec(leaf).first())


def _token_keys(tx: Tx) -> tuple[TokenKey, ...]:
    return tuple(
        TokenKey(
            id=key_address(tx.config.public_url, key.id), pem=key.pem, revoked_at=key.revoked_at
        )
        for key in public_keys(tx, KeyPurpose.JWT)
    )


def _newest_list(tx: Tx, purpose: StatusPurpose) -> str | None:
    editions = select(StatusListRow.document).where(StatusListRow.purpose == purpose)
    return tx.session.exec(editions.order_by(col(StatusListRow.edition).desc()).limit(1)).first()
