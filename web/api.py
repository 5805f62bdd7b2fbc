"""The public JSON face of a certificate; errors are RFC 9457 problems."""

from http import HTTPStatus

from pydantic import JsonValue
from starlette.responses import JSONResponse, Response

from web.looks import API
from web.site import Visit
from web.standing import SERIAL_SHAPE, asked_serial, standing_of

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def show(visit: Visit) -> Response:
    """Answer with the standing of one certificate at this instant, without any e-mail."""
    serial = asked_serial(visit, visit.request.path_params["serial"])
    if serial is None:
        return problem(400, SERIAL_SHAPE)
    found = standing_of(visit, serial)
    if found is None:
        sentence = f"No certificate with the serial {serial} was issued here. Compare every letter."
        extra = {"serial": serial, "credential_status": "unknown"}
        return problem(404, sentence, **extra, checked_at=visit.now.isoformat())
    visit.site.looks.add(serial, visit.now, API)
    facts = found.as_data() | {"checked_at": visit.now.isoformat()}
    return JSONResponse(facts, headers=HEADERS)


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
