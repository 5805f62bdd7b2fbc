"""The check of the issuance log: what is not in it is not valid."""

import base64
import binascii
from datetime import datetime

from certs.canonical import NotCanonical, jcs
from certs.checking.documents import Document
from certs.checking.report import Check, Finding, Note, Part, failed, passed
from certs.checking.trust import Trust
from certs.checkpoints import proven_checkpoint, read_log_proof
from certs.merkle import leaf_hash

_HOW = "The attached proof followed from the data up to the log's signed checkpoint."


def log_check(document: Document, proof: str, trust: Trust, at: datetime) -> Check:
    """Return whether the proof shows this very document in the academy's log."""
    names = dict(filter(None, map(_verifier, trust.log_keys)))
    leaf = bytes.fromhex(leaf_of(document))
    checkpoint = proven_checkpoint(proof, leaf, list(names.values()))
    read = read_log_proof(proof)
    if checkpoint is None or read is None or checkpoint.origin not in names:
        said = "The attached proof does not show this certificate in the academy's log."
        note = Note(finding=Finding.LOG_PROOF_WRONG, sentence=said)
        return failed(Part.LOG, (note,), _HOW, at)
    said = f"It is entry {read.number + 1} of the academy's log, which had {checkpoint.size} then."
    return passed(Part.LOG, said, _HOW, at)


def leaf_of(document: Document) -> str:
    """Return the hash, in hex, under which the log would know this document; empty for none."""
    try:
        return leaf_hash(jcs(document)).hex()
    except NotCanonical:
        return ""


def _verifier(key: str) -> tuple[str, bytes] | None:
    """Take a verifier key of C2SP apart: its name, and the raw Ed25519 key."""
    name, _, rest = key.partition("+")
    try:
        raw = base64.b64decode(rest.partition("+")[2], validate=True)
    except (binascii.Error, ValueError):
        return None
    return (name, raw[1:]) if raw[:1] == b"\x01" and len(raw) == 33 else None
