"""Changing one's own password: the current one, then a new one."""

from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from accounts.commands.people import change_own_password
from accounts.passwords import hash_password, password_problems
from accounts.queries.people import OwnAccount, own_account
from base.errors import Invalid, Throttled
from base.permissions import Actor
from web import session_cookie
from web.rendering import Form, Problems, form_page, let_ask
from web.sign_in import matching_person
from web.sign_up import personal_words
from web.site import Visit

_PATH = "/auth/password"


def show(visit: Visit) -> Response:
    """Show the form to whoever is signed in; others sign in first."""
    actor = visit.actor()
    if actor.person_id is None:
        return RedirectResponse(f"/auth/login?next={quote(_PATH)}", 303)
    return _draw(visit, _account(visit, actor), Form())


def submit(visit: Visit) -> Response:
    """Change the password, sign every other browser out, and this one in afresh."""
    actor = visit.actor()
    account = _account(visit, actor)
    if not account.has_password:
        raise Invalid(["A demo person has no password; use the buttons on the first page."])
    try:
        problems = _problems(visit, account)
    except Throttled as error:
        return _draw(visit, account, Form({}, {"current": (str(error),)}), 429)
    if problems:
        return _draw(visit, account, Form({}, problems), 422)
    hashed = hash_password(visit.field("password"))
    with visit.write(actor) as tx:
        change_own_password(tx, hashed)
        token = session_cookie.renew(tx, visit, actor.own_id)
    return session_cookie.give(RedirectResponse(f"{_PATH}?changed=1", 303), token, visit.config)


def _account(visit: Visit, actor: Actor) -> OwnAccount:
    with visit.read(actor) as tx:
        return own_account(tx)


def _problems(visit: Visit, account: OwnAccount) -> Problems:
    new = visit.field("password")
    weak = password_problems(new, personal_words(account.name, account.email))
    if weak:
        return {"password": weak}
    if matching_person(visit, account.email, visit.field("current")) is None:
        return {"current": ("This is not your current password. Type it again.",)}
    return {}


def _draw(visit: Visit, account: OwnAccount, form: Form, status: int = 200) -> Response:
    changed = "changed" in visit.request.query_params
    context = {"account": account, "form": form, "changed": changed, "strength": None}
    return let_ask(form_page(visit, "password.html", status, **context))
