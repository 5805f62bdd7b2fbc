"""Both proofs hold over what was signed, and over nothing else; no network is ever asked."""

import copy
import socket
from datetime import UTC, datetime
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from certs.canonical import Document, NotCanonical, jcs, rdfc
from certs.contexts import CREDENTIALS_V2, OPEN_BADGES_3, UnknownContext, context
from certs.did import did_key_methods, multikey
from certs.keys import Algorithm, KeySigner, new_private_key
from certs.proofs import Suite, proof_problems, secure, to_sign

NOW = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)
PRIVATE = new_private_key(Algorithm.ED25519)
SIGNER = KeySigner("key-1", PRIVATE)
METHOD = "did:web:academy.example#key-1"
KEYS = {METHOD: PRIVATE.public_key().public_bytes_raw()}  # type: ignore[union-attr]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def plain() -> Document:
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES_3],
        "id": "urn:uuid:58172aac-d8ba-41ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:web:academy.example", "type": ["Profile"], "name": "Academy"},
        "validFrom": "2026-11-23T09:00:00Z",
        "name": "Fundamentals",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://academy.example/achievements/fundamentals",
                "type": ["Achievement"],
                "name": "Fundamentals",
                "description": "What needling is.",
                "criteria": {"narrative": "An exam."},
                "tag": ["skin", "needles"],
            },
        },
    }


def signed() -> Any:
    return secure(plain(), SIGNER, NOW)


def test_both_proofs_hold_and_leave_the_document_as_it_was() -> None:
    secured = signed()
    assert proof_problems(secured, KEYS) == []
    assert [one["cryptosuite"] for one in secured["proof"]] == [Suite.RDFC, Suite.JCS]
    assert {name: value for name, value in secured.items() if name != "proof"} == plain()
    assert {one["created"] for one in secured["proof"]} == {"2026-11-23T09:00:00Z"}
    assert ["@context" in one for one in secured["proof"]] == [False, True]


def test_signing_again_replaces_the_proofs_and_gives_the_same_bytes() -> None:
    assert secure(signed(), SIGNER, NOW) == signed()


@pytest.mark.parametrize("suite", Suite)
def test_one_proof_alone_is_not_enough_for_what_we_issue(suite: Suite) -> None:
    secured = signed()
    secured["proof"] = [one for one in secured["proof"] if one["cryptosuite"] == suite]
    (said,) = proof_problems(secured, KEYS)
    assert said.startswith("There is no proof by")
    assert proof_problems(secured, KEYS, {suite}) == []
    secured["proof"] = secured["proof"][0]
    assert proof_problems(secured, KEYS, {suite}) == []


def _changed(path: str, value: Any) -> Any:
    document = signed()
    *way, last = path.split("/")
    place: Any = document
    for step in way:
        place = place[int(step)] if step.isdecimal() else place[step]
    place[last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "urn:uuid:58172aac-d8ba-41ed-83dd-0b3aef56cc34"),
        ("name", "Fundamentals and more"),
        ("validFrom", "2025-11-23T09:00:00Z"),
        ("validUntil", "2036-11-23T09:00:00Z"),
        ("issuer/name", "Another academy"),
        ("type", ["VerifiableCredential"]),
        ("credentialSubject/id", "did:example:another"),
        ("credentialSubject/achievement/name", "Advanced"),
        ("credentialSubject/achievement/criteria/narrative", "None."),
        ("credentialSubject/achievement/tag", ["skin"]),
        ("credentialSubject/achievement/image", "https://academy.example/other.png"),
    ],
)
def test_every_proof_refuses_what_was_changed(path: str, value: Any) -> None:
    said = proof_problems(_changed(path, value), KEYS)
    assert len(said) == 2, said
    for suite in Suite:
        assert any(suite in one for one in said)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("proof/0/created", "2025-11-23T09:00:00Z"),
        ("proof/1/created", "2025-11-23T09:00:00Z"),
        ("proof/0/proofPurpose", "authentication"),
        ("proof/1/verificationMethod", "did:web:academy.example#key-2"),
        ("proof/0/type", "Ed25519Signature2020"),
        ("proof/0/cryptosuite", "ecdsa-rdfc-2019"),
        ("proof/1/@context", [CREDENTIALS_V2]),
        ("proof/1/@context", [OPEN_BADGES_3, CREDENTIALS_V2]),
        ("proof/0/proofValue", "z"),
        ("proof/0/proofValue", None),
        ("proof/0/proofValue", "z0OIl"),
        ("proof/0/proofValue", "u" + "A" * 86),
        ("proof/0/domain", "elsewhere.example"),
        ("proof/0/previousProof", "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"),
    ],
)
def test_a_changed_proof_does_not_hold(path: str, value: Any) -> None:
    assert proof_problems(_changed(path, value), KEYS)


def test_proofs_cannot_change_places() -> None:
    secured = signed()
    first, second = secured["proof"]
    first["proofValue"], second["proofValue"] = second["proofValue"], first["proofValue"]
    assert len(proof_problems(secured, KEYS)) == 2


