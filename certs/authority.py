"""The academy's own certification authority: who vouches for its seals, in X.509.

A root vouches for two yearly keys: one seals PDFs, the other dates the seals. Each of the two is
used for a year and a bit (RFC 5280's private key usage period), and its certificate lasts as long
as what it sealed should be checked. The revocation list is made of what was revoked, not stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

ROOT_PATH = "/authority/root.crt"
LIST_PATH = "/authority/revoked.crl"

KEY_BITS = 3072
ROOT_LASTS = timedelta(days=30 * 365)
SEAL_LASTS = timedelta(days=10 * 365)
CLOCK_LASTS = timedelta(days=20 * 365)
# A month longer than a year, so that a yearly change that comes late stops no issue.
KEY_IS_USED = timedelta(days=396)
LIST_STANDS = timedelta(days=7)
# Whoever checks at once may have a clock that is behind ours.
_EARLIER = timedelta(days=1)

_LONGEST_NAME = 64
# What a verifier may ask of whoever signs documents: RFC 9336, S/MIME (NSS and OpenSSL), Adobe.
_SEALING = (
    x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),
    ExtendedKeyUsageOID.EMAIL_PROTECTION,
    x509.ObjectIdentifier("1.2.840.113583.1.1.5"),
)


@dataclass(frozen=True)
class Authority:
    """The root's key and certificate; `base_url` is where its certificate and list are given."""

    key: RSAPrivateKey
    certificate: x509.Certificate
    base_url: str


def found_authority(key: RSAPrivateKey, academy: str, base_url: str, at: datetime) -> Authority:
    """Return a new authority whose root vouches for itself; it lasts 30 years."""
    name = _name(academy, "Certificate authority")
    certificate = (
        _begun(name, name, key.public_key(), at, ROOT_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, SHA256())
    )
    return Authority(key, certificate, base_url)


def seal_certificate(
    authority: Authority, public: RSAPublicKey, academy: str, at: datetime
) -> x509.Certificate:
    """Vouch for a key that seals PDFs."""
    name = _name(academy, f"Certificate seal {at.year}")
    begun = _vouched_for(authority, name, public, at, SEAL_LASTS)
    return begun.add_extension(x509.ExtendedKeyUsage(_SEALING), critical=False).sign(
        authority.key, SHA256()
    )


def timestamp_certificate(
    authority: Authority, public: RSAPublicKey, academy: str, at: datetime
) -> x509.Certificate:
    """Vouch for a key that dates seals (RFC 3161)."""
    name = _name(academy, f"Time stamps {at.year}")
    begun = _vouched_for(authority, name, public, at, CLOCK_LASTS)
    only = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return begun.add_extension(only, critical=True).sign(authority.key, SHA256())


def revocation_list(
    authority: Authority, revoked: Iterable[tuple[x509.Certificate, datetime]], at: datetime
) -> bytes:
    """Return the list of revoked certificates, in DER, as of this hour; it stands for a week.

    The same hour and the same revocations give the same bytes.
    """
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - _EARLIER
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(hour)
        .next_update(hour + _EARLIER + LIST_STANDS)
        .add_extension(x509.CRLNumber(int(hour.timestamp())), critical=False)
        .add_extension(_authority_key(authority.key.public_key()), critical=False)
    )
    for certificate, since in revoked:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(certificate.serial_number)
            .revocation_date(since)
            .build()
        )
    return builder.sign(authority.key, SHA256()).public_bytes(Encoding.DER)


def _vouched_for(
    authority: Authority, name: x509.Name, public: RSAPublicKey, at: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    issuer, base = authority.certificate.subject, authority.base_url
    where = x509.DistributionPoint([_address(base + LIST_PATH)], None, None, None)
    chain = x509.AccessDescription(
        AuthorityInformationAccessOID.CA_ISSUERS, _address(base + ROOT_PATH)
    )
    used = x509.PrivateKeyUsagePeriod(
        _to_the_second(at) - _EARLIER, _to_the_second(at) + KEY_IS_USED
    )
    return (
        _begun(name, issuer, public, at, lasts)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(_authority_key(authority.key.public_key()), critical=False)
        .add_extension(x509.CRLDistributionPoints([where]), critical=False)
        .add_extension(x509.AuthorityInformationAccess([chain]), critical=False)
        .add_extension(used, critical=False)
    )


def _begun(
    name: x509.Name, issuer: x509.Name, public: RSAPublicKey, at: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    since = _to_the_second(at) - _EARLIER
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(_serial_number(name, public, since))
        .not_valid_before(since)
        .not_valid_after(since + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _serial_number(name: x509.Name, public: RSAPublicKey, since: datetime) -> int:
    digest = Hash(SHA256())
    digest.update(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    digest.update(name.public_bytes())
    digest.update(since.isoformat().encode())
    # RFC 5280: positive, and at most 20 octets.
    return int.from_bytes(digest.finalize()[:16], "big") or 1


def _name(academy: str, what: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, academy[:_LONGEST_NAME]),
            x509.NameAttribute(NameOID.COMMON_NAME, what),
        ]
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _authority_key(public: RSAPublicKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(public)


def _address(url: str) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(url)


def _to_the_second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
