"""The academy's keys: what they are for, how they rest, and the one way to sign with them.

A private key rests encrypted with AES-256-GCM under a key that HKDF-SHA256 derives from the signing
secret; its identifier, its purpose and its public half are bound to it, so that no two can be
exchanged. What signs needs a `Signer` and nothing else, so another process or an HSM can be one.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Protocol, assert_never

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_pem_public_key,
)

from base.errors import Unavailable

PrivateKey = Ed25519PrivateKey | RSAPrivateKey | EllipticCurvePrivateKey

_NONCE = 12
_RSA_BITS = 3072
_LOCKED = (
    "The academy's signing keys cannot be opened: PINPOINT_SIGNING_SECRET is not the secret that "
    "they were made with. Set that secret and start the academy again."
)


class KeyPurpose(StrEnum):
    """What a key signs."""

    CREDENTIAL = "credential"
    JWT = "jwt"
    LOG = "log"
    AUTHORITY = "authority"
    SEAL = "seal"
    TIMESTAMP = "timestamp"


class Algorithm(StrEnum):
    """What kind of key it is; RSA signs PKCS #1 v1.5 and P-256 ECDSA, both with SHA-256."""

    ED25519 = "Ed25519"
    RSA = "RSA"
    P256 = "P-256"


class Signer(Protocol):
    """Whatever signs with one key: this process, another one, or an HSM."""

    @property
    def key_id(self) -> str:
        """The key's identifier: what follows `#` in the issuer's DID."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Return the signature of `data`, hashed as the key's algorithm says."""
        ...


@dataclass(frozen=True)
class PublicKey:
    """The public half of a key, in PEM, and from when to when it signed.

    A retired key still verifies what it signed; a revoked one verifies nothing.
    `certificate` is its X.509 certificate in PEM, where it has one.
    """

    id: str
    purpose: KeyPurpose
    algorithm: Algorithm
    pem: str
    created_at: datetime
    retired_at: datetime | None = None
    revoked_at: datetime | None = None
    certificate: str | None = None

    @property
    def stands(self) -> bool:
        """Whether it may still sign."""
        return self.retired_at is None and self.revoked_at is None

    @property
    def raw(self) -> bytes:
        """The 32 bytes of an Ed25519 key; raises `ValueError` for any other."""
        key = load_pem_public_key(self.pem.encode())
        if not isinstance(key, Ed25519PublicKey):
            raise ValueError(f"{self.id} is no Ed25519 key.")
        return key.public_bytes_raw()


@dataclass(frozen=True)
class LockedKey:
    """A key as it rests: public in clear, private encrypted (nonce, then ciphertext and tag)."""

    id: str
    purpose: KeyPurpose
    algorithm: Algorithm
    pem: str
    private: bytes


@dataclass(frozen=True)
class KeySigner:
    """Signs with a private key in this process's memory."""

    key_id: str
    private: PrivateKey

    def sign(self, data: bytes) -> bytes:
        """Return the signature of `data`, hashed as the key's algorithm says."""
        match self.private:
            case Ed25519PrivateKey():
                return self.private.sign(data)
            case RSAPrivateKey():
                return self.private.sign(data, PKCS1v15(), hashes.SHA256())
            case EllipticCurvePrivateKey():
                return self.private.sign(data, ECDSA(hashes.SHA256()))
            case _ as never:
                assert_never(never)


def new_private_key(algorithm: Algorithm) -> PrivateKey:
    """Return a fresh private key; RSA keys have 3072 bits."""
    match algorithm:
        case Algorithm.ED25519:
            return Ed25519PrivateKey.generate()
        case Algorithm.RSA:
            return generate_rsa_key(public_exponent=65537, key_size=_RSA_BITS)
        case Algorithm.P256:
            return generate_private_key(SECP256R1())


def new_key_id(purpose: KeyPurpose, at: datetime) -> str:
    """Return a fresh identifier that says what the key is for and from which day it is."""
    return f"{purpose}-{at:%Y-%m-%d}-{secrets.token_hex(4)}"


def locked(purpose: KeyPurpose, key_id: str, private: PrivateKey, secret: str) -> LockedKey:
    """Encrypt a private key with the signing secret."""
    spki = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    plain = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    bare = LockedKey(key_id, purpose, _algorithm_of(private), spki.decode(), b"")
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_wrapping_key(secret)).encrypt(nonce, plain, _bound(bare))
    return LockedKey(bare.id, bare.purpose, bare.algorithm, bare.pem, nonce + sealed)


@lru_cache(64)
def unlocked(key: LockedKey, secret: str) -> KeySigner:
    """Return what signs with this key; raises `Unavailable` where the secret does not open it."""
    nonce, sealed = key.private[:_NONCE], key.private[_NONCE:]
    try:
        plain = AESGCM(_wrapping_key(secret)).decrypt(nonce, sealed, _bound(key))
    except (InvalidTag, ValueError):
        raise Unavailable(_LOCKED) from None
    # What was encrypted here is known to be sound, and checking an RSA key anew takes long.
    private = load_der_private_key(plain, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(private, PrivateKey):
        raise Unavailable(_LOCKED)
    return KeySigner(key.id, private)


def _algorithm_of(private: PrivateKey) -> Algorithm:
    match private:
        case Ed25519PrivateKey():
            return Algorithm.ED25519
        case RSAPrivateKey():
            return Algorithm.RSA
        case EllipticCurvePrivateKey():
            return Algorithm.P256
        case _ as never:
            assert_never(never)


@lru_cache(4)
def _wrapping_key(secret: str) -> bytes:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"pinpoint signing keys, version 1")
    return derived.derive(secret.encode())


def _bound(key: LockedKey) -> bytes:
    return "\n".join((key.id, key.purpose, key.algorithm, key.pem)).encode()
