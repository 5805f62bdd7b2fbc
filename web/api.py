"""What all answers of the API share; errors are RFC 9457 problems."""

from http import HTTPStatus

from pydantic import JsonValue
from starlette.responses import JSONResponse, Response

from web.site import Visit

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def refuse(_visit: Visit, status: int, sentence: str) -> Response:
    """Answer with the refusal as a problem."""
    return problem(status, sentence)


def problem(status: int, detail: str, **more: JsonValue) -> Response:
    """Return an RFC 9457 problem; `more` are its extension members."""
    body: dict[str, JsonValue] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return JSONResponse(body, status, media_type="application/problem+json", headers=HEADERS)
