"""Every plain address of the site, in one list."""

from starlette.routing import Route

from certs.authority import LIST_PATH, ROOT_PATH
from web import (
    achievements,
    api,
    assets,
    authority,
    calendar,
    covers,
    demo,
    figures,
    files,
    hall,
    health,
    issuance_log,
    issuer,
    lesson_print,
    offline,
    own_password,
    password_strength,
    sealed_zip,
    share,
    sign_in,
    sign_out,
    sign_up,
    signed,
    status_lists,
    verify,
    verify_file,
)
from web.api_routes import api_routes
from web.csrf import refuse_forgery, refuse_forgery_of_button
from web.door import place_at_the_door
from web.handling import LARGEST_BODY, Answering, Check, Endpoint, Handler, Refusal
from web.rendering import error_page
from web.site import Site


def routes(site: Site) -> list[Route]:
    """Return the routes of our own pages, to stand before Streamlit's."""
    answering = Answering(site)
    return [
        # They are tried in this order, and clinics ask the most.
        *_public_routes(answering),
        *api_routes(answering),
        *_signed_routes(answering),
        *_account_routes(answering),
        _get("/files/{digest}", answering.endpoint(files.show, files.refuse)),
        _get("/figures/{course}/{name}/{picture}", answering.endpoint(figures.show, files.refuse)),
        _get("/sealing/{job}.zip", answering.endpoint(sealed_zip.show, files.refuse)),
        _get("/print/lesson/{course}/{lesson}", answering.endpoint(lesson_print.show, error_page)),
        _get("/hall", answering.endpoint(hall.show, api.refuse)),
        Route("/door", place_at_the_door(site.line), methods=["GET"]),
        Route("/assets/{name}", assets.serve, methods=["GET"]),
    ]


def _account_routes(answering: Answering) -> list[Route]:
    return [
        _form("/auth/login", answering, sign_in.show),
        _post("/auth/login", answering, sign_in.submit),
        _form("/auth/signup", answering, sign_up.show),
        _post("/auth/signup", answering, sign_up.submit),
        _form("/auth/password", answering, own_password.show),
        _post("/auth/password", answering, own_password.submit),
        _form("/auth/logout", answering, sign_out.show),
        _button("/auth/logout", answering, sign_out.submit),
        _button("/auth/logout-everywhere", answering, sign_out.submit_everywhere),
        _form("/auth/demo", answering, demo.show),
        _button("/auth/demo", answering, demo.submit),
        _strength(answering),
    ]


def _public_routes(answering: Answering) -> list[Route]:
    return [
        _get("/verify", answering.endpoint(verify.ask, verify.refuse)),
        _get("/verify/file", answering.endpoint(verify_file.ask, verify_file.refuse)),
        Route("/verify/file", _upload(answering), methods=["POST"]),
        _get("/verify/offline", answering.endpoint(offline.give, error_page)),
        _get("/verify/{serial}", answering.endpoint(verify.show, verify.refuse)),
        Route(
            "/verify/{serial}",
            answering.endpoint(verify.compare, verify.refuse),
            methods=["POST"],
        ),
        _get("/verify/{serial}/covers", answering.endpoint(covers.show, error_page)),
        _get("/share/{token}", answering.endpoint(share.show, verify.refuse)),
        _get("/status/{purpose}", answering.endpoint(status_lists.show, api.refuse)),
        _get(ROOT_PATH, answering.endpoint(authority.root, api.refuse)),
        _get(LIST_PATH, answering.endpoint(authority.revoked, api.refuse)),
        _get("/log/checkpoint", answering.endpoint(issuance_log.checkpoint, api.refuse)),
        _get("/log/consistency", answering.endpoint(issuance_log.consistency, api.refuse)),
        _get("/log/proof/{leaf}", answering.endpoint(issuance_log.proof, api.refuse)),
        _get("/calendar/{token}.ics", answering.endpoint(calendar.show, calendar.refuse)),
        _get("/issuer", answering.endpoint(issuer.show, error_page)),
        _get("/healthz", answering.endpoint(health.alive, api.refuse)),
        _get("/readyz", answering.endpoint(health.ready, api.refuse)),
    ]


def _signed_routes(answering: Answering) -> list[Route]:
    return [
        _get("/.well-known/did.json", answering.endpoint(signed.did, api.refuse)),
        # Where the DID of an academy below a path is looked for.
        _get("/did.json", answering.endpoint(signed.did, api.refuse)),
        _get("/keys/{key_id}", answering.endpoint(signed.key, api.refuse)),
        _get("/credentials/{serial}.json", answering.endpoint(signed.credential, api.refuse)),
        _get("/credentials/{serial}.jwt", answering.endpoint(signed.token, api.refuse)),
        _get("/achievements/{course}", answering.endpoint(achievements.show, error_page)),
    ]


def _upload(answering: Answering) -> Endpoint:
    return answering.endpoint(
        verify_file.check, verify_file.refuse, largest_body=verify_file.LARGEST_BODY
    )


def _get(path: str, endpoint: Endpoint) -> Route:
    return Route(path, endpoint, methods=["GET"])


def _form(path: str, answering: Answering, handler: Handler) -> Route:
    return _get(path, answering.endpoint(handler, error_page))


def _post(path: str, answering: Answering, handler: Handler) -> Route:
    return _checked(path, answering, handler, error_page, refuse_forgery, LARGEST_BODY)


def _button(path: str, answering: Answering, handler: Handler) -> Route:
    return _checked(path, answering, handler, error_page, refuse_forgery_of_button, LARGEST_BODY)


def _strength(answering: Answering) -> Route:
    return _checked(
        "/auth/strength",
        answering,
        password_strength.submit,
        api.refuse,
        refuse_forgery,
        password_strength.LARGEST_BODY,
    )


def _checked(
    path: str,
    answering: Answering,
    handler: Handler,
    refuse: Refusal,
    check: Check,
    largest_body: int,
) -> Route:
    endpoint = answering.endpoint(handler, refuse, check, largest_body)
    return Route(path, endpoint, methods=["POST"])
