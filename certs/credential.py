"""The certificate as an Open Badges 3.0 credential: a pure function of what was issued.

The holder stands in it as salted hashes of name and e-mail, so that nobody reads either from it,
and whoever knows one can compare. All that a certificate claims stands in what is signed.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from uuid import uuid4

from pydantic import JsonValue

from certs.canonical import Document
from certs.checking.names import hashed
from certs.contexts import CREDENTIALS_V2, OPEN_BADGES_3, OPEN_BADGES_EXTENSIONS
from certs.did import did_of
from certs.proofs import rfc3339
from certs.scope import alignments
from certs.statuslist import StatusPurpose, status_entry
from certs.terms import Earned, Facts

_SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
_SALT_BYTES = 16


def _salt() -> str:
    return secrets.token_hex(_SALT_BYTES)


def _pseudonym() -> str:
    return f"urn:uuid:{uuid4()}"


@dataclass(frozen=True)
class Identity:
    """What a credential says beside its facts; what is random is drawn once, and stays in it.

    `uuid` and `status_index` were drawn at issue. `email` is in normal form.
    """

    uuid: str
    status_index: int
    email: str
    name_salt: str = field(default_factory=_salt)
    email_salt: str = field(default_factory=_salt)
    # One for each credential, so that two of one person cannot be linked by it.
    pseudonym: str = field(default_factory=_pseudonym)


def credential_document(facts: Facts, identity: Identity) -> Document:
    """Return the credential, unsigned; its addresses are those of the academy that issued it."""
    home = public_url_of(facts)
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES_3, OPEN_BADGES_EXTENSIONS],
        "id": f"urn:uuid:{identity.uuid}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _name(facts),
        "issuer": {
            "id": did_of(home),
            "type": ["Profile"],
            "name": facts.issuer,
            "url": f"{home}/issuer",
        },
        "validFrom": rfc3339(facts.issued_at),
        "validUntil": rfc3339(facts.expires_at),
        "awardedDate": rfc3339(facts.issued_at),
        "credentialSubject": _subject(facts, identity),
        "credentialStatus": status_entry(home, StatusPurpose.REVOCATION, identity.status_index),
        "credentialSchema": [{"id": _SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def public_url_of(facts: Facts) -> str:
    """Return the address of the academy as it was at issue."""
    return facts.verify_url.partition("/verify/")[0]


def achievement_id(facts: Facts) -> str:
    """Return the address of what was achieved."""
    return f"{public_url_of(facts)}/achievements/{facts.course}"


def _subject(facts: Facts, identity: Identity) -> Document:
    subject: Document = {
        "id": identity.pseudonym,
        "type": ["AchievementSubject"],
        "identifier": [
            _identifier("name", facts.holder, identity.name_salt),
            _identifier("emailAddress", identity.email, identity.email_salt),
        ],
        "licenseNumber": facts.serial,
        "achievement": _achievement(facts),
    }
    if facts.earned:
        subject["result"] = [*_results(facts, facts.earned)]
    return subject


def _identifier(kind: str, value: str, salt: str) -> Document:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": hashed(value, salt),
        "identityType": kind,
        "salt": salt,
    }


def _achievement(facts: Facts) -> Document:
    own = achievement_id(facts)
    achievement: Document = {
        "id": own,
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": _name(facts),
        "description": " ".join((*facts.scope, *facts.limits)),
        "criteria": {"id": f"{own}#criteria", "narrative": _criteria(facts)},
    }
    if facts.language:
        achievement["inLanguage"] = facts.language.partition("-")[0]
    if facts.earned:
        achievement["version"] = f"{facts.earned.exam}, version {facts.earned.exam_version}"
        achievement["resultDescription"] = [*_result_descriptions(facts, facts.earned)]
    if facts.coverage:
        achievement["alignment"] = [*alignments(facts.coverage, own)]
    return achievement


def _criteria(facts: Facts) -> str:
    lines = [f"- {line}" for line in (*facts.scope, *facts.limits)]
    return "\n".join([_how(facts), "", "What the certificate covers, and what not:", "", *lines])


def _how(facts: Facts) -> str:
    earned = facts.earned
    if earned is None:
        return f"{facts.issuer} issued this certificate by a decision of two administrators."
    passed = f"Passed: {earned.exam}, with at least {_number(earned.cut)} of"
    return f"{passed} {_number(earned.most)} marks and every other part of its rule."


def _result_descriptions(facts: Facts, earned: Earned) -> Iterator[Document]:
    yield _description(facts, earned, "score", earned.exam, earned.most) | {
        "requiredValue": _number(earned.cut)
    }
    for one in earned.objectives:
        yield _description(facts, earned, one.code, f"{one.code}: {one.title}", one.most)


def _description(facts: Facts, earned: Earned, code: str, name: str, most: float) -> Document:
    return {
        "id": _result_id(facts, earned, code),
        "type": ["ResultDescription"],
        "name": name,
        "resultType": "RawScore",
        "valueMin": "0",
        "valueMax": _number(most),
    }


def _results(facts: Facts, earned: Earned) -> Iterator[JsonValue]:
    reached = [("score", earned.marks), *((one.code, one.marks) for one in earned.objectives)]
    for code, marks in reached:
        yield {
            "type": ["Result"],
            "resultDescription": _result_id(facts, earned, code),
            "value": _number(marks),
            "status": "Completed",
        }


def _result_id(facts: Facts, earned: Earned, code: str) -> str:
    return f"{achievement_id(facts)}#version-{earned.exam_version}-{code}"


def _name(facts: Facts) -> str:
    return f"DEMO: {facts.achievement}" if facts.demo else facts.achievement


def _number(value: float) -> str:
    """Write marks to two decimals, rounded down, so that nothing reads as more than was reached."""
    # Thirds are binary fractions a hair below or above: six decimals tell them from the next mark.
    exact = Decimal(round(value, 6)).quantize(Decimal("0.000001"))
    text = str(exact.quantize(Decimal("0.01"), ROUND_DOWN))
    return text.rstrip("0").rstrip(".")
