"""Signing out, here or everywhere."""

from starlette.responses import RedirectResponse, Response

from accounts.commands.sign_ins import sign_out, sign_out_everywhere
from web import session_cookie
from web.destinations import HOME
from web.rendering import form_page
from web.site import Visit


def show(visit: Visit) -> Response:
    """Ask before signing out: a mere link must not do it."""
    actor = visit.actor()
    return form_page(visit, "logout.html", signed_in_as=actor.name if actor.person_id else "")


def submit(visit: Visit) -> Response:
    """Revoke this browser's cookie; doing it twice is no error."""
    with visit.write() as tx:
        sign_out(tx, visit.token)
    return _gone(visit)


def submit_everywhere(visit: Visit) -> Response:
    """Revoke every cookie of the signed-in person."""
    with visit.write(visit.actor()) as tx:
        sign_out_everywhere(tx)
    return _gone(visit)


def _gone(visit: Visit) -> Response:
    return session_cookie.take_away(RedirectResponse(HOME, 303), visit.config)
