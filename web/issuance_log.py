"""The issuance log for anybody's client: its checkpoint, what extends what, what is in it."""

import base64

from starlette.responses import JSONResponse, PlainTextResponse, Response

from base.errors import Invalid, NotFound
from certs.queries.log import (
    checkpoint_of,
    consistency_proof,
    log_proof_of_leaf,
    newest_checkpoint,
)
from web.site import Visit

_HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
_HASH_DIGITS = 64
_LONGEST_SIZE = 18


def checkpoint(visit: Visit) -> Response:
    """Answer with the newest checkpoint: a C2SP signed note."""
    with visit.read() as tx:
        return PlainTextResponse(newest_checkpoint(tx), headers=_HEADERS)


def consistency(visit: Visit) -> Response:
    """Answer with what proves that the log of size `to` begins with all that it held at `from`.

    The hashes stand in the order of RFC 9162; with them comes the checkpoint of the size `to`.
    """
    _count(visit)
    old, new = _size(visit, "from"), _size(visit, "to")
    with visit.read() as tx:
        hashes = consistency_proof(tx, old, new)
        note = checkpoint_of(tx, new)
    proof = [base64.b64encode(one).decode() for one in hashes]
    return JSONResponse(
        {"from": old, "to": new, "proof": proof, "checkpoint": note}, headers=_HEADERS
    )


def proof(visit: Visit) -> Response:
    """Answer with what proves that the leaf with this hash (in hex) is in the log."""
    _count(visit)
    asked = visit.request.path_params["leaf"]
    if len(asked) != _HASH_DIGITS:
        raise NotFound("A leaf's hash is 64 hexadecimal digits. This is not one of the log.")
    with visit.read() as tx:
        return PlainTextResponse(log_proof_of_leaf(tx, asked), headers=_HEADERS)


def _count(visit: Visit) -> None:
    visit.site.lookups.take(visit.address, visit.now)


def _size(visit: Visit, name: str) -> int:
    typed = visit.request.query_params.get(name, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_SIZE):
        raise Invalid([f"Say in “{name}” a size of the log: a whole number above 0."])
    return int(typed)
