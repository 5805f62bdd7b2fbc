"""Signing in with e-mail and password."""

from starlette.responses import RedirectResponse, Response

from accounts.commands.sign_ins import WRONG, Credentials, credentials_to_check, note_failed_sign_in
from accounts.passwords import password_matches
from accounts.queries.people import is_demo_academy, signed_in
from base.errors import Throttled
from web import session_cookie
from web.destinations import same_site_path
from web.rendering import Form, form_page
from web.site import Visit


def show(visit: Visit) -> Response:
    """Show the form, and who is signed in already."""
    target = same_site_path(visit.request.query_params.get("next", ""))
    return _draw(visit, Form({"next": target}))


def submit(visit: Visit) -> Response:
    """Check the password and sign in; the same sentence for an unknown person and a wrong one."""
    email, password = visit.field("email"), visit.field("password")
    target = same_site_path(visit.field("next"))
    kept = {"email": email, "next": target}
    try:
        person_id = matching_person(visit, email, password)
    except Throttled as error:
        return _draw(visit, Form(kept, {"email": (str(error),)}), 429)
    if person_id is None:
        return _draw(visit, Form(kept, {"email": (WRONG,)}), 422)
    with visit.write() as tx:
        token = session_cookie.renew(tx, visit, person_id)
    return session_cookie.give(RedirectResponse(target, 303), token, visit.config)


def matching_person(visit: Visit, email: str, password: str) -> str | None:
    """Return whose e-mail and password these are, or None; raises `Throttled`.

    The password is checked between two transactions, never inside one.
    """
    with visit.read() as tx:
        credentials = credentials_to_check(tx, email, visit.address)
    if _match(credentials, password):
        return credentials.person_id
    with visit.write() as tx:
        note_failed_sign_in(tx, email, visit.address)
    return None


def _match(credentials: Credentials, password: str) -> bool:
    return password_matches(password, credentials.password_hash)


def _draw(visit: Visit, form: Form, status: int = 200) -> Response:
    with visit.read() as tx:
        demo = is_demo_academy(tx) and not visit.config.production
        somebody = signed_in(tx, visit.token)
    name = somebody.name if somebody.person_id else ""
    return form_page(visit, "login.html", status, form=form, demo=demo, signed_in_as=name)
