"""Our credentials as others read them: 1EdTech's schema, and a JOSE library for the JWT."""

from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import RSAKey
from jsonschema import Draft201909Validator

from certs.credential import Identity, credential_document
from certs.did import rsa_jwk
from certs.jwt import vc_jwt
from certs.keys import Algorithm, KeyPurpose, KeySigner, PublicKey, locked, new_private_key
from certs.proofs import secure
from certs.terms import Earned, Facts, ObjectiveEarned
from courses.content_folder import read_course_folder
from tests.conftest import HOUSE
from tests.factories import COURSE
from tests.peers.conftest import fixture

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KID = "https://academy.example/keys/jwt-1"


@pytest.fixture(scope="module")
def schema() -> Draft201909Validator:
    found = fixture("credentials/ob3/ob_v3p0_achievementcredential_schema.json")
    return Draft201909Validator(found, format_checker=Draft201909Validator.FORMAT_CHECKER)


def unsigned(**changes: object) -> Any:
    terms = read_course_folder(HOUSE / "content" / COURSE).course.certificate
    earned = Earned(
        exam="Final exam",
        exam_version=1,
        marks=37.5,
        most=40,
        cut=32,
        objectives=(ObjectiveEarned(code="MF-01", title="What it is", marks=4, most=4),),
    )
    said: dict[str, object] = {
        "serial": "PP-7K2M9-QX4TD-0ABCN-8RHJP",
        "holder": "Alba Serrano",
        "achievement": terms.achievement,
        "scope": terms.scope,
        "limits": terms.limits,
        "issuer": "Pinpoint Academy",
        "issued_at": AT,
        "expires_at": AT.replace(year=2028),
        "verify_url": "https://academy.example/verify/PP-7K2M9-QX4TD-0ABCN-8RHJP",
        "demo": False,
        "course": COURSE,
        "language": "en",
        "coverage": terms.coverage,
        "earned": earned,
    }
    facts = Facts.model_validate(said | changes)
    return credential_document(facts, Identity("58172aac-d8ba-41ed-83dd-0b3aef56cc33", 7, "a@b.co"))


@pytest.mark.parametrize("changes", [{}, {"earned": None}, {"coverage": None}, {"demo": True}])
def test_1edtechs_schema_accepts_what_we_issue(
    schema: Draft201909Validator, changes: dict[str, object]
) -> None:
    signer = KeySigner("credential-1", new_private_key(Algorithm.ED25519))
    secured = secure(unsigned(**changes), signer, AT)
    assert [one.message for one in schema.iter_errors(secured)] == []


def test_1edtechs_schema_refuses_what_is_none(schema: Draft201909Validator) -> None:
    for name in ("issuer", "validFrom"):
        fewer = {key: value for key, value in unsigned().items() if key != name}
        assert not schema.is_valid(fewer), name
    several = unsigned() | {"credentialStatus": [unsigned()["credentialStatus"]] * 2}
    assert not schema.is_valid(several)


def test_the_jwt_says_the_same_under_a_signature_that_others_check() -> None:
    private = new_private_key(Algorithm.RSA)
    resting = locked(KeyPurpose.JWT, "jwt-1", private, "s" * 40)
    public = PublicKey("jwt-1", KeyPurpose.JWT, Algorithm.RSA, resting.pem, AT)
    told = unsigned()
    secured = secure(told, KeySigner("k", new_private_key(Algorithm.ED25519)), AT)
    token = vc_jwt(secured, KeySigner("jwt-1", private), KID)
    key = RSAKey.import_key({name: str(value) for name, value in rsa_jwk(public, KID).items()})
    read = jwt.decode(token, key, algorithms=["RS256"])
    assert read.header == {"alg": "RS256", "kid": KID, "typ": "JWT"}
    registered = {name: read.claims.pop(name) for name in ("iss", "jti", "sub", "nbf", "exp")}
    assert read.claims == told
    assert registered == {
        "iss": told["issuer"]["id"],
        "jti": told["id"],
        "sub": told["credentialSubject"]["id"],
        "nbf": int(AT.timestamp()),
        "exp": int(AT.replace(year=2028).timestamp()),
    }
    other = vc_jwt(secured, KeySigner("jwt-1", new_private_key(Algorithm.RSA)), KID)
    with pytest.raises(BadSignatureError):
        jwt.decode(other, key, algorithms=["RS256"])
