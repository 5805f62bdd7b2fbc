"""The checks of a credential as a signed token (VC-JWT, RS256)."""

from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from certs.checking.badge import badge_problems
from certs.checking.data import is_ours, issuer_check
from certs.checking.documents import Jws, instant, text
from certs.checking.report import Check, Finding, Note, Part, failed, passed, unchecked
from certs.checking.trust import Trust
from certs.proofs import issuer_of

_HOW = "The token's RS256 signature and its registered claims."


def token_checks(token: Jws, trust: Trust, at: datetime) -> tuple[Check, Check]:
    """Return the checks of data and of issuer."""
    document = token.document
    if problems := badge_problems(document):
        notes = tuple(Note(finding=Finding.NOT_A_BADGE, sentence=one) for one in problems)
        return failed(Part.DATA, notes, _HOW, at), issuer_check(document, trust, at)
    if not is_ours(document, trust):
        said = "The signature cannot be checked here, for its key is not known here."
        return unchecked(Part.DATA, said, _HOW, at), issuer_check(document, trust, at)
    key = next((one for one in trust.token_keys if one.id == text(token.header, "kid")), None)
    if key is None or key.revoked_at:
        finding = Finding.KEY_WITHDRAWN if key else Finding.KEY_OF_ANOTHER
        said = "The key that signed the token is not one that the academy signs with."
        note = Note(finding=finding, sentence=said)
        known = unchecked(Part.DATA, "The signature cannot be checked.", _HOW, at)
        return known, failed(Part.ISSUER, (note,), _HOW, at)
    problems = [*_signature_problems(token, key.pem), *_claim_problems(token)]
    issuer = passed(Part.ISSUER, f"{trust.academy} signed it.", _HOW, at)
    if problems:
        notes = tuple(Note(finding=Finding.PROOF_WRONG, sentence=one) for one in problems)
        return failed(Part.DATA, notes, _HOW, at), issuer
    return passed(Part.DATA, "The data is what was signed, to the last letter.", _HOW, at), issuer


def _signature_problems(token: Jws, pem: str) -> list[str]:
    key = load_pem_public_key(pem.encode())
    if token.header.get("alg") != "RS256" or not isinstance(key, RSAPublicKey):
        return ["The token is not signed by RS256, as the academy's are."]
    try:
        key.verify(token.signature, token.signed, PKCS1v15(), SHA256())
    except InvalidSignature:
        return ["The token's signature does not hold: the data is not what was signed."]
    return []


def _claim_problems(token: Jws) -> list[str]:
    """What the token repeats must be what the credential says (Open Badges 3.0, 8.2)."""
    document, claims = token.document, token.claims
    wanted: dict[str, object] = {"iss": issuer_of(document), "jti": document.get("id")}
    for claim, name in (("nbf", "validFrom"), ("exp", "validUntil")):
        said = instant(document, name)
        wanted[claim] = int(said.timestamp()) if said else None
    return [
        f"The token's claim {claim} is not what the credential says."
        for claim, value in wanted.items()
        if value is not None and claims.get(claim) != value
    ]