def test_the_signature_of_another_key_does_not_hold() -> None:
    thief = KeySigner("key-1", new_private_key(Algorithm.ED25519))
    assert len(proof_problems(secure(plain(), thief, NOW), KEYS)) == 2
    other = KeySigner("key-2", PRIVATE)
    assert all(
        "not the issuer's" in one for one in proof_problems(secure(plain(), other, NOW), KEYS)
    )


@pytest.mark.parametrize("proof", [None, [], "signed", [None], 7, {}, [[]], [{}] * 50])
def test_what_is_no_proof_is_none(proof: Any) -> None:
    assert proof_problems(plain() | {"proof": proof}, KEYS, ())


def test_a_did_key_checks_its_own_signature_and_no_other() -> None:
    public = PRIVATE.public_key().public_bytes_raw()  # type: ignore[union-attr]
    method = f"did:key:{multikey(public)}#{multikey(public)}"
    assert did_key_methods(method) == {method: public}
    assert did_key_methods(f"did:key:{multikey(public)}#another") == {}
    assert did_key_methods("did:web:academy.example#key-1") == {}
    assert did_key_methods("did:key:z6Mk0OIl") == {}


@pytest.mark.parametrize(
    ("path", "term"),
    [("grade", "grade"), ("credentialSubject/rank", "rank"), ("@grade", "begins with @")],
)
def test_an_undefined_term_is_refused_and_never_signed(path: str, term: str) -> None:
    document = _changed(path, "high")
    with pytest.raises(NotCanonical, match=term):
        secure(document, SIGNER, NOW)
    assert any(term in one for one in proof_problems(document, KEYS))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("type", ["VerifiableCredential", "MadeUpCredential"]),
        ("credentialSubject/id", "not-an-address"),
        ("credentialSubject/achievement/id", "achievements/fundamentals"),
        ("credentialSubject/achievement/criteria", {"id": "../criteria"}),
    ],
)
def test_what_would_silently_be_left_out_is_refused(path: str, value: Any) -> None:
    with pytest.raises(NotCanonical, match="no whole address"):
        secure(_changed(path, value), SIGNER, NOW)


def test_a_context_that_is_not_shipped_is_refused() -> None:
    document = plain() | {"@context": [CREDENTIALS_V2, "https://attacker.example/v1"]}
    with pytest.raises(NotCanonical, match="attacker"):
        rdfc(document)
    with pytest.raises(UnknownContext):
        context("https://attacker.example/v1")


def test_a_context_in_the_document_cannot_give_terms_another_meaning() -> None:
    document = plain()
    document["@context"] = [CREDENTIALS_V2, OPEN_BADGES_3, {"name": "https://attacker.example/n"}]
    with pytest.raises(NotCanonical, match="JSON-LD"):
        rdfc(document)


def test_a_document_without_issuer_or_context_is_not_signed() -> None:
    for name in ("issuer", "@context"):
        document = plain()
        del document[name]
        with pytest.raises((NotCanonical, KeyError)):
            secure(document, SIGNER, NOW)


def test_a_file_that_would_keep_the_machine_busy_is_given_up() -> None:
    knows = {"@context": {"knows": "https://schema.org/knows"}}
    nodes = [
        {"@id": f"_:n{one}", "knows": [{"@id": f"_:n{two}"} for two in range(12)]}
        for one in range(12)
    ]
    with pytest.raises(NotCanonical, match="told apart"):
        rdfc(knows | {"@graph": nodes})


JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
)


@given(JSON_VALUES)
def test_the_quick_way_to_canonical_json_writes_what_the_thorough_one_does(value: Any) -> None:
    try:
        thorough = rfc8785.dumps(value)
    except rfc8785.CanonicalizationError:
        with pytest.raises(NotCanonical):
            jcs(value)
    else:
        assert jcs(value) == thorough


@pytest.mark.parametrize(
    "text", ["\x00\x1f\x7f\u2028\u2029", '"\\/<>&', "\b\t\n\f\r", "é 微针 👩🏽‍⚕️", "\ufeff"]
)
def test_every_character_is_written_as_rfc_8785_writes_it(text: str) -> None:
    assert jcs({"a": text, "": [text, True, None, -0, 2**53 - 1]}) == rfc8785.dumps(
        {"a": text, "": [text, True, None, -0, 2**53 - 1]}
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60, "\ud800"])
def test_what_json_cannot_say_in_one_way_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        jcs({"value": value})


def test_deep_nesting_is_refused_and_no_crash() -> None:
    deep: Any = "end"
    for _ in range(5_000):
        deep = {"name": deep}
    for canonical in (jcs, rdfc):
        with pytest.raises(NotCanonical):
            canonical({"@context": CREDENTIALS_V2, "id": "urn:x:1", "name": deep})


def test_what_is_signed_does_not_depend_on_the_order_of_names() -> None:
    turned = dict(reversed(plain().items()))
    options: Document = {"type": "DataIntegrityProof", "created": "2026-11-23T09:00:00Z"}
    for suite in Suite:
        asked = options | {"cryptosuite": suite}
        assert to_sign(turned, asked) == to_sign(copy.deepcopy(plain()), asked)
