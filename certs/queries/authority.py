"""The academy's authority: what anyone needs to check a seal, and who seals now."""

from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from base.db import Tx
from base.errors import NotFound, Unavailable
from base.permissions import public
from certs.authority import Authority, revocation_list
from certs.keys import KeyPurpose, KeySigner, PublicKey, Signer
from certs.queries.keys import public_keys, signer_for
from certs.seal import SealCertificates, Sealer, prepare_sealer

_SEALED_WITH = (KeyPurpose.SEAL, KeyPurpose.TIMESTAMP)
_Revoked = tuple[tuple[str, datetime], ...]


@public
def root_certificate(tx: Tx) -> str:
    """Return the root's certificate in PEM; raises `NotFound` where there is none."""
    standing = [key for key in public_keys(tx, KeyPurpose.AUTHORITY) if key.stands]
    if not standing:
        raise NotFound("The academy has no authority yet. Run `pinpoint init`, then try again.")
    return standing[0].certificate or ""


@public
def revoked_certificates(tx: Tx) -> bytes:
    """Return the list of revoked certificates, in DER; raises `Unavailable` without keys."""
    return _list_as_of(authority_of(tx), _revoked(public_keys(tx)), _hour(tx.now))


def authority_of(tx: Tx) -> Authority:
    """Return the root with its key. Part of what signs with it; raises `Unavailable` without."""
    signer = signer_for(tx, KeyPurpose.AUTHORITY)
    if not isinstance(signer, KeySigner) or not isinstance(signer.private, RSAPrivateKey):
        raise Unavailable("The authority's key is kept elsewhere: make its certificates there.")
    return _authority(signer.private, root_certificate(tx), tx.config.public_url)


def sealer_for(tx: Tx) -> Sealer:
    """Return who seals now. Part of commands that seal.

    Raises `Unavailable` without keys, and where their certificates do not hold now.
    """
    hand, clock = (signer_for(tx, purpose) for purpose in _SEALED_WITH)
    keys, root, hour = public_keys(tx), authority_of(tx), _hour(tx.now)
    pems = {key.id: key.certificate or "" for key in keys}
    certificates = SealCertificates(
        seal=_der(pems[hand.key_id]),
        clock=_der(pems[clock.key_id]),
        root=root.certificate.public_bytes(Encoding.DER),
        revoked=_list_as_of(root, _revoked(keys), hour),
    )
    try:
        return _prepared(hand, clock, certificates, hour)
    except ValueError as error:
        raise Unavailable(f"{error} Rotate the seal's keys: `pinpoint keys rotate seal`.") from None


def _revoked(keys: tuple[PublicKey, ...]) -> _Revoked:
    return tuple(
        (key.certificate, key.revoked_at)
        for key in keys
        if key.purpose in _SEALED_WITH and key.certificate and key.revoked_at
    )


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


# Checking chains, reading certificates and signing the list take longer than a whole seal.
@lru_cache(4)
def _authority(key: RSAPrivateKey, pem: str, base_url: str) -> Authority:
    return Authority(key, x509.load_pem_x509_certificate(pem.encode()), base_url)


@lru_cache(4)
def _list_as_of(root: Authority, revoked: _Revoked, hour: datetime) -> bytes:
    listed = [(x509.load_pem_x509_certificate(pem.encode()), at) for pem, at in revoked]
    return revocation_list(root, listed, hour)


@lru_cache(4)
def _prepared(
    hand: Signer, clock: Signer, certificates: SealCertificates, hour: datetime
) -> Sealer:
    return prepare_sealer(hand, clock, certificates, hour)


@lru_cache(16)
def _der(pem: str) -> bytes:
    return x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)
