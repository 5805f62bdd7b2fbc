"""Trying a demo academy out as one of its people, without a password."""

from starlette.responses import RedirectResponse, Response

from accounts.commands.sign_ins import demo_person
from accounts.queries.people import is_demo_academy
from base.errors import Invalid, NotAllowed
from base.permissions import Role
from web import session_cookie
from web.destinations import HOME
from web.rendering import form_page
from web.site import Visit

ROLES = (Role.LEARNER, Role.AUTHOR, Role.EXAMINER, Role.CLINIC, Role.ADMINISTRATOR)


def show(visit: Visit) -> Response:
    """Show who one can be; refused where this is no demo academy."""
    _refuse_outside_demo(visit)
    return form_page(visit, "demo.html")


def submit(visit: Visit) -> Response:
    """Sign in as the demo person with the role asked for, in the form or in the address.

    Streamlit strips `name="role"` from its pages' forms, so their buttons put it in the address.
    """
    _refuse_outside_demo(visit)
    asked = visit.field("role") or visit.request.query_params.get("role", "")
    role = next((role for role in ROLES if role == asked), None)
    if role is None:
        raise Invalid(["Choose one of the people on the demo page, then try again."])
    with visit.write() as tx:
        token = session_cookie.renew(tx, visit, demo_person(tx, role))
    return session_cookie.give(RedirectResponse(HOME, 303), token, visit.config)


def _refuse_outside_demo(visit: Visit) -> None:
    with visit.read() as tx:
        demo = is_demo_academy(tx)
    if not demo or visit.config.production:
        raise NotAllowed("There is no demo here. Sign in or sign up instead.")
