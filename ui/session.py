"""Who is at this screen: the cookie of the connection, looked up again at every action."""

from dataclasses import replace

import streamlit as st

from accounts.queries.people import signed_in
from base.academy import SESSION_COOKIE
from base.db import Tx
from base.errors import NotAllowed
from base.permissions import Actor, Permission

_OWNER = "signed_in_person"
_LEFT = "signed_out_meanwhile"
_SIGNED_OUT = (
    "You are signed out, perhaps from another tab. What was saved is safe; the clock of an exam "
    "goes on, and this tab keeps what you were writing in it. Sign in again to go on here."
)


def cookie() -> str | None:
    """Return the sign-in cookie of this connection, or None."""
    value: object = st.context.cookies.get(SESSION_COOKIE)
    # In a test without a browser this is a mock, which is true and no string.
    return value if isinstance(value, str) else None


def as_signed_in(tx: Tx) -> Tx:
    """Return the same transaction with whoever is signed in now as its actor."""
    actor = signed_in(tx, cookie())
    _forget_somebody_else(actor)
    return replace(tx, actor=actor)


def require(actor: Actor, permission: Permission) -> None:
    """Raise `NotAllowed`, with what to do, unless the actor may see this page."""
    if actor.may(permission):
        return
    if actor.person_id is None:
        left = st.session_state.get(_LEFT)
        raise NotAllowed(_SIGNED_OUT if left else "Sign in first to see this page.")
    raise NotAllowed(
        "Your account may not see this page. Ask an administrator of the academy for the role."
    )


def is_anybody() -> bool:
    """Tell whether somebody was signed in when the database was asked last."""
    return bool(st.session_state.get(_OWNER))


def _forget_somebody_else(actor: Actor) -> None:
    # A reconnecting browser may resume the session of whoever used it before.
    owner, now = st.session_state.get(_OWNER), actor.person_id or ""
    if owner is not None and owner != now:
        st.session_state.clear()
        st.session_state[_LEFT] = not now
    st.session_state[_OWNER] = now
