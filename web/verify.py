"""The public verification page: one word first, no sign-in, no script, no e-mail."""

from starlette.responses import RedirectResponse, Response

from certs.queries.standing import CredentialStanding
from web.rendering import page
from web.site import Visit
from web.standing import SERIAL_SHAPE, asked_serial, standing_of


def ask(visit: Visit) -> Response:
    """Show the form, or send a typed serial on to its own page."""
    typed = visit.request.query_params.get("serial", "").strip()
    if not typed:
        return _private(page(visit, "verify_form.html", typed="", problem=""))
    serial = asked_serial(visit, typed)
    return RedirectResponse(f"/verify/{serial}", 303) if serial else _malformed(visit, typed)


def show(visit: Visit) -> Response:
    """Show how the certificate stands now; other spellings of a serial lead to its one page."""
    typed = visit.request.path_params["serial"]
    serial = asked_serial(visit, typed)
    if serial is None:
        return _malformed(visit, typed)
    if serial != typed:
        return RedirectResponse(f"/verify/{serial}", 303)
    found = standing_of(visit, serial)
    return _verdict(visit, serial, found)


def refuse(visit: Visit, status: int, sentence: str) -> Response:
    """Draw a refusal with the form, so that the next try is one step away."""
    return _private(page(visit, "verify_form.html", status, typed="", problem=sentence))


def _verdict(visit: Visit, serial: str, found: CredentialStanding | None) -> Response:
    if found is None:
        return _private(page(visit, "verify_unknown.html", 404, serial=serial, now=visit.now))
    return _private(page(visit, "verify.html", found=found, now=visit.now))


def _malformed(visit: Visit, typed: str) -> Response:
    shown = typed[:80]
    return _private(page(visit, "verify_form.html", 400, typed=shown, problem=SERIAL_SHAPE))


def _private(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
