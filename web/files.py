"""Pictures of items, for whoever is signed in; whatever is in them, they stay pictures."""

from starlette.responses import PlainTextResponse, Response

from quizbank.files import is_digest
from quizbank.queries.files import file_content
from web.site import Visit

_HEADERS = {
    # An address names its content, so a browser may keep it, and nobody between us and it.
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def show(visit: Visit) -> Response:
    """Answer with one picture; unknown and malformed digests are answered alike."""
    digest = visit.request.path_params["digest"]
    with visit.read(visit.actor()) as tx:
        found = file_content(tx, digest if is_digest(digest) else "")
    return Response(found.content, media_type=found.media_type, headers=_HEADERS)


def refuse(_visit: Visit, status: int, sentence: str) -> Response:
    """Answer with the refusal as a sentence."""
    return PlainTextResponse(sentence, status, headers={"Cache-Control": "no-store"})
