"""Checkpoints and proofs as text: what tools of others read, and what no change survives."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from certs.checkpoints import (
    Checkpoint,
    LogProof,
    log_proof_text,
    note_text,
    proven_checkpoint,
    read_checkpoint,
    read_log_proof,
    signed_note,
    verified_checkpoint,
    verifier_key,
)
from certs.merkle import leaf_hash, node_hash

ORIGIN = "academy.example.org/log"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
LEAVES = [leaf_hash(name.encode()) for name in ("one", "two")]
ROOT = node_hash(*LEAVES)
NOTE = signed_note(Checkpoint(ORIGIN, 2, ROOT).text, ORIGIN, PUBLIC, KEY.sign)
PROOF = log_proof_text(LogProof(1, (LEAVES[0],), NOTE))


def test_a_checkpoint_as_the_specification_writes_it() -> None:
    *said, blank, signature, end = NOTE.split("\n")
    assert said == [ORIGIN, "2", base64.b64encode(ROOT).decode()]
    assert (blank, end) == ("", "")
    dash, name, packed = signature.split(" ")
    assert (dash, name) == ("—", ORIGIN)
    key_id = hashlib.sha256(f"{ORIGIN}\n".encode() + b"\x01" + PUBLIC).digest()[:4]
    assert base64.b64decode(packed)[:4] == key_id
    assert verifier_key(ORIGIN, PUBLIC).startswith(f"{ORIGIN}+{key_id.hex()}+AQ")


def test_the_example_key_of_the_go_library() -> None:
    # golang.org/x/mod/sumdb/note: the key of its documentation.
    known = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    name, _, packed = known.split("+", 2)
    assert verifier_key(name, base64.b64decode(packed)[1:]) == known
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
        "otpRZb6KE6RyyBwJnAM=\n"
    )
    key = base64.b64decode(packed)[1:]
    assert note_text(note, name, [key]) == note.partition("\n\n")[0] + "\n"
    assert note_text(note.replace("answer", "question"), name, [key]) is None


def test_a_note_counts_only_under_its_name_and_key() -> None:
    said = Checkpoint(ORIGIN, 2, ROOT)
    assert verified_checkpoint(NOTE, [OTHER, PUBLIC]) == said
    assert verified_checkpoint(NOTE, [OTHER]) is None
    foreign = signed_note(said.text, "elsewhere.example/log", PUBLIC, KEY.sign)
    assert verified_checkpoint(foreign, [PUBLIC]) is None
    assert read_checkpoint(foreign) == said


def test_a_second_signature_by_somebody_unknown_is_passed_over() -> None:
    witnessed = NOTE + "— witness.example/w " + base64.b64encode(bytes(76)).decode() + "\n"
    assert verified_checkpoint(witnessed, [PUBLIC]) == Checkpoint(ORIGIN, 2, ROOT)


def test_a_proof_as_the_specification_writes_it() -> None:
    head = ["c2sp.org/tlog-proof@v1", "index 1", base64.b64encode(LEAVES[0]).decode(), ""]
    assert "\n".join(head) + "\n" + NOTE == PROOF
    assert proven_checkpoint(PROOF, LEAVES[1], [PUBLIC]) == Checkpoint(ORIGIN, 2, ROOT)
    extra = PROOF.replace("index", "extra aGVsbG8=\nindex", 1)
    assert read_log_proof(extra) == read_log_proof(PROOF)


def test_a_proof_of_the_only_entry_holds_no_hash() -> None:
    note = signed_note(Checkpoint(ORIGIN, 1, LEAVES[0]).text, ORIGIN, PUBLIC, KEY.sign)
    text = log_proof_text(LogProof(0, (), note))
    assert proven_checkpoint(text, LEAVES[0], [PUBLIC]) == Checkpoint(ORIGIN, 1, LEAVES[0])


@given(st.integers(0, len(PROOF) - 1), st.characters(codec="utf-8"))
@settings(deadline=None)
def test_no_changed_character_leaves_a_proof_standing(place: int, other: str) -> None:
    if other != PROOF[place]:
        changed = PROOF[:place] + other + PROOF[place + 1 :]
        assert proven_checkpoint(changed, LEAVES[1], [PUBLIC]) is None


@given(st.text())
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert read_log_proof(text) is None
    assert verified_checkpoint(text, [PUBLIC]) is None


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("\n2\n", "\n02\n"),
        NOTE.replace("\n2\n", "\n-2\n"),
        NOTE.replace("\n2\n", "\n٢\n"),
        NOTE.replace("\n2\n", f"\n{'9' * 60}\n"),
        NOTE.replace(ORIGIN, ""),
        NOTE.replace("\n\n", "\n"),
    ],
    ids=["leading zero", "negative", "other digits", "huge", "no origin", "no blank line"],
)
def test_what_is_no_checkpoint_is_not_read_as_one(note: str) -> None:
    assert verified_checkpoint(note, [PUBLIC]) is None
