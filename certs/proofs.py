"""Data Integrity proofs of credentials: `eddsa-rdfc-2022` and `eddsa-jcs-2022`, both at once.

Signed is SHA-256(canonical options) followed by SHA-256(canonical document without its proofs), as
W3C's Data Integrity EdDSA Cryptosuites v1.0 says. Nothing is fetched.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import JsonValue

from certs.canonical import Document, NotCanonical, jcs, rdfc
from certs.keys import Signer

_SIGNATURE = 64
_MOST_PROOFS = 10


class Suite(StrEnum):
    """How the bytes that are signed come of the document."""

    RDFC = "eddsa-rdfc-2022"
    JCS = "eddsa-jcs-2022"


BOTH = frozenset(Suite)


def secure(document: Mapping[str, JsonValue], signer: Signer, created: datetime) -> Document:
    """Return the document with both proofs, each over the document without any.

    The key is named as one of the document's issuer. Raises `NotCanonical` for what has no
    canonical form: an undefined term, a context that is not shipped.
    """
    bare = _without_proofs(document)
    method = f"{issuer_of(bare)}#{signer.key_id}"
    proofs: list[JsonValue] = []
    for suite in (Suite.RDFC, Suite.JCS):
        options: Document = {
            "type": "DataIntegrityProof",
            "cryptosuite": suite,
            "created": rfc3339(created),
            "verificationMethod": method,
            "proofPurpose": "assertionMethod",
        }
        if suite is Suite.JCS:
            options["@context"] = bare["@context"]
        signature = signer.sign(to_sign(bare, options))
        proofs.append(options | {"proofValue": f"z{base58.b58encode(signature).decode()}"})
    return {**bare, "proof": proofs}


def proof_problems(
    document: Mapping[str, JsonValue],
    keys: Mapping[str, bytes],
    demanded: Collection[Suite] = BOTH,
) -> list[str]:
    """Return what is wrong with the document's proofs, a sentence each; none where all hold.

    `keys` are the raw Ed25519 keys that are trusted, by verification method. Every proof must hold,
    by whatever suite, and there must be one by each that is demanded (all that we issue has both).
    """
    proofs = proofs_of(document)
    if not proofs:
        return ["There is no proof: the data is not signed."]
    if len(proofs) > _MOST_PROOFS:
        return ["There are more proofs than anybody needs."]
    suites = [one.get("cryptosuite") for one in proofs]
    missing = [
        f"There is no proof by {suite}." for suite in sorted(demanded) if suite not in suites
    ]
    return missing + [said for one in proofs for said in _problems(document, one, keys)]


def proofs_of(document: Mapping[str, JsonValue]) -> Sequence[Document]:
    """Return the proofs that the document carries, whatever they are worth.

    What stands in the place of a proof and is none counts as an empty one, which never holds.
    """
    proof = document.get("proof")
    carried = proof if isinstance(proof, list) else [] if proof is None else [proof]
    return [one if isinstance(one, dict) else {} for one in carried]


def issuer_of(document: Mapping[str, JsonValue]) -> str:
    """Return the issuer's identifier; raises `NotCanonical` where the document names none."""
    issuer = document.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(named, str) or not named:
        raise NotCanonical("The data names no issuer.")
    return named


def to_sign(document: Mapping[str, JsonValue], options: Mapping[str, JsonValue]) -> bytes:
    """Return the 64 bytes that a proof with these options signs, whatever proofs there are.

    Raises `NotCanonical`.
    """
    bare = _without_proofs(document)
    asked = {name: value for name, value in options.items() if name != "proofValue"}
    if options.get("cryptosuite") == Suite.JCS:
        canonical = (jcs(asked), jcs(bare))
    else:
        canonical = (rdfc(asked | {"@context": bare.get("@context")}), rdfc(bare))
    return b"".join(hashlib.sha256(one).digest() for one in canonical)


def rfc3339(instant: datetime) -> str:
    """Return an aware instant as credentials write it: UTC, whole seconds, `Z`."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _problems(
    document: Mapping[str, JsonValue], proof: Document, keys: Mapping[str, bytes]
) -> Iterator[str]:
    suite, method = proof.get("cryptosuite"), proof.get("verificationMethod")
    if proof.get("type") != "DataIntegrityProof" or suite not in [*Suite]:
        yield "A proof is of a kind that cannot be checked here."
    elif proof.get("proofPurpose") != "assertionMethod" or "previousProof" in proof:
        yield f"The proof by {suite} was made for another purpose."
    elif not isinstance(method, str) or method not in keys:
        yield f"The proof by {suite} is of a key that is not the issuer's."
    elif not _context_fits(document, proof):
        yield f"The proof by {suite} was made over another context."
    else:
        yield from _signature_problems(document, proof, keys[method])


def _signature_problems(
    document: Mapping[str, JsonValue], proof: Document, key: bytes
) -> Iterator[str]:
    suite, signature = proof["cryptosuite"], _signature(proof)
    if signature is None:
        yield f"The proof by {suite} has no signature."
        return
    # An older document may have been given further contexts since; signed are those of the proof.
    signed = {**document, "@context": proof["@context"]} if "@context" in proof else document
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, to_sign(signed, proof))
    except InvalidSignature:
        yield f"The proof by {suite} does not hold: the data is not what was signed."
    except (NotCanonical, ValueError) as error:
        yield f"The proof by {suite} cannot be checked. {error}"


def _context_fits(document: Mapping[str, JsonValue], proof: Document) -> bool:
    """Tell whether the document's contexts begin with those that the proof was made over."""
    if "@context" not in proof:
        return True
    signed, shown = _as_list(proof["@context"]), _as_list(document.get("@context"))
    return shown[: len(signed)] == signed


def _as_list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [value]


def _signature(proof: Document) -> bytes | None:
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z") or len(value) > 2 * _SIGNATURE:
        return None
    try:
        signature = base58.b58decode(value[1:])
    except ValueError:
        return None
    return signature if len(signature) == _SIGNATURE else None


def _without_proofs(document: Mapping[str, JsonValue]) -> Document:
    return {name: value for name, value in document.items() if name != "proof"}
