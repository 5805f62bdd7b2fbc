"""Bitstring Status List 1.0: one bit a credential, and the document that carries them.

Nothing here signs. A list is at least 131,072 bits long, so that an index gives nobody away, and
twice as long as often as its indices ask for it; index 0 is the left-most bit.
"""

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import JsonValue

SHORTEST = 131_072
VALID_FOR = timedelta(hours=24)
# 128 million credentials; what unpacks to more is refused unread.
_MOST_BYTES = 16 * 1024 * 1024
_LONGEST_TEXT = 24 * 1024 * 1024
_GZIP = 31
_CONTEXT = "https://www.w3.org/ns/credentials/v2"


class StatusPurpose(StrEnum):
    """What a set bit says; revocation is final, suspension is not."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


@dataclass(frozen=True)
class StatusBits:
    """The bits of a list."""

    data: bytes

    def __len__(self) -> int:
        return len(self.data) * 8

    def is_set(self, index: int) -> bool | None:
        """Tell whether the bit is set, or None where the list does not reach so far."""
        if not 0 <= index < len(self):
            return None
        return bool(self.data[index // 8] & 0x80 >> index % 8)


def length_for(highest: int) -> int:
    """Return how many bits a list has whose highest index is this: a power of two."""
    return max(SHORTEST, 1 << highest.bit_length())


def status_bits(indices: Iterable[int], length: int) -> StatusBits:
    """Return a list of this length with these bits set."""
    data = bytearray(length // 8)
    for index in indices:
        data[index // 8] |= 0x80 >> index % 8
    return StatusBits(bytes(data))


def encoded(bits: StatusBits) -> str:
    """Return the list as it is published: `u`, and base64url of the gzipped bits."""
    packed = gzip.compress(bits.data, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decoded(text: str) -> StatusBits | None:
    """Return the bits of a published list; None where it is none, too short or far too long."""
    if not text.startswith("u") or len(text) > _LONGEST_TEXT:
        return None
    try:
        packed = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), b"-_", validate=True)
        unpacking = zlib.decompressobj(_GZIP)
        data = unpacking.decompress(packed, _MOST_BYTES)
    except (binascii.Error, ValueError, zlib.error):
        return None
    whole = unpacking.eof and not unpacking.unused_data
    return StatusBits(data) if whole and len(data) * 8 >= SHORTEST else None


def list_address(public_url: str, purpose: StatusPurpose) -> str:
    """Return where the list is published."""
    return f"{public_url}/status/{purpose}"


def status_entry(public_url: str, purpose: StatusPurpose, index: int) -> dict[str, JsonValue]:
    """Return what a credential says of its place in a list (`credentialStatus`)."""
    address = list_address(public_url, purpose)
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def status_list(
    public_url: str, issuer: str, purpose: StatusPurpose, bits: StatusBits, at: datetime
) -> dict[str, JsonValue]:
    """Return the list as a credential, unsigned; it is valid for 24 hours."""
    address = list_address(public_url, purpose)
    ends = at + VALID_FOR
    return {
        "@context": [_CONTEXT],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": _instant(at),
        "validUntil": _instant(ends),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(bits),
        },
    }


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
