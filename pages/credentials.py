"""Issued certificates: find one, see how it stands, revoke it."""

import streamlit as st

from base.permissions import Permission
from certs.commands.revocation import revoke_credential
from certs.queries.standing import CredentialStanding, credential_standing, credentials
from certs.status import Status
from ui.act import act, look, refuse
from ui.credential_card import LIMIT, ask_search, draw_credential, draw_credentials
from ui.nav import link, parameter
from ui.notice import leave_notice, show_notice
from ui.words import plain


def _draw_list() -> None:
    with look(Permission.CREDENTIAL_READ):
        st.title("Certificates")
    search = ask_search()
    with look(Permission.CREDENTIAL_READ) as tx:
        found = credentials(tx, search, LIMIT)
    draw_credentials(found, search)


def _draw_one(serial: str) -> None:
    with look(Permission.CREDENTIAL_READ) as tx:
        one = credential_standing(tx, serial)
        may_revoke = tx.actor.may(Permission.CREDENTIAL_REVOKE)
    link("All certificates", "credentials", icon=":material/arrow_back:")
    if one is None:
        refuse("There is no certificate with this serial. Look for it in the list.")
        return
    st.title(plain(one.holder))
    show_notice()
    draw_credential(one)
    if may_revoke and one.status is not Status.REVOKED:
        st.header("Withdraw it")
        st.markdown("For a certificate that should not stand any longer. This cannot be undone.")
        if st.button("Revoke this certificate", icon=":material/block:"):
            _revoke(one)


@st.dialog("Revoke this certificate?")
def _revoke(one: CredentialStanding) -> None:
    st.markdown(
        f"The certificate of **{plain(one.holder)}**, `{one.serial}`, will be shown as revoked to "
        "everybody who checks it, from this moment on."
    )
    st.warning("**This is final and public.** It cannot be undone.", icon=":material/warning:")
    reason = st.text_area(
        "Reason, in a sentence",
        key="revoke-reason",
        max_chars=300,
    )
    st.markdown("The public page shows this reason: name no health data and no exam results.")
    if st.button("Revoke for good", type="primary"):
        acting = act()
        with acting as tx:
            revoke_credential(tx, one.serial, reason)
        if acting.committed:
            leave_notice("Revoked. The public page says so from now on.")
            st.rerun()


serial = parameter("serial")
if serial:
    _draw_one(serial)
else:
    _draw_list()
