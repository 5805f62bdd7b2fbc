"""The public verification page: one word first, no sign-in, no script, no name given away."""

from starlette.responses import RedirectResponse, Response

from certs.checking.kept import Kept, knows_holder
from web.looks import PUBLIC_PAGE
from web.rendering import html, page, private
from web.sheet import sheet
from web.site import Visit
from web.standing import SERIAL_SHAPE, asked_serial, kept_of

_NOT_THEIRS = (
    "That is neither the name nor the e-mail on this certificate. Compare the spelling with an "
    "identity document; if it is right, this certificate belongs to somebody else."
)


def ask(visit: Visit) -> Response:
    """Show the form, or send a typed serial on to its own page."""
    typed = visit.request.query_params.get("serial", "").strip()
    if not typed:
        return private(page(visit, "verify_form.html", typed="", problem=""))
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
    visit.site.looks.add(serial, visit.now, PUBLIC_PAGE)
    return draw_verdict(visit, serial, kept_of(visit, serial))


def compare(visit: Visit) -> Response:
    """Say whether the name or e-mail typed is the holder's; what was typed is not shown again."""
    typed = visit.request.path_params["serial"]
    serial = asked_serial(visit, typed)
    if serial is None:
        return _malformed(visit, typed)
    visit.count_guess(serial)
    kept = kept_of(visit, serial)
    known = kept is not None and knows_holder(visit.field("holder"), kept)
    return draw_verdict(visit, serial, kept, known, "" if known else _NOT_THEIRS)


def refuse(visit: Visit, status: int, sentence: str) -> Response:
    """Draw a refusal with the form, so that the next try is one step away."""
    return private(page(visit, "verify_form.html", status, typed="", problem=sentence))


def draw_verdict(
    visit: Visit, serial: str, kept: Kept | None, known: bool = False, problem: str = ""
) -> Response:
    """Draw how a certificate stands; the holder's name in full only for whoever knows it."""
    if kept is None:
        return private(page(visit, "verify_unknown.html", 404, serial=serial, now=visit.now))
    return private(html(sheet(visit, kept, known, problem)))


def _malformed(visit: Visit, typed: str) -> Response:
    shown = typed[:80]
    return private(page(visit, "verify_form.html", 400, typed=shown, problem=SERIAL_SHAPE))
