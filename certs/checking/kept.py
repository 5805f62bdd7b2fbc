"""What the academy itself keeps of a certificate, checked part by part: the public page."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from pydantic import JsonValue

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
from certs.keys import PublicKey
from certs.merkle import leaf_hash
from certs.proofs import Suite, proof_problems, proofs_of
from certs.status import Status
from certs.terms import Facts

_REGISTER = "Looked up by its serial in the academy's register."
_EVENTS = "Its end, and every withdrawal, read from the academy's register at this moment."
_NO_FILE = (
    "This page was asked with a serial, so it saw no file. Upload the PDF to have its seal checked."
)
_UNSIGNED = {
    Part.DATA: "Its data is not signed yet. Open this page again in a few minutes.",
    Part.ISSUER: "Whose key signed it is known as soon as its data is signed.",
    Part.LOG: "Pending: it enters the academy's log when its data is signed.",
}
_STORE = "Looked for in the academy's store."
_HOW_DATA = "The stored data's signature (eddsa-jcs-2022) checked on the academy's server."
_HOW_KEY = "The key that the data names, looked up among the academy's."
_HOW_LOG = "The stored data's hash compared with the log's entry."


@dataclass(frozen=True)
class Kept:
    """A certificate as the academy keeps it, and how it stands.

    What is `private` is shown to nobody who has no more than its serial.
    """

    facts: Facts
    status: Status
    since: datetime | None
    reason: str | None
    signed: "Signed | None" = None
    private: bool = False


@dataclass(frozen=True)
class Signed:
    """The signed data as it is stored, canonical, and its entry in the log: number and hash.

    `keys` are the academy's that sign credentials, with those that signed once.
    """

    document: str
    at: datetime
    leaf: int
    leaf_hash: str
    keys: tuple[PublicKey, ...]


def report_on(kept: Kept, now: datetime) -> Report:
    """Return how the certificate stands, and what each check of it says."""
    data, issuer, log = _signed_checks(kept, now)
    checks = (
        passed(Part.RECORD, _recorded(kept.facts), _REGISTER, now),
        unchecked(Part.SEAL, _NO_FILE, "Needs the file.", now),
        data,
        issuer,
        standing_check(kept, now),
        log,
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
        coverage=facts.coverage,
    )


def knows_holder(typed: str, kept: Kept) -> bool:
    """Tell whether this is the holder's full name, or the e-mail whose hash was signed."""
    return same_name(typed, kept.facts.holder) or (
        "@" in typed and kept.signed is not None and _is_hashed(typed, kept.signed.document)
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


def _signed_checks(kept: Kept, now: datetime) -> tuple[Check, Check, Check]:
    signed = kept.signed
    if signed is None:
        data, issuer, log = (unchecked(part, said, _STORE, now) for part, said in _UNSIGNED.items())
        return data, issuer, log
    method, hashed_anew = _read(signed.document)
    key = next((one for one in signed.keys if method.endswith(f"#{one.id}")), None)
    return (
        _data_check(signed, method, key, now),
        _issuer_check(kept.facts, key, now),
        _log_check(signed, hashed_anew, now),
    )


def _data_check(signed: Signed, method: str, key: PublicKey | None, now: datetime) -> Check:
    if key and _holds(signed.document, method, key):
        said = f"The data signed on {_day(signed.at)} is unchanged."
        return passed(Part.DATA, said, _HOW_DATA, now)
    said = "The stored data is not what was signed."
    return failed(Part.DATA, (Note(finding=Finding.PROOF_WRONG, sentence=said),), _HOW_DATA, now)


def _issuer_check(facts: Facts, key: PublicKey | None, now: datetime) -> Check:
    if key and key.revoked_at is None:
        said = f"{facts.issuer} signed it, with its key since {_day(key.created_at)}."
        return passed(Part.ISSUER, said, _HOW_KEY, now)
    finding = Finding.KEY_WITHDRAWN if key else Finding.KEY_OF_ANOTHER
    said = "The key that signed it was withdrawn." if key else "Its key is not the academy's."
    return failed(Part.ISSUER, (Note(finding=finding, sentence=said),), _HOW_KEY, now)


def _log_check(signed: Signed, hashed_anew: str, now: datetime) -> Check:
    if hashed_anew == signed.leaf_hash:
        said = f"It is entry {signed.leaf + 1} of the academy's log, which is only ever added to."
        return passed(Part.LOG, said, _HOW_LOG, now)
    said = "The academy's log has another entry for it."
    return failed(Part.LOG, (Note(finding=Finding.NOT_LOGGED, sentence=said),), _HOW_LOG, now)


# What is stored never changes, and checking it takes longer than the rest of the page. What comes
# of a text is kept by that very text: were it changed in the store, it would be checked anew.
_MOST_KEPT = 2_048


@lru_cache(_MOST_KEPT)
def _read(document: str) -> tuple[str, str]:
    """Return the one key that its proofs name, empty where there is none, and its leaf's hash."""
    found = [str(one.get("verificationMethod")) for one in proofs_of(json.loads(document))]
    method = found[0] if found and set(found) == {found[0]} else ""
    return method, leaf_hash(document.encode()).hex()


@lru_cache(_MOST_KEPT)
def _holds(document: str, method: str, key: PublicKey) -> bool:
    read = json.loads(document)
    quick: list[JsonValue] = [one for one in proofs_of(read) if one.get("cryptosuite") == Suite.JCS]
    keys = {method: key.raw}
    return not proof_problems({**read, "proof": quick}, keys, demanded={Suite.JCS})


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
