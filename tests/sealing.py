"""An authority for tests: its keys are made once, for they take half a second each."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from certs.authority import (
    Authority,
    found_authority,
    revocation_list,
    seal_certificate,
    timestamp_certificate,
)
from certs.seal import SealCertificates, Sealer, prepare_sealer

ACADEMY = "Pinpoint Academy"


@dataclass(frozen=True)
class HandOf:
    """Signs with a key of the test's."""

    key: RSAPrivateKey

    def sign(self, data: bytes) -> bytes:
        """Return the signature, as RSA with SHA-256."""
        return self.key.sign(data, PKCS1v15(), SHA256())


@cache
def private_key(_name: str) -> RSAPrivateKey:
    """Return the key of this name, the same in the whole test run."""
    return generate_private_key(public_exponent=65537, key_size=2048)


def authority(name: str = "root", at: datetime | None = None) -> Authority:
    """Return an authority that began then, or now."""
    url = "https://academy.example.org"
    return found_authority(private_key(name), ACADEMY, url, at or datetime.now(UTC))


def certificates(
    root: Authority, at: datetime, revoked: tuple[x509.Certificate, ...] = ()
) -> SealCertificates:
    """Return what the authority says of the seal's key and the clock's."""
    seal = seal_certificate(root, private_key("seal").public_key(), ACADEMY, at)
    clock = timestamp_certificate(root, private_key("clock").public_key(), ACADEMY, at)
    return SealCertificates(
        seal=seal.public_bytes(Encoding.DER),
        clock=clock.public_bytes(Encoding.DER),
        root=root.certificate.public_bytes(Encoding.DER),
        revoked=revocation_list(root, [(one, at - timedelta(hours=1)) for one in revoked], at),
    )


def sealing(root: Authority, at: datetime) -> Sealer:
    """Return who seals at that moment, by this authority."""
    made = certificates(root, at)
    return prepare_sealer(HandOf(private_key("seal")), HandOf(private_key("clock")), made, at)


@cache
def sealer(name: str = "root") -> Sealer:
    """Return who seals now, by the authority of this name."""
    return sealing(authority(name), datetime.now(UTC))


def root_of(sealed_by: Sealer) -> bytes:
    """Return the root's certificate in PEM, as verifiers want it."""
    first: Any = sealed_by.proof.signer_path.first
    root = x509.load_der_x509_certificate(first.dump())
    return root.public_bytes(Encoding.PEM)
