"""Reading credentials from strangers: JSON or a compact JWS, of any shape and bounded size."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import JsonValue

from certs.checking.report import Says
from certs.scope import coverage_in

LARGEST_DOCUMENT = 500_000
_DEEPEST = 60
Document = dict[str, JsonValue]


class Malformed(Exception):
    """The text is no credential; it says why, in a sentence."""


@dataclass(frozen=True)
class Jws:
    """A compact JWS, taken apart: nothing of it is checked."""

    header: Document
    claims: Document
    signed: bytes
    signature: bytes

    @property
    def document(self) -> Document:
        """The credential: the claims themselves, or inside them, as older tokens have it."""
        return part(self.claims, "vc") or self.claims


def read_document(data: bytes) -> Document:
    """Return the JSON object in these bytes; raises `Malformed`.

    A name that stands twice in one object is refused: readers differ in which one counts.
    """
    if len(data) > LARGEST_DOCUMENT:
        raise Malformed(f"The credential is larger than {LARGEST_DOCUMENT // 1000} kB.")
    try:
        value: JsonValue = json.loads(data, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, _Refused) else "It is no JSON."
        raise Malformed(f"The credential cannot be read. {reason}") from None
    if not isinstance(value, dict):
        raise Malformed("The credential cannot be read. It is no JSON object.")
    if _depth(value) > _DEEPEST:
        raise Malformed("The credential cannot be read. It is nested too deeply.")
    return value


def read_jws(data: bytes) -> Jws | None:
    """Return a compact JWS, None where these bytes are none."""
    parts = data.strip().split(b".")
    if len(parts) != 3 or len(data) > LARGEST_DOCUMENT or not parts[0].startswith(b"ey"):
        return None
    header, claims, signature = (_unpacked(part) for part in parts)
    if header is None or claims is None or signature is None:
        return None
    try:
        return Jws(read_document(header), read_document(claims), b".".join(parts[:2]), signature)
    except Malformed:
        return None


def says_of_document(document: Document) -> Says:
    """Return what an Open Badge says of itself, as far as it says it in words."""
    subject = part(document, "credentialSubject")
    achievement = part(subject, "achievement")
    issuer = document.get("issuer")
    named = text(part(document, "issuer"), "name") or text(part(document, "issuer"), "id")
    return Says(
        serial=text(subject, "licenseNumber"),
        achievement=text(achievement, "name") or text(document, "name"),
        issuer=named or (issuer if isinstance(issuer, str) else ""),
        issued_at=instant(document, "validFrom") or instant(document, "issuanceDate"),
        expires_at=instant(document, "validUntil") or instant(document, "expirationDate"),
        scope=covered(achievement),
        coverage=coverage_in(document),
    )


def covered(achievement: Document) -> tuple[str, ...]:
    """Return what an achievement's criteria list, a line each, as the academy writes them."""
    narrative = text(part(achievement, "criteria"), "narrative")
    lines = (line.strip() for line in narrative.splitlines())
    return tuple(line.removeprefix("- ") for line in lines if line.startswith("- "))[:20]


def part(document: Document, name: str) -> Document:
    """Return an object inside, empty where there is none; of several, the first."""
    value = document.get(name)
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, dict) else {}


def text(document: Document, name: str) -> str:
    """Return a text inside, empty where there is none."""
    value = document.get(name)
    return value if isinstance(value, str) else ""


def instant(document: Document, name: str) -> datetime | None:
    """Return an instant inside, None where there is none that can be read."""
    try:
        read = datetime.fromisoformat(text(document, name))
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class _Refused(ValueError):
    pass


def _once(pairs: list[tuple[str, JsonValue]]) -> Document:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused("A name stands in it twice.")
    return found


def _no_number(name: str) -> float:
    raise _Refused(f"{name} is no number of JSON.")


def _depth(value: JsonValue) -> int:
    deepest, level = 0, [value]
    while level:
        deepest += 1
        inside = [one for one in level if isinstance(one, (dict, list))]
        level = [
            child for one in inside for child in (one.values() if isinstance(one, dict) else one)
        ]
    return deepest


def _unpacked(part: bytes) -> bytes | None:
    try:
        return base64.b64decode(part + b"=" * (-len(part) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
