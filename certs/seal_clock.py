"""Time stamps for seals (RFC 3161), made by the academy's own clock.

Whoever does not trust that clock has the issuance log, whose checkpoints others keep.

All but a few octets of a stamp are the same every time, so they are encoded once (`Clock`) and put
together as DER here: that takes a twentieth of what building them as objects does.
"""

import os
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Protocol

import asn1crypto.cms as untyped_cms  # pyright: ignore[reportMissingTypeStubs]
import asn1crypto.x509 as untyped_x509  # pyright: ignore[reportMissingTypeStubs]
import pyhanko.sign.general as untyped_general
from pyhanko.sign.timestamps import TimeStamper

cms: Any = untyped_cms
x509: Any = untyped_x509
general: Any = untyped_general

_INTEGER, _OCTETS, _TIME, _SEQUENCE, _SET = 0x02, 0x04, 0x18, 0x30, 0x31
_FIRST, _NAMED = 0xA0, 0xA4


class Hand(Protocol):
    """What signs with RSA and SHA-256 (PKCS #1 v1.5); the key stays with it."""

    def sign(self, data: bytes) -> bytes:
        """Return the signature of these bytes."""
        ...


class Clock:
    """A hand that dates seals, with its certificate in DER."""

    def __init__(self, hand: Hand, certificate: bytes) -> None:
        self.certificate: Any = x509.Certificate.load(certificate)
        self._hand = hand
        subject: bytes = self.certificate.subject.dump()
        issuer: bytes = self.certificate.issuer.dump()
        number: bytes = self.certificate["tbs_certificate"]["serial_number"].dump()
        self._named = _der(_FIRST, _der(_NAMED, subject))
        self._signer = _der(_SEQUENCE, issuer, number)
        self._chain = _der(_FIRST, certificate)
        mark: Any = general.as_signing_certificate_v2(self.certificate)
        self._marks = (
            general.simple_cms_attribute("content_type", "tst_info").dump(),
            general.simple_cms_attribute("signing_certificate_v2", mark).dump(),
        )

    def at(self, moment: datetime) -> TimeStamper:
        """Return what stamps with this moment, to the second."""
        return _Stamper(self, moment.astimezone(UTC))

    def stamp(self, digest: bytes, moment: datetime) -> bytes:
        """Return the time stamp token of a SHA-256 digest, in DER."""
        info = self._info(digest, moment)
        attributes = b"".join(sorted((*self._marks, _digest_attribute(sha256(info).digest()))))
        signature = self._hand.sign(_der(_SET, attributes))
        # RFC 5652, 5.3: version 1 names the certificate by issuer and number.
        signer = _der(
            _SEQUENCE, _integer(1), self._signer, _SHA256, _der(_FIRST, attributes), _RSA,
            _der(_OCTETS, signature),
        )  # fmt: skip
        content = _der(_SEQUENCE, _TST_INFO, _der(_FIRST, _der(_OCTETS, info)))
        signed = _der(
            _SEQUENCE, _integer(3), _der(_SET, _SHA256), content, self._chain, _der(_SET, signer)
        )
        return _der(_SEQUENCE, _SIGNED_DATA, _der(_FIRST, signed))

    def _info(self, digest: bytes, moment: datetime) -> bytes:
        imprint = _der(_SEQUENCE, _SHA256, _der(_OCTETS, digest))
        # Positive, and never the same twice.
        number = int.from_bytes(os.urandom(16), "big") | 1
        time = _der(_TIME, f"{moment:%Y%m%d%H%M%SZ}".encode())
        return _der(_SEQUENCE, _integer(1), _POLICY, imprint, _integer(number), time, self._named)


class _Stamper(TimeStamper):
    """Stamps by itself, instead of asking a server."""

    def __init__(self, clock: Clock, moment: datetime) -> None:
        super().__init__(include_nonce=False)
        self._clock, self._moment = clock, moment

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:  # noqa: ARG002 its face
        return cms.ContentInfo.load(self._clock.stamp(message_digest, self._moment))


def _der(tag: int, *parts: bytes) -> bytes:
    """One value of DER (X.690): tag, length, content."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def _integer(number: int) -> bytes:
    return _der(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _identifier(dotted: str) -> bytes:
    return cms.ContentType(dotted).dump()


def _digest_attribute(digest: bytes) -> bytes:
    return _der(_SEQUENCE, _MESSAGE_DIGEST, _der(_SET, _der(_OCTETS, digest)))


_MESSAGE_DIGEST = _identifier("1.2.840.113549.1.9.4")
_SIGNED_DATA = _identifier("1.2.840.113549.1.7.2")
_TST_INFO = _identifier("1.2.840.113549.1.9.16.1.4")
# ETSI EN 319 421, best practices: we have no policy with a number of our own.
_POLICY = _identifier("0.4.0.2023.1.1")
_NULL = b"\x05\x00"
_SHA256 = _der(_SEQUENCE, _identifier("2.16.840.1.101.3.4.2.1"))
_RSA = _der(_SEQUENCE, _identifier("1.2.840.113549.1.1.1"), _NULL)
