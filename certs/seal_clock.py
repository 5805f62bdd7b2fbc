"""Time stamps for seals (RFC 3161), made by the academy's own clock.

Whoever does not trust that clock has the issuance log, whose checkpoints others keep.
"""

import os
from datetime import UTC, datetime
from typing import Any

from certs.signed_data import (
    FIRST,
    NAMED,
    OCTETS,
    SEQUENCE,
    SET,
    SHA256,
    TIME,
    Hand,
    Signed,
    der,
    identifier,
    integer,
)


class Clock:
    """A hand that dates seals, with its certificate in DER."""

    def __init__(self, hand: Hand, certificate: bytes) -> None:
        self._signed = Signed(hand, certificate, "tst_info", [certificate])
        self._named = der(FIRST, der(NAMED, self.certificate.subject.dump()))

    @property
    def certificate(self) -> Any:
        """Its certificate, as pyHanko asks for it."""
        return self._signed.certificate

    def stamp(self, digest: bytes, moment: datetime) -> bytes:
        """Return the time stamp token of a SHA-256 digest, to the second, in DER."""
        imprint = der(SEQUENCE, SHA256, der(OCTETS, digest))
        # Positive, and never the same twice.
        number = int.from_bytes(os.urandom(16), "big") | 1
        time = der(TIME, f"{moment.astimezone(UTC):%Y%m%d%H%M%SZ}".encode())
        return self._signed.enclosing(
            der(SEQUENCE, integer(1), _POLICY, imprint, integer(number), time, self._named)
        )

    def dating(self, signature_digest: bytes, moment: datetime) -> bytes:
        """Return the attribute that dates the signature with this digest."""
        return der(SEQUENCE, _STAMPED, der(SET, self.stamp(signature_digest, moment)))


# ETSI EN 319 421, best practices: we have no policy with a number of our own.
_POLICY = identifier("0.4.0.2023.1.1")
_STAMPED = identifier("1.2.840.113549.1.9.16.2.14")
