"""What the academy itself keeps of a certificate, checked part by part: the public page."""

import json
from dataclasses import dataclass
from datetime import datetime

from certs.checking.names import hashed, same_name
from certs.checking.report import (
    Check,
    Finding,
    Form,
    Note,
    Part,
    Report,
    Says,
    Verdict,
    failed,
    passed,
    unchecked,
    verdict_of,
)
from certs.status import Status
from certs.terms import Facts

_REGISTER = "Looked up by its serial in the academy's register."
_EVENTS = "Its end, and every withdrawal, read from the academy's register at this moment."
_NO_FILE = (
    "This page was asked with a serial, so it saw no file. Upload the PDF to have its seal checked."
)
_STILL = "The certificate is being signed and sealed. Open this page again in a few minutes."
_UNSIGNED = "Looked for in the academy's store."


@dataclass(frozen=True)
class Kept:
    """A certificate as the academy keeps it, and how it stands."""

    facts: Facts
    status: Status
    since: datetime | None
    reason: str | None
    document: str | None = None
    signed_at: datetime | None = None
    leaf: int | None = None


def report_on(kept: Kept, now: datetime) -> Report:
    """Return how the certificate stands, and what each check of it says."""
    checks = (
        passed(Part.RECORD, _recorded(kept.facts), _REGISTER, now),
        unchecked(Part.SEAL, _NO_FILE, "Needs the file.", now),
        unchecked(Part.DATA, _STILL, _UNSIGNED, now),
        unchecked(Part.ISSUER, _STILL, _UNSIGNED, now),
        standing_check(kept, now),
        unchecked(Part.LOG, _STILL, _UNSIGNED, now),
    )
    return Report(
        verdict=_verdict(checks),
        form=Form.SERIAL,
        at=now,
        checks=checks,
        says=says_of(kept.facts),
        since=kept.since,
    )


def says_of(facts: Facts) -> Says:
    """Return what was issued, as a file would say it."""
    return Says(
        serial=facts.serial,
        holder=facts.holder,
        achievement=facts.achievement,
        issuer=facts.issuer,
        issued_at=facts.issued_at,
        expires_at=facts.expires_at,
        scope=facts.scope,
    )


def knows_holder(typed: str, kept: Kept) -> bool:
    """Tell whether this is the holder's full name, or the e-mail whose hash was signed."""
    return same_name(typed, kept.facts.holder) or (
        "@" in typed and kept.document is not None and _is_hashed(typed, kept.document)
    )


def _is_hashed(email: str, document: str) -> bool:
    """Compare with what the credential holds: an e-mail stands in it only as a salted hash."""
    identities = json.loads(document)["credentialSubject"].get("identifier", [])
    wanted = email.strip().casefold()
    return any(
        one["identityHash"] == hashed(wanted, one.get("salt", ""))
        for one in identities
        if one["identityType"] == "emailAddress" and one["hashed"]
    )


def standing_check(kept: Kept, now: datetime) -> Check:
    """Return the check of status: neither ended nor withdrawn."""
    if kept.status is Status.VALID:
        return passed(Part.STATUS, "It has neither ended nor been withdrawn.", _EVENTS, now)
    finding = Finding(kept.status.value)
    note = Note(finding=finding, sentence=_standing(kept))
    return failed(Part.STATUS, (note,), _EVENTS, now)


def _standing(kept: Kept) -> str:
    if kept.status is Status.EXPIRED:
        return f"It ended on {_day(kept.facts.expires_at)}."
    word = "withdrawn" if kept.status is Status.REVOKED else "suspended"
    since = f" on {_day(kept.since)}" if kept.since else ""
    return f"It was {word}{since}."


def _recorded(facts: Facts) -> str:
    return f"{facts.issuer} issued it on {_day(facts.issued_at)} under this serial."


def _verdict(checks: tuple[Check, ...]) -> Verdict:
    """What is kept here damaged is not called valid, and was altered by nobody who shows it."""
    found = verdict_of(checks, Form.SERIAL)
    return Verdict.CANNOT_CHECK if found is Verdict.ALTERED else found


def _day(instant: datetime) -> str:
    return f"{instant.day} {instant:%B %Y}"
