"""Certificates whose file is not there yet: sealed at once where that is possible, else awaited."""

from functools import partial

import streamlit as st
import structlog

from base.academy import academy
from base.clock import utc_now
from base.permissions import SYSTEM, Permission
from certs.commands.sealing import seal_unless_busy
from certs.queries.own import own_unsealed
from ui.act import look

_EVERY_SECONDS = 2.0
_log = structlog.get_logger()


def seal_own() -> tuple[str, ...]:
    """Seal one's own certificates that wait, and return the serials of those that still do.

    Sealed by the academy itself: nobody needs a right for it, and nothing is refused here. What
    fails is noted, and tried again by the background round.
    """
    with look(Permission.CREDENTIAL_OWN) as tx:
        waiting = own_unsealed(tx)
    here = academy()
    for serial in waiting:
        try:
            seal_unless_busy(partial(here.database.write, SYSTEM, utc_now(), here.config), serial)
        except Exception:
            _log.exception("sealing a certificate failed", serial=serial)
    if not waiting:
        return ()
    with look(Permission.CREDENTIAL_OWN) as tx:
        return own_unsealed(tx)


@st.fragment(run_every=_EVERY_SECONDS)
def draw_being_sealed(waiting: tuple[str, ...]) -> None:
    """Say that these are being sealed, and draw the page anew as soon as one is."""
    with look(Permission.CREDENTIAL_OWN) as tx:
        still = own_unsealed(tx)
    if not set(waiting) <= set(still):
        st.rerun()
    what = "certificate is" if len(waiting) == 1 else f"{len(waiting)} certificates are"
    st.info(
        f"Your {what} being sealed. This page shows it as soon as it is ready; you need not wait "
        "here, it stays under My certificates.",
        icon=":material/hourglass_top:",
    )
