"""What the academy signs, and what it signs with, for machines: JSON and nothing else."""

from collections.abc import Mapping

from pydantic import JsonValue
from starlette.responses import JSONResponse, PlainTextResponse, Response

from certs.did import did_document, did_of, key_address, rsa_jwk
from certs.keys import KeyPurpose
from certs.queries.keys import public_keys
from certs.queries.signed import SignedCredential, signed_credential
from web.api import problem
from web.rendering import private
from web.site import Visit
from web.standing import SERIAL_SHAPE, asked_serial, standing_of

# Read by other people's pages too; nobody's sign-in opens anything here.
_ANYONE = {"Access-Control-Allow-Origin": "*"}
_BRIEFLY = _ANYONE | {"Cache-Control": "public, max-age=300"}
_NEVER = _ANYONE | {"Cache-Control": "no-store"}
_UNKNOWN = (
    "No signed credential is kept under this serial. Compare every letter; one that was issued a "
    "moment ago is signed within minutes."
)


def did(visit: Visit) -> Response:
    """Answer with the academy's DID document."""
    with visit.read() as tx:
        keys = public_keys(tx, KeyPurpose.CREDENTIAL)
    return _json(did_document(did_of(visit.config.public_url), keys))


def key(visit: Visit) -> Response:
    """Answer with one key that signs JWTs, as a JWK; a revoked key is gone."""
    key_id = visit.request.path_params["key_id"]
    with visit.read() as tx:
        found = [one for one in public_keys(tx, KeyPurpose.JWT) if one.id == key_id]
    if not found or found[0].revoked_at:
        return problem(404, "There is no such key, or it was revoked: what it signed is not good.")
    return _json(rsa_jwk(found[0], key_address(visit.config.public_url, key_id)))


def credential(visit: Visit) -> Response:
    """Answer with a certificate's signed credential, byte for byte as it was logged."""
    found = _asked(visit)
    if isinstance(found, Response):
        return found
    return private(Response(found.document, media_type="application/json", headers=_NEVER))


def token(visit: Visit) -> Response:
    """Answer with the same as a VC-JWT."""
    found = _asked(visit)
    if isinstance(found, Response):
        return found
    return private(PlainTextResponse(found.jwt, headers=_NEVER))


def _asked(visit: Visit) -> SignedCredential | Response:
    serial = asked_serial(visit, visit.request.path_params["serial"])
    if serial is None:
        return problem(400, SERIAL_SHAPE)
    if standing_of(visit, serial) is None:
        return problem(404, _UNKNOWN)
    with visit.read() as tx:
        return signed_credential(tx, serial) or problem(404, _UNKNOWN)


def _json(data: Mapping[str, JsonValue]) -> Response:
    return JSONResponse(data, headers=_BRIEFLY)
