"""The credential as a VC-JWT, as Open Badges 3.0 says (RS256): a download beside the main form."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from certs.keys import Signer
from certs.proofs import issuer_of


def vc_jwt(document: Mapping[str, JsonValue], signer: Signer, kid: str) -> str:
    """Return the document, without its proofs, as a compact JWS.

    `kid` is the address at which the key stands as a JWK. The registered claims repeat what the
    credential says: a verifier compares each pair.
    """
    header = {"alg": "RS256", "kid": kid, "typ": "JWT"}
    said = f"{_part(header)}.{_part(_claims(document))}"
    return f"{said}.{_base64url(signer.sign(said.encode()))}"


def _claims(document: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
    claims = {name: value for name, value in document.items() if name != "proof"}
    claims |= {"iss": issuer_of(document), "jti": document["id"]}
    subject = document.get("credentialSubject")
    if isinstance(subject, dict) and "id" in subject:
        claims["sub"] = subject["id"]
    for claim, name in (("nbf", "validFrom"), ("exp", "validUntil")):
        instant = document.get(name)
        if isinstance(instant, str):
            claims[claim] = int(datetime.fromisoformat(instant).timestamp())
    return claims


def _part(data: Mapping[str, JsonValue]) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _base64url(text.encode())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
