"""The credential says all that the certificate claims, and neither name nor e-mail."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certs.canonical import Document, rdfc
from certs.credential import Identity, credential_document
from certs.did import did_document, did_of, rsa_jwk
from certs.keys import Algorithm, KeyPurpose, KeySigner, PublicKey, locked, new_private_key
from certs.proofs import proof_problems, secure
from certs.scope import coverage_in
from certs.terms import Earned, Facts, ObjectiveEarned
from courses.coverage import Coverage, Device, Jurisdiction, Practice, Site, SiteDepth

AT = datetime(2026, 11, 23, 9, 0, 30, 500_000, tzinfo=UTC)
EMAIL = "alba@example.org"
COVERAGE = Coverage(
    sites=(
        SiteDepth(site=Site.CHEEK, max_depth_mm=0.5),
        SiteDepth(site=Site.ORBITAL_RIM, max_depth_mm=0.25),
    ),
    devices=(Device.PEN, Device.ROLLER),
    practice=Practice.KNOWLEDGE,
    jurisdiction=Jurisdiction(
        note="Local law overrides it.", as_of=date(2026, 11, 22), review_due=date(2027, 11, 22)
    ),
)
EARNED = Earned(
    exam="Final exam",
    exam_version=3,
    marks=36 + 2 / 3,
    most=40,
    cut=32,
    objectives=(ObjectiveEarned(code="MF-01", title="What needling is", marks=2 / 3, most=4),),
)


def facts(**changes: object) -> Facts:
    said: dict[str, object] = {
        "serial": "PP-7K2M9-QX4TD-0ABCN-8RHJP",
        "holder": "Zoë Ångström",
        "achievement": "Microneedling fundamentals",
        "scope": ("Knowledge of facial microneedling.",),
        "limits": ("Not a licence.",),
        "issuer": "Pinpoint Academy",
        "issued_at": AT,
        "expires_at": AT.replace(year=2028),
        "verify_url": "https://academy.example/verify/PP-7K2M9-QX4TD-0ABCN-8RHJP",
        "demo": False,
        "course": "fundamentals",
        "language": "en-GB",
        "coverage": COVERAGE,
        "earned": EARNED,
    }
    return Facts.model_validate(said | changes)


def document(**changes: object) -> Any:
    identity = Identity("58172aac-d8ba-41ed-83dd-0b3aef56cc33", 4711, EMAIL)
    return credential_document(facts(**changes), identity)


def test_it_names_issuer_subject_times_and_status_as_open_badges_does() -> None:
    told = document()
    assert told["id"] == "urn:uuid:58172aac-d8ba-41ed-83dd-0b3aef56cc33"
    assert told["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert told["issuer"]["id"] == "did:web:academy.example"
    assert told["validFrom"] == told["awardedDate"] == "2026-11-23T09:00:30Z"
    assert told["validUntil"] == "2028-11-23T09:00:30Z"
    assert told["credentialStatus"]["statusListIndex"] == "4711"
    assert told["credentialStatus"]["statusPurpose"] == "revocation"
    subject = told["credentialSubject"]
    assert subject["licenseNumber"] == "PP-7K2M9-QX4TD-0ABCN-8RHJP"
    assert subject["achievement"]["id"] == "https://academy.example/achievements/fundamentals"
    assert subject["achievement"]["inLanguage"] == "en"


def test_results_stand_beside_what_was_asked() -> None:
    subject = document()["credentialSubject"]
    score, objective = subject["achievement"]["resultDescription"]
    assert (score["requiredValue"], score["valueMax"]) == ("32", "40")
    assert objective["name"] == "MF-01: What needling is"
    assert [one["value"] for one in subject["result"]] == ["36.66", "0.66"]
    assert [one["resultDescription"] for one in subject["result"]] == [score["id"], objective["id"]]


@pytest.mark.parametrize(
    ("marks", "text"), [(3 * (1 / 3), "1"), (31.999, "31.99"), (40.0, "40"), (0, "0")]
)
def test_marks_never_read_as_more_than_were_reached(marks: float, text: str) -> None:
    told = document(earned=EARNED.model_copy(update={"marks": marks}))
    assert told["credentialSubject"]["result"][0]["value"] == text


def test_neither_name_nor_email_can_be_read_and_who_knows_them_can_compare() -> None:
    told = document()
    text = json.dumps(told, ensure_ascii=False)
    assert "Zoë" not in text
    assert "example.org" not in text
    for kind, value in (("name", "Zoë Ångström"), ("emailAddress", EMAIL)):
        (one,) = [
            one for one in told["credentialSubject"]["identifier"] if one["identityType"] == kind
        ]
        digest = hashlib.sha256((value + one["salt"]).encode()).hexdigest()
        assert one["identityHash"] == f"sha256${digest}"
        assert len(bytes.fromhex(one["salt"])) == 16


def test_two_credentials_of_one_person_cannot_be_linked() -> None:
    one, two = document()["credentialSubject"], document()["credentialSubject"]
    assert one["id"] != two["id"]
    hashes = [each["identityHash"] for each in (*one["identifier"], *two["identifier"])]
    assert len(set(hashes)) == 4


def test_a_demo_says_so_in_the_data() -> None:
    told = document(demo=True)
    assert told["name"].startswith("DEMO")
    assert told["credentialSubject"]["achievement"]["name"].startswith("DEMO")


def test_nothing_is_empty_or_null() -> None:
    def walk(value: Any) -> None:
        assert value not in (None, "", [], {})
        inside = value.values() if isinstance(value, dict) else value
        for one in inside if isinstance(inside, Iterable) and not isinstance(value, str) else ():
            walk(one)

    for told in (document(), document(earned=None, coverage=None, language="")):
        walk(told)


def test_a_certificate_without_an_exam_says_who_decided() -> None:
    told = document(earned=None)["credentialSubject"]
    assert "result" not in told
    assert "two administrators" in told["achievement"]["criteria"]["narrative"]


_COVERAGES = st.builds(
    Coverage,
    sites=st.lists(
        st.builds(
            SiteDepth,
            site=st.sampled_from(Site),
            max_depth_mm=st.integers(1, 500).map(lambda hundredths: hundredths / 100),
        ),
        min_size=1,
        unique_by=lambda one: one.site,
    ).map(tuple),
    devices=st.lists(st.sampled_from(Device), min_size=1, unique=True).map(tuple),
    practice=st.sampled_from(Practice),
    jurisdiction=st.builds(
        Jurisdiction,
        note=st.just("The law, as of a day; local law overrides it."),
        as_of=st.dates(min_value=date(2020, 1, 1)),
        review_due=st.dates(min_value=date(2020, 1, 1)),
    ),
)


@given(_COVERAGES)
def test_what_it_covers_is_read_back_from_what_is_signed(coverage: Coverage) -> None:
    told: Document = json.loads(json.dumps(document(coverage=coverage)))
    assert coverage_in(told) == coverage


def test_that_no_treatment_is_covered_is_signed_too() -> None:
    nothing = COVERAGE.model_copy(update={"sites": (), "devices": ()})
    assert coverage_in(json.loads(json.dumps(document(coverage=nothing)))) == nothing


def test_a_coverage_that_makes_no_sense_is_none() -> None:
    told = document()
    achievement = told["credentialSubject"]["achievement"]
    assert coverage_in(told) == COVERAGE
    achievement["alignment"][0]["targetCode"] = "cheek: as deep as you like"
    assert coverage_in(told) is None
    achievement["alignment"] = [None, 7, {"targetFramework": "Scope of the certificate"}]
    assert coverage_in(told) is None
    assert coverage_in({}) is None
    assert coverage_in({"credentialSubject": []}) is None


def test_every_term_is_defined_and_every_claim_is_signed() -> None:
    private = new_private_key(Algorithm.ED25519)
    keys = {"did:web:academy.example#k": private.public_key().public_bytes_raw()}  # type: ignore[union-attr]
    secured: Any = secure(document(), KeySigner("k", private), AT)
    assert proof_problems(secured, keys) == []
    quads = rdfc(document()).decode()
    for claim in ("Cheek, to 0.5 mm", "motorised pen", "review due 2027-11-22", "36.66", "4711"):
        assert claim in quads
    for path in _leaves(document()):
        bent = json.loads(json.dumps(secured))
        place: Any = bent
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = "urn:uuid:0" if place[path[-1]] is not True else False
        assert len(proof_problems(bent, keys)) == 2, path


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [way for name, one in value.items() for way in _leaves(one, (*path, name))]
    if isinstance(value, list):
        return [way for place, one in enumerate(value) for way in _leaves(one, (*path, place))]
    return [path]


@pytest.mark.parametrize(
    ("address", "did"),
    [
        ("https://academy.example", "did:web:academy.example"),
        ("https://academy.example/", "did:web:academy.example"),
        ("http://localhost:8501", "did:web:localhost%3A8501"),
        ("https://example.org/a/b c", "did:web:example.org:a:b%20c"),
    ],
)
def test_the_did_is_made_of_the_address(address: str, did: str) -> None:
    assert did_of(address) == did


def _public(purpose: KeyPurpose, algorithm: Algorithm, **dates: datetime) -> PublicKey:
    key = locked(purpose, f"{purpose}-{len(dates)}", new_private_key(algorithm), "s" * 40)
    return PublicKey(key.id, purpose, algorithm, key.pem, AT, **dates)


def test_the_did_document_lists_what_verifies_and_nothing_stolen() -> None:
    stands = _public(KeyPurpose.CREDENTIAL, Algorithm.ED25519)
    retired = _public(KeyPurpose.CREDENTIAL, Algorithm.ED25519, retired_at=AT)
    stolen = _public(KeyPurpose.CREDENTIAL, Algorithm.ED25519, retired_at=AT, revoked_at=AT)
    log = _public(KeyPurpose.LOG, Algorithm.ED25519)
    told: Any = did_document("did:web:x", (stands, retired, stolen, log))
    names = ["did:web:x#credential-0", "did:web:x#credential-1"]
    assert told["assertionMethod"] == names == [one["id"] for one in told["verificationMethod"]]
    assert all(one["publicKeyMultibase"].startswith("z6Mk") for one in told["verificationMethod"])


def test_only_an_rsa_key_is_given_as_a_jwk() -> None:
    told = rsa_jwk(_public(KeyPurpose.JWT, Algorithm.RSA), "https://x.example/keys/1")
    assert (told["kty"], told["alg"], told["e"]) == ("RSA", "RS256", "AQAB")
    with pytest.raises(ValueError, match="no RSA key"):
        rsa_jwk(_public(KeyPurpose.LOG, Algorithm.ED25519), "https://x.example/keys/1")
