"""Whether a document is an Open Badge 3.0 at all, as far as checking needs it."""

from collections.abc import Iterator

from pydantic import JsonValue

from certs.checking.documents import Document, instant, part, text

_CONTEXTS = ("https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1")
_BADGES = ("https://purl.imsglobal.org/spec/ob/v3p0/",)
_KINDS = {"OpenBadgeCredential", "AchievementCredential"}
# Where an object stands, and the type that it must name (Open Badges 3.0, appendix B).
_TYPES = (
    (("issuer",), "Profile"),
    (("issuer", "parentOrg"), "Profile"),
    (("issuer", "otherIdentifier"), "IdentifierEntry"),
    (("credentialSubject",), "AchievementSubject"),
    (("credentialSubject", "identifier"), "IdentityObject"),
    (("credentialSubject", "profile"), "Profile"),
    (("credentialSubject", "source"), "Profile"),
    (("credentialSubject", "result"), "Result"),
    (("credentialSubject", "achievement"), "Achievement"),
    (("credentialSubject", "achievement", "resultDescription"), "ResultDescription"),
    (("credentialSubject", "achievement", "alignment"), "Alignment"),
    (("evidence",), "Evidence"),
)


def badge_problems(document: Document) -> tuple[str, ...]:
    """Return what keeps this document from being an Open Badge 3.0, a sentence each."""
    return tuple(_problems(document))


def _problems(document: Document) -> Iterator[str]:
    contexts = _listed(document.get("@context"))
    if not contexts or contexts[0] not in _CONTEXTS:
        yield "It does not begin with the context of verifiable credentials."
    elif not any(isinstance(one, str) and one.startswith(_BADGES) for one in contexts):
        yield "It does not name the context of Open Badges 3.0."
    kinds = {one for one in _listed(document.get("type")) if isinstance(one, str)}
    if "VerifiableCredential" not in kinds or not kinds & _KINDS:
        yield "Its type is not that of an Open Badge."
    issuer = document.get("issuer")
    if not (isinstance(issuer, str) or text(part(document, "issuer"), "id")):
        yield "It names no issuer."
    if not (instant(document, "validFrom") or instant(document, "issuanceDate")):
        yield "It does not say from when it is valid."
    yield from _achievement_problems(document)
    for path, wanted in _TYPES:
        if any(wanted not in _listed(one.get("type")) for one in _at(document, path)):
            yield f"{'.'.join(path)} is not of the type {wanted}."


def _achievement_problems(document: Document) -> Iterator[str]:
    subject = part(document, "credentialSubject")
    achievement = part(subject, "achievement")
    if not achievement:
        yield "It names no achievement."
    elif not all(text(achievement, name) for name in ("id", "name", "description")):
        yield "Its achievement lacks an id, a name or a description."
    if subject and not (text(subject, "id") or subject.get("identifier")):
        yield "It does not say whose it is."


def _at(document: Document, path: tuple[str, ...]) -> list[Document]:
    """Return the objects at this path; where there are lists, all of theirs."""
    found = [document]
    for name in path:
        found = [
            inside for one in found for inside in _listed(one.get(name)) if isinstance(inside, dict)
        ]
    return found


def _listed(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [] if value is None else [value]
