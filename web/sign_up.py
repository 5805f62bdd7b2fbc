"""Making an account: a name that can be printed, an e-mail, a password that is hard to guess."""

from starlette.responses import RedirectResponse, Response

from accounts.commands.people import sign_up
from accounts.emails import normal_email
from accounts.names import clean_name
from accounts.passwords import Strength, hash_password, password_problems, strength
from base.errors import Conflict, Invalid
from certs.printable import unprintable_sentence
from web import session_cookie
from web.destinations import same_site_path
from web.rendering import Form, Problems, form_page, let_ask
from web.site import Visit


def show(visit: Visit) -> Response:
    """Show the empty form."""
    target = same_site_path(visit.request.query_params.get("next", ""))
    return _draw(visit, Form({"next": target}))


def submit(visit: Visit) -> Response:
    """Make the account and sign in, or show the form again with every problem beside its field."""
    target = same_site_path(visit.field("next"))
    kept = {"name": visit.field("name"), "email": visit.field("email"), "next": target}
    password = visit.field("password")
    problems = _problems(kept["name"], kept["email"], password)
    if problems:
        return _draw(visit, Form(kept, problems), 422, _typed(password, kept))
    hashed = hash_password(password)
    try:
        with visit.write() as tx:
            person_id = sign_up(tx, kept["name"], kept["email"], hashed)
            token = session_cookie.renew(tx, visit, person_id)
    except Conflict as error:
        return _draw(visit, Form(kept, {"email": (str(error),)}), 409, _typed(password, kept))
    return session_cookie.give(RedirectResponse(target, 303), token, visit.config)


def name_problems(name: str) -> tuple[str, ...]:
    """Return what keeps this name from standing on a certificate, a sentence each."""
    try:
        sentence = unprintable_sentence(clean_name(name))
    except Invalid as error:
        return error.problems
    return (sentence,) if sentence else ()


def personal_words(name: str, email: str) -> tuple[str, ...]:
    """Return the words about a person that make their password easy to guess."""
    return tuple(word for word in (*name.split(), *email.split("@"), email) if word)


def _problems(name: str, email: str, password: str) -> Problems:
    found = {
        "name": name_problems(name),
        "email": _email_problems(email),
        "password": password_problems(password, personal_words(name, email)),
    }
    return {field: sentences for field, sentences in found.items() if sentences}


def _email_problems(email: str) -> tuple[str, ...]:
    try:
        normal_email(email)
    except Invalid as error:
        return error.problems
    return ()


def _typed(password: str, kept: dict[str, str]) -> Strength | None:
    return strength(password, personal_words(kept["name"], kept["email"])) if password else None


def _draw(visit: Visit, form: Form, status: int = 200, typed: Strength | None = None) -> Response:
    return let_ask(form_page(visit, "signup.html", status, form=form, strength=typed))
