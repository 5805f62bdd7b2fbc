"""W3C's vectors of the EdDSA cryptosuites, step by step, and Open Badges' canonical forms."""

import copy
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import base58
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certs import contexts
from certs.canonical import NotCanonical, jcs, rdfc
from certs.did import did_key_methods, key_of_multikey, multikey
from certs.proofs import Suite, proof_problems, proofs_of, to_sign
from tests.peers.conftest import FIXTURES, fixture

VECTORS = "credentials/vc-di-eddsa/TestVectors"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


@pytest.fixture(autouse=True)
def examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the context of W3C's examples be known, which is none that we ship."""
    file = FIXTURES / "credentials/ob3/contexts/credentials-examples-v2.json"
    monkeypatch.setitem(contexts.SHIPPED, EXAMPLES, file)


@dataclass(frozen=True)
class Vector:
    """One suite's files: what each step must give."""

    suite: Suite
    ending: str

    def text(self, name: str) -> str:
        file = FIXTURES / VECTORS / self.suite / f"{name}{self.ending}.txt"
        return file.read_text(encoding="utf-8")

    def data(self, name: str) -> Any:
        return fixture(f"{VECTORS}/{self.suite}/{name}{self.ending}.json")

    def canonical(self, document: Any) -> bytes:
        return jcs(document) if self.suite is Suite.JCS else rdfc(document)


@pytest.fixture(params=[(Suite.JCS, "JCS"), (Suite.RDFC, "DataInt")], ids=lambda one: one[0])
def vector(request: pytest.FixtureRequest) -> Vector:
    return Vector(*request.param)


@pytest.fixture
def unsigned() -> Any:
    return fixture(f"{VECTORS}/unsigned.json")


def test_the_document_is_written_in_one_way(vector: Vector, unsigned: Any) -> None:
    canonical = vector.canonical(unsigned)
    assert canonical.decode() == vector.text("canonDoc")
    assert hashlib.sha256(canonical).hexdigest() == vector.text("docHash").strip()


def test_the_options_are_written_in_one_way(vector: Vector) -> None:
    canonical = vector.canonical(vector.data("proofConfig"))
    assert canonical.decode() == vector.text("proofCanon")
    assert hashlib.sha256(canonical).hexdigest() == vector.text("proofHash").strip()


def test_what_is_signed_and_the_signature_are_the_ones_given(vector: Vector, unsigned: Any) -> None:
    data = to_sign(unsigned, vector.data("proofConfig"))
    assert data.hex() == vector.text("combinedHash").strip()
    secret = base58.b58decode(fixture(f"{VECTORS}/keyPair.json")["privateKeyMultibase"][1:])
    signature = Ed25519PrivateKey.from_private_bytes(secret[2:]).sign(data)
    assert signature.hex() == vector.text("sigHex").strip()
    assert "z" + base58.b58encode(signature).decode() == vector.text("sigBTC58").strip()


def test_the_signed_document_holds_and_any_changed_part_does_not(vector: Vector) -> None:
    signed = vector.data("signed")
    keys = did_key_methods(signed["proof"]["verificationMethod"])
    assert proof_problems(signed, keys, {vector.suite}) == []
    for name in signed.keys() - {"@context", "proof"}:
        changed = copy.deepcopy(signed)
        changed[name] = "urn:uuid:00000000-0000-4000-8000-000000000000"
        assert proof_problems(changed, keys, ()), name
    for name in signed["proof"].keys() - {"@context"}:
        changed = copy.deepcopy(signed)
        changed["proof"][name] = "2024-01-01T00:00:00Z"
        assert proof_problems(changed, keys, ()), name
    assert proof_problems(signed, {}, ())
    assert proof_problems(signed, keys) != [], "the other suite is missing"


@pytest.mark.parametrize("number", [1, 2])
def test_every_proof_of_a_set_must_hold(number: int) -> None:
    signed = fixture(f"{VECTORS}/proof-set-chain/signedProofSet{number}.json")
    carried = signed["proof"] if isinstance(signed["proof"], list) else [signed["proof"]]
    methods = [one["verificationMethod"] for one in carried]
    keys = {name: key for one in methods for name, key in did_key_methods(one).items()}
    assert proof_problems(signed, keys, {Suite.RDFC}) == []
    for method in methods:
        fewer = {name: key for name, key in keys.items() if name != method}
        assert len(proof_problems(signed, fewer, {Suite.RDFC})) == 1


def test_a_chain_is_not_taken_for_a_set() -> None:
    signed = fixture(f"{VECTORS}/proof-set-chain/signedProofChain2.json")
    methods = [one["verificationMethod"] for one in signed["proof"]]
    keys = {name: key for one in methods for name, key in did_key_methods(one).items()}
    assert any("another purpose" in one for one in proof_problems(signed, keys, ()))


def test_keys_are_read_and_written_as_w3c_does() -> None:
    for pair in fixture(f"{VECTORS}/proof-set-chain/multiKeyPairs.json").values():
        raw = key_of_multikey(pair["publicKeyMultibase"])
        assert raw is not None
        assert multikey(raw) == pair["publicKeyMultibase"]
        secret = base58.b58decode(pair["privateKeyMultibase"][1:])[2:]
        private = Ed25519PrivateKey.from_private_bytes(secret)
        assert private.public_key().public_bytes_raw() == raw


def test_a_context_that_is_not_shipped_is_never_fetched() -> None:
    folder = f"{VECTORS}/eddsa-rdfc-2022/employ"
    signed = fixture(f"{folder}/signedDataInt.json")
    keys = did_key_methods(signed["proof"]["verificationMethod"])
    (said,) = proof_problems(signed, keys, ())
    assert "citizenship" in said
    assert "not one that is known here" in said


SAMPLES = FIXTURES / "credentials/ob3/validator-samples"
# Signed by 1EdTech: sound, or wrong in something else than what is signed.
HOLD = {
    "complete.json",
    "credential-status-revoked-blank-nodes.json",
    "endorsement-valid.json",
    "simple-context-alias.json",
    "simple-context-version.json",
    "simple-did-key-method.json",
    "simple-did-web-method.json",
    "simple-err-expired.json",
    "simple-err-issued.json",
    "simple-err-issuer.json",
    "simple.json",
    "bit-string-list/credential-status-revoked.json",
}


@pytest.mark.parametrize("file", sorted(SAMPLES.rglob("*.json")), ids=lambda file: file.name)
def test_open_badges_of_others_are_judged_as_1edtech_means_them(file: Path) -> None:
    document = fixture(str(file.relative_to(FIXTURES)))
    said = proof_problems(document, _keys_named_in(document), ())
    holds = {file.name, str(file.relative_to(SAMPLES))} & HOLD
    assert (said == []) == bool(holds), said


def test_most_samples_are_there() -> None:
    assert len([*SAMPLES.rglob("*.json")]) > 30


def _keys_named_in(document: Any) -> dict[str, bytes]:
    """Take the keys that the samples' methods spell out; their issuers are nobody's."""
    keys: dict[str, bytes] = {}
    for one in proofs_of(document):
        method = str(one.get("verificationMethod"))
        key = key_of_multikey(method.rpartition("#")[2].rpartition(":")[2])
        keys |= {method: key} if key else {}
    return keys


def test_a_term_that_no_context_defines_is_refused(unsigned: Any) -> None:
    unsigned["@context"] = [contexts.CREDENTIALS_V2]
    with pytest.raises(NotCanonical, match="alumniOf"):
        rdfc(unsigned)
