"""Signed data (CMS, RFC 5652) of one RSA key, put together as DER (X.690).

All but a few octets are the same every time, so they are encoded once: that takes a twentieth of
what building them as objects does.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Protocol

import asn1crypto.cms as untyped_cms  # pyright: ignore[reportMissingTypeStubs]
import asn1crypto.x509 as untyped_x509  # pyright: ignore[reportMissingTypeStubs]
import pyhanko.sign.general as untyped_general

cms: Any = untyped_cms
x509: Any = untyped_x509
general: Any = untyped_general

INTEGER, OCTETS, TIME, SEQUENCE, SET = 0x02, 0x04, 0x18, 0x30, 0x31
FIRST, SECOND, NAMED = 0xA0, 0xA1, 0xA4


class Hand(Protocol):
    """What signs with RSA and SHA-256 (PKCS #1 v1.5); the key stays with it."""

    def sign(self, data: bytes) -> bytes:
        """Return the signature of these bytes."""
        ...


def der(tag: int, *parts: bytes) -> bytes:
    """Return one value: tag, length, content."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def integer(number: int) -> bytes:
    """Return a whole number that is not negative."""
    return der(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def identifier(dotted: str) -> bytes:
    """Return an object identifier."""
    return cms.ContentType(dotted).dump()


class Signed:
    """One hand, which signs one type of content with the attributes that PAdES and RFC 3161 ask.

    `content_type` is a name of asn1crypto's; `chain` are certificates in DER to go with it, the
    hand's own among them.
    """

    def __init__(
        self, hand: Hand, certificate: bytes, content_type: str, chain: Sequence[bytes]
    ) -> None:
        self.certificate: Any = x509.Certificate.load(certificate)
        self._hand = hand
        self._type: bytes = cms.ContentType(content_type).dump()
        mark: Any = general.as_signing_certificate_v2(self.certificate)
        self._marks: tuple[bytes, ...] = (
            general.simple_cms_attribute("content_type", content_type).dump(),
            general.simple_cms_attribute("signing_certificate_v2", mark).dump(),
        )
        number: bytes = self.certificate["tbs_certificate"]["serial_number"].dump()
        self._signer = der(SEQUENCE, self.certificate.issuer.dump(), number)
        self._chain = der(FIRST, *sorted(chain))

    def signature(self, digest: bytes) -> tuple[bytes, bytes]:
        """Return the attributes that say the content's SHA-256, and the signature over them."""
        said = der(SEQUENCE, _MESSAGE_DIGEST, der(SET, der(OCTETS, digest)))
        attributes = b"".join(sorted((*self._marks, said)))
        return attributes, self._hand.sign(der(SET, attributes))

    def enclosing(self, content: bytes) -> bytes:
        """Return signed data that holds its content."""
        attributes, signature = self.signature(sha256(content).digest())
        # RFC 5652, 5.1: version 3, for the content is no plain data.
        return self._whole(3, der(FIRST, der(OCTETS, content)), attributes, signature)

    def beside(self, attributes: bytes, signature: bytes, unsigned: bytes) -> bytes:
        """Return signed data whose content stands elsewhere, with an unsigned attribute."""
        return self._whole(1, b"", attributes, signature, der(SECOND, unsigned))

    def _whole(
        self, version: int, content: bytes, attributes: bytes, signature: bytes, more: bytes = b""
    ) -> bytes:
        # RFC 5652, 5.3: version 1 names the certificate by issuer and number.
        signer = der(
            SEQUENCE, integer(1), self._signer, SHA256, der(FIRST, attributes), _RSA_SHA256,
            der(OCTETS, signature), more,
        )  # fmt: skip
        held = der(SEQUENCE, self._type, content)
        signed = der(
            SEQUENCE, integer(version), der(SET, SHA256), held, self._chain, der(SET, signer)
        )
        return der(SEQUENCE, _SIGNED_DATA, der(FIRST, signed))


_MESSAGE_DIGEST = identifier("1.2.840.113549.1.9.4")
_SIGNED_DATA = identifier("1.2.840.113549.1.7.2")
# RFC 5754: without parameters here, and with NULL as those of RSA.
SHA256 = der(SEQUENCE, identifier("2.16.840.1.101.3.4.2.1"))
_RSA_SHA256 = der(SEQUENCE, identifier("1.2.840.113549.1.1.11"), b"\x05\x00")
