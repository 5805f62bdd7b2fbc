"""The sign-in cookie: given, renewed, taken away."""

from starlette.responses import Response

from accounts.commands.sign_ins import SIGN_IN_LASTS, open_sign_in, sign_out
from base.academy import SESSION_COOKIE
from base.config import Config
from base.db import Tx
from web.site import Visit


def renew(tx: Tx, visit: Visit, person_id: str) -> str:
    """Revoke the cookie this browser came with, sign the person in and return a fresh one."""
    sign_out(tx, visit.token)
    return open_sign_in(tx, person_id, visit.browser)


def give(response: Response, token: str, config: Config) -> Response:
    """Put the cookie into the response: out of scripts' reach, and only over https if we can."""
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(SIGN_IN_LASTS.total_seconds()),
        path="/",
        secure=config.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return response


def take_away(response: Response, config: Config) -> Response:
    """Make the browser forget its cookie."""
    response.delete_cookie(
        SESSION_COOKIE, path="/", secure=config.secure_cookies, httponly=True, samesite="lax"
    )
    return response
