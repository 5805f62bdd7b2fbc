"""The root that vouches for our seals and the list of what was revoked, for anybody's verifier."""

from starlette.responses import Response

from certs.queries.authority import revoked_certificates, root_certificate
from web.site import Visit

_ANYONE = {"Access-Control-Allow-Origin": "*"}


def root(visit: Visit) -> Response:
    """Answer with the root's certificate in PEM."""
    with visit.read() as tx:
        pem = root_certificate(tx)
    headers = _ANYONE | {"Cache-Control": "public, max-age=3600"}
    return Response(pem, media_type="application/x-pem-file", headers=headers)


def revoked(visit: Visit) -> Response:
    """Answer with the list of revoked certificates, in DER."""
    with visit.read() as tx:
        found = revoked_certificates(tx)
    headers = _ANYONE | {"Cache-Control": "public, max-age=300"}
    return Response(found, media_type="application/pkix-crl", headers=headers)
