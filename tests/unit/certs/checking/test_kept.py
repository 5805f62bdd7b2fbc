"""What the academy keeps of a certificate, checked part by part."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certs.canonical import jcs
from certs.checking.kept import Kept, Signed, report_on
from certs.checking.report import Finding, Outcome, Part, Verdict
from certs.keys import Algorithm, KeyPurpose, PublicKey
from certs.merkle import leaf_hash
from certs.status import Status
from certs.terms import Facts
from tests.issuing import SERIAL, URL, Recipe, hand

MADE = Recipe()
NOW = MADE.now
DOCUMENT = jcs(MADE.document)


def _key(**changes: object) -> PublicKey:

    public = hand("credential").private.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    made = PublicKey("credential", KeyPurpose.CREDENTIAL, Algorithm.ED25519, pem, NOW)
    return replace(made, **changes)


def _kept(
    key: PublicKey | None, document: bytes = DOCUMENT, leaf: bytes = DOCUMENT, **changes: object
) -> Kept:
    facts = Facts(
        serial=SERIAL,
        holder="Alba Ruiz",
        achievement="Microneedling fundamentals",
        scope=(),
        limits=(),
        issuer="Pinpoint Academy",
        issued_at=NOW,
        expires_at=NOW + timedelta(days=700),
        verify_url=f"{URL}/verify/{SERIAL}",
        demo=False,
    )
    signed = Signed(document.decode(), NOW, 6, leaf_hash(leaf).hex(), (key or _key(),))
    return replace(Kept(facts, Status.VALID, None, None, signed), **changes)


def test_what_is_kept_whole_is_valid_without_its_file() -> None:
    report = report_on(_kept(None), NOW)
    assert report.verdict is Verdict.VALID
    outcomes = {check.part: check.outcome for check in report.checks}
    assert outcomes.pop(Part.SEAL) is Outcome.UNCHECKED
    assert set(outcomes.values()) == {Outcome.PASSED}
    assert "entry 7 of the academy's log" in report.check(Part.LOG).sentence


def test_what_waits_to_be_signed_is_valid_by_its_record_and_says_what_is_pending() -> None:
    report = report_on(_kept(None, signed=None), NOW)
    assert report.verdict is Verdict.VALID
    assert report.check(Part.LOG).sentence.startswith("Pending")


@pytest.mark.parametrize(
    ("kept", "finding"),
    [
        (_kept(None, DOCUMENT.replace(b"fundam", b"FUNDAM")), Finding.PROOF_WRONG),
        (_kept(None, leaf=b"another"), Finding.NOT_LOGGED),
        (_kept(_key(revoked_at=NOW)), Finding.KEY_WITHDRAWN),
        (_kept(_key(id="mallory")), Finding.KEY_OF_ANOTHER),
    ],
    ids=["data changed in the store", "not what was logged", "key stolen", "key of another"],
)
def test_what_is_damaged_in_the_store_is_not_called_valid(kept: Kept, finding: Finding) -> None:
    report = report_on(kept, NOW)
    assert report.verdict is Verdict.CANNOT_CHECK
    assert finding in report.findings


@pytest.mark.parametrize("status", [Status.REVOKED, Status.SUSPENDED, Status.EXPIRED])
def test_how_it_stands_is_told_with_its_day(status: Status) -> None:
    report = report_on(_kept(None, status=status, since=NOW), NOW)
    assert (report.verdict.value, report.since) == (status.value, NOW)
