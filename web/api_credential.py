"""How one certificate stands, for anyone's program; the holder by initials, as on the page."""

from starlette.responses import JSONResponse, Response

from base.ids import parse_serial
from certs.checking.kept import knows_holder
from web.api import HEADERS, problem
from web.api_access import Call, keyed
from web.looks import API
from web.site import Visit
from web.standing import SERIAL_SHAPE, asked_serial, kept_of, standing_of


def show(visit: Visit) -> Response:
    """Answer with the standing of one certificate at this instant, without any e-mail.

    The holder is named in full to a clinic's key, and to whoever names them with `holder`.
    """
    if "authorization" in visit.request.headers:
        return _with_key(visit)
    serial = asked_serial(visit, visit.request.path_params["serial"])
    if serial is None:
        return problem(400, SERIAL_SHAPE)
    typed = visit.request.query_params.get("holder", "").strip()
    return _told(visit, serial, bool(typed) and _is_holder(visit, serial, typed))


def _for_clinic(call: Call) -> Response:
    serial = parse_serial(call.visit.request.path_params["serial"])
    if serial is None:
        return problem(400, SERIAL_SHAPE)
    call.spend(1)
    return _told(call.visit, serial, in_full=True)


_with_key = keyed(_for_clinic)


def _is_holder(visit: Visit, serial: str, typed: str) -> bool:
    visit.count_guess(serial)
    kept = kept_of(visit, serial)
    return kept is not None and knows_holder(typed, kept)


def _told(visit: Visit, serial: str, in_full: bool) -> Response:
    found = standing_of(visit, serial)
    if found is None:
        sentence = f"No certificate with the serial {serial} was issued here. Compare every letter."
        extra = {"serial": serial, "credential_status": "unknown"}
        return problem(404, sentence, **extra, checked_at=visit.now.isoformat())
    visit.site.looks.add(serial, visit.now, API)
    facts = found.as_data(in_full) | {"checked_at": visit.now.isoformat()}
    return JSONResponse(facts, headers=HEADERS)
