"""Making the keys that X.509 certificates belong to: the root, the seal's, the clock's."""

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from base.db import Tx
from certs.authority import found_authority, seal_certificate, timestamp_certificate
from certs.commands.key_rows import store_key
from certs.keys import Algorithm, KeyPurpose, new_private_key
from certs.queries.authority import authority_of

# In this order: the root vouches for the others.
CERTIFIED = (KeyPurpose.AUTHORITY, KeyPurpose.SEAL, KeyPurpose.TIMESTAMP)


def make_certified_key(tx: Tx, purpose: KeyPurpose) -> str:
    """Store a fresh key with its certificate and return its id. Part of commands that make keys.

    The root vouches for itself, and for the seal's key and the clock's.
    """
    private, academy = new_private_key(Algorithm.RSA), tx.config.academy_name
    if not isinstance(private, RSAPrivateKey):
        raise TypeError("Certificates are made for RSA keys.")
    if purpose is KeyPurpose.AUTHORITY:
        url = tx.config.public_url
        certificate = found_authority(private, academy, url, tx.now).certificate
    else:
        vouch = seal_certificate if purpose is KeyPurpose.SEAL else timestamp_certificate
        certificate = vouch(authority_of(tx), private.public_key(), academy, tx.now)
    pem = certificate.public_bytes(Encoding.PEM).decode()
    return store_key(tx, purpose, private, pem)
