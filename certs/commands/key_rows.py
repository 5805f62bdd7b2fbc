"""Storing a fresh key, encrypted."""

from base.audit import record
from base.db import Tx
from certs.keys import KeyPurpose, PrivateKey, locked, new_key_id
from certs.tables.keys import SigningKeyRow


def store_key(
    tx: Tx, purpose: KeyPurpose, private: PrivateKey, certificate: str | None = None
) -> str:
    """Store a key, which signs from now on, and return its id. Part of commands that make keys.

    `certificate` is its X.509 certificate in PEM.
    """
    key = locked(purpose, new_key_id(purpose, tx.now), private, tx.config.signing_secret)
    tx.session.add(
        SigningKeyRow(
            id=key.id,
            purpose=key.purpose,
            algorithm=key.algorithm,
            public=key.pem,
            private=key.private,
            certificate=certificate,
            created_at=tx.now,
        )
    )
    tx.session.flush()
    record(tx, "signing:make", key.id, {"purpose": purpose, "public": key.pem})
    return key.id
