"""The checks of signed data: whether its proofs hold, and whose key made them."""

from datetime import datetime

from certs.canonical import NotCanonical
from certs.checking.badge import badge_problems
from certs.checking.documents import Document, text
from certs.checking.report import Check, Finding, Note, Part, failed, passed, unchecked
from certs.checking.trust import Trust, TrustedKey
from certs.did import did_key_methods, key_of_multikey
from certs.proofs import issuer_of, proof_problems, proofs_of

_HOW_DATA = "Every proof checked over the data's own canonical form."
_HOW_ISSUER = "Compared with the academy's pinned keys."
_HELD = "The data is what was signed, to the last letter."


def is_ours(document: Document, trust: Trust) -> bool:
    """Tell whether the document says that the academy issued it."""
    try:
        return issuer_of(document) == trust.issuer
    except NotCanonical:
        return False


def data_check(document: Document, trust: Trust, at: datetime) -> Check:
    """Return whether this is a badge whose every proof holds."""
    if problems := badge_problems(document):
        notes = tuple(Note(finding=Finding.NOT_A_BADGE, sentence=one) for one in problems)
        return failed(Part.DATA, notes, "Read as an Open Badge 3.0.", at)
    if not proofs_of(document):
        said = "The data carries no proof, so anybody can have written it."
        return failed(
            Part.DATA, (Note(finding=Finding.PROOF_MISSING, sentence=said),), _HOW_DATA, at
        )
    ours = is_ours(document, trust)
    keys = _keys_of(document, trust)
    if not keys:
        said = "The signatures cannot be checked here, for their key is not known here."
        return unchecked(Part.DATA, said, "Looked for the key that its proofs name.", at)
    problems = (
        proof_problems(document, keys) if ours else proof_problems(document, keys, demanded=())
    )
    if problems:
        notes = tuple(Note(finding=Finding.PROOF_WRONG, sentence=one) for one in problems)
        return failed(Part.DATA, notes, _HOW_DATA, at)
    return passed(Part.DATA, _HELD, _HOW_DATA, at)


def issuer_check(document: Document, trust: Trust, at: datetime) -> Check:
    """Return whose key it is: the academy's, nobody's that is known, or somebody's elsewhere."""
    if is_ours(document, trust):
        return _own_key_check(document, trust, at)
    try:
        issuer = issuer_of(document)
    except NotCanonical:
        said = "The data names no issuer."
        return unchecked(Part.ISSUER, said, "Read from the data.", at, Finding.ISSUER_UNPROVEN)
    methods = _methods(document)
    if methods and all(did_key_methods(_whole(one)) for one in methods):
        said = (
            f"{_short(issuer)} signed with a key that stands in the data itself (did:key). "
            "That shows that nothing was changed, and not who issued it."
        )
        return unchecked(Part.ISSUER, said, "Read from the data.", at, Finding.ISSUER_UNPROVEN)
    said = (
        f"{_short(issuer)} is another issuer. Its keys stand at its own address, which this check "
        "does not visit: cannot be checked here. Ask that issuer."
    )
    return unchecked(Part.ISSUER, said, "Read from the data.", at, Finding.ISSUER_ELSEWHERE)


def _own_key_check(document: Document, trust: Trust, at: datetime) -> Check:
    pinned = {key.id: key for key in trust.keys}
    used = [pinned.get(method) for method in _methods(document)]
    if not used:
        said = f"It says that {trust.academy} issued it, and nobody signed that."
        return unchecked(Part.ISSUER, said, _HOW_ISSUER, at, Finding.ISSUER_UNPROVEN)
    if None in used:
        said = f"It says that {trust.academy} issued it, but the key is not one of the academy's."
        note = Note(finding=Finding.KEY_OF_ANOTHER, sentence=said)
        return failed(Part.ISSUER, (note,), _HOW_ISSUER, at)
    if any(key and key.revoked_at for key in used):
        said = "The academy has withdrawn the key that signed this. Nothing that it signed counts."
        note = Note(finding=Finding.KEY_WITHDRAWN, sentence=said)
        return failed(Part.ISSUER, (note,), _HOW_ISSUER, at)
    first = next(key for key in used if key)
    said = f"{trust.academy} signed it, with its key since {_day(first.created_at)}."
    return passed(Part.ISSUER, said, _HOW_ISSUER, at)


def trusted_methods(keys: tuple[TrustedKey, ...]) -> dict[str, bytes]:
    """Return the raw keys that still prove something, by verification method."""
    return {
        key.id: raw
        for key in keys
        if key.revoked_at is None and (raw := key_of_multikey(key.multibase))
    }


def _keys_of(document: Document, trust: Trust) -> dict[str, bytes]:
    if is_ours(document, trust):
        pinned = {key.id: key_of_multikey(key.multibase) for key in trust.keys}
        return {one: raw for one in _methods(document) if (raw := pinned.get(one))}
    known = [(one, did_key_methods(_whole(one))) for one in _methods(document)]
    return {one: raw for one, keys in known for raw in keys.values()}


def _methods(document: Document) -> list[str]:
    return [text(proof, "verificationMethod") for proof in proofs_of(document)]


def _whole(method: str) -> str:
    """Some write a did:key without the fragment that repeats it."""
    bare = method.startswith("did:key:") and "#" not in method
    return f"{method}#{method.removeprefix('did:key:')}" if bare else method


def _short(issuer: str) -> str:
    return issuer if len(issuer) <= 80 else f"{issuer[:79]}…"


def _day(instant: datetime) -> str:
    return f"{instant.day} {instant:%B %Y}"
