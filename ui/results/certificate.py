"""What a result says of the certificate that its attempt earned."""

import streamlit as st

from certs.status import Status
from ui.nav import link

_READY = "Your certificate is ready: see it, download it, give clinics its address."
_STANDS = (
    "After a key was corrected this attempt is not passed. Your certificate was given before that "
    "and still stands, unless the academy tells you otherwise."
)


def draw_certificate_of(status: Status, *, passed: bool) -> None:
    """Say how the certificate of an attempt stands beside its verdict, and lead to it."""
    if status is not Status.VALID:
        st.markdown(f"This attempt earned a certificate, which is {status} now.")
    else:
        st.markdown(_READY if passed else _STANDS)
    link("See my certificate", "certificates", icon=":material/workspace_premium:")
